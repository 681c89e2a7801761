"""One reconciliation as a document of plain cells: what differs, what it does, what was missing."""

from __future__ import annotations

from collections.abc import Iterator

from meritindex.analysis.premises import named_codes
from meritindex.analysis.reconciling.card import Reconciliation
from meritindex.analysis.reconciling.card_parts import (
    exceeded_parts,
    state_parts,
    together_parts,
    unmet_parts,
)
from meritindex.analysis.reconciling.items import ReconciledItem
from meritindex.analysis.reconciling.words import (
    CLAIM,
    FINDING,
    answer_text,
    band_text,
    kappa_line,
)
from meritindex.language import Language, Text, counted
from meritindex.layout import (
    Column,
    Document,
    Heading,
    Listing,
    Paragraph,
    Part,
    Table,
)
from meritindex.scoring import ScoreCard
from meritindex.scoring.saying import (
    SYNTHETIC,
    UNKNOWN,
    Sayer,
    card_title,
    places_needed,
    score_standing_parts,
    stage_line,
)

# Totals on a page of one agency have so many decimals, as on a score card.
_DECIMALS = 6

_TITLE = Text("klaim dan temuan", "claim and finding")
_ITEM = Text("butir", "item")
_INDICATOR = Text("indikator", "indicator")
_SAME = Text(
    "Klaim dan temuan sama pada semua jawaban.", "Claim and finding give the same answers."
)
_NO_TOTAL = Text(
    "Nilai {side} tidak diketahui. Karena itu pergeseran nilai oleh setiap temuan tidak dapat "
    "disebut. Untuk menghitung yang belum ada sebagai nol: --missing zero.",
    "The total of the {side} is unknown, so that what each finding does to the total can't be "
    "said. To count what is missing as zero: --missing zero.",
)
_NONE_ALONE = Text(
    "Tidak ada temuan yang sendirian mengubah kategori klaim, dan tidak ada klaim yang bila diakui "
    "sendirian mengubah kategori temuan.",
    "No finding alone changes the band of the claim, and no claim alone, if granted, changes that "
    "of the finding.",
)
_ORDER = Text(
    "Temuan diterima satu demi satu menurut urutan instrumen; poinnya adalah pergeseran nilai pada "
    "saat itu, dan jumlah semuanya tepat sama dengan selisih kedua nilai.",
    "Findings are taken over one after the other, in the order of the instrument; points are what "
    "the total moves by at that moment. Together they are exactly the difference of the totals.",
)
_TOGETHER = Text(
    "Tanda *: berubah bersama jawaban lain, yang disebut di bawah.",
    "The sign *: it changes together with other answers, which are named below.",
)


def card_document(card: Reconciliation, language: Language) -> Document:
    """Return a reconciliation: both totals, what differs and what it does, what was missing."""
    say = Sayer(language)
    title = f"{card_title(card.sides.facts[0])}: {say(_TITLE)}"
    parts: list[Part] = [Heading(title, 2), Paragraph(say(card.instrument.title))]
    if card.synthetic:
        parts.append(Paragraph(say(SYNTHETIC), tone="warning"))
    parts.append(Listing(tuple(_summary(card, say))))
    if card.is_empty:
        parts.append(Paragraph(say(_SAME)))
    else:
        parts += _way(card, say)
        parts += _alone(card, say)
        parts += unmet_parts(card, say)
        parts += exceeded_parts(card, say)
        parts += together_parts(card, say)
    parts += state_parts(card, say)
    parts += score_standing_parts(
        card.standing, card.reasons, card.claimed_card.plan, say, exact=card.exact
    )
    return Document(tuple(parts))


def _summary(card: Reconciliation, say: Sayer) -> Iterator[str]:
    has_bands = card.instrument.root.bands is not None
    for side, result in ((CLAIM, card.claimed_card), (FINDING, card.verified_card)):
        total, band = _unknown(result, say), ""
        if result.total is not None:
            total = say.points(result.total, _DECIMALS)
            band = f", {band_text(result.band, card.instrument, say)}" if has_bands else ""
        stage = stage_line(result.assessments.facts[result.row], say)
        name = say(card.instrument.root.name)
        yield f"{say(side).capitalize()}: {name} {total}{band} ({_lowered(stage)})"
    if card.difference is not None:
        difference = Text("Selisih: {points}", "Difference: {points}")
        yield say(difference.fill(points=say.signed(card.difference, _DECIMALS)))
    if not card.is_empty:
        line = Text(
            "Yang berbeda: {count}; klaim di atas temuan pada {over}, di bawahnya pada {under}",
            "What differs: {count}; the claim is above the finding at {over}, below it at {under}",
        ).fill(
            count=counted(len(card.items), _ITEM),
            over=counted(len(card.over_claimed), _INDICATOR),
            under=len(card.under_claimed),
        )
        yield say(line)
    if card.deciding:
        line = Text(
            "Sendirian mengubah kategori: {codes}", "Alone enough to change the band: {codes}"
        )
        yield say(line.fill(codes=", ".join(item.code for item in card.deciding)))
    yield kappa_line(card.kappa(), say)
    yield f"{say('Status', 'Standing')}: {say(card.standing.label)}"
    for remark in card.remarks:
        yield f"{say('Catatan', 'Remark')}: {say(remark)}"


def _unknown(result: ScoreCard, say: Sayer) -> str:
    """Return that a total is not known, and for want of what."""
    words = Text("tidak diketahui, karena belum ada: {what}", "unknown, for want of: {what}")
    return say(words.fill(what=named_codes(result.instrument, result.needed)))


def _lowered(line: str) -> str:
    return line[:1].lower() + line[1:]


def _item_name(item: ReconciledItem, say: Sayer) -> str:
    mark = "*" if len(item.answers) > 1 else ""
    return f"{item.code}{mark} {say(item.name)}"


def _way(card: Reconciliation, say: Sayer) -> list[Part]:
    """Return what differs, with the way from one total to the other where both are known."""
    columns = [
        Column(say("jawaban", "answer"), min_width=24),
        Column(say(CLAIM), min_width=5),
        Column(say(FINDING), min_width=5),
    ]
    notes: list[str] = []
    if any(len(item.answers) > 1 for item in card.items):
        notes.append(say(_TOGETHER))
    if card.waterfall:
        heading = say("Dari klaim ke temuan", "From the claim to the finding")
        columns += _way_columns(card, say)
        rows = _steps(card, say)
        notes.insert(0, say(_ORDER))
        lacking: list[Part] = []
    else:
        heading = say("Yang berbeda", "What differs")
        rows = [_answers(item, say) for item in card.items]
        lacking = list(_lacking(card, say))
    table = Table(tuple(columns), tuple(rows), notes=tuple(notes))
    return [Heading(heading, 3), *lacking, table]


def _way_columns(card: Reconciliation, say: Sayer) -> list[Column]:
    columns = [Column(say("poin", "points"), "right"), Column(say("nilai", "total"), "right")]
    if card.instrument.root.bands is not None:
        columns.append(Column(say("kategori", "band"), min_width=8))
    return columns


def _answers(item: ReconciledItem, say: Sayer) -> tuple[str, ...]:
    lead = item.answers[0]
    return (
        _item_name(item, say),
        *(answer_text(lead.item, answer, say) for answer in (lead.claim, lead.finding)),
    )


def _steps(card: Reconciliation, say: Sayer) -> list[tuple[str, ...]]:
    """Return a row for every unit; a step over several has its points in the last one's row."""
    start = card.claimed_card
    totals = [start.total, *(step.total for step in card.waterfall)]
    points = [step.points for step in card.waterfall]
    places = max(places_needed(totals), places_needed(points))
    has_bands = card.instrument.root.bands is not None
    assert start.total is not None  # noqa: S101 - or else there is no waterfall
    first = (say("klaim", "the claim"), "", "", "", say.points(start.total, places, fixed=True))
    rows: list[tuple[str, ...]] = [(*first, start.band or "") if has_bands else first]
    for step in card.waterfall:
        numbers = (
            say.signed(step.points, places, fixed=True),
            say.points(step.total, places, fixed=True),
        )
        ending = (*numbers, step.band or "") if has_bands else numbers
        for item in step.items:
            is_last = item is step.items[-1]
            rows.append((*_answers(item, say), *(ending if is_last else ("",) * len(ending))))
    return rows


def _lacking(card: Reconciliation, say: Sayer) -> Iterator[Part]:
    for side, codes in zip((CLAIM, FINDING), card.missing, strict=True):
        if codes:
            yield Paragraph(say(_NO_TOTAL.fill(side=side)))


def _alone(card: Reconciliation, say: Sayer) -> list[Part]:
    """Return which findings and claims decide about the band by themselves."""
    if None in {card.claimed_card.band, card.verified_card.band}:
        return []
    heading = Heading(say("Satu saja yang diterima", "One alone taken over"), 3)
    chosen = [item for item in card.items if item.alone_changes_band or item.granting_changes_band]
    if not chosen:
        return [heading, Paragraph(say(_NONE_ALONE))]
    columns = (
        Column(say("jawaban", "answer"), min_width=24),
        Column(
            say(
                "klaim, bila temuan ini saja diterima", "claim, if this finding alone is taken over"
            ),
            min_width=18,
        ),
        Column(
            say("temuan, bila klaim ini saja diakui", "finding, if this claim alone is granted"),
            min_width=18,
        ),
    )
    rows = tuple(
        (
            _item_name(item, say),
            _outcome(card.claimed_card, item.band_if_accepted_alone, say),
            _outcome(card.verified_card, item.band_if_granted, say),
        )
        for item in chosen
    )
    return [heading, Table(columns, rows)]


def _outcome(card: ScoreCard, band: str | None, say: Sayer) -> str:
    """Return from which band to which a total moves, or that it stays."""
    if card.band == band:
        stays = Text("tetap {band}", "stays {band}")
        return say(stays.fill(band=card.band))
    return f"{card.band} → {say(UNKNOWN) if band is None else band}"
