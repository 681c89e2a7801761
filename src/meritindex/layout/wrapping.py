"""Breaking a text into lines by the places that it takes on a terminal.

Python's `textwrap` counts characters; here a combining mark takes no place and a wide character
two. Lines break at spaces only, except within a word that is longer than a line.
"""

from __future__ import annotations

import unicodedata

# After these a word that must be broken breaks first: an address stays readable.
_BREAK_AFTER = frozenset("/-_.,;?&=")


def places(text: str) -> int:
    """Return how many places `text` takes on a terminal."""
    return len(text) if text.isascii() else sum(map(_places_of, text))


def _places_of(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def wrapped(text: str, width: int, hanging: int = 0) -> list[str]:
    """Return `text` as lines of at most `width` places; those after the first are indented.

    There is always at least one line. Runs of spaces become one.

    Args:
        text: a text without line breaks.
        width: at least two more than `hanging`, so that a wide character has room.
        hanging: by how much the lines after the first are indented.

    Examples:
        >>> from meritindex.layout.wrapping import wrapped
        >>> wrapped("Badan Kepegawaian Negara", 14, 2)
        ['Badan', '  Kepegawaian', '  Negara']
    """
    lines: list[str] = []
    line = indent = ""
    for word in filter(None, text.split(" ")):
        longer = f"{line} {word}" if line else indent + word
        if places(longer) > width:
            if line:
                lines.append(line)
                indent = " " * hanging
            head, rest = _broken(word, width - len(indent))
            while rest:
                lines.append(indent + head)
                indent = " " * hanging
                head, rest = _broken(rest, width - hanging)
            longer = indent + head
        line = longer
    return [*lines, line]


def longest_word(text: str) -> int:
    """Return the places of the longest word of `text`."""
    return max(map(places, text.split(" ")))


def _broken(word: str, width: int) -> tuple[str, str]:
    """Return what of `word` fits in `width` places, and the rest of it."""
    taken, end = 0, 0
    for character in word:
        taken += _places_of(character)
        if taken > width:
            break
        end += 1
    if end == len(word):
        return word, ""
    # Prefer a break that can be seen, unless it would leave most of the line empty.
    for place in range(end, end // 2, -1):
        if word[place - 1] in _BREAK_AFTER:
            return word[:place], word[place:]
    return word[:end], word[end:]
