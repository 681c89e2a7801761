"""Taking a table of an instrument file apart, with every fault and its place.

A `Table` knows its path in the file; it hands out its entries checked for their type, collects the
faults, and at the end reports the entries that nobody asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import TypeVar

import attrs

from meritindex.catalog.faults import Faults, as_written, names_text
from meritindex.catalog.forms import TABLE, figure_form, plain_number_form
from meritindex.definition import Basis, Figure, Standing
from meritindex.errors import DefinitionError, Fault, NumberError
from meritindex.language import Text
from meritindex.numbers import parse_number, quoted

MAX_INTEGER = 10**9
MAX_UNKNOWN = 100  # entries of one table that are named one by one

T = TypeVar("T")

_STANDINGS = {item.value: item for item in Standing}
_BASIS = ("standing", "sources", "reason")

# What stands in for something faulty, so that the rest can still be checked; never in a result.
NO_TEXT = Text("", "")
NO_BASIS = Basis(standing=Standing.ASSUMED, reason=Text.same("-"))

TEXT = Text("teks, atau id dan en", "a text, or id and en")
TEXTS = Text("daftar teks", "a list of texts")
TABLES = Text("daftar tabel", "a list of tables")
NUMBER = Text('angka dalam tanda kutip, misalnya "0.40"', 'a number in quotes, such as "0.40"')
NUMBERS = Text("daftar angka", "a list of numbers")

# Surrogates: halves of characters that only Python's texts can hold.
_HALF = re.compile("[\ud800-\udfff]")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]{1,60}(?:\[[0-9]+\])*")


@attrs.frozen
class Table:
    """A table of the file: its entries, where it stands, and where its faults are collected.

    `item` is the code of the node or gate that it belongs to. Faults of a `light` table are those
    of texts, sources and the like, on which no other check rests. Every reading method takes the
    name of an obligatory entry; what is wrong with it becomes a fault, and something harmless that
    never leaves this module is returned in its place.
    """

    entries: Mapping[str, object]
    file: str
    faults: Faults
    path: str = ""
    item: str | None = None
    light: bool = False
    # The codes of the sources that the file lists, sorted; None where they can't be known.
    sources: Mapping[str, None] | None = None
    known: set[str] = attrs.field(factory=set)

    def fault(
        self,
        code: str,
        message: Text,
        key: str | None = None,
        *,
        value: str | None = None,
        allowed: Text | None = None,
    ) -> None:
        """Collect a fault of this table, or of one of its entries; its message is complete."""
        if self.faults.counted(light=self.light):
            self._collect(code, message, key, value, allowed)

    def complain(
        self,
        code: str,
        message: Text,
        key: str | None = None,
        /,
        *,
        value: object = None,
        allowed: Text | None = None,
        **fill: object,
    ) -> None:
        """Collect a fault of this table, or of one of its entries.

        Args:
            code: the kind of fault.
            message: what is wrong, with `{value}`, `{allowed}` and the names of `fill` in it.
            key: the entry; None for the table as a whole.
            value: what was given, shown as the file would write it; a `Text` stands as it is.
            allowed: what would have been accepted.
            fill: what else goes into the message.
        """
        if self.faults.counted(light=self.light):
            shown = value.id if isinstance(value, Text) else as_written(value)
            message = message.fill(value=shown, allowed=allowed, **fill)
            self._collect(code, message, key, None if value is None else shown, allowed)

    def _collect(
        self, code: str, message: Text, key: str | None, value: str | None, allowed: Text | None
    ) -> None:
        place = self.place(key)
        self.faults.found.append(
            Fault(
                code=code,
                message=message,
                place=Text.same(f"{self.file}: {place}" if place else self.file),
                item=self.item,
                value=value,
                allowed=allowed,
            )
        )

    def lightly(self) -> Table:
        """Return the same table, its faults light."""
        return attrs.evolve(self, light=True)

    def place(self, key: str | None = None) -> str:
        """Return the path of this table, or of one of its entries."""
        if key is not None and not _BARE_KEY.fullmatch(key):
            key = quoted(key)
        return ".".join(part for part in (self.path, key) if part)

    def has(self, key: str) -> bool:
        """Say whether an optional entry is there."""
        self.known.add(key)
        return key in self.entries

    def has_basis(self) -> bool:
        """Say whether the table states a basis, complete or not."""
        self.known.update(_BASIS)
        return not self.entries.keys().isdisjoint(_BASIS)

    def raw(self, key: str, expected: Text) -> object:
        """Return an entry of any type, or None with a fault."""
        if self.has(key):
            return self.entries[key]
        message = Text("tidak ada; seharusnya {allowed}", "is missing; expected {allowed}")
        self.complain("entry-missing", message, key, allowed=expected)
        return None

    def wrong_type(self, key: str, value: object, expected: Text) -> None:
        """Report an entry that is something else than expected."""
        message = Text("{value} bukan {allowed}", "{value} is not {allowed}")
        self.complain("entry-type", message, key, value=value, allowed=expected)

    def get(self, key: str, kind: type[T], expected: Text) -> T | None:
        """Return an entry of exactly this type, or None with a fault."""
        value = self.raw(key, expected)
        # Exactly: to Python a boolean is an integer and a time of day a date, but not to a drafter.
        if isinstance(value, kind) and type(value) is kind:
            return value
        if value is not None:
            self.wrong_type(key, value, expected)
        return None

    def string(self, key: str) -> str:
        """Return an obligatory text that must not be empty."""
        value = self.get(key, str, Text("teks", "a text"))
        return "" if value is None else self.filled(value, key)

    def strings(self, key: str) -> tuple[str, ...] | None:
        """Return a list of texts, or None with a fault."""
        values = self.get(key, list, TEXTS)
        if values is None:
            return None
        before = self.faults.count
        for number, value in enumerate(values, 1):
            if isinstance(value, str):
                self.filled(value, f"{key}[{number}]")
            else:
                self.wrong_type(f"{key}[{number}]", value, Text("teks", "a text"))
        return tuple(values) if self.faults.count == before else None

    def filled(self, value: str, key: str | None = None) -> str:
        """Return a text of the file; one that is empty, or none at all, is a fault."""
        if not value.strip():
            self.fault("text-empty", Text("teksnya kosong", "the text is empty"), key)
        elif _HALF.search(value):  # never in a file, but in a text that a program hands over
            message = Text(
                "{value} memuat separuh karakter, yang tidak dapat disimpan",
                "{value} holds half a character, which can't be saved",
            )
            self.complain("text-form", message, key, value=value)
        return value

    def text(self, key: str) -> Text:
        """Return an obligatory text in both languages."""
        table = self.lightly()
        return table.as_text(key, table.raw(key, TEXT))

    def optional_text(self, key: str) -> Text | None:
        """Return a text in both languages, or None where there is none."""
        return self.text(key) if self.has(key) else None

    def texts(self, key: str) -> tuple[Text, ...]:
        """Return a list of texts in both languages."""
        table = self.lightly()
        values = table.get(key, list, TEXTS) or []
        return tuple(
            table.as_text(f"{key}[{number}]", value) for number, value in enumerate(values, 1)
        )

    def pair(self) -> Text:
        """Return the text that this table itself is, with its entries `id` and `en`."""
        table = self.lightly()
        return Text(table.string("id"), table.string("en"))

    def as_text(self, key: str, value: object) -> Text:
        """Return a value of the file as a text in both languages."""
        if isinstance(value, dict):
            table = self._below(key, value)
            text = table.pair()
            table.finish()
            return text
        if isinstance(value, str):
            return Text.same(self.filled(value, key))
        if value is not None:
            self.wrong_type(key, value, TEXT)
        return NO_TEXT

    def integer(self, key: str) -> int:
        """Return an obligatory whole number."""
        value = self.get(key, int, Text("bilangan bulat", "a whole number")) or 0
        if abs(value) > MAX_INTEGER:
            message = Text("{value} terlalu besar", "{value} is too large")
            self.complain("entry-too-large", message, key, value=value)
            return 0
        return value

    def boolean(self, key: str, *, default: bool = False) -> bool:
        """Return a truth value; an entry that is absent means `default`."""
        expected = Text("true atau false", "true or false")
        return bool(self.get(key, bool, expected)) if self.has(key) else default

    def number(self, key: str) -> Fraction:
        """Return an obligatory number, exactly."""
        return self.as_number(key, self.raw(key, NUMBER))

    def numbers(self, key: str) -> tuple[Fraction, ...]:
        """Return a list of numbers, exactly."""
        values = self.get(key, list, NUMBERS) or []
        return tuple(
            self.as_number(f"{key}[{number}]", value) for number, value in enumerate(values, 1)
        )

    def as_number(self, key: str, value: object) -> Fraction:
        """Return a value of the file as a number, exactly."""
        # A TOML float is binary once it is parsed, so what was written can't be known any more.
        if type(value) in (str, int):
            try:
                return parse_number(value)
            except NumberError as error:
                for fault in error.faults:
                    self.fault(
                        "entry-number", fault.message, key, value=fault.value, allowed=fault.allowed
                    )
        elif isinstance(value, dict):
            # Where the table states a basis, that is the basis of its numbers as well.
            stated = not self.entries.keys().isdisjoint(_BASIS)
            expected = plain_number_form(value, self.path if stated else "")
            message = Text(
                "{value} adalah tabel; seharusnya {allowed}",
                "{value} is a table; expected {allowed}",
            )
            self.complain("entry-type", message, key, value=value, allowed=expected)
        elif value is not None:
            self.wrong_type(key, value, NUMBER)
        return Fraction(0)

    def choice(self, key: str, choices: Mapping[str, T]) -> T | None:
        """Return what an obligatory word stands for, or None with a fault."""
        names = ", ".join(choices)
        value = self.get(key, str, Text(f"salah satu dari {names}", f"one of {names}"))
        if value is not None and value not in choices:
            message = Text(
                "{value} bukan salah satu dari {allowed}", "{value} is not one of {allowed}"
            )
            self.complain("entry-choice", message, key, value=value, allowed=Text.same(names))
        return None if value is None else choices.get(value)

    def table(self, key: str, expected: Text = TABLE) -> Table:
        """Return the table below this one; an empty one, with a fault, where there is none."""
        entries = self.get(key, dict, expected)
        if entries is None:
            # That it is missing is said; what would be missing in it goes to a list nobody reads.
            return attrs.evolve(self._below(key, {}), faults=Faults())
        return self._below(key, entries)

    def tables(self, key: str) -> Iterator[Table]:
        """Yield the tables of a list."""
        for number, value in enumerate(self.get(key, list, TABLES) or [], 1):
            if isinstance(value, dict):
                yield self._below(f"{key}[{number}]", value)
            else:
                self.wrong_type(f"{key}[{number}]", value, TABLE)

    def section(self, key: str) -> Iterator[tuple[str, Table]]:
        """Yield the tables in a table of tables with their names; none where it is absent."""
        if self.has(key):
            outer = self.table(key)
            for name in outer.entries:
                yield name, outer.table(name)

    def _below(self, key: str, entries: Mapping[str, object]) -> Table:
        return attrs.evolve(self, entries=entries, path=self.place(key), known=set())

    def basis(self) -> Basis:
        """Return the basis that this table states with `standing`, `sources` and `reason`."""
        table = self.lightly()
        standing = table.choice("standing", _STANDINGS)
        codes = table.strings("sources") if table.has("sources") else ()
        reason = table.optional_text("reason")
        if self.sources is not None:
            for code in codes or ():
                if code not in self.sources:
                    message = Text(
                        "sumber {value} tidak terdaftar", "the source {value} is not listed"
                    )
                    allowed = names_text(self.sources)
                    table.complain(
                        "source-unknown", message, "sources", value=code, allowed=allowed
                    )
        if standing is None or codes is None:
            return NO_BASIS
        return table.build(Basis, standing=standing, sources=codes, reason=reason) or NO_BASIS

    def figure(self, key: str) -> Figure:
        """Return an obligatory number with its basis."""
        table = self.table(key, figure_form(self.entries.get(key)))
        figure = Figure(table.number("value"), table.basis())
        table.finish()
        return figure

    def optional_figure(self, key: str) -> Figure | None:
        """Return an entry that is a number with its basis, or None where there is none."""
        return self.figure(key) if self.has(key) else None

    def build(self, make: Callable[..., T], **fields: object) -> T | None:
        """Make a definition; what it refuses becomes faults of this table."""
        try:
            return make(**fields)
        except DefinitionError as error:
            for fault in error.faults:
                self.fault(fault.code, fault.message)
            return None

    def finish(self) -> bool:
        """Report the entries that nobody asked for, and say whether there are none.

        These faults are grave: what is not known here may be something else misspelt.
        """
        unknown = [key for key in self.entries if key not in self.known]
        allowed = Text.same(", ".join(sorted(self.known)))
        message = Text(
            "tidak dikenal; yang dikenal di sini: {allowed}",
            "is not known; known here: {allowed}",
        )
        for key in unknown[:MAX_UNKNOWN]:
            self.complain("entry-unknown", message, key, allowed=allowed)
            message = Text("tidak dikenal", "is not known")
        if len(unknown) > MAX_UNKNOWN:
            more = Text("{count} lagi tidak dikenal", "{count} more are not known")
            self.complain("entry-unknown", more, count=len(unknown) - MAX_UNKNOWN)
        return not unknown
