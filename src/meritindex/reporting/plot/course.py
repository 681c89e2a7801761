"""The totals of one agency over the years, with what it has promised: `progress`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from meritindex.analysis import Progress
from meritindex.analysis.premises import named_codes
from meritindex.analysis.progressing import Occasion
from meritindex.language import Language, Text
from meritindex.reporting.plot import style
from meritindex.reporting.plot.course_labels import Label, Way, write_labels
from meritindex.reporting.plot.keys import stroke
from meritindex.reporting.plot.lettering import fitted, height_of, widest
from meritindex.reporting.plot.promises import (
    draw_promise,
    promise_keys,
    promise_notes,
    promise_ways,
    promises_of,
)
from meritindex.reporting.plot.scale import (
    Scale,
    band_lines,
    band_texts,
    beside,
    day_number,
    height_in_points,
    numbered,
    plain,
    years,
)
from meritindex.reporting.plot.sheet import Sheet, require_matplotlib
from meritindex.reporting.plot.words import (
    abridged,
    band_notes,
    ground_notes,
    points_text,
    rule_lines,
    standing_line,
)
from meritindex.scoring.saying import UNKNOWN, Sayer

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TITLE = Text("nilai dari waktu ke waktu", "totals over time")
_TOTAL = Text("nilai", "total")
_OTHER_SCALE = Text(
    "{when}: {total} menurut {id}; tidak digambar, karena skalanya lain",
    "{when}: {total} under {id}; not drawn, for it has another scale",
)
_LACKING = Text(
    "{when}: nilainya tidak diketahui; belum ada: {codes}",
    "{when}: the total is unknown; missing: {codes}",
)
_NOT_CONNECTED = Text(
    "{period}: tidak dapat dibandingkan, sehingga tidak dihubungkan",
    "{period}: not comparable, and so not connected",
)
_YEAR_ALONE = Text(
    "Penilaian yang hanya menyebut tahunnya digambar pada 31 Desember tahun itu",
    "An assessment of which only the year is stated is drawn at 31 December of it",
)
_BODY = 210.0
_BELOW = 22.0
_LEFT = 48.0
_FREE = 0.14
# How high above the lower edge stands what has no total, as a share of the height.
_UNKNOWN_AT = 0.04


def progress(course: Progress, ax: Axes | None = None, *, language: Language = "id") -> Axes:
    """Draw the totals of an agency over the years, with its commitments.

    Totals that can be compared are connected. One on another scale than the latest is not drawn,
    for nothing converts it, but named. A total that is not known has a cross at the lower edge.
    A commitment is the dashed way from its baseline by its milestones to its target, as far as that
    is stated; what is not is named.

    Args:
        course: one agency's row of what `mi.progress` found.
        ax: where to draw; by default on a figure of its own.
        language: `id` or `en`.

    Returns:
        the axes. A notebook shows those on a figure of their own; nothing else is shown.

    Raises:
        MissingExtraError: matplotlib is not installed (extra `plot`).

    Examples:
        >>> # needs: matplotlib
        >>> import meritindex as mi
        >>> years = [
        ...     mi.Assessment(agency="Kota Malang", instrument="ism-2019", year=year,
        ...                   points={"total": total}, synthetic=True)
        ...     for year, total in ((2022, 220), (2023, 250), (2024, 268))
        ... ]
        >>> ax = mi.plot.progress(mi.progress(years), language="en")
        >>> ax.get_title(loc="left")
        'Kota Malang: totals over time'
    """
    require_matplotlib()
    say = Sayer(language)
    scale = course.latest.scale
    drawn = [each for each in course.occasions if each.scale == scale]
    promises = promises_of(course, scale)
    promised = [point for points in promises for point in points]
    bands = course.latest.instrument.root.bands
    totals = [each.total for each in drawn if each.total is not None]
    extent = Scale.around([*totals, *(point.total for point in promised)] or scale, _FREE)
    names = band_texts(bands, extent, say)
    instruments = [each.instrument for each in course.occasions]
    name = fitted(say(course.latest.instrument.root.name), _BODY, style.SMALL_SIZE)
    sheet = Sheet(
        language=language,
        title=f"{course.agency.name}: {say(_TITLE)}",
        lines=(
            *rule_lines(instruments, say),
            standing_line(course.standing, [each.card.plan for each in course.occasions], say),
        ),
        synthetic=course.synthetic,
        keys=[stroke(say(_TOTAL), style.ACCENT, marker="o"), *promise_keys(promises, say)],
        notes=[
            *promise_notes(course, say),
            *_notes(course, drawn, say),
            *band_notes(bands, say, listed=False),
            *ground_notes(instruments, say, exact=course.exact),
        ],
        body=_BODY,
        below=_BELOW,
        left=_LEFT + height_of(name, style.SMALL_SIZE),
        right=widest([text for _, text in names], style.SMALL_SIZE) + style.GAP if names else 0.0,
    )
    ax = sheet.axes(ax)
    plain(ax, keep=("bottom", "left"))
    numbered(ax, extent, say, upright=True)
    ax.set_ylabel(
        name,
        fontsize=style.SMALL_SIZE,
        color=style.MUTED,
        linespacing=style.LEADING,
        parse_math=False,
    )
    dated = [each.day for each in drawn]
    years(ax, [*dated, *(point.day for point in promised if point.day is not None)], say)
    band_lines(ax, bands, extent, upright=True)
    _write_bands(ax, names, extent)
    labels = [label for points in promises for label in draw_promise(ax, points, say)]
    ways = _connect(ax, course, drawn)
    written = _draw_totals(ax, drawn, extent, say)
    write_labels(ax, [*written, *labels], [*ways, *promise_ways(promises)])
    said = [f"{say(each.when_words)}: {_worth(each, say)}" for each in drawn]
    return sheet.dress(ax, abridged(said))


def _connect(ax: Axes, course: Progress, drawn: Sequence[Occasion]) -> list[Way]:
    """Draw a line between two totals in a row that can be compared, and return these lines."""
    ways = []
    for change in course.changes:
        before, after = change.before, change.after
        if before.total is None or after.total is None or not change.comparable:
            continue
        if not (before in drawn and after in drawn):
            continue
        start = (day_number(before.day), float(before.total))
        end = (day_number(after.day), float(after.total))
        ax.plot(
            *zip(start, end, strict=True),
            color=style.ACCENT,
            linewidth=2,
            label="way",
            zorder=3,
        )
        ways.append((start, end))
    return ways


def _draw_totals(ax: Axes, drawn: Sequence[Occasion], extent: Scale, say: Sayer) -> list[Label]:
    """Draw the totals, and return what is to be written beside them."""
    labels = []
    for each in drawn:
        known = each.total is not None
        at = extent.low + extent.extent * _UNKNOWN_AT if each.total is None else float(each.total)
        ax.plot(
            *([day_number(each.day)], [at]),
            linestyle="none",
            marker="o" if known else "x",
            markersize=6 if known else 8,
            color=style.ACCENT if known else style.INK,
            markeredgewidth=1 if known else 2,
            label="total" if known else "unknown",
            zorder=4,
        )
        labels.append(Label(place=(day_number(each.day), at), text=_worth(each, say), bold=known))
    return labels


def _write_bands(ax: Axes, names: Sequence[tuple[float, str]], extent: Scale) -> None:
    """Write at the right where each band begins, as far as that is drawn."""
    unit = extent.extent / height_in_points(ax)
    step = style.SMALL_SIZE * style.LEADING * unit
    places = style.spread([place for place, _ in names], step, extent.low, extent.high)
    for place, (_, text) in zip(places, names, strict=True):
        beside(ax, place, text, size=style.SMALL_SIZE)


def _worth(each: Occasion, say: Sayer) -> str:
    return (
        say(UNKNOWN) if each.total is None else points_text(each.total, say, exact=each.card.exact)
    )


def _notes(course: Progress, drawn: Sequence[Occasion], say: Sayer) -> list[str]:
    """Return what is not drawn, or not connected, and why."""
    found = [
        _OTHER_SCALE.fill(when=each.when_words, total=_worth(each, say), id=each.instrument.id)
        for each in course.occasions
        if each not in drawn
    ]
    found += [
        _LACKING.fill(when=each.when_words, codes=named_codes(each.instrument, each.card.needed))
        for each in drawn
        if each.total is None
    ]
    for change in course.changes:
        both = change.before in drawn and change.after in drawn
        if both and not change.comparable:
            found.append(_NOT_CONNECTED.fill(period=change.label))
    if any(each.date is None for each in drawn):
        found.append(_YEAR_ALONE)
    return list(map(say, found))
