"""The laws of a simulation, over random instruments with open weights, gates and gaps."""

from __future__ import annotations

from collections.abc import Iterator
from math import lcm
from unittest.mock import patch

import attrs
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import meritindex as mi
import strategies
from meeting import law, meet_in_law
from meritindex.analysis.completions import completions
from meritindex.analysis.open_tree import open_tree
from meritindex.analysis.simulating import Robustness, robustness, running
from meritindex.analysis.simulating.answers import Answers
from meritindex.analysis.simulating.chance import Chance
from meritindex.analysis.simulating.linear import Linear, is_fast
from meritindex.analysis.simulating.products import Block
from meritindex.analysis.simulating.stepwise import Stepwise
from meritindex.assessment import NumberColumn
from meritindex.definition import Region, WeightedMean, WeightedSum
from meritindex.scoring.rows import Inputs
from meritindex.testing import instruments
from meritindex.testing.answers import answer_lists

# A failing example is printed, however large it is.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

LINEAR = (WeightedSum, WeightedMean)
DRAWS = 12


def opened(draw: st.DrawFn, instrument: mi.Instrument, *, plain: bool) -> mi.Instrument:
    """Return an instrument with some weights open; nothing but linear ones, if it is `plain`."""

    def node(one: mi.Indicator | mi.Measure | mi.Dimension) -> object:
        return dimension(one) if isinstance(one, mi.Dimension) else one

    def dimension(one: mi.Dimension) -> mi.Dimension:
        if not one.children:
            return one
        children = tuple(map(node, one.children))
        rule = one.rule
        if plain and rule.whole is None:  # that more of them may have open weights
            weights = [strategies.weights_of(instrument)[child.code] for child in children]
            if sum(weights) > 0:
                rule = attrs.evolve(rule, whole=sum(weights))
        if rule.whole is not None and len(children) > 1:
            chosen = draw(st.sets(st.sampled_from(range(len(children)))))
            children = tuple(
                attrs.evolve(child, weight=None) if place in chosen else child
                for place, child in enumerate(children)
            )
        found = attrs.evolve(one, children=children, rule=rule)
        if plain:
            rounding = one.rounding if one is instrument.root else None
            found = attrs.evolve(found, floor=None, caps=(), rounding=rounding)
        return found

    return attrs.evolve(instrument, root=dimension(instrument.root))


@st.composite
def simulated(draw: st.DrawFn, *, plain: bool) -> tuple[mi.AssessmentSet, dict[str, object]]:
    """Draw assessments, and arguments of a simulation, most of which make ties."""
    exact = instruments(rules=LINEAR, exact=True, max_leaves=14)
    instrument = opened(draw, draw(exact), plain=plain)
    rows = draw(answer_lists(instrument, max_size=6))
    assessments = mi.AssessmentSet.of(
        mi.Assessment(
            agency=mi.Agency(name=f"A{place}"),
            instrument=instrument,
            levels=row.levels,
            gates=row.gates,
            measures=row.measures,
            points=row.points,
        )
        for place, row in enumerate(rows)
    )
    seed = draw(st.integers(0, 2**32))
    draws: object = DRAWS
    regions = open_tree(instrument, mi.Admissible()).regions
    assume(regions)
    chosen = [code for code in regions if draw(st.integers(0, 3))]
    if chosen:
        steps = draw(st.integers(1, 9))
        draws = {code: coarse(Chance(seed), regions[code], steps) for code in chosen}
    return assessments, {"draws": draws, "seed": seed}


def coarse(chance: Chance, region: Region, steps: int) -> np.ndarray:
    """Return draws on a coarse grid, on which weights of zero and ties are frequent."""
    rest = region.whole - sum(region.lower)
    ends = (*region.lower, region.whole, rest / steps)
    grid = lcm(*(end.denominator for end in ends))
    numbers = np.tile([int(low * grid) for low in region.lower], (DRAWS, 1))
    varies = [high > low for low, high in zip(region.lower, region.upper, strict=True)]
    numbers[:, varies] += chance.parts(steps, sum(varies), DRAWS) * int(rest / steps * grid)
    return numbers


def slowly(assessments: mi.AssessmentSet, **arguments: object) -> Robustness:
    """Return the same, weighting by weighting."""
    with patch.object(running, "is_fast", lambda _: False):
        return robustness(assessments, **arguments)


def check_scores(result: Robustness) -> None:
    """Check ranks and bands against scores under the weights of each draw."""
    counts = np.zeros_like(result.band_counts)
    for draw in range(result.settings.draws):
        scored = mi.score(result.assessments, result.drawn_weighting(draw))
        assert tuple(rank or None for rank in result.draw_ranks[draw].tolist()) == scored.ranks
        for row, band in enumerate(scored.bands):
            if band is not None:
                counts[row, result.bands.index(band)] += 1
    assert np.array_equal(counts, result.band_counts)


def is_settled(assessments: mi.AssessmentSet) -> bool:
    """Say whether what is taken as possible is what was answered, and nothing else."""
    found = completions(assessments)
    return (
        not found.is_open.any()
        and np.array_equal(found.low.levels, assessments.levels)
        and found.low.measures == tuple(assessments.measures.values())
        and all(
            column == assessments.entries.get(code, NumberColumn.empty(len(assessments)))
            for code, column in found.low.entries.items()
        )
        and not any(mask.any() for mask in assessments.undetermined.values())
    )


FACTS = (
    "linear",
    "nested",
    "drawn answers",
    "gates",
    "adjustments",
    "entries",
    "rounded",
    "band caps",
    "bands",
    "ties",
    "sometimes without rank",
    "counts as zero",
    "is dropped",
)


def facts_of(result: Robustness) -> list[str]:
    """Return what there is in a result, to see that everything is met."""
    tree, ranks = result.tree, result.draw_ranks
    policies = {tree.plan.policies[dimension.code] for dimension in tree.affected}
    there = (
        is_fast(tree),
        len(tree.regions) > 1 and tree.root.code not in tree.regions,
        result.settings.open_rows > 0,
        bool(result.instrument.gates),
        any(dimension.adjustments for dimension in tree.affected),
        bool(set(result.assessments.entries) & tree.affected_codes),
        tree.root.rounding is not None,
        bool(tree.root.band_caps),
        len(result.bands) > 1,
        any(len(set(row[row > 0])) < (row > 0).sum() for row in ranks),
        bool(((ranks > 0).any(axis=0) & (ranks == 0).any(axis=0)).any()),
        mi.MissingPolicy.ZERO in policies,
        mi.MissingPolicy.DROP in policies,
    )
    return [name for name, is_there in zip(FACTS, there, strict=True) if is_there]


@pytest.mark.parametrize("wide", [False, True])
def test_linear_forms_give_what_plans_give(*, wide: bool) -> None:
    """So they do where 64 bits are taken to be too few."""

    def check(case: tuple[mi.AssessmentSet, dict[str, object]]) -> list[str]:
        assessments, arguments = case
        slow = slowly(assessments, **arguments)
        if wide:
            with patch.object(Block, "is_narrow", False):
                fast = robustness(assessments, **arguments)
        else:
            fast = robustness(assessments, **arguments)
        assert fast == slow
        if is_settled(assessments):
            check_scores(fast)
        return facts_of(fast)

    meet_in_law(check, (40, simulated(plain=True)), wanted={*FACTS} - {"sometimes without rank"})


def test_what_is_missing_or_undetermined_is_so_in_every_draw() -> None:
    """Rows that nobody completes: forms and plans know the same of them."""

    def check(case: tuple[mi.AssessmentSet, dict[str, object]]) -> Iterator[str]:
        assessments, arguments = case
        result = robustness(assessments, **arguments)
        if not is_fast(result.tree):
            return
        rows = np.arange(len(assessments))
        answers = Answers(
            assessments=assessments,
            closed=rows,
            opened=rows[:0],
            closed_inputs=Inputs(
                levels=assessments.levels,
                measures=tuple(assessments.measures.values()),
                entries=assessments.entries,
                undetermined=assessments.undetermined,
            ),
            completions=None,
        )
        found = []
        for engine in (Linear, Stepwise):
            into = np.zeros((DRAWS, len(rows)), dtype=np.uint16)
            parts = (result.tree, answers, result.draws, rows)
            found.append((engine(*parts).run(slice(0, DRAWS), None, into), into))
        (fast_bands, fast), (slow_bands, slow) = found
        assert np.array_equal(fast, slow)
        assert np.array_equal(fast_bands, slow_bands)
        undetermined = set(assessments.undetermined) & result.tree.affected_codes
        if undetermined:
            yield "undetermined"
        if (fast == 0).any():
            yield "unranked"

    meet_in_law(check, (90, simulated(plain=True)), wanted={"undetermined", "unranked"})


def test_plans_give_what_scores_give() -> None:
    @law(20)
    @given(simulated(plain=False))
    def check(case: tuple[mi.AssessmentSet, dict[str, object]]) -> None:
        assessments, arguments = case
        result = robustness(assessments, **arguments)
        if is_settled(assessments):
            check_scores(result)

    check()
