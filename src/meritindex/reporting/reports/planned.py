"""What to do next: the plan of a report, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator

from meritindex.analysis.improving import Improvement
from meritindex.analysis.improving.step_parts import single_parts, step_parts
from meritindex.analysis.improving.words import condition_lines, headline, plan_lines, sentence
from meritindex.language import Text
from meritindex.layout import Heading, Listing, Paragraph, Part
from meritindex.reporting.reports.agency import AgencyReport
from meritindex.scoring.saying import Sayer

_NONE = Text("Tidak ada rencana: {why}", "There is no plan: {why}")


def plan_parts(report: AgencyReport, say: Sayer) -> Iterator[Part]:
    """Yield the plan, step by step, with criteria and evidence; or why there is none."""
    if report.plan is None:
        why = "; ".join(say(fault.message) for fault in report.no_plan)
        yield Paragraph(say(_NONE.fill(why=why)))
    else:
        yield from _steps(report.plan, say)


def _steps(plan: Improvement, say: Sayer) -> Iterator[Part]:
    yield Paragraph(headline(plan, say))
    yield Listing(tuple(plan_lines(plan, say)))
    if plan.hindrances:
        reasons = tuple(sentence(say(each.message)) for each in plan.hindrances)
        yield Heading(say("Yang menghalangi", "What hinders"), 3)
        yield Listing(reasons)
    yield from step_parts(plan, say)
    yield from single_parts(plan, say)
    conditions = tuple(condition_lines(plan, say))
    if conditions:
        yield Heading(say("Yang membatasi rencana", "What limits the plan"), 3)
        yield Listing(conditions)
