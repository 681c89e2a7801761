"""The first screen of a report on an agency: score, band, how firm they are, what to do next."""

from __future__ import annotations

from fractions import Fraction

import attrs

from meritindex.analysis.bounding.card_words import verdict
from meritindex.analysis.improving.costs import Costs
from meritindex.analysis.improving.words import headline, sentence
from meritindex.language import Text, listed
from meritindex.layout import Fact, Facts
from meritindex.reporting.reports.agency import AgencyReport
from meritindex.reporting.reports.ladder import begins_text, distance_text, next_rung
from meritindex.scoring import ScoreCard
from meritindex.scoring.formulas import approximate
from meritindex.scoring.saying import UNKNOWN, Sayer, stage_line
from meritindex.scoring.standing import weakest_reasons

# So many steps of a plan are named at once.
_FIRST_STEPS = 3

_RESTS = Text("yang melemahkannya: {what}", "made so by: {what}")


def summary(report: AgencyReport, say: Sayer) -> Facts:
    """Return what the head of a board wants to know."""
    card = report.card
    facts = [_total(card, say)]
    if card.instrument.root.bands is not None:
        facts.append(_band(card, say))
    facts += [_firmness(report, say), _next(report, say), _standing(card, say)]
    if report.among is not None:
        facts.append(_rank(report, say))
    return Facts(tuple(attrs.evolve(fact, note=sentence(fact.note)) for fact in facts))


def _total(card: ScoreCard, say: Sayer) -> Fact:
    name = say(card.instrument.root.name)
    stage = stage_line(card.assessments.facts[card.row], say)
    if card.total is None:
        missing = Text("belum ada: {codes}", "missing: {codes}").fill(codes=", ".join(card.needed))
        return Fact(name, say(UNKNOWN), f"{say(missing)}. {stage}", leads=True)
    most = approximate(card.plan.ranges[card.instrument.root.code][1], say.language)
    value = f"{approximate(card.total, say.language)} {say('dari', 'of')} {most}"
    derived = [
        f"{say(figure.name)}: {approximate(card.derived[figure.code], say.language)}"
        for figure in card.instrument.derived
    ]
    return Fact(name, value, "; ".join([stage, *derived]), leads=True)


def _band(card: ScoreCard, say: Sayer) -> Fact:
    label = say("Kategori", "Band")
    if card.band is None:
        return Fact(label, say(UNKNOWN), leads=True)
    value = say.band(card.instrument, card.band)
    above = next_rung(card)
    if above is None:
        return Fact(label, value, say("kategori tertinggi", "the highest band"), leads=True)
    note = Text("berikutnya {name}, {begins}: {distance}", "next {name}, {begins}: {distance}")
    filled = note.fill(
        name=say.band(card.instrument, above.name),
        begins=begins_text(above, say),
        distance=distance_text(above, say),
    )
    return Fact(label, value, say(filled), leads=True)


def _firmness(report: AgencyReport, say: Sayer) -> Fact:
    label = say("Seberapa pasti", "How certain")
    bounds = report.bounds
    if bounds is None:
        why = "; ".join(say(fault.message) for fault in report.no_bounds)
        return Fact(label, say(UNKNOWN), why)
    bands = bounds.instrument.root.bands
    certain = bounds.lower == bounds.upper if bands is None else bounds.certain_band is not None
    if bounds.lower is None:
        certain = False
    what = Text("nilai", "total") if bands is None else Text("kategori", "band")
    words = Text("{what} pasti", "{what} certain")
    if not certain:
        words = Text("{what} belum pasti", "{what} not certain")
    return Fact(label, say(words.fill(what=what)).capitalize(), verdict(bounds, say, named=True))


def _standing(card: ScoreCard, say: Sayer) -> Fact:
    label = say("Status angkanya", "Standing of the numbers")
    found = dict.fromkeys(reason.what for reason in weakest_reasons(card.reasons))
    note = say(_RESTS.fill(what=listed(list(found)))) if found else ""
    return Fact(label, say(card.standing.label).capitalize(), note)


def _rank(report: AgencyReport, say: Sayer) -> Fact:
    label = say("Peringkat", "Rank")
    all_rank, *within = report.ranks
    if all_rank.rank is None:
        return Fact(label, say("tanpa peringkat", "not ranked"))
    of = Text("{rank} dari {count} yang ada nilainya", "{rank} of {count} with a total")
    inside = Text(
        "{rank} di antara {count} yang ada nilainya di {group}",
        "{rank} of the {count} that have a total in {group}",
    )
    notes = [
        say(inside.fill(rank=each.rank, count=each.count, group=each.group))
        for each in within
        if each.rank is not None
    ]
    return Fact(label, say(of.fill(rank=all_rank.rank, count=all_rank.count)), "; ".join(notes))


def _next(report: AgencyReport, say: Sayer) -> Fact:
    label = say("Langkah berikutnya", "What to do next")
    plan = report.plan
    if plan is None:
        why = "; ".join(say(fault.message) for fault in report.no_plan)
        return Fact(label, say("Belum ada rencana", "There is no plan"), why)
    first = [say(step.name) for step in plan.steps[:_FIRST_STEPS]]
    more = len(plan.steps) - len(first)
    note = ""
    if first:
        start = Text("dimulai dengan: {names}", "beginning with: {names}")
        rest = Text(", dan {count} lagi", ", and {count} more").fill(count=more)
        note = say(start.fill(names=", ".join(first))) + (say(rest) if more else "")
    # One for every level tells nothing that the number of levels does not.
    priced = plan.costs != Costs(default=Fraction(1))
    return Fact(label, headline(plan, say, priced=priced), note)
