"""What changed in a period, the split, and when there is none."""

from __future__ import annotations

import pickle
from fractions import Fraction

import attrs
import pytest

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    check_fault,
    dimension,
    faults_of,
    figure,
    gate,
    indicator,
    instrument,
    levels,
    measure,
    when,
)
from meritindex.analysis.progressing import (
    Direction,
    PeriodChange,
    Split,
    progress,
)
from progress_cases import (
    NEW,
    OLD,
    crosswalk,
    entered,
    measured,
    plain,
    renamed,
    total,
    year,
)

MALANG = mi.agency("Kota Malang")


def change(before: mi.Assessment, after: mi.Assessment, **fields: object) -> PeriodChange:
    """Return what changed from one assessment to the other."""
    (found,) = progress([before, after], **fields).changes
    return found


# The same rules


def test_under_the_same_rules_all_of_it_is_performance():
    found = change(year(2023, 1, 1, 1), year(2024, 4, 2, 1))
    assert (found.difference, found.performance, found.instrument_effect) == (1, 1, 0)
    assert found.split() == Split(performance=Fraction(1), instrument_effect=Fraction(0))
    assert found.comparable
    assert found.same_rules
    assert found.reasons == ()
    assert found.remarks == ()
    assert (found.direction, found.bands) == (Direction.ROSE, ("rendah", "tengah"))
    assert (found.exact, found.standing, found.synthetic) == (True, mi.Standing.ASSUMED, False)
    assert found.label == mi.Text.same("2023–2024")
    assert repr(found) == "<PeriodChange of A, 2023–2024: 1>"
    assert found.counterparts == ()
    assert pickle.loads(pickle.dumps(found)) == found


def test_every_dimension_and_the_answers_that_changed():
    found = change(year(2023, 1, 1, 3), year(2024, 4, 1, 1, synthetic=True))
    assert [(each.code, each.before, each.after, each.difference) for each in found.dimensions] == [
        ("d1", 1, Fraction(5, 2), Fraction(3, 2)),
        ("d2", 3, 1, -2),
    ]
    assert [each.direction for each in found.dimensions] == [Direction.ROSE, Direction.FELL]
    assert [(each.code, each.difference, each.direction) for each in found.items] == [
        ("i1", 3, Direction.ROSE),
        ("i3", -2, Direction.FELL),
    ]
    assert all(each.is_level for each in found.items)
    assert found.synthetic


def test_a_total_that_is_not_known():
    found = change(year(2023, 1, 1), year(2024, 4))
    assert (found.difference, found.performance, found.instrument_effect) == (None,) * 3
    assert not found.comparable
    assert found.direction is None
    assert [reason.en for reason in found.reasons] == [
        "the total of 2023 is not known: i3 missing",
        "the total of 2024 is not known: i2, i3 missing",
    ]
    faults = faults_of(mi.NotComparableError, found.split)
    assert [fault.agency for fault in faults] == ["A", "A"]
    check_fault(faults[0], "not-comparable", None, "A", "2023–2024", "i3")
    # What is known is compared all the same.
    assert [(each.code, each.direction) for each in found.items] == [
        ("i1", Direction.ROSE),
        ("i2", None),
    ]
    assert [each.difference for each in found.items] == [3, None]
    assert [each.difference for each in found.dimensions] == [None, None]
    assert [each.direction for each in found.dimensions] == [None, None]


def test_measures_count_by_what_they_are_worth():
    under = measured()
    before = year(2023, 1, under=under, measures={"survei": 3, "koreksi": "0.1"})
    after = year(2024, 1, under=under, measures={"survei": 2, "koreksi": "0.3"})
    found = change(before, after)
    assert [(each.code, each.before, each.after, each.direction) for each in found.items] == [
        ("survei", 3, 2, Direction.FELL),
        # A higher deduction is a fall.
        ("koreksi", Fraction(1, 10), Fraction(3, 10), Direction.FELL),
    ]
    assert not any(each.is_level for each in found.items)
    less = mi.GoalpostScale(low=1, high=3, points_at_low=4, points_at_high=0, basis=ASSUMED)
    under = measured(scale=less)
    before = year(2023, 1, under=under, measures={"survei": "3.5"})
    found = change(before, year(2024, 1, under=under, measures={"survei": 3}))
    assert [each.direction for each in found.items] == [Direction.HELD]
    found = change(before, year(2024, 1, under=under, measures={"survei": 1}))
    assert [each.direction for each in found.items] == [Direction.ROSE]


def test_what_stages_differ_is_said():
    found = change(year(2023, 1, 1, 1, stage="determined"), year(2024, 1, 1, 1))
    assert [remark.en for remark in found.remarks] == [
        "the stages differ: determined, then stage not stated"
    ]


# Other rules


def test_the_split_of_other_weights():
    found = change(year(2023, 2, 2, 0), year(2024, 4, 4, 2, under=NEW))
    # 1 and 8/5 before, 3 and 18/5 after.
    assert found.split() == Split(performance=Fraction(2), instrument_effect=Fraction(3, 5))
    assert (found.difference, found.split().total) == (Fraction(13, 5),) * 2
    assert not found.same_rules
    assert found.comparable
    assert [each.difference for each in found.dimensions] == [2, 2]
    assert [each.code for each in found.items] == ["i1", "i2", "i3"]
    assert found.remarks == ()


def test_answers_that_stay_the_same_leave_all_to_the_instrument():
    found = change(year(2023, 4, 4, 0), year(2024, 4, 4, 0, under=NEW))
    assert (found.performance, found.instrument_effect) == (0, Fraction(6, 5))
    assert found.items == ()


def test_other_points_of_levels_and_other_bands():
    steep = plain(id="curam")
    first, second = steep.root.children
    scale = attrs.evolve(first.children[0].scale, levels=levels(0, "0.5", 1, "1.5", 4))
    child = attrs.evolve(first.children[0], scale=scale)
    root = attrs.evolve(
        steep.root,
        children=(attrs.evolve(first, children=(child, first.children[1])), second),
        bands=None,
    )
    steep = attrs.evolve(steep, root=root)
    found = change(year(2023, 2, 2, 2), year(2024, 2, 2, 2, under=steep))
    assert (found.performance, found.instrument_effect) == (0, Fraction(-1, 4))
    assert found.bands == ("tengah", None)


def test_criteria_in_other_words_are_said():
    worded = plain(id="baru")
    first, second = worded.root.children
    scale = first.children[0].scale
    own = [attrs.evolve(level, criterion=mi.Text("baru", "new")) for level in scale.levels]
    child = attrs.evolve(first.children[0], scale=attrs.evolve(scale, levels=own))
    first = attrs.evolve(first, children=(child, first.children[1]))
    worded = attrs.evolve(worded, root=attrs.evolve(worded.root, children=(first, second)))
    found = change(year(2023, 2, 2, 2), year(2024, 3, 2, 2, under=worded))
    assert found.instrument_effect == 0
    assert [remark.en for remark in found.remarks] == [
        "the criteria of i1 are in other words; the same level is taken as equal"
    ]


def test_other_scales_of_totals_do_not_compare():
    under = instrument(id="baru", root=dimension("indeks", *OLD.root.children))
    found = change(year(2023, 1, 1, 1), year(2024, 1, 1, 1, under=under))
    assert [reason.en for reason in found.reasons] == [
        "totals have different scales: 0 to 4 in lama, 0 to 400 in baru"
    ]
    assert (found.dimensions, found.items) == ((), ())
    assert found.remarks == ()


def test_variants_with_one_id_are_told_apart_by_their_years():
    under = instrument(id="lama", root=dimension("indeks", *OLD.root.children))
    found = change(year(2023, 1, 1, 1), year(2024, 1, 1, 1, under=under))
    assert "0 to 4 in lama (2023), 0 to 400 in lama (2024)" in found.reasons[0].en


def test_everything_that_stands_against_it_at_once():
    old = instrument(
        indicator("i1"),
        indicator("i2"),
        indicator("i3", conditions=(when("g"),)),
        measure("m", maximum=4),
        dimension("d"),
        id="satu",
        gates=(gate("g"),),
    )
    new = instrument(
        indicator("i1", levels=levels(0, 1, 4, first=1)),
        measure("i2"),
        indicator("i4"),
        measure("m", maximum=5),
        dimension("d", maximum=figure(90)),
        id="dua",
    )
    before = year(
        2023,
        *(1, 1, 1),
        under=old,
        gates={"g": "yes"},
        measures={"m": 2},
        points={"d": 5},
    )
    found = change(before, year(2024, 1, 1, under=new, measures={"m": 2}, points={"d": 5}))
    said = [reason.en for reason in found.reasons]
    assert said[1:5] == [
        "no single counterpart in dua for g, i2, i3 of satu",
        "the levels of i1 in satu are not those in dua",
        "the range of m in satu is not that in dua",
        "points entered for d do not mean the same in satu and dua",
    ]
    assert said[0].startswith("totals have different scales")
    assert said[5] == "no single counterpart in satu for i4 of dua"
    assert all(reason.id != reason.en for reason in found.reasons)


def test_rules_that_refuse_the_answers_of_the_other_year():
    gated = [indicator("i1"), indicator("i2", conditions=(when("g"),))]
    old = instrument(root=dimension("indeks", *gated, rule=MEAN), id="satu", gates=(gate("g"),))
    open_to = attrs.evolve(gated[1], conditions=(when("g", "no"),))
    new = instrument(
        root=dimension("indeks", gated[0], open_to, rule=MEAN), id="dua", gates=(gate("g"),)
    )
    before = year(2023, 1, 1, under=old, gates={"g": "yes"})
    found = change(before, year(2024, 1, 1, under=new, gates={"g": "no"}))
    assert found.difference is None
    assert len(found.reasons) == 1
    assert "i2" in found.reasons[0].en


def test_answers_that_are_missing_under_the_rules_of_the_other_year():
    shorter = instrument(root=dimension("indeks", *OLD.root.children[:1], rule=MEAN), id="pendek")
    found = change(year(2023, 1, 1, under=shorter), year(2024, 1, 1, 1))
    assert [reason.en for reason in found.reasons] == [
        "no single counterpart in pendek for i3 of lama"
    ]
    found = change(year(2023, 1, 1, under=shorter), year(2024, 1, 1, measures={}), missing="zero")
    assert found.comparable
    closed = OLD.root.children[1].children[0]
    gated = attrs.evolve(closed, conditions=(when("g"),))
    second = attrs.evolve(OLD.root.children[1], children=(gated,))
    root = attrs.evolve(OLD.root, children=(OLD.root.children[0], second))
    waiting = attrs.evolve(OLD, id="tunggu", root=root, gates=(gate("g"),))
    after = year(2024, 1, 1, under=waiting, gates={"g": "no"})
    found = change(year(2023, 1, 1, under=OLD), after)
    assert "the total of 2023 is not known: i3 missing" in [each.en for each in found.reasons]
    found = change(year(2023, 1, 1, 1), year(2024, 1, 1, 2, under=waiting, gates={"g": "yes"}))
    assert [reason.en for reason in found.reasons] == [
        "no single counterpart in lama for g of tunggu"
    ]
    found = change(after, year(2025, 1, 1, 1, under=waiting, gates={"g": "yes"}))
    assert found.difference == 0


def test_a_total_that_would_not_be_known_under_the_other_rules():
    gated = [indicator("i1"), indicator("i2", conditions=(when("g"),))]
    old = instrument(root=dimension("indeks", *gated, rule=MEAN), id="satu", gates=(gate("g"),))
    new = instrument(
        root=dimension("indeks", gated[0], indicator("i2"), rule=MEAN),
        id="dua",
        gates=(gate("g"),),
    )
    before = year(2023, 1, under=old, gates={"g": "no"})
    found = change(before, year(2024, 1, 1, under=new))
    assert [reason.en for reason in found.reasons] == [
        "the total under dua is not known: i2 missing",
        "the total under satu is not known: g missing",
    ]


def test_gates_that_follow_from_the_kind_are_carried_over():
    def under(name: str, **fields: object) -> mi.Instrument:
        leaves = [indicator("i1"), indicator("i2", conditions=(when("g"),))]
        root = dimension("indeks", *leaves, rule=MEAN, **fields)
        return instrument(root=root, id=name, gates=(gate("g", by_kind=kinds.get(name, ())),))

    kinds = {"satu": ((mi.AgencyKind.CITY, ("yes",)),)}
    before = year(2023, 1, 3, under=under("satu"), agency=MALANG)
    after = year(2024, 1, 3, under=under("dua"), agency=MALANG, gates={"g": "yes"})
    assert change(before, after).split() == Split(
        performance=Fraction(0), instrument_effect=Fraction(0)
    )


# Points that were entered


def test_entered_points_are_carried_over_where_they_mean_the_same():
    old, new = entered(a=40, b=60), entered(a=40, b=60)
    new = attrs.evolve(new, id="baru", title=mi.Text("judul", "title"))
    before = year(2023, under=old, points={"a": 10, "b": 20})
    after = year(2024, under=new, points={"a": 30, "b": 20})
    found = change(before, after)
    assert (found.performance, found.instrument_effect) == (20, 0)
    assert [each.difference for each in found.dimensions] == [20, 0]
    other = attrs.evolve(entered(a=50, b=50), id="lain")
    found = change(before, year(2024, under=other, points={"a": 10, "b": 20}))
    assert [reason.en for reason in found.reasons] == [
        "points entered for a, b do not mean the same in isian and lain",
        "points entered for a, b do not mean the same in lain and isian",
    ]


def test_entered_totals_under_other_weights_do_not_compare():
    found = change(total(2023, 2), total(2024, 3, under=NEW))
    assert [reason.en for reason in found.reasons] == [
        "points entered for indeks do not mean the same in lama and baru",
        "points entered for indeks do not mean the same in baru and lama",
    ]
    # Only what the totals are called is another.
    banded = attrs.evolve(OLD, id="baru", root=attrs.evolve(OLD.root, bands=None))
    found = change(total(2023, 2), total(2024, 3, under=banded))
    assert (found.performance, found.instrument_effect) == (1, 0)


def test_entered_points_beside_answers():
    def given(when_: int, under: mi.Instrument, entry: int, level: int) -> mi.Assessment:
        return mi.Assessment(
            agency=MALANG, instrument=under, year=when_, points={"d1": entry}, levels={"i3": level}
        )

    found = change(given(2023, OLD, 1, 2), given(2024, NEW, 3, 2))
    # 3/2 and 6/5 before, 5/2 and 14/5 after.
    assert (found.performance, found.instrument_effect) == (Fraction(13, 10), 0)


def test_the_totals_of_2019_and_2026_do_not_compare():
    eight = {f"a{number}": 10 for number in range(1, 9)}
    old = mi.Assessment(agency=MALANG, instrument="ism-2019", year=2025, points=eight)
    new = mi.sample()[mi.score(mi.sample())["Kota Malang"].row]
    new = attrs.evolve(new, date=None, year=2026, measures={"satisfaction": "0.7"})
    for walk in (None, mi.crosswalk("ism-2019", "ism-2026")):
        found = change(old, new, crosswalk=walk)
        assert (found.difference, found.performance, found.instrument_effect) == (None,) * 3
        assert (found.dimensions, found.items) == ((), ())
        assert found.reasons[0].en == (
            "totals have different scales: 0 to 410 in ism-2019, -1 to 1 in ism-2026"
        )
        assert found.bands == ("Buruk", "Menengah")
        faults = faults_of(mi.NotComparableError, found.split)
        assert len(faults) == len(found.reasons) > 1
    assert "no single counterpart in ism-2026 for a3, a4, a6, a7 of ism-2019" in [
        reason.en for reason in found.reasons
    ]
    pairs = [
        ([each.code for each in pair.before], [each.code for each in pair.after])
        for pair in found.counterparts
    ]
    assert pairs == [
        (["a1"], ["a1"]),
        (["a2"], ["a2"]),
        (["a5"], ["a3"]),
        (["a6"], ["a6", "a7"]),
        (["a8"], ["a8"]),
    ]
    first = found.counterparts[0]
    assert (first.before[0].points, first.before[0].maximum) == (10, 40)
    assert first.after[0].maximum == 1


# Crosswalks


PAIRS = tuple(((code,), (f"n_{code}",)) for code in ("i1", "i2", "i3"))


def test_a_crosswalk_that_only_renames():
    other = renamed(NEW)
    walk = crosswalk(*PAIRS, (("d1",), ("d1",)))
    found = change(year(2023, 2, 2, 0), year(2024, 4, 4, 1, under=other), crosswalk=walk)
    # 1 and 8/5 before, 5/2 and 17/5 after.
    assert found.split() == Split(performance=Fraction(33, 20), instrument_effect=Fraction(3, 4))
    assert [each.code for each in found.items] == ["n_i1", "n_i2", "n_i3"]
    assert [(each.code, each.difference) for each in found.dimensions] == [("d1", 2)]
    assert [[part.code for part in pair.after] for pair in found.counterparts] == [["d1"]]
    # It goes both ways.
    back = change(year(2023, 4, 4, 1, under=other), year(2024, 2, 2, 0), crosswalk=walk)
    assert back.split() == Split(performance=Fraction(-33, 20), instrument_effect=Fraction(-3, 4))
    assert [each.code for each in back.items] == ["i1", "i2", "i3"]


@pytest.mark.parametrize(
    ("pairs", "lost"),
    [
        (PAIRS[:2], "i3"),
        ((*PAIRS[:2], (("i3",), ("n_i1",))), "i1, i3"),
        ((PAIRS[0], (("i2", "i3"), ("n_i2",))), "i2, i3"),
        ((*PAIRS[:2], (("i3",), ("d2",))), "i3"),
        ((*PAIRS[:2], (("i3",), ("nothing",))), "i3"),
    ],
)
def test_a_crosswalk_that_does_not_pair_everything_one_to_one(pairs, lost):
    found = change(
        year(2023, 2, 2, 0), year(2024, 4, 4, 1, under=renamed(OLD)), crosswalk=crosswalk(*pairs)
    )
    assert found.reasons[0].en == f"no single counterpart in nama for {lost} of lama"
    assert found.items == ()


def test_a_crosswalk_of_other_instruments_is_named():
    found = change(
        year(2023, 2, 2, 0),
        year(2024, 4, 4, 1, under=renamed(OLD)),
        crosswalk=crosswalk(*PAIRS, source="satu", target="dua"),
    )
    assert found.reasons[-1].en == "the crosswalk that was given is for satu and dua"
    assert found.counterparts == ()
    # Where it is not needed, it does no harm.
    found = change(year(2023, 2, 2, 0), year(2024, 4, 4, 1, under=NEW), crosswalk=crosswalk(*PAIRS))
    assert found.comparable


def test_dimensions_of_another_scale_have_no_difference():
    first, second = OLD.root.children
    tall = attrs.evolve(first, rule=mi.WeightedSum(basis=ASSUMED), weight=None)
    plain_one = attrs.evolve(second, weight=None)
    root = attrs.evolve(OLD.root, children=(tall, plain_one), rule=mi.Minimum(basis=ASSUMED))
    lowest = attrs.evolve(OLD, id="baru", root=root)
    found = change(year(2023, 1, 1, 1), year(2024, 1, 2, 1, under=lowest))
    assert found.comparable
    assert [(each.code, each.difference) for each in found.dimensions] == [("d1", None), ("d2", 0)]
