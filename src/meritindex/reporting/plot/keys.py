"""The samples in the key of a plot: of areas, and of lines and marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meritindex.reporting.plot import style
from meritindex.reporting.plot.lettering import drawable, legend_text

if TYPE_CHECKING:
    from matplotlib.artist import Artist


def swatch(label: str, colour: str, *, hatch: str | None = None) -> Artist:
    """Return the sample of an area for a key."""
    from matplotlib.patches import Patch  # noqa: PLC0415 - an extra

    return Patch(
        facecolor=colour,
        edgecolor=style.MUTED if hatch else style.FAINT,
        linewidth=0.8,
        hatch=hatch,
        label=legend_text(drawable(label)),
    )


def stroke(
    label: str, colour: str, *, width: float = 2.0, marker: str = "", dashed: bool = False
) -> Artist:
    """Return the sample of a line for a key; without width, of a mark alone, which is hollow."""
    from matplotlib.lines import Line2D  # noqa: PLC0415 - an extra

    return Line2D(
        *([], []),
        color=colour,
        linewidth=width,
        linestyle="--" if dashed else "-",
        solid_capstyle="butt",
        marker=marker or None,
        markersize=5,
        markerfacecolor=colour if width else style.PAPER,
        label=legend_text(drawable(label)),
    )
