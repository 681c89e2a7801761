"""Bounds as documents of plain cells, in either language: what is certain comes first, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain

from meritindex.analysis.bounding.card import BoundsCard
from meritindex.analysis.bounding.card_words import card_lines, open_regions, verdict
from meritindex.analysis.bounding.table import BoundsTable, RankRange
from meritindex.analysis.bounding.words import (
    UNDER_ENTRIES,
    bands_text,
    is_more,
    ranks_text,
    settling_text,
)
from meritindex.analysis.completions import OpenItem
from meritindex.analysis.premises import condition, open_codes, premise_parts
from meritindex.definition import Standing
from meritindex.language import Language, Text
from meritindex.layout import Column, Document, Heading, Listing, Paragraph, Part, Table
from meritindex.numbers import decimals_of
from meritindex.scoring import Reason
from meritindex.scoring.formulas import shown
from meritindex.scoring.saying import (
    SYNTHETIC,
    Sayer,
    card_title,
    ground_lines,
    left_out_parts,
    not_exact_lines,
    places_needed,
    remark_parts,
    standing_parts,
    who,
)

_OPEN_IS_NOT_ASSUMED = Text(
    "Bobot yang terbuka tidak diasumsikan: batas-batasnya berlaku bagi semua bobot yang mungkin",
    "Open weights are not assumed: the bounds hold for all weights that are possible",
)
_ROUNDED = Text(
    "Yang terendah dibulatkan ke bawah dan yang tertinggi ke atas, sehingga yang ditampilkan "
    "memuat yang sebenarnya.",
    "The lowest are rounded down and the highest up, so that what is shown contains what is so.",
)
_ONE_BAND = Text(
    "Satu nama kategori: pasti. Lebih dari satu: belum pasti.",
    "One band: certain. More than one: not certain.",
)
_RANKS = Text(
    "Peringkat terbaik dan terburuk di antara {count} instansi yang berperingkat. Di luar rentang "
    "itu tidak ada yang mungkin; {ends}.",
    "The best and the worst rank among the {count} that are ranked. No rank outside this "
    "range is possible; {ends}.",
)
_ATTAINED = Text("kedua ujungnya tercapai", "both ends are attained")
_NOT_ATTAINED = Text(
    "apakah kedua ujungnya tercapai tidak dipastikan", "whether both ends are attained is not known"
)
_UNRANKED = Text(
    "Tanda -: tidak berperingkat, karena nilainya belum dapat dihitung.",
    "The sign -: not ranked, since the total can't be computed yet.",
)


def table_document(table: BoundsTable, language: Language) -> Document:
    """Return a table: what is certain and what is not, then the bounds of every row."""
    say = Sayer(language)
    parts: list[Part] = [Paragraph(say(table.instrument.title))]
    if table.synthetic:
        parts.append(Paragraph(say(SYNTHETIC), tone="warning"))
    parts.append(Listing(tuple(map(say, _certainties(table)))))
    parts.append(_bounds_table(table, say))
    parts += remark_parts(table.instrument, table.assessments.facts, say)
    parts += premise_parts(table.tree, table.policy, say)
    parts += _standing_parts(table, table.standing, table.reasons, say)
    parts += left_out_parts(table.assessments.left_out, say)
    return Document(tuple(parts))


def _certainties(table: BoundsTable) -> Iterator[Text]:
    """Yield what is certain, what is not, and what that would need."""
    known = table.lower.known.tolist()
    settled = [low == high for low, high in zip(table.lower, table.upper, strict=True)]
    if table.instrument.root.bands is not None:
        settled = [band is not None for band in table.certain_bands]
    rows = [row for row in range(len(table)) if known[row] and not settled[row]]
    yield _settled_line(table, len(table) - len(rows) - known.count(False))
    if rows:
        yield _unsettled_line(table, rows)
        yield _settling_line(table, rows)
    if False in known:
        without = Text(
            "Tanpa batas: {count}, karena nilainya tidak dapat dibatasi",
            "Without bounds: {count}, of which the total can't be bounded",
        )
        yield without.fill(count=known.count(False))
    ranges = [ends for ends in table.rank_ranges if ends is not None]
    if len(ranges) > 1:
        ranks = Text(
            "Peringkat: pasti untuk {certain} dari {count} instansi",
            "Ranks: certain for {certain} of {count}",
        )
        certain = sum(best == worst for best, worst in ranges)
        yield ranks.fill(certain=certain, count=len(ranges))


def _settled_line(table: BoundsTable, count: int) -> Text:
    bands = table.instrument.root.bands
    counts = ""
    if bands is None:
        line = Text(
            "Pasti{condition}, apa pun yang masih terbuka: nilai {count} dari {all} penilaian",
            "Certain{condition}, whatever is open: the totals of {count} of {all} assessments",
        )
    else:
        line = Text(
            "Pasti{condition}, apa pun yang masih terbuka: kategori {count} dari {all} "
            "penilaian{counts}",
            "Certain{condition}, whatever is open: the bands of {count} of {all} "
            "assessments{counts}",
        )
        of_each = [f"{band} {table.certain_bands.count(band.name.id)}" for band in bands]
        counts = f" ({', '.join(of_each)})" if count else ""
    return line.fill(count=count, all=len(table), counts=counts, condition=condition(table.tree))


def _unsettled_line(table: BoundsTable, rows: list[int]) -> Text:
    opened = int(table.completions.is_open[rows].sum())
    line = Text("Belum pasti: {count}, karena {why}", "Not certain: {count}, because of {why}")
    if not table.tree.regions:
        why = Text("jawaban yang terbuka", "open answers") if opened else UNDER_ENTRIES
    elif not opened:
        why = Text("bobot yang terbuka", "open weights")
    elif opened == len(rows):
        why = Text("bobot dan jawaban yang terbuka", "open weights and open answers")
    else:
        why = Text(
            "bobot yang terbuka; {opened} di antaranya dengan jawaban yang terbuka juga",
            "open weights; {opened} of them with open answers as well",
        ).fill(opened=opened)
    return line.fill(count=len(rows), why=why)


def _settling_line(table: BoundsTable, rows: list[int]) -> Text:
    items = Counter(
        (item.answered, item.code)
        for row in rows
        if table.completions.is_open[row]
        for item in table.completions.open_items(row)
    )
    weights = [code for region in table.tree.regions.values() for code in open_codes(region)]
    missing, doubtful = (
        [
            f"{code} ({count})"
            for (answered, code), count in items.most_common()
            if answered is doubt
        ]
        for doubt in (False, True)
    )
    line = Text("Yang memastikannya: {settling}", "What would settle it: {settling}")
    return line.fill(settling=settling_text(weights, missing, doubtful))


def _bounds_table(table: BoundsTable, say: Sayer) -> Table:
    ranges = table.rank_ranges
    order = sorted(range(len(table)), key=lambda row: (*_place(ranges[row], len(table)), row))
    bands = table.instrument.root.bands is not None
    places = places_needed(chain(table.lower, table.upper))
    assessed = Counter(table.agencies)
    columns = [
        Column(say("peringkat", "rank"), "right"),
        Column(say("instansi", "agency"), min_width=24),
        Column(say("terendah", "lowest"), "right"),
        Column(say("tertinggi", "highest"), "right"),
        Column(say("kategori", "band")),
    ]
    rows = []
    for row in order:
        low, high = table.lower[row], table.upper[row]
        cells = [
            ranks_text(ranges[row]),
            who(table.assessments.facts[row], assessed, say),
            "-" if low is None else say.at_least(low, places, fixed=True),
            "-" if high is None else say.at_most(high, places, fixed=True),
            say(bands_text(table.possible_bands[row])),
        ]
        rows.append(tuple(cells if bands else cells[:-1]))
    return Table(
        tuple(columns if bands else columns[:-1]),
        tuple(rows),
        notes=tuple(map(say, _notes(table, places))),
        keys=2,
    )


def _place(ends: RankRange | None, count: int) -> RankRange:
    return (count + 1, count + 1) if ends is None else ends


def _notes(table: BoundsTable, places: int) -> Iterator[Text]:
    if table.instrument.root.bands is not None:
        yield _ONE_BAND
    needed_places = [decimals_of(end) for end in chain(table.lower, table.upper) if end is not None]
    if any(number is None or number > places for number in needed_places):
        yield _ROUNDED
    count = sum(ends is not None for ends in table.rank_ranges)
    if count:
        yield _RANKS.fill(count=count, ends=_ATTAINED if table.attained else _NOT_ATTAINED)
    if count < len(table):
        yield _UNRANKED


def card_document(card: BoundsCard, language: Language) -> Document:
    """Return a card: what is certain of one agency, and what decides about the rest."""
    say = Sayer(language)
    table = card.table
    parts: list[Part] = [
        Heading(card_title(table.assessments.facts[card.row]), 2),
        Paragraph(say(card.instrument.title)),
    ]
    if card.synthetic:
        parts.append(Paragraph(say(SYNTHETIC), tone="warning"))
    parts.append(Paragraph(verdict(card, say)))
    parts.append(Listing(tuple(card_lines(card, say))))
    parts += item_parts(card, say)
    parts += _weight_parts(card, say)
    parts += premise_parts(table.tree, table.policy, say)
    parts += _standing_parts(table, card.standing, card.reasons, say)
    return Document(tuple(parts))


def item_parts(card: BoundsCard, say: Sayer) -> list[Part]:
    """Return the open items, what decides most first."""
    if not card.decisions:
        return []
    settles = is_more(card.possible_bands)
    columns = [
        Column(say("jawaban", "answer"), min_width=24),
        Column(say("dapat berupa", "may be")),
        Column(say("menyempit", "narrows by"), "right"),
        Column(say("menggeser", "moves by"), "right"),
        Column(say("cukup", "enough"), min_width=7),
    ]
    yes, no = say("mungkin", "maybe"), say("tidak", "no")
    rows = []
    for decision in card.decisions:
        item = decision.item
        cells = [
            f"{item.code} {say(item.name)}",
            f"{_may_be(item, say)} ({say(_now(item))})",
            say.at_most(decision.width, 4),
            say.at_most(decision.effect, 4),
            yes if decision.can_settle else no,
        ]
        rows.append(tuple(cells if settles else cells[:-1]))
    notes = [
        Text(
            "Menyempit: sebanyak itu paling banyak rentang nilai menyempit bila yang satu ini "
            "saja diketahui.",
            "Narrows by: the most that the interval narrows when this one alone is known.",
        ),
        Text(
            "Menggeser: sebanyak itu paling banyak nilai bergeser olehnya, apa pun bobot yang "
            "mungkin.",
            "Moves by: the most that the total moves with it, over all possible weights.",
        ),
    ]
    if settles:
        notes.append(
            Text(
                "Cukup: apakah yang satu ini saja, bila berada di ujungnya, menyisakan satu "
                "kategori; jawaban di antara kedua ujung tidak diperiksa.",
                "Enough: whether this one alone, at an end of what it may be, leaves one band; "
                "answers between the ends are not looked at.",
            )
        )
    heading = Heading(say("Jawaban yang terbuka", "Open answers"), 3)
    shown_columns = tuple(columns if settles else columns[:-1])
    return [heading, Table(shown_columns, tuple(rows), notes=tuple(map(say, notes)))]


def _now(item: OpenItem) -> Text:
    if not item.answered:
        return Text("belum dijawab", "not answered")
    return Text("tanpa status", "without a state") if item.state is None else item.state.label


def _may_be(item: OpenItem, say: Sayer) -> str:
    if item.low is None or item.high is None:
        return say("setiap pilihan", "any option")
    low, high = (
        shown(end, say.language) for end in sorted((Fraction(item.low), Fraction(item.high)))
    )
    return say(Text("{low} sampai {high}", "{low} to {high}").fill(low=low, high=high))


def _weight_parts(card: BoundsCard, say: Sayer) -> list[Part]:
    """Return the weights at which the total is at its ends, of those that are open."""
    regions = open_regions(card)
    if not regions or card.lower is None or card.lower == card.upper:
        return []
    names = {node.code: node.name for node in card.instrument.nodes}
    columns = (
        Column(say("kode", "code"), min_width=4),
        Column(say("nama", "name")),
        Column(say("dalam", "in"), min_width=4),
        Column(say("paling rendah", "at the least"), "right"),
        Column(say("paling tinggi", "at the most"), "right"),
    )
    rows = [
        (
            code,
            say(names[code]),
            region.dimension,
            shown(card.lower_weights[code], say.language),
            shown(card.upper_weights[code], say.language),
        )
        for region in regions
        for code in open_codes(region)
    ]
    note = Text(
        "Pada bobot ini nilainya paling rendah dan paling tinggi; bobot yang tidak terbuka tetap.",
        "At these weights the total is at its least and at its most; other weights are settled.",
    )
    keep = [0, 1, 2, 3, 4] if len(regions) > 1 else [0, 1, 3, 4]
    return [
        Heading(say("Bobot di kedua ujung", "Weights at the two ends"), 3),
        Table(
            tuple(columns[place] for place in keep),
            tuple(tuple(row[place] for place in keep) for row in rows),
            notes=(say(note),),
        ),
    ]


def _standing_parts(
    table: BoundsTable, standing: Standing, reasons: Iterable[Reason], say: Sayer
) -> list[Part]:
    lines = [say(_OPEN_IS_NOT_ASSUMED)] if table.tree.regions else []
    lines += not_exact_lines(say, exact=table.exact)
    lines += ground_lines(table.instrument, reasons, say)
    return standing_parts(standing, lines, say)
