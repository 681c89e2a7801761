"""What the linter says: findings, each with a code, a severity, a place and a reason."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from fractions import Fraction
from typing import overload

import attrs

from meritindex.errors import Fault
from meritindex.language import LANGUAGES, Language, Text, counted
from meritindex.layout import Document, Heading, Listing, Paragraph, Part, Tone, to_html, to_text
from meritindex.numbers import decimal_text, decimals_of, exact_text, localized

# Numbers with more decimals are given as a fraction too.
_DECIMALS = 6
# How many codes are named one by one.
_NAMED = 8


class Severity(enum.StrEnum):
    """How grave a finding is; members compare from the lightest to the gravest.

    Examples:
        >>> Severity.NOTE < Severity.WARNING < Severity.ERROR
        True
    """

    NOTE = "note"  # worth knowing
    WARNING = "warning"  # a drafter must look at it
    ERROR = "error"  # surely a mistake: scores that are wrong, refused or impossible

    @property
    def label(self) -> Text:
        """The severity for a reader."""
        return _LABELS[self][0]

    @property
    def heading(self) -> Text:
        """What a list of such findings is called."""
        return _LABELS[self][1]

    def __lt__(self, other: str) -> bool:
        return _ORDER.index(self) < _ORDER.index(Severity(other))

    def __le__(self, other: str) -> bool:
        return _ORDER.index(self) <= _ORDER.index(Severity(other))

    def __gt__(self, other: str) -> bool:
        return _ORDER.index(self) > _ORDER.index(Severity(other))

    def __ge__(self, other: str) -> bool:
        return _ORDER.index(self) >= _ORDER.index(Severity(other))


_ORDER = tuple(Severity)
_LABELS = {
    Severity.NOTE: (Text("catatan", "note"), Text("Catatan", "Notes")),
    Severity.WARNING: (Text("peringatan", "warning"), Text("Peringatan", "Warnings")),
    Severity.ERROR: (Text("kesalahan", "error"), Text("Kesalahan", "Errors")),
}
_TONES: dict[Severity, Tone] = {Severity.WARNING: "warning", Severity.ERROR: "fault"}


@attrs.frozen
class Finding:
    """One thing that the linter found.

    Attributes:
        code: the kind of finding, one of the table in the documentation; of a file that can't be
            loaded, that of the fault.
        severity: how grave it is.
        where: the code of the node, gate, source or instrument that it is about; of a file that
            can't be loaded, the place in the file.
        message: the reason, with the numbers.
    """

    code: str
    severity: Severity
    where: str
    message: Text

    @classmethod
    def of_fault(cls, fault: Fault) -> Finding:
        """Return the finding for a fault that keeps a file from being loaded."""
        where = fault.item or "" if fault.place is None else fault.place.id
        return cls(fault.code, Severity.ERROR, where, fault.message)

    def in_language(self, language: Language) -> str:
        """Return the finding as one sentence: its code, its place, the reason."""
        return f"{self.code} ({self.where}): {self.message.in_language(language)}"


@attrs.frozen(repr=False)
class Findings:
    """Everything that was found in one instrument, the gravest first.

    It iterates, counts and indexes like the tuple of its findings.

    Attributes:
        instrument: the id of the instrument; of a file that can't be loaded, its name.
        title: the title of the instrument, or again the name of the file.
        items: the findings.
    """

    instrument: str
    title: Text
    items: tuple[Finding, ...]

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, place: int) -> Finding: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Finding, ...]: ...

    def __getitem__(self, place: int | slice) -> Finding | tuple[Finding, ...]:
        return self.items[place]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that are errors."""
        return self.of(Severity.ERROR)

    def of(self, severity: Severity | str) -> tuple[Finding, ...]:
        """Return the findings of one severity."""
        return tuple(each for each in self.items if each.severity == severity)

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the findings as text of at most `width` columns."""
        return to_text(findings_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the findings as plain semantic HTML, escaped."""
        return to_html(findings_document(self, language))

    def _repr_html_(self) -> str:
        return self.to_html()

    def __repr__(self) -> str:
        return f"<Findings in {self.instrument}: {self.counts.en}>"

    @property
    def counts(self) -> Text:
        """How many findings there are of each severity, for a reader."""
        counts = [counted(len(self.of(severity)), severity.label) for severity in reversed(_ORDER)]
        return listed_codes(counts)


def findings_document(findings: Findings, language: Language) -> Document:
    """Return the findings as a document, by severity."""
    counts = findings.counts.in_language(language)
    parts: list[Part] = [
        Heading(findings.title.in_language(language), 1),
        Paragraph(f"{Text('Temuan', 'Findings').in_language(language)}: {counts}."),
    ]
    for severity in reversed(_ORDER):
        if found := findings.of(severity):
            heading = severity.heading.in_language(language)
            parts.append(Heading(heading, 2, tone=_TONES.get(severity)))
            parts.append(Listing(tuple(each.in_language(language) for each in found)))
    return Document(tuple(parts))


def findings_json(findings: Findings) -> dict[str, object]:
    """Return the findings as data, each message in both languages."""
    return {
        "instrument": findings.instrument,
        "findings": [
            {
                "code": each.code,
                "severity": each.severity.value,
                "where": each.where,
                "message": {language: each.message.in_language(language) for language in LANGUAGES},
            }
            for each in findings
        ],
    }


def number(value: Fraction) -> Text:
    """Write a number for a message: exactly, and where that is no short decimal, about as well.

    Examples:
        >>> number(Fraction("0.405")).id, number(Fraction(2, 3)).en
        ('0,405', '2/3 (about 0.666667)')
    """
    decimals = decimals_of(value)
    if decimals is not None and decimals <= _DECIMALS:
        text = decimal_text(value, decimals)
        return Text(localized(text, "id"), text)
    text = decimal_text(value, _DECIMALS)
    return Text("{exact} (sekitar {about})", "{exact} (about {about})").fill(
        exact=exact_text(value), about=Text(localized(text, "id"), text)
    )


def listed_codes(codes: list[str] | list[Text] | tuple[str, ...]) -> Text:
    """Return codes, or other words, as they stand in a sentence; of many, the first ones.

    Examples:
        >>> listed_codes(["a1", "a2", "a3"]).en
        'a1, a2 and a3'
    """
    words = [word if isinstance(word, Text) else Text.same(word) for word in codes]
    if len(words) > _NAMED:
        rest = Text("{count} lainnya", "{count} more").fill(count=len(words) - _NAMED + 1)
        words = [*words[: _NAMED - 1], rest]
    if len(words) == 1:
        return words[0]
    first = Text(
        ", ".join(word.id for word in words[:-1]), ", ".join(word.en for word in words[:-1])
    )
    comma = "," if len(words) > 2 else ""  # as Indonesian writes it
    return Text("{first}{comma} dan {last}", "{first} and {last}").fill(
        first=first, comma=comma, last=words[-1]
    )
