"""Random whole numbers that are the same on every machine, under every version of numpy.

They are made of the words of a bit generator, by whole numbers alone: the words of numpy's PCG64
are promised to stay the same for a seed, what numpy makes of them is not. Draws that are uniform
over weights rest on nothing else. Dirichlet draws are numpy's own.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]

_WORD = 64


class Chance:
    """A stream of random whole numbers.

    Args:
        seed: a number that starts the stream, or a generator that goes on where it stands.
    """

    def __init__(self, seed: int | np.random.Generator) -> None:
        self.generator: np.random.Generator = (
            seed
            if isinstance(seed, np.random.Generator)
            else np.random.Generator(np.random.PCG64(seed))
        )

    def words(self, count: int) -> npt.NDArray[np.uint64]:
        """Return words of 64 random bits, shape `[count]`."""
        # Of the whole range, numpy returns the words of the bit generator as they are.
        return self.generator.integers(0, 2**_WORD, size=count, dtype=np.uint64)

    def below(self, limit: int, count: int) -> Integers:
        """Return numbers from 0 to below a limit of at most 2**62, each as likely as any other.

        Returns:
            int64, shape `[count]`.
        """
        shift = np.uint64(_WORD - 1 - (limit - 1).bit_length())
        found = np.empty(count, dtype=np.int64)
        filled = 0
        while filled < count:
            # One bit less than a word, so that a limit of 1 asks for no shift by a whole word.
            drawn = (self.words(count - filled) >> np.uint64(1)) >> shift
            kept = drawn[drawn < limit]
            found[filled : filled + len(kept)] = kept
            filled += len(kept)
        return found

    def below_each(self, limits: Integers) -> Integers:
        """Return a number from 0 to below each of many limits; shape as that of the limits."""
        # The nearest double of a number may have one bit more, which is only drawn more often.
        lengths = np.frexp((limits - 1).astype(np.float64))[1]
        shifts = (_WORD - 1 - lengths).astype(np.uint64)
        found = np.empty(len(limits), dtype=np.int64)
        places = np.arange(len(limits))
        while len(places):
            drawn = ((self.words(len(places)) >> np.uint64(1)) >> shifts[places]).astype(np.int64)
            fits = drawn < limits[places]
            found[places[fits]] = drawn[fits]
            places = places[~fits]
        return found

    def parts(self, whole: int, parts: int, count: int) -> Integers:
        """Return ways to write a whole number as a sum, each as likely as any other.

        Summands are at least zero and their order matters. Such a sum is a choice of bars among
        stars and bars; the stars between the bars are the summands.

        Returns:
            int64, shape `[count, parts]`.
        """
        bars = parts - 1
        places = whole + bars
        chosen = np.sort(self.below(max(places, 1), count * bars).reshape(count, bars), axis=1)
        twice = np.flatnonzero((chosen[:, 1:] == chosen[:, :-1]).any(axis=1))
        while len(twice):
            drawn = self.below(places, len(twice) * bars).reshape(len(twice), bars)
            chosen[twice] = np.sort(drawn, axis=1)
            again = (chosen[twice, 1:] == chosen[twice, :-1]).any(axis=1)
            twice = twice[again]
        ends = np.full((count, 1), places)
        return np.diff(np.hstack([np.full((count, 1), -1), chosen, ends]), axis=1) - 1
