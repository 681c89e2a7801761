"""What stands around a plot: its title, whose result it is and how firm, its key and its notes.

A plot says what it needs around its axes as a `Sheet`; from it the room is worked out in points,
the figure is made where the caller has given no axes, and everything is written. Nothing is
registered with pyplot, no setting of matplotlib is changed, and nothing is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

import attrs

from meritindex.extras import needing
from meritindex.language import Language, Text
from meritindex.layout.cells import clean
from meritindex.reporting.plot import style
from meritindex.reporting.plot.describing import set_description, show_in_notebooks
from meritindex.reporting.plot.lettering import (
    fitted,
    height_of,
    settle,
    widest,
)
from meritindex.reporting.plot.scale import width_in_points
from meritindex.scoring.saying import SYNTHETIC

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.transforms import Transform

_PURPOSE = Text("Menggambar grafik", "Drawing a plot")
_POINTS = 72
_DPI = 100
# The key: the sample before a text, and from one entry to the next, in sizes of its letters.
_SAMPLE = 2.0
_COLUMN_GAP = 2.4
_KEY_LEADING = 1.6


@attrs.frozen(kw_only=True)
class Sheet:
    """What stands around the axes of a plot, and how much room that takes. Lengths are in points.

    Attributes:
        language: of all texts.
        title: what is shown, of whom.
        lines: under what rules, and how firm it is.
        synthetic: whether the results were made up.
        keys: the samples of the key; each artist's label is its text.
        notes: what a reader has to know, below the axes.
        body: how high the axes are.
        left: the room for the labels at the left of the axes.
        right: the room at their right.
        above: the room for labels on top of the axes, below the key.
        below: the room for the numbers of the lower axis.
        axis: the name of the lower axis; empty where it has none.
    """

    language: Language
    title: str
    lines: Sequence[str]
    synthetic: bool
    keys: Sequence[Artist] = ()
    notes: Sequence[str] = ()
    body: float
    left: float = 0.0
    right: float = 0.0
    above: float = style.GAP
    below: float = 17.0
    axis: str = ""

    def axes(self, ax: Axes | None) -> Axes:
        """Return the axes to draw in: those of the caller, or new ones on a figure of their own."""
        if ax is not None:
            return ax
        from matplotlib.figure import Figure  # noqa: PLC0415 - an extra

        width = style.PAGE_WIDTH - 2 * style.MARGIN
        head = sum(height for _, _, height in self._head(width))
        inner = width - self.left - self.right
        foot = self._under(inner) + height_of(self._foot(width), style.SMALL_SIZE)
        height = self.body + self.above + head + foot + 2 * style.MARGIN
        figure = Figure(
            figsize=(style.PAGE_WIDTH / _POINTS, height / _POINTS),
            dpi=_DPI,
            facecolor=style.PAPER,
            edgecolor=style.PAPER,
        )
        made = figure.add_axes(
            (
                (style.MARGIN + self.left) / style.PAGE_WIDTH,
                (style.MARGIN + foot) / height,
                inner / style.PAGE_WIDTH,
                self.body / height,
            )
        )
        show_in_notebooks(made)
        return made

    def dress(self, ax: Axes, description: Sequence[str]) -> Axes:
        """Write what stands around the axes, and what describes the plot to who can't see it."""
        width = width_in_points(ax) + self.left + self.right
        ax.set_facecolor(style.PAPER)
        up = self.above
        for kind, text, height in reversed(list(self._head(width))):
            if kind == "title":
                self._write_title(ax, text, up)
            elif kind == "keys":
                self._write_keys(ax, width, up)
            elif kind == "badge":
                self._write_badge(ax, text, up)
            else:
                self._write_line(ax, text, up)
            up += height
        inner = width_in_points(ax)
        if self.axis:
            ax.set_xlabel(
                self._name(inner),
                fontsize=style.SMALL_SIZE,
                color=style.MUTED,
                labelpad=3,
                linespacing=style.LEADING,
                parse_math=False,
            )
        if foot := self._foot(width):
            ax.text(
                *(0, 0, foot),
                transform=self.offset(ax, -self.left, -self._under(inner), corner=(0, 0)),
                fontsize=style.SMALL_SIZE,
                color=style.MUTED,
                va="top",
                linespacing=style.LEADING,
                parse_math=False,
            )
        settle(ax)
        marked = (SYNTHETIC.in_language(self.language),) if self.synthetic else ()
        whole = (self.title, *self.lines, *marked, *description, *self.notes)
        set_description(ax, clean(" ".join(map(_sentence, whole))))
        return ax

    @staticmethod
    def offset(
        ax: Axes, right: float, up: float, corner: tuple[float, float] = (0, 1)
    ) -> Transform:
        """Return where something stands that is so many points from a corner of the axes."""
        from matplotlib.transforms import Affine2D, ScaledTranslation  # noqa: PLC0415 - an extra

        moved = ScaledTranslation(right / _POINTS, up / _POINTS, ax.figure.dpi_scale_trans)
        return Affine2D().translate(*corner) + ax.transAxes + moved

    def _head(self, width: float) -> Iterator[tuple[str, str, float]]:
        """Yield what stands above the axes from the top down: its kind, its text, its height."""
        title = fitted(self.title, width, style.TITLE_SIZE, bold=True)
        yield "title", title, height_of(title, style.TITLE_SIZE) + 2
        for line in self.lines:
            text = fitted(line, width, style.LINE_SIZE)
            yield "line", text, height_of(text, style.LINE_SIZE)
        if self.synthetic:
            text = fitted(
                SYNTHETIC.in_language(self.language), width - 8, style.SMALL_SIZE, bold=True
            )
            yield "badge", text, height_of(text, style.SMALL_SIZE) + 10
        if self.keys:
            rows = -(-len(self.keys) // self._columns(width))
            yield "keys", "", rows * style.SMALL_SIZE * _KEY_LEADING + 8

    def _name(self, inner: float) -> str:
        return fitted(self.axis, inner, style.SMALL_SIZE)

    def _under(self, inner: float) -> float:
        """Return the room between the axes and the notes."""
        name = height_of(self._name(inner), style.SMALL_SIZE) + 4 if self.axis else 0.0
        return self.below + name

    def _foot(self, width: float) -> str:
        return "\n".join(fitted(note, width, style.SMALL_SIZE) for note in self.notes)

    def _columns(self, width: float) -> int:
        """Return in how many columns the key fits."""
        texts = [str(key.get_label()) for key in self.keys]
        for rows in range(1, len(texts)):
            count = -(-len(texts) // rows)
            # As matplotlib does: the first columns hold one more where it doesn't come out even.
            more, least = len(texts) % count, len(texts) // count
            sizes = [least + 1] * more + [least] * (count - more)
            ends = list(accumulate(sizes))
            columns = [texts[end - size : end] for end, size in zip(ends, sizes, strict=True)]
            room = sum(
                widest(column, style.SMALL_SIZE) + (_SAMPLE + _COLUMN_GAP) * style.SMALL_SIZE
                for column in columns
            )
            if room <= width:
                return count
        return 1

    def _write_title(self, ax: Axes, text: str, up: float) -> None:
        title = ax.set_title(
            text,
            loc="left",
            y=1.0,
            fontsize=style.TITLE_SIZE,
            fontweight="bold",
            color=style.INK,
            va="bottom",
            parse_math=False,
        )
        title.set_linespacing(style.LEADING)
        title.set_transform(self.offset(ax, -self.left, up, corner=(0, 0)))

    def _write_line(self, ax: Axes, text: str, up: float) -> None:
        ax.text(
            *(0, 0, text),
            transform=self.offset(ax, -self.left, up),
            fontsize=style.LINE_SIZE,
            color=style.MUTED,
            va="bottom",
            linespacing=style.LEADING,
            parse_math=False,
        )

    def _write_badge(self, ax: Axes, text: str, up: float) -> None:
        ax.text(
            *(0, 0, text),
            transform=self.offset(ax, -self.left + 4, up + 5),
            fontsize=style.SMALL_SIZE,
            fontweight="bold",
            color=style.PAPER,
            va="bottom",
            linespacing=style.LEADING,
            parse_math=False,
            bbox={"boxstyle": "square,pad=0.35", "facecolor": style.INK, "edgecolor": style.INK},
        )

    def _write_keys(self, ax: Axes, width: float, up: float) -> None:
        ax.legend(
            handles=list(self.keys),
            loc="lower left",
            bbox_to_anchor=(0, 0),
            bbox_transform=self.offset(ax, -self.left, up + 3),
            ncols=self._columns(width),
            fontsize=style.SMALL_SIZE,
            labelcolor=style.INK,
            frameon=False,
            borderpad=0,
            borderaxespad=0,
            handlelength=1.4,
            handletextpad=0.5,
            columnspacing=1.6,
            labelspacing=0.35,
        )


def require_matplotlib() -> None:
    """Say what to install, where what draws is not there.

    Raises:
        MissingExtraError: matplotlib is not installed (extra `plot`).
    """
    with needing("plot", _PURPOSE):
        import matplotlib  # noqa: F401, ICN001, PLC0415 - an extra; only whether it is there


def label_width(labels: Sequence[str], size: float = style.LABEL_SIZE) -> float:
    """Return the room that labels at the side take, with the gap to the axes; 0 without any."""
    return widest(labels, size) + style.GAP if labels else 0.0


def side_labels(names: Sequence[str], width: float = style.LABEL_WIDTH) -> list[str]:
    """Return names as labels at the side, broken into lines."""
    return list(map(partial(fitted, width=width, size=style.LABEL_SIZE, hanging=2), names))


def row_height(labels: Sequence[str], least: float) -> float:
    """Return how high every row must be for its label."""
    return max([least, *(height_of(label, style.LABEL_SIZE) + 5 for label in labels)])


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
