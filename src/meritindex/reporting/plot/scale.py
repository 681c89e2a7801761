"""The axis of a total or of points: where its numbers stand, and the limits of bands on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Literal

import attrs

from meritindex.definition import Bands
from meritindex.language import Text
from meritindex.numbers import decimal_text, parse_number
from meritindex.reporting.plot import style
from meritindex.reporting.plot.lettering import drawable, height_of, widest
from meritindex.reporting.plot.words import band_name, limit_text
from meritindex.scoring.saying import Sayer

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# A scale without extent is drawn with this one.
_UNIT = 1.0
_DECIMALS = 6
_POINTS = 72
_SLACK = 0.05
_FREE = 0.03
_SIDES = 0.09
_YEAR = 365.25
_HALF_A_YEAR = 183.0
_YEAR_END = Text("akhir {year}", "end of {year}")


@attrs.frozen
class Scale:
    """What part of the line of numbers is drawn, from `low` to `high`."""

    low: float
    high: float

    @classmethod
    def around(cls, values: Iterable[Fraction | None], share: float = 0.0) -> Scale:
        """Return the scale that holds all known values, with a share of it free at both ends."""
        known = [float(value) for value in values if value is not None]
        low, high = min(known, default=0.0), max(known, default=_UNIT)
        if low == high:
            low, high = low - _UNIT / 2, high + _UNIT / 2
        free = (high - low) * share
        return cls(low - free, high + free)

    @property
    def extent(self) -> float:
        """How much of the line it is."""
        return self.high - self.low

    def holds(self, value: float) -> bool:
        """Say whether a value lies within."""
        return self.low < value < self.high


def numbered(ax: Axes, scale: Scale, say: Sayer, *, upright: bool = False) -> None:
    """Write the numbers of an axis, the lower one or the left one."""
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 - an extra

    found = MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]).tick_values(scale.low, scale.high)
    slack = scale.extent * 1e-9
    ticks = [float(tick) for tick in found if scale.low - slack <= tick <= scale.high + slack]
    labels = [number_text(tick, say) for tick in ticks]
    if upright:
        ax.set_ylim(scale.low, scale.high)
        ax.set_yticks(ticks, labels=labels, parse_math=False, usetex=False)
    else:
        ax.set_xlim(scale.low, scale.high)
        ax.set_xticks(ticks, labels=labels, parse_math=False, usetex=False)
    _tick_style(ax, "y" if upright else "x")


def numbered_ranks(ax: Axes, worst: int) -> None:
    """Write the ranks from the first to the worst that is drawn, the best at the left."""
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 - an extra

    found = MaxNLocator(nbins=6, integer=True).tick_values(1, max(worst, 2))
    ticks = [1, *(int(tick) for tick in found if 1 < tick <= worst)]
    free = max(worst - 1, 1) * _FREE
    ax.set_xlim(1 - free, max(worst, 2) + free)
    ax.set_xticks(ticks, labels=list(map(str, ticks)), parse_math=False, usetex=False)
    _tick_style(ax, "x")


def day_number(day: dt.date) -> float:
    """Return where a day stands on an axis of days."""
    from matplotlib.dates import date2num  # noqa: PLC0415 - an extra

    return float(date2num(day))  # type: ignore[no-untyped-call]


def years(ax: Axes, days: Sequence[dt.date], say: Sayer) -> None:
    """Write the ends of the years on the lower axis, as many as there is room for."""
    numbers = [day_number(day) for day in days]
    first, last = min(numbers), max(numbers)
    free = max((last - first) * _SIDES, _HALF_A_YEAR)
    ax.set_xlim(first - free, last + free)
    found = range(min(day.year for day in days) - 1, max(day.year for day in days) + 1)
    ends = [dt.date(year, 12, 31) for year in found]
    ends = [day for day in ends if first - free <= day_number(day) <= last + free]
    labels = [say(_YEAR_END.fill(year=day.year)) for day in ends]
    room = width_in_points(ax) / (last - first + 2 * free) * _YEAR
    step = max(1, ceil((widest(labels, style.SMALL_SIZE) + style.GAP) / room))
    # From the last year back, so that it has its number.
    shown = slice((len(ends) - 1) % step, None, step)
    ax.set_xticks(
        [day_number(day) for day in ends[shown]],
        labels=labels[shown],
        parse_math=False,
        usetex=False,
    )
    _tick_style(ax, "x")


def band_texts(bands: Bands | None, scale: Scale, say: Sayer) -> list[tuple[float, str]]:
    """Return from where each band begins, as far as that is on the scale, and its text."""
    found = () if bands is None else zip(bands.items[1:], bands.thresholds, strict=True)
    return [
        (float(limit[0]), drawable(f"{band_name(band, say)} {limit_text(limit, say)}"))
        for band, limit in found
        if scale.holds(float(limit[0]))
    ]


def _tick_style(ax: Axes, axis: Literal["x", "y"]) -> None:
    ax.tick_params(
        axis=axis,
        labelsize=style.SMALL_SIZE,
        labelcolor=style.MUTED,
        color=style.FAINT,
        length=3,
    )


def limits_of(bands: Bands | None) -> tuple[tuple[Fraction, bool], ...]:
    """Return from where each band but the lowest begins; empty where there are no bands."""
    return () if bands is None else bands.thresholds


def number_text(value: float, say: Sayer) -> str:
    """Return the number of an axis as a decimal."""
    return say.points(parse_number(decimal_text(Fraction(value), _DECIMALS)), _DECIMALS)


def band_lines(ax: Axes, bands: Bands | None, scale: Scale, *, upright: bool = False) -> None:
    """Draw the limits of bands across the axes, those that lie on the scale."""
    draw = ax.axhline if upright else ax.axvline
    for value, _ in limits_of(bands):
        if scale.holds(float(value)):
            draw(float(value), color=style.MUTED, linewidth=0.9, linestyle=(0, (1, 2)), zorder=1)


def rows_of(
    ax: Axes, labels: Sequence[str], left: float, texts: Sequence[str] | None = None
) -> None:
    """Write the labels of rows from the top down, all from the left edge on.

    Where the axes of a caller have no room for all of them, only every second, third, … is written.

    Args:
        ax: the axes.
        labels: at the left, one a row.
        left: the room at the left, in points.
        texts: at the right, one a row.
    """
    step = _step(labels, height_in_points(ax))
    shown = [label if place % step == 0 else "" for place, label in enumerate(labels)]
    ax.set_ylim(max(len(labels), 1) - 0.5, -0.5)
    ax.set_yticks(range(len(labels)), labels=shown, parse_math=False, usetex=False)
    ax.tick_params(axis="y", length=0, pad=left, labelsize=style.LABEL_SIZE, labelcolor=style.INK)
    for label in ax.get_yticklabels():
        label.set_horizontalalignment("left")
        label.set_linespacing(style.LEADING)
    for place, text in enumerate(texts or ()):
        if place % step == 0:
            beside(ax, place, text)
    plain(ax)


def _step(labels: Sequence[str], height: float) -> int:
    """Return of how many rows one label has room in so many points."""
    need = max((height_of(label, style.LABEL_SIZE) for label in labels), default=0.0)
    return max(1, ceil(need * len(labels) / height - _SLACK))


def height_in_points(ax: Axes) -> float:
    """Return how high the axes are."""
    return float(ax.get_window_extent().height / ax.figure.dpi * _POINTS)


def width_in_points(ax: Axes) -> float:
    """Return how wide the axes are."""
    return float(ax.get_window_extent().width / ax.figure.dpi * _POINTS)


def plain(ax: Axes, *, keep: Sequence[str] = ("bottom",)) -> None:
    """Leave out the frame around the axes, but for some sides."""
    for side, spine in ax.spines.items():
        spine.set_visible(side in keep)
        spine.set_color(style.FAINT)
    ax.grid(visible=False)


def beside(
    ax: Axes, row: float, text: str, *, bold: bool = False, size: float = style.LABEL_SIZE
) -> None:
    """Write a text at the right of the axes, at the height of a row."""
    ax.annotate(
        text,
        xy=(1, row),
        xycoords=ax.get_yaxis_transform(),
        xytext=(style.GAP, 0),
        textcoords="offset points",
        fontsize=size,
        fontweight="bold" if bold else "normal",
        color=style.INK,
        va="center",
        linespacing=style.LEADING,
        annotation_clip=False,
        parse_math=False,
    )


def within(ax: Axes, text: str) -> None:
    """Write a text in the middle of the axes, where there is nothing else to be drawn."""
    ax.text(
        *(0.5, 0.5, text),
        transform=ax.transAxes,
        fontsize=style.LABEL_SIZE,
        color=style.MUTED,
        ha="center",
        va="center",
        linespacing=style.LEADING,
        parse_math=False,
    )
