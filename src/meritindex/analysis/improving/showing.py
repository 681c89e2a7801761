"""Improvements as documents of plain cells, in either language: a list of what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from meritindex.analysis.improving.case import AS_GIVEN
from meritindex.analysis.improving.improvement import Improvement
from meritindex.analysis.improving.remarks import FROM_CLAIMS
from meritindex.analysis.improving.step_parts import alternative_parts, single_parts, step_parts
from meritindex.analysis.improving.steps import ImprovementStatus
from meritindex.analysis.improving.table import ImprovementTable
from meritindex.analysis.improving.words import (
    NO_PROMISE,
    condition_lines,
    headline,
    plan_lines,
    raises_text,
    sentence,
)
from meritindex.analysis.premises import codes_text, premise_parts
from meritindex.definition import Stage, Standing
from meritindex.language import Language, Text
from meritindex.layout import Column, Document, Heading, Listing, Paragraph, Part, Table
from meritindex.scoring import Reason
from meritindex.scoring.formulas import shown
from meritindex.scoring.saying import (
    SYNTHETIC,
    Sayer,
    card_title,
    ground_lines,
    left_out_parts,
    not_exact_lines,
    remark_parts,
    score_standing_parts,
    standing_parts,
    who,
)

PAGE_TITLE = Text("Rencana perbaikan sistem merit", "Improvement plan of a merit system")

_OPEN_IS_NOT_ASSUMED = Text(
    "Bobot yang terbuka tidak diasumsikan: sasaran tercapai pada semua bobot yang mungkin",
    "Open weights are not assumed: the target is reached under all weights that are possible",
)

# So many steps of a plan are named in a table of many agencies; the others are counted.
_FIRST_STEPS = 3
# Plans come first, then what is out of reach.
_ORDER = (
    ImprovementStatus.PLANNED,
    ImprovementStatus.UNREACHABLE,
    ImprovementStatus.UNKNOWN,
    ImprovementStatus.REACHED,
)
_MOST_COMMON = 10


def improvement_document(
    improvement: Improvement, language: Language, alternatives: int = 0
) -> Document:
    """Return a plan: what it comes to, what to do step by step, and on what it rests.

    Args:
        improvement: the plan.
        language: that of the document.
        alternatives: how many of the next cheapest plans are shown too.
    """
    say = Sayer(language)
    heading = Text("Rencana perbaikan: {who}", "Improvement plan: {who}")
    parts: list[Part] = [
        Heading(say(heading.fill(who=card_title(improvement.facts))), 2),
        Paragraph(say(improvement.instrument.title)),
    ]
    if improvement.synthetic:
        parts.append(Paragraph(say(SYNTHETIC), tone="warning"))
    parts += [Paragraph(headline(improvement, say)), Listing(tuple(plan_lines(improvement, say)))]
    if improvement.hindrances:
        reasons = tuple(sentence(say(each.message)) for each in improvement.hindrances)
        parts += [Heading(say("Yang menghalangi", "What hinders"), 3), Listing(reasons)]
    parts += step_parts(improvement, say)
    if alternatives:
        parts += alternative_parts(improvement, improvement.alternatives(alternatives), say)
    if improvement.status in {ImprovementStatus.PLANNED, ImprovementStatus.UNREACHABLE}:
        parts += single_parts(improvement, say)
    conditions = tuple(condition_lines(improvement, say))
    if conditions:
        parts += [Heading(say("Yang membatasi rencana", "What limits the plan"), 3)]
        parts.append(Listing(conditions))
    parts += remark_parts(improvement.instrument, [improvement.facts], say)
    return Document((*parts, *_standing_parts(improvement, say)))


def improvements_document(table: ImprovementTable, language: Language) -> Document:
    """Return a table: who can reach the target, at what cost, and with which steps."""
    say = Sayer(language)
    parts: list[Part] = [
        Heading(say("Rencana perbaikan", "Improvement plans"), 2),
        Paragraph(say(table.instrument.title)),
    ]
    if table.synthetic:
        parts.append(Paragraph(say(SYNTHETIC), tone="warning"))
    parts += [Listing(tuple(map(say, _counts(table)))), _plans_table(table, say)]
    parts += _common_parts(table, say)
    conditions = tuple(condition_lines(table.improvements[0], say, several=True))
    if conditions:
        parts += [Heading(say("Yang membatasi rencana", "What limits the plans"), 3)]
        parts.append(Listing(conditions))
    parts += remark_parts(table.instrument, [each.facts for each in table], say)
    parts += _grounds(table.improvements[0], table.standing, table.reasons, say)
    return Document((*parts, *left_out_parts(table.left_out, say)))


def _counts(table: ImprovementTable) -> Iterator[Text]:
    """Yield of how many there is a plan, and of how many there is none, and why."""
    counts = Counter(table.statuses)
    for label in dict.fromkeys(each.target.label for each in table if each.target.kind != "band"):
        yield Text("Sasaran: {label}", "Target: {label}").fill(label=label)
    for status, words in (
        (ImprovementStatus.PLANNED, Text("dengan rencana", "with a plan")),
        (ImprovementStatus.REACHED, Text("sudah mencapai sasaran", "at the target already")),
        (ImprovementStatus.UNREACHABLE, Text("tidak dapat mencapainya", "can't reach it")),
        (ImprovementStatus.UNKNOWN, Text("nilainya belum diketahui", "total not known")),
    ):
        if counts[status]:
            line = Text("{count} dari {all}: {words}", "{count} of {all}: {words}")
            yield line.fill(count=counts[status], all=len(table), words=words)
    claims = sum(
        each.status is ImprovementStatus.PLANNED and each.facts.stage is Stage.SELF_ASSESSED
        for each in table
    )
    if claims:
        line = Text("{count} rencana {what}", "{count} of the plans: {what}")
        yield line.fill(count=claims, what=FROM_CLAIMS)


def _plans_table(table: ImprovementTable, say: Sayer) -> Table:
    """Return the plans of all rows: those that can reach their targets first, by cost."""
    order = sorted(
        range(len(table)),
        key=lambda row: (_ORDER.index(table.statuses[row]), table.improvements[row].cost, row),
    )
    assessed = Counter(table.agencies)
    unit = table.improvements[0].costs.unit
    bands = table.instrument.root.bands is not None
    columns = [
        Column(say("instansi", "agency"), min_width=20),
        Column(say("kategori", "band"), min_width=8),
        Column(say("menjadi", "then"), min_width=8),
        Column(say("biaya", "cost") + (f" ({unit})" if unit else ""), "right"),
        Column(say("naikkan", "raise"), min_width=24),
    ]
    rows = []
    for row in order:
        each = table.improvements[row]
        planned = each.status is ImprovementStatus.PLANNED
        cells = [
            who(each.facts, assessed, say),
            each.band_before or "-",
            (each.band_after or "-") if planned else "-",
            shown(each.cost, say.language) if planned else "-",
            _first_steps(each, say) if planned else _why_none(each, say),
        ]
        rows.append(tuple(cells if bands else (cells[0], *cells[3:])))
    if not bands:
        columns = [columns[0], *columns[3:]]
    return Table(tuple(columns), tuple(rows), notes=tuple(map(say, _notes(table))))


def _first_steps(improvement: Improvement, say: Sayer) -> str:
    steps = improvement.steps
    more = len(steps) - _FIRST_STEPS
    words = raises_text(steps[:_FIRST_STEPS], say)
    if more > 0:
        words += say(Text(", dan {count} lagi", ", and {count} more").fill(count=more))
    return words if improvement.proven else f"{words} *"


def _why_none(improvement: Improvement, say: Sayer) -> str:
    """Return in brackets why there is no plan."""
    why = say(improvement.status.label)
    if improvement.status is ImprovementStatus.UNKNOWN:
        why += f": {codes_text(improvement.present.needed)}"
    return f"({why})"


def _notes(table: ImprovementTable) -> Iterator[Text]:
    if all(each.proven for each in table):
        yield Text("Setiap rencana terbukti termurah.", "Every plan is proven to be the cheapest.")
    else:
        yield Text(
            "Tanda *: belum terbukti termurah, karena waktunya habis.",
            "The sign *: not proven to be the cheapest, for the time ran out.",
        )
    yield NO_PROMISE


def _common_parts(table: ImprovementTable, say: Sayer) -> list[Part]:
    """Return which indicators are raised in most of the plans."""
    common = table.common_steps
    if not common:
        return []
    columns = (
        Column(say("indikator", "indicator"), min_width=24),
        Column(say("rencana", "plans"), "right"),
    )
    names = {indicator.code: indicator.name for indicator in table.instrument.indicators}
    rows = tuple(
        (f"{say(names[code])} ({code})", str(count)) for code, count in common[:_MOST_COMMON]
    )
    notes: tuple[str, ...] = ()
    if len(common) > _MOST_COMMON:
        more = Text("{count} lainnya tidak ditampilkan.", "{count} more are not shown.")
        notes = (say(more.fill(count=len(common) - _MOST_COMMON)),)
    return [
        Heading(say("Yang paling sering dinaikkan", "What is raised most often"), 3),
        Table(columns, rows, notes=notes),
    ]


def _standing_parts(improvement: Improvement, say: Sayer) -> list[Part]:
    return _grounds(improvement, improvement.standing, improvement.reasons, say)


def _grounds(
    one: Improvement, standing: Standing, reasons: Iterable[Reason], say: Sayer
) -> list[Part]:
    """Return on what weights plans rest, and why a standing is no firmer.

    Args:
        one: any of the plans; all of them share the weights.
        standing: the weakest of them.
        reasons: what makes it no firmer.
        say: the choice of a language.
    """
    exact = one.present.exact
    if one.case.tree is None:
        return score_standing_parts(standing, reasons, one.case.plan, say, exact=exact)
    lines = (
        say(_OPEN_IS_NOT_ASSUMED),
        *not_exact_lines(say, exact=exact),
        *ground_lines(one.instrument, reasons, say),
    )
    premises = premise_parts(one.case.tree, AS_GIVEN, say)
    return [*premises, *standing_parts(standing, lines, say)]
