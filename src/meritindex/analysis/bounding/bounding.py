"""Bounds of totals: what is certain whatever the open weights and the open answers are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import overload

import attrs
import numpy as np

from meritindex.analysis.bounding.card import BoundsCard
from meritindex.analysis.bounding.extremes import side
from meritindex.analysis.bounding.table import BoundsTable, RankRange
from meritindex.analysis.completions import Completions, completions
from meritindex.analysis.open_tree import open_tree
from meritindex.assessment import AnswerPolicy, Assessment, AssessmentSet
from meritindex.definition import Admissible, Weighting
from meritindex.errors import AssessmentError, Fault
from meritindex.language import Text
from meritindex.scoring.scoring import table_of


@overload
def bounds(
    assessments: Assessment,
    weighting: Weighting | Admissible | None = None,
    *,
    policy: AnswerPolicy | None = None,
    exact: bool = False,
) -> BoundsCard: ...


@overload
def bounds(
    assessments: AssessmentSet | Iterable[Assessment],
    weighting: Weighting | Admissible | None = None,
    *,
    policy: AnswerPolicy | None = None,
    exact: bool = False,
) -> BoundsTable: ...


def bounds(
    assessments: Assessment | AssessmentSet | Iterable[Assessment],
    weighting: Weighting | Admissible | None = None,
    *,
    policy: AnswerPolicy | None = None,
    exact: bool = False,
) -> BoundsCard | BoundsTable:
    """Return between what ends totals lie, over every admissible weighting and every completion.

    The ends are exact and attained. The bands between them are the possible ones; where there is
    but one, it is certain. Ranks are among the agencies that `score` ranks.

    All ends are of complete answers. What is not answered is open where the instrument's policy for
    it is `unknown`, even where a dimension above has another policy, by which `score` gives a total
    of incomplete answers that can lie outside.

    Args:
        assessments: one `Assessment`, an `AssessmentSet`, or several assessments.
        weighting: what is known of the weights; None for all that is published (`Admissible()`). A
            weighting that settles every weight leaves only the answers open.
        policy: what an answer of each state may be worth; None for `AnswerPolicy()`, under which
            a claim may be worth anything up to the claim, and what is not answered anything.
        exact: find the ranges of ranks exactly, by integer programs, so that both ends are
            attained; for forty agencies at most. Needs the extra `scipy`.

    Returns:
        A `BoundsCard` for one, a `BoundsTable` for many.

    Raises:
        WeightingError: the region is empty, unbounded, or under a rule that is not linear.
        AssessmentError: the assessments do not make a set, or are too many for exact ranks; or a
            deduction is not known on which a cap depends, so that more of it may give more.
        ImportError: exact ranks are asked for, and scipy is not installed.

    Examples:
        >>> import meritindex as mi
        >>> table = mi.bounds(mi.sample())
        >>> card = table["Kota Pangkal Pinang"]
        >>> float(card.lower) < float(card.upper), card.certain_band in (None, *card.possible_bands)
        (True, True)
    """
    if isinstance(assessments, Assessment):
        return _table(assessments.alone, weighting, policy, exact=exact).card(0)
    if not isinstance(assessments, AssessmentSet):
        assessments = AssessmentSet.of(assessments)
    return _table(assessments, weighting, policy, exact=exact)


def rebuilt(
    assessments: AssessmentSet,
    weighting: Weighting | Admissible,
    policy: AnswerPolicy,
    exact_ranks: Mapping[int, RankRange],
) -> BoundsTable:
    """Return a table as it was before it was pickled."""
    table = _table(assessments, weighting, policy, exact=False)
    return attrs.evolve(table, exact_ranks=exact_ranks)


def _table(
    assessments: AssessmentSet,
    weighting: Weighting | Admissible | None,
    policy: AnswerPolicy | None,
    *,
    exact: bool,
) -> BoundsTable:
    tree = open_tree(assessments.instrument, Admissible() if weighting is None else weighting)
    completed = completions(assessments, AnswerPolicy() if policy is None else policy)
    if faults := tuple(_not_monotone(completed)):
        raise AssessmentError(faults)
    found = BoundsTable(
        tree=tree,
        completions=completed,
        table=table_of(assessments, tree.plan),
        low=side(tree, completed.low, most=False),
        high=side(tree, completed.high, most=True),
    )
    if exact:
        from meritindex.analysis.bounding.exact_ranks import with_exact_ranks  # noqa: PLC0415

        return with_exact_ranks(found)
    return found


def _not_monotone(completed: Completions) -> Iterator[Fault]:
    """Yield the rows in which a deduction is open on whose being small a cap depends.

    Then the total is not at its least where the deduction is at its most.
    """
    instrument = completed.assessments.instrument
    deductions = {each.code for one in instrument.dimensions for each in one.deductions}
    shortfalls = [cap.shortfall for one in instrument.dimensions for cap in one.caps]
    shortfalls += [cap.shortfall for one in instrument.dimensions for cap in one.band_caps]
    watched = {each.code for each in shortfalls if each is not None} & deductions
    message = Text(
        "{code} belum diketahui, dan suatu batas bergantung pada kecilnya; batas-batas nilai tidak "
        "dapat dicari sebelum {code} diisi",
        "{code} is not known, and a cap depends on its being small; no bounds can be found before "
        "{code} is given",
    )
    for place, measure in enumerate(instrument.measures):
        if measure.code in watched:
            low, high = completed.low.measures[place], completed.high.measures[place]
            rows = completed.owners[low.numerators != high.numerators]
            for row in np.unique(rows).tolist():
                name = completed.assessments.agencies[row].name
                yield Fault(
                    code="bounds-not-monotone",
                    message=message.fill(code=measure.code),
                    place=Text.same(name),
                    agency=name,
                    item=measure.code,
                )
