"""Texts on a plot: made harmless, measured, and broken into lines that fit.

Text from files is drawn as it stands. It is never read as mathematics or as a TeX command, and what
the font can't draw becomes a visible replacement. Widths are measured without a canvas, so that a
plot has one layout wherever it is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from meritindex.layout.cells import clean
from meritindex.layout.wrapping import wrapped
from meritindex.reporting.plot.style import FONT, LEADING

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.font_manager import FontProperties

_REPLACEMENT = "\ufffd"
# Renderers hint letters to their pixels; a line may come out a little wider than it measures.
_TOLERANCE = 1.03
_FEWEST = 4


def drawable(text: str) -> str:
    r"""Return a text as it can be drawn.

    Examples:
        >>> # needs: matplotlib
        >>> from meritindex.reporting.plot.lettering import drawable
        >>> drawable("Kota\nBatu"), drawable("$x$ \u6f22")
        ('Kota Batu', '$x$ �')
    """
    cleaned = clean(text)
    if cleaned.isascii():
        return cleaned
    known = _characters()
    return "".join(letter if ord(letter) in known else _REPLACEMENT for letter in cleaned)


def legend_text(text: str) -> str:
    """Return a text for a legend, where matplotlib leaves out what begins with an underscore."""
    return f"\u200a{text}" if text.startswith("_") else text


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is, in points; of several lines, the widest."""
    return max(_width(line, size, bold) for line in text.split("\n")) * _TOLERANCE


def widest(texts: Iterable[str], size: float, *, bold: bool = False) -> float:
    """Return how wide the widest of several texts is; 0 of none."""
    return max((width_of(text, size, bold=bold) for text in texts), default=0.0)


def height_of(text: str, size: float) -> float:
    """Return how high the lines of a text are together, in points; 0 of an empty one."""
    return (text.count("\n") + 1) * size * LEADING if text else 0.0


def fitted(text: str, width: float, size: float, *, bold: bool = False, hanging: int = 0) -> str:
    """Return a text as drawable lines that are no wider than `width`, in points.

    Nothing is cut; where not even a few letters fit, lines are wider.
    """
    harmless = drawable(text)
    most = max(_FEWEST + hanging, len(harmless))
    places = min(most, max(_FEWEST + hanging, int(2.5 * width / size)))
    while True:
        found = "\n".join(wrapped(harmless, places, hanging))
        if places <= _FEWEST + hanging or width_of(found, size, bold=bold) <= width:
            return found
        places -= 1


def settle(artist: Artist) -> None:
    """Have every text at or below an artist drawn as it stands, in the font of the style."""
    from matplotlib.text import Text  # noqa: PLC0415 - the caller has it

    for text in cast("list[Text]", artist.findobj(Text)):
        text.set_parse_math(False)
        text.set_usetex(False)
        text.set_fontfamily(FONT)


@lru_cache(maxsize=4096)
def _width(line: str, size: float, bold: bool) -> float:  # noqa: FBT001 - a part of the key
    from matplotlib.textpath import text_to_path  # noqa: PLC0415 - the caller has it

    width, _, _ = text_to_path.get_text_width_height_descent(
        line, _font(size, bold=bold), ismath=False
    )
    return float(width)


@lru_cache(maxsize=1)
def _characters() -> frozenset[int]:
    from matplotlib.font_manager import findfont, get_font  # noqa: PLC0415 - the caller has it

    return frozenset(get_font(findfont(_font(10.0, bold=False))).get_charmap())


def _font(size: float, *, bold: bool) -> FontProperties:
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415 - the caller has it

    return FontProperties(family=FONT, size=size, weight="bold" if bold else "normal")
