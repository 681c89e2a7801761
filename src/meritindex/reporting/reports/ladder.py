"""The ladder of bands: where a total stands on it, and how far every limit is."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from meritindex.definition import Bands, weakest
from meritindex.language import Text, listed
from meritindex.layout import Column, Mark, Part, Scale, Stretch, Table
from meritindex.scoring import ScoreCard, ScoringPlan
from meritindex.scoring.formulas import approximate
from meritindex.scoring.saying import UNKNOWN, Sayer

# A band that begins where no points reach is drawn with this share of the scale.
_BEYOND = Fraction(8, 100)

_FROM = Text("mulai {limit}", "from {limit}")
_ABOVE = Text("di atas {limit}", "above {limit}")
_SHORT = Text("kurang {distance}", "{distance} short")
_OVER = Text("lewat {distance}", "{distance} past")
_AT = Text("tepat di batasnya", "right at its limit")
_OUT_OF_REACH = Text("tidak dapat dicapai dengan rumus ini", "can't be reached under this formula")


@attrs.frozen(kw_only=True)
class Rung:
    """A band: its name, from where it begins, and how far a total is past that.

    Attributes:
        name: the official name.
        number: from 1, the lowest.
        limit: from where it begins, for points before rounding; None for the lowest.
        inclusive: whether the limit itself belongs to it.
        past: by how much the total lies above the limit (below zero: short of it); None without
            a total or a limit.
        reachable: whether any answers reach it.
    """

    name: str
    number: int
    limit: Fraction | None
    inclusive: bool
    past: Fraction | None
    reachable: bool = True


def rungs(bands: Bands, total: Fraction | None, most: Fraction | None = None) -> tuple[Rung, ...]:
    """Return the bands from the lowest, each with how far a total is from it.

    Args:
        bands: of the total.
        total: None where it is not known.
        most: the highest total that any answers give; None where every band counts as reachable.
    """
    limits: list[tuple[Fraction | None, bool]] = [(None, True), *bands.thresholds]
    return tuple(
        Rung(
            name=band.name.id,
            number=number,
            limit=limit,
            inclusive=inclusive,
            past=None if total is None or limit is None else total - limit,
            reachable=most is None
            or limit is None
            or limit < most
            or (limit == most and inclusive),
        )
        for number, (band, (limit, inclusive)) in enumerate(zip(bands, limits, strict=True), 1)
    )


def band_number(card: ScoreCard) -> int | None:
    """Return the number of the total's band, from 1; None where it is not known."""
    names = [band.name.id for band in card.instrument.root.bands or ()]
    return names.index(card.band) + 1 if card.band is not None else None


def next_rung(card: ScoreCard) -> Rung | None:
    """Return the band above the present one; None where there is none, or none is known."""
    number, bands = band_number(card), card.instrument.root.bands
    if number is None or bands is None or number == len(bands):
        return None
    return rungs(bands, card.total, _most(card))[number]


def _most(card: ScoreCard) -> Fraction:
    return card.plan.ranges[card.instrument.root.code][1]


def begins_text(rung: Rung, say: Sayer) -> str:
    """Return from where a band begins; a dash for the lowest, which is open downward."""
    if rung.limit is None:
        return "–"
    words = _FROM if rung.inclusive else _ABOVE
    return say(words.fill(limit=approximate(rung.limit, say.language)))


def distance_text(rung: Rung, say: Sayer) -> str:
    """Return how far the total is from where a band begins; a dash where that is not known."""
    if not rung.reachable and (rung.past is None or rung.past <= 0):
        return say(_OUT_OF_REACH)
    if rung.past is None:
        return "–"
    if rung.past == 0:
        return say(_AT)
    words = _OVER if rung.past > 0 else _SHORT
    return say(words.fill(distance=approximate(abs(rung.past), say.language)))


def ladder_parts(card: ScoreCard, bands: Bands, say: Sayer) -> list[Part]:
    """Return the ladder of a card: a picture, and the bands with their limits and distances."""
    number = band_number(card)
    total = say(UNKNOWN) if card.total is None else approximate(card.total, say.language)
    name = say(card.instrument.root.name)
    here = say("di sini", "here")
    columns = (
        Column(say("kategori", "band"), min_width=10),
        Column(say("batas", "limit"), min_width=8),
        Column(say("jarak nilai ke batas itu", "distance of the total")),
        Column(say("status batas", "standing of the limit")),
        Column(say("kedudukan", "position")),
    )
    rows = tuple(
        (
            say.band(card.instrument, rung.name),
            begins_text(rung, say),
            distance_text(rung, say),
            _limit_standing(bands, rung, say),
            f"◀ {here}" if rung.number == number else "",
        )
        for rung in rungs(bands, card.total, _most(card))
    )
    caption = Text("Kategori dari yang terendah; {name}: {total}", "Bands; {name}: {total}")
    table = Table(
        columns, rows, say(caption.fill(name=name, total=total)), notes=_notes(bands, say)
    )
    marks = () if card.total is None else ((total, card.total),)
    title = Text("Tangga kategori {name}", "Ladder of bands, {name}").fill(name=name)
    return [
        band_scale(card.plan, marks, number, say(title), say),
        table,
    ]


def band_scale(
    plan: ScoringPlan,
    marks: Iterable[tuple[str, Fraction]],
    number: int | None,
    title: str,
    say: Sayer,
) -> Scale:
    """Return the bands of an instrument as a scale with marks.

    Args:
        plan: of an instrument with bands.
        marks: what each mark says, and the total that it stands at.
        number: the band that is to stand out, from 1.
        title: of the scale.
        say: the choice of a language.
    """
    root = plan.instrument.root
    bands, ends = root.bands, plan.ranges[root.code]
    assert bands is not None  # noqa: S101 - there is no ladder without bands
    marked = list(marks)
    limits = [limit for limit, _ in bands.thresholds]
    # Deductions may lead far below zero; that is not drawn unless something stands there.
    least = ends[0] if ends[0] > 0 else Fraction(0)
    low = min([least, *limits[:1], *(place for _, place in marked)])
    high = max([ends[1], *(place for _, place in marked)])
    high = max(high, low + 1 if high == low else high)
    if limits and limits[-1] >= high:
        high = limits[-1] + (limits[-1] - low) * _BEYOND
    edges = [low, *limits, high]

    def share(value: Fraction) -> Fraction:
        return min(max((value - low) / (high - low), Fraction(0)), Fraction(1))

    stretches = tuple(
        Stretch(
            label=band.name.id,
            start=share(edges[place]),
            end=share(max(edges[place + 1], edges[place])),
            holds=place + 1 == number,
        )
        for place, band in enumerate(bands)
    )
    parts = [
        Text.same(rung.name)
        if rung.limit is None
        else Text.same(
            f"{rung.name} {begins_text(rung, say)}"
            + ("" if rung.reachable else f" ({say(_OUT_OF_REACH)})")
        )
        for rung in rungs(bands, None, ends[1])
    ]
    said = [say(listed(parts, "; "))]
    said += [f"{label}: {_in_band(bands, number)}" if number else label for label, _ in marked]
    return Scale(
        title=title,
        description=". ".join(said),
        stretches=stretches,
        marks=tuple(Mark(label=label, place=share(place)) for label, place in marked),
    )


def _in_band(bands: Bands, number: int) -> str:
    return bands.items[number - 1].name.id


def _limit_standing(bands: Bands, rung: Rung, say: Sayer) -> str:
    """Return how firmly the limit is known from which a band begins."""
    if rung.limit is None:
        return "–"
    # The limits beside a band are its lower and its upper one; the lowest band has no lower one.
    limit = bands.limits_beside(rung.number)[0].basis.standing
    if bands.rounding is None or bands.rounding.basis.standing is limit:
        return say(limit.label)
    # The limit before rounding follows from the printed one and from how totals are rounded.
    rounding = bands.rounding.basis.standing
    words = Text(
        "{whole} (tercetak: {limit}; pembulatan: {rounding})",
        "{whole} (as printed: {limit}; rounding: {rounding})",
    )
    whole = weakest([limit, rounding]).label
    return say(words.fill(whole=whole, limit=limit.label, rounding=rounding.label))


def _notes(bands: Bands, say: Sayer) -> tuple[str, ...]:
    rounding = bands.rounding
    if rounding is None:
        return ()
    note = Text(
        "Nilai dibulatkan ke kelipatan {unit} sebelum kategorinya dibaca; batas di sini sudah "
        "memperhitungkan pembulatan itu.",
        "Totals are rounded to multiples of {unit} before the band is read; the limits here allow "
        "for that.",
    )
    return (say(note.fill(unit=approximate(rounding.unit, say.language))),)
