"""What a waterfall shows, whatever it comes from: the two totals and the steps between them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

import attrs

from meritindex.analysis import (
    Improvement,
    PeriodChange,
    ReconciledItem,
    Reconciliation,
)
from meritindex.analysis.premises import named_codes
from meritindex.analysis.reconciling.words import CLAIM, FINDING, answer_text
from meritindex.definition import Admissible, Bands, Gate
from meritindex.language import Text, listed
from meritindex.reporting.plot.words import ground_notes, rule_lines, standing_line
from meritindex.scoring.saying import Sayer, card_title

_CLAIM_TITLE = Text("dari klaim ke temuan", "from claim to finding")
_PLAN_TITLE = Text("rencana menuju {target}", "the plan to reach {target}")
_CHANGE_TITLE = Text("dari mana perubahannya", "where the change comes from")
_NOTHING = Text("klaim dan temuan tidak berbeda", "claim and finding don't differ")
_MISSING = Text("tidak diketahui; belum ada: {codes}", "unknown; missing: {codes}")
_NOW = Text("sekarang", "now")
_THEN = Text("sesudah semua langkah", "after all steps")
_LEAST = Text(
    "Nilainya yang terendah di antara semua pembobotan yang mungkin.",
    "Totals are the least of all possible weightings.",
)
_PERFORMANCE = Text("kinerja", "performance")
_INSTRUMENT = Text("perubahan instrumen", "the new instrument")


@attrs.frozen(kw_only=True)
class Fall:
    """The way from one total to another.

    Attributes:
        title: what it is, of whom.
        lines: under what rules, and how firm it is.
        notes: what a reader has to know.
        synthetic: whether results were made up.
        exact: whether totals are exact.
        axis: the name of the total.
        bands: the bands that the totals are read by; None where there are none in common.
        start: the first total, with what it is called; None where there is no way.
        steps: what each step is called, and what it changes.
        end: what the last total is called.
        reason: why there is no way.
    """

    title: str
    lines: Sequence[str]
    notes: Sequence[str]
    synthetic: bool
    exact: bool
    axis: str
    bands: Bands | None
    start: tuple[str, Fraction] | None = None
    steps: Sequence[tuple[str, Fraction]] = ()
    end: str = ""
    reason: str = ""

    @property
    def labels(self) -> list[str]:
        """What every row is called: the first total, the steps, the last total."""
        if self.start is None:
            return []
        return [self.start[0], *(label for label, _ in self.steps), self.end]

    @property
    def totals(self) -> list[Fraction]:
        """The first total, and the one after every step."""
        if self.start is None:
            return []
        return list(accumulate((points for _, points in self.steps), initial=self.start[1]))


def fall_of(result: Reconciliation | Improvement | PeriodChange, say: Sayer) -> Fall:
    """Return the way that a result tells."""
    if isinstance(result, Reconciliation):
        return _of_reconciliation(result, say)
    if isinstance(result, Improvement):
        return _of_improvement(result, say)
    return _of_change(result, say)


def _of_reconciliation(result: Reconciliation, say: Sayer) -> Fall:
    claimed = result.claimed_card
    fall = Fall(
        title=f"{card_title(claimed.assessments.facts[claimed.row])}: {say(_CLAIM_TITLE)}",
        lines=(
            *rule_lines([result.instrument], say),
            standing_line(result.standing, claimed.plan, say),
        ),
        notes=ground_notes([result.instrument], say, exact=result.exact),
        synthetic=result.synthetic,
        exact=result.exact,
        axis=say(result.instrument.root.name),
        bands=result.instrument.root.bands,
    )
    if claimed.total is None or result.difference is None:
        codes = tuple(dict.fromkeys(code for side in result.missing for code in side))
        missing = _MISSING.fill(codes=named_codes(result.instrument, codes))
        return attrs.evolve(fall, reason=say(missing))
    if result.is_empty:
        return attrs.evolve(fall, reason=say(_NOTHING))
    steps = [
        ("; ".join(_item(item, say) for item in step.items), step.points)
        for step in result.waterfall
    ]
    return attrs.evolve(
        fall,
        notes=[*_questions(result, say), *fall.notes],
        start=(say(CLAIM), claimed.total),
        steps=steps,
        end=say(FINDING),
    )


def _item(item: ReconciledItem, say: Sayer) -> str:
    """Return what differs: its code and name, what was claimed and what was found."""
    asked = item.answers[0].item
    sides = " → ".join(answer_text(asked, each, say) for each in (item.claim, item.finding))
    # A question is too long to stand in a row; it is among the notes.
    called = item.code if isinstance(asked, Gate) else f"{item.code} {say(item.name)}"
    return f"{called}: {sides}"


def _questions(result: Reconciliation, say: Sayer) -> list[str]:
    return [
        f"{item.code}: {say(item.name)}"
        for item in result.items
        if isinstance(item.answers[0].item, Gate)
    ]


def _of_improvement(result: Improvement, say: Sayer) -> Fall:
    weighting, plan = result.weighting, result.present.plan
    weights = weighting if isinstance(weighting, Admissible) else plan
    notes = ground_notes([result.instrument], say, exact=result.present.exact)
    fall = Fall(
        title=f"{card_title(result.facts)}: {say(_PLAN_TITLE.fill(target=result.target.label))}",
        lines=(
            *rule_lines([result.instrument], say),
            standing_line(result.standing, weights, say),
        ),
        notes=[*([say(_LEAST)] if weights is weighting else []), *notes],
        synthetic=result.synthetic,
        exact=result.present.exact,
        axis=say(result.instrument.root.name),
        bands=result.instrument.root.bands,
    )
    if result.before is None or not result.steps:
        reasons = [result.status.label, *(each.message for each in result.hindrances)]
        return attrs.evolve(fall, reason=say(listed(reasons, "; ")))
    steps = [
        (f"{step.indicator} {say(step.name)}: {step.from_level} → {step.to_level}", step.points)
        for step in result.steps
    ]
    return attrs.evolve(fall, start=(say(_NOW), result.before), steps=steps, end=say(_THEN))


def _of_change(result: PeriodChange, say: Sayer) -> Fall:
    before, after = result.before, result.after
    cards = (before.card, after.card)
    instruments = [card.instrument for card in cards]
    sets = [instrument.root.bands for instrument in instruments]
    exact = all(card.exact for card in cards)
    fall = Fall(
        title=f"{after.agency.name}, {say(result.label)}: {say(_CHANGE_TITLE)}",
        lines=(
            *rule_lines(instruments, say),
            standing_line(min(card.standing for card in cards), [card.plan for card in cards], say),
        ),
        notes=[*map(say, result.remarks), *ground_notes(instruments, say, exact=exact)],
        synthetic=any(card.synthetic for card in cards),
        exact=exact,
        axis=say(after.instrument.root.name),
        bands=sets[1] if sets[0] == sets[1] else None,
    )
    if before.total is None or result.performance is None or result.instrument_effect is None:
        return attrs.evolve(fall, reason=say(listed(result.reasons, "; ")))
    steps = [(say(_PERFORMANCE), result.performance)]
    if not result.same_rules:
        steps.append((say(_INSTRUMENT), result.instrument_effect))
    start = (say(before.when_words), before.total)
    return attrs.evolve(fall, start=start, steps=steps, end=say(after.when_words))
