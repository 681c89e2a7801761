"""Simulations as a whole: what they are given, what they return, and cases with known answers."""

from __future__ import annotations

import pickle
from fractions import Fraction

import attrs
import numpy as np
import pytest

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    band,
    check_fault,
    dimension,
    gate,
    indicator,
    instrument,
    limit,
    measure,
    only_fault,
    when,
)
from meritindex.analysis.simulating import Around, DrawMethod, Robustness, robustness
from meritindex.analysis.simulating.linear import is_fast
from meritindex.analysis.simulating.running import MOST_ROWS
from meritindex.assessment import AnswerPolicy
from meritindex.definition import (
    Admissible,
    BandCap,
    Bands,
    Cap,
    GeometricMean,
    Rounding,
    Shortfall,
    WeightedMean,
)
from meritindex.errors import AssessmentError, WeightingError

WHOLE = WeightedMean(basis=ASSUMED, whole=100)
BANDS = Bands(items=(band("low"), band("middle", limit(1)), band("high", limit(3))))


def flat(*weights: object, **fields: object) -> mi.Instrument:
    """Return an instrument of indicators `a`, `b`, ... from 0 to 4 with these weights."""
    children = (indicator(code, weight) for code, weight in zip("abcdef", weights, strict=False))
    return instrument(root=dimension("r", *children, **{"rule": WHOLE, "bands": BANDS, **fields}))


def answers(of: mi.Instrument, *rows: tuple[int | None, ...], **fields: object) -> mi.AssessmentSet:
    codes = [each.code for each in of.indicators]
    return mi.AssessmentSet.of(
        mi.Assessment(
            agency=mi.Agency(name=f"A{place}"),
            instrument=of,
            levels={
                code: level for code, level in zip(codes, row, strict=True) if level is not None
            },
            **fields,
        )
        for place, row in enumerate(rows)
    )


# Known answers


def test_the_confidence_of_two_agencies_is_a_ratio_of_lengths() -> None:
    """A is 4 a, B is b, and a + b = 1: A is above where a is above one fifth."""
    found = robustness(answers(flat(None, None), (4, 0), (0, 1)), draws=20_000)
    error = found.sampling_error(0.8)
    assert abs(found.confidence(0, 1) - Fraction(4, 5)) < 4 * error
    assert found.confidence("A0", "A1") + found.confidence("A1", "A0") + found.ties(0, 1) == 1
    # A is in the middle band from one quarter on, in the high one from three quarters.
    for shares, expected in (
        (found.band_acceptability.row(0), (0.25, 0.5, 0.25)),
        (found.band_acceptability.row(1), (1, 0, 0)),
    ):
        for share, value in zip(shares, expected, strict=True):
            assert abs(share - value) <= 4 * error


def test_orders_leave_the_part_of_the_region_that_keeps_them() -> None:
    facts = Admissible(order=[("a", "b")])
    found = robustness(answers(flat(None, None), (4, 0), (0, 3)), facts, draws=5000)
    assert found.confidence(0, 1) == 1
    # A is below where a is below 3 / 7 of the whole.
    found = robustness(
        answers(flat(None, None), (4, 0), (0, 3)), Admissible(order=[("b", "a")]), draws=20_000
    )
    assert abs(found.confidence(1, 0) - Fraction(6, 7)) < 4 * found.sampling_error()


def test_mean_ranks_of_three_uniform_weights_are_known() -> None:
    """Each agency has one indicator; all ranks are as likely, and so is every order."""
    rows = ((4, 0, 0), (0, 4, 0), (0, 0, 4))
    found = robustness(answers(flat(None, None, None), *rows), draws=20_000)
    assert np.abs(found.rank_acceptability.to_floats() - 1 / 3).max() < 4 * found.sampling_error()
    assert all(abs(mean - 2) < Fraction(3, 100) for mean in found.mean_ranks)


def test_draws_around_weights_have_their_moments() -> None:
    around = Around(mi.Given({"a": 30, "b": 70}), 40)
    found = robustness(answers(flat(None, None), (4, 0), (0, 4)), around, draws=20_000)
    shares = found.draws["r"].to_floats()[:, 0] / 100
    assert abs(shares.mean() - 0.3) < 0.003
    assert abs(shares.std() - (0.3 * 0.7 / 41) ** 0.5) < 0.002
    assert found.settings.methods == (("r", DrawMethod.DIRICHLET),)


@pytest.mark.parametrize("policy", [AnswerPolicy(), AnswerPolicy(unstated="within-1")])
def test_identical_agencies_have_the_same_rank_in_every_draw(policy: AnswerPolicy) -> None:
    of = flat(20, None, None)
    same = (1, 2, 3)
    found = robustness(answers(of, *[same] * 51), draws=300, policy=policy)
    if policy == AnswerPolicy():
        assert (found.draw_ranks == 1).all()
        assert (found.rank_counts[:, 0] == 300).all()
        assert set(found.mean_ranks) == {1}
        assert found.ties(0, 50) == 1
        return
    assert (found.draw_ranks.min(axis=1) == 1).all()
    assert found.rank_counts.sum() == 300 * 51


def test_answers_are_drawn_from_what_they_may_be() -> None:
    """A claim of 4 is worth 0 to 4 with the same chance, and only three of these pass 1."""
    of = flat(100)
    claimed = answers(of, (4,), (2,), states={"a": "claimed"})
    found = robustness(claimed, draws=20_000)
    error = found.sampling_error()
    assert found.settings.open_rows == 2
    for share, expected in zip(found.band_acceptability.row(0), (0.2, 0.4, 0.4), strict=True):
        assert abs(share - expected) < 4 * error
    # Of the 15 pairs of a level up to 4 and one up to 2, the first is above in 9.
    assert abs(found.confidence(0, 1) - Fraction(9, 15)) < 4 * error
    assert abs(found.ties(0, 1) - Fraction(3, 15)) < 4 * error


def test_who_has_no_score_has_bands_and_no_rank() -> None:
    of = flat(50, None, None)
    found = robustness(answers(of, (4, 4, 4), (4, None, 4), (0, 0, 0)), draws=400)
    assert found.ranked.tolist() == [True, False, True]
    assert found.draw_ranks.tolist() == [[1, 0, 2]] * 400
    assert list(found.mean_ranks) == [1, None, 2]
    assert list(found.percentile(50)) == [1, None, 2]
    assert found.band_counts.sum(axis=1).tolist() == [400] * 3
    assert found[1].ranks == {}
    assert (found[1].best_rank, found[1].worst_rank, found[1].mean_rank) == (None, None, None)
    assert found.confidence(0, 1) is None
    assert found.ties(1, 2) is None
    assert found.confidence(0, 2) == 1


def test_weights_that_are_settled_leave_the_answers() -> None:
    of = flat(40, 60)
    found = robustness(answers(of, (4, 4), (2, None), (1, 1)), mi.Stated(), draws=900)
    assert dict(found.draws) == {}
    assert found.settings.methods == ()
    assert found.draw_ranks[0].tolist() == [1, 0, 2]
    shares = found.band_acceptability.row(1)
    # 0.8 and 0.6 for every level of b from 0 to 4: three of them are from 1 to below 3.
    assert shares[0] > 0
    assert abs(shares[1] - Fraction(3, 5)) < 5 * found.sampling_error()
    settled = robustness(answers(of, (4, 4), (1, 1)), mi.EqualRemainder(), draws=5)
    assert settled.band_counts.tolist() == [[0, 0, 5], [0, 5, 0]]
    assert settled.rank_counts.tolist() == [[5, 0], [0, 5]]


def test_ranks_lie_within_bounds() -> None:
    assessments = mi.sample()
    found, bounds = robustness(assessments, draws=200), mi.bounds(assessments)
    for card, ends in zip(found, bounds.rank_ranges, strict=True):
        if ends is None:
            assert card.best_rank is None
        else:
            assert ends[0] <= card.best_rank <= card.worst_rank <= ends[1]
    for row, possible in enumerate(bounds.possible_bands):
        occurred = {name for name, share in found[row].bands.items() if share}
        assert occurred <= set(possible)
        assert sum(found[row].bands.values()) == 1


# Rules that are not linear


def of_rule(**fields: object) -> mi.Instrument:
    """Return an instrument with open weights under a dimension with these fields."""
    below = dimension("d", indicator("a", None), indicator("b", None), rule=WHOLE, **fields)
    return instrument(root=dimension("r", below, indicator("c"), rule=MEAN, bands=BANDS))


NOT_LINEAR = {
    "rounding": of_rule(rounding=Rounding(digits=0, basis=ASSUMED)),
    "floor": of_rule(floor=mi.Figure(Fraction(1), ASSUMED)),
    "cap": of_rule(caps=(Cap(maximum=2, basis=ASSUMED),)),
    "lowest": of_rule(missing="lowest", missing_basis=ASSUMED),
    "geometric": instrument(
        root=dimension(
            "r",
            dimension("d", indicator("a", None), indicator("b", None), rule=WHOLE),
            indicator("c"),
            rule=GeometricMean(basis=ASSUMED, floor=Fraction(1, 10)),
            bands=BANDS,
        )
    ),
    "band cap": instrument(
        root=dimension(
            "r",
            dimension("d", indicator("a", None), indicator("b", None), rule=WHOLE),
            indicator("c"),
            rule=MEAN,
            bands=BANDS,
            band_caps=(BandCap(band="low", basis=ASSUMED, shortfall=Shortfall(code="d", below=2)),),
        )
    ),
}


@pytest.mark.parametrize("name", NOT_LINEAR)
@pytest.mark.parametrize("weighting", [None, mi.EqualRemainder()])
def test_other_rules_are_scored_draw_by_draw(name: str, weighting: object) -> None:
    rows = ((4, 0, 2), (0, 3, 2), (2, 2, 2), (2, 2, 2), (1, 4, 0))
    assessments = answers(NOT_LINEAR[name], *rows)
    found = robustness(assessments, weighting, draws=20)
    assert not is_fast(found.tree)
    for draw in range(20):
        scored = mi.score(assessments, found.drawn_weighting(draw))
        assert tuple(found.draw_ranks[draw].tolist()) == scored.ranks
    assert found.exact == (name != "geometric")


def test_answers_and_weights_are_drawn_together_under_other_rules() -> None:
    rows = ((4, 0, 2), (0, 3, None), (2, 2, 2))
    assessments = answers(NOT_LINEAR["geometric"], *rows)
    found = robustness(assessments, draws=50)
    assert found.draw_ranks[:, 1].tolist() == [0] * 50
    assert found.band_counts.sum(axis=1).tolist() == [50] * 3
    # Without the one whose answer is open, nothing changes for the others.
    closed = robustness(answers(NOT_LINEAR["geometric"], rows[0], rows[2]), draws=50)
    assert np.array_equal(found.draw_ranks[:, [0, 2]], closed.draw_ranks)


def test_a_mean_that_can_not_be_taken_is_refused_with_the_agency() -> None:
    root = dimension(
        "r",
        dimension("d", indicator("a", None), indicator("b", None), rule=WHOLE),
        indicator("c"),
        rule=GeometricMean(basis=ASSUMED),
    )
    assessments = answers(instrument(root=root), (1, 1, 1), (1, 1, None))
    with pytest.raises(AssessmentError) as caught:
        robustness(assessments, draws=50)
    assert caught.value.faults[0].place.en == "A1"


def test_caps_of_bands_hold_in_every_draw() -> None:
    """A cap that depends on a node without open weights below: so it is fast."""
    below = dimension("d", indicator("a", None), indicator("b", None), rule=WHOLE)
    cap = BandCap(band="low", basis=ASSUMED, shortfall=Shortfall(code="c", below=2))
    root = dimension("r", below, indicator("c"), rule=MEAN, bands=BANDS, band_caps=(cap,))
    of = instrument(root=root)
    assessments = answers(of, (4, 4, 1), (4, 4, 2), (4, 4, 3), states={"c": "claimed"})
    closed = robustness(assessments, draws=60, policy=AnswerPolicy(claimed="as-given"))
    assert closed.settings.open_rows == 0
    assert closed.band_counts.tolist() == [[60, 0, 0], [0, 0, 60], [0, 0, 60]]
    found = robustness(assessments, draws=600)
    assert is_fast(found.tree)
    assert found.settings.open_rows == 3
    expected = [[1, 0, 0], [2 / 3, 0, 1 / 3], [1 / 2, 0, 1 / 2]]
    error = found.sampling_error()
    assert np.abs(found.band_acceptability.to_floats() - expected).max() < 4 * error


# Gates


def gated() -> mi.Instrument:
    root = dimension(
        "r",
        indicator("a", None, conditions=(when("g"),)),
        indicator("b", None),
        indicator("c", None),
        rule=WHOLE,
        deductions=(measure("m", None, missing="zero", missing_basis=ASSUMED),),
        bands=BANDS,
    )
    return instrument(root=root, gates=(gate("g"),))


def test_what_a_gate_takes_out_leaves_the_others_their_weights() -> None:
    assessments = mi.AssessmentSet.of(
        mi.Assessment(
            agency=mi.Agency(name=f"A{place}"),
            instrument=gated(),
            levels=levels,
            gates={} if way is None else {"g": way},
        )
        for place, (levels, way) in enumerate(
            (
                ({"a": 2, "b": 2, "c": 2}, "yes"),
                ({"b": 2, "c": 2}, "no"),
                ({"b": 4, "c": 0}, "no"),
                ({"b": 1, "c": 3}, None),
            )
        )
    )
    found = robustness(assessments, draws=300)
    assert found.ties(0, 1) == 1
    assert found.settings.open_rows == 1
    assert found[3].ranks == {}
    only_a = np.array([[1, 0, 0], [1, 1, 0], [0, 1, 1]])
    given = robustness(assessments, draws=only_a)
    # Where all weight lies on what does not apply, there is no total, and no rank.
    assert given.draw_ranks[:, :3].tolist() == [[1, 0, 0], [2, 2, 1], [1, 1, 1]]
    assert given.ranked.tolist() == [True, False, False, False]
    assert given.band_counts[1].sum() == 2


# Arguments and results


def test_settings_are_part_of_the_result() -> None:
    assessments = answers(flat(None, None), (4, 0), (0, 4))
    policy = AnswerPolicy(unstated="as-given")
    found = robustness(assessments, draws=7, seed=3, policy=policy)
    assert found.settings.draws == 7
    assert found.settings.seed == found.seed == 3
    assert found.weighting == Admissible()
    assert found.policy == policy
    assert found.settings.methods == (("r", DrawMethod.SPACINGS),)
    assert found.bands == ("low", "middle", "high")
    assert found.instrument == assessments.instrument
    assert found.agencies == assessments.agencies
    assert found.assessments is assessments
    assert len(found) == 2
    assert [card.row for card in found] == [0, 1]
    assert set(found.draws) == {"r"}
    assert repr(found) == "<Robustness of 2 under example, admissible: 7 draws, assumed>"


def test_the_same_seed_gives_the_same_result() -> None:
    assessments = answers(flat(20, None, None), (4, 0, 2), (0, None, 4))
    one, other = (robustness(assessments, draws=300, seed=5) for _ in range(2))
    assert one == other
    assert one == robustness(assessments, draws=np.int64(300), seed=np.int64(5))
    assert one != robustness(assessments, draws=300, seed=6)
    generator = np.random.Generator(np.random.PCG64(5))
    found = robustness(assessments, draws=300, seed=generator)
    assert found.seed is None
    assert np.array_equal(found.draw_ranks, one.draw_ranks)
    assert np.array_equal(found.band_counts, one.band_counts)
    again = robustness(assessments, draws=300, seed=generator)  # goes on where it stands
    assert not np.array_equal(again.draws["r"].numbers, one.draws["r"].numbers)


def test_the_agencies_do_not_change_the_weights() -> None:
    of = flat(None, None, None)
    few = robustness(answers(of, (4, 0, 2)), draws=50)
    many = robustness(answers(of, (4, 0, 2), (1, 2, 3), (0, 0, 0)), draws=50)
    assert few.draws == many.draws


def test_draws_that_are_given_are_those_of_the_result() -> None:
    assessments = answers(flat(None, None), (4, 0), (0, 4))
    given = np.array([[3, 1], [1, 1], [1, 2]])
    found = robustness(assessments, draws=given)
    assert found.settings.methods == (("r", DrawMethod.GIVEN),)
    assert found.draw_ranks.tolist() == [[1, 2], [1, 1], [2, 1]]
    assert found.rank_counts.tolist() == [[2, 1], [2, 1]]
    assert found.confidence(0, 1) == found.ties(0, 1) == Fraction(1, 3)
    assert list(found.mean_ranks) == [Fraction(4, 3)] * 2
    assert found.drawn_weighting(2).weights == (("a", Fraction(100, 3)), ("b", Fraction(200, 3)))
    assert found.drawn_weighting(-1) == found.drawn_weighting(2)
    with pytest.raises(IndexError):
        found.drawn_weighting(3)
    with pytest.raises(TypeError):
        robustness(assessments, draws=[[0.5, 0.5]])
    with pytest.raises(WeightingError):
        robustness(assessments, draws=[[-1, 2]])


def test_dimensions_that_are_not_given_are_drawn() -> None:
    below = dimension("d", indicator("a", None), indicator("b", None), rule=WHOLE, weight=None)
    of = instrument(root=dimension("r", below, indicator("c", None), rule=WHOLE))
    assessments = answers(of, (4, 0, 1), (0, 4, 1))
    found = robustness(assessments, draws={"d": [[3, 1], [1, 3]]})
    assert dict(found.settings.methods) == {"d": DrawMethod.GIVEN, "r": DrawMethod.SPACINGS}
    assert found.settings.draws == 2
    assert found.draw_ranks.tolist() == [[1, 2], [2, 1]]
    assert found.bands == ()
    assert found.band_counts.shape == (2, 0)
    assert found.band_acceptability.shape == (2, 0)


def test_progress_is_reported() -> None:
    seen: list[tuple[int, int]] = []
    robustness(
        answers(flat(None, None), (4, 0)), draws=600, progress=lambda *done: seen.append(done)
    )
    assert seen == [(256, 600), (512, 600), (600, 600)]


def test_one_assessment_is_simulated_too() -> None:
    assessments = answers(flat(None, None), (4, 0))
    found = robustness(assessments[0], draws=40)
    assert found == robustness([assessments[0]], draws=40)
    assert found.rank_counts.tolist() == [[40]]


@pytest.mark.parametrize("weighting", [None, mi.EqualRemainder()])
def test_of_nobody_there_is_nothing_to_say(weighting: object) -> None:
    assessments = answers(flat(None, None), (4, 0)).where(lambda _: False)
    found = robustness(assessments, weighting, draws=10)
    assert len(found) == 0
    assert found.draw_ranks.shape == (10, 0)
    assert found.rank_counts.shape == (0, 0)
    assert found.band_counts.shape == (0, 3)
    assert list(found.mean_ranks) == list(found.percentile(5)) == []


def test_too_many_are_refused() -> None:
    assessments = answers(flat(None, None), (4, 0))
    many = assessments.rows(np.zeros(MOST_ROWS + 1, dtype=np.intp))
    fault = only_fault(AssessmentError, lambda: robustness(many))
    check_fault(fault, "robustness-too-many", None, "4097", "4096")


@pytest.mark.parametrize("draws", [0, -1])
def test_the_number_of_draws_is_above_zero(draws: int) -> None:
    with pytest.raises(ValueError, match="above 0"):
        robustness(answers(flat(None, None), (4, 0)), draws=draws)


def test_a_region_that_is_refused_is_refused_here() -> None:
    fault = only_fault(
        WeightingError,
        lambda: robustness(answers(flat(None, None), (4, 0)), Admissible({"a": 120})),
    )
    assert fault.code == "region-empty"


def test_results_can_be_pickled_and_not_changed() -> None:
    assessments = answers(flat(None, None), (4, 0), (0, None))
    found = robustness(assessments, draws=30)
    again: Robustness = pickle.loads(pickle.dumps(found))
    assert again == found
    assert again.draws == found.draws
    for each in (found, again):
        for array in (
            each.draw_ranks,
            each.band_counts,
            each.rank_counts,
            each.ranked,
            each.draws["r"].numbers,
        ):
            with pytest.raises(ValueError, match="read-only"):
                array[...] = 0
        with pytest.raises(TypeError):
            each.draws["x"] = 1
    assert found != attrs.evolve(found, band_counts=found.band_counts + 1)
    assert found != 1


def test_agencies_are_found_by_name_and_row() -> None:
    found = robustness(answers(flat(None, None), (4, 0), (0, 4)), draws=30)
    assert found["A1"] == found[1] == found[-1]
    assert found[0] != found[1]
    assert found[0] != 1
    assert found.row_of("A0") == 0
    with pytest.raises(IndexError):
        found[2]
    with pytest.raises(mi.UnknownNameError):
        found["A2"]


def test_percentiles_are_those_of_numpy() -> None:
    found = robustness(mi.sample(), draws=777, seed=4)
    ranks = found.draw_ranks[:, found.ranked]
    for percent in (0, 5, "12,5", 50, 95, 100):
        exact = found.percentile(percent).to_floats()[found.ranked]
        number = 12.5 if percent == "12,5" else percent
        assert np.abs(exact - np.percentile(ranks, number, axis=0)).max() < 1e-9
    assert found.percentile(50) is found.percentile("50")
    for percent in (-1, 101):
        with pytest.raises(ValueError, match="from 0 to 100"):
            found.percentile(percent)
    with pytest.raises(mi.NumberError):
        found.percentile("x")


def test_a_card_says_what_the_table_says() -> None:
    found = robustness(mi.sample(), draws=300)
    card = found["Kota Bandung"]
    assert card.agency.name == "Kota Bandung"
    assert card.instrument is found.instrument
    assert card.synthetic
    assert card.standing is found.standings[card.row]
    assert card.reasons == found.table.card(card.row).reasons
    assert sum(card.ranks.values()) == 1
    assert list(card.ranks) == sorted(card.ranks)
    assert sum(rank * share for rank, share in card.ranks.items()) == card.mean_rank
    assert card.percentile(0) == card.best_rank
    assert card.percentile(100) == card.worst_rank
    assert tuple(card.bands.values()) == found.band_acceptability.row(card.row)
    assert repr(card).startswith("<AgencyRobustness of Kota Bandung under ism-2026: mean rank ")
    assert repr(card).endswith("of 300 draws, assumed, synthetic>")
    unranked = next(each for each in found if each.mean_rank is None)
    assert "mean rank None" in repr(unranked)


def test_the_sampling_error_is_that_of_a_share() -> None:
    found = robustness(answers(flat(None, None), (4, 0)), draws=100)
    assert found.sampling_error() == 0.05
    assert found.sampling_error(Fraction(1, 5)) == pytest.approx(0.04)
    assert found.sampling_error(1) == 0


def test_ranks_are_those_of_exact_arithmetic_at_scale() -> None:
    """Weights from a coarse grid: in every draw there are ties, and all of them are found."""
    random = np.random.default_rng(0)
    levels = random.integers(0, 5, (400, 6))
    assessments = answers(flat(*[None] * 6), *map(tuple, levels.tolist()))
    draws = random.multinomial(12, np.full(6, 1 / 6), 300)
    found = robustness(assessments, draws=draws)
    assert is_fast(found.tree)
    totals = draws @ levels.T
    for draw, row in enumerate(totals):
        above = 400 - np.searchsorted(np.sort(row), row, side="right")
        assert (found.draw_ranks[draw] == above + 1).all()
        assert len(set(row.tolist())) < 60
    assert found.band_counts.tolist() == [
        [int(((row >= low) & (row < high)).sum()) for low, high in ((0, 12), (12, 36), (36, 99))]
        for row in totals.T
    ]
    assert (found.rank_counts.sum(axis=1) == 300).all()
    assert np.array_equal(found.mean_ranks.numerators, found.draw_ranks.sum(axis=0))
