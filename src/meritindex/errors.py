"""The errors that bad input raises.

An error carries every fault that was found, not the first one; a fault is data (where, what was
given, what is allowed) and a message in both languages. Mistakes of the calling program, such as
a wrong type, raise Python's own errors and are not described here.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from meritindex.language import Language, Text


@attrs.frozen(kw_only=True)
class Fault:
    """One thing that is wrong with an input.

    `code` is a stable name for the kind of fault (`level-not-allowed`); `place` says where
    (a file with its row and column, or a node of an instrument); `agency` and `item` are the
    agency's name and the code of the indicator, gate, measure or dimension, where there is one;
    `value` is what was given and `allowed` what would have been accepted.
    """

    code: str
    message: Text
    place: Text | None = None
    agency: str | None = None
    item: str | None = None
    value: str | None = None
    allowed: Text | None = None

    def in_language(self, language: Language) -> str:
        """Return the fault as one sentence, its place first."""
        message = self.message.in_language(language)
        return message if self.place is None else f"{self.place.in_language(language)}: {message}"


class MeritIndexError(ValueError):
    """The base of every error that the library raises on input.

    Attributes:
        faults: everything that is wrong, in the order of the input.
    """

    def __init__(self, faults: Iterable[Fault] | Fault) -> None:
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__(self.faults)

    def in_language(self, language: Language) -> str:
        """Return all faults in `language`, one a line."""
        return "\n".join(fault.in_language(language) for fault in self.faults)

    def __str__(self) -> str:
        return self.in_language("en")


class NumberError(MeritIndexError):
    """A text or value is not a number in the grammar of `meritindex.numbers`."""


class DefinitionError(MeritIndexError):
    """An instrument, or a part of one, makes no sense."""


class WeightingError(MeritIndexError):
    """A weighting does not give every weight that a plan needs."""


class UnknownNameError(MeritIndexError):
    """A name or code stands for nothing here, or for more than one thing."""


class FileError(MeritIndexError):
    """A file can't be read at all: absent, too large, in another encoding, nested too deep."""


class AssessmentError(MeritIndexError):
    """Answers that the instrument does not allow."""


class RecordError(MeritIndexError):
    """A record is none, or holds what its instrument does not allow."""


class NotComparableError(MeritIndexError):
    """Two totals can't be compared: they stand under instruments between which nothing leads."""
