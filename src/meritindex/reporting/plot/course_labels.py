"""Texts beside points, placed so that none lies on another or on a point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from meritindex.reporting.plot import style
from meritindex.reporting.plot.lettering import drawable, height_of, width_of
from meritindex.reporting.plot.scale import height_in_points, width_in_points

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# How far a text keeps from its point, and how much room the mark of a point takes.
_KEEP = 6.0
_MARK = 4.0
# How many lines farther away is tried where everything nearer is taken.
_FARTHEST = 4

_THIN = 1.5

Place = tuple[float, float]
Way = tuple[Place, Place]
Box = tuple[float, float, float, float]


@attrs.frozen(kw_only=True)
class Label:
    """A text beside a point, in the numbers of the axes; `below` says where it is tried first."""

    place: Place
    text: str
    below: bool = False
    bold: bool = False


def write_labels(ax: Axes, labels: Sequence[Label], ways: Sequence[Way] = ()) -> None:
    """Write texts beside their points, each where there is most room.

    Args:
        ax: the axes, with their limits.
        labels: what is written, what matters most first.
        ways: the straight lines that are drawn, each from one place to another.
    """
    from matplotlib.patheffects import withStroke  # noqa: PLC0415 - an extra

    room = (width_in_points(ax), height_in_points(ax))
    anchors = [_in_points(ax, label.place, room) for label in labels]
    taken = [_around(anchor, _MARK) for anchor in anchors]
    for way in ways:
        start, end = (_in_points(ax, place, room) for place in way)
        taken += [_around(place, _THIN) for place in _between(start, end)]
    for label, anchor in zip(labels, anchors, strict=True):
        boxes = [_within(box, room) for box in _tried(label, anchor)]
        box = min(boxes, key=lambda each: sum(_shared(each, other) for other in taken))
        taken.append(box)
        ax.annotate(
            drawable(label.text),
            xy=label.place,
            xytext=(box[0] - anchor[0], box[1] - anchor[1]),
            textcoords="offset points",
            fontsize=style.SMALL_SIZE,
            fontweight="bold" if label.bold else "normal",
            color=style.INK,
            ha="left",
            va="bottom",
            annotation_clip=False,
            parse_math=False,
            zorder=5,
            path_effects=[withStroke(linewidth=2.5, foreground=style.PAPER)],
        )


def _tried(label: Label, anchor: Place) -> Iterator[Box]:
    """Yield where a text may stand, the best place first: its left, lower, right and upper edge."""
    width = width_of(drawable(label.text), style.SMALL_SIZE, bold=label.bold)
    height = height_of(label.text, style.SMALL_SIZE)
    right, up = anchor
    for away in range(_FARTHEST):
        step = _KEEP + away * height
        above, below = up + step, up - step - height
        first, second = (below, above) if label.below else (above, below)
        ends = (right - width - _KEEP / 2, right + _KEEP / 2)
        yield from (
            (left, low, left + width, low + height)
            for left, low in (
                (right - width / 2, first),
                (right - width / 2, second),
                *((left, low) for low in (first, second) for left in ends),
                (right + step, up - height / 2),
                (right - step - width, up - height / 2),
            )
        )


def _in_points(ax: Axes, place: Place, room: Place) -> Place:
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    share = ((place[0] - left) / (right - left), (place[1] - low) / (high - low))
    return share[0] * room[0], share[1] * room[1]


def _between(start: Place, end: Place) -> Iterator[Place]:
    """Yield places on a straight line, near to one another."""
    count = 2 + int(max(abs(start[0] - end[0]), abs(start[1] - end[1])) / _MARK)
    for step in range(count + 1):
        share = step / count
        yield start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _around(anchor: Place, reach: float) -> Box:
    right, up = anchor
    return right - reach, up - reach, right + reach, up + reach


def _within(box: Box, room: Place) -> Box:
    """Return a box moved into the axes, as far as it fits."""
    left = max(0.0, min(box[0], room[0] - (box[2] - box[0])))
    low = max(0.0, min(box[1], room[1] - (box[3] - box[1])))
    return left, low, left + box[2] - box[0], low + box[3] - box[1]


def _shared(one: Box, other: Box) -> float:
    """Return the area that two boxes share."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(width, 0.0) * max(height, 0.0)
