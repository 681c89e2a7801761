"""The oracle of bounds against numbers worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import pytest

import bounds_oracle
from bounds_oracle import Ends, Region, Trust, completions, ends, regions_of, see_all, vertices
from builders import (
    ASSUMED,
    MEAN,
    SUM,
    band,
    dimension,
    figure,
    gate,
    indicator,
    instrument,
    levels,
    limit,
    measure,
    when,
)
from meritindex.definition import (
    AgencyKind,
    Bands,
    Cap,
    GoalpostScale,
    Instrument,
    Minimum,
    Rounding,
    Shortfall,
    Step,
    ThresholdScale,
    WeightedMean,
    WeightedSum,
)
from oracle import Answers

OPEN: Ends = (None, None)
HALF = Fraction(1, 2)


def mean(whole: int | None = None) -> WeightedMean:
    return WeightedMean(basis=ASSUMED, whole=whole)


def region(
    codes: str,
    whole: int | None = 1,
    orders: Iterable[str] = (),
    sums: dict[str, Ends] | None = None,
    **intervals: Ends,
) -> Region:
    """Return a region of children that have one letter each."""
    return Region(
        codes=tuple(codes),
        whole=None if whole is None else Fraction(whole),
        intervals=tuple(intervals.get(code, OPEN) for code in codes),
        orders=tuple(tuple(order) for order in orders),
        sums=tuple((frozenset(members), between) for members, between in (sums or {}).items()),
    )


def between(low: int | str | None, high: int | str | None) -> Ends:
    return None if low is None else Fraction(low), None if high is None else Fraction(high)


def corners(given: Region) -> set[tuple[str, ...]]:
    """Return the vertices as texts, in the order of the children."""
    found = [tuple(str(vertex[code]) for code in given.codes) for vertex in vertices(given)]
    assert len(set(found)) == len(found)
    return set(found)


# Vertices


def test_of_what_nothing_is_known_each_child_has_the_whole_at_one_vertex() -> None:
    assert corners(region("abc", 4)) == {("4", "0", "0"), ("0", "4", "0"), ("0", "0", "4")}


def test_what_is_published_leaves_the_rest_of_the_whole() -> None:
    # 10 - 3 = 7 is left for b and c.
    assert corners(region("abc", 10, a=between(3, 3))) == {("3", "7", "0"), ("3", "0", "7")}


def test_what_is_all_published_is_one_vertex() -> None:
    given = region("ab", None, a=between(3, 3), b=between(0, 0))
    assert corners(given) == {("3", "0")}
    assert corners(region("a", 5)) == {("5",)}


def test_an_interval_cuts_a_corner_off() -> None:
    # Of 10, a has at most 6 and b at least 1: the edge from (9, 1, 0) to (0, 1, 9) loses its ends.
    assert corners(region("abc", 10, a=between(None, 6), b=between(1, None))) == {
        ("6", "4", "0"),
        ("6", "1", "3"),
        ("0", "10", "0"),
        ("0", "1", "9"),
    }


def test_intervals_without_a_whole_are_a_box() -> None:
    given = region("ab", None, a=between(1, 2), b=between("1/2", 3))
    assert corners(given) == {("1", "1/2"), ("1", "3"), ("2", "1/2"), ("2", "3")}


def test_an_order_has_equal_shares_of_the_heaviest_at_its_vertices() -> None:
    # All to the first, half each to the first two, a third each.
    assert corners(region("abc", 6, orders=["abc"])) == {
        ("6", "0", "0"),
        ("3", "3", "0"),
        ("2", "2", "2"),
    }


def test_an_order_beside_what_it_does_not_name() -> None:
    # c is free: the whole to it, to a, or to a and b in halves.
    assert corners(region("abc", 6, orders=["ab"])) == {
        ("0", "0", "6"),
        ("6", "0", "0"),
        ("3", "3", "0"),
    }


def test_a_sum_that_is_known_splits_the_whole() -> None:
    given = region("abcd", 10, sums={"ab": between(4, 4)})
    assert corners(given) == {
        (*first, *last) for first in (("4", "0"), ("0", "4")) for last in (("6", "0"), ("0", "6"))
    }


def test_a_sum_between_ends() -> None:
    # a + b is 2 or 5 of 6, each shared out as a alone or b alone; c has the rest.
    assert corners(region("abc", 6, sums={"ab": between(2, 5)})) == {
        ("2", "0", "4"),
        ("0", "2", "4"),
        ("5", "0", "1"),
        ("0", "5", "1"),
    }


def test_what_follows_from_the_rest_changes_nothing() -> None:
    plain = region("abc", 6, orders=["ab"])
    more = region("abc", 6, orders=["ab"], sums={"ab": between(0, 6), "abc": between(6, 6)})
    assert corners(more) == corners(plain)


def test_a_vertex_at_which_more_is_tight_than_needed_is_one() -> None:
    # At a = b = c = 2 the interval of c and both orders are tight.
    assert corners(region("abc", 6, orders=["abc"], c=between(2, None))) == {("2", "2", "2")}


def test_where_facts_contradict_there_is_no_vertex() -> None:
    assert corners(region("ab", 6, orders=["ab"], b=between(4, None))) == set()


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ({"a": 3, "b": 2, "c": 1}, True),
        ({"a": 3, "b": 2, "c": 2}, False),  # the whole
        ({"a": 2, "b": 3, "c": 1}, False),  # the order
        ({"a": 5, "b": 1, "c": 0}, False),  # the interval of a
        ({"a": 4, "b": 3, "c": -1}, False),  # below zero
        ({"a": 2, "b": 2, "c": 2}, False),  # the sum
    ],
)
def test_a_region_admits_what_keeps_to_all_that_is_known(
    weights: dict[str, int], expected: bool
) -> None:
    given = region("abc", 6, orders=["ab"], sums={"bc": between(1, 3)}, a=between(1, 4))
    held = {code: Fraction(weight) for code, weight in weights.items()}
    assert bounds_oracle.admits(given, held) is expected


def test_a_mixture_lies_between_the_vertices_it_mixes() -> None:
    given = region("ab", 6)
    parts = [1 if vertex["a"] else 2 for vertex in vertices(given)]
    # One part of (6, 0) and two of (0, 6).
    assert bounds_oracle.mixture(given, parts) == {"a": 2, "b": 4}


# What is known of an instrument's weights


def nested() -> Instrument:
    """A sum of 6/10 of an aspect whose weights are not published and 4/10 of an indicator."""
    inner = dimension(
        "x", indicator("i", None), indicator("j", None), rule=mean(100), weight=Fraction(6, 10)
    )
    return instrument(
        root=dimension(
            "r", inner, indicator("k", Fraction(4, 10)), rule=WeightedSum(basis=ASSUMED, whole=1)
        )
    )


def test_published_weights_are_fixed_and_the_rest_fill_the_whole() -> None:
    root, inner = regions_of(nested())
    assert corners(root) == {("3/5", "2/5")}
    assert corners(inner) == {("100", "0"), ("0", "100")}


def test_what_is_given_stands_before_what_is_published() -> None:
    root, inner = regions_of(
        nested(),
        {"x": (Fraction(1, 2), None), "k": None, "j": Fraction(30)},
        orders=[("x", "k")],
        sums={("i", "j"): Fraction(100)},
    )
    assert root.orders == (("x", "k"),)
    assert root.sums == ()
    assert inner.orders == ()
    assert corners(root) == {("1/2", "1/2"), ("1", "0")}
    assert corners(inner) == {("70", "30")}


def test_a_rule_without_weights_has_no_region() -> None:
    root = dimension("r", indicator("i", None), rule=Minimum(basis=ASSUMED))
    assert regions_of(instrument(root=root)) == []


# Completions


def answered(found: list[Answers], field: str, code: str) -> list[object]:
    return [getattr(one, field).get(code) for one in found]


def test_a_complete_assessment_is_its_only_completion() -> None:
    given = Answers(levels={"i": 1, "j": 2, "k": 3})
    assert completions(nested(), given) == [given]


def test_an_indicator_without_answer_may_be_at_any_level() -> None:
    found = completions(nested(), Answers(levels={"i": 1, "j": 2}))
    assert answered(found, "levels", "k") == [0, 1, 2, 3, 4]
    assert answered(found, "levels", "i") == [1] * 5
    lowest = completions(nested(), Answers(levels={"i": 1, "j": 2}), trust=Trust(lowest=True))
    assert answered(lowest, "levels", "k") == [0]


@pytest.mark.parametrize(
    ("state", "trust", "expected"),
    [
        ("claimed", Trust(), [0, 1, 2]),
        ("evidenced", Trust(), [2]),
        ("verified", Trust(), [2]),
        (None, Trust(), [2]),
        (None, Trust(unstated=(1, 1)), [1, 2, 3]),
        ("evidenced", Trust(evidenced=(1, 0)), [1, 2]),
        ("verified", Trust(verified=(0, None)), [2, 3, 4]),
        ("claimed", Trust(claimed=(0, 0)), [2]),
        ("claimed", Trust(claimed=(9, 9), lowest=True), [0, 1, 2, 3, 4]),
    ],
)
def test_how_far_a_state_is_trusted(state: str | None, trust: Trust, expected: list[int]) -> None:
    whole = instrument(root=dimension("r", indicator("i"), rule=MEAN))
    states = {} if state is None else {"i": state}
    found = completions(whole, Answers(levels={"i": 2}), states, trust)
    assert answered(found, "levels", "i") == expected


@pytest.mark.parametrize("policy", ["zero", "lowest", "drop"])
def test_what_counts_as_something_where_it_is_missing_stays_missing(policy: str) -> None:
    fields = {"missing": policy, "missing_basis": ASSUMED}
    children = (indicator("i"), indicator("j", **fields), measure("m", **fields))
    root = dimension("r", *children, rule=MEAN)
    given = Answers(levels={"i": 1})
    assert completions(instrument(root=root), given) == [given]
    # A doubtful answer is doubtful all the same.
    claimed = completions(
        instrument(root=root), Answers(levels={"i": 1, "j": 1}), {"j": "claimed"}, Trust()
    )
    assert answered(claimed, "levels", "j") == [0, 1]


def test_every_way_to_answer_a_gate() -> None:
    root = dimension("r", indicator("i"), indicator("j", conditions=(when("g"),)), rule=MEAN)
    found = completions(instrument(root=root, gates=(gate("g"),)), Answers(levels={"i": 1}))
    # yes, with five levels of j; or no, and j does not apply.
    assert answered(found, "gates", "g") == ["yes"] * 5 + ["no"]
    assert answered(found, "levels", "j") == [0, 1, 2, 3, 4, None]


def test_a_gate_is_answered_so_that_what_was_answered_applies() -> None:
    root = dimension("r", indicator("i"), indicator("j", conditions=(when("g"),)), rule=MEAN)
    found = completions(instrument(root=root, gates=(gate("g"),)), Answers(levels={"i": 1, "j": 2}))
    assert found == [Answers(levels={"i": 1, "j": 2}, gates={"g": "yes"})]


def test_the_kind_of_an_agency_allows_some_options() -> None:
    one = gate("g", "a", "b", "c", by_kind=((AgencyKind.CITY, ("a", "c")),))
    whole = instrument(root=dimension("r", indicator("i"), rule=MEAN), gates=(one,))
    given = Answers(levels={"i": 1})
    assert answered(completions(whole, given, kind=AgencyKind.CITY), "gates", "g") == ["a", "c"]
    assert len(completions(whole, given, kind=AgencyKind.BODY)) == 3
    assert len(completions(whole, given)) == 3


def test_a_measure_is_taken_at_its_ends_and_where_its_worth_turns() -> None:
    plain = measure("m", decimals=1)
    steps = ThresholdScale(
        steps=(Step(points=0), Step(points=2, start="0.25"), Step(points=1, start="0.7")),
        basis=ASSUMED,
    )
    stepped = measure("n", decimals=1, scale=steps)
    posts = measure(
        "p", decimals=0, maximum=9, scale=GoalpostScale(low=4, high="5.5", basis=ASSUMED)
    )
    root = dimension("r", plain, stepped, posts)
    found = completions(instrument(root=root), Answers())
    # The steps start at 0.25 and 0.7: on the grid 0.2 is below the first and 0.3 is in it.
    expected = {
        "m": ["0", "1/10", "9/10", "1"],
        "n": ["0", "1/10", "1/5", "3/10", "3/5", "7/10", "4/5", "9/10", "1"],
        "p": ["0", "1", "3", "4", "5", "6", "8", "9"],
    }
    for code, values in expected.items():
        assert sorted({str(one.measures[code]) for one in found}) == sorted(values)
    assert len(found) == 4 * 9 * 8
    lowest = completions(instrument(root=root), Answers(), trust=Trust(lowest=True))
    assert [{code: str(value) for code, value in one.measures.items()} for one in lowest] == [
        {"m": "0", "n": "0", "p": "0"}
    ]


def test_a_measure_is_taken_where_a_cap_that_waits_for_it_ends() -> None:
    posts = GoalpostScale(low=0, high=10, points_at_low=0, points_at_high=100, basis=ASSUMED)
    measures = (measure("m"), measure("n", maximum=10, decimals=0, scale=posts))
    caps = [
        Cap(maximum=1, basis=ASSUMED, shortfall=Shortfall(code=code, below=below))
        for code, below in (("m", Fraction(1, 2)), ("n", 45))
    ]
    root = dimension("r", *measures, caps=caps)
    found = completions(instrument(root=root), Answers())
    # 45 points are those of 4.5, and on the grid 4 is below that and 5 is not.
    assert {str(one.measures["m"]) for one in found} >= {"49/100", "1/2"}
    assert {one.measures["n"] for one in found} >= {4, 5}


def test_the_lowest_of_a_measure_is_what_leaves_least() -> None:
    falling = GoalpostScale(low=0, high=1, points_at_low=1, points_at_high=0, basis=ASSUMED)
    root = dimension("r", measure("m", scale=falling), deductions=(measure("n", None),))
    (only,) = completions(instrument(root=root), Answers(), trust=Trust(lowest=True))
    # What is taken off is taken at its most.
    assert only.measures == {"m": 1, "n": 1}


def test_points_that_can_only_be_entered_lie_on_their_grid() -> None:
    root = dimension("r", dimension("x", maximum=figure("7/2"), decimals=0), indicator("i"))
    found = completions(instrument(root=root), Answers(levels={"i": 1}))
    assert answered(found, "points", "x") == [0, 3]
    (only,) = completions(instrument(root=root), Answers(levels={"i": 1}), trust=Trust(lowest=True))
    assert only.points == {"x": 0}


def test_nothing_below_an_entry_is_asked() -> None:
    given = Answers(points={"x": Fraction(3)}, levels={"k": 1})
    assert completions(nested(), given) == [given]


# What may come out


def bounds_of(
    whole: Instrument, given: Answers, *regions: Region
) -> tuple[Fraction, Fraction] | None:
    return ends(see_all(whole, regions or regions_of(whole), completions(whole, given)))


def test_bounds_of_nested_open_dimensions() -> None:
    inner = dimension("x", indicator("i", None), indicator("j", None), rule=mean(1), weight=None)
    root = dimension("r", inner, indicator("k", None), rule=mean(1))
    # x lies from 1 to 4, k is 2: so r lies from 1 to 4.
    assert bounds_of(instrument(root=root), Answers(levels={"i": 1, "j": 4, "k": 2})) == (1, 4)
    given = {"x": (Fraction(1, 2), Fraction(3, 4))}
    found = bounds_of(
        instrument(root=root),
        Answers(levels={"i": 1, "j": 4, "k": 2}),
        *regions_of(instrument(root=root), given),
    )
    # Least: 3/4 * 1 + 1/4 * 2 = 5/4. Greatest: 3/4 * 4 + 1/4 * 2 = 7/2.
    assert found == (Fraction(5, 4), Fraction(7, 2))


def test_bounds_where_a_gate_drops_a_sibling() -> None:
    root = dimension(
        "r",
        indicator("i", None),
        indicator("j", None),
        indicator("k", None, conditions=(when("g"),)),
        rule=mean(1),
    )
    whole = instrument(root=root, gates=(gate("g"),))
    given = Answers(levels={"i": 0, "j": 4}, gates={"g": "no"})
    ranges = {"i": (Fraction(1, 5), HALF), "k": (HALF, HALF)}
    # i + j = 1/2. At i = 1/5: 4 * (3/10) / (1/2) = 12/5. At i = 1/2: 0.
    assert bounds_of(whole, given, *regions_of(whole, ranges)) == (0, Fraction(12, 5))
    ranges = {"i": (Fraction(1, 5), Fraction(1, 5)), "j": (Fraction(1, 5), None)}
    # j lies from 1/5 to 4/5: 4 * (1/5) / (2/5) = 2, and 4 * (4/5) / 1 = 16/5.
    assert bounds_of(whole, given, *regions_of(whole, ranges)) == (2, Fraction(16, 5))


def test_a_vertex_at_which_a_dimension_does_not_apply() -> None:
    inner = dimension(
        "x",
        indicator("i", None),
        indicator("j", None, conditions=(when("g"),)),
        rule=mean(1),
        weight=HALF,
    )
    root = dimension("r", inner, indicator("k", HALF), rule=mean(1))
    whole = instrument(root=root, gates=(gate("g"),))
    given = Answers(levels={"i": 4, "k": 1}, gates={"g": "no"})
    # With any weight of i, x is 4 and r = (4 + 1) / 2; without, x does not apply and r is k.
    assert bounds_of(whole, given) == (1, Fraction(5, 2))
    assert bounds_of(whole, given, *regions_of(whole, {"i": (HALF, None)})) == (
        Fraction(5, 2),
        Fraction(5, 2),
    )


def test_weights_under_which_the_root_does_not_apply_say_nothing() -> None:
    root = dimension(
        "r",
        indicator("i", None),
        indicator("j", None, conditions=(when("g"),)),
        rule=mean(1),
    )
    whole = instrument(root=root, gates=(gate("g"),))
    given = Answers(levels={"i": 4}, gates={"g": "no"})
    seen = see_all(whole, regions_of(whole), completions(whole, given))
    assert set(bounds_oracle.totals(seen)) == {None, Fraction(4)}
    assert ends(seen) == (4, 4)


def test_where_a_completion_never_has_a_total_there_are_no_ends() -> None:
    root = dimension("r", indicator("j", conditions=(when("g"),)), rule=MEAN)
    whole = instrument(root=root, gates=(gate("g"),))
    seen = see_all(whole, regions_of(whole), completions(whole, Answers()))
    # With yes there are five totals, with no there is none.
    assert bounds_oracle.totals(seen) == [0, 1, 2, 3, 4, None]
    assert ends(seen) is None


def test_bounds_of_incomplete_answers_and_their_bands() -> None:
    bands = Bands(items=(band("low"), band("middle", limit(2)), band("high", limit(3))))
    root = dimension(
        "r",
        indicator("i", HALF),
        indicator("j", HALF, levels=levels(0, 4)),
        rule=mean(1),
        rounding=Rounding(digits=0, basis=ASSUMED),
        bands=bands,
    )
    whole = instrument(root=root)
    seen = see_all(whole, regions_of(whole), completions(whole, Answers(levels={"i": 1})))
    # (1 + 0) / 2 = 1/2 is rounded to 1, and (1 + 4) / 2 = 5/2 to 3.
    assert ends(seen) == (1, 3)
    # The band between is not met, for j has no level between.
    assert [one.band for of_weighting in seen for one in of_weighting] == ["low", "high"]


def test_what_a_rule_without_weights_stands_above() -> None:
    inner = dimension("x", indicator("i", None), indicator("j", None), rule=mean(1), weight=None)
    root = dimension("r", inner, indicator("k", None), rule=Minimum(basis=ASSUMED))
    whole = instrument(root=root)
    assert bounds_of(whole, Answers(levels={"i": 1, "j": 4, "k": 2})) == (1, 2)


def test_differences_are_taken_under_common_weights() -> None:
    root = dimension("r", indicator("i", None), indicator("j", None), rule=mean(1))
    whole = instrument(root=root)
    one, other = (
        see_all(whole, regions_of(whole), completions(whole, Answers(levels=given)))
        for given in ({"i": 2, "j": 4}, {"i": 1, "j": 3})
    )
    # Their totals overlap, from 2 to 4 and from 1 to 3; and yet the first is above by 1 always.
    assert bounds_oracle.least_difference(one, other) == 1
    assert bounds_oracle.least_difference(other, one) == -1
    assert bounds_oracle.least_difference(one, one) == 0


def test_answers_of_two_agencies_have_nothing_to_do_with_each_other() -> None:
    whole = instrument(root=dimension("r", indicator("i"), rule=SUM))
    seen = see_all(whole, regions_of(whole), completions(whole, Answers()))
    assert bounds_oracle.least_difference(seen, seen) == -4


def test_ranges_of_ranks_count_who_is_certainly_above_and_never() -> None:
    # a is certainly above b and c; b is never above c, but may tie with it.
    certainly = [[False, True, True], [False, False, False], [False, False, False]]
    never = [[True, False, False], [True, True, True], [True, False, True]]
    assert bounds_oracle.ranges_of_ranks(certainly, never) == [(1, 1), (2, 3), (2, 2)]


def test_met_ranks_are_those_of_every_choice() -> None:
    one, two, three = (Fraction(number) for number in (1, 2, 3))
    # The second is always 2. The first is above it or level; the third below it or level.
    assert bounds_oracle.met_ranks([[two, three], [two], [one, two]]) == [(1, 1), (1, 2), (1, 3)]
