"""The conformance vectors: up to date, worked out apart from the scoring, reproduced by it."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

import meritindex as mi
from conformance import regenerate
from conformance.regenerate import DIRECTORY, INSTRUMENTS, documents, edges

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"


def read(code: str) -> dict:
    return json.loads((DIRECTORY / f"{code}.json").read_text(encoding="utf-8"))


CONTENTS = {code: read(code) for code in INSTRUMENTS}
VECTORS = [(code, vector) for code in INSTRUMENTS for vector in CONTENTS[code]["vectors"]]
each_instrument = pytest.mark.parametrize("code", INSTRUMENTS)


# What the files are


def test_regenerating_gives_the_same_bytes() -> None:
    for path, text in documents():
        assert path.read_bytes() == text.encode(), (
            "if this is intended, run: python tests/conformance/regenerate.py"
        )


def test_no_file_is_left_over() -> None:
    assert set(DIRECTORY.glob("*.json")) == {path for path, _ in documents()}
    assert set(INSTRUMENTS) == {one.id for one in mi.instruments()}


@pytest.mark.parametrize("name", ["oracle.py", "conformance/regenerate.py"])
def test_they_are_made_without_the_scoring(name: str) -> None:
    allowed = {"catalog", "definition", "numbers"}
    assert {part.split(".")[1] for part in imported(TESTS / name)} <= allowed


def imported(path: Path) -> Iterator[str]:
    """Yield the modules of the library that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        yield from (f"{name}." for name in names if name.split(".")[0] == "meritindex")


@each_instrument
def test_the_head_says_what_is_scored(code: str) -> None:
    found, instrument = CONTENTS[code], mi.instrument(code)
    assert found["format"] == regenerate.FORMAT
    assert found["instrument"] == code
    assert found["fingerprint"] == instrument.fingerprint
    assert found["root"] == instrument.root.code
    assert found["weighting"] == instrument.default_weighting.name
    weights = instrument.default_weighting.resolve(instrument.root)
    assert {name: Fraction(text) for name, text in found["weights"].items()} == {
        name: weight.value for name, weight in weights
    }


@each_instrument
def test_every_field_is_described(code: str) -> None:
    found = CONTENTS[code]
    told = {name.split(".")[0] for name in found["fields"]}
    described = {*found["fields"], *told}
    for vector in found["vectors"]:
        names = [*vector, *(f"answers.{name}" for name in vector["answers"])]
        names += [f"expected.{name}" for name in vector["expected"]]
        assert set(names) <= described


@each_instrument
def test_vectors_are_several_hundred_and_distinct(code: str) -> None:
    vectors = CONTENTS[code]["vectors"]
    assert 200 <= len(vectors) < 1_000
    assert (DIRECTORY / f"{code}.json").stat().st_size < 1_000_000
    assert len({vector["id"] for vector in vectors}) == len(vectors)
    shown = {json.dumps([vector["answers"], vector["missing"]]) for vector in vectors}
    assert len(shown) == len(vectors)


def test_the_vector_in_the_guide_is_one_of_them() -> None:
    text = (DIRECTORY.parent / "conformance.md").read_text(encoding="utf-8")
    quoted = json.loads(text.split("```json\n")[1].split("```")[0])
    assert quoted in CONTENTS["ism-2019"]["vectors"]


# What the library makes of them


@pytest.mark.parametrize(("code", "vector"), VECTORS, ids=[f"{c}-{v['id']}" for c, v in VECTORS])
def test_the_library_reproduces_a_vector(code: str, vector: dict) -> None:
    assessment = mi.Assessment(
        agency=mi.Agency(name="agency"), instrument=code, **vector["answers"]
    )
    card = mi.score(assessment, missing=vector["missing"])
    expected = vector["expected"]
    total = expected["total"]
    assert card.total == (None if total is None else Fraction(total))
    assert card.exact
    assert card.band == expected["band"]
    assert sorted(item.code for item in card.missing) == expected["missing"]
    points = dict(expected["points"])
    root = points.pop(card.instrument.root.code)
    assert (root and root["exact"]) == total
    assert points.keys() == card.dimensions.keys()
    for name, value in points.items():
        found = card.dimensions[name].points
        assert found == (None if value is None else Fraction(value["exact"]))
        if value is not None:
            assert abs(Fraction(value["decimal"]) - found) <= Fraction(1, 2 * 10**20)


# That they cover what is hard


def vectors_of(code: str, kind: str) -> list[dict]:
    return [one for one in CONTENTS[code]["vectors"] if one["id"].split("-", 1)[1] == kind]


@each_instrument
def test_every_gate_pattern_is_covered(code: str) -> None:
    gates = mi.instrument(code).gates
    patterns = {
        tuple(zip([gate.code for gate in gates], options, strict=True))
        for options in product(*(gate.values for gate in gates))
    }
    complete = [one for one in CONTENTS[code]["vectors"] if one["expected"]["total"] is not None]
    assert {tuple(one["answers"]["gates"].items()) for one in complete} >= patterns


@each_instrument
def test_every_edge_is_covered_from_both_sides(code: str) -> None:
    instrument = mi.instrument(code)
    step = Fraction(1, 10**instrument.root.decimals)
    entered = [Fraction(one["expected"]["total"]) for one in vectors_of(code, "edge-entered")]
    computed = [Fraction(one["expected"]["total"]) for one in vectors_of(code, "edge")]
    found = edges(instrument)
    assert found == [value for value, _ in instrument.root.bands.thresholds]
    for edge in found:
        assert {edge - step, edge, edge + step} <= set(entered)
        # The band Maju is reached by no answers.
        if edge < 1 or edge > 2:
            assert edge in computed
            assert max(total for total in computed if total < edge) >= edge - step
            assert min(total for total in computed if total > edge) <= edge + step


@each_instrument
def test_every_band_and_no_band_is_covered(code: str) -> None:
    instrument = mi.instrument(code)
    names = {str(band) for band in instrument.root.bands}
    assert {one["expected"]["band"] for one in CONTENTS[code]["vectors"]} == {*names, None}


@each_instrument
def test_everything_is_missing_once_and_entered_once(code: str) -> None:
    instrument, vectors = mi.instrument(code), CONTENTS[code]["vectors"]
    missing = {name for one in vectors for name in one["expected"]["missing"]}
    asked = {
        item.code
        for item in (*instrument.nodes, *instrument.gates)
        if not getattr(item, "children", ())
    }
    # A gate that nothing waits for is never missing.
    waited_for = {one.gate for item in instrument.indicators for one in item.conditions}
    idle = {gate.code for gate in instrument.gates} - waited_for
    assert missing == asked - idle
    entered = {name for one in vectors for name in one["answers"]["points"]}
    assert entered == {one.code for one in instrument.dimensions}


@each_instrument
def test_every_policy_is_covered(code: str) -> None:
    chosen = {one["missing"] for one in vectors_of(code, "policy")}
    sums = any(isinstance(one.rule, mi.WeightedSum) for one in mi.instrument(code).dimensions)
    assert chosen == {one.value for one in mi.MissingPolicy} - ({"drop"} if sums else set())
    for policy in chosen - {"unknown", "drop"}:
        known = [one for one in vectors_of(code, "policy") if one["missing"] == policy]
        assert any(one["expected"]["total"] is not None for one in known)


def test_extremes_are_covered() -> None:
    instrument = mi.instrument("ism-2026")
    totals = [
        Fraction(one["expected"]["total"])
        for one in CONTENTS["ism-2026"]["vectors"]
        if one["expected"]["total"] is not None
    ]
    assert (min(totals), max(totals)) == instrument.entry_range(instrument.root)
    computed = [
        Fraction(one["expected"]["total"])
        for one in CONTENTS["ism-2026"]["vectors"]
        if one["expected"]["total"] is not None and "index" not in one["answers"]["points"]
    ]
    assert (min(computed), max(computed)) == (-1, 1)
