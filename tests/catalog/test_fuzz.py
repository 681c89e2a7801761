"""Thousands of files that nobody would write: each is an instrument, or refused as one should be.

The mutants are the same every time. `FUZZ_EXAMPLES` asks for another number of them, and
`FUZZ_SEED` for others; what came out is printed (`pytest -s`).
"""

from __future__ import annotations

import os
import random
import re
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import resources
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import attrs
import pytest

from file_schema import schema_faults
from meritindex.catalog.dumping import instrument_to_text
from meritindex.catalog.loading import instrument_from_text, load_instrument
from meritindex.definition import Instrument
from meritindex.errors import DefinitionError, Fault, MeritIndexError
from meritindex.language import LANGUAGES

HERE = Path(__file__).parent
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "2000"))
SEED = int(os.environ.get("FUZZ_SEED", "2030"))

_DATA = resources.files("meritindex.catalog") / "data"
CATALOG = [(_DATA / f"{name}.toml").read_text("utf-8") for name in ("ism-2026", "ism-2019")]
BROKEN = [path.read_text("utf-8") for path in sorted(HERE.glob("broken/*.toml"))]
SMALL = [(HERE / name).read_text("utf-8") for name in ("sound.toml", "every-entry.toml")]
TEXTS = [*CATALOG, *BROKEN, *SMALL]

TOKEN = re.compile(r'"[^"\n]*"|[A-Za-z0-9_.+-]+|[\[\]{}=,#]')
QUOTED = re.compile(r'"[^"\n]+"')
NAME = re.compile(r"(?<=\.)[a-z_0-9]+(?=\])")
KEY = re.compile(r"(?m)(?<![\w.])([a-z_]+)(?= *=)")
VALUE = re.compile(r'(?<== )("[^"\n]*"|[0-9.-]+|true|false|\[[^\[\]\n]*\]|\{[^{}\n]*\})')
HOSTILE = [
    "", '"', '"""', "'", "'''", "[", "]", "[[", "]]", "{", "}", "=", ".", ",", "#", "\n", "\\",
    "\x00", "\ufeff", "\u202e", "\ud7ff", "\U0010ffff", "\r", "\t", "“", "\uff11", "{0}", '"{x}"',
    '"{"', "0", "-1", "1.5", "1e9999999", "-0", "inf", "nan", "9" * 20, "9" * 5000,
    "0x" + "f" * 4500, '"1/0"', '"1/3"', '"-1"', '"0"', '"1.000,5"', '"' + "9" * 19 + '"', "true",
    "false", "2030-02-30", "2030-01-01", "10000-01-01", "07:32:00", "2030-01-01T00:00:00Z", '""',
    '" "', "[]", "{}", "[[]]", "[{}]", "[1.5]", '{ id = "x" }', "[" * 100, "{a=" * 100, "a." * 100,
    '"unpublished"', '"official"', '"assumed"', '"minimum"', '"median"', '"power-mean"', '"drop"',
    '"geometric-mean"', '"harmonic-mean"', '"weighted-sum"', '"goalposts"', '"thresholds"',
    '"equal-remainder"', '"half_even"', '"total"', '"indeks"', '"index"', '"p1"', '"survei"',
    "x" * 1000, '"' + "x" * 10_000 + '"', "while", "standing", "exponent", "whole", "floor",
]  # fmt: skip

Mutation = Callable[[random.Random, str], str]


def flip(rng: random.Random, text: str) -> str:
    """Change a few bits of the bytes, which may be no text any more."""
    content = bytearray(text.encode("utf-8", "surrogatepass"))
    for _ in range(rng.randint(1, 4)):
        if content:
            content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    return content.decode("utf-8", "replace" if rng.random() < 0.9 else "surrogateescape")


def lines_of(text: str) -> list[str]:
    return text.splitlines(keepends=True) or [""]


def delete_lines(rng: random.Random, text: str) -> str:
    lines = lines_of(text)
    start = rng.randrange(len(lines))
    del lines[start : start + rng.choice((1, 1, 1, 2, 5, 20))]
    return "".join(lines)


def double_lines(rng: random.Random, text: str) -> str:
    lines = lines_of(text)
    start = rng.randrange(len(lines))
    block = lines[start : start + rng.choice((1, 1, 3, 10))]
    place = rng.choice((start, rng.randrange(len(lines))))
    return "".join([*lines[:place], *block, *lines[place:]])


def swap_lines(rng: random.Random, text: str) -> str:
    lines = lines_of(text)
    first, second = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return "".join(lines)


def replaced(rng: random.Random, text: str, pattern: re.Pattern[str], new: str | None) -> str:
    """Replace something that matches, by `new` or by something else that does."""
    spans = [match.span() for match in pattern.finditer(text)]
    if not spans:
        return text
    (start, end), (other, behind) = rng.choice(spans), rng.choice(spans)
    return text[:start] + (text[other:behind] if new is None else new) + text[end:]


def hostile_token(rng: random.Random, text: str) -> str:
    return replaced(rng, text, TOKEN, rng.choice(HOSTILE))


def other_token(rng: random.Random, text: str) -> str:
    return replaced(rng, text, TOKEN, None)


def other_text(rng: random.Random, text: str) -> str:
    return replaced(rng, text, QUOTED, None)


def other_name(rng: random.Random, text: str) -> str:
    """Give a table, or a list of codes, another name."""
    return replaced(rng, text, NAME, None)


def other_key(rng: random.Random, text: str) -> str:
    return replaced(rng, text, KEY, None)


def other_value(rng: random.Random, text: str) -> str:
    return replaced(rng, text, VALUE, rng.choice((None, rng.choice(HOSTILE))))


def other_number(rng: random.Random, text: str) -> str:
    number = rng.choice(("0", "1", "2", "-1", "100", "1/3", "0.5", "0,85", "99", str(rng.random())))
    return replaced(rng, text, re.compile(r"(?<=\")[0-9./]+(?=\")"), number[:18])


def without_quotes(rng: random.Random, text: str) -> str:
    return replaced(rng, text, re.compile('"'), "")


def splice(rng: random.Random, text: str) -> str:
    """Continue one file by another."""
    other = lines_of(rng.choice(TEXTS))
    lines = lines_of(text)
    return "".join(lines[: rng.randrange(len(lines))] + other[rng.randrange(len(other)) :])


def cut(rng: random.Random, text: str) -> str:
    return text[: rng.randrange(len(text) + 1)]


def drop_table(rng: random.Random, text: str) -> str:
    """Leave out a table with all its entries."""
    tables = re.split(r"(?m)^(?=\[)", text)
    del tables[rng.randrange(len(tables))]
    return "".join(tables)


def insert(rng: random.Random, text: str) -> str:
    place = rng.randrange(len(text) + 1)
    return text[:place] + rng.choice(HOSTILE) + text[place:]


MUTATIONS: list[Mutation] = [
    flip, delete_lines, double_lines, swap_lines, hostile_token, other_token, other_text,
    other_name, other_key, other_value, other_number, without_quotes, splice, cut, drop_table,
    insert,
]  # fmt: skip
# What leaves a file TOML, so that more of them reach the loader itself.
MILD: list[Mutation] = [
    delete_lines, other_text, other_name, other_key, other_value, other_number, drop_table,
]  # fmt: skip


def mutants(seed: int) -> Iterator[tuple[int, str]]:
    """Yield mutants without end, each with its number, which makes it again."""
    for number in count():
        rng = random.Random(f"{seed}-{number}")
        text = rng.choice(rng.choices((SMALL, BROKEN, CATALOG), (75, 15, 10))[0])
        mutations = rng.choice((MUTATIONS, MILD, MILD))
        for mutation in rng.choices(mutations, k=rng.choice((1, 1, 1, 1, 2, 4))):
            text = mutation(rng, text)
        yield number, text


@attrs.define
class Outcome:
    """What has come out so far."""

    accepted: int = 0
    refused: int = 0
    codes: Counter[str] = attrs.field(factory=Counter)
    slowest: float = 0
    which: int = -1

    def __str__(self) -> str:
        codes = ", ".join(f"{code} {number}" for code, number in self.codes.most_common())
        return (
            f"{self.refused} refused, {self.accepted} accepted; {len(self.codes)} codes: {codes}; "
            f"slowest: number {self.which}, {self.slowest:.2f} s"
        )


def test_every_mutant_is_an_instrument_or_refused(tmp_path: Path) -> None:
    outcome = Outcome()
    path = tmp_path / "mutant.toml"
    for number, text in mutants(SEED):
        if number == EXAMPLES:
            break
        start = time.process_time()
        try:
            found = loaded(path, text)
        except MeritIndexError as error:
            spent = time.process_time() - start
            outcome.refused += 1
            outcome.codes.update({fault.code for fault in error.faults})
            check_faults(number, text, error.faults)
        except BaseException as error:
            error.add_note(f"mutant {number} of seed {SEED}")
            raise
        else:
            spent = time.process_time() - start
            outcome.accepted += 1
            check_accepted(number, found, text)
        if spent > outcome.slowest:
            outcome.slowest, outcome.which = spent, number
    print(f"\n{EXAMPLES} mutants of seed {SEED}: {outcome}")  # noqa: T201 - with `pytest -s`
    if EXAMPLES >= 2000:
        assert outcome.accepted > EXAMPLES / 50
        assert outcome.refused > EXAMPLES / 2
        assert len(outcome.codes) >= 40
        missing = EXPECTED - set(outcome.codes)
        assert not missing


def loaded(path: Path, text: str) -> Instrument:
    """Read a text as an instrument; one that is no Unicode by way of a file."""
    try:
        text.encode()
    except UnicodeEncodeError:
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        return load_instrument(path)
    return instrument_from_text(text, path.name)


def check_faults(number: int, text: str, faults: tuple[Fault, ...]) -> None:
    assert faults, number
    for fault in faults:
        assert fault.place is not None, number
        for language in LANGUAGES:
            message = fault.message.in_language(language)
            assert message.strip(), number
            assert fault.place.in_language(language).startswith("mutant.toml"), number
            # A field that was not filled; what a file says may look like one.
            unfilled = [name for name in re.findall(r"\{[a-z_]+\}", message) if name not in text]
            assert not unfilled, (number, message)
            assert len(message) < 2000, number


def check_accepted(number: int, found: Instrument, text: str) -> None:
    """Check that what is written reads as the same, and that the schema accepts it as well."""
    try:
        written = instrument_to_text(found)
    except DefinitionError as error:
        pytest.fail(f"{number}: {error}")
    again = instrument_from_text(written, "again.toml")
    assert again.fingerprint == found.fingerprint, number
    if find_spec("jsonschema") is not None:
        assert schema_faults(tomllib.loads(text)) == [], number


# Kinds of faults that drafters meet, all of which the mutants must have met.
EXPECTED = {
    "bands-gap", "bands-overlap", "code-twice", "dimension-form", "entry-choice", "entry-missing",
    "entry-number", "entry-type", "entry-unknown", "gate-unknown", "in-force-until", "levels-fall",
    "name-unknown", "node-twice", "node-unknown", "node-unused", "not-toml", "reason-missing",
    "root-not-a-dimension", "source-missing", "source-unknown", "weight-not-allowed",
    "weights-dont-add-up",
}  # fmt: skip


def test_a_mutant_is_the_same_every_time() -> None:
    first, second = mutants(SEED), mutants(SEED)
    assert [next(first) for _ in range(20)] == [next(second) for _ in range(20)]
