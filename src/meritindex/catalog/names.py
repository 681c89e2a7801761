"""The names that an instrument file declares, and what is known of those that refer to them.

What rests on something faulty is not judged: where a section can't be read, a name that is not
found is no fault of its own, and what seems unused may not be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

import attrs

from meritindex.catalog.faults import as_written, names_text
from meritindex.catalog.tables import Table
from meritindex.definition import Bands, Gate, LevelScale
from meritindex.definition.checks import check_code
from meritindex.language import Text

NODE_SECTIONS = ("measures", "indicators", "dimensions")
SECTIONS = ("sources", "scales", "bands", "gates", *NODE_SECTIONS, "derived")
# What else may be a table, or a list of them.
OTHER_TABLES = ("title", "in_force", "remarks", "default_weighting")

T = TypeVar("T")


@attrs.define
class Names:
    """What one file declares by name, and which of it is used.

    `are_known` says whether every section can be read as one; `declared` is where each code stands;
    `twice` holds the codes of more than one thing, of which nobody knows which is meant; `unclear`
    holds the sections that a faulty reference may have meant. What is faulty itself is None.
    """

    file: Table
    are_known: bool
    declared: dict[str, str] = attrs.field(factory=dict)
    scales: dict[str, LevelScale | None] = attrs.field(factory=dict)
    bands: dict[str, Bands | None] = attrs.field(factory=dict)
    gates: dict[str, Gate | None] = attrs.field(factory=dict)
    used: set[tuple[str, str]] = attrs.field(factory=set)
    unclear: set[str] = attrs.field(factory=set)
    twice: set[str] = attrs.field(factory=set)

    @classmethod
    def of(cls, file: Table) -> Names:
        """Return what can be said before anything in the file is read."""
        known = all(
            isinstance(value, dict) if key in SECTIONS else not isinstance(value, dict)
            for key, value in file.entries.items()
            if key not in OTHER_TABLES
        )
        sources = file.entries.get("sources", {})
        listed = dict.fromkeys(sorted(sources)) if isinstance(sources, dict) and known else None
        names = cls(attrs.evolve(file, sources=listed), known)
        if not known:
            names.all_unclear()
        return names

    def all_unclear(self) -> None:
        """Note that something can't be read which may have named anything."""
        self.unclear.update(("scales", "bands", "nodes"))

    def section(self, key: str) -> Iterator[tuple[str, Table]]:
        """Yield the tables of a section; their faults are those of the item that they define."""
        for name, table in self.file.section(key):
            if table.faults is not self.file.faults:  # it is no table, which is said already
                self.all_unclear()
            yield name, table if key in ("scales", "bands") else attrs.evolve(table, item=name)

    def declare(self, code: str, table: Table) -> None:
        """Report a code that can't be one, or that is taken."""
        for fault in check_code(code):
            table.fault(fault.code, fault.message, value=as_written(code))
        other = self.declared.setdefault(code, table.path)
        if other != table.path:
            message = Text(
                "kode {code} sudah dipakai oleh {other}", "the code {code} is taken by {other}"
            )
            table.complain("code-twice", message, value=code, code=code, other=other)
            self.twice.add(code)
            self.unclear.add("nodes")

    def picked(
        self, section: str, items: Mapping[str, T | None], table: Table, key: str
    ) -> T | None:
        """Return the scale or bands that an entry names; None if there are none, or faulty ones."""
        name = table.get(key, str, Text("teks", "a text"))
        if name is not None and name in items:
            self.used.add((section, name))
            return items[name]
        self.unclear.add(section)
        if name is not None and self.are_known:
            message = Text("{value} tidak ada di {section}", "there is no {value} in {section}")
            table.complain(
                "name-unknown",
                message,
                key,
                value=name,
                allowed=names_text(items),
                section=section,
            )
        return None

    def check_unused(self) -> None:
        """Report the scales and bands that nothing uses."""
        for section, names in (("scales", self.scales), ("bands", self.bands)):
            for name in names:
                if (section, name) not in self.used and section not in self.unclear:
                    message = Text("tidak dipakai", "is not used")
                    self.file.table(section).fault("name-unused", message, name)
