from __future__ import annotations

import pickle
from fractions import Fraction

import attrs
import numpy as np
import pytest

import meritindex as mi
from builders import check_fault, indicator, instrument, only_fault
from meritindex.errors import Fault
from meritindex.language import LANGUAGES
from meritindex.scoring import GroupBy

ONE = instrument(indicator("i1"), indicator("i2"))
AGENCIES = (
    ("Kota Malang", 4),
    ("Kota Batu", 2),
    ("Provinsi Bali", 2),
    ("Kabupaten Malang", None),
    ("KPK", 1),
)


def rows() -> list[mi.Assessment]:
    return [
        mi.Assessment(
            agency=name,
            instrument=ONE,
            year=2025,
            levels={"i1": level, "i2": 0} if level is not None else {"i1": 1},
        )
        for name, level in AGENCIES
    ]


def table() -> mi.ScoreTable:
    return mi.score(rows())


def test_a_table_holds_columns_and_cards() -> None:
    found = table()
    assert len(found) == 5
    assert list(found.totals) == [4, 2, 2, None, 1]
    assert found.ranks == (1, 2, 2, None, 4)
    assert found.bands == (None,) * 5
    assert found.dimensions == {}
    assert [card.total for card in found] == list(found.totals)
    assert found[-1].agency.name == "KPK"
    assert found["35.73"].total == found["Kota Malang"].total == found[0].total == 4
    assert found.agencies[1].name == "Kota Batu"
    assert found.instrument == ONE
    assert found.weighting == ONE.default_weighting
    assert found.plan is mi.plan(ONE)
    assert found.left_out == ()
    assert not found.synthetic
    assert found.standing is mi.Standing.ASSUMED
    with pytest.raises(IndexError):
        found[5]


def test_an_agency_that_is_not_there_or_there_twice() -> None:
    found = table()
    fault = only_fault(mi.UnknownNameError, lambda: found["Kota Surabaya"])
    assert (fault.code, fault.agency) == ("agency-not-in-table", "Kota Surabaya")
    assert fault.message.en == '"Kota Surabaya" is not in the table'
    assert fault.allowed is None
    fault = only_fault(mi.UnknownNameError, lambda: found["KP"])
    assert fault.message.en == '"KP" is not in the table; perhaps: KPK'
    assert fault.message.id == '"KP" tidak ada dalam tabel; mungkin: KPK'
    assert fault.allowed == mi.Text.same("KPK")
    with pytest.raises(mi.UnknownNameError):
        found["Kota Atlantis"]
    twice = mi.score([*rows(), attrs.evolve(rows()[0], year=2026)])
    fault = only_fault(mi.UnknownNameError, lambda: twice["Kota Malang"])
    assert fault.code == "agency-twice-in-table"
    assert fault.message.id == (
        '"Kota Malang" ada 2 kali dalam tabel: 2025, tahap tidak dinyatakan; '
        "2026, tahap tidak dinyatakan"
    )


def test_one_of_several_assessments_of_an_agency_is_chosen_by_its_facts() -> None:
    first = rows()[0]
    later = attrs.evolve(first, year=2026, stage="verified")
    found = mi.score([*rows(), later])
    assert found.card_of("Kota Malang", lambda facts: facts.year == 2026) == mi.score(later)
    assert found.card_of("35.73", lambda facts: facts.stage is None) == mi.score(first)
    assert found.card_of(rows()[1].agency.name) == found[1]
    choices = mi.Text(
        "2025, tahap tidak dinyatakan; 2026, verifikasi", "2025, stage not stated; 2026, verified"
    )
    for keep, code in (
        (None, "agency-twice-in-table"),
        (lambda facts: facts.year > 2000, "agency-twice-in-table"),
        (lambda facts: facts.year == 2024, "assessment-not-in-table"),
    ):
        fault = only_fault(
            mi.UnknownNameError, lambda keep=keep: found.card_of("Kota Malang", keep)
        )
        check_fault(fault, code, None, '"Kota Malang"', choices)
        assert (fault.agency, fault.allowed) == ("Kota Malang", choices)


def test_rows_for_a_data_frame() -> None:
    (first, *_) = mi.score(mi.sample()).to_rows()
    assert list(first)[:11] == [
        "agency",
        "code",
        "kind",
        "province",
        "year",
        "stage",
        "synthetic",
        "total",
        "band",
        "rank",
        "standing",
    ]
    assert list(first)[11:] == ["maturity", *(f"a{place}" for place in range(1, 9))]
    assert isinstance(first["a1"], Fraction)
    assert table().to_rows()[3] == {
        "agency": "Kabupaten Malang",
        "code": "35.07",
        "kind": "regency",
        "province": "Jawa Timur",
        "year": 2025,
        "stage": None,
        "synthetic": False,
        "total": None,
        "band": None,
        "rank": None,
        "standing": "assumed",
    }


@pytest.mark.parametrize(
    ("by", "groups", "within"),
    [
        (
            "province",
            {"Jawa Timur": [4, 2, None], "Bali": [2], None: [1]},
            (1, 2, 1, None, None),
        ),
        (
            GroupBy.KIND,
            {"city": [4, 2], "province": [2], "regency": [None], None: [1]},
            (1, 2, 1, None, None),
        ),
        # None of the five is in a regional office that is known.
        ("kanreg", {None: [4, 2, 2, None, 1]}, (None,) * 5),
    ],
)
def test_groups_have_ranks_of_their_own(
    by: str, groups: dict[str | None, list[int | None]], within: tuple[int | None, ...]
) -> None:
    found = table()
    parts = found.groups(by)
    by_name = {name: list(part.totals) for name, part in parts.items()}
    assert list(by_name.values()) == list(groups.values())
    assert list(by_name) == list(groups)
    assert found.ranks_within(by) == within
    assert sum(map(len, parts.values())) == len(found)
    first = next(iter(parts.values()))
    assert first.ranks[:2] == (1, 2)  # among themselves
    assert first[0] == found[0]
    with pytest.raises(ValueError, match="colour"):
        found.groups("colour")


def test_ranks_within_a_regional_office() -> None:
    sample = mi.score(mi.sample())
    offices = sample.groups("kanreg")
    part = offices["VII"]
    assert len(part) == 49
    within = [rank for rank in sample.ranks_within("kanreg") if rank is not None]
    assert within == [rank for rank in part.ranks if rank is not None]


def test_some_of_the_rows() -> None:
    part = table().rows(np.array([4, 1], dtype=np.intp))
    assert (list(part.totals), part.ranks) == ([1, 2], (2, 1))
    assert part == mi.score([rows()[4], rows()[1]])


def test_every_grouping_has_a_label() -> None:
    for language in LANGUAGES:
        assert len({by.label.in_language(language) for by in GroupBy}) == len(GroupBy)
    assert GroupBy("kind").of(mi.Agency(name="A")) is None


def test_tables_are_equal_by_what_they_hold() -> None:
    assert table() == table()
    assert table() != mi.score(rows()[:4])
    assert table() != mi.score(rows(), missing="zero")
    assert table() != rows()
    assert pickle.loads(pickle.dumps(table())) == table()
    with pytest.raises(TypeError):
        hash(table())
    assert repr(table()) == "<ScoreTable of 5 under example, stated, assumed>"
    assert repr(mi.score(mi.sample())) == (
        "<ScoreTable of 546 under ism-2026, equal-remainder, assumed, synthetic>"
    )


def test_standings_by_row() -> None:
    firm = mi.score(
        [
            mi.Assessment(
                agency=name, instrument="ism-2019", points={"total": 300}, standing=standing
            )
            for name, standing in (
                ("Kota Malang", "official"),
                ("Kota Batu", None),
                ("KPK", "reconstructed"),
            )
        ]
    )
    assert [str(standing) for standing in firm.standings] == [
        "reported",
        "reported",
        "reconstructed",
    ]
    assert [card.standing for card in firm] == list(firm.standings)
    assert firm.standing == "reconstructed"
    (reason,) = firm.reasons
    assert reason.as_text().en == "reconstructed: answers points (assessment)"


def test_what_was_left_out_stays_with_the_table() -> None:
    fault = Fault(code="x", message=mi.Text("salah", "wrong"), place=mi.Text.same("row 3"))
    many = attrs.evolve(mi.AssessmentSet.of(rows()), left_out=(fault,))
    found = mi.score(many)
    assert found.left_out == (fault,)
    assert "row 3: wrong" in found.to_text("en")
    assert "row 3: salah" in found.to_text("id")


def test_an_agency_that_resembles_a_region_is_found_by_its_own_name() -> None:
    body = mi.Agency(name="Jawa Brat", kind="body")
    found = mi.score([mi.Assessment(agency=body, instrument="ism-2019", points={"total": 301})])
    assert found["jawa brat"].band == "Baik"
