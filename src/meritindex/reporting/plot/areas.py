"""Areas on a plot: bars that are exactly as long as what they show, and hatched where unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from meritindex.reporting.plot import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@attrs.frozen(kw_only=True)
class Look:
    """How an area looks: its colour, the colour and width of its edge, and its hatch."""

    colour: str
    edge: str = style.FAINT
    width: float = 0.8
    hatch: str | None = None


UNKNOWN = Look(colour=style.PAPER, edge=style.MUTED, hatch=style.HATCH)


def area(
    ax: Axes, across: tuple[float, float], up: tuple[float, float], look: Look, label: str
) -> None:
    """Draw an area.

    Matplotlib's own bars don't keep their lengths to the last digit; a rectangle does.

    Args:
        ax: the axes, whose limits are set apart from this.
        across: where it begins, and how wide it is.
        up: likewise, upward.
        look: how it looks.
        label: what it is, for who looks at the artists of the axes.
    """
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - an extra

    ax.add_patch(
        Rectangle(
            *((across[0], up[0]), across[1], up[1]),
            facecolor=look.colour,
            edgecolor=look.edge,
            linewidth=look.width,
            hatch=look.hatch,
            label=label,
        )
    )


def bar(place: int, half: float) -> tuple[float, float]:
    """Return where the bar of a row begins, and how high it is; `half` is its reach either way."""
    return place - half, 2 * half
