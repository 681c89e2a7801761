"""The ladder of bands with the total of one agency on it: `ladder`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from meritindex.definition import Bands
from meritindex.language import Language, Text
from meritindex.reporting.plot import style
from meritindex.reporting.plot.areas import Look, area
from meritindex.reporting.plot.kinds import require_kind
from meritindex.reporting.plot.ladder_scale import STEP, apart, ladder_scale, marks_of, write_marks
from meritindex.reporting.plot.lettering import drawable, fitted, height_of
from meritindex.reporting.plot.scale import (
    Scale,
    beside,
    limits_of,
    number_text,
    plain,
)
from meritindex.reporting.plot.sheet import Sheet, label_width, require_matplotlib
from meritindex.reporting.plot.style import band_colours, ink_on
from meritindex.reporting.plot.verdict import Verdict
from meritindex.reporting.plot.words import (
    band_name,
    band_notes,
    ground_notes,
    rule_lines,
    standing_line,
)
from meritindex.scoring import ScoreCard
from meritindex.scoring.saying import UNKNOWN, Sayer, card_title

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patheffects import AbstractPathEffect

_TITLE = Text("nilai pada tangga kategori", "total on the ladder of bands")
_CUT = Text(
    "Nilai terendah yang mungkin adalah {low}; bagian di bawah {start} tidak digambar.",
    "The least total that is possible is {low}; what lies below {start} is not drawn.",
)
_BODY = 236.0
_RIGHT = 140.0
_BELOW = 10.0
_NAME = 0.02
# A text that is moved by less than this share of the scale is where it belongs.
_SLIGHT = 0.01
# Where the mark of the total begins, and where the arrow to the next band stands.
_MARK_FROM, _ARROW = 0.45, 0.8


def ladder(card: ScoreCard, ax: Axes | None = None, *, language: Language = "id") -> Axes:
    r"""Draw the bands as a ladder, with the total of an agency on it and what the next band needs.

    Limits and total stand where they are, exactly as far as a picture can be. What is still needed
    is rounded up, so that it is enough.

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
        >>> ax = mi.plot.ladder(mi.score(mi.sample())["Kota Metro"], language="en")
        >>> [text.get_text() for text in ax.texts if "more" in text.get_text()]
        ['0.1777 more to Menengah\n(Intermediate) (≥\xa00.605)']
    """
    require_matplotlib()
    require_kind(card, (ScoreCard,), "ladder")
    say = Sayer(language)
    bands = card.instrument.root.bands
    scale = ladder_scale(card, bands)
    verdict = Verdict.of(card, say)
    marks = marks_of(bands, scale, say)
    sheet = Sheet(
        language=language,
        title=f"{card_title(card.assessments.facts[card.row])}: {say(_TITLE)}",
        lines=(*rule_lines([card.instrument], say), standing_line(card.standing, card.plan, say)),
        synthetic=card.synthetic,
        notes=[
            *filter(None, [verdict.note]),
            *_cut_notes(card, scale, say),
            *band_notes(bands, say, listed=False),
            *ground_notes([card.instrument], say, exact=card.exact),
        ],
        body=max(_BODY, STEP * (len(bands or ()) + 1)),
        left=label_width([text for _, text in marks], style.SMALL_SIZE),
        right=_RIGHT,
        below=_BELOW,
    )
    ax = sheet.axes(ax)
    _draw_rungs(ax, card, scale, say)
    write_marks(ax, marks, scale)
    if card.total is None:
        beside(ax, (scale.low + scale.high) / 2, say(UNKNOWN), bold=True)
    else:
        _draw_total(ax, float(card.total), verdict, scale)
    said = [f"{verdict.total}. {verdict.next}" if verdict.next else verdict.total]
    return sheet.dress(ax, [*_described(bands, say), *filter(None, said)])


def _draw_rungs(ax: Axes, card: ScoreCard, scale: Scale, say: Sayer) -> None:
    """Draw the bands from the lowest up, each with its name."""
    plain(ax, keep=())
    ax.set_xlim(0, 1)
    ax.set_xticks([])
    ax.set_ylim(scale.low, scale.high)
    bands = card.instrument.root.bands
    limits = [float(value) for value, _ in limits_of(bands)]
    edges = [scale.low, *limits, scale.high]
    ax.set_yticks(limits or [scale.low, scale.high], labels=[])
    ax.tick_params(axis="y", length=4, color=style.MUTED)
    colours = band_colours(len(bands)) if bands is not None else (style.TRACK,)
    for number, (colour, (low, high)) in enumerate(zip(colours, pairwise(edges), strict=True)):
        look = Look(colour=colour, edge=style.PAPER, width=1.5)
        area(ax, (0, 1), (low, high - low), look, f"band {number}")
    names = [band_name(band, say) for band in bands or ()]
    middles = [(low + high) / 2 for low, high in pairwise(edges)]
    places = apart(ax, middles[: len(names)], scale)
    for name, colour, place, middle in zip(names, colours, places, middles, strict=False):
        moved = abs(place - middle) > scale.extent * _SLIGHT
        ax.text(
            *(_NAME, place, drawable(name)),
            fontsize=style.LABEL_SIZE,
            color=style.INK if moved else ink_on(colour),
            va="center",
            parse_math=False,
            bbox={"facecolor": style.PAPER, "linewidth": 0, "pad": 1} if moved else None,
        )


def _draw_total(ax: Axes, total: float, verdict: Verdict, scale: Scale) -> None:
    """Draw the total with what is said of it, and the way to the next band."""
    for colour, width in ((style.PAPER, 4.5), (style.INK, 2.0)):
        ax.plot(*([_MARK_FROM, 1], [total, total]), color=colour, linewidth=width, clip_on=False)
    ax.plot(
        *([_MARK_FROM], [total]),
        marker="D",
        markersize=7,
        markerfacecolor=style.INK,
        markeredgecolor=style.PAPER,
        label="total",
        clip_on=False,
    )
    said = [(total, fitted(verdict.total, _RIGHT - style.GAP, style.LABEL_SIZE, bold=True), True)]
    if verdict.limit is not None:
        limit = float(verdict.limit)
        ax.annotate(
            "",
            xy=(_ARROW, limit),
            xytext=(_ARROW, total),
            arrowprops={
                "arrowstyle": "-|>",
                "color": style.INK,
                "linewidth": 1.2,
                "shrinkA": 0,
                "shrinkB": 0,
                "path_effects": _outlined(),
            },
        )
        said.append((limit, fitted(verdict.next, _RIGHT - style.GAP, style.LABEL_SIZE), False))
    elif verdict.next:
        total_text = said[0][1]
        more = fitted(verdict.next, _RIGHT - style.GAP, style.LABEL_SIZE)
        said.append((total + scale.extent * 1e-6, more, False))
        said[0] = (total, total_text, True)
    heights = [height_of(text, style.LABEL_SIZE) for _, text, _ in said]
    gap = sum(heights) / 2 + 4 if len(said) > 1 else 0.0
    places = apart(ax, [place for place, _, _ in said], scale, gap=gap, ends=heights)
    for place, (_, text, bold) in zip(places, said, strict=True):
        beside(ax, place, text, bold=bold)


def _outlined() -> list[AbstractPathEffect]:
    """Return what sets a dark line off from a dark ground."""
    from matplotlib.patheffects import Normal, Stroke  # noqa: PLC0415 - an extra

    return [Stroke(linewidth=3.5, foreground=style.PAPER), Normal()]


def _described(bands: Bands | None, say: Sayer) -> list[str]:
    return band_notes(bands, say, listed=True)[:1]


def _cut_notes(card: ScoreCard, scale: Scale, say: Sayer) -> list[str]:
    """Return that the scale begins lower than it is drawn, if it does."""
    least = card.plan.ranges[card.instrument.root.code][0]
    if float(least) >= scale.low:
        return []
    return [say(_CUT.fill(low=say.points(least), start=number_text(scale.low, say)))]
