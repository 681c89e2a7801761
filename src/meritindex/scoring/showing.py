"""Cards, tables and explanations as documents of plain cells, in either language."""

from __future__ import annotations

from collections import Counter

from meritindex.definition import Level
from meritindex.language import Language, Text
from meritindex.layout import (
    Branch,
    Cell,
    Column,
    Document,
    Heading,
    Link,
    Listing,
    Paragraph,
    Part,
    Table,
)
from meritindex.scoring.card import ScoreCard
from meritindex.scoring.explanation import Explanation
from meritindex.scoring.formulas import approximate, shown
from meritindex.scoring.saying import (
    SYNTHETIC,
    UNKNOWN,
    Sayer,
    card_title,
    left_out_parts,
    places_needed,
    remark_parts,
    score_standing_parts,
    stage_line,
    who,
)
from meritindex.scoring.states import Status
from meritindex.scoring.table import GroupBy, ScoreTable

_BAND_OPEN = Text(
    "bergantung pada nilai yang belum diketahui", "depends on points that are not known"
)


def card_document(card: ScoreCard, language: Language) -> Document:
    """Return a card: the total, its band and standing, the dimensions, and what is missing."""
    say = Sayer(language)
    title = card_title(card.assessments.facts[card.row])
    parts: list[Part] = [Heading(title, 2), Paragraph(say(card.instrument.title))]
    if card.synthetic:
        parts.append(Paragraph(say(SYNTHETIC), tone="warning"))
    parts.append(Listing(tuple(_card_lines(card, say))))
    rows = tuple(
        (
            code,
            say(score.name),
            say.points(score.points) if score.points is not None else say(score.status.label),
            say.points(score.maximum),
            score.band or "",
            say(score.standing.label),
        )
        for code, score in card.dimensions.items()
    )
    columns = (
        Column(say("kode", "code"), min_width=4),
        Column(say("dimensi", "dimension")),
        Column(say("nilai", "points"), "right"),
        Column(say("maksimum", "maximum"), "right"),
        Column(say("kategori", "band")),
        Column(say("status", "standing")),
    )
    if any(row[4] for row in rows):
        parts.append(Table(columns, rows))
    else:
        keep = (0, 1, 2, 3, 5)
        parts.append(
            Table(
                tuple(columns[place] for place in keep),
                tuple(tuple(row[place] for place in keep) for row in rows),
            )
        )
    parts += missing_parts(card, say)
    parts += score_standing_parts(card.standing, card.reasons, card.plan, say, exact=card.exact)
    parts += band_parts(card, say)
    return Document(tuple(parts))


def _card_lines(card: ScoreCard, say: Sayer) -> list[Cell]:
    root = card.instrument.root
    total = card.total
    high = card.plan.ranges[root.code][1]
    lines: list[Cell] = []
    if total is None:
        lines.append(f"{say(root.name)}: {say(UNKNOWN)}")
        if root.bands is not None:
            lines.append(f"{say('Kategori', 'Band')}: {say(UNKNOWN)}")
    else:
        lines.append(
            f"{say(root.name)}: {say.points(total, 6)} ({say('dari', 'of')} {say.points(high)})"
        )
        if root.bands is not None and card.band is None:
            lines.append(f"{say('Kategori', 'Band')}: {say(UNKNOWN)} ({say(_BAND_OPEN)})")
        elif card.band is not None:
            known = "" if card.band_standing is None else f" ({say(card.band_standing.label)})"
            lines.append(
                f"{say('Kategori', 'Band')}: {say.band(card.instrument, card.band)}{known}"
            )
    for figure in card.instrument.derived:
        if figure.code in card.derived:
            value = say.points(card.derived[figure.code], 6)
            known = say(figure.factor.basis.standing.label)
            lines.append(f"{say(figure.name)}: {value} ({known})")
    lines.append(f"{say('Status', 'Standing')}: {say(card.standing.label)}")
    lines.append(stage_line(card.assessments.facts[card.row], say))
    lines += [f"{say('Catatan', 'Remark')}: {say(remark)}" for remark in card.remarks]
    return lines


def table_document(
    table: ScoreTable, language: Language, by: GroupBy | str | None = None
) -> Document:
    """Return a table: rank, agency, total and band of every row, the highest first."""
    say = Sayer(language)
    parts: list[Part] = [Paragraph(say(table.instrument.title))]
    if table.synthetic:
        parts.append(Paragraph(say(SYNTHETIC), tone="warning"))
    within = None if by is None else table.ranks_within(by)
    order = sorted(range(len(table)), key=lambda row: (table.ranks[row] or len(table) + 1, row))
    bands = table.instrument.root.bands is not None
    places = places_needed(table.totals)
    columns = [
        Column(say("peringkat", "rank"), "right"),
        Column(say("instansi", "agency"), min_width=24),
        Column(say(table.instrument.root.name).lower(), "right"),
    ]
    columns += [Column(say("kategori", "band"))] if bands else []
    if by is not None:
        columns += [
            Column(say(GroupBy(by).label)),
            Column(say("dalam kelompok", "in group"), "right"),
        ]
    rows = []
    assessed = Counter(table.agencies)
    for row in order:
        total = table.totals[row]
        cells = [
            str(table.ranks[row] or "-"),
            who(table.assessments.facts[row], assessed, say),
            "-" if total is None else say.points(total, places, fixed=True),
        ]
        cells += [table.bands[row] or _what_is_missing(table, row, say)] if bands else []
        if by is not None and within is not None:
            group = GroupBy(by).label_of(table.agencies[row])
            cells += ["-" if group is None else say(group), str(within[row] or "-")]
        rows.append(tuple(cells))
    notes: tuple[str, ...] = ()
    if bands and None in table.bands:
        notes = (say("Dalam kurung: yang belum ada.", "In brackets: what is missing."),)
    parts.append(Table(tuple(columns), tuple(rows), notes=notes, keys=2))
    parts += _count_parts(table, say)
    parts += remark_parts(table.instrument, table.assessments.facts, say)
    exact = table.scores.total.exact
    parts += score_standing_parts(table.standing, table.reasons, table.plan, say, exact=exact)
    parts += left_out_parts(table.left_out, say)
    return Document(tuple(parts))


def _what_is_missing(table: ScoreTable, row: int, say: Sayer) -> str:
    """Return in brackets what keeps a row from having a total: its code, or how many."""
    codes = table.card(row).needed
    if table.totals[row] is not None:
        return f"({say(UNKNOWN)})"
    if len(codes) == 1:
        return f"({codes[0]})"
    return f"({len(codes)} {say('belum ada', 'missing')})"


def _count_parts(table: ScoreTable, say: Sayer) -> list[Part]:
    """Return how many are in each band, and how many have none."""
    names = [band.name for band in table.instrument.root.bands or ()]
    counts = [f"{name.id} {table.bands.count(name.id)}" for name in names]
    unknown = sum(total is None for total in table.totals)
    if unknown:
        counts.append(f"{say(UNKNOWN)} {unknown}")
    line = f"{len(table)} {say('penilaian', 'assessments')}"
    return [Paragraph(f"{line}: {', '.join(counts)}" if counts else line)]


def missing_parts(card: ScoreCard, say: Sayer) -> list[Part]:
    """Return what is missing: what keeps points from being known, then what a policy fills."""
    codes = card.needed
    needed = [item for item in card.missing if item.code in codes]
    filled = [item for item in card.missing if item.code not in codes]
    parts: list[Part] = []
    if needed:
        consequence = Text(
            "{name} dan kategorinya tidak dapat diketahui sebelum yang berikut ada. Tidak ada "
            "angka yang dibuat untuk menggantikannya.",
            "{name} and its band can't be known until these are there. No number is made up in "
            "their place.",
        )
        lines = tuple(f"{item.code}: {say(item.name)}" for item in needed)
        parts.append(Heading(say("Belum ada", "Missing"), 3))
        if card.total is None:
            parts.append(Paragraph(say(consequence.fill(name=card.instrument.root.name))))
        parts.append(Listing(lines))
    if filled:
        lines = tuple(f"{item.code}: {say(item.name)}: {say(item.policy.label)}" for item in filled)
        heading = say("Belum ada, dihitung menurut ketentuan", "Missing, counted by a policy")
        parts += [Heading(heading, 3), Listing(lines)]
    return parts


def band_parts(card: ScoreCard, say: Sayer) -> list[Part]:
    """Return why the band is known less firmly than the total, if it is."""
    if not card.band_reasons or card.band_standing is None:
        return []
    heading = say("Mengapa kategorinya berstatus {standing}", "Why the band is {standing}")
    lines = tuple(say(reason.as_text()) for reason in card.band_reasons)
    return [Heading(heading.format(standing=say(card.band_standing.label)), 3), Listing(lines)]


def explanation_branch(explanation: Explanation, language: Language) -> Branch:
    """Return an explanation as a tree."""
    return _branch(explanation, Sayer(language))


def _branch(node: Explanation, say: Sayer) -> Branch:
    worth = (
        approximate(node.points, say.language)
        if node.points is not None
        else say(node.status.label)
    )
    head = f"{node.code} {say(node.name)}: {worth}"
    if node.points is not None:
        head += f" {say('dari', 'of')} {approximate(node.maximum, say.language)}"
    if node.band is not None:
        head += f", {node.band.id}"
        if node.band_points is not None and node.band_points != node.points:
            read = Text("dibaca {points}", "read as {points}")
            head += f" ({say(read.fill(points=approximate(node.band_points, say.language)))})"
    lines: list[Cell] = []
    if node.formula is not None:
        lines.append(say(node.formula))
    lines += [say(limit) for limit in node.limits]
    if node.level is not None:
        lines.append(_level_line(say("tingkat", "level"), node.level, say))
    if node.next_level is not None:
        lines.append(_level_line(say("tingkat berikutnya", "next level"), node.next_level, say))
    if node.status is Status.ENTERED:
        lines.append(say(node.status.label))
    lines += [say(condition) for condition in node.conditions]
    if node.weight is not None or node.contribution is not None:
        lines.append(_share_line(node, say))
    sources = ", ".join(source.code for source in node.sources)
    known = f"{say('status', 'standing')} {say(node.standing.label)}"
    lines.append(f"{known}; {say('dasar', 'sources')} {sources}" if sources else known)
    if node.remark is not None:
        lines.append(f"{say('catatan', 'remark')}: {say(node.remark)}")
    return Branch(head, tuple(lines), tuple(_branch(child, say) for child in node.children))


def _level_line(title: str, level: Level, say: Sayer) -> str:
    criterion = "" if level.criterion is None else f": {say(level.criterion)}"
    return f"{title} {level.value}{criterion}"


def _share_line(node: Explanation, say: Sayer) -> str:
    parts = []
    if node.weight is not None:
        standing = say(node.weight.basis.standing.label)
        weight = shown(node.weight.value, say.language)
        parts.append(f"{say('bobot', 'weight')} {weight} ({standing})")
    if node.contribution is not None:
        parts.append(
            f"{say('sumbangan', 'contribution')} {approximate(node.contribution, say.language)}"
        )
    return ", ".join(parts)


def sources_listing(explanation: Explanation, language: Language) -> Part:
    """Return the sources that occur in an explanation, each once."""
    say = Sayer(language)
    found = dict.fromkeys(source for node in explanation.walk() for source in node.sources)
    return Listing(
        tuple(Link(f"{source.code}: {say(source.title)}", source.url) for source in found)
    )
