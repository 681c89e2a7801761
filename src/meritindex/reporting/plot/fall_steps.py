"""The way from one total to another, a step after the other: `waterfall`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from meritindex.analysis import Improvement, PeriodChange, Reconciliation
from meritindex.language import Language, Text
from meritindex.reporting.plot import style
from meritindex.reporting.plot.areas import Look, area, bar
from meritindex.reporting.plot.fall import Fall, fall_of
from meritindex.reporting.plot.keys import swatch
from meritindex.reporting.plot.kinds import require_kind
from meritindex.reporting.plot.lettering import drawable, fitted, widest
from meritindex.reporting.plot.scale import (
    Scale,
    band_lines,
    numbered,
    plain,
    rows_of,
    width_in_points,
    within,
)
from meritindex.reporting.plot.sheet import (
    Sheet,
    label_width,
    require_matplotlib,
    row_height,
    side_labels,
)
from meritindex.reporting.plot.words import band_notes, points_text
from meritindex.scoring.saying import Sayer

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

_ROW = 19.0
_EMPTY = 60.0
_HALF = 0.32
_FREE = 0.06
_PLACES = 4
# A fall is hatched the other way than what is unknown.
_FALLING = "\\\\\\\\"
_LABEL_WIDTH = 220.0
_RISE = Look(colour=style.ACCENT, edge=style.INK, width=0.6)
_FALL = Look(colour=style.CONTRAST, edge=style.INK, width=0.6, hatch=_FALLING)
_RISES = Text("menambah", "adds")
_FALLS = Text("mengurangi", "takes off")


def waterfall(
    result: Reconciliation | Improvement | PeriodChange,
    ax: Axes | None = None,
    *,
    language: Language = "id",
) -> Axes:
    """Draw the way from one total to another, with what every step adds or takes off.

    From the claimed total to the verified one, finding by finding; from the present total to the
    one that a plan reaches, step by step; or from one assessment to the next, split into what comes
    from the answers and what from other rules. The axis shows the part of the scale that the way
    takes, and need not begin at 0. Where there is no way, the reason stands in its place.

    Args:
        result: one agency of what `mi.reconcile` or `mi.improve` found, or one of the changes of a
            `Progress`.
        ax: where to draw; by default on a figure of its own.
        language: `id` or `en`.

    Returns:
        the axes. A notebook shows those on a figure of their own; nothing else is shown.

    Raises:
        MissingExtraError: matplotlib is not installed (extra `plot`).
        TypeError: the result is none of these.

    Examples:
        >>> # needs: matplotlib
        >>> import meritindex as mi
        >>> plan = mi.improve(mi.score(mi.sample())["Kabupaten Bangka Tengah"].assessment)
        >>> ax = mi.plot.waterfall(plan, language="en")
        >>> len(plan.steps), len(ax.get_yticklabels())
        (5, 7)
    """
    require_matplotlib()
    require_kind(result, (Reconciliation, Improvement, PeriodChange), "waterfall")
    say = Sayer(language)
    fall = fall_of(result, say)
    labels = side_labels(fall.labels, _LABEL_WIDTH)
    texts = [drawable(text) for text in _texts(fall, say)]
    left = label_width(labels)
    sheet = Sheet(
        language=language,
        title=fall.title,
        lines=fall.lines,
        synthetic=fall.synthetic,
        keys=_keys(fall, say),
        notes=[*fall.notes, *(band_notes(fall.bands, say, listed=True) if labels else ())],
        body=row_height(labels, _ROW) * len(labels) if labels else _EMPTY,
        left=left,
        right=widest(texts, style.LABEL_SIZE) + style.GAP if texts else 0.0,
        below=17.0 if labels else style.GAP,
        axis=fall.axis if labels else "",
    )
    ax = sheet.axes(ax)
    rows_of(ax, labels, left, texts)
    if fall.start is None:
        ax.set_xticks([])
        plain(ax, keep=())
        within(ax, fitted(fall.reason, width_in_points(ax), style.LABEL_SIZE))
        return sheet.dress(ax, [fall.reason])
    scale = Scale.around(fall.totals, _FREE)
    band_lines(ax, fall.bands, scale)
    numbered(ax, scale, say)
    _draw_way(ax, fall.totals)
    described = [f"{label}: {text}" for label, text in zip(fall.labels, texts, strict=True)]
    return sheet.dress(ax, described)


def _draw_way(ax: Axes, totals: Sequence[Fraction]) -> None:
    """Draw the first total, the steps, and the last total, each below the one before it."""
    for place, (before, after) in enumerate(pairwise(totals), 1):
        look = _FALL if after < before else _RISE
        across = (float(before), float(after - before))
        area(ax, across, bar(place, _HALF), look, f"step {place}")
    for place, total in enumerate(totals):
        # From the middle of the row that leads to it, to the middle of the row that begins there.
        ax.plot(
            *([float(total)] * 2, [place, place + 1]),
            color=style.MUTED,
            linewidth=0.8,
            linestyle=":",
            zorder=1,
            label=f"total {place}",
        )
    ends = ((totals[0], 0), (totals[-1], len(totals)))
    for total, place in ends:
        ax.plot(
            *([float(total)], [place]),
            linestyle="none",
            marker="D",
            markersize=7,
            color=style.INK,
            label=f"end {place}",
        )


def _texts(fall: Fall, say: Sayer) -> list[str]:
    """Return what stands at the right of every row: the totals at the ends, what each step does."""
    if fall.start is None:
        return []
    marked = "" if fall.exact else "≈ "
    steps = [f"{marked}{say.signed(points, _PLACES)}" for _, points in fall.steps]
    first, last = (
        points_text(total, say, exact=fall.exact) for total in (fall.totals[0], fall.totals[-1])
    )
    return [first, *steps, last]


def _keys(fall: Fall, say: Sayer) -> list[Artist]:
    rises = [swatch(say(_RISES), style.ACCENT)] if any(step > 0 for _, step in fall.steps) else []
    falls = any(step < 0 for _, step in fall.steps)
    return [*rises, *([swatch(say(_FALLS), style.CONTRAST, hatch=_FALLING)] if falls else [])]
