"""One style for all plots: colours, hatches, sizes of letters, and the room that things take.

Every colour that carries a meaning lies on one ramp whose luminance falls steadily, or differs from
its neighbours by a hatch or a mark as well: nothing is lost in greyscale, or to readers who don't
tell all colours apart. Lengths are in points, of which there are 72 an inch.
"""

from __future__ import annotations

INK = "#040506"
MUTED = "#565d66"
FAINT = "#c3c9d1"
TRACK = "#e9edf2"
PAPER = "#ffffff"
ACCENT = "#0b4f7d"
# Beside the accent: lighter, and warm where the accent is cold.
CONTRAST = "#e0a25f"

HATCH = "////"
FONT = "DejaVu Sans"

TITLE_SIZE = 11.0
LINE_SIZE = 8.5
LABEL_SIZE = 8.5
SMALL_SIZE = 7.5
# From one line of text to the next, in sizes of its letters.
LEADING = 1.3

PAGE_WIDTH = 504.0
MARGIN = 8.0
GAP = 7.0
# No label at the side is wider than this; longer ones are broken into lines.
LABEL_WIDTH = 178.0
# So many agencies are drawn where nobody asks for others.
MOST = 40

_RAMP = ("#f1f5f9", "#b9d0e3", "#7aa6c8", "#3b78a6", "#14507c", "#082f4d")
# The least contrast of small letters that WCAG 2 allows at level AA.
LEAST_CONTRAST = 4.5


def ramp(share: float) -> str:
    """Return the colour of a share: from light at 0 to dark at 1.

    Examples:
        >>> ramp(0.0), ramp(1.0)
        ('#f1f5f9', '#082f4d')
    """
    place = min(max(share, 0.0), 1.0) * (len(_RAMP) - 1)
    below = min(int(place), len(_RAMP) - 2)
    ends = zip(_channels(_RAMP[below]), _channels(_RAMP[below + 1]), strict=True)
    mixed = [round(low + (high - low) * (place - below)) for low, high in ends]
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def band_colours(count: int) -> tuple[str, ...]:
    """Return the colours of so many bands, from the lowest, light, to the highest, dark."""
    return tuple(ramp(place / max(count - 1, 1)) for place in range(count))


def ink_on(colour: str) -> str:
    """Return the colour of letters that can be read on a ground."""
    return INK if contrast(INK, colour) >= contrast(PAPER, colour) else PAPER


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour as WCAG 2 defines it: 0 for black, 1 for white."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def spread(places: list[float], gap: float, least: float, most: float) -> list[float]:
    """Return places of labels, as near to where they belong as the room between them allows.

    Args:
        places: where they belong, ascending.
        gap: the least from one to the next.
        least: where the first may be.
        most: where the last may be; where there is not room enough, they begin at `least`.

    Examples:
        >>> spread([1.0, 2.0, 9.0], 4.0, 0.0, 10.0)
        [1.0, 5.0, 9.0]
    """
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + gap) if found else max(place, least))
    limit = most
    for position in range(len(found) - 1, -1, -1):
        found[position] = min(found[position], limit)
        limit = found[position] - gap
    if found and found[0] < least:
        return [least + gap * position for position in range(len(found))]
    return found


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
