"""Simulation: what becomes of bands and ranks over random weights and doubtful answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import numpy.typing as npt

from meritindex.analysis.open_tree import OpenTree, open_tree
from meritindex.analysis.simulating.answers import answers_of
from meritindex.analysis.simulating.around import Around
from meritindex.analysis.simulating.chance import Chance
from meritindex.analysis.simulating.counting import add_bands
from meritindex.analysis.simulating.drawing import draw_weights
from meritindex.analysis.simulating.drawn_ranks import Filling
from meritindex.analysis.simulating.draws import WeightDraws
from meritindex.analysis.simulating.given import given_draws
from meritindex.analysis.simulating.linear import Linear, is_fast
from meritindex.analysis.simulating.ordering import MOST_ROW_BITS
from meritindex.analysis.simulating.result import Robustness, RobustnessSettings
from meritindex.analysis.simulating.stepwise import Stepwise
from meritindex.assessment import AnswerPolicy, Assessment, AssessmentSet
from meritindex.definition import Admissible, Weighting
from meritindex.errors import AssessmentError, Fault
from meritindex.language import Text
from meritindex.scoring import ScoringPlan, plan
from meritindex.scoring.scoring import table_of

# So many draws of some hundred agencies stay in the processor's cache.
BLOCK = 256
# Of more agencies, counts of every rank would not fit into memory.
MOST_ROWS = 2**MOST_ROW_BITS


def robustness(  # noqa: PLR0913 - each is one fact about what to simulate
    assessments: Assessment | AssessmentSet | Iterable[Assessment],
    weighting: Weighting | Admissible | Around | None = None,
    *,
    draws: int | npt.ArrayLike | Mapping[str, npt.ArrayLike] = 10_000,
    seed: int | np.random.Generator = 0,
    policy: AnswerPolicy | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Robustness:
    """Return how often each agency has each band and each rank, over random weights and answers.

    In every draw each open weight has one admissible value, the same for all agencies, and each
    doubtful or missing answer one of those that it may be; then all agencies are scored, banded and
    ranked exactly. Ranks are among the agencies that `score` ranks. What is found are the
    acceptability indices of SMAA (R. Lahdelma, J. Hokkanen and P. Salminen, "SMAA: stochastic
    multiobjective acceptability analysis", *European Journal of Operational Research* 106, 1998).

    The same seed gives the same uniform weights on every machine, whatever the version of numpy. So
    it does answers and weights around given ones as long as numpy keeps the streams of
    `Generator.integers` and `Generator.dirichlet`.

    Args:
        assessments: one `Assessment`, an `AssessmentSet`, or several assessments; at most 4,096.
        weighting: what is known of the weights, from which they are drawn uniformly; None for all
            that is published (`Admissible()`). `Around` to draw them around given ones. A weighting
            that settles every weight leaves only the answers open.
        draws: how many; or weights that were drawn elsewhere, in whole numbers, shape
            `[draws, children]`: by the code of the dimension, or one array where only one dimension
            has open weights. The weights of a row are its numbers brought to the whole of the rule
            by their own sum; where the rule states no whole, they are the numbers themselves. Open
            weights of a dimension that is not named are drawn here.
        seed: where chance starts, a number; or a generator, which goes on.
        policy: what an answer of each state may be worth; None for `AnswerPolicy()`, under which
            a claim may be worth anything up to the claim, and what is not answered anything.
        progress: called now and then with the number of draws that are done, and of all.

    Returns:
        Shares of draws, with everything that the simulation rests on.

    Raises:
        WeightingError: the region is empty, unbounded, or under a rule that is not linear; draws
            that are given are not admissible; too few around given weights are.
        AssessmentError: the assessments do not make a set, or are too many.
        TypeError: draws that are given are no arrays of whole numbers of the right shapes.
        ValueError: the number of draws is not above 0.

    Examples:
        >>> import meritindex as mi
        >>> result = robustness(mi.sample(), draws=100, seed=1)
        >>> card = result["Kota Bandung"]
        >>> card.best_rank <= card.mean_rank <= card.worst_rank, sum(card.bands.values())
        (True, Fraction(1, 1))
    """
    if isinstance(assessments, Assessment):
        assessments = assessments.alone
    if not isinstance(assessments, AssessmentSet):
        assessments = AssessmentSet.of(assessments)
    if len(assessments) > MOST_ROWS:
        raise _too_many(len(assessments))
    weighting = Admissible() if weighting is None else weighting
    policy = AnswerPolicy() if policy is None else policy
    within = weighting.within if isinstance(weighting, Around) else weighting
    tree = open_tree(assessments.instrument, within)
    chance = Chance(seed)
    drawn, count = _weights(tree, weighting, draws, chance)
    answers = answers_of(assessments, policy)
    table = table_of(assessments, _plan(tree, weighting))
    ranked = np.flatnonzero(table.totals.known)
    engine = (Linear if is_fast(tree) and len(assessments) else Stepwise)(
        tree, answers, drawn, ranked
    )
    ranks = Filling(count, len(ranked), len(assessments))
    bands = tree.root.bands
    counts = np.zeros((len(assessments), 0 if bands is None else len(bands)), dtype=np.int64)
    for start in range(0, count, BLOCK):
        block = slice(start, min(start + BLOCK, count))
        order, found = engine.order(block, answers.draw(chance.generator, block.stop - start))
        ranks.put(block, order)
        add_bands(found, counts)
        if progress is not None:
            progress(block.stop, count)
    return Robustness(
        tree=tree,
        table=table,
        settings=RobustnessSettings(
            weighting=weighting,
            policy=policy,
            draws=count,
            seed=None if isinstance(seed, np.random.Generator) else int(seed),
            methods=tuple((code, each.method) for code, each in drawn.items()),
            open_rows=len(answers.opened),
        ),
        draws=drawn,
        drawn_ranks=ranks.done(),
        band_counts=counts,
    )


def _plan(tree: OpenTree, weighting: Weighting | Admissible | Around) -> ScoringPlan:
    """Return the plan that says who is ranked, and how firmly all is known."""
    if isinstance(weighting, Around):
        return plan(tree.instrument, weighting.weighting)
    return tree.plan


def _weights(
    tree: OpenTree,
    weighting: Weighting | Admissible | Around,
    draws: int | npt.ArrayLike | Mapping[str, npt.ArrayLike],
    chance: Chance,
) -> tuple[dict[str, WeightDraws], int]:
    """Return the weights of every dimension in which they are open, and the number of draws."""
    given: dict[str, WeightDraws] = {}
    if isinstance(draws, int | np.integer):
        count = int(draws)
        if count < 1:
            raise ValueError(f"the number of draws must be above 0, not {count}")
    else:
        given = given_draws(draws, tree.regions)
        count = len(next(iter(given.values())))
    scatter = weighting.centred(tree.root) if isinstance(weighting, Around) else None
    return {
        code: given[code] if code in given else draw_weights(chance, region, count, scatter)
        for code, region in tree.regions.items()
    }, count


def _too_many(count: int) -> AssessmentError:
    allowed = Text("paling banyak {limit}", "at most {limit}").fill(limit=MOST_ROWS)
    return AssessmentError(
        Fault(
            code="robustness-too-many",
            message=Text(
                "{count} penilaian terlalu banyak untuk disimulasikan bersama; yang diterima: "
                "{allowed}",
                "{count} assessments are too many to simulate together; allowed: {allowed}",
            ).fill(count=count, allowed=allowed),
            value=str(count),
            allowed=allowed,
        )
    )
