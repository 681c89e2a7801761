"""Looking at a plot: what is drawn on it, and where its texts come to lie."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

pytest.importorskip("matplotlib", reason="plots need matplotlib")

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text as Lettering
from matplotlib.transforms import Bbox

# Letters may reach out of what they measure by a part of a pixel.
SLACK = 1.0


def drawn(ax: Any) -> Any:
    """Draw the figure of a plot, and return the renderer."""
    canvas = FigureCanvasAgg(ax.figure)
    canvas.draw()
    return canvas.get_renderer()


def lettering(ax: Any) -> Iterator[tuple[str, Bbox]]:
    """Yield every text that is seen, and where it lies, in pixels."""
    renderer = drawn(ax)
    for text in ax.figure.findobj(Lettering):
        if text.get_visible() and text.get_text().strip():
            box = Lettering.get_window_extent(text, renderer)
            yield text.get_text(), box


def check_lettering(ax: Any) -> None:
    """Check that no text is cut at the edge of the figure, and that none lies on another."""
    found = list(lettering(ax))
    width, height = ax.figure.bbox.width, ax.figure.bbox.height
    cut = [
        text
        for text, box in found
        if box.x0 < -SLACK or box.y0 < -SLACK or box.x1 > width + SLACK or box.y1 > height + SLACK
    ]
    assert not cut
    overlapping = [
        (one, other)
        for (one, box), (other, beside) in combinations(found, 2)
        if min(box.x1, beside.x1) - max(box.x0, beside.x0) > SLACK
        and min(box.y1, beside.y1) - max(box.y0, beside.y0) > SLACK
    ]
    assert not overlapping


def texts(ax: Any) -> list[str]:
    """Return every text that is seen."""
    return [text for text, _ in lettering(ax)]


def bars(ax: Any, label: str) -> list[tuple[float, float]]:
    """Return where the bars with a label begin and how long they are."""
    return [
        (patch.get_x(), patch.get_width()) for patch in ax.patches if patch.get_label() == label
    ]


def hatched(ax: Any) -> int:
    """Return how many areas of the axes are hatched."""
    return sum(patch.get_hatch() is not None for patch in ax.patches)


def lines(ax: Any, label: str) -> list[tuple[list[float], list[float]]]:
    """Return the points of the lines with a label."""
    return [
        (list(map(float, line.get_xdata())), list(map(float, line.get_ydata())))
        for line in ax.lines
        if line.get_label() == label
    ]


def settings() -> dict[str, Any]:
    """Return all settings of matplotlib."""
    return dict(mpl.rcParams)


def key(ax: Any) -> list[str]:
    """Return the texts of the key."""
    legend = ax.get_legend()
    return [] if legend is None else [text.get_text() for text in legend.get_texts()]


def rows(ax: Any) -> list[str]:
    """Return the labels at the left, each on one line."""
    return [" ".join(label.get_text().split()) for label in ax.get_yticklabels()]
