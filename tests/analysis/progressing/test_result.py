"""Courses as objects: indexing, counts, equality."""

from __future__ import annotations

import datetime as dt
import pickle
from fractions import Fraction

import attrs
import pytest

import meritindex as mi
from builders import ASSUMED, check_fault, dimension, instrument, only_fault
from meritindex.analysis.progressing import (
    CommitmentStatus,
    Direction,
    Progress,
    ProgressTable,
    progress,
)
from progress_cases import AGENCY, NEW, OLD, OTHER, plain, promise, total, year

THIRD, FOURTH = mi.Agency(name="C"), mi.Agency(name="D")


def pairs(**totals: tuple[object, object]) -> ProgressTable:
    """Return the courses of agencies from 2023 to 2024."""
    return progress(
        [
            mi.AssessmentSet.of(
                total(when, ends[place], agency=mi.Agency(name=name))
                for name, ends in totals.items()
            )
            for place, when in enumerate((2023, 2024))
        ]
    )


def test_counts_most_improved_and_who_fell():
    found = pairs(A=(1, "1.5"), B=(3, "3.5"), C=(2, 2), D=(2, 1), E=(0, "0.4999"))
    assert dict(found.counts) == {
        Direction.ROSE: 3,
        Direction.HELD: 1,
        Direction.FELL: 1,
        None: 0,
    }
    # Ties are exact.
    assert [row.agency.name for row in found.most_improved] == ["A", "B"]
    assert [row.agency.name for row in found.fell] == ["D"]
    assert pairs(A=(2, 1)).most_improved == ()
    assert pairs(A=(2, 1)).one_scale


def test_on_several_scales_nobody_can_say_who_rose_most():
    tall = plain(id="tinggi", root=dimension("indeks", *OLD.root.children))
    given = [total(2023, 1), total(2024, 2)]
    given += [
        total(2023, 100, agency=OTHER, under=tall),
        total(2024, 300, agency=OTHER, under=tall),
    ]
    found = progress(given)
    assert found.most_improved == ()
    assert not found.one_scale
    assert found.counts[Direction.ROSE] == 2
    # The rows stay in the order in which they came.
    text = found.to_text("en")
    assert text.index("A  ") < text.index("B  ")


def test_differences_over_all_periods():
    found = progress([total(2022, 1), total(2023, 2), total(2024, "1.5")])
    assert (found.difference, found.performance, found.instrument_effect) == (
        Fraction(1, 2),
        Fraction(1, 2),
        0,
    )
    assert found.latest.when == "2024"
    gap = progress([total(2022, 1), year(2023), total(2024, 2)])
    assert (gap.difference, gap.performance, gap.instrument_effect) == (None,) * 3
    alone = progress(total(2022, 1))
    assert (alone.difference, alone.changes, alone.longest_rise) == (None, (), None)
    assert repr(alone) == "<Progress of A, 2022 to 2022: None, assumed>"


def test_one_agency_alone_or_a_table():
    one, two = year(2023, 1, 1, 1), year(2024, 2, 2, 2)
    assert isinstance(progress(one), Progress)
    assert isinstance(progress([one, two]), Progress)
    assert isinstance(progress(iter([one, two])), Progress)
    assert isinstance(progress(mi.AssessmentSet.of([one, two])), ProgressTable)
    assert isinstance(progress([mi.AssessmentSet.of([one]), two]), ProgressTable)
    assert isinstance(progress([one, year(2024, 2, 2, 2, agency=OTHER)]), ProgressTable)
    other = promise(agency=OTHER)
    found = progress([one, two], commitments=[other], as_of=dt.date(2025, 12, 31))
    assert isinstance(found, ProgressTable)
    assert found.commitments[0].latest is None
    assert found[0].commitments == ()


def test_indexing():
    given = [
        total(2023, 250, agency=mi.agency(name), under=mi.instrument("ism-2019"))
        for name in ("Kota Malang", "Kabupaten Malang")
    ]
    found = progress(given)
    assert len(found) == 2
    assert found[0] == found["Kota Malang"] == found["kota malang "] == found["35.73"]
    assert found["Pemkab Malang"] is found[1]
    assert found[-1] is found[1]
    assert list(found) == list(found.rows)
    with pytest.raises(IndexError):
        found[2]
    for who in ("Kota Batu", "35.79"):
        fault = only_fault(mi.UnknownNameError, lambda who=who: found[who])
        check_fault(fault, "agency-not-in-table", None, who)
        assert fault.agency == who
    # Names outside the directory are found as the table has them.
    assert pairs(A=(1, 2))["a"].agency == AGENCY


def test_standing_and_synthetic():
    found = pairs(A=(1, 2), B=(1, 2))
    assert (found.standing, found.synthetic, found.exact) == (mi.Standing.ASSUMED, False, True)
    assert repr(found) == "<ProgressTable of 2, assumed>"
    found = progress([year(2023, 1, 1, 1, synthetic=True), year(2024, 1, 1, 1)])
    assert found.synthetic
    assert repr(found) == "<Progress of A, 2023 to 2024: 0, assumed, synthetic>"
    found = progress(
        mi.AssessmentSet.of([year(2025, 1, 1, 1, synthetic=True)]),
        commitments=[promise()],
        as_of=dt.date(2025, 12, 31),
    )
    assert repr(found) == "<ProgressTable of 1, 1 commitments, assumed, synthetic>"
    assert dict(found.statuses) == {
        status: int(status is CommitmentStatus.AT_RISK) for status in CommitmentStatus
    }


def test_reasons_are_those_of_the_weakest():
    law = mi.Basis(standing="official", sources=["law"])
    rules = instrument(root=dimension("indeks", basis=law, maximum=mi.Figure(9, law)))
    firm, weak = (
        total(when, 1, under=rules, standing=standing)
        for when, standing in ((2023, "official"), (2024, "draft"))
    )
    found = progress([firm, weak])
    table = progress([mi.AssessmentSet.of([firm]), mi.AssessmentSet.of([weak])])
    for each in (found, table):
        assert each.standing is mi.Standing.DRAFT
        assert [reason.standing for reason in each.reasons] == ["draft"]
        assert "rancangan: jawaban indeks" in each.to_text()
        assert "resmi:" not in each.to_text()


def test_what_is_not_exact_is_marked():
    root = attrs.evolve(OLD.root, rule=mi.GeometricMean(basis=ASSUMED, whole=100, floor="0.01"))
    curved = attrs.evolve(OLD, root=root)
    found = progress([year(2023, 1, 1, 1, under=curved), year(2024, 2, 3, 1, under=curved)])
    assert not found.exact
    assert not found.changes[0].exact
    assert found.changes[0].split().total == found.difference
    assert "presisi ganda" in found.to_text()
    assert not progress(mi.AssessmentSet.of([year(2023, 1, 1, 1, under=curved)])).exact


def test_equal_and_picklable():
    given = [year(2023, 1, 1, 1), year(2024, 2, 2, 2, under=NEW)]
    found = progress(given, commitments=promise(), as_of=dt.date(2025, 12, 31))
    again = progress(given, commitments=promise(), as_of=dt.date(2025, 12, 31))
    assert found == again
    assert pickle.loads(pickle.dumps(found)) == found
    assert pickle.loads(pickle.dumps(found)).difference == found.difference
    assert found != progress(given)
    table = pairs(A=(1, 2), B=(2, 1))
    assert pickle.loads(pickle.dumps(table)) == table
    assert table != pairs(A=(1, 2), B=(2, 2))


def test_it_shows_itself():
    found = pairs(A=(1, 2), B=(2, 1))
    assert found._repr_html_() == found.to_html()
    assert "<table" in found.to_html("en")
    assert found[0]._repr_html_() == found[0].to_html()
    assert "<h2>A</h2>" in found[0].to_html("en")
