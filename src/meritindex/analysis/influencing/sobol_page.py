"""Sobol indices as a document of plain cells, in either language."""

from __future__ import annotations

from meritindex.analysis.influencing.page import decimal, grounds_of
from meritindex.analysis.influencing.sobol import SobolIndices
from meritindex.language import Language, Text, listed
from meritindex.layout import Column, Document, Heading, Paragraph, Part, Table
from meritindex.scoring.saying import SYNTHETIC, Sayer

_TITLE = Text("Bobot mana yang menentukan {output}", "Which weights decide the {output}")
_OF = Text(
    "Bobot mana yang menentukan {output} {name}", "Which weights decide the {output} of {name}"
)
_MEANING = Text(
    "Bila bobot yang belum diketahui diambil secara acak, indeks pertama suatu bobot adalah bagian "
    "keragaman yang berasal dari bobot itu sendiri; indeks totalnya mencakup juga bagian yang "
    "timbul bersama bobot lain. Yang indeks totalnya mendekati nol boleh ditetapkan berapa pun.",
    "Where the weights that are not known are drawn at random, the first index of a weight is the "
    "part of the variance that comes of it alone; its total index includes what comes of it "
    "together with others. One with a total index near zero may be settled anywhere.",
)
_SETTINGS = Text(
    "{samples} sampel dasar, {runs} pembobotan, benih {seed}; di samping setiap indeks setengah "
    "lebar selang kepercayaan 95%.",
    "{samples} base samples, {runs} weightings, seed {seed}; beside each index half the width of "
    "its 95 % confidence interval.",
)


def sobol_document(found: SobolIndices, language: Language) -> Document:
    """Return the indices: what they mean, on which settings they rest, and one line a weight."""
    say = Sayer(language)
    table = found.table
    title = _TITLE.fill(output=found.output.label)
    if found.agency is not None:
        title = _OF.fill(output=found.output.label, name=found.agency.name)
    settings = _SETTINGS.fill(samples=found.samples, runs=found.runs, seed=found.seed)
    parts: list[Part] = [Heading(say(title), 2), Paragraph(say(table.instrument.title))]
    parts += [Paragraph(say(SYNTHETIC), tone="warning")] if table.synthetic else []
    known = listed([found.region.label, *found.region.facts], "; ")
    parts += [Paragraph(say(_MEANING)), Paragraph(say(settings))]
    parts.append(Paragraph(f"{say('Bobot yang mungkin', 'Admissible weights')}: {say(known)}."))
    columns = (
        Column(say("kode", "code"), min_width=4),
        Column(say("bobot", "weight")),
        Column(say("pertama", "first"), "right"),
        Column("±", "right"),
        Column(say("total", "total"), "right"),
        Column("±", "right"),
    )
    rows = tuple(
        (
            index.code,
            say(index.name),
            decimal(index.first, say),
            decimal(index.first_error, say),
            decimal(index.total, say),
            decimal(index.total_error, say),
        )
        for index in found.indices
    )
    parts.append(Table(columns, rows))
    return Document((*parts, *grounds_of(table, say)))
