"""What is certain of one agency, in sentences: its band, its interval, and how far limits are."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from meritindex.analysis.bounding.card import BoundsCard
from meritindex.analysis.bounding.words import first_named, is_more, settling_text
from meritindex.analysis.premises import codes_text, condition, open_codes
from meritindex.definition import Band, Bands, Region
from meritindex.language import Text
from meritindex.scoring.formulas import approximate
from meritindex.scoring.remarks import row_remarks
from meritindex.scoring.saying import UNKNOWN, Sayer, stage_line

# Bounds on a card have so many decimals, as the total on a score card has.
_DECIMALS = 6

_TO = Text("{low} sampai {high}", "{low} to {high}")
_BEGINS = Text("{band} mulai {limit}", "{band} from {limit}")
_BEGINS_ABOVE = Text("{band} di atas {limit}", "{band} above {limit}")


def open_regions(card: BoundsCard) -> tuple[Region, ...]:
    """Return the open weights that matter to an agency: not those under points it has entered."""
    entries = card.table.assessments.entries
    return tuple(
        region
        for region in card.table.tree.regions.values()
        if not any(
            code in entries and entries[code].known[card.row]
            for code in (*card.instrument.path(region.dimension), region.dimension)
        )
    )


def verdict(card: BoundsCard, say: Sayer, *, named: bool = False) -> str:
    """Return what is certain, or what would settle it.

    Args:
        card: the bounds.
        say: the choice of a language.
        named: whether the first of what would settle it are called by their names, and the others
            counted; else all are called by their codes.
    """
    if card.lower is None:
        return say(
            "Tidak ada yang pasti: nilainya tidak dapat dibatasi.",
            "Nothing is certain: the total can't be bounded.",
        )
    weights = [code for region in open_regions(card) for code in open_codes(region)]
    missing, doubtful = (
        [item.code for item in card.open_items if item.answered is doubt] for doubt in (False, True)
    )
    if card.instrument.root.bands is not None:
        band = _possible(card, say)
        certain = Text(
            "Pasti{condition}: kategorinya {band}", "Certain{condition}: the band is {band}"
        ).fill(band=band, condition=condition(card.table.tree))
        not_yet = Text("Belum pasti: kategorinya {band}.", "Not certain: the band is {band}.").fill(
            band=band
        )
        is_certain = not is_more(card.possible_bands)
    else:
        certain = Text(
            "Pasti{condition}: nilainya satu angka", "Certain{condition}: the total is one number"
        ).fill(condition=condition(card.table.tree))
        not_yet = Text("Belum pasti: nilainya.", "Not certain: the total.")
        is_certain = card.lower == card.upper
    if is_certain:
        return f"{say(certain)}{say(_whatever(weights, missing + doubtful))}."
    sentence = Text("Yang memastikannya: {settling}.", "What would settle it: {settling}.")
    sentences = [
        say(not_yet),
        say(
            sentence.fill(
                settling=settling_text(
                    weights, missing, doubtful, card.instrument if named else None
                )
            )
        ),
    ]
    alone = [decision.item.code for decision in card.decisions if decision.can_settle]
    if alone and len(weights) + len(card.open_items) > 1:
        settling = Text(
            "Satu jawaban saja mungkin sudah memastikannya: {codes}.",
            "One answer alone may settle it: {codes}.",
        )
        said = first_named(card.instrument, alone) if named else codes_text(alone)
        sentences.append(say(settling.fill(codes=said)))
    return " ".join(sentences)


def _possible(card: BoundsCard, say: Sayer) -> str:
    *others, last = (say.band(card.instrument, name) for name in card.possible_bands)
    if not others:
        return last
    return f"{', '.join(others)} {say('atau', 'or')} {last}"


def _whatever(weights: list[str], answers: list[str]) -> Text:
    """Return in face of what something is certain."""
    if weights and answers:
        return Text(
            ", apa pun bobot dan jawaban yang masih terbuka",
            ", whatever the open weights and the open answers are",
        )
    if weights:
        return Text(", apa pun bobot yang masih terbuka", ", whatever the open weights are")
    if answers:
        return Text(", apa pun jawaban yang masih terbuka", ", whatever the open answers are")
    return Text("; tidak ada yang masih terbuka", "; nothing is open")


def card_lines(card: BoundsCard, say: Sayer) -> Iterator[str]:
    """Yield the interval, the limits of the bands near it, the ranks, the standing, the stage."""
    root, table = card.instrument.root, card.table
    facts = table.assessments.facts[card.row]
    if card.lower is None or card.upper is None:
        yield f"{say(root.name)}: {say(UNKNOWN)}"
    else:
        # The most that a total can be may depend on weights that are open.
        most = table.tree.plan.ranges[root.code][1]
        of = "" if most < card.upper else f" ({say('dari', 'of')} {say.points(most)})"
        yield f"{say(root.name)}: {_interval(card.lower, card.upper, say)}{of}"
        yield from _limit_lines(card, root.bands, (card.lower, card.upper), say)
        for figure in card.instrument.derived:
            ends = sorted(end * figure.factor.value for end in (card.lower, card.upper))
            known = say(figure.factor.basis.standing.label)
            yield f"{say(figure.name)}: {_interval(ends[0], ends[1], say)} ({known})"
    if len(table) > 1:
        yield f"{say('Peringkat', 'Rank')}: {say(_ranks(card))}"
    yield f"{say('Status', 'Standing')}: {say(card.standing.label)}"
    yield stage_line(facts, say)
    for remark in row_remarks(card.instrument, facts):
        yield f"{say('Catatan', 'Remark')}: {say(remark)}"


def _interval(low: Fraction, high: Fraction, say: Sayer) -> str:
    if low == high:
        return say.points(low, _DECIMALS)
    ends = {"low": say.at_least(low, _DECIMALS), "high": say.at_most(high, _DECIMALS)}
    return say(_TO.fill(**ends))


def _limit_lines(
    card: BoundsCard, bands: Bands | None, ends: tuple[Fraction, Fraction], say: Sayer
) -> Iterator[str]:
    """Yield how far the limits of bands are: those within the interval, else the nearest one.

    A band that a cap has lowered is not decided by limits.
    """
    first, last = (int(numbers[card.row]) for numbers in card.table.band_numbers)
    if bands is None or [bands.number_of(end) for end in ends] != [first, last]:
        return
    low, high = ends
    within = range(first, last)
    for number in within:
        line = Text(
            "Batas {begins}: {below} di atas nilai terendah, {above} di bawah nilai tertinggi",
            "Limit of {begins}: {below} above the least total, {above} below the greatest",
        )
        limit, _ = bands.thresholds[number - 1]
        yield say(
            line.fill(
                begins=_begins(card, bands, number, say),
                below=approximate(limit - low, say.language),
                above=approximate(high - limit, say.language),
            )
        )
    if within:
        return
    distances: list[tuple[Fraction, int]] = []
    if first > 1:
        distances.append((low - bands.thresholds[first - 2][0], first - 1))
    if last < len(bands):
        distances.append((bands.thresholds[last - 1][0] - high, last))
    for distance, number in sorted(distances)[:1]:
        line = Text(
            "Batas terdekat: {begins}; nilai tertinggi {distance} di bawahnya",
            "Nearest limit: {begins}; the greatest total is {distance} below it",
        )
        if number < first:
            line = Text(
                "Batas terdekat: {begins}; nilai terendah {distance} di atasnya",
                "Nearest limit: {begins}; the least total is {distance} above it",
            )
        begins = _begins(card, bands, number, say)
        yield say(line.fill(begins=begins, distance=approximate(distance, say.language)))


def _begins(card: BoundsCard, bands: Bands, number: int, say: Sayer) -> str:
    """Return from where the band begins that lies above the one with this number."""
    band: Band = bands.items[number]
    limit, inclusive = bands.thresholds[number - 1]
    begins = _BEGINS if inclusive else _BEGINS_ABOVE
    name = say.band(card.instrument, band.name.id)
    return say(begins.fill(band=name, limit=approximate(limit, say.language)))


def _ranks(card: BoundsCard) -> Text:
    ends = card.rank_range
    if ends is None:
        return Text("tidak berperingkat", "not ranked")
    best, worst = ends
    count = sum(other is not None for other in card.table.rank_ranges)
    if best == worst:
        return Text("pasti {rank} dari {count}", "certainly {rank} of {count}").fill(
            rank=best, count=count
        )
    sure = Text("kedua ujungnya tercapai", "both ends are attained")
    if not card.attained:
        sure = Text("tidak mungkin di luar rentang itu", "none outside of these is possible")
    line = Text(
        "{best} sampai {worst} dari {count}; {sure}", "{best} to {worst} of {count}; {sure}"
    )
    return line.fill(best=best, worst=worst, count=count, sure=sure)
