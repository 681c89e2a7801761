"""What was answered, as the contents of cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction
from functools import cached_property

import attrs

from meritindex.assessment import NOT_ANSWERED, AssessmentSet
from meritindex.assessment import NOT_APPLICABLE as LEFT_OUT
from meritindex.definition import Dimension, Gate, Instrument
from meritindex.reporting.sheet_formulas import SheetProgram
from meritindex.reporting.workbooks.answers import NOT_APPLICABLE
from meritindex.reporting.workbooks.book import Content
from meritindex.scoring import ScoringPlan


@attrs.frozen(kw_only=True)
class Given:
    """The answers of a set, to be asked for by row and code."""

    assessments: AssessmentSet

    def __call__(self, row: int, code: str) -> Content:
        """Return what was answered in a row to a gate, an indicator, a measure or a dimension.

        A gate is answered by the value of its option; an indicator that gates take out by a dash.
        None where there is no answer.
        """
        assessments = self.assessments
        if code in self._gates:
            place, gate = self._gates[code]
            answer = int(assessments.gate_answers[row, place])
            return None if answer == NOT_ANSWERED else gate.values[answer]
        if code in self._levels:
            level = int(assessments.levels[row, self._levels[code]])
            if level == LEFT_OUT:
                return NOT_APPLICABLE
            return None if level == NOT_ANSWERED else level
        column = assessments.measures.get(code) or assessments.entries.get(code)
        if column is None or not column.known[row]:
            return None
        return Fraction(int(column.numerators[row]), 10 ** self._decimals[code])

    @cached_property
    def _gates(self) -> dict[str, tuple[int, Gate]]:
        gates = self.assessments.instrument.gates
        return {gate.code: (place, gate) for place, gate in enumerate(gates)}

    @cached_property
    def _levels(self) -> dict[str, int]:
        indicators = self.assessments.instrument.indicators
        return {indicator.code: place for place, indicator in enumerate(indicators)}

    @cached_property
    def _decimals(self) -> dict[str, int]:
        instrument = self.assessments.instrument
        measures = {measure.code: measure.decimals for measure in instrument.measures}
        return measures | {each.code: each.decimals for each in instrument.dimensions}


def answered(instrument: Instrument, entered: Collection[str]) -> tuple[str, ...]:
    """Return the codes of what can be answered: gates first, then in the order of the tree.

    Args:
        instrument: what is answered.
        entered: the dimensions for which points can be entered.
    """
    gates = tuple(gate.code for gate in instrument.gates)
    return (
        *gates,
        *(
            node.code
            for node in instrument.nodes
            if not isinstance(node, Dimension) or node.code in entered
        ),
    )


def entered_in(plan: ScoringPlan, entries: Iterable[str]) -> frozenset[str]:
    """Return the dimensions for which a workbook has a cell for points: those that have some.

    And those of which the parts are not published, whose points can't come from anywhere else.
    """
    bare = (each.code for each in plan.instrument.dimensions if not each.children)
    return frozenset((*entries, *bare))


def in_order(program: SheetProgram) -> tuple[str, ...]:
    """Return the dimensions in the order in which a reader looks for them, the total last."""
    root, *below = (dimension.code for dimension in program.plan.instrument.dimensions)
    return (*below, root)
