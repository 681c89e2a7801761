"""The courses of many agencies as a document of plain cells, in either language."""

from __future__ import annotations

from collections.abc import Iterator

from meritindex.analysis.progressing.commitment_parts import commitment_table
from meritindex.analysis.progressing.grounds import ground_parts, titles
from meritindex.analysis.progressing.occasions import Direction, period
from meritindex.analysis.progressing.result import Progress, ProgressTable
from meritindex.analysis.progressing.words import NOT_COMPARABLE, signed
from meritindex.definition import Agency
from meritindex.language import Language, Text
from meritindex.layout import Column, Document, Heading, Listing, Paragraph, Part, Table
from meritindex.scoring.saying import SYNTHETIC, Sayer, left_out_parts, places_needed

# More agencies than this are counted, and the first are named.
_MOST_NAMES = 12

_DASH = Text(
    "Tanda -: belum diketahui, atau tidak dapat dibandingkan.",
    "The sign -: not known, or not comparable.",
)


def table_document(table: ProgressTable, language: Language) -> Document:
    """Return the courses: who rose and fell, one row an agency, and how commitments stand."""
    say = Sayer(language)
    parts: list[Part] = titles(table.tables, say)
    if table.synthetic:
        parts.append(Paragraph(say(SYNTHETIC), tone="warning"))
    parts.append(Listing(tuple(_summary(table, say))))
    parts.append(_course_table(table, say))
    parts += _split_parts(table, say)
    parts += _reason_parts(table, say)
    parts += commitment_table(table.commitments, say)
    parts += ground_parts(table.tables, say)
    parts += left_out_parts(table.left_out, say)
    return Document(tuple(parts))


def _summary(table: ProgressTable, say: Sayer) -> Iterator[str]:
    label = say("Dari penilaian pertama sampai terakhir", "From first to last assessment")
    counts = [f"{say(each.label)} {table.counts[each]}" for each in Direction]
    courses = sum(1 for row in table.rows if row.changes)
    if table.counts[None] and courses:
        unknown = table.counts[None] - (len(table) - courses)
        counts += [f"{say(NOT_COMPARABLE)} {unknown}"] if unknown else []
    if courses:
        yield f"{label}: {', '.join(counts)}"
    if courses < len(table):
        label = say("Baru satu penilaian", "One assessment alone")
        yield f"{label}: {len(table) - courses}"
    if table.most_improved:
        label = say("Kenaikan terbesar", "Rose most")
        yield f"{label}: {_named(table.most_improved, say)}"
    if table.fell:
        yield f"{say('Turun', 'Fell')}: {_named(table.fell, say)}"


def _named(rows: tuple[Progress, ...], say: Sayer) -> str:
    names = [f"{row.agency.name} ({signed(row.difference, say)})" for row in rows[:_MOST_NAMES]]
    more = len(rows) - len(names)
    return ", ".join(names) + (f", … ({more} {say('lagi', 'more')})" if more else "")


def _course_table(table: ProgressTable, say: Sayer) -> Table:
    """Return one row an agency, who rose most first where all are on one scale."""
    bands = any(row.latest.instrument.root.bands is not None for row in table.rows)
    columns = [
        Column(say("instansi", "agency"), min_width=20),
        Column(say("periode", "period"), min_width=9),
        Column(say("awal", "first"), "right"),
        Column(say("akhir", "last"), "right"),
        Column(say("perubahan", "change"), "right"),
    ]
    columns += [Column(say("kategori", "band"))] if bands else []
    ends = [each for row in table.rows for each in (row.occasions[0].total, row.latest.total)]
    places = places_needed(ends)
    rows = []
    for row in _ordered(table):
        first, last = row.occasions[0], row.latest
        totals = [
            "-" if each.total is None else say.points(each.total, places, fixed=True)
            for each in (first, last)
        ]
        cells = [
            row.agency.name,
            period(first, last),
            *totals,
            signed(row.difference, say, places, fixed=True),
        ]
        cells += [_bands(row)] if bands else []
        rows.append(tuple(cells))
    dashed = any("-" in cells for cells in rows)
    return Table(tuple(columns), tuple(rows), notes=(say(_DASH),) if dashed else ())


def _bands(row: Progress) -> str:
    """Return the first and the last band; no arrow leads over rules that don't compare."""
    names = [each.band or "-" for each in (row.occasions[0], row.latest)]
    if all(change.same_rules or change.comparable for change in row.changes):
        return " → ".join(dict.fromkeys(names))
    return "; ".join(names)


def _ordered(table: ProgressTable) -> list[Progress]:
    if not table.one_scale:
        return list(table.rows)
    return sorted(table.rows, key=lambda row: (row.difference is None, -(row.difference or 0)))


def _split_parts(table: ProgressTable, say: Sayer) -> list[Part]:
    """Return how much comes from answers and how much from rules, where rules changed."""
    split = [
        row
        for row in table.rows
        if row.difference is not None and not all(change.same_rules for change in row.changes)
    ]
    if not split:
        return []
    columns = (
        Column(say("instansi", "agency"), min_width=24),
        Column(say("perubahan", "change"), "right"),
        Column(say("dari kinerja", "from performance"), "right"),
        Column(say("dari instrumen", "from the instrument"), "right"),
    )
    rows = tuple(
        (
            row.agency.name,
            signed(row.difference, say),
            signed(row.performance, say),
            signed(row.instrument_effect, say),
        )
        for row in split
    )
    title = say("Kinerja dan perubahan instrumen", "Performance and the new instrument")
    return [Heading(title, 3), Table(columns, rows)]


def _reason_parts(table: ProgressTable, say: Sayer) -> list[Part]:
    """Return why totals can't be compared and what is to be minded, each with how often."""
    changes = [change for row in table.rows for change in row.changes]
    parts: list[Part] = []
    for heading, found in (
        (
            Text("Mengapa tidak dapat dibandingkan", "Why totals can't be compared"),
            [(text, change) for change in changes for text in change.reasons],
        ),
        (
            Text("Catatan tentang periode", "Remarks on periods"),
            [(text, change) for change in changes for text in change.remarks],
        ),
    ):
        who: dict[Text, list[Agency]] = {}
        for text, change in found:
            who.setdefault(text, []).append(change.after.agency)
        if who:
            lines = tuple(f"{say(text)} ({_how_many(each, say)})" for text, each in who.items())
            parts += [Heading(say(heading), 3), Listing(lines)]
    return parts


def _how_many(agencies: list[Agency], say: Sayer) -> str:
    """Return of how many agencies something is true, and of how many periods if it is of more."""
    count, periods = len(set(agencies)), len(agencies)
    shown = f"{count} {say('instansi', 'agency' if count == 1 else 'agencies')}"
    return shown if periods == count else f"{shown}, {periods} {say('periode', 'periods')}"
