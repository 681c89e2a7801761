"""What lies behind the numbers of one reconciliation: what was missing, and what goes together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from meritindex.analysis.reconciling.card import Reconciliation
from meritindex.analysis.reconciling.items import ReconciledAnswer
from meritindex.analysis.reconciling.words import CLAIM, FINDING, answer_text
from meritindex.assessment import AnswerState
from meritindex.definition import Indicator, Level
from meritindex.language import Text, listed
from meritindex.layout import Branch, Cell, Column, Heading, Part, Table
from meritindex.scoring.saying import Sayer

_MET = Text("terpenuhi", "met")


def unmet_parts(card: Reconciliation, say: Sayer) -> list[Part]:
    """Return what the findings say was missing, as a list that an agency can work through."""
    answers = [answer for answer in card.answers if answer.unmet]
    if not answers:
        return []
    heading = say("Yang diklaim tetapi tidak ditemukan", "What was claimed and not found")
    return [Heading(heading, 3), *(_unmet_branch(answer, say) for answer in answers)]


def exceeded_parts(card: Reconciliation, say: Sayer) -> list[Part]:
    """Return what was found though it was not claimed, with the criteria that are met."""
    answers = [answer for answer in card.answers if answer.exceeded]
    if not answers:
        return []
    heading = say("Yang ditemukan di atas klaim", "What was found above the claim")
    branches = [
        _branch(answer, [_level_line(_MET, level, say) for level in answer.exceeded], say)
        for answer in answers
    ]
    return [Heading(heading, 3), *branches]


def _unmet_branch(answer: ReconciledAnswer, say: Sayer) -> Branch:
    lines: list[Cell] = []
    if answer.finding_level is not None:
        lines.append(_level_line(Text("ditemukan", "found"), answer.finding_level, say))
    lines += [_level_line(Text("belum terpenuhi", "not met"), level, say) for level in answer.unmet]
    if isinstance(answer.item, Indicator) and answer.item.evidence:
        asked = say(listed(answer.item.evidence, "; "))
        lines.append(f"{say('bukti yang diminta', 'evidence asked for')}: {asked}")
    return _branch(answer, lines, say)


def _branch(answer: ReconciledAnswer, lines: Sequence[Cell], say: Sayer) -> Branch:
    """Return an answer with both sides, these lines, and how either side is supported."""
    claim, finding = (
        answer_text(answer.item, each, say) for each in (answer.claim, answer.finding)
    )
    sides = f"{say(CLAIM)} {claim}, {say(FINDING)} {finding}"
    told = (*lines, *_support_lines(answer, say))
    return Branch(f"{answer.code} {say(answer.name)}: {sides}", told)


def _level_line(what: Text, level: Level, say: Sayer) -> str:
    criterion = "" if level.criterion is None else f": {say(level.criterion)}"
    return f"{say(what)}, {say('tingkat', 'level')} {level.value}{criterion}"


def _support_lines(answer: ReconciledAnswer, say: Sayer) -> Iterator[str]:
    """Yield how claim and finding are supported, where either side says so."""
    for side, state, evidence in (
        (CLAIM, answer.claim_state, answer.claim_evidence),
        (FINDING, answer.finding_state, answer.finding_evidence),
    ):
        if state is not None or evidence:
            known = "" if state is None else f" ({say(state.label)})"
            shown = f": {evidence}" if evidence else ""
            yield f"{say(side)}{known}{shown}"


def together_parts(card: Reconciliation, say: Sayer) -> list[Part]:
    """Return what changes together."""
    units = [item for item in card.items if len(item.answers) > 1]
    if not units:
        return []
    branches = [
        Branch(
            f"{item.code} {say(item.name)}",
            tuple(
                f"{answer.code} {say(answer.name)}: "
                + " → ".join(
                    answer_text(answer.item, each, say) for each in (answer.claim, answer.finding)
                )
                for answer in item.answers[1:]
            ),
        )
        for item in units
    ]
    return [Heading(say("Yang berubah bersama", "What changes together"), 3), *branches]


def state_parts(card: Reconciliation, say: Sayer) -> list[Part]:
    """Return where both sides stand at one level that is not supported alike."""
    if not card.same_level_other_state:
        return []
    columns = (
        Column(say("jawaban", "answer"), min_width=24),
        Column(say("tingkat", "level"), "right"),
        Column(say(CLAIM)),
        Column(say(FINDING)),
    )
    rows = tuple(
        (
            f"{each.code} {say(each.name)}",
            str(each.level),
            _state(each.claim_state, say),
            _state(each.finding_state, say),
        )
        for each in card.same_level_other_state
    )
    heading = say("Tingkatnya sama, statusnya lain", "The same level, in another state")
    return [Heading(heading, 3), Table(columns, rows)]


def _state(state: AnswerState | None, say: Sayer) -> str:
    return "-" if state is None else say(state.label)
