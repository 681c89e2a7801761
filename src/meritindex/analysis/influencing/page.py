"""The influence of elements as a document of plain cells, in either language.

What the numbers mean is said first, in words; then come the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from meritindex.analysis.influencing.changes import WeightChange
from meritindex.analysis.influencing.elements import Element
from meritindex.analysis.influencing.result import Influence
from meritindex.definition import Dimension
from meritindex.errors import WeightingError
from meritindex.language import Language, Text
from meritindex.layout import Column, Document, Heading, Listing, Paragraph, Part, Table
from meritindex.numbers import decimal_text, localized
from meritindex.scoring import ScoreTable
from meritindex.scoring.saying import (
    SYNTHETIC,
    Sayer,
    ground_lines,
    left_out_parts,
    not_exact_lines,
    standing_parts,
    weighting_line,
)

_TITLE = Text("Apa yang membedakan nilai instansi", "What makes the totals of agencies differ")
_ENTER = Text(
    "{counted} dari {all} penilaian mempunyai nilai dan ikut dihitung; {others} tidak.",
    "{counted} of {all} assessments have a total and enter; {others} do not.",
)
_MEANING = Text(
    "Bobot nominal adalah bagian suatu unsur dalam nilai menurut bobotnya saja. Bobot efektif "
    "adalah seberapa besar unsur itu menjelaskan perbedaan nilai antarinstansi; bobot efektif "
    "bagian-bagian suatu dimensi berjumlah sama dengan bobot efektif dimensinya. Bila keduanya "
    "berbeda, bobot tidak bekerja seperti yang tertulis: instansi hampir sama dalam unsur itu, "
    "atau yang tinggi di situ rendah di tempat lain. Bobot efektif di bawah nol mengurangi "
    "perbedaan. Korelasi, dari -1 sampai 1, adalah seberapa erat nilai unsur itu mengikuti nilai "
    "akhir.",
    "The nominal weight of an element is its share of the total by the weights alone. Its "
    "effective weight is how much of the differences between totals it explains; the effective "
    "weights of the parts of a dimension add up to that of the dimension. Where the two differ, "
    "the weights do not do what they say: agencies are much alike in the element, or what is high "
    "in it is low elsewhere. An effective weight below zero evens out differences. The "
    "correlation, from -1 to 1, is how closely the points of the element follow the total.",
)
_EXPLAINS = Text(
    "{code} {name}: nominal {nominal}, menjelaskan {effective} dari perbedaan",
    "{code} {name}: nominal {nominal}, explains {effective} of the differences",
)
_NOT_EXPLAINED = Text(
    "{code} {name}: nominal {nominal}; bagiannya dalam perbedaan tidak dapat dipisahkan",
    "{code} {name}: nominal {nominal}; its part in the differences can't be told apart",
)
_UNWEIGHTED = Text(
    "{code} {name}: tanpa bobot, menjelaskan {effective} dari perbedaan",
    "{code} {name}: has no weight, explains {effective} of the differences",
)
_FULL = Text("penuh", "full")
_FULL_NOTE = Text(
    "penuh: ditambahkan atau dikurangkan tanpa bobot.",
    "full: added or taken off without a weight.",
)
_TOGETHER = Text("Apakah bagian-bagiannya searah?", "Do the parts go together?")
_ALPHA = Text(
    "Alfa Cronbach mendekati 1 bila bagian-bagian suatu dimensi naik dan turun bersama, dan "
    "mendekati 0 bila masing-masing bercerita sendiri; di bawah 0, bagian-bagian itu justru "
    "berlawanan arah. Bila instansinya hanya sedikit, angkanya tidak banyak berarti. Ia tidak "
    "mengatakan apakah jawabannya benar.",
    "Cronbach's alpha is near 1 where the parts of a dimension rise and fall together, and near 0 "
    "where each tells a story of its own; below 0, the parts go against one another. Where there "
    "are few agencies, it means little. It does not say whether the answers are true.",
)
_WITHOUT = Text("Tanpa suatu unsur", "Without an element")
_SHARED = Text(
    "Bila suatu unsur dikeluarkan dan bobotnya dibagikan kepada unsur lain di sampingnya menurut "
    "perbandingannya: berapa instansi berganti peringkat dan kategori, dan berapa peringkat "
    "pergeserannya.",
    "Where an element is taken out and its weight is shared among those beside it in proportion: "
    "how many agencies change rank and band, and by how many ranks they move.",
)


def influence_document(found: Influence, language: Language) -> Document:
    """Return the influence: what it means, the elements, how they go together, what they decide."""
    say = Sayer(language)
    counted, everybody = len(found.table), len(found.scored)
    enter = _ENTER.fill(counted=counted, all=everybody, others=everybody - counted)
    parts: list[Part] = [Heading(say(_TITLE), 2), Paragraph(say(found.instrument.title))]
    parts += [Paragraph(say(SYNTHETIC), tone="warning")] if found.synthetic else []
    parts += [Paragraph(say(enter)), Paragraph(say(_MEANING))]
    parts += [Listing(tuple(_sentences(found, say))), _elements_table(found, say)]
    parts += _alpha_parts(found, say)
    parts += _removal_parts(found, say)
    return Document((*parts, *grounds_of(found.scored, say)))


def grounds_of(table: ScoreTable, say: Sayer) -> list[Part]:
    """Return why the standing of a table is no firmer, and what was left out of it."""
    lines = [weighting_line(table.plan, say), *not_exact_lines(say, exact=table.totals.exact)]
    lines += ground_lines(table.instrument, table.reasons, say)
    return [*standing_parts(table.standing, lines, say), *left_out_parts(table.left_out, say)]


def percent(share: Fraction | None, say: Sayer) -> str:
    """Write a share in percent with one decimal; what is not known as a dash."""
    if share is None:
        return "–"
    return f"{localized(decimal_text(share * 100, 1, fixed=True), say.language)}%"


def decimal(value: Fraction | float | None, say: Sayer, places: int = 2) -> str:
    """Write a number with so many decimals; what is not known as a dash."""
    if value is None:
        return "–"
    return localized(decimal_text(Fraction(value), places, fixed=True), say.language)


def _sentences(found: Influence, say: Sayer) -> Iterator[str]:
    """Yield in words what the elements right below the root explain."""
    root = found.instrument.root
    for element in found.elements:
        if element.parent == root.code:
            text = _UNWEIGHTED if _is_unweighted(found, element) else _EXPLAINS
            yield say(_NOT_EXPLAINED if element.effective is None else text).format(
                code=element.code,
                name=say(element.name),
                nominal=percent(element.nominal, say),
                effective=percent(element.effective, say),
            )


def _is_unweighted(found: Influence, element: Element) -> bool:
    """Say whether an element is a bonus or a deduction."""
    adjustments = found.instrument.dimension(element.parent).adjustments
    return any(measure.code == element.code for measure in adjustments)


def _elements_table(found: Influence, say: Sayer) -> Table:
    columns = (
        Column(say("kode", "code"), min_width=4),
        Column(say("unsur", "element")),
        Column(say("nominal", "nominal"), "right"),
        Column(say("efektif", "effective"), "right"),
        Column(say("korelasi", "corr."), "right"),
        Column(say("instansi", "agencies"), "right"),
    )
    rows = tuple(
        (
            element.code,
            say(element.name),
            say(_FULL) if _is_unweighted(found, element) else percent(element.nominal, say),
            percent(element.effective, say),
            decimal(element.correlation, say),
            str(element.agencies),
        )
        for element in found.elements
    )
    reasons = dict.fromkeys(element.reason for element in found.elements if element.reason)
    notes = [f"–: {say(reason)}." for reason in reasons]
    if any(_is_unweighted(found, element) for element in found.elements):
        notes.append(say(_FULL_NOTE))
    return Table(columns, rows, notes=tuple(notes))


def _alpha_parts(found: Influence, say: Sayer) -> list[Part]:
    alphas = [found.alpha(each.code) for each in found.instrument.dimensions]
    rows = tuple(
        (
            alpha.code,
            say(alpha.name),
            decimal(alpha.value, say),
            str(len(alpha.items)),
            str(alpha.agencies),
        )
        for alpha in alphas
        if len(alpha.items) > 1
    )
    columns = (
        Column(say("kode", "code"), min_width=4),
        Column(say("dimensi", "dimension")),
        Column(say("alfa", "alpha"), "right"),
        Column(say("unsur", "parts"), "right"),
        Column(say("instansi", "agencies"), "right"),
    )
    if not rows:
        return []
    return [Heading(say(_TOGETHER), 3), Paragraph(say(_ALPHA)), Table(columns, rows)]


def _removal_parts(found: Influence, say: Sayer) -> list[Part]:
    """Return what becomes of the ranks without each dimension, and without what the root has."""
    instrument = found.instrument
    changes: list[WeightChange] = []
    for node in instrument.nodes[1:]:
        if isinstance(node, Dimension) or node in instrument.root.children:
            try:
                changes.append(found.without(node.code))
            except WeightingError:  # `not_removable` says why
                continue
    if not changes:
        return []
    columns = (
        Column(say("tanpa", "without"), min_width=4),
        Column(say("unsur", "element")),
        Column(say("peringkat", "ranks"), "right"),
        Column(say("kategori", "bands"), "right"),
        Column(say("rata-rata", "mean"), "right"),
        Column(say("terbesar", "largest"), "right"),
    )
    rows = tuple(
        (
            change.code,
            say(change.name),
            str(change.rank_changes),
            str(change.band_changes),
            decimal(change.mean_shift, say),
            str(change.largest_shift),
        )
        for change in changes
    )
    return [Heading(say(_WITHOUT), 3), Paragraph(say(_SHARED)), Table(columns, rows)]
