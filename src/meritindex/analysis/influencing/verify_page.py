"""Which answers to verify first, as a document of plain cells, in either language."""

from __future__ import annotations

from fractions import Fraction

from meritindex.analysis.influencing.page import decimal, grounds_of, percent
from meritindex.analysis.influencing.verifying import AgencyChances, VerifyFirst
from meritindex.analysis.open_tree import open_tree
from meritindex.analysis.premises import premise_parts
from meritindex.language import Language, Text
from meritindex.layout import Column, Document, Heading, Paragraph, Part, Table
from meritindex.numbers import localized, shortest_text
from meritindex.scoring.saying import SYNTHETIC, Sayer

# So many agencies are listed with the answer that decides most about each; the rest are counted.
_LISTED_AGENCIES = 25

_TITLE = Text("Jawaban mana yang diverifikasi dahulu", "Which answer to verify first")
_MEANING = Text(
    "Semua jawaban lain yang belum pasti diambil secara acak berulang kali. Persentase suatu "
    "jawaban adalah bagian tarikan yang kategorinya berubah menurut jawaban itu. Jawaban yang "
    "bagiannya nol tidak perlu didahulukan. Bagian tarikan bukan peluang bahwa sesuatu benar.",
    "All the other answers that are not settled are drawn at random, many times. The percentage of "
    "an answer is the share of these draws in which the band hangs on it. What has a share of zero "
    "need not come first. A share of draws is no probability that something is true.",
)
_SETTINGS = Text(
    "{draws} tarikan untuk setiap instansi, benih {seed}.",
    "{draws} draws of each agency, seed {seed}.",
)
_NOTHING = Text("Tidak ada jawaban yang belum pasti.", "There is no answer that is not settled.")


def verify_document(found: VerifyFirst, language: Language) -> Document:
    """Return the order: what it means, on which settings it rests, the answers, the agencies."""
    say = Sayer(language)
    table = found.table
    alone = found.agencies[0] if len(found.agencies) == 1 else None
    title = say(_TITLE) if alone is None else f"{say(_TITLE)}: {alone.agency.name}"
    parts: list[Part] = [Heading(title, 2), Paragraph(say(table.instrument.title))]
    parts += [Paragraph(say(SYNTHETIC), tone="warning")] if table.synthetic else []
    parts.append(Paragraph(say(_MEANING)))
    parts.append(Paragraph(say(_SETTINGS).format(draws=found.draws, seed=found.seed)))
    if not found.items:
        parts.append(Paragraph(say(_NOTHING)))
    elif alone is not None:
        parts.append(_agency_table(alone, say))
    else:
        parts += [_items_table(found, say), *_agencies_parts(found, say)]
    parts += premise_parts(open_tree(table.instrument, table.weighting), found.policy, say)
    return Document((*parts, *grounds_of(table, say)))


def _items_table(found: VerifyFirst, say: Sayer) -> Table:
    columns = (
        Column(say("kode", "code"), min_width=4),
        Column(say("jawaban", "answer"), min_width=20),
        Column(say("terbuka", "open"), "right"),
        Column(say("menentukan", "decides"), "right"),
        Column(say("perkiraan", "expected"), "right"),
        Column(say("galat", "error"), "right"),
    )
    rows = tuple(
        (
            item.code,
            say(item.name),
            str(item.open_in),
            str(item.decides_in),
            decimal(item.expected, say),
            decimal(item.error, say),
        )
        for item in found.items
    )
    note = Text(
        "terbuka: pada berapa instansi; menentukan: pada berapa bagiannya di atas nol; perkiraan: "
        "jumlah bagiannya, yaitu berapa kategori yang berubah menurutnya; galat: galat bakunya.",
        "open: in how many agencies; decides: in how many its share is above zero; expected: the "
        "sum of its shares, that is, how many bands hang on it; error: its standard error.",
    )
    return Table(columns, rows, notes=(say(note),))


def _agency_table(alone: AgencyChances, say: Sayer) -> Table:
    columns = (
        Column(say("kode", "code"), min_width=4),
        Column(say("jawaban", "answer"), min_width=20),
        Column(say("status", "state")),
        Column(say("dari", "from"), "right"),
        Column(say("sampai", "to"), "right"),
        Column(say("bagian", "share"), "right"),
        Column(say("galat", "error"), "right"),
    )
    rows = []
    for each in alone.items:
        item = each.item
        state = Text("belum ada", "missing") if not item.answered else Text.same("-")
        ends = [
            "-" if end is None else localized(shortest_text(Fraction(end)), say.language)
            for end in (item.low, item.high)
        ]
        rows.append(
            (
                item.code,
                say(item.name),
                say(state if item.state is None else item.state.label),
                *ends,
                percent(each.chance, say),
                f"±{decimal(each.error * 100, say, 1)}%",
            )
        )
    note = Text(
        "galat: galat baku bagian itu, dalam poin persentase",
        "error: the standard error of the share, in percentage points",
    )
    return Table(columns, tuple(rows), notes=(say(note),))


def _agencies_parts(found: VerifyFirst, say: Sayer) -> list[Part]:
    """Return the agencies whose band is the most open, each with what decides most about it."""
    deciding = [each for each in found.agencies if each.items and each.items[0].chance]
    deciding.sort(key=lambda each: -each.items[0].chance)
    if not deciding:
        return []
    columns = (
        Column(say("instansi", "agency"), min_width=20),
        Column(say("dahulukan", "first"), min_width=4),
        Column(say("bagian", "share"), "right"),
    )
    rows = tuple(
        (each.agency.name, each.items[0].item.code, percent(each.items[0].chance, say))
        for each in deciding[:_LISTED_AGENCIES]
    )
    more = Text("dan {count} instansi lain", "and {count} other agencies")
    left = len(deciding) - len(rows)
    notes = (say(more).format(count=left),) if left else ()
    heading = Heading(say("Menurut instansi", "By agency"), 3)
    return [heading, Table(columns, rows, notes=notes)]
