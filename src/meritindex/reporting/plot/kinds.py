"""What a plot takes: anything else is refused at once, by name."""

from __future__ import annotations


def require_kind(given: object, kinds: tuple[type, ...], plot: str) -> None:
    """Refuse what a plot does not draw.

    Args:
        given: what is to be drawn.
        kinds: what the plot takes.
        plot: its name.

    Raises:
        TypeError: it is none of these.
    """
    if not isinstance(given, kinds):
        names = " or ".join(kind.__name__ for kind in kinds)
        raise TypeError(f"mi.plot.{plot} draws a {names}, not a {type(given).__name__}")
