"""Intervals of many agencies, one a row: what `total_intervals` and `rank_intervals` share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from meritindex.reporting.plot import style
from meritindex.reporting.plot.keys import stroke
from meritindex.reporting.plot.lettering import drawable, widest
from meritindex.reporting.plot.scale import rows_of, within
from meritindex.reporting.plot.sheet import Sheet, label_width, row_height, side_labels
from meritindex.reporting.plot.words import NOBODY, abridged
from meritindex.scoring.saying import Sayer

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

_ROW = 15.0
# Colour and width of a line: what is certain, what is not, and all draws.
_FIRM, _LOOSE, _ALL = (style.ACCENT, 4.5), (style.CONTRAST, 4.5), (style.INK, 1.2)


@attrs.frozen(kw_only=True)
class Interval:
    """The interval of one agency.

    Attributes:
        name: who it is.
        ends: the least and the most; None where nothing is known.
        inner: within what most draws lie; None where nothing was drawn.
        middle: the mean of the draws; likewise.
        firm: whether what matters of it is certain.
        text: the interval for a reader.
    """

    name: str
    ends: tuple[Fraction, Fraction] | None
    inner: tuple[Fraction, Fraction] | None = None
    middle: Fraction | None = None
    firm: bool = True
    text: str


def draw_intervals(
    ax: Axes | None,
    sheet: Sheet,
    intervals: Sequence[Interval],
    number: Callable[[Axes], None],
) -> Axes:
    """Draw intervals from the top down; `number` writes the axis and what stands behind them."""
    labels = side_labels([each.name for each in intervals])
    texts = [drawable(each.text) for each in intervals]
    left = label_width(labels)
    sheet = attrs.evolve(
        sheet,
        body=row_height(labels, _ROW) * max(len(intervals), 1),
        left=left,
        right=widest(texts, style.LABEL_SIZE) + style.GAP if texts else 0.0,
    )
    ax = sheet.axes(ax)
    rows_of(ax, labels, left, texts)
    number(ax)
    for place, each in enumerate(intervals):
        if each.ends is not None:
            _draw(ax, place, each, each.ends)
    if not intervals:
        within(ax, Sayer(sheet.language)(NOBODY))
    return sheet.dress(ax, abridged([f"{each.name}: {each.text}" for each in intervals]))


def sample(label: str, *, firm: bool) -> Artist:
    """Return the sample of an interval for a key."""
    colour, width = _FIRM if firm else _LOOSE
    return stroke(label, colour, width=width)


def _draw(ax: Axes, place: int, each: Interval, ends: tuple[Fraction, Fraction]) -> None:
    if each.inner is not None:
        _line(ax, place, ends, _ALL)
        _line(ax, place, each.inner, _FIRM)
    elif ends[0] != ends[1]:
        _line(ax, place, ends, _FIRM if each.firm else _LOOSE)
    if each.middle is not None or ends[0] == ends[1]:
        middle = ends[0] if each.middle is None else each.middle
        ax.plot(
            *([float(middle)], [place]),
            linestyle="none",
            marker="D",
            markersize=5,
            markerfacecolor=style.ACCENT if each.middle is None else style.PAPER,
            markeredgecolor=style.INK,
            label=f"point {place}",
        )


def _line(ax: Axes, place: int, ends: tuple[Fraction, Fraction], kind: tuple[str, float]) -> None:
    colour, width = kind
    ax.plot(
        *((float(ends[0]), float(ends[1])), (place, place)),
        color=colour,
        linewidth=width,
        solid_capstyle="butt",
        label=f"line {place}",
        zorder=2,
    )
