"""What is to be reached, and what that means for one agency."""

from __future__ import annotations

from fractions import Fraction

import pytest

import meritindex as mi
from builders import (
    ASSUMED,
    OFFICIAL,
    band,
    check_fault,
    dimension,
    faults_of,
    indicator,
    instrument,
    limit,
)
from improve_builders import BANDED, OPEN, TWO, answered, raised, refused
from meritindex.analysis.improving import RankTarget
from meritindex.definition import Bands, Limit
from meritindex.errors import AssessmentError
from meritindex.language import Text

PLACE = Text("sasaran", "target")


def group(*rows: tuple[int, int], rules: mi.Instrument = TWO, **options: object) -> mi.ScoreTable:
    names = [f"B{place}" for place in range(len(rows))]
    return mi.score(
        [answered(rules, name, *row) for name, row in zip(names, rows, strict=True)], **options
    )


# Bands


def test_without_a_target_it_is_the_next_band() -> None:
    found = mi.improve(answered(BANDED))
    assert (found.target.kind, found.target.band, found.target.limit) == ("band", "tengah", 10)
    assert (found.band_before, found.band_after) == ("rendah", "tengah")
    assert found.slack == found.after - 10
    found = mi.improve(answered(BANDED, "A", 3, 1))
    assert (found.target.band, found.target.limit) == ("tinggi", 16)


@pytest.mark.parametrize("name", ["tinggi", "TINGGI", " Tinggi (EN) ", "tinggi (en)"])
def test_a_band_goes_by_both_of_its_names(name: str) -> None:
    found = mi.improve(answered(BANDED), to=name)
    assert found.target.band == found.band_after == "tinggi"
    assert found.target.label == Text("tinggi", "tinggi (en)")
    assert (found.target.limit, found.target.inclusive, found.target.rank) == (16, True, None)


def test_a_limit_may_not_be_in_its_band() -> None:
    bands = Bands(items=(band("rendah"), band("tinggi", limit(8, inclusive=False))))
    rules = instrument(root=dimension("total_points", indicator("a", 3), bands=bands))
    found = mi.improve(answered(rules))
    # 3 points are worth 9; 8 itself would not do.
    assert (found.target.limit, found.target.inclusive, found.after) == (8, False, 9)
    even = instrument(root=dimension("total_points", indicator("a", 4), bands=bands))
    found = mi.improve(answered(even))
    assert (found.after, found.slack) == (12, 4)


def test_only_the_limit_below_a_band_says_how_firmly_it_is_known() -> None:
    bands = Bands(
        items=(
            band("rendah"),
            band("tengah", Limit(Fraction(10), OFFICIAL)),
            band("tinggi", Limit(Fraction(16), ASSUMED)),
        )
    )
    rules = instrument(
        root=dimension("total_points", indicator("a", 3), indicator("b", 2), bands=bands)
    )
    middle = mi.improve(answered(rules), to="tengah").target
    assert middle.standing == "official"
    assert {reason.standing for reason in middle.reasons} == {"official"}
    top = mi.improve(answered(rules), to="tinggi").target
    assert top.standing == "assumed"
    assert {reason.standing for reason in top.reasons} == {"assumed"}
    (lowest,) = mi.improve([answered(rules)], to="rendah")
    assert (lowest.status, lowest.target.limit, lowest.target.standing) == ("reached", None, None)
    assert lowest.slack is None


@pytest.mark.parametrize("name", ["sempurna", "", "rendah tinggi", "BB"])
def test_an_unknown_band_is_refused(name: str) -> None:
    fault = refused(lambda: mi.improve(answered(BANDED), to=name))
    check_fault(fault, "target-band-unknown", None, f'"{name}"', "rendah, tengah, tinggi")
    assert fault.place == PLACE
    assert "12" in fault.allowed.en


def test_an_instrument_without_bands_has_no_band_to_reach() -> None:
    fault = refused(lambda: mi.improve(answered()))
    check_fault(fault, "target-without-bands", None, "example")
    assert (fault.place, fault.value) == (PLACE, None)
    fault = refused(lambda: mi.improve(answered(), to="tinggi"))
    check_fault(fault, "target-without-bands", None, "example")
    assert fault.value == '"tinggi"'


# Totals


@pytest.mark.parametrize("total", [Fraction(17, 2), "8,5", "8.5", 8.5, "8 1/2"])
def test_a_total_is_any_number(total: object) -> None:
    found = mi.improve(answered(), to=total)
    assert found.target.limit == Fraction(17, 2)
    assert found.target.kind == "total"
    assert found.target.band is None
    assert found.target.label == Text("nilai 8,5 atau lebih", "a total of 8.5 or more")
    assert found.after >= Fraction(17, 2)


def test_a_band_may_be_called_like_a_number() -> None:
    bands = Bands(items=(band("1"), band("2", limit(10))))
    rules = instrument(
        root=dimension("total_points", indicator("a", 3), indicator("b", 2), bands=bands)
    )
    assert mi.improve(answered(rules), to="2").target.kind == "band"
    fault = refused(lambda: mi.improve(answered(rules), to=2))
    check_fault(fault, "target-reached", None)


@pytest.mark.parametrize(
    ("total", "code"),
    [(True, "not-a-number"), ([8], "not-a-number"), ("9" * 19, "too-many-digits")],
)
def test_what_is_no_target_is_refused(total: object, code: str) -> None:
    for rules in (TWO, BANDED):
        fault = refused(lambda rules=rules: mi.improve(answered(rules), to=total))
        check_fault(fault, code, None, fault.value)
        assert fault.place == PLACE


# Places in a group


def test_a_place_is_reached_with_the_total_that_has_it() -> None:
    others = group((4, 4), (3, 3), (3, 3), (2, 2))
    for rank, total in ((1, 20), (2, 15), (3, 15), (4, 10)):
        found = mi.improve(answered(), to=RankTarget(rank, among=others))
        assert (found.target.kind, found.target.rank, found.target.limit) == ("rank", rank, total)
        assert found.after >= total
        assert found.target.label.en == f"rank {rank} of 5"


def test_the_agency_itself_is_no_rival() -> None:
    rows = [answered(TWO, "A", 1, 1), answered(TWO, "B", 2, 2), answered(TWO, "C", 3, 3)]
    table = mi.improve(rows, to=RankTarget(2, among=mi.score(rows)))
    assert [found.status for found in table] == ["planned", "reached", "reached"]
    assert [found.target.limit for found in table] == [10, 5, 5]


def test_rivals_without_a_total_take_no_place() -> None:
    rows = [answered(TWO, "B", 3, 3), answered(TWO, "C", levels={"a": 4})]
    assert list(mi.score(rows).totals) == [15, None]
    found = mi.improve(answered(), to=RankTarget(1, among=mi.score(rows)))
    assert found.target.limit == 15
    fault = refused(lambda: mi.improve(answered(), to=RankTarget(2, among=mi.score(rows))))
    check_fault(fault, "target-reached", None, "2", "5")
    (reached,) = mi.improve([answered()], to=RankTarget(2, among=mi.score(rows)))
    assert (reached.status, reached.target.limit) == ("reached", None)


def test_a_rank_beyond_the_last_is_refused() -> None:
    rows = [answered(TWO, "B", 3, 3), answered(TWO, "C", 2, 2), answered(TWO, "D", levels={"a": 4})]
    among = mi.score(rows)
    # Beside the two others with a total there are three places; who is one of the two has a rival.
    for who, places in ((rows[0], 2), (answered(), 3), (rows[2], 3), ([rows[1], answered()], 2)):
        last = RankTarget(places, among=among)
        found = mi.improve([who] if isinstance(who, mi.Assessment) else who, to=last)
        assert found[0].status in {"reached", "unknown"}
        beyond = RankTarget(places + 1, among=among)
        fault = refused(lambda who=who, beyond=beyond: mi.improve(who, to=beyond))
        allowed = Text(f"1 sampai {places}", f"1 to {places}")
        check_fault(fault, "target-rank-beyond", None, str(places + 1), allowed)
        assert fault.place == PLACE


@pytest.mark.parametrize("rank", [0, -1, True, 1.0, "1"])
def test_what_is_no_rank_is_refused(rank: object) -> None:
    fault = refused(lambda: mi.improve(answered(), to=RankTarget(rank, among=group((2, 2)))))
    check_fault(fault, "target-rank", None, str(rank))
    assert (fault.place, fault.allowed.en) == (PLACE, "whole numbers from 1")


def test_no_rank_is_a_target_while_weights_are_open() -> None:
    others = mi.score([answered(OPEN, "B")], mi.EqualRemainder())
    found = faults_of(
        AssessmentError,
        lambda: mi.improve(
            answered(OPEN), to=RankTarget(0, among=others), weighting=mi.Admissible()
        ),
    )
    assert [fault.code for fault in found] == ["target-rank", "target-rank-open"]
    check_fault(found[1], "target-rank-open", None)
    assert found[1].allowed.en == "a band or a total"


def test_a_group_is_scored_as_the_agency_is() -> None:
    others = group((2, 2), rules=OPEN_OF_TWO, weighting=mi.EqualRemainder())
    same = answered(OPEN_OF_TWO)
    for of, options in (
        (answered(), {}),
        (same, {"weighting": mi.Given({"a": 40, "b": 60})}),
        (same, {"weighting": mi.EqualRemainder(), "missing": "zero"}),
    ):
        fault = refused(
            lambda of=of, options=options: mi.improve(of, to=RankTarget(1, among=others), **options)
        )
        check_fault(fault, "target-rank-differs", None, "equal-remainder")
        assert fault.value == "open, equal-remainder"
        assert fault.value != fault.allowed.en
    assert "zero" in fault.allowed.en
    found = mi.improve(same, to=RankTarget(1, among=others), weighting=mi.EqualRemainder())
    assert raised(found)


OPEN_OF_TWO = instrument(
    id="open",
    root=dimension(
        "total_points",
        indicator("a", None),
        indicator("b", None),
        rule=mi.WeightedMean(basis=ASSUMED, whole=100),
    ),
)
