"""How commitments stand: single cases, and against statuses worked out apart."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Iterator
from fractions import Fraction

import attrs
import pytest
from hypothesis import strategies as st

import meritindex as mi
import progress_oracle
from builders import ASSUMED, MEAN, band, dimension, indicator, instrument, limit
from meeting import meet_in_law
from meritindex.analysis.progressing import (
    CommitmentProgress,
    CommitmentStatus,
    MilestoneStatus,
    progress,
)
from meritindex.analysis.progressing.pacing import DAYS_A_YEAR
from meritindex.definition import BandCap, Bands, Shortfall
from meritindex.definition.commitments import Commitment, Milestone
from progress_cases import AGENCY, BANDS, HUNDRED, NEW, OLD, plain, promise, total, year

STATUS = CommitmentStatus


def judged(
    commitment: Commitment, *assessments: mi.Assessment, as_of: dt.date
) -> CommitmentProgress:
    """Return how a commitment stands."""
    (found,) = progress(assessments, commitments=commitment, as_of=as_of).commitments
    return found


def on(year_: int, month: int = 12, day: int = 31) -> dt.date:
    return dt.date(year_, month, day)


# The five statuses


@pytest.mark.parametrize(
    ("value", "as_of", "status"),
    [
        # On 31 December 2026, two of the four years, the line stands at 2.
        ("3", on(2027), STATUS.MET),
        ("2.0001", on(2027), STATUS.ON_TRACK),
        ("2", on(2027), STATUS.ON_TRACK),
        ("1.9999", on(2027), STATUS.AT_RISK),
        ("1.9999", on(2028, 12, 30), STATUS.AT_RISK),
        ("2.9999", on(2028), STATUS.MISSED),
        ("3", on(2029, 1, 1), STATUS.MET),
    ],
)
def test_a_number_on_the_line(value, as_of, status):
    promised = promise(baseline_date=on(2024, 12, 31), deadline=on(2028, 12, 30))
    assert (on(2026) - promised.baseline_date).days * 2 == 1460
    found = judged(promised, total(2026, value), as_of=as_of)
    assert found.line == 2
    assert found.status is status
    assert status.label.id != status.label.en


def test_a_band_is_reached_by_its_number():
    promised = promise(target="tinggi")
    assert judged(promised, total(2026, "2.5"), as_of=on(2026)).status is STATUS.MET
    found = judged(promised, total(2026, "2.4999"), as_of=on(2029))
    assert (found.status, found.target_total) == (STATUS.MISSED, Fraction(5, 2))
    # A higher band will do.
    assert judged(promise(target="tengah"), total(2026, 4), as_of=on(2026)).reached
    lowest = judged(promise(target="rendah", baseline=None), total(2026, 0), as_of=on(2026))
    assert (lowest.status, lowest.target_total) == (STATUS.MET, None)
    assert lowest.pace_needed is None


@pytest.mark.parametrize("name", ["Tinggi", " TINGGI ", "tinggi (en)", "Tinggi (EN)"])
def test_a_band_may_be_named_in_any_case_and_in_english(name):
    promised = promise(target=name)
    reached = judged(promised, total(2026, "2.5"), as_of=on(2026))
    assert (reached.status, reached.target_band) == (STATUS.MET, "tinggi")
    missed = judged(promised, total(2026, "2.4999"), as_of=on(2029))
    assert (missed.status, missed.target_total) == (STATUS.MISSED, Fraction(5, 2))
    # Whose bands are meant is not known where no assessment is of the instrument that is named.
    elsewhere = attrs.evolve(promised, instrument="lain")
    assert judged(elsewhere, total(2026, 1), as_of=on(2026)).target_band == name.strip()
    assert judged(promise(), total(2026, 1), as_of=on(2026)).target_band is None


def test_the_limit_of_a_band_goes_through_its_rounding():
    rounded = Bands(
        items=(band("rendah"), band("tinggi", limit("2.5"))),
        rounding=mi.Rounding(digits=1, basis=ASSUMED),
    )
    under = attrs.evolve(OLD, root=attrs.evolve(OLD.root, bands=rounded))
    found = judged(promise(target="tinggi"), total(2026, "2.45", under=under), as_of=on(2026))
    assert (found.target_total, found.status) == (Fraction(49, 20), STATUS.MET)


def test_an_open_limit_must_be_passed():
    above = Bands(items=(band("rendah"), band("tinggi", limit("2.5", inclusive=False))))
    under = attrs.evolve(OLD, root=attrs.evolve(OLD.root, bands=above))
    promised = promise(target="tinggi")
    found = judged(promised, total(2026, "2.5", under=under), as_of=on(2029))
    assert (found.reached, found.status) == (False, STATUS.MISSED)
    found = judged(promised, total(2026, "2.5", under=under), as_of=on(2027))
    assert (found.status, found.pace_needed) == (STATUS.ON_TRACK, 0)
    assert judged(promised, total(2026, "2.5001", under=under), as_of=on(2029)).reached


def test_a_cap_that_holds_the_band_keeps_the_target_from_being_reached():
    cap = BandCap(band="rendah", basis=ASSUMED, shortfall=Shortfall(code="i1", below=2))
    leaves = (indicator("i1"), indicator("i2"))
    root = dimension("indeks", *leaves, rule=MEAN, bands=BANDS, band_caps=(cap,))
    under = instrument(root=root, id="lama")
    promised = promise(target="tengah")
    found = judged(promised, year(2026, 1, 4, under=under), as_of=on(2029))
    assert (found.latest.total, found.status) == (Fraction(5, 2), STATUS.MISSED)
    assert (
        "Nilainya sudah sampai pada batas"
        in progress([year(2026, 1, 4, under=under)], commitments=promised, as_of=on(2029)).to_text()
    )


def test_a_band_that_is_not_known():
    cap = BandCap(band="rendah", basis=ASSUMED, shortfall=Shortfall(code="i1", below=2))
    leaves = (indicator("i1"), indicator("i2"))
    inner = dimension("d", *leaves, rule=MEAN)
    root = dimension("indeks", inner, rule=MEAN, bands=BANDS, band_caps=(cap,))
    under = instrument(root=root, id="lama")
    found = judged(
        promise(target="tengah"), year(2026, under=under, points={"d": 2}), as_of=on(2029)
    )
    assert (found.latest.total, found.reached, found.status) == (2, None, STATUS.NOT_STATED)
    assert [text.en for text in found.lacking] == ["the band of the assessment of 2026"]


# Which assessments count


def test_later_assessments_do_not_count():
    given = [total(2025, "1.2"), total(2026, 3)]
    found = judged(promise(), *given, as_of=on(2026, 12, 30))
    assert found.latest.when == "2025"
    assert found.year_alone
    assert judged(promise(), *given, as_of=on(2026)).status is STATUS.MET


def test_once_the_deadline_has_passed_only_what_was_in_time_counts():
    given = [total(on(2028, 6, 30), 2), total(on(2029, 1, 1), 4)]
    found = judged(promise(), *given, as_of=on(2029, 6, 30))
    assert (found.latest.when, found.status) == ("2028-06-30", STATUS.MISSED)
    assert not found.year_alone
    given[1] = total(on(2028, 12, 31), 4)
    assert judged(promise(), *given, as_of=on(2029, 6, 30)).status is STATUS.MET


def test_the_latest_decides_also_where_an_earlier_one_was_better():
    given = [total(2025, 3), total(2026, "1.5")]
    assert judged(promise(), *given, as_of=on(2026)).status is STATUS.AT_RISK


def test_only_assessments_under_the_instrument_that_is_meant():
    given = [total(2025, "1.2"), total(2026, 3, under=NEW)]
    found = judged(promise(instrument="lama"), *given, as_of=on(2026))
    assert (found.latest.when, len(found.occasions)) == ("2025", 1)
    assert judged(promise(), *given, as_of=on(2026)).status is STATUS.MET
    found = judged(promise(instrument="ism-2026"), *given, as_of=on(2026))
    assert (found.latest, found.status) == (None, STATUS.NOT_STATED)
    assert [text.en for text in found.lacking] == [
        "an assessment under ism-2026 by 31 December 2026"
    ]
    assert found.target_total == 3


def test_on_several_scales_the_commitment_must_say_which():
    tall = plain(id="tinggi", root=dimension("indeks", *OLD.root.children))
    given = [total(2025, "1.2"), total(2026, 300, under=tall)]
    for target in (3, "tengah"):
        found = judged(promise(target=target), *given, as_of=on(2026))
        assert (found.status, found.line, found.pace_kept) == (STATUS.NOT_STATED, None, None)
        assert [text.en for text in found.unstated] == ["the instrument"]
        assert found.lacking == ()
    assert found.target_total is None
    found = judged(promise(milestones=[Milestone(date=on(2026), total=2)]), *given, as_of=on(2027))
    assert found.milestones[0].status is MilestoneStatus.UNKNOWN
    found = judged(promise(instrument="lama"), *given, as_of=on(2026))
    assert (found.latest.when, found.unstated) == ("2025", ())


def test_bands_of_the_latest_that_counts():
    other = Bands(items=(band("rendah"), band("tengah", limit(1)), band("tinggi", limit(3))))
    later = attrs.evolve(OLD, id="baru", root=attrs.evolve(OLD.root, bands=other))
    given = [total(2025, 1), total(2026, 1, under=later)]
    promised = promise(target="tengah", baseline="0.5")
    assert judged(promised, *given, as_of=on(2025)).target_total == Fraction(3, 2)
    assert judged(promised, *given, as_of=on(2026)).target_total == 1
    found = judged(promised, total(2026, 1), as_of=on(2025))
    assert (found.latest, found.target_total) == (None, Fraction(3, 2))


# What is not stated


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("baseline", "the baseline"),
        ("baseline_date", "the day of the baseline"),
        ("target", "the target"),
        ("deadline", "the deadline"),
    ],
)
def test_what_is_not_stated_is_named_and_no_pace_follows(field, said):
    found = judged(promise(**{field: None}), total(2026, 2), as_of=on(2026))
    assert found.status is STATUS.NOT_STATED
    assert [text.en for text in found.unstated] == [said]
    assert found.lacking == ()
    assert found.line is None
    assert (found.pace_kept is None) == (field in {"baseline", "baseline_date"})
    assert (found.pace_needed is None) == (field in {"target", "deadline"})


def test_nothing_is_stated():
    bare = promise(baseline=None, baseline_date=None, target=None, deadline=None)
    found = judged(bare, total(2026, 2), as_of=on(2026))
    assert len(found.unstated) == 4
    assert (found.pace_kept, found.pace_needed, found.target_total) == (None, None, None)
    # A target that is reached is reached, whatever else is unknown; so is one that is missed.
    found = judged(attrs.evolve(bare, target=2), total(2026, 2), as_of=on(2026))
    assert found.status is STATUS.MET
    found = judged(attrs.evolve(bare, target=3, deadline=on(2026)), total(2026, 2), as_of=on(2027))
    assert found.status is STATUS.MISSED


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (total(2027, 2), "an assessment by 31 December 2026"),
        (year(2026, 1, 1), "the total of the assessment of 2026"),
        (total(2023, 2), "an assessment since 31 December 2024"),
    ],
)
def test_what_is_lacking_is_named(given, said):
    found = judged(promise(), given, as_of=on(2026))
    assert found.status is STATUS.NOT_STATED
    assert [text.en for text in found.lacking] == [said]
    assert found.unstated == ()


# Paces


def test_paces():
    found = judged(promise(), total(2026, "1.5"), as_of=on(2027))
    assert found.pace_kept == Fraction(1, 2) * DAYS_A_YEAR / 730
    assert found.pace_needed == Fraction(3, 2) * DAYS_A_YEAR / 731
    # To the day of the baseline itself there is no pace, and from the last day on neither.
    found = judged(promise(), total(2024, 1), as_of=on(2026))
    assert (found.pace_kept, found.status) == (None, STATUS.ON_TRACK)
    found = judged(promise(), total(2028, 2), as_of=on(2028))
    assert (found.pace_needed, found.status) == (None, STATUS.AT_RISK)
    for value, as_of in ((3, on(2026)), (2, on(2029))):
        found = judged(promise(), total(2026, value), as_of=as_of)
        assert found.pace_needed is None
        assert found.pace_kept is not None


# Milestones


def test_milestones_bend_the_line_and_stand_by_themselves():
    promised = promise(
        milestones=[
            Milestone(date=on(2025), total="2.5"),
            Milestone(date=on(2026), total="2.6"),
            Milestone(date=on(2027), total="2.8"),
        ]
    )
    found = judged(promised, total(2025, "2.5"), as_of=on(2027))
    assert (found.line, found.status) == (Fraction(5, 2), STATUS.ON_TRACK)
    assert [each.status.value for each in found.milestones] == [
        "reached",
        "not-reached",
        "not-due",
    ]
    assert found.milestones[0].milestone.total == Fraction(5, 2)
    found = judged(promised, total(2025, "2.9"), as_of=on(2025))
    assert {each.status for each in found.milestones} == {MilestoneStatus.REACHED}
    found = judged(promised, year(2025, 1), total(2027, "2.7"), as_of=on(2028))
    assert [each.status.value for each in found.milestones] == [
        "unknown",
        "unknown",
        "not-reached",
    ]
    assert found.line == Fraction(14, 5)
    # Without a baseline the line begins at the first milestone.
    late = attrs.evolve(promised, baseline=None)
    assert judged(late, total(2027, "2.8"), as_of=on(2027)).status is STATUS.ON_TRACK
    assert judged(late, total(on(2025, 6, 30), 2), as_of=on(2027)).status is STATUS.NOT_STATED
    assert all(status.label.id != status.label.en for status in MilestoneStatus)


def test_equal_and_picklable():
    found = judged(promise(), total(2026, 2), as_of=on(2027))
    assert pickle.loads(pickle.dumps(found)) == found
    assert found != judged(promise(), total(2026, 2), as_of=on(2028))
    assert repr(found) == "<CommitmentProgress of A as of 2027-12-31: on-track>"
    assert found.agency == AGENCY


# The law


@attrs.frozen(kw_only=True)
class Case:
    """A commitment, totals by their days, and the day on which it is judged."""

    commitment: Commitment
    totals: tuple[tuple[dt.date, Fraction], ...]
    as_of: dt.date


START = dt.date(2025, 1, 1)
quarters = st.integers(0, 16).map(lambda number: Fraction(number, 4))


def days(least: int, most: int) -> st.SearchStrategy[dt.date]:
    return st.integers(least, most).map(lambda number: START + dt.timedelta(days=number))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a commitment of a few days and quarters of a point, so that lines are hit exactly."""
    signed = draw(days(0, 2))
    length = draw(st.integers(4, 12))
    deadline = signed + dt.timedelta(days=length)
    baseline = draw(st.integers(0, 4).map(lambda number: Fraction(number, 4)))
    target: object = draw(st.sampled_from([Fraction(2), Fraction(3), "tengah", "tinggi"]))
    reach = target if isinstance(target, Fraction) else Fraction(5, 2 if target == "tinggi" else 3)
    inner = draw(st.lists(st.integers(1, length - 1), unique=True, max_size=2).map(sorted))
    rise = (reach - baseline) / 3
    milestones = [
        Milestone(date=signed + dt.timedelta(days=day), total=baseline + rise * number)
        for number, day in enumerate(inner, 1)
    ]
    left_out = draw(
        st.sampled_from([(), (), (), ("baseline",), ("baseline_date",), ("target",), ("deadline",)])
    )
    fields = {
        "baseline": baseline,
        "baseline_date": signed,
        "target": target,
        "deadline": deadline,
        "milestones": milestones if draw(st.booleans()) else [],
    } | dict.fromkeys(left_out)
    count = draw(st.integers(1, 3))
    found = draw(st.lists(days(0, 18), unique=True, min_size=count, max_size=count).map(sorted))
    totals = []
    for day in found:
        value = draw(quarters)
        on_line = baseline + (reach - baseline) * Fraction((day - signed).days, length)
        if draw(st.booleans()) and 0 <= on_line <= 4 and (on_line * 10**4).denominator == 1:
            value = on_line
        totals.append((day, value))
    return Case(
        commitment=promise(signed=signed, **fields),
        totals=tuple(totals),
        as_of=draw(days(2, 20)),
    )


def check(case: Case) -> Iterator[str]:
    """Check a commitment against its status worked out apart."""
    given = [total(day, value) for day, value in case.totals]
    found = judged(case.commitment, *given, as_of=case.as_of)
    target = case.commitment.target
    limits = {"tengah": Fraction(3, 2), "tinggi": Fraction(5, 2)}
    reach = limits[target] if isinstance(target, str) else target
    expected = progress_oracle.status(case.commitment, case.totals, case.as_of, reach)
    assert found.status.value == expected
    assert (found.status is STATUS.NOT_STATED) <= bool(
        found.unstated or found.lacking or found.line is None
    )
    latest = found.latest
    if latest is not None and found.pace_needed is not None:
        assert reach is not None
        assert case.commitment.deadline is not None
        rise = reach - latest.total
        assert found.pace_needed == progress_oracle.a_year(
            rise, latest.day, case.commitment.deadline
        )
    if latest is not None and found.pace_kept is not None:
        rise = latest.total - case.commitment.baseline
        start = case.commitment.baseline_date
        assert found.pace_kept == progress_oracle.a_year(rise, start, latest.day)
    yield expected
    if found.line is not None and latest.total == found.line:
        yield "exactly on the line"
    if case.commitment.milestones and found.line is not None:
        yield "a bent line"
    if latest is None:
        yield "no assessment yet"
    elif latest.day > case.as_of - dt.timedelta(days=1):
        yield "assessed on the day"
    if found.deadline_passed and any(day > case.commitment.deadline for day, _ in case.totals):
        yield "too late"


def test_statuses_are_those_worked_out_apart():
    wanted = [
        *(status.value for status in STATUS),
        "exactly on the line",
        "a bent line",
        "no assessment yet",
        "assessed on the day",
        "too late",
    ]
    meet_in_law(check, (300, cases()), wanted=wanted)


def test_the_instrument_of_the_cases_has_the_scale_that_they_are_drawn_on():
    assert mi.plan(OLD).ranges["indeks"] == (0, 4)
    assert OLD.root.rule == HUNDRED


# What is reached late, and what contradicts the baseline


@pytest.mark.parametrize(
    ("target", "values", "as_of", "when"),
    [
        (3, (2, 3, 4), on(2030), "2029"),
        (3, (2, "2.9", 4), on(2030), "2030"),
        (3, (2, 3, 4), on(2029, 12, 30), None),
        (3, (3, 4, 4), on(2030), None),
        (None, (2, 3, 4), on(2030), None),
        ("tinggi", (2, "2.5", 4), on(2030), "2029"),
    ],
)
def test_reached_late(target, values, as_of, when):
    given = [total(2028 + at, value) for at, value in enumerate(values)]
    found = judged(promise(target=target), *given, as_of=as_of)
    late = found.reached_late
    assert (late and late.when) == when
    assert when is None or found.status is STATUS.MISSED


def test_nothing_is_late_without_a_deadline():
    found = judged(promise(deadline=None), total(2028, 2), total(2029, 3), as_of=on(2028))
    assert found.reached_late is None


def test_late_alone():
    # No assessment was in time.
    found = judged(promise(), year(2029, 1), total(2030, 3), as_of=on(2030))
    assert (found.latest, found.status, found.reached_late.when) == (
        None,
        STATUS.NOT_STATED,
        "2030",
    )


@pytest.mark.parametrize(
    ("baseline", "own", "contradicts"),
    [
        ("0.55", "0.4779", True),
        ("0.48", "0.4779", False),
        ("0.4779", "0.4779", False),
        (Fraction(1, 3), "0.3333", True),
        ("0.47", "0.4779", True),
        ("0.5", "0.4779", True),
        ("1", "1.25", True),
    ],
)
def test_a_baseline_beside_the_own_assessment(baseline, own, contradicts):
    promised = promise(baseline=baseline)
    found = judged(promised, total(2024, own), total(2025, 1), as_of=on(2025))
    assert len(found.remarks) == contradicts
    # That of another day says nothing.
    other = judged(promised, total(on(2024, 12, 30), own), total(2025, 1), as_of=on(2025))
    assert other.remarks == ()


def test_a_baseline_with_nothing_beside_it():
    given = [total(2024, 2), total(2025, 2)]
    for field in ("baseline", "baseline_date"):
        assert judged(promise(**{field: None}), *given, as_of=on(2025)).remarks == ()
    assert judged(promise(), year(2024, 1), as_of=on(2025)).remarks == ()
    tall = plain(id="tinggi", root=dimension("indeks", *OLD.root.children))
    several = (total(2024, 2), total(2025, 300, under=tall))
    assert judged(promise(), *several, as_of=on(2025)).remarks == ()
