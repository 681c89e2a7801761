"""The dimensions of one agency against the most that each can be worth: `dimensions`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from meritindex.definition import Dimension
from meritindex.language import Language, Text
from meritindex.reporting.plot import areas, style
from meritindex.reporting.plot.areas import Look, area, bar
from meritindex.reporting.plot.keys import swatch
from meritindex.reporting.plot.kinds import require_kind
from meritindex.reporting.plot.lettering import drawable, widest
from meritindex.reporting.plot.scale import Scale, numbered, rows_of, within
from meritindex.reporting.plot.sheet import (
    Sheet,
    label_width,
    require_matplotlib,
    row_height,
    side_labels,
)
from meritindex.reporting.plot.words import (
    band_name,
    ground_notes,
    points_text,
    rule_lines,
    standing_line,
)
from meritindex.scoring import DimensionScore, ScoreCard, Status
from meritindex.scoring.saying import UNKNOWN, Sayer, card_title

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

_TITLE = Text("nilai setiap dimensi", "points of each dimension")
_NOTHING = Text("tidak ada dimensi di bawah nilai total", "there are no dimensions below the total")
_HALF = 0.3
_RANGE = Look(colour=style.TRACK)
_POINTS = Look(colour=style.ACCENT, width=0.0)
# An en space: the lines of a label are broken at plain spaces alone.
_INDENT = "\u2002"


def dimensions(card: ScoreCard, ax: Axes | None = None, *, language: Language = "id") -> Axes:
    """Draw what each dimension is worth for an agency, on the range of what it can be worth.

    The lengths of the bars are the points themselves. A dimension whose points are not known has
    a hatched range and no bar; that is not 0.

    Args:
        card: the result of one agency.
        ax: where to draw; by default on a figure of its own.
        language: `id` or `en`.

    Returns:
        the axes. A notebook shows those on a figure of their own; nothing else is shown.

    Raises:
        MissingExtraError: matplotlib is not installed (extra `plot`).
        TypeError: the result is not that of one agency.

    Examples:
        >>> # needs: matplotlib
        >>> import meritindex as mi
        >>> ax = mi.plot.dimensions(mi.score(mi.sample())["Kota Surabaya"], language="en")
        >>> ax.get_title(loc="left")
        'Kota Surabaya, 2026: points of each dimension'
    """
    require_matplotlib()
    require_kind(card, (ScoreCard,), "dimensions")
    say = Sayer(language)
    scores = list(card.dimensions.values())
    labels = _labels(card, scores, say)
    texts = [drawable(_worth(card, score, say)) for score in scores]
    left = label_width(labels)
    sheet = Sheet(
        language=language,
        title=f"{card_title(card.assessments.facts[card.row])}: {say(_TITLE)}",
        lines=(*rule_lines([card.instrument], say), standing_line(card.standing, card.plan, say)),
        synthetic=card.synthetic,
        keys=_keys(scores, say),
        notes=ground_notes([card.instrument], say, exact=all(each.exact for each in scores)),
        body=row_height(labels, 20.0) * max(len(scores), 1),
        left=left,
        axis=say("nilai", "points"),
        right=widest(texts, style.LABEL_SIZE) + style.GAP if texts else 0.0,
    )
    ax = sheet.axes(ax)
    rows_of(ax, labels, left, texts)
    _draw_bars(ax, scores, say)
    if not scores:
        within(ax, say(_NOTHING))
    described = [f"{say(each.name)}: {_worth(card, each, say)}" for each in scores]
    return sheet.dress(ax, described)


def _draw_bars(ax: Axes, scores: Sequence[DimensionScore], say: Sayer) -> None:
    """Draw the range of every dimension, and its points on it."""
    ends = [end for each in scores for end in (each.minimum, each.maximum)]
    scale = Scale.around([*ends, Fraction(0)])
    for place, each in enumerate(scores):
        least, most = float(each.minimum), float(each.maximum)
        look = areas.UNKNOWN if each.points is None else _RANGE
        area(ax, (least, most - least), bar(place, _HALF), look, f"range {each.code}")
        if each.points is not None:
            across = (0.0, float(each.points))
            area(ax, across, bar(place, _HALF), _POINTS, f"points {each.code}")
    if scale.holds(0.0):
        ax.axvline(0.0, color=style.INK, linewidth=0.8)
    numbered(ax, scale, say)


def _labels(card: ScoreCard, scores: Sequence[DimensionScore], say: Sayer) -> list[str]:
    """Return the names, those of dimensions within others set in from the left."""
    depths = dict(_depths(card.instrument.root, 0))
    labels = []
    for each in scores:
        indent = _INDENT * depths[each.code]
        room = style.LABEL_WIDTH - widest([indent], style.LABEL_SIZE)
        (label,) = side_labels([say(each.name)], room)
        labels.append("\n".join(indent + line for line in label.split("\n")))
    return labels


def _depths(dimension: Dimension, depth: int) -> Iterator[tuple[str, int]]:
    """Yield the codes of the dimensions below one, and how deep each stands below it."""
    for child in dimension.children:
        if isinstance(child, Dimension):
            yield child.code, depth
            yield from _depths(child, depth + 1)


def _worth(card: ScoreCard, score: DimensionScore, say: Sayer) -> str:
    """Return what a dimension is worth, of how much, and in what band."""
    if score.points is None:
        unknown = score.status is not Status.NOT_APPLICABLE
        return say(UNKNOWN if unknown else score.status.label)
    worth = points_text(score.points, say, exact=score.exact)
    most = say.points(score.maximum)
    band = "" if score.band is None else f", {_band(card, score, say)}"
    return f"{worth} {say('dari', 'of')} {most}{band}"


def _band(card: ScoreCard, score: DimensionScore, say: Sayer) -> str:
    bands = card.instrument.dimension(score.code).bands or ()
    return next(band_name(band, say) for band in bands if band.name.id == score.band)


def _keys(scores: Sequence[DimensionScore], say: Sayer) -> list[Artist]:
    """Return the key: what is known, and what is not."""
    found = [
        swatch(say("nilai", "points"), style.ACCENT),
        swatch(say("rentang yang mungkin", "possible range"), style.TRACK),
        swatch(say(UNKNOWN), style.PAPER, hatch=style.HATCH),
    ]
    known = [] if all(each.points is None for each in scores) else found[:2]
    return [*known, *(found[2:] if any(each.points is None for each in scores) else [])]
