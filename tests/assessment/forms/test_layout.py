"""Where things stand in a form."""

from __future__ import annotations

import attrs

import meritindex as mi
from builders import dimension, gate, indicator, instrument, measure
from meritindex.assessment.forms.layout import (
    Headline,
    Place,
    gate_words,
    layout,
)
from meritindex.assessment.places import column_letters
from meritindex.definition import Instrument, Option
from meritindex.language import Text


def sheets(made: Instrument) -> list[tuple[str, list[str]]]:
    return [
        (section.sheet, [block.indicator.code for block in section.blocks])
        for section in layout(made, "id").sections
    ]


def test_the_published_instruments_have_a_sheet_for_each_aspect() -> None:
    new = layout(mi.instrument("ism-2026"), "id")
    assert [section.sheet for section in new.sections] == [f"a{number}" for number in range(1, 9)]
    assert set(new.levels) == {node.code for node in mi.instrument("ism-2026").indicators}
    assert new.entries == {}
    old = layout(mi.instrument("ism-2019"), "en")
    assert old.sections == ()
    assert list(old.entries) == [f"a{number}" for number in range(1, 9)]
    assert old.numbers == "Numbers"


def test_every_cell_is_typed_for_one_thing() -> None:
    for name in ("ism-2026", "ism-2019"):
        for language in ("id", "en"):
            form = layout(mi.instrument(name), language)
            assert len(set(form.typed.values())) == len(form.typed)
            assert set(form.code_cells) == set(form.answers)
            assert all(form.code_cells[code].row == form.typed[code].row for code in form.answers)


def test_a_chain_is_passed_through_and_own_indicators_have_a_sheet() -> None:
    inner = dimension("inner", indicator("b1"), dimension("deep", indicator("c1"), measure("m")))
    made = instrument(dimension("outer", inner))
    assert sheets(made) == [("inner", ["b1"]), ("deep", ["c1"])]
    beside = instrument(
        dimension("left", indicator("l1"), dimension("under", indicator("u1"))),
        indicator("own1"),
        dimension("right", indicator("r1")),
        indicator("own2"),
        dimension("typed"),
    )
    assert sheets(beside) == [
        ("left", ["l1", "u1"]),
        ("total_points", ["own1", "own2"]),
        ("right", ["r1"]),
    ]
    rows = layout(beside, "id").sections[0].rows
    assert [(row.row, row.depth) for row in rows if isinstance(row, Headline)] == [(6, 0)]
    assert list(layout(beside, "id").entries) == ["typed"]
    assert sheets(instrument(indicator("only"))) == [("total_points", ["only"])]
    assert sheets(instrument(measure("only"))) == []


def test_sheets_have_names_that_excel_takes_and_that_differ() -> None:
    long = "a" * 35
    codes = (long, f"{long}b", "nilai", "history", "meritindex", "cover")
    made = instrument(*(dimension(code, indicator(f"i_{code}"[:40])) for code in codes))
    assert [name for name, _ in sheets(made)] == [
        "a" * 31,
        "a" * 29 + " 2",
        "nilai 2",
        "history 2",
        "meritindex 2",
        "cover",
    ]
    assert [section.sheet for section in layout(made, "en").sections][-1] == "cover 2"


def test_places_name_their_cell() -> None:
    place = Place("it's", 12, 28)
    assert (place.cell, place.absolute) == ("AB12", "$AB$12")
    assert place.reference == "'it''s'!$AB$12"
    assert [column_letters(column) for column in (1, 26, 27, 702, 703)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]


def test_options_that_read_alike_are_told_apart_by_their_values() -> None:
    plain = gate("works")
    assert gate_words(plain, "en") == ("option yes", "option no")
    for labels in ((Text.same("Sama"), Text.same(" sama ")), (Text.same(""), Text.same("x"))):
        alike = attrs.evolve(
            plain,
            options=tuple(
                Option(value=value, label=label)
                for value, label in zip(("yes", "no"), labels, strict=True)
            ),
        )
        words = gate_words(alike, "id")
        assert [word.partition(":")[0] for word in words] == ["yes", "no"]
