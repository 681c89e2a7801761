"""The course of one agency as a document of plain cells, in either language."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from meritindex.analysis.premises import codes_text
from meritindex.analysis.progressing.changes import PeriodChange
from meritindex.analysis.progressing.commitment_parts import commitment_parts
from meritindex.analysis.progressing.courses import Setback
from meritindex.analysis.progressing.grounds import ground_parts, titles
from meritindex.analysis.progressing.occasions import tables_of
from meritindex.analysis.progressing.parts import Counterpart, ItemChange, PartScore
from meritindex.analysis.progressing.result import Progress
from meritindex.analysis.progressing.words import NOT_COMPARABLE, signed
from meritindex.language import Language, Text
from meritindex.layout import Column, Document, Heading, Listing, Paragraph, Part, Table
from meritindex.scoring.saying import SYNTHETIC, UNKNOWN, Sayer

_BESIDE = Text(
    "Yang sepadan menurut padanan, masing-masing pada skalanya sendiri; ini bukan selisih.",
    "What corresponds by the crosswalk, each on its own scale; these are no differences.",
)


def agency_document(progress: Progress, language: Language) -> Document:
    """Return a course: its assessments, what changed in each period, and its commitments."""
    say = Sayer(language)
    tables = tables_of(progress.occasions)
    parts: list[Part] = [Heading(progress.agency.name, 2), *titles(tables, say)]
    if progress.synthetic:
        parts.append(Paragraph(say(SYNTHETIC), tone="warning"))
    parts.append(Listing(tuple(_summary(progress, say))))
    parts.append(_occasions_table(progress, say))
    for change in progress.changes:
        parts += _change_parts(change, say)
    parts += _setback_parts(progress, say)
    for commitment in progress.commitments:
        parts += commitment_parts(commitment, say)
    return Document((*parts, *ground_parts(tables, say)))


def _summary(progress: Progress, say: Sayer) -> Iterator[str]:
    """Yield in short where the total went."""
    if not progress.changes:
        yield say("Baru satu penilaian", "One assessment alone")
        return
    label = say("Perubahan seluruhnya", "Change in all")
    if progress.difference is None:
        yield f"{label}: {say(NOT_COMPARABLE)}"
    else:
        yield f"{label}: {signed(progress.difference, say)}"
    if progress.streak is not None:
        yield f"{say('Rentetan terakhir', 'Latest streak')}: {say(progress.streak.label)}"
    if progress.longest_rise is not None and progress.longest_rise is not progress.streak:
        label = say("Kenaikan terpanjang", "Longest rise")
        yield f"{label}: {say(progress.longest_rise.label)}"


def _occasions_table(progress: Progress, say: Sayer) -> Table:
    columns = (
        Column(say("waktu", "when"), min_width=10),
        Column(say("tahap", "stage"), min_width=10),
        Column(say("instrumen", "instrument"), min_width=8),
        Column(say("nilai", "total"), "right"),
        Column(say("kategori", "band")),
        Column(say("status", "standing")),
    )
    rows = tuple(
        (
            occasion.when,
            say(occasion.stage_label),
            occasion.instrument.id,
            say(UNKNOWN) if occasion.total is None else say.points(occasion.total, 6),
            "-" if occasion.band is None else say.band(occasion.instrument, occasion.band),
            say(occasion.standing.label),
        )
        for occasion in progress.occasions
    )
    return Table(columns, rows)


def _change_parts(change: PeriodChange, say: Sayer) -> list[Part]:
    parts: list[Part] = [
        Heading(f"{say('Periode', 'Period')} {say(change.label)}", 3),
        Listing(tuple(_change_lines(change, say))),
    ]
    if change.dimensions:
        parts.append(_dimensions_table(change, say))
    if change.items:
        parts.append(_items_table(change, say))
    if change.counterparts:
        parts += [Paragraph(say(_BESIDE)), _counterparts_table(change.counterparts, say)]
    return parts


def _change_lines(change: PeriodChange, say: Sayer) -> Iterator[str]:
    if change.difference is None:
        yield f"{say('Nilai', 'Total')}: {say(NOT_COMPARABLE)}"
        yield from (f"{say('Sebabnya', 'Because')}: {say(reason)}" for reason in change.reasons)
    else:
        yield f"{say('Nilai', 'Total')}: {signed(change.difference, say)}"
    if not change.same_rules and change.difference is not None:
        text = Text(
            "Dari kinerja: {performance}; dari perubahan instrumen: {instrument}",
            "From performance: {performance}; from the new instrument: {instrument}",
        )
        parts = {
            "performance": signed(change.performance, say),
            "instrument": signed(change.instrument_effect, say),
        }
        yield say(text.fill(**parts))
    if any(change.bands):
        yield f"{say('Kategori', 'Band')}: {_bands(change, say)}"
    yield from (f"{say('Catatan', 'Remark')}: {say(remark)}" for remark in change.remarks)


def _bands(change: PeriodChange, say: Sayer) -> str:
    """Return the bands; an arrow leads from one to the other where they are bands of one scale."""
    names = [name or say(UNKNOWN) for name in change.bands]
    if change.same_rules or change.comparable:
        return " → ".join(dict.fromkeys(names))
    ends = zip(names, (change.before, change.after), strict=True)
    return "; ".join(
        f"{name} ({say(each.when_words)}, {each.instrument.id})" for name, each in ends
    )


def _dimensions_table(change: PeriodChange, say: Sayer) -> Table:
    columns = (
        Column(say("kode", "code"), min_width=4),
        Column(say("dimensi", "dimension")),
        Column(say("sebelum", "before"), "right"),
        Column(say("sesudah", "after"), "right"),
        Column(say("perubahan", "change"), "right"),
    )
    rows = tuple(
        (
            each.code,
            say(each.name),
            _number(each.before, say),
            _number(each.after, say),
            signed(each.difference, say, 4),
        )
        for each in change.dimensions
    )
    return Table(columns, rows)


def _items_table(change: PeriodChange, say: Sayer) -> Table:
    columns = (
        Column(say("kode", "code"), min_width=4),
        Column(say("jawaban yang berubah", "answers that changed")),
        Column(say("sebelum", "before"), "right"),
        Column(say("sesudah", "after"), "right"),
        Column(say("arah", "direction"), min_width=5),
    )
    rows = tuple(
        (
            each.code,
            say(each.name),
            _number(each.before, say),
            _number(each.after, say),
            _way(each, say),
        )
        for each in change.items
    )
    return Table(columns, rows)


def _way(each: ItemChange, say: Sayer) -> str:
    if each.direction is not None:
        return say(each.direction.label)
    return say("baru ada", "new") if each.before is None else say("tidak ada lagi", "gone")


def _counterparts_table(pairs: tuple[Counterpart, ...], say: Sayer) -> Table:
    columns = (
        Column(say("sebelum", "before"), min_width=20),
        Column(say("nilai", "points"), min_width=10),
        Column(say("sesudah", "after"), min_width=20),
        Column(say("nilai", "points"), min_width=10),
    )
    rows = tuple(
        (
            *_side(pair.before, say),
            *_side(pair.after, say),
        )
        for pair in pairs
    )
    return Table(columns, rows)


def _side(scores: tuple[PartScore, ...], say: Sayer) -> tuple[str, str]:
    names = "; ".join(f"{each.code} {say(each.name)}" for each in scores)
    of = say("dari", "of")
    points = "; ".join(
        f"{_number(each.points, say)} {of} {say.points(each.maximum)}" for each in scores
    )
    return names, points


def _setback_parts(progress: Progress, say: Sayer) -> list[Part]:
    """Return what fell, where there is more than one period to look through."""
    if len(progress.changes) < 2 or not progress.setbacks:
        return []
    lines = []
    for change in progress.changes:
        fell = [each for each in progress.setbacks if each.change is change]
        kinds = (
            (Text("dimensi", "dimensions"), [each for each in fell if each.is_dimension]),
            (Text("jawaban", "answers"), [each for each in fell if not each.is_dimension]),
        )
        named = [
            f"{say(name)} {codes_text([_fall(each, say) for each in found])}"
            for name, found in kinds
            if found
        ]
        lines += [f"{say(change.label)}: {'; '.join(named)}"] if named else []
    return [Heading(say("Kemunduran", "Setbacks"), 3), Listing(tuple(lines))]


def _fall(each: Setback, say: Sayer) -> str:
    return f"{each.code} ({say.points(each.before)} → {say.points(each.after)})"


def _number(value: Fraction | None, say: Sayer) -> str:
    return "-" if value is None else say.points(value)
