"""The report on many agencies as a document: the whole first, then group by group."""

from __future__ import annotations

from collections.abc import Iterator

from meritindex.analysis.boards.words import (
    CELL_NAMES,
    group_standing_parts,
    group_title,
    names_text,
    spread_lines,
    spread_places,
)
from meritindex.language import Language, Text, listed
from meritindex.layout import Document, Fact, Facts, Heading, Listing, Paragraph, Part
from meritindex.reporting.reports.about import about_parts
from meritindex.reporting.reports.agencies import (
    agencies_table,
    leading_table,
    legend,
    shown_dimensions,
    unknown_parts,
)
from meritindex.reporting.reports.anchors import SOURCES, Section, contents, sources_list
from meritindex.reporting.reports.board import BoardReport
from meritindex.reporting.reports.certain import certain_facts
from meritindex.reporting.reports.opened import instrument_remark_parts
from meritindex.reporting.reports.spread import group_tables, spread_parts
from meritindex.reporting.reports.stages import stage_notes
from meritindex.scoring.saying import (
    SYNTHETIC,
    UNKNOWN,
    Sayer,
    left_out_parts,
    remark_parts,
)
from meritindex.scoring.standing import weakest_reasons

_SPREAD = Section(
    Text("Sebaran nilai", "How totals are spread"), Text("Sebaran", "Spread"), "spread"
)
_GROUPS = Section(
    Text("Kelompok berdampingan", "Groups side by side"), Text("Kelompok", "Groups"), "groups"
)
_LEADING = Section(
    Text("Nilai tertinggi", "The highest totals"), Text("Tertinggi", "Highest"), "highest"
)
_AGENCIES = Section(
    Text("Instansi demi instansi", "Agency by agency"), Text("Instansi", "Agencies"), "agencies"
)
_UNKNOWN = Section(
    Text("Yang belum ada nilainya", "Who has no total"), Text("Tanpa nilai", "No total"), "unknown"
)
_OPEN = Section(
    Text("Seberapa kuat angkanya", "How firm the numbers are"),
    Text("Status", "Standing"),
    "standing",
)
_SOURCES = Section(Text("Dasar", "Sources"), Text("Dasar", "Sources"), SOURCES)


def board_document(report: BoardReport, language: Language) -> Document:
    """Return a report on many agencies as a document of parts."""
    say = Sayer(language)
    scope = report.scope
    sections = list(_sections(report, say))
    head: list[Part] = [
        Heading(group_title(scope, say), 1),
        Paragraph(say(report.board.instrument.title)),
    ]
    if scope.synthetic:
        head.append(Paragraph(say(SYNTHETIC), tone="warning"))
    head.append(_summary(report, say))
    head.append(contents([section for section, _ in sections], say))
    for section, parts in sections:
        head += [section.heading(say), *parts]
    return Document(tuple(head))


def _summary(report: BoardReport, say: Sayer) -> Facts:
    scope = report.scope
    places = spread_places([scope])
    known = Text("{known} ada nilainya", "{known} with a total").fill(known=scope.known)
    facts = [Fact(say("Instansi", "Agencies"), str(scope.count), say(known), leads=True)]
    name = say(report.board.instrument.root.name)
    if scope.mean is None or scope.quartiles is None:
        facts.append(Fact(name, say(UNKNOWN), leads=True))
    else:
        lower, middle, upper = (say.points(value, places, fixed=True) for value in scope.quartiles)
        label = f"{name}, {say('rata-rata', 'mean')}"
        spread = Text(
            "Median {middle}; separuh di antara {lower} dan {upper}",
            "Median {middle}; half lie between {lower} and {upper}",
        ).fill(middle=middle, lower=lower, upper=upper)
        facts.append(
            Fact(label, say.points(scope.mean, places, fixed=True), say(spread), leads=True)
        )
        facts.append(
            Fact(
                say("Nilai tertinggi", "Highest total"),
                say(names_text(scope.leaders, CELL_NAMES)),
                say.points(scope.highest or scope.mean, places, fixed=True),
            )
        )
    if scope.bands:
        counts = [f"{name} {count}" for name, count in scope.bands.items()]
        most = max(scope.bands, key=lambda name: scope.bands[name])
        facts.append(
            Fact(
                say("Kategori terbanyak", "Most frequent band"),
                say.band(report.board.instrument, most) if scope.known else say(UNKNOWN),
                "; ".join(counts),
            )
        )
    facts += certain_facts(scope.table, say)
    found = dict.fromkeys(reason.what for reason in weakest_reasons(scope.reasons))
    rests = Text("Yang melemahkannya: {what}", "Made so by: {what}").fill(what=listed(list(found)))
    facts.append(
        Fact(
            say("Status angkanya", "Standing of the numbers"),
            say(scope.standing.label).capitalize(),
            say(rests) if found else "",
        )
    )
    return Facts(tuple(facts))


def _sections(report: BoardReport, say: Sayer) -> Iterator[tuple[Section, list[Part]]]:
    board, scope, groups = report.board, report.scope, report.groups
    anchors = {group.name: f"group-{place}" for place, group in enumerate(groups, 1)}
    yield _SPREAD, list(spread_parts(scope, say))
    if len(groups) > 1:
        yield _GROUPS, list(group_tables(report, anchors, say))
        if scope.known:
            yield _LEADING, [leading_table(report, say)]
    agencies: list[Part] = legend(shown_dimensions(board.table), say)
    agencies += [Paragraph(note) for note in stage_notes(scope.table, say)]
    for group in groups:
        if len(groups) > 1:
            agencies.append(Heading(say(group.label), 3, anchor=anchors[group.name]))
        agencies.append(Listing(tuple(spread_lines(group, say))))
        agencies.append(agencies_table(report, group, say))
    yield _AGENCIES, agencies
    yield _UNKNOWN, list(unknown_parts(report, say))
    firm = group_standing_parts(scope, say)
    firm += remark_parts(board.instrument, scope.table.assessments.facts, say)
    firm += instrument_remark_parts(board.instrument, say)
    yield _OPEN, [*firm, *left_out_parts(board.table.left_out, say)]
    sources = board.instrument.sources
    about = about_parts(board.table.plan, say)
    yield _SOURCES, [*([sources_list(sources, say)] if sources else []), *about]
