"""Ranges of ranks whose ends some admissible weighting and answers attain, by integer programs.

The ranges of a `BoundsTable` count who is certainly above or not above; that all of the others can
be above at once is not said. Here the most of them that can is found by an integer program (scipy's
HiGHS), in doubles. What it finds is proven by an exact linear program, or ruled out by one and
looked for anew; that there is nothing better rests on the bound that the solver proves in doubles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from operator import mul
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.analysis.bounding.joint import Form, joint_weights, plus, totals_of
from meritindex.analysis.bounding.table import BoundsTable, RankRange
from meritindex.errors import AssessmentError, Fault, WeightingError
from meritindex.extras import needing
from meritindex.language import Text
from meritindex.linear import InfeasibleError

# Of so many agencies at most all exact ranges are found at once: each needs two integer programs.
MOST_AGENCIES = 40

_ZERO, _MINUS = Fraction(0), Fraction(-1)
_NOTHING: Form = ({}, _ZERO)

_UNSOLVED = Fault(
    code="exact-ranks-unsolved",
    message=Text(
        "peringkat eksak tidak ditemukan: program bilangan bulat tidak terpecahkan dalam presisi "
        "ganda",
        "no exact ranks were found: the integer program could not be solved in doubles",
    ),
)


def with_exact_ranks(
    table: BoundsTable, progress: Callable[[int, int], object] | None = None
) -> BoundsTable:
    """Return a table whose ranges of ranks are exact.

    Args:
        table: the bounds.
        progress: called with how many agencies are done, and how many there are.

    Raises:
        AssessmentError: more than 40 agencies are ranked.
        WeightingError: totals are not linear in the open weights, or the solver failed.
        ImportError: scipy is not installed.
    """
    ranked = np.flatnonzero(table.ranked).tolist()
    if len(ranked) > MOST_AGENCIES:
        allowed = Text(f"paling banyak {MOST_AGENCIES}", f"at most {MOST_AGENCIES}")
        raise AssessmentError(
            Fault(
                code="exact-ranks-many",
                message=Text(
                    "peringkat eksak {count} instansi sekaligus terlalu lama dicari; yang diterima:"
                    " {allowed}, atau satu instansi (exact_rank_range; pada perintah: --agency)",
                    "finding exact ranks of {count} agencies at once takes too long; allowed: "
                    "{allowed}, or one agency (exact_rank_range; on the command line: --agency)",
                ).fill(count=len(ranked), allowed=allowed),
                value=str(len(ranked)),
                allowed=allowed,
            )
        )
    if not table.tree.regions:
        return table
    search = Search(table)
    found: dict[int, RankRange] = {}
    for row in ranked:
        found[row] = search.range(row)
        if progress is not None:
            progress(len(found), len(ranked))
    return attrs.evolve(table, exact_ranks=found)


class Search:
    """The search for ranks among the agencies of one table."""

    def __init__(self, table: BoundsTable) -> None:
        self.solver = _solver()
        self.table = table
        self._check_ways()
        self.weights = joint_weights(table.tree)
        self.low = totals_of(table.tree, self.weights, table.low)
        self.high = totals_of(table.tree, self.weights, table.high)
        self.limits = [
            (_floats(each.coefficients), _end(each.low, -np.inf), _end(each.high, np.inf))
            for each in self.weights.polytope.constraints
        ]

    def _check_ways(self) -> None:
        """Refuse gates that are open: a total is then the greatest of several functions."""
        owners = self.table.completions.owners
        if len(owners) == len(self.table):
            return
        several = np.flatnonzero(np.bincount(owners) > 1)
        raise AssessmentError(
            Fault(
                code="exact-ranks-gates",
                message=Text(
                    "peringkat eksak tidak dapat dicari selama pertanyaan pembuka belum dijawab",
                    "exact ranks can't be found while an opening question is not answered",
                ),
                place=Text.same(self.table.agencies[row].name),
                agency=self.table.agencies[row].name,
            )
            for row in several.tolist()
        )

    def range(self, row: int) -> RankRange:
        """Return the best and the worst rank of a row."""
        signs, ranked = self.table.differences, self.table.ranked
        above = (signs[:, row] > 0) & ranked
        open_to = ranked & ~above & (signs[row, :] < 0)
        open_to[row] = False
        others = np.flatnonzero(open_to).tolist()
        sure = int(above.sum()) + 1
        # The best is where most of the others are not above, the worst where most of them are.
        best = [plus(self.high[row], self.low[other], _MINUS) for other in others]
        worst = [plus(self.high[other], self.low[row], _MINUS) for other in others]
        not_above = self._most(best, strictly=False)
        return sure + len(others) - not_above, sure + self._most(worst, strictly=True)

    def _most(self, forms: Sequence[Form], *, strictly: bool) -> int:
        """Return how many of the forms can be at least zero, or above it, at once."""
        if not forms:
            return 0
        cuts: list[list[int]] = []
        while True:
            chosen = self._chosen(forms, cuts)
            if self._holds([forms[place] for place in chosen], strictly=strictly):
                return len(chosen)
            cuts.append(self._contradiction(forms, chosen, strictly=strictly))

    def _holds(self, forms: Sequence[Form], *, strictly: bool) -> bool:
        """Say exactly whether all of some forms can be at least zero, or above it, at once."""
        polytope = self.weights.above(forms)
        try:
            least = polytope.maximum([0] * (polytope.size - 1) + [1]).point[-1]
        except InfeasibleError:
            return False
        return least > 0 or not strictly

    def _contradiction(
        self, forms: Sequence[Form], chosen: Sequence[int], *, strictly: bool
    ) -> list[int]:
        """Return as few of the chosen forms as can't hold at once."""
        kept = list(chosen)
        for place in chosen:
            fewer = [other for other in kept if other != place]
            if fewer and not self._holds([forms[other] for other in fewer], strictly=strictly):
                kept = fewer
        return kept

    def _chosen(self, forms: Sequence[Form], cuts: Sequence[Sequence[int]]) -> list[int]:
        """Return the most forms that can be at least zero at once, as the solver finds them.

        Its unknowns are the weights, and for each form whether it is chosen; one that is not may be
        as low as it can get.
        """
        size, count = self.weights.polytope.size, len(forms)
        # Every form is brought to a depth of one, so that the solver meets numbers of one size.
        scaled = [plus(_NOTHING, form, 1 / self._depth(form)) for form in forms]
        rows = np.array([_row(form, size) for form in scaled])
        constants = np.array([float(constant) for _, constant in scaled])
        limit = self.solver.LinearConstraint
        limits = [limit(np.hstack([rows, -np.eye(count)]), lb=-constants - 1)]
        nothing = np.zeros(count)
        limits += [limit(np.r_[row, nothing], lb=low, ub=high) for row, low, high in self.limits]
        for cut in cuts:
            row = np.zeros(size + count)
            row[[size + place for place in cut]] = 1
            limits.append(limit(row, ub=len(cut) - 1))
        found = self.solver.milp(
            c=np.r_[np.zeros(size), -np.ones(count)],
            integrality=np.r_[np.zeros(size), np.ones(count)],
            bounds=self.solver.Bounds(0, np.r_[np.full(size, np.inf), np.ones(count)]),
            constraints=limits,
            options={"mip_rel_gap": 0},
        )
        if found.x is None:
            raise WeightingError(_UNSOLVED)
        return [place for place in range(count) if found.x[size + place] > 0.5]

    def _depth(self, form: Form) -> Fraction:
        """Return how far below zero a form can get; of one that can't, one."""
        factors, constant = form
        polytope = self.weights.polytope
        objective = [factors.get(place, _ZERO) for place in range(polytope.size)]
        point = polytope.minimum(objective).point
        least = constant + sum(map(mul, objective, point), _ZERO)
        return -least if least < 0 else Fraction(1)


def _row(form: Form, size: int) -> npt.NDArray[np.float64]:
    factors, _ = form
    return np.array([float(factors.get(place, _ZERO)) for place in range(size)])


def _floats(values: Sequence[Fraction]) -> npt.NDArray[np.float64]:
    return np.array([float(value) for value in values])


def _end(value: Fraction | None, instead: float) -> float:
    return instead if value is None else float(value)


def _solver() -> Any:  # noqa: ANN401 - scipy has no types
    with needing("scipy", Text("Peringkat yang pasti tercapai", "Finding exact ranks")):
        from scipy import optimize  # noqa: PLC0415 - an extra, for exact ranks alone
    return optimize
