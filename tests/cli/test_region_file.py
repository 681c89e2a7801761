"""What is known of weights, from a file."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest

import meritindex as mi
from builders import check_fault, faults_of, only_fault
from meritindex.cli.region_file import MAX_FILE_BYTES, MAX_TIES, read_region
from meritindex.definition import Standing
from meritindex.errors import DefinitionError, FileError


@pytest.fixture
def written(tmp_path):
    def write(text: str) -> str:
        path = tmp_path / "facts.toml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_every_kind_of_fact(written):
    text = """
source = "rapat"
standing = "official"
order = [["a2", "a5", "a6"], ["a3", "a4"]]
[weights]
a2 = "12,5"
a3 = ["10", 20]
a4 = ["", "1/3"]
a5 = ["3", ""]
a8 = ["", ""]
[[sums]]
codes = ["a6", "a7"]
is = 30
[[sums]]
codes = ["a2", "a3"]
from = "10"
to = "40"
[[sums]]
codes = ["a3", "a4"]
to = "50"
"""
    assert read_region(written(text)) == mi.Admissible(
        {
            "a2": "12.5",
            "a3": (10, 20),
            "a4": (None, "1/3"),
            "a5": (3, None),
            "a8": (None, None),
        },
        order=[("a2", "a5", "a6"), ("a3", "a4")],
        sums=[(("a6", "a7"), 30), (("a2", "a3"), (10, 40)), (("a3", "a4"), (None, 50))],
        source="rapat",
        standing="official",
    )


def test_nothing_need_be_known(written):
    assert read_region(written("")) == mi.Admissible()
    found = read_region(written('source = "x"\n'))
    assert (found.source, found.standing, found.basis.standing) == ("x", None, Standing.REPORTED)


def test_all_faults_at_once(written):
    text = """
standing = "sure"
order = [["a2", 5], "x"]
colour = 1
[weights]
a3 = 1.5
a4 = ["1", "2", "3"]
a5 = ["", "zwei"]
a6 = {value = "1"}
a7 = "x"
[[sums]]
codes = ["a6", "a7"]
is = "30"
from = "3"
[[sums]]
codes = "a6"
what = 1
"""
    faults = faults_of(DefinitionError, lambda: read_region(written(text)))
    assert [(fault.code, fault.place.id.removeprefix("facts.toml: ")) for fault in faults] == [
        ("entry-type", "weights.a3"),
        ("entry-type", "weights.a4"),
        ("entry-number", "weights.a5[2]"),
        ("entry-type", "weights.a6"),
        ("entry-number", "weights.a7"),
        ("entry-type", "order[1][2]"),
        ("entry-type", "order[2]"),
        ("sum-form", "sums[1]"),
        ("entry-type", "sums[2].codes"),
        ("sum-form", "sums[2]"),
        ("entry-unknown", "sums[2].what"),
        ("entry-choice", "standing"),
        ("entry-unknown", "colour"),
    ]
    for fault in faults:
        assert fault.message.id != fault.message.en
        assert fault.in_language("en").startswith("facts.toml: ")
    assert faults[1].allowed.en == (
        'a number in quotes, or a lower and an upper end, such as ["10", "20"]'
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("weights = 1", "entry-type"),
        ("sums = 1", "entry-type"),
        ("order = 1", "entry-type"),
        ('source = ""', "text-empty"),
        ('standing = "official"', "standing-without-source"),
        ("weights = {", "not-toml"),
    ],
)
def test_a_file_that_makes_no_sense(written, text, code):
    fault = only_fault(DefinitionError, lambda: read_region(written(text)))
    check_fault(fault, code, None)
    assert fault.place.id.startswith("facts.toml")


def test_too_much(written):
    chain = ", ".join('"a2"' for _ in range(MAX_TIES + 2))
    fault = only_fault(DefinitionError, lambda: read_region(written(f"order = [[{chain}]]")))
    check_fault(fault, "facts-too-many", None, str(MAX_TIES + 1), str(MAX_TIES))
    fault = only_fault(FileError, lambda: read_region(written("#" * (MAX_FILE_BYTES + 1))))
    assert fault.code == "file-too-large"
    fault = only_fault(FileError, lambda: read_region(written("x = " + "[" * 100)))
    assert fault.code == "file-nesting"
    fault = only_fault(FileError, lambda: read_region(str(Path(written("")).parent / "none")))
    assert fault.code == "file-unreadable"


def test_as_many_facts_as_are_allowed_are_soon_worked_out(written):
    half = MAX_TIES // 2
    codes = [f"a{2 + place % 6}" for place in range(half + 1)]
    order = ", ".join('["a2", "a3", "a4", "a5", "a6", "a7"]' for _ in range(half // 5))
    sums = "".join(
        f'[[sums]]\ncodes = ["{one}", "{other}"]\nto = "{70 - place % 9}"\n'
        for place, (one, other) in enumerate(pairwise(codes))
    )
    facts = read_region(written(f"order = [{order}]\n{sums}"))
    begun = time.perf_counter()
    table = mi.bounds(mi.sample(), facts)
    assert table.lower.known.all()
    assert time.perf_counter() - begun < 20
