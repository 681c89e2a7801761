"""What became of every node for one row: answered or computed, missing, not applicable, not given.

The arithmetic tracks the same in masks; here it is spelled out for one row, for people.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping

import attrs

from meritindex.assessment import NOT_ANSWERED, NOT_APPLICABLE, AssessmentSet
from meritindex.definition import Dimension, Gate, Indicator, MissingPolicy, Node
from meritindex.language import Text
from meritindex.scoring.plans import ScoringPlan


class Status(enum.StrEnum):
    """What became of a node for one agency."""

    ANSWERED = "answered"
    COMPUTED = "computed"
    ENTERED = "entered"
    MISSING = "missing"
    NOT_APPLICABLE = "not applicable"
    NOT_GIVEN = "not given"  # under a dimension whose points were entered

    @property
    def label(self) -> Text:
        """The status for a reader."""
        return _LABELS[self]


_LABELS = {
    Status.ANSWERED: Text("dijawab", "answered"),
    Status.COMPUTED: Text("dihitung", "computed"),
    Status.ENTERED: Text("diisi langsung", "entered"),
    Status.MISSING: Text("belum ada", "missing"),
    Status.NOT_APPLICABLE: Text("tidak berlaku", "not applicable"),
    Status.NOT_GIVEN: Text("tidak diberikan", "not given"),
}


@attrs.frozen
class MissingItem:
    """Something that was not answered; `policy` is what it counts for."""

    code: str
    name: Text
    policy: MissingPolicy


def statuses(plan: ScoringPlan, assessments: AssessmentSet, row: int) -> dict[str, Status]:
    """Return the status of every node, by code, in the order of the tree."""
    reader = _Reader(plan, assessments, row)
    reader.status(plan.instrument.root)
    return {node.code: reader.found[node.code] for node in plan.instrument.nodes}


def missing_items(
    plan: ScoringPlan, assessments: AssessmentSet, row: int, found: Mapping[str, Status]
) -> Iterator[MissingItem]:
    """Yield what nobody has answered: leaves, dimensions without children, and gates.

    An indicator that waits for a gate is not listed; the gate is. What a cap depends on is listed
    where its points are not known, even where it is not given or left out, for then the points of
    what is capped aren't known either.
    """
    gates = plan.instrument.gates
    unanswered = {
        gate.code
        for gate, answer in zip(gates, assessments.gate_answers[row], strict=True)
        if answer == NOT_ANSWERED
    }
    awaited: set[str] = set()
    watched = _Reader(plan, assessments, row, found).open_shortfalls()
    for node in plan.instrument.nodes:
        status = found[node.code]
        if isinstance(node, Indicator) and status in {Status.MISSING, Status.ANSWERED}:
            waiting = unanswered & {condition.gate for condition in node.conditions}
            awaited |= waiting
            if waiting:
                continue
        left_out = status is Status.NOT_GIVEN or plan.policies[node.code] is MissingPolicy.DROP
        if node.code in watched and left_out:
            yield MissingItem(node.code, node.name, MissingPolicy.UNKNOWN)
        elif status is Status.MISSING and not (isinstance(node, Dimension) and node.children):
            yield MissingItem(node.code, node.name, plan.policies[node.code])
    for gate in gates:
        if gate.code in awaited:
            yield MissingItem(gate.code, gate.question, MissingPolicy.UNKNOWN)


def is_ruled_out(
    plan: ScoringPlan, assessments: AssessmentSet, row: int, node: Node | Gate
) -> bool:
    """Say whether gates rule a node out, also where it is not given."""
    return _Reader(plan, assessments, row).is_absent(node)


class _Reader:
    """One walk over the tree for one row."""

    def __init__(
        self,
        plan: ScoringPlan,
        assessments: AssessmentSet,
        row: int,
        found: Mapping[str, Status] | None = None,
    ) -> None:
        self.plan = plan
        self.found: dict[str, Status] = dict(found or {})
        self._assessments, self._row = assessments, row
        self._levels = dict(zip(plan.indicators, assessments.levels[row].tolist(), strict=True))

    def status(self, node: Node) -> Status:
        status = self._status(node)
        self.found[node.code] = status
        return status

    def _status(self, node: Node) -> Status:
        if isinstance(node, Indicator):
            level = self._levels[node.code]
            if level == NOT_APPLICABLE:
                return Status.NOT_APPLICABLE
            return Status.MISSING if level == NOT_ANSWERED else Status.ANSWERED
        if not isinstance(node, Dimension):
            known = self._assessments.measures[node.code].known[self._row]
            return Status.ANSWERED if known else Status.MISSING
        entry = self._assessments.entries.get(node.code)
        if entry is not None and entry.known[self._row]:
            self.found |= {below.code: Status.NOT_GIVEN for below in node.walk()}
            return Status.ENTERED
        for below in (*node.children, *node.adjustments):
            self.status(below)
        return self._dimension_status(node)

    def _dimension_status(self, dimension: Dimension) -> Status:
        if not dimension.children or self._is_undetermined(dimension.code):
            return Status.MISSING
        present = [
            child
            for child in dimension.children
            if self.found[child.code] is not Status.NOT_APPLICABLE
        ]
        if not self._shares(dimension, present):
            return Status.NOT_APPLICABLE
        counted = [child for child in present if not self._is(child, MissingPolicy.DROP)]
        unknown = any(
            self._is(child, MissingPolicy.UNKNOWN) for child in (*present, *dimension.adjustments)
        )
        watched = [cap.shortfall.code for cap in dimension.caps if cap.shortfall is not None]
        if unknown or not self._shares(dimension, counted) or any(map(self._open, watched)):
            return Status.MISSING
        return Status.COMPUTED

    def open_shortfalls(self) -> set[str]:
        """Return the codes that caps depend on, and of which the points are not known."""
        return {
            cap.shortfall.code
            for dimension in self.plan.instrument.dimensions
            if self.found[dimension.code] is Status.MISSING
            for cap in dimension.caps
            if cap.shortfall is not None and self._open(cap.shortfall.code)
        }

    def _open(self, code: str) -> bool:
        """Say whether the points of a node that a cap depends on are not known."""
        status = self.found[code]
        if status is Status.NOT_GIVEN:
            return not self.is_absent(self.plan.instrument[code])
        if status is Status.NOT_APPLICABLE:
            return False
        if code in self._levels and self._is_undetermined(code):
            return True
        policy = self.plan.policies[code]
        return status is Status.MISSING and policy in {MissingPolicy.UNKNOWN, MissingPolicy.DROP}

    def _is_undetermined(self, code: str) -> bool:
        """Say whether a gate that is not answered leaves open what counts here."""
        mask = self._assessments.undetermined.get(code)
        return mask is not None and bool(mask[self._row])

    def is_absent(self, node: Node | Gate) -> bool:
        """Say whether gates rule a node out, also where it is not given."""
        if not isinstance(node, Dimension) or not node.children:
            return self._levels.get(node.code) == NOT_APPLICABLE
        present = [child for child in node.children if not self.is_absent(child)]
        return not self._is_undetermined(node.code) and not self._shares(node, present)

    def _shares(self, dimension: Dimension, children: list[Node]) -> bool:
        """Say whether anything among the children weighs something."""
        if dimension.rule is None or not dimension.rule.reweighs:
            return bool(children)
        return any(self.plan.weight_values[child.code] for child in children)

    def _is(self, node: Node, policy: MissingPolicy) -> bool:
        return self.found[node.code] is Status.MISSING and self.plan.policies[node.code] is policy
