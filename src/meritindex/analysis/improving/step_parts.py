"""The steps of a plan as a list of what to do: how far, to what criterion, with what evidence."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

from meritindex.analysis.improving.improvement import Improvement
from meritindex.analysis.improving.steps import ImprovementStep
from meritindex.analysis.improving.words import NO_PROMISE, level_text, raises_text
from meritindex.definition import Admissible, Indicator, Level
from meritindex.language import Text, day_text
from meritindex.layout import Branch, Column, Heading, Paragraph, Part, Table
from meritindex.scoring.formulas import approximate, shown
from meritindex.scoring.saying import Sayer, places_needed

# So many single steps are shown; the others are counted.
_MOST_SINGLE = 10

_CUMULATIVE = Text(
    "Suatu tingkat umumnya juga meminta tingkat di bawahnya; karena itu semua tingkat yang dilalui "
    "disebutkan.",
    "A level mostly asks for the levels below it too, so that all levels on the way are named.",
)
_LEAST = Text(
    "Menambah: sebanyak itu nilai terendah naik, pada bobot yang paling merugikan. Langkah yang "
    "sendirian menambah 0 tetap diperlukan: tanpa langkah itu ada bobot yang menggagalkan rencana.",
    "Adds: by so much the least total rises, under the weights that are worst. A step that adds 0 "
    "by itself is needed all the same: without it the plan would fail under some weights.",
)


def step_parts(improvement: Improvement, say: Sayer) -> list[Part]:
    """Return what to do: first in a table, then step by step with criteria and evidence."""
    if not improvement.steps:
        return []
    details = [
        _step_branch(improvement, number, step, say)
        for number, step in enumerate(improvement.steps, 1)
    ]
    cumulative = any(_is_cumulative(improvement, step) for step in improvement.steps)
    return [
        Heading(say("Yang dikerjakan", "What to do"), 3),
        _steps_table(improvement, say),
        Heading(say("Langkah demi langkah", "Step by step"), 3),
        *([Paragraph(say(_CUMULATIVE))] if cumulative else []),
        *details,
        Paragraph(say(NO_PROMISE)),
    ]


def _is_cumulative(improvement: Improvement, step: ImprovementStep) -> bool:
    indicator = improvement.instrument[step.indicator]
    assert isinstance(indicator, Indicator)  # noqa: S101 - only indicators are raised
    return indicator.scale.cumulative


def _steps_table(improvement: Improvement, say: Sayer) -> Table:
    steps = improvement.steps
    before = improvement.before or Fraction(0)
    totals = list(accumulate((step.points for step in steps), initial=before))[1:]
    point_places, total_places = places_needed(step.points for step in steps), places_needed(totals)
    columns = (
        Column(say("no", "no"), "right"),
        Column(say("indikator", "indicator"), min_width=20),
        Column(say("tingkat", "level"), min_width=6),
        Column(_with_unit(say("biaya", "cost"), improvement), "right"),
        Column(say("menambah", "adds"), "right"),
        Column(say("menjadi", "then"), "right"),
    )
    rows = tuple(
        (
            str(number),
            f"{say(step.name)} ({step.indicator})",
            level_text(step, say),
            shown(step.cost, say.language),
            say.points(step.points, point_places, fixed=True),
            say.points(total, total_places, fixed=True),
        )
        for number, (step, total) in enumerate(zip(steps, totals, strict=True), 1)
    )
    notes = (say(_LEAST),) if isinstance(improvement.weighting, Admissible) else ()
    return Table(columns, rows, notes=notes, keys=2)


def _step_branch(
    improvement: Improvement, number: int, step: ImprovementStep, say: Sayer
) -> Branch:
    dimension = improvement.instrument.dimension(step.dimension)
    lines = [f"{dimension.code} {say(dimension.name)}"]
    if step.needs:
        first = Text("dikerjakan sesudah {codes}", "comes after {codes}")
        lines.append(say(first.fill(codes=", ".join(step.needs))))
    if step.ready is not None:
        ready = Text("dapat selesai pada {day}", "can be done by {day}")
        lines.append(say(ready.fill(day=day_text(step.ready, say.language))))
    children = [Branch(_criterion(each, say)) for each in step.criteria]
    if step.evidence:
        proofs = tuple(Branch(say(proof)) for proof in step.evidence)
        children.append(Branch(say("bukti yang diminta", "evidence asked for"), (), proofs))
    head = Text(
        "Langkah {number}: {name} ({code}), tingkat {levels}",
        "Step {number}: {name} ({code}), level {levels}",
    ).fill(number=number, name=step.name, code=step.indicator, levels=level_text(step, say))
    return Branch(say(head), tuple(lines), tuple(children))


def _criterion(level: Level, say: Sayer) -> str:
    words = say("tingkat", "level") + f" {level.value}"
    if level.criterion is None:
        return f"{words}: {say('tanpa kriteria dalam instrumen', 'no criterion in the instrument')}"
    return f"{words}: {say(level.criterion)}"


def alternative_parts(
    improvement: Improvement, others: Sequence[Improvement], say: Sayer
) -> list[Part]:
    """Return other plans that reach the target, the cheapest first."""
    heading = Heading(say("Rencana lain", "Other plans"), 3)
    if not others:
        nothing = Text(
            "Tidak ada rencana lain tanpa langkah yang berlebih.",
            "There is no other plan without a step that could be left out.",
        )
        return [heading, Paragraph(say(nothing))]
    columns = (
        Column(say("no", "no"), "right"),
        Column(_with_unit(say("biaya", "cost"), improvement), "right"),
        Column(say("naikkan", "raise"), min_width=24),
        Column(say("menjadi", "then"), "right"),
    )
    rows = tuple(
        (
            str(number),
            shown(other.cost, say.language),
            raises_text(other.steps, say),
            approximate(other.after, say.language, 4),
        )
        for number, other in enumerate(others, 1)
    )
    note = Text(
        "Yang termurah berikutnya; tidak satu pun langkahnya dapat dihilangkan.",
        "The next cheapest ones; none of their steps could be left out.",
    )
    return [heading, Table(columns, rows, notes=(say(note),))]


def single_parts(improvement: Improvement, say: Sayer) -> list[Part]:
    """Return what each single level would bring, the most for its cost first."""
    found = improvement.single_steps
    if not found:
        return []
    few = found[:_MOST_SINGLE]
    places = places_needed(step.points for step in few)
    bands = any(step.changes_band for step in few)
    columns = [
        Column(say("indikator", "indicator"), min_width=20),
        Column(say("tingkat", "level"), min_width=6),
        Column(_with_unit(say("biaya", "cost"), improvement), "right"),
        Column(say("menambah", "adds"), "right"),
        Column(say("kategori", "band"), min_width=8),
    ]
    rows = []
    for step in few:
        cells = [
            f"{say(step.name)} ({step.indicator})",
            level_text(step, say),
            shown(step.cost, say.language),
            say.points(step.points, places, fixed=True),
            (step.band or "-") if step.changes_band else "",
        ]
        rows.append(tuple(cells if bands else cells[:-1]))
    notes = [
        Text(
            "Satu tingkat saja dari jawaban sekarang; yang menambah paling banyak untuk biayanya "
            "di atas.",
            "One level alone above the present answers; what adds most for its cost comes first.",
        )
    ]
    if len(found) > len(few):
        more = Text("{count} langkah lain tidak ditampilkan.", "{count} more are not shown.")
        notes.append(more.fill(count=len(found) - len(few)))
    return [
        Heading(say("Satu langkah saja", "One step alone"), 3),
        Table(tuple(columns if bands else columns[:-1]), tuple(rows), notes=tuple(map(say, notes))),
    ]


def _with_unit(title: str, improvement: Improvement) -> str:
    unit = improvement.costs.unit
    return f"{title} ({unit})" if unit else title
