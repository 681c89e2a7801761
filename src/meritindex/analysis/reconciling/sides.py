"""One row of two sets side by side: what each side answers, and how well that is supported."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import attrs

from meritindex.analysis.reconciling.answers import answer_at
from meritindex.analysis.reconciling.items import ReconciledAnswer, StateDifference
from meritindex.assessment import AnswerState, AssessmentSet, RowFacts
from meritindex.definition import Gate, Node


@attrs.frozen
class Support:
    """How well one answer is supported, and what was shown for it."""

    state: AnswerState | None
    evidence: str


@attrs.frozen(eq=False)
class Sides:
    """One row of both sets.

    Attributes:
        claimed: the set of the claims.
        verified: the set of the findings, row by row of the same agencies.
        row: which row of both.
    """

    claimed: AssessmentSet
    verified: AssessmentSet
    row: int

    @property
    def facts(self) -> tuple[RowFacts, RowFacts]:
        """What is known of the claim and of the finding besides the answers."""
        return self.claimed.facts[self.row], self.verified.facts[self.row]

    def answer(self, item: Gate | Node) -> ReconciledAnswer:
        """Return what both sides answer to an item."""
        claim, finding = self._supports(item.code)
        return ReconciledAnswer(
            item=item,
            claim=answer_at(self.claimed, self.row, item),
            finding=answer_at(self.verified, self.row, item),
            claim_state=claim.state,
            claim_evidence=claim.evidence,
            finding_state=finding.state,
            finding_evidence=finding.evidence,
        )

    def state_differences(self) -> Iterator[StateDifference]:
        """Yield the indicators at one level on both sides of which the states differ."""
        for indicator in self.claimed.instrument.indicators:
            claim, finding = self._supports(indicator.code)
            if claim.state is finding.state:
                continue
            level = answer_at(self.claimed, self.row, indicator)
            if isinstance(level, int) and level == answer_at(self.verified, self.row, indicator):
                yield StateDifference(
                    indicator=indicator,
                    level=level,
                    claim_state=claim.state,
                    claim_evidence=claim.evidence,
                    finding_state=finding.state,
                    finding_evidence=finding.evidence,
                )

    def _supports(self, code: str) -> tuple[Support, Support]:
        claim, finding = (
            Support(states.get(code), evidence.get(code, "")) for states, evidence in self._said
        )
        return claim, finding

    @cached_property
    def _said(self) -> tuple[tuple[dict[str, AnswerState], dict[str, str]], ...]:
        """The states and the evidence of each side, by code."""
        return tuple((dict(facts.states), dict(facts.evidence)) for facts in self.facts)
