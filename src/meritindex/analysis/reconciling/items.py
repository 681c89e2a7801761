"""What differs between a claim and a finding, as records: answers, units, steps of a waterfall."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from operator import attrgetter

import attrs

from meritindex.analysis.reconciling.answers import Absence, Answer
from meritindex.assessment import AnswerState
from meritindex.definition import Dimension, Gate, Indicator, Level, Node
from meritindex.language import Text


@attrs.frozen(kw_only=True)
class ReconciledAnswer:
    """One answer that differs.

    Attributes:
        item: the gate, indicator or measure that was answered, or the dimension for which points
            were entered.
        claim: the level of an indicator, the option of a gate, the value of a measure, the points
            entered for a dimension; or why there is none.
        finding: the same, as verified.
        claim_state: how well the claim is supported; None where that is not stated.
        claim_evidence: what was shown for the claim; empty where nothing is stated.
        finding_state: the same of the finding.
        finding_evidence: the same of the finding.
    """

    item: Gate | Node = attrs.field(repr=attrgetter("code"))
    claim: Answer
    finding: Answer
    claim_state: AnswerState | None = None
    claim_evidence: str = ""
    finding_state: AnswerState | None = None
    finding_evidence: str = ""

    @property
    def code(self) -> str:
        """The code of what was answered."""
        return self.item.code

    @property
    def name(self) -> Text:
        """The name of what was answered; of a gate, its question."""
        return self.item.question if isinstance(self.item, Gate) else self.item.name

    @property
    def difference(self) -> int | None:
        """The finding less the claim, in levels: below zero for an over-claim.

        None where the two are not both levels.
        """
        if isinstance(self.claim, int) and isinstance(self.finding, int):
            return self.finding - self.claim
        return None

    @property
    def claim_level(self) -> Level | None:
        """The level that was claimed, with its criterion; None where it is none."""
        return self._level(self.claim)

    @property
    def finding_level(self) -> Level | None:
        """The level that was found, with its criterion; None where it is none."""
        return self._level(self.finding)

    @property
    def unmet(self) -> tuple[Level, ...]:
        """The levels that were claimed and not found, the lowest first.

        Their criteria say what was missing; the first of them is the next to be reached.
        """
        item, claim, finding = self.item, self.claim, self.finding
        if not (isinstance(item, Indicator) and isinstance(claim, int)):
            return ()
        if finding is Absence.NOT_ANSWERED:
            finding = item.levels[0].value
        if not isinstance(finding, int):
            return ()
        return tuple(level for level in item.levels if finding < level.value <= claim)

    @property
    def exceeded(self) -> tuple[Level, ...]:
        """The levels above the claim that were found, the lowest first."""
        item, claim, finding = self.item, self.claim, self.finding
        if not (
            isinstance(item, Indicator) and isinstance(claim, int) and isinstance(finding, int)
        ):
            return ()
        return tuple(level for level in item.levels if claim < level.value <= finding)

    def _level(self, answer: Answer) -> Level | None:
        if isinstance(self.item, Indicator) and isinstance(answer, int):
            return self.item.level(answer)
        return None


@attrs.frozen(kw_only=True)
class ReconciledItem:
    """A unit of difference: what is taken over, or granted, together.

    Most are one answer. A gate comes with the indicators that its answer lets apply or not, and
    points that one side enters for a dimension with the other side's answers below it. What such a
    unit is called, and its claim and finding, are those of the dimension, or else of the gate.

    Attributes:
        answers: every answer in it that differs, what it is called after first.
        points: its part of the waterfall, verified less claimed; None where there is no waterfall,
            or where its part can't be told from those of the units beside it.
        total_if_accepted_alone: the claimed total, with this finding taken over and no other; None
            where that is not known.
        total_if_granted: the verified total, with this claim granted and no other; likewise.
        band_if_accepted_alone: the official name of the former's band.
        band_if_granted: that of the latter's.
        claimed_band: the band of the claimed total.
        verified_band: the band of the verified total.
    """

    answers: tuple[ReconciledAnswer, ...]
    points: Fraction | None
    total_if_accepted_alone: Fraction | None
    total_if_granted: Fraction | None
    band_if_accepted_alone: str | None
    band_if_granted: str | None
    claimed_band: str | None
    verified_band: str | None

    @property
    def alone_changes_band(self) -> bool:
        """Whether this finding alone leads the claimed total into another band."""
        return _differ(self.claimed_band, self.band_if_accepted_alone)

    @property
    def granting_changes_band(self) -> bool:
        """Whether granting this claim alone leads the verified total into another band."""
        return _differ(self.verified_band, self.band_if_granted)

    @property
    def code(self) -> str:
        """The code of what the unit is called after."""
        return self.answers[0].code

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all answers in it."""
        return tuple(answer.code for answer in self.answers)

    @property
    def name(self) -> Text:
        """The name of what the unit is called after."""
        return self.answers[0].name

    @property
    def claim(self) -> Answer:
        """What was claimed."""
        return self.answers[0].claim

    @property
    def finding(self) -> Answer:
        """What was found."""
        return self.answers[0].finding

    @property
    def difference(self) -> int | None:
        """The finding less the claim, in levels; None where they are not two levels."""
        return self.answers[0].difference

    @property
    def claim_level(self) -> Level | None:
        """The level that was claimed, with its criterion."""
        return self.answers[0].claim_level

    @property
    def finding_level(self) -> Level | None:
        """The level that was found, with its criterion."""
        return self.answers[0].finding_level

    @property
    def claim_state(self) -> AnswerState | None:
        """How well the claim is supported."""
        return self.answers[0].claim_state

    @property
    def claim_evidence(self) -> str:
        """What was shown for the claim."""
        return self.answers[0].claim_evidence

    @property
    def finding_state(self) -> AnswerState | None:
        """How well the finding is supported."""
        return self.answers[0].finding_state

    @property
    def finding_evidence(self) -> str:
        """What was shown for the finding."""
        return self.answers[0].finding_evidence


def _differ(one: str | None, other: str | None) -> bool:
    """Say whether two bands are known, and not the same."""
    return None not in {one, other} and one != other


@attrs.frozen(kw_only=True)
class WaterfallStep:
    """One step from the claimed total to the verified one.

    Attributes:
        items: the units taken over in it, in order. They are several only where the total after
            some of them is not known.
        points: what the step changes; those of all steps add up to the verified total less the
            claimed one.
        total: the total after it.
        band: the official name of that total's band; None where it is not known, or there are none.
    """

    items: tuple[ReconciledItem, ...]
    points: Fraction
    total: Fraction
    band: str | None


@attrs.frozen(kw_only=True)
class StateDifference:
    """An indicator at which both sides stand at one level, which is not supported alike.

    Attributes:
        indicator: which it is.
        level: the level of both.
        claim_state: how well the claim is supported; None where that is not stated.
        claim_evidence: what was shown for the claim; empty where nothing is stated.
        finding_state: the same of the finding.
        finding_evidence: the same of the finding.
    """

    indicator: Indicator = attrs.field(repr=attrgetter("code"))
    level: int
    claim_state: AnswerState | None
    claim_evidence: str
    finding_state: AnswerState | None
    finding_evidence: str

    @property
    def code(self) -> str:
        """The code of the indicator."""
        return self.indicator.code

    @property
    def name(self) -> Text:
        """The name of the indicator."""
        return self.indicator.name


def leading(answers: Sequence[ReconciledAnswer]) -> tuple[ReconciledAnswer, ...]:
    """Return the answers of a unit with the one first that it is called after."""
    entered = [answer for answer in answers if _has_below(answer.item)]
    first = entered[0] if entered else answers[0]
    return (first, *(answer for answer in answers if answer is not first))


def _has_below(item: Gate | Node) -> bool:
    return isinstance(item, Dimension) and bool(item.children)
