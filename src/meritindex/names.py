"""Which of several names is meant by one that is none of them."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

# Comparing long names, or many, takes long; then only those are offered that hold the word.
_LONGEST = 100
_MOST_COMPARED = 5000


def near_names(word: str, names: Iterable[str], most: int = 3) -> list[str]:
    """Return the names that may be meant by a word, the likest first; none where none is like it.

    Those that begin with it come before those that hold it elsewhere; only where there are neither,
    those that look like it are looked for. Case and the number of spaces make no difference.

    Args:
        word: what was given.
        names: those that there are.
        most: how many are returned at most.

    Examples:
        >>> from meritindex.names import near_names
        >>> near_names("batu", ["Kota Batu", "Batubara", "Kota Kediri"])
        ['Batubara', 'Kota Batu']
        >>> near_names("Kota Kedri", ["Kota Batu", "Batubara", "Kota Kediri"])
        ['Kota Kediri']
    """
    tidy = _folded(word)
    if not tidy:
        return []
    folded: dict[str, str] = {}
    for name in names:
        folded.setdefault(_folded(name), name)
    within = sorted(
        (each for each in folded if tidy in each), key=lambda each: not each.startswith(tidy)
    )
    if not within and len(tidy) <= _LONGEST and len(folded) <= _MOST_COMPARED:
        within = get_close_matches(tidy, folded, n=most)
    return [folded[each] for each in within[:most]]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
