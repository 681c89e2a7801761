"""The scale of the ladder: what of it is drawn, where limits stand, and how texts keep apart."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from meritindex.definition import Bands
from meritindex.reporting.plot import style
from meritindex.reporting.plot.scale import Scale, height_in_points, limits_of, number_text
from meritindex.reporting.plot.style import spread
from meritindex.reporting.plot.words import limit_text
from meritindex.scoring import ScoreCard
from meritindex.scoring.saying import Sayer

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# From one text to the next above it, in points.
STEP = 13.0
# How much of the ladder a band gets that begins where the scale ends.
_BEYOND = Fraction(7, 100)


def ladder_scale(card: ScoreCard, bands: Bands | None) -> Scale:
    """Return what of the scale is drawn: what lies below 0 only where anything else does."""
    least, most = card.plan.ranges[card.instrument.root.code]
    limits = [value for value, _ in limits_of(bands)]
    places = [*limits, *([] if card.total is None else [card.total])]
    low = max(least, Fraction(0)) if min(places, default=least) > 0 else min([least, *places])
    high = max([most, *places])
    beyond = (high - low) * _BEYOND if limits and limits[-1] >= most else Fraction(0)
    return Scale.around([low, high + beyond])


def marks_of(bands: Bands | None, scale: Scale, say: Sayer) -> list[tuple[float, str]]:
    """Return what is written at the left: where it belongs, and its text, from below up."""
    if bands is None:
        return [(end, number_text(end, say)) for end in (scale.low, scale.high)]
    limits = [(float(limit[0]), limit_text(limit, say)) for limit in bands.thresholds]
    return [(scale.low, number_text(scale.low, say)), *limits]


def apart(
    ax: Axes,
    places: Sequence[float],
    scale: Scale,
    gap: float = STEP,
    ends: Sequence[float] = (STEP,),
) -> list[float]:
    """Return places on the scale as far apart as their texts need; `gap` and `ends` in points."""
    unit = scale.extent / height_in_points(ax)
    half = 0.5 * unit
    inner = (scale.low + ends[0] * half, scale.high - ends[-1] * half)
    return spread(list(places), gap * unit, *inner)


def write_marks(ax: Axes, marks: Sequence[tuple[float, str]], scale: Scale) -> None:
    """Write the limits at the left, apart from one another."""
    places = apart(ax, [place for place, _ in marks], scale)
    for place, (_, text) in zip(places, marks, strict=True):
        ax.annotate(
            text,
            xy=(0, place),
            xycoords=ax.get_yaxis_transform(),
            xytext=(-style.GAP, 0),
            textcoords="offset points",
            fontsize=style.SMALL_SIZE,
            color=style.MUTED,
            ha="right",
            va="center",
            annotation_clip=False,
            parse_math=False,
        )
