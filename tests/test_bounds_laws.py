"""The laws of bounds, each a property over random regions of weights and doubtful answers.

The numbers are compared by `==` with those of the oracle of bounds, which looks at every vertex of
every region with every completion of the answers. The examples come from fixed seeds, unless
`LAW_EXAMPLES` names how many random ones to look for.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bounds_oracle
import meritindex as mi
import oracle
from bounds_cases import Case, assessment, cases, draw_ends, weights_in
from bounds_oracle import Region, admits, mixture, vertices
from builders import ASSUMED, MEAN, dimension, gate, indicator, instrument, when
from meeting import law
from meritindex.testing.parts import LINEAR
from oracle import Answers

# A failing example is printed, however large it is.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")


def fixed_weights(regions: list[Region]) -> dict[str, Fraction]:
    """Return the weights that can only be one thing."""
    return {
        code: weight
        for region in regions
        if len(vertices(region)) == 1
        for code, weight in vertices(region)[0].items()
    }


def completion(draw: st.DrawFn, case: Case, place: int) -> Answers:
    """Draw one completion of an agency's answers, numbers from anywhere within their ranges."""
    found = draw(st.sampled_from(case.completed[place]))
    given_answers = case.rows[place].answers
    if case.trust.lowest:
        return found
    measures, points = dict(found.measures), dict(found.points)
    for code in measures.keys() - given_answers.measures.keys():
        one = case.instrument[code]
        measures[code] = on_grid(draw, one.minimum, one.maximum, one.decimals)
    for code in points.keys() - given_answers.points.keys():
        one = case.instrument.dimension(code)
        points[code] = on_grid(draw, Fraction(0), one.maximum.value, one.decimals)
    return attrs.evolve(found, measures=measures, points=points)


def on_grid(draw: st.DrawFn, low: Fraction, high: Fraction, decimals: int) -> Fraction:
    unit = 10**decimals
    return Fraction(draw(st.integers(-(-low * unit // 1), high * unit // 1)), unit)


def score_of(case: Case, answers: list[Answers], weights: dict[str, Fraction]) -> mi.ScoreTable:
    """Score complete answers of all agencies under certain weights."""
    many = [assessment(case.instrument, one, f"A{place}") for place, one in enumerate(answers)]
    return mi.score(mi.AssessmentSet.of(many), mi.Given(weights))


# 1. The least and the greatest


@law(100)
@given(cases())
def test_law_1_bounds_are_the_least_and_the_greatest_total(case: Case) -> None:
    table = case.bounds()
    for place, expected in enumerate(case.ends):
        if expected is not None:
            assert (table.lower[place], table.upper[place]) == expected


@law(30)
@given(cases())
def test_law_1_where_there_is_no_total_there_are_no_bounds(case: Case) -> None:
    table = case.bounds()
    for place, expected in enumerate(case.ends):
        if expected is None:
            assert (table.lower[place], table.upper[place]) == (None, None)
            assert table.certain_bands[place] is None
            assert table.possible_bands[place] == ()
            assert table.rank_ranges[place] is None


@law(60)
@given(cases())
def test_law_1_the_weights_that_are_named_attain_the_bounds(case: Case) -> None:
    table = case.bounds()
    fixed = fixed_weights(case.regions)
    for place, expected in enumerate(case.ends):
        if expected is None:
            continue
        card = table[place]
        for end, named in ((card.lower, card.lower_weights), (card.upper, card.upper_weights)):
            weights = fixed | named
            assert all(admits(region, weights) for region in case.regions)
            attaining = [
                one
                for one in bounds_oracle.see(case.instrument, weights, case.completed[place])
                if one.total == end
            ]
            assert attaining
            completed = assessment(case.instrument, attaining[0].answers)
            assert mi.score(completed, mi.Given(named)).total == end


# 2. Every admissible weighting and completion is within


@law(80)
@given(cases(), st.data())
def test_law_2_no_weighting_and_no_completion_leaves_the_bounds(
    case: Case, data: st.DataObject
) -> None:
    table = case.bounds()
    for _ in range(3):
        weights = data.draw(weights_in(case.regions))
        answers = [completion(data.draw, case, place) for place in range(len(case.rows))]
        scored = score_of(case, answers, weights)
        for place, (total, band) in enumerate(zip(scored.totals, scored.bands, strict=True)):
            if total is None or table.lower[place] is None:
                continue
            assert table.lower[place] <= total <= table.upper[place]
            possible = table.possible_bands[place]
            assert band is None or band in possible
            assert table.certain_bands[place] in {None, band}


# 3. Bands


@law(80)
@given(cases())
def test_law_3_every_band_that_occurs_is_possible(case: Case) -> None:
    table = case.bounds()
    for place, seen in enumerate(case.seen):
        if case.ends[place] is None:
            continue
        met = {one.band for of_weighting in seen for one in of_weighting} - {None}
        possible = table.possible_bands[place]
        assert met <= set(possible)
        certain = table.certain_bands[place]
        if certain is not None:
            assert possible == (certain,)
        else:
            assert len(possible) > 1 or case.instrument.root.bands is None


@law(50)
@given(cases())
def test_law_3_bands_are_those_from_the_lower_bound_to_the_upper(case: Case) -> None:
    bands = case.instrument.root.bands
    if bands is None or case.instrument.root.band_caps:
        return
    table = case.bounds()
    names = [band.name.id for band in bands.items]
    for place, expected in enumerate(case.ends):
        if expected is not None:
            low, high = (names.index(oracle.band_name(bands, end)) for end in expected)
            assert table.possible_bands[place] == tuple(names[low : high + 1])
            assert table.certain_bands[place] == (names[low] if low == high else None)


# 4. Ranks


@law(60)
@given(cases(most_rows=4, bands=False), st.data())
def test_law_4_no_weighting_and_no_completion_leaves_the_range_of_ranks(
    case: Case, data: st.DataObject
) -> None:
    table = case.bounds()
    ranked = [place for place, one in enumerate(table.rank_ranges) if one is not None]
    for _ in range(3):
        weights = data.draw(weights_in(case.regions))
        answers = [completion(data.draw, case, place) for place in range(len(case.rows))]
        scored = score_of(case, answers, weights)
        totals = [scored.totals[place] for place in ranked]
        if None in totals:
            continue  # the root of one does not apply under these weights
        for place, rank in zip(ranked, oracle.ranks(totals), strict=True):
            best, worst = table.rank_ranges[place]
            assert best <= rank <= worst


@law(30)
@given(cases(most_rows=4, bands=False))
def test_law_4_ranked_is_who_is_ranked_by_the_score(case: Case) -> None:
    table = case.bounds()
    # A mixture of all vertices: no weight is zero that need not be.
    weights = {
        code: weight
        for region in case.regions
        for code, weight in mixture(region, [1] * len(vertices(region))).items()
    }
    scored = mi.score(mi.AssessmentSet.of(case.assessments), mi.Given(weights))
    for found, rank in zip(table.rank_ranges, scored.ranks, strict=True):
        assert (found is None) == (rank is None)


@law(30)
@given(cases(most_rows=4, bands=False))
def test_law_4_ranks_follow_from_what_is_certain_of_pairs(case: Case) -> None:
    table = case.bounds()
    ranked = [place for place, one in enumerate(table.rank_ranges) if one is not None]
    expected = bounds_oracle.ranges_of_ranks(
        table.certainly_above[np.ix_(ranked, ranked)], table.never_above[np.ix_(ranked, ranked)]
    )
    assert [table.rank_ranges[place] for place in ranked] == expected


@law(40)
@given(cases(most_rows=4, bands=False), st.data())
def test_law_4_with_certain_weights_the_ranges_of_ranks_are_attained(
    case: Case, data: st.DataObject
) -> None:
    weights = data.draw(weights_in(case.regions))
    many = mi.AssessmentSet.of(case.assessments)
    table = mi.bounds(many, mi.Given(weights), policy=case.policy)
    seen = [bounds_oracle.see(case.instrument, weights, one) for one in case.completed]
    found = [bounds_oracle.ends([one]) for one in seen]
    scored = mi.score(many, mi.Given(weights))
    ranked = [place for place, rank in enumerate(scored.ranks) if rank is not None]
    assert table.attained
    for place, one in enumerate(found):
        if one is not None:
            assert (table.lower[place], table.upper[place]) == one
    expected = dict(
        zip(ranked, bounds_oracle.met_ranks([found[place] for place in ranked]), strict=True)
    )
    assert table.rank_ranges == tuple(expected.get(place) for place in range(len(case.rows)))


@law(30)
@given(cases(most_rows=5, bands=False, doubts=False), st.data())
def test_law_4_with_certain_weights_and_answers_the_range_is_the_rank(
    case: Case, data: st.DataObject
) -> None:
    weights = data.draw(weights_in(case.regions))
    many = mi.AssessmentSet.of(case.assessments)
    table = mi.bounds(many, mi.Given(weights))
    scored = mi.score(many, mi.Given(weights))
    assert table.rank_ranges == tuple(
        None if rank is None else (rank, rank) for rank in scored.ranks
    )


# 5. Pairs


def pairs(case: Case) -> Iterator[tuple[int, int, Fraction]]:
    """Yield two agencies with bounds, and by how much the first is at least above the second."""
    known = [place for place, one in enumerate(case.ends) if one is not None]
    for one, other in permutations(known, 2):
        least = bounds_oracle.least_difference(case.seen[one], case.seen[other])
        if least is not None:
            yield one, other, least


@law(60)
@given(cases(most_rows=3, bands=False))
def test_law_5_who_is_certainly_above_is_above_at_every_vertex(case: Case) -> None:
    table = case.bounds()
    for one, other, least in pairs(case):
        assert least > 0 or not table.certainly_above[one, other]
        # The least of the one above the other is the most of the other above the one.
        assert least >= 0 or not table.never_above[other, one]


@law(80)
@given(cases(most_rows=3, bands=False, alike=True, plain=True, rules=LINEAR))
def test_law_5_with_one_open_dimension_the_relation_is_as_certain_as_can_be(case: Case) -> None:
    patterns = {tuple(sorted(one.gates.items())) for one in case.completed[0]}
    if len(case.open_regions) > 1 or len(patterns) > 1:
        return
    # What applies may depend on the weights as well as on gates.
    if any(map(case.sometimes_without, range(len(case.rows)))):
        return
    table = case.bounds()
    for one, other, least in pairs(case):
        assert table.certainly_above[one, other] == (least > 0)
        assert table.never_above[other, one] == (least >= 0)


@law(40)
@given(cases(most_rows=4, bands=False))
def test_law_5_the_relation_is_an_order(case: Case) -> None:
    table = case.bounds()
    above, never = table.certainly_above, table.never_above
    assert above.dtype == never.dtype == np.bool_
    assert not above.diagonal().any()
    assert not (above & above.T).any()
    # Above under every weighting is not above under none, and then the other is never above.
    assert not (above & never).any()
    assert (never.T | ~above).all()
    count = len(above)
    for first in range(count):
        for second in range(count):
            for third in range(count):
                if above[first, second] and above[second, third]:
                    assert above[first, third]


def test_law_5_what_is_rounded_may_be_finer_than_64_bits() -> None:
    first, second = 999_979, 999_983  # primes, of which common denominators become large
    inner = dimension(
        "y", indicator("a", conditions=(when("g"),)), rule=MEAN, weight=Fraction(1, first)
    )
    outer = dimension(
        "x",
        inner,
        indicator("b", Fraction(1, second)),
        indicator("c", Fraction(1, first)),
        rule=MEAN,
        weight=Fraction(1, first),
    )
    root = dimension("r", outer, rounding=mi.Rounding(digits=0, basis=ASSUMED), decimals=0)
    whole = instrument(root=root, gates=(gate("g"),))
    answers = Answers(levels={"a": 0, "b": 1, "c": 0}, gates={"g": "yes"})
    rows = [assessment(whole, answers, name) for name in ("A", "B")]
    table = mi.bounds(rows, mi.Admissible({"x": (Fraction(1, 2 * first), Fraction(2))}))
    assert not table.certainly_above.any()
    assert table.rank_ranges == ((1, 1), (1, 1))


# 6. One computation


@law(40)
@given(cases(most_rows=3))
def test_law_6_bounds_of_one_are_those_of_many(case: Case) -> None:
    table = case.bounds()
    for place, one in enumerate(case.assessments):
        alone = mi.bounds(one, case.known.admissible, policy=case.policy)
        card = table[place]
        assert alone.lower == card.lower == table.lower[place]
        assert alone.upper == card.upper == table.upper[place]
        assert alone.certain_band == card.certain_band == table.certain_bands[place]
        assert alone.possible_bands == card.possible_bands == table.possible_bands[place]
        assert alone.open_items == card.open_items
        assert alone.lower_weights == card.lower_weights
        assert alone.upper_weights == card.upper_weights


@law(40)
@given(cases(most_rows=3, doubts=False), st.data())
def test_law_6_with_certain_weights_and_answers_the_bounds_are_the_score(
    case: Case, data: st.DataObject
) -> None:
    weights = data.draw(weights_in(case.regions))
    many = mi.AssessmentSet.of(case.assessments)
    scored = mi.score(many, mi.Given(weights))
    for weighting in (mi.Given(weights), mi.Admissible(weights=weights)):
        table = mi.bounds(many, weighting)
        assert list(table.lower) == list(table.upper) == list(scored.totals)
        assert table.certain_bands == scored.bands
        for band, possible in zip(scored.bands, table.possible_bands, strict=True):
            # Below an entry it may not be known whether a cap of the band holds.
            assert possible == (band,) if band is not None else len(possible) != 1


# 7. Monotone: who knows more is not less sure


def narrower(table: mi.BoundsTable, wider: mi.BoundsTable) -> None:
    """Check that the first bounds are within the second."""
    for place, low in enumerate(wider.lower):
        if low is None or table.lower[place] is None:
            continue
        assert low <= table.lower[place] <= table.upper[place] <= wider.upper[place]
        assert set(table.possible_bands[place]) <= set(wider.possible_bands[place])


@law(40)
@given(cases(), st.data())
def test_law_7_another_constraint_never_widens_the_bounds(case: Case, data: st.DataObject) -> None:
    if not case.open_regions:
        return
    true = data.draw(weights_in(case.regions))
    region = data.draw(st.sampled_from(case.open_regions))
    code = data.draw(st.sampled_from(region.codes))
    members = tuple(sorted(data.draw(st.sets(st.sampled_from(region.codes), min_size=2))))
    more = case.known
    kind = data.draw(st.sampled_from(("weight", "order", "sum")))
    if kind == "order":
        order = tuple(sorted(members, key=lambda one: -true[one]))
        more = attrs.evolve(more, order=(*more.order, order))
    elif kind == "sum" and members not in more.sums:
        total = sum(true[one] for one in members)
        interval = draw_ends(data.draw, total, 2 * total + 1)
        more = attrs.evolve(more, sums={**more.sums, members: interval})
    else:
        more = attrs.evolve(more, weights={**more.weights, code: true[code]})
    narrower(attrs.evolve(case, known=more).bounds(), case.bounds())


@law(40)
@given(cases(most_rows=1), st.data())
def test_law_7_another_answer_never_widens_the_bounds(case: Case, data: st.DataObject) -> None:
    row = case.rows[0]
    full = completion(data.draw, case, 0)
    answers = {name: dict(cells) for name, cells in attrs.asdict(row.answers).items()}
    # Gates at once: what applies is answered with them.
    answers["gates"] = dict(full.gates)
    for name in ("levels", "measures", "points"):
        for code, value in getattr(full, name).items():
            if data.draw(st.booleans()) and code not in row.states:
                answers[name][code] = value
    if case.trust.unstated != (0, 0):
        return  # then an answer is hardly known better than none
    changed = attrs.evolve(case, rows=[attrs.evolve(row, answers=Answers(**answers))])
    narrower(changed.bounds(), case.bounds())


# 8. Frozen and pure


@law(15)
@given(cases(most_rows=3))
def test_law_8_frozen_and_pure(case: Case) -> None:
    many, weighting, policy = (
        mi.AssessmentSet.of(case.assessments),
        case.known.admissible,
        case.policy,
    )
    before = pickle.dumps((many, weighting, policy))
    table = mi.bounds(many, weighting, policy=policy)
    assert pickle.dumps((many, weighting, policy)) == before
    assert mi.bounds(many, weighting, policy=policy) == table
    assert hash(weighting) == hash(pickle.loads(before)[1])
    assert hash(policy) == hash(pickle.loads(before)[2])
    for one in (table, table[0]):
        again = pickle.loads(pickle.dumps(one))
        assert again == one
        assert type(again) is type(one)
        with pytest.raises(TypeError):
            hash(one)
        name = attrs.fields(type(one))[0].name
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(one, name, None)
    for array in (
        table.certainly_above,
        table.never_above,
        table.lower.numerators,
        table.upper.numerators,
        table.lower.known,
    ):
        assert not array.flags.writeable
