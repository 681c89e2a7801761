"""The report on one agency as a document: the summary first, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from meritindex.analysis.progressing.agency_page import agency_document
from meritindex.analysis.reconciling.card_page import card_document
from meritindex.definition import Instrument, Source
from meritindex.language import Language, Text
from meritindex.layout import Column, Contents, Document, Heading, Link, Paragraph, Part, Table
from meritindex.reporting.reports.about import about_parts
from meritindex.reporting.reports.agency import AgencyReport
from meritindex.reporting.reports.anchors import SOURCES, Section, contents, sources_list
from meritindex.reporting.reports.dimensions import dimensions_table
from meritindex.reporting.reports.explaining import Explainer
from meritindex.reporting.reports.ladder import ladder_parts
from meritindex.reporting.reports.opened import open_parts
from meritindex.reporting.reports.planned import plan_parts
from meritindex.reporting.reports.stages import stage_notes
from meritindex.reporting.reports.summary import summary
from meritindex.scoring import Explanation, ScoreTable
from meritindex.scoring.saying import SYNTHETIC, Sayer, card_title

_LADDER = Section(
    Text("Tangga kategori", "The ladder of bands"), Text("Tangga", "Ladder"), "ladder"
)
_DIMENSIONS = Section(
    Text("Nilai setiap dimensi", "Points of each dimension"),
    Text("Dimensi", "Dimensions"),
    "dimensions",
)
_RANKS = Section(Text("Peringkat", "Ranks"), Text("Peringkat", "Ranks"), "ranks")
_PLAN = Section(
    Text("Yang dikerjakan berikutnya", "What to do next"), Text("Rencana", "Plan"), "plan"
)
_OPEN = Section(
    Text("Yang pasti dan yang masih terbuka", "What is certain, and what is open"),
    Text("Yang terbuka", "Open questions"),
    "open",
)
_EXPLANATION = Section(
    Text("Dari mana angkanya", "Where the numbers come from"),
    Text("Penjelasan", "Explanation"),
    "explanation",
)
_PROGRESS = Section(
    Text("Kemajuan dan komitmen", "Progress and commitments"),
    Text("Kemajuan", "Progress"),
    "progress",
)
_RECONCILED = Section(
    Text("Klaim dan temuan", "Claims and findings"), Text("Klaim", "Claims"), "claims"
)
_SOURCES = Section(Text("Dasar", "Sources"), Text("Dasar", "Sources"), SOURCES)


def report_document(report: AgencyReport, language: Language) -> Document:
    """Return a report as a document of parts."""
    say = Sayer(language)
    card = report.card
    facts = card.assessments.facts[card.row]
    sections = list(_sections(report, say))
    head: list[Part] = [Heading(card_title(facts), 1), Paragraph(say(card.instrument.title))]
    if report.home is not None:
        head.append(
            Paragraph(Link(say("Ke daftar instansi", "To the list of agencies"), page=report.home))
        )
    if card.synthetic:
        head.append(Paragraph(say(SYNTHETIC), tone="warning"))
    head += [
        Paragraph(f"{say('Catatan', 'Remark')}: {say(each)}", tone="warning")
        for each in card.remarks
    ]
    head.append(summary(report, say))
    head.append(contents([section for section, _ in sections], say))
    for section, parts in sections:
        head += [section.heading(say), *parts]
    return Document(tuple(head))


def _sections(report: AgencyReport, say: Sayer) -> Iterator[tuple[Section, list[Part]]]:
    card = report.card
    explanation = card.explain()
    listed = sources_of(card.instrument, explanation)
    bands = card.instrument.root.bands
    if bands is not None:
        yield _LADDER, ladder_parts(card, bands, say)
    yield _DIMENSIONS, [dimensions_table(card.instrument, explanation, say)]
    if report.among is not None:
        yield _RANKS, [_ranks_table(report, report.among, say)]
    yield _PLAN, list(plan_parts(report, say))
    yield _OPEN, list(open_parts(report, say))
    facts = card.assessments.facts[card.row]
    yield _EXPLANATION, list(Explainer(facts, listed, say).parts(explanation))
    if report.progress is not None:
        yield _PROGRESS, _inner(agency_document(report.progress, say.language))
    if report.reconciliation is not None:
        yield _RECONCILED, _inner(card_document(report.reconciliation, say.language))
    about = about_parts(card.plan, say)
    yield _SOURCES, [*([sources_list(listed, say)] if listed else []), *about]


def sources_of(instrument: Instrument, explanation: Explanation) -> tuple[Source, ...]:
    """Return the sources of an instrument, then those that a weighting has brought."""
    found = dict.fromkeys(instrument.sources)
    found |= dict.fromkeys(source for node in explanation.walk() for source in node.sources)
    return tuple(found)


def _inner(document: Document) -> list[Part]:
    """Return a document as the content of a section: without the heading that it opens with."""
    parts = document.parts[1:] if isinstance(document.parts[0], Heading) else document.parts
    return [part for part in parts if not isinstance(part, Contents)]


def _ranks_table(report: AgencyReport, among: ScoreTable, say: Sayer) -> Table:
    columns = (
        Column(say("di antara", "among"), min_width=16),
        Column(say("peringkat", "rank"), "right"),
        Column(say("instansi yang ada nilainya", "agencies with a total"), "right"),
    )
    rows = tuple(
        (say(each.group), "–" if each.rank is None else str(each.rank), str(each.count))
        for each in report.ranks
    )
    note = Text("Yang nilainya persis sama berbagi peringkat.", "Equal totals share a rank.")
    caption = Text("Peringkat menurut kelompok", "Ranks by group")
    return Table(columns, rows, say(caption), notes=(say(note), *stage_notes(among, say)))
