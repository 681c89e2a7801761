"""The published JSON Schema says of an instrument file what the loader says, as far as it can see.

What the schema refuses, the loader refuses; what it accepts and the loader refuses is wrong in one
of the ways that no schema can see, which are listed here and in the documentation.
"""

from __future__ import annotations

import copy
import datetime as dt
import random
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import meritindex as mi
from file_schema import DOCS, SCHEMA, schema_faults, validator
from meritindex.catalog.dumping import instrument_to_text
from meritindex.catalog.loading import instrument_from_text
from meritindex.catalog.names import SECTIONS
from meritindex.catalog.tables import Table
from meritindex.catalog.toml_text import table_text
from meritindex.catalog.words import FORMAT, MEASURE_SCALES, RULES, WEIGHTINGS
from meritindex.definition import (
    AgencyKind,
    Instrument,
    MissingPolicy,
    RoundingMode,
    Standing,
)
from meritindex.definition.checks import CODE, RESERVED_CODES
from meritindex.definition.rounding import MAX_DECIMALS
from strategies import instruments

HERE = Path(__file__).parent
DEFINITIONS: dict[str, Any] = SCHEMA["$defs"]
EVERY_ENTRY = (HERE / "every-entry.toml").read_text("utf-8")

# What no schema can see: what one entry says about another, and sums, orders and references.
ONLY_THE_LOADER = {
    "bands-gap",
    "bands-not-open",
    "bands-off-grid",
    "bands-order",
    "bands-overlap",
    "bonus-not-a-measure",
    "cap-band-unknown",
    "cap-below-floor",
    "cap-node-unknown",
    "cap-off-grid",
    "code-twice",
    "deduction-not-a-measure",
    "dimension-decimals",
    "dimension-entry-maximum",
    "dimension-form",
    "drop-in-sum",
    "gate-kind-option",
    "gate-option-unknown",
    "gate-unknown",
    "gates-too-many",
    "goalposts-form",
    "goalposts-logarithm",
    "in-force-until",
    "levels-count",
    "levels-fall",
    "levels-not-consecutive",
    "levels-outside-scale",
    "measure-decimals",
    "measure-logarithm",
    "measure-range",
    "name-unknown",
    "name-unused",
    "node-twice",
    "node-unknown",
    "node-unused",
    "root-not-a-dimension",
    "rule-exponent",
    "rule-floor",
    "rule-whole",
    "scale-form",
    "source-unknown",
    "thresholds-form",
    "thresholds-order",
    "too-deep",
    "weight-missing",
    "weight-negative",
    "weight-not-allowed",
    "weight-unknown-code",
    "weights-all-zero",
    "weights-dont-add-up",
}

Step = str | int
Place = tuple[Step, ...]


def loader_codes(parsed: dict[str, Any]) -> set[str]:
    """Return the codes of what the loader finds wrong with the content of a file."""
    try:
        instrument_from_text(table_text((), parsed), "x.toml")
    except mi.MeritIndexError as error:
        # Whether a node needs a weight, the rule of the dimension above it decides.
        needed = re.compile(r"entry-missing .*\.weight")
        kinds = {f"{fault.code} {fault.place}": fault.code for fault in error.faults}
        return {
            "weight-missing" if needed.fullmatch(kind) else code for kind, code in kinds.items()
        }
    return set()


def check_agreement(parsed: dict[str, Any]) -> tuple[bool, bool]:
    """Check that the loader refuses what the schema does, and return which of them refuse."""
    codes, found = loader_codes(parsed), schema_faults(parsed)
    if found:
        assert codes, found
    else:
        assert codes <= ONLY_THE_LOADER
    return bool(found), bool(codes)


def places(value: object, above: Place = ()) -> Iterator[Place]:
    """Yield the place of everything inside a table or a list."""
    items: Iterator[tuple[Step, object]] = iter(())
    if isinstance(value, dict):
        items = iter(value.items())
    elif isinstance(value, list):
        items = iter(enumerate(value))
    for key, inner in items:
        yield (*above, key)
        yield from places(inner, (*above, key))


def at(parsed: Any, place: Place) -> Any:
    for key in place:
        parsed = parsed[key]
    return parsed


def kind_of(path: str) -> str:
    """Return the path of a table without the names that a file chooses."""
    path = re.sub(r"\[[0-9]+\]", "[]", path)
    return re.sub(rf"^({'|'.join(SECTIONS)})\.[^.]+", r"\1.*", path)


def kind_at(place: Place) -> tuple[object, ...]:
    """Return what is the same for places of which the format says the same."""
    table = at(RICH, place[:-1])
    return kind_of(path_of(place)), table.get("type") if isinstance(table, dict) else None


def path_of(place: Place) -> str:
    """Return the path of a place as a fault names it."""
    steps = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in place)
    return "".join(steps).removeprefix(".")


RICH = tomllib.loads(EVERY_ENTRY)
EVERYWHERE = list(places(RICH))
# One of each kind.
PLACES = list({kind_at(place): place for place in EVERYWHERE}.values())
TABLES = [(), *(place for place in EVERYWHERE if isinstance(at(RICH, place), dict))]


def shown(place: Place) -> str:
    return ".".join(map(str, place)) or "-"


def test_the_schema_is_one() -> None:
    validator().check_schema(SCHEMA)
    assert SCHEMA["$id"] == "instrument.schema.json"


@pytest.mark.parametrize("name", ["ism-2026", "ism-2019"])
def test_the_catalog_follows_the_schema(name: str) -> None:
    text = (resources.files("meritindex.catalog") / "data" / f"{name}.toml").read_text("utf-8")
    assert schema_faults(tomllib.loads(text)) == []
    assert schema_faults(tomllib.loads(instrument_to_text(mi.instrument(name)))) == []


def test_the_example_with_every_entry_follows_the_schema() -> None:
    found = instrument_from_text(EVERY_ENTRY, "every-entry.toml")
    assert schema_faults(RICH) == []
    assert schema_faults(tomllib.loads(instrument_to_text(found))) == []
    assert instrument_from_text(table_text((), RICH), "x.toml") == found


@settings(max_examples=60)
@given(instruments())
def test_every_instrument_that_is_written_follows_the_schema(found: Instrument) -> None:
    try:
        text = instrument_to_text(found)
    except mi.DefinitionError:  # a number of more digits than a file can hold
        return
    assert schema_faults(tomllib.loads(text)) == []


# What happens when one entry of a sound file is gone, of another type, or one too many


# Entries without which no table is sound that may have them.
OBLIGATORY = {"title", "name", "value", "type", "digits", "mode", "policy", "items",
              "options", "minimum", "steps", "low", "high", "factor"}  # fmt: skip


@pytest.mark.parametrize(
    "place", [place for place in PLACES if isinstance(place[-1], str)], ids=shown
)
def test_an_entry_that_is_gone(place: Place) -> None:
    parsed = copy.deepcopy(RICH)
    del at(parsed, place[:-1])[place[-1]]
    refused = check_agreement(parsed)
    if place[-1] in OBLIGATORY:
        assert refused == (True, True)


@pytest.mark.parametrize("place", [(), *(place for place in PLACES if place in TABLES)], ids=shown)
def test_an_entry_too_many_is_refused_by_both(place: Place) -> None:
    parsed = copy.deepcopy(RICH)
    at(parsed, place)["not known"] = True
    assert check_agreement(parsed) == (True, True)


OTHERS: list[object] = [True, -1, 10**18, "", " ", "x", "1", [], [""], [[]], {}, {"value": "1"}]


@pytest.mark.parametrize("place", PLACES, ids=shown)
def test_an_entry_of_another_type(place: Place) -> None:
    # A number with a decimal point and no quotes is wrong everywhere, and so is a time of day.
    for value in (1.5, dt.datetime(2030, 1, 1, 12, 0)):  # noqa: DTZ001 - as a file may say it
        parsed = copy.deepcopy(RICH)
        at(parsed, place[:-1])[place[-1]] = value
        assert check_agreement(parsed) == (True, True)
    for value in random.Random(shown(place)).sample(OTHERS, 3):
        parsed = copy.deepcopy(RICH)
        at(parsed, place[:-1])[place[-1]] = value
        check_agreement(parsed)


def test_an_item_that_is_gone_or_stands_twice() -> None:
    for place in PLACES:
        if isinstance(place[-1], int) and not path_of(place).endswith(".sources[1]"):
            parsed = copy.deepcopy(RICH)
            del at(parsed, place[:-1])[place[-1]]
            check_agreement(parsed)
            parsed = copy.deepcopy(RICH)
            at(parsed, place[:-1]).append(at(RICH, place))
            check_agreement(parsed)


NUMBERS = [
    "0", "12", "+1", "-0.50", "0,75", "1/3", "2 1/3", "-2  10/30", " 1 ", "000000000000000001",
    "0.00000000000000001", "123456789012345678", "1234567890123456789", "1e3", "1_000", "1.", ".5",
    "1.000.000", "1/0", "1/00", "1 /3", "--1", "12 %", "inf", "nan", "", "1,2,3", "0x1", "\uff11",
    "1/1234567890123456789", "1" + " " * 40 + "1/3", "1 2", "1.5/2", "1/2/3",
]  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_follow_the_grammar_of_the_library(number: str) -> None:
    parsed = copy.deepcopy(RICH)
    parsed["derived"]["part"]["factor"]["value"] = number
    by_schema, by_loader = check_agreement(parsed)
    assert by_schema == by_loader


# Every name and every word


def resolved(node: Any) -> Iterator[dict[str, Any]]:
    """Yield a part of the schema with all that it refers to."""
    if isinstance(node, dict):
        yield node
        if "$ref" in node:
            yield from resolved(DEFINITIONS[node["$ref"].removeprefix("#/$defs/")])
        for choice in node.get("anyOf", ()):
            yield from resolved(choice)


def inner(parts: list[dict[str, Any]], step: Step) -> Iterator[dict[str, Any]]:
    """Yield what the schema says of one entry or item."""
    for part in parts:
        if isinstance(step, int):
            yield from resolved(part.get("items"))
        elif step in part.get("properties", {}):
            yield from resolved(part["properties"][step])
        elif "additionalProperties" in part:
            yield from resolved(part["additionalProperties"])
            for pattern, value in part.get("patternProperties", {}).items():
                if re.search(pattern, step):
                    yield from resolved(value)


def schema_at(place: Place) -> list[dict[str, Any]]:
    parts = list(resolved(SCHEMA))
    for step in place:
        parts = list(inner(parts, step))
    return parts


def test_the_loader_and_the_schema_know_the_same_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """The example makes the loader ask for every entry that it knows, in every kind of table."""
    asked: dict[str, set[str]] = defaultdict(set)
    finish = Table.finish

    def recording(table: Table) -> bool:
        asked[kind_of(table.path)] |= table.known
        return finish(table)

    monkeypatch.setattr(Table, "finish", recording)
    instrument_from_text(EVERY_ENTRY, "x.toml")
    stated: dict[str, set[str]] = defaultdict(set)
    for place in TABLES:
        for part in schema_at(place):
            stated[kind_of(path_of(place))] |= set(part.get("properties", ()))
    maps = {"default_weighting.weights", "indicators.*.applies_when"}
    found = {kind: keys for kind, keys in asked.items() if kind not in maps}
    # Criteria by number: the numbers are those of the scale.
    found["indicators.*.levels"] = {key for key in found["indicators.*.levels"] if key.isalpha()}
    assert {kind: keys for kind, keys in stated.items() if keys} == found
    assert len(found) > 40
    # Every one of them stands in the example.
    assert {f"{kind}.{key}" for kind, keys in found.items() for key in keys} <= {
        f".{path}" if "." not in path else path for path in map(kind_of, map(path_of, EVERYWHERE))
    }


def test_words_are_those_of_the_library() -> None:
    words = {
        "standing": list(map(str, reversed(Standing))),
        "rule.type": list(RULES),
        "measure_scale.type": list(MEASURE_SCALES),
        "missing.policy": list(map(str, MissingPolicy)),
        "rounding.mode": list(map(str, RoundingMode)),
    }
    for name, expected in words.items():
        definition, _, key = name.partition(".")
        node = DEFINITIONS[definition]
        assert (node["properties"][key] if key else node)["enum"] == expected
    kinds = DEFINITIONS["gate"]["properties"]["by_kind"]["properties"]
    assert list(kinds) == list(map(str, AgencyKind))
    assert DEFINITIONS["code"]["pattern"] == f"^{CODE.pattern}$"
    assert set(DEFINITIONS["code"]["not"]["enum"]) == RESERVED_CODES
    assert DEFINITIONS["decimals"]["maximum"] == MAX_DECIMALS
    assert SCHEMA["properties"]["format"]["const"] == FORMAT
    assert SCHEMA["properties"]["default_weighting"]["anyOf"][0]["enum"] == list(WEIGHTINGS)


def test_everything_is_explained_in_both_languages() -> None:
    explained = 0
    for table in (SCHEMA, *DEFINITIONS.values()):
        for part in every_table(table):
            for key, node in part.get("properties", {}).items():
                if node is False or "if" in part:
                    continue
                texts = [item["description"] for item in resolved(node) if "description" in item]
                assert texts or key in {"id", "en"}, key
                for text in texts:
                    assert re.fullmatch(r"id: \S.* / en: \S.*", text), text
                explained += 1
    assert explained > 100


def every_table(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every part of the schema that describes a table, but for conditions."""
    if isinstance(node, dict):
        if "properties" in node and "type" in node:
            yield node
        for value in node.values():
            yield from every_table(value)
    elif isinstance(node, list):
        for value in node:
            yield from every_table(value)


@pytest.mark.parametrize("page", ["instrument-files.md", "id/berkas-instrumen.md"])
def test_the_pages_explain_every_entry_and_what_only_the_loader_sees(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    entries = {
        key
        for table in (SCHEMA, *DEFINITIONS.values())
        for part in every_table(table)
        for key in part["properties"]
    }
    assert [key for key in sorted(entries) if not re.search(rf"`[^`]*\b{key}\b", text)] == []
    assert [code for code in sorted(ONLY_THE_LOADER) if f"`{code}`" not in text] == []
