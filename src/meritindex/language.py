"""Texts that a person reads, in Indonesian and in English.

Every label, message and criterion is a `Text`. Which of its two languages is shown is the
caller's choice, made once, at the edge; nothing here looks at the locale.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

import attrs

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")


@attrs.frozen
class Text:
    """One text in the two languages of the library.

    The Indonesian text is the authoritative one for everything that comes from an Indonesian
    rule; English texts of such rules are translations made for this library.

    Examples:
        >>> greeting = Text(id="skor {value}", en="score {value}")
        >>> greeting.fill(value=3).in_language("id")
        'skor 3'
    """

    id: str
    en: str

    @classmethod
    def same(cls, text: str) -> Text:
        """Return a text that reads the same in both languages: a name, a code, a number."""
        return cls(text, text)

    def in_language(self, language: Language) -> str:
        """Return the text in `language`."""
        return self.id if language == "id" else self.en

    def fill(self, **values: object) -> Text:
        """Return the text with its `{fields}` filled; a `Text` goes in per language."""
        return Text(
            *(
                template.format(
                    **{
                        name: value.in_language(language) if isinstance(value, Text) else value
                        for name, value in values.items()
                    }
                )
                for language, template in zip(LANGUAGES, (self.id, self.en), strict=True)
            )
        )

    def __str__(self) -> str:
        return self.id


def counted(count: int, noun: Text) -> Text:
    """Return how many there are of something; English adds an s, unless it is one.

    Examples:
        >>> counted(1, Text("penilaian", "assessment")).en
        '1 assessment'
    """
    return Text(f"{count} {noun.id}", f"{count} {noun.en}" + ("" if count == 1 else "s"))


def listed(items: tuple[Text, ...] | list[Text], separator: str = ", ") -> Text:
    """Return the texts one after the other as one text."""
    return Text(
        separator.join(item.id for item in items), separator.join(item.en for item in items)
    )


_MONTHS: dict[Language, tuple[str, ...]] = {
    "id": (
        *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
        *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


def day_text(day: dt.date, language: Language) -> str:
    """Return a day as prose writes it; tables and data keep the ISO form.

    Examples:
        >>> day_text(dt.date(2026, 12, 31), "id"), day_text(dt.date(2026, 5, 1), "en")
        ('31 Desember 2026', '1 May 2026')
    """
    return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"


def day_words(day: dt.date) -> Text:
    """Return a day as prose writes it, in both languages: what goes into a sentence."""
    return Text(day_text(day, "id"), day_text(day, "en"))
