"""Many reconciliations as a document of plain cells: what is over-claimed most, and by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from meritindex.analysis.reconciling.agreement import AgencyAgreement, ItemAgreement
from meritindex.analysis.reconciling.matching import CLAIMS, FINDINGS, stages_turned
from meritindex.analysis.reconciling.table import ReconciliationTable
from meritindex.analysis.reconciling.words import kappa_line
from meritindex.assessment import RowFacts
from meritindex.language import Language, Text, listed
from meritindex.layout import Column, Document, Heading, Listing, Paragraph, Part, Table
from meritindex.scoring.saying import (
    SYNTHETIC,
    UNKNOWN,
    Sayer,
    left_out_parts,
    places_needed,
    remark_parts,
    score_standing_parts,
    who,
)

# Of the agencies that over-claim an indicator by the most levels, so many are named.
_NAMED = 1

_SIGN = Text(
    "Dari: berapa instansi yang tingkatnya dapat dibandingkan. Tinggi, rendah: pada berapa di "
    "antaranya klaim terlalu tinggi atau terlalu rendah. Selisih: rata-rata temuan dikurangi "
    "klaim, dalam tingkat. Kappa: kesepakatan di luar yang kebetulan, 1 bila sepenuhnya sepakat; "
    "- bila tidak terdefinisi. Paling tinggi oleh: siapa yang klaimnya paling jauh di atas temuan, "
    "dan berapa tingkat.",
    "Of: how many agencies have a level on both sides. High, low: at how many of them the claim is "
    "too high or too low. Gap: the mean of finding less claim, in levels. Kappa: agreement beyond "
    "chance, 1 where it is full; - where it is not defined. Highest by: whose claim is the "
    "farthest above the finding, and by how many levels.",
)


def table_document(table: ReconciliationTable, language: Language) -> Document:
    """Return a table: what moved, the indicators over-claimed most, and all agencies."""
    say = Sayer(language)
    parts: list[Part] = [Paragraph(say(table.instrument.title))]
    if table.synthetic:
        parts.append(Paragraph(say(SYNTHETIC), tone="warning"))
    parts.append(Listing(tuple(_summary(table, say))))
    parts += _item_parts(table, say)
    parts += _agency_parts(table, say)
    parts += _unmatched(CLAIMS, FINDINGS, table.only_claimed, say)
    parts += _unmatched(FINDINGS, CLAIMS, table.only_verified, say)
    sides = (table.claimed.assessments.facts, table.verified.assessments.facts)
    parts += remark_parts(table.instrument, (facts for side in sides for facts in side), say)
    parts += score_standing_parts(
        table.standing, table.reasons, table.claimed.plan, say, exact=table.exact
    )
    parts += left_out_parts(table.left_out, say)
    return Document(tuple(parts))


def _summary(table: ReconciliationTable, say: Sayer) -> Iterator[str]:
    compared = Text("Dibandingkan: {count} penilaian", "Compared: {count} assessments")
    yield say(compared.fill(count=len(table)))
    if table.instrument.root.bands is not None:
        moves = [each.moved for each in table.by_agency]
        line = Text(
            "Kategori turun {down}, naik {up}, tetap {same}",
            "Bands: {down} fell, {up} rose, {same} stayed",
        ).fill(
            down=sum(move is not None and move < 0 for move in moves),
            up=sum(move is not None and move > 0 for move in moves),
            same=moves.count(0),
        )
        unknown = moves.count(None)
        without = f", {say(UNKNOWN)} {unknown}" if unknown else ""
        yield f"{say(line)}{without}"
    over = sum(item.over_claimed for item in table.items)
    under = sum(item.under_claimed for item in table.items)
    levels = sum(item.compared for item in table.items)
    line = Text(
        "Dari {count} tingkat yang dibandingkan, klaim terlalu tinggi {over}, terlalu rendah "
        "{under}",
        "Of {count} levels that are compared, {over} are claimed too high and {under} too low",
    )
    yield say(line.fill(count=levels, over=over, under=under))
    yield kappa_line(table.kappa(), say)
    pairs = zip(table.claimed.assessments.facts, table.verified.assessments.facts, strict=True)
    turned = Counter(remark for pair in pairs for remark in stages_turned(*pair))
    for remark, count in turned.items():
        yield f"{say('Catatan', 'Remark')}: {say(remark)} ({count})"


def _item_parts(table: ReconciliationTable, say: Sayer) -> list[Part]:
    chosen = [item for item in table.items if item.over_claimed or item.under_claimed]
    heading = Heading(say("Menurut indikator", "By indicator"), 3)
    if not chosen:
        same = say(
            "Klaim dan temuan sama pada semua tingkat.", "Claims and findings are at equal levels."
        )
        return [heading, Paragraph(same)]
    columns = (
        Column(say("indikator", "indicator"), min_width=18),
        Column(say("dari", "of"), "right"),
        Column(say("tinggi", "high"), "right"),
        Column(say("rendah", "low"), "right"),
        Column(say("selisih", "gap"), "right"),
        Column(say("kappa", "kappa"), "right"),
        Column(say("paling tinggi oleh", "highest by"), min_width=20),
    )
    rows = tuple(
        (
            f"{item.code} {say(item.name)}",
            str(item.compared),
            str(item.over_claimed),
            str(item.under_claimed),
            "-"
            if item.mean_difference is None
            else say.signed(item.mean_difference, 2, fixed=True),
            "-" if item.kappa is None else say.points(item.kappa, 2, fixed=True),
            _most(item, say),
        )
        for item in chosen
    )
    same_count = len(table.items) - len(chosen)
    notes = [say(_SIGN)]
    if same_count:
        line = Text(
            "Indikator tanpa selisih: {count}.", "Indicators without a difference: {count}."
        )
        notes.append(say(line.fill(count=same_count)))
    return [heading, Table(columns, rows, notes=tuple(notes))]


def _most(item: ItemAgreement, say: Sayer) -> str:
    """Return who over-claims an indicator most, and by how much."""
    if not item.most:
        return "-"
    names = ", ".join(facts.agency.name for facts in item.most_by[:_NAMED])
    more = len(item.most_by) - _NAMED
    if more > 0:
        names += say(Text(" dan {count} lagi", " and {count} more").fill(count=more))
    return f"{names} ({item.most})"


def _agency_parts(table: ReconciliationTable, say: Sayer) -> list[Part]:
    bands = table.instrument.root.bands is not None
    places = places_needed(each.points for each in table.by_agency)
    assessed = Counter(table.agencies)
    order = sorted(
        table.by_agency, key=lambda each: (-each.over_claimed_levels, each.points or Fraction(0))
    )
    columns = [
        Column(say("instansi", "agency"), min_width=24),
        Column(say("tinggi", "high"), "right"),
        Column(say("tingkat", "levels"), "right"),
        Column(say("rendah", "low"), "right"),
        Column(say("poin", "points"), "right"),
    ]
    columns += [Column(say("kategori", "band"), min_width=10)] if bands else []
    rows = []
    for each in order:
        cells = [
            who(each.facts, assessed, say),
            str(each.over_claimed),
            str(each.over_claimed_levels),
            str(each.under_claimed),
            "-" if each.points is None else say.signed(each.points, places, fixed=True),
        ]
        cells += [_move(each, say)] if bands else []
        rows.append(tuple(cells))
    note = Text(
        "Tinggi, rendah: pada berapa indikator klaim terlalu tinggi atau terlalu rendah. Tingkat: "
        "berapa tingkat terlalu tinggi seluruhnya. Poin: nilai temuan dikurangi nilai klaim; - "
        "bila salah satunya tidak diketahui.",
        "High, low: at how many indicators the claim is too high or too low. Levels: by how many "
        "levels it is too high, all together. Points: the verified total less the claimed one; - "
        "where either is not known.",
    )
    heading = Heading(say("Menurut instansi", "By agency"), 3)
    return [heading, Table(tuple(columns), tuple(rows), notes=(say(note),))]


def _move(each: AgencyAgreement, say: Sayer) -> str:
    names = [name or say(UNKNOWN) for name in (each.band_before, each.band_after)]
    return " → ".join(dict.fromkeys(names))


def _unmatched(side: Text, other: Text, facts: Sequence[RowFacts], say: Sayer) -> list[Part]:
    """Return who is on one side alone."""
    if not facts:
        return []
    heading = Text(
        "Hanya ada dalam {side}, tidak dalam {other}", "Only in the {side}, not in the {other}"
    )
    lines = tuple(say(listed((Text.same(each.agency.name), each.occasion))) for each in facts)
    return [Heading(say(heading.fill(side=side, other=other)), 3), Listing(lines)]
