"""From an instrument file (TOML) to an `Instrument`, with every fault and its place.

The file is data: reading one runs nothing. Each table is taken apart by a `_Table`, which knows its
path in the file, collects faults, and at the end reports keys that nobody asked for.
"""

from __future__ import annotations

import datetime
import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import attrs

from meritindex.definition import (
    AgencyKind,
    Band,
    Bands,
    Basis,
    Condition,
    DerivedFigure,
    Dimension,
    EqualRemainder,
    Figure,
    Gate,
    InForce,
    Indicator,
    Instrument,
    Level,
    Limit,
    Measure,
    MissingPolicy,
    Node,
    Option,
    Remark,
    Rounding,
    RoundingMode,
    Rule,
    Source,
    Standing,
    Stated,
    WeightedMean,
    WeightedSum,
)
from meritindex.errors import DefinitionError, Fault, MeritIndexError
from meritindex.files import check_nesting, read_text
from meritindex.language import Text
from meritindex.numbers import parse_number, quoted

MAX_FILE_BYTES = 4 * 2**20
MAX_NODES = 2000
MAX_DEPTH = 12
FORMAT = 1

T = TypeVar("T")
_WEIGHTINGS = {"stated": Stated(), "equal-remainder": EqualRemainder()}
_RULES: dict[str, Callable[..., Rule]] = {
    "weighted-mean": WeightedMean,
    "weighted-sum": WeightedSum,
}
_NO_BASIS = Basis(standing=Standing.ASSUMED, reason=Text.same("-"))


def load_instrument(path: str | os.PathLike[str]) -> Instrument:
    """Read an instrument from a file.

    Raises:
        FileError: the file can't be read, is larger than 4 MiB or nested too deep.
        DefinitionError: it is not TOML, or what it says makes no sense; every fault names its place
            in the file.
    """
    name = Path(path).name
    text = read_text(path, MAX_FILE_BYTES)
    check_nesting(path, text)
    return instrument_from_text(text, name)


def instrument_from_text(text: str, name: str) -> Instrument:
    """Read an instrument from the text of a file; `name` is what faults call the file."""
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise DefinitionError(
            Fault(
                code="not-toml",
                message=Text("bukan TOML: {why}", "not TOML: {why}").fill(
                    why=quoted(str(error), 200)
                ),
                place=Text.same(name),
            )
        ) from None
    faults: list[Fault] = []
    reader = _Reader(_Table(content, "", faults, name))
    found = reader.instrument()
    if faults or found is None:
        raise DefinitionError(faults)
    return found


@attrs.frozen
class _Table:
    """A table of the file: its entries, where it stands, and where faults are collected."""

    entries: Mapping[str, Any]
    path: str
    faults: list[Fault]
    file: str
    seen: set[str] = attrs.field(factory=set)

    def place(self, key: str | None = None) -> str:
        return ".".join(part for part in (self.path, key) if part)

    def fault(self, kind: str, message: Text, key: str | None = None, **fields: object) -> None:
        place = self.place(key)
        where = f"{self.file}: {place}" if place else self.file
        self.faults.append(
            Fault(code=kind, message=message.fill(**fields), place=Text.same(where), item=place)
        )

    def has(self, key: str) -> bool:
        return key in self.entries

    def get(self, key: str, kind: type | tuple[type, ...], expected: Text) -> Any:
        """Return an obligatory entry of this type, or None with a fault."""
        self.seen.add(key)
        value = self.entries.get(key)
        # A TOML boolean is an int to Python, but not to a drafter.
        if isinstance(value, kind) and not (isinstance(value, bool) and kind is not bool):
            return value
        if value is None:
            message = Text("tidak ada; seharusnya {expected}", "is missing; expected {expected}")
            self.fault("entry-missing", message, key, expected=expected)
        else:
            message = Text("{value} bukan {expected}", "{value} is not {expected}")
            self.fault("entry-type", message, key, value=quoted(value), expected=expected)
        return None

    def string(self, key: str) -> str:
        return self.get(key, str, Text("teks", "a text")) or ""

    def strings(self, key: str) -> tuple[str, ...]:
        expected = Text("daftar teks", "a list of texts")
        values = self.get(key, list, expected) or []
        if not all(isinstance(value, str) for value in values):
            message = Text("{value} bukan {expected}", "{value} is not {expected}")
            self.fault("entry-type", message, key, value=quoted(values), expected=expected)
            return ()
        return tuple(values)

    def integer(self, key: str) -> int:
        return self.get(key, int, Text("bilangan bulat", "a whole number")) or 0

    def boolean(self, key: str) -> bool:
        return bool(self.get(key, bool, Text("true atau false", "true or false")))

    def number(self, key: str) -> Fraction:
        expected = Text(
            'angka dalam tanda kutip, misalnya "0.40"', 'a number in quotes, like "0.40"'
        )
        value = self.get(key, (str, int), expected)
        if value is None:
            return Fraction(0)
        return self._parse(key, value)

    def numbers(self, key: str) -> tuple[Fraction, ...]:
        values = self.get(key, list, Text("daftar angka", "a list of numbers")) or []
        return tuple(self._parse(key, value) for value in values)

    def _parse(self, key: str, value: object) -> Fraction:
        try:
            return parse_number(value)
        except MeritIndexError as error:
            self.fault("entry-number", error.faults[0].message, key)
            return Fraction(0)

    def table(self, key: str) -> _Table:
        entries = self.get(key, dict, Text("tabel", "a table"))
        return self._below(key, entries or {})

    def tables(self, key: str) -> Iterator[tuple[str, _Table]]:
        """Yield the tables under a table of tables; none where it is absent."""
        if self.has(key):
            outer = self.table(key)
            for code in outer.entries:
                yield code, outer.table(code)
            outer.seen.update(outer.entries)

    def list_of_tables(self, key: str) -> Iterator[_Table]:
        expected = Text("daftar tabel", "a list of tables")
        for place, value in enumerate(self.get(key, list, expected) or []):
            if isinstance(value, dict):
                yield self._below(f"{key}[{place + 1}]", value)
            else:
                message = Text("{value} bukan {expected}", "{value} is not {expected}")
                self.fault("entry-type", message, key, value=quoted(value), expected=expected)

    def _below(self, key: str, entries: Mapping[str, Any]) -> _Table:
        return _Table(entries, self.place(key), self.faults, self.file)

    def text(self, key: str) -> Text:
        value = self.get(
            key,
            (str, dict),
            Text("teks, atau id dan en", "a text, or id and en"),
        )
        return self._text(key, value)

    def texts(self, key: str) -> tuple[Text, ...]:
        values = self.get(key, list, Text("daftar teks", "a list of texts")) or []
        return tuple(self._text(f"{key}[{place + 1}]", value) for place, value in enumerate(values))

    def _text(self, key: str, value: object) -> Text:
        if isinstance(value, dict):
            table = self._below(key, value)
            text = Text(table.string("id"), table.string("en"))
            table.finish()
            return text
        if value is not None and not isinstance(value, str):
            message = Text("{value} bukan {expected}", "{value} is not {expected}")
            expected = Text("teks, atau id dan en", "a text, or id and en")
            self.fault("entry-type", message, key, value=quoted(value), expected=expected)
        return Text.same(value if isinstance(value, str) else "")

    def choice(self, key: str, choices: Mapping[str, T]) -> T | None:
        allowed = ", ".join(choices)
        value = self.get(key, str, Text(f"salah satu dari {allowed}", f"one of {allowed}"))
        if value is not None and value not in choices:
            message = Text(
                "{value} bukan salah satu dari {allowed}", "{value} is not one of {allowed}"
            )
            self.fault("entry-choice", message, key, value=quoted(value), allowed=allowed)
        return choices.get(value) if value is not None else None

    def basis(self) -> Basis:
        """Return the basis that this table states with `standing`, `sources` and `reason`."""
        standing = self.choice("standing", {item.value: item for item in Standing})
        sources = self.strings("sources") if self.has("sources") else ()
        reason = self.text("reason") if self.has("reason") else None
        if standing is None:
            return _NO_BASIS
        return self.build(Basis, standing=standing, sources=sources, reason=reason) or _NO_BASIS

    def build(self, make: Callable[..., T], **fields: object) -> T | None:
        """Make a definition; what it refuses becomes faults at this table."""
        try:
            return make(**fields)
        except DefinitionError as error:
            for fault in error.faults:
                self.fault(fault.code, fault.message)
            return None

    def finish(self) -> None:
        """Report the entries that nobody asked for."""
        for key in self.entries:
            if key not in self.seen:
                message = Text(
                    "tidak dikenal; yang dikenal di sini: {known}",
                    "is not known; known here: {known}",
                )
                self.fault("entry-unknown", message, key, known=", ".join(sorted(self.seen)))


class _Reader:
    """The reading of one file: what later tables refer to by name."""

    def __init__(self, file: _Table) -> None:
        self.file = file
        self.scales: dict[str, tuple[tuple[int, ...], tuple[Fraction, ...], bool, Basis]] = {}
        self.bands: dict[str, _Table] = {}
        self.leaves: dict[str, Callable[[Figure | None], Indicator | Measure | None]] = {}
        self.dimensions: dict[str, _Table] = {}
        self.used: dict[str, str] = {}

    def instrument(self) -> Instrument | None:
        file = self.file
        if file.integer("format") != FORMAT:
            file.fault(
                "format-unknown",
                Text("format harus {format}", "the format must be {format}"),
                "format",
                format=FORMAT,
            )
        sources = tuple(self._source(code, table) for code, table in file.tables("sources"))
        self.scales = {code: self._scale(table) for code, table in file.tables("scales")}
        self.bands = dict(file.tables("bands"))
        gates = tuple(self._gate(code, table) for code, table in file.tables("gates"))
        for code, table in file.tables("measures"):
            self.leaves[code] = self._leaf(code, table, self._measure)
        for code, table in file.tables("indicators"):
            self.leaves[code] = self._leaf(code, table, self._indicator)
        self.dimensions = dict(file.tables("dimensions"))
        root_code = file.string("root")
        root = self._node(root_code, None, file, depth=0)
        for code in (*self.leaves, *self.dimensions):
            if code not in self.used:
                message = Text(
                    "{code} bukan anak dari dimensi mana pun", "{code} is a child of no dimension"
                )
                file.fault("node-unused", message, code, code=code)
        fields = {
            "id": file.string("id"),
            "family": file.string("family"),
            "title": file.text("title"),
            "default_weighting": file.choice("default_weighting", _WEIGHTINGS),
            "in_force": self._in_force(file.table("in_force")) if file.has("in_force") else None,
            "remarks": tuple(self._remark(table) for table in file.list_of_tables("remarks"))
            if file.has("remarks")
            else (),
            "derived": tuple(self._derived(code, table) for code, table in file.tables("derived")),
        }
        file.finish()
        if file.faults or not isinstance(root, Dimension):
            return None
        return file.build(
            Instrument,
            root=root,
            sources=sources,
            gates=tuple(gate for gate in gates if gate is not None),
            **fields,
        )

    def _source(self, code: str, table: _Table) -> Source:
        url = table.string("url") if table.has("url") else None
        source = Source(code=code, title=table.text("title"), url=url)
        table.finish()
        return source

    def _scale(self, table: _Table) -> tuple[tuple[int, ...], tuple[Fraction, ...], bool, Basis]:
        levels, points = table.numbers("levels"), table.numbers("points")
        if len(levels) != len(points) or any(level.denominator != 1 for level in levels):
            table.fault(
                "scale-form",
                Text(
                    "levels harus bilangan bulat, dan points sebanyak levels",
                    "levels must be whole numbers, and points as many as levels",
                ),
            )
            levels, points = (), ()
        cumulative = table.boolean("cumulative") if table.has("cumulative") else False
        basis = table.basis()
        table.finish()
        return tuple(int(level) for level in levels), points, cumulative, basis

    def _gate(self, code: str, table: _Table) -> Gate | None:
        options = []
        for option in table.list_of_tables("options"):
            label = Text(option.string("id"), option.string("en"))
            options.append(Option(value=option.string("value"), label=label))
            option.finish()
        by_kind = []
        if table.has("by_kind"):
            kinds = table.table("by_kind")
            for kind in kinds.entries:
                if kind in set(AgencyKind):
                    by_kind.append((AgencyKind(kind), kinds.strings(kind)))
            kinds.seen.update(AgencyKind)
            kinds.finish()
        gate = table.build(
            Gate,
            code=code,
            question=table.text("question"),
            options=tuple(options),
            basis=table.basis(),
            by_kind=tuple(by_kind),
        )
        table.finish()
        return gate

    def _leaf(
        self,
        code: str,
        table: _Table,
        make: Callable[[str, _Table, Figure | None], T],
    ) -> Callable[[Figure | None], T]:
        """Return how the leaf is made once its parent says whether it states a weight itself."""

        def read(given: Figure | None) -> T:
            leaf = make(code, table, self._weight(table, given))
            table.finish()
            return leaf

        return read

    def _weight(self, table: _Table, given: Figure | None) -> Figure | None:
        """Return the weight that a node states, or the one that its parent gives to all children."""
        if given is not None:
            if table.has("weight"):
                message = Text(
                    "tidak boleh ada: induk memberi semua anak bobot yang sama",
                    "must not be stated: the parent gives all children the same weight",
                )
                table.fault("weight-not-allowed", message, "weight")
                table.seen.add("weight")
            return given
        table.seen.add("weight")
        if table.entries.get("weight") == "unpublished" or not table.has("weight"):
            return None
        return self._figure(table.table("weight"))

    def _figure(self, table: _Table) -> Figure:
        figure = Figure(table.number("value"), table.basis())
        table.finish()
        return figure

    def _measure(self, code: str, table: _Table, weight: Figure | None) -> Measure | None:
        return table.build(
            Measure,
            code=code,
            name=table.text("name"),
            minimum=table.number("minimum"),
            maximum=table.number("maximum"),
            decimals=table.integer("decimals"),
            basis=table.basis(),
            weight=weight,
            remark=table.text("remark") if table.has("remark") else None,
            **self._missing(table),
        )

    def _indicator(self, code: str, table: _Table, weight: Figure | None) -> Indicator | None:
        name = table.string("scale")
        levels, points, cumulative, scale_basis = self.scales.get(name, ((), (), False, _NO_BASIS))
        if name not in self.scales:
            message = Text("skala {name} tidak ada", "there is no scale {name}")
            table.fault("scale-unknown", message, "scale", name=quoted(name))
            return None
        criteria: tuple[Text | None, ...] = (None,) * len(levels)
        if table.has("levels"):
            wording = table.table("levels")
            texts = (wording.strings("id"), wording.strings("en"))
            wording.finish()
            if {len(texts[0]), len(texts[1])} == {len(levels)}:
                criteria = tuple(Text(*pair) for pair in zip(*texts, strict=True))
            else:
                message = Text("harus ada {count} kriteria", "there must be {count} criteria")
                table.fault("levels-count", message, "levels", count=len(levels))
        conditions = []
        if table.has("applies_when"):
            gates = table.table("applies_when")
            conditions = [Condition(gate, gates.strings(gate)) for gate in gates.entries]
        return table.build(
            Indicator,
            code=code,
            name=table.text("name"),
            question=table.text("question") if table.has("question") else None,
            levels=tuple(
                Level(value=value, points=worth, criterion=criterion)
                for value, worth, criterion in zip(levels, points, criteria, strict=True)
            ),
            cumulative=cumulative,
            basis=table.basis(),
            scale_basis=scale_basis,
            evidence=table.texts("evidence") if table.has("evidence") else (),
            conditions=tuple(conditions),
            weight=weight,
            remark=table.text("remark") if table.has("remark") else None,
            **self._missing(table),
        )

    def _missing(self, table: _Table) -> dict[str, object]:
        if not table.has("missing"):
            return {}
        inner = table.table("missing")
        policy = inner.choice("policy", {item.value: item for item in MissingPolicy})
        stated = policy is not MissingPolicy.UNKNOWN or inner.has("standing")
        basis = inner.basis() if stated else None
        inner.finish()
        return {"missing": policy or MissingPolicy.UNKNOWN, "missing_basis": basis}

    def _node(self, code: str, given: Figure | None, parent: _Table, depth: int) -> Node | None:
        """Return the node with this code as a child of the table that names it."""
        if code in self.used or len(self.used) >= MAX_NODES:
            message = Text(
                "{code} sudah menjadi anak dari {other}, atau simpul lebih dari {limit}",
                "{code} is already a child of {other}, or there are more than {limit} nodes",
            )
            other = self.used.get(code, "-")
            parent.fault("node-twice", message, "children", code=code, other=other, limit=MAX_NODES)
            return None
        self.used[code] = parent.path or "root"
        if code in self.leaves:
            return self.leaves[code](given)
        if code not in self.dimensions:
            message = Text(
                "{code} tidak ada di antara dimensi, indikator dan nilai",
                "{code} is not among the dimensions, indicators and measures",
            )
            key = "root" if depth == 0 else "children"
            parent.fault("node-unknown", message, key, code=quoted(code))
            return None
        return self._dimension(code, self.dimensions[code], given, depth)

    def _dimension(
        self, code: str, table: _Table, given: Figure | None, depth: int
    ) -> Dimension | None:
        if depth >= MAX_DEPTH:
            message = Text("lebih dari {limit} tingkat", "more than {limit} levels of dimensions")
            table.fault("too-deep", message, limit=MAX_DEPTH)
            return None
        weight = self._weight(table, given)
        rule, shared = self._rule(table.table("rule")) if table.has("rule") else (None, None)
        names = table.strings("children") if table.has("children") else ()
        children = [self._node(name, shared, table, depth + 1) for name in names]
        names = table.strings("deductions") if table.has("deductions") else ()
        deductions = [self._node(name, None, table, depth + 1) for name in names]
        if not all(isinstance(item, Measure | None) for item in deductions):
            message = Text("hanya nilai yang dapat dikurangkan", "only measures can be deducted")
            table.fault("deduction-not-a-measure", message, "deductions")
        before = len(table.faults)
        fields: dict[str, object] = {
            "name": table.text("name"),
            "rule": rule,
            "maximum": self._figure(table.table("maximum")) if table.has("maximum") else None,
            "rounding": self._rounding(table),
            "bands": self._bands_of(table) if table.has("bands") else None,
            "basis": table.basis(),
            "weight": weight,
            "remark": table.text("remark") if table.has("remark") else None,
            **self._missing(table),
        }
        if table.has("decimals"):
            fields["decimals"] = table.integer("decimals")
        table.finish()
        # Where something below is faulty, a complaint about this dimension would only echo it.
        if None in children or None in deductions or len(table.faults) > before:
            return None
        return table.build(
            Dimension, code=code, children=tuple(children), deductions=tuple(deductions), **fields
        )

    def _rule(self, table: _Table) -> tuple[Rule | None, Figure | None]:
        """Return the rule, and the weight of every child where all weigh the same."""
        make = table.choice("type", _RULES)
        whole = table.number("whole") if table.has("whole") else None
        equal = table.boolean("equal_weights") if table.has("equal_weights") else False
        basis = table.basis()
        table.finish()
        if whole is not None and whole <= 0:
            message = Text("harus di atas 0", "must be above 0")
            table.fault("rule-whole", message, "whole")
            whole = None
        rule = None if make is None else make(basis=basis, whole=whole)
        return rule, Figure(Fraction(1), basis) if equal else None

    def _rounding(self, table: _Table) -> Rounding | None:
        if not table.has("rounding"):
            return None
        inner = table.table("rounding")
        mode = inner.choice("mode", {item.value: item for item in RoundingMode})
        digits, basis = inner.integer("digits"), inner.basis()
        inner.finish()
        if mode is None:
            return None
        return inner.build(Rounding, digits=digits, mode=mode, basis=basis)

    def _bands_of(self, table: _Table) -> Bands | None:
        """Return the bands that a dimension uses, on another basis where it states one."""
        basis = None
        if isinstance(table.entries["bands"], dict):
            inner = table.table("bands")
            name = inner.string("use")
            basis = inner.basis() if inner.has("standing") else None
            inner.finish()
        else:
            name = table.string("bands")
        if name not in self.bands:
            message = Text("kategori {name} tidak ada", "there are no bands {name}")
            table.fault("bands-unknown", message, "bands", name=quoted(name))
            return None
        return self._bands(self.bands[name], basis)

    def _bands(self, table: _Table, other: Basis | None) -> Bands | None:
        basis = table.basis()
        items = []
        for item in table.list_of_tables("items"):
            own = item.basis() if item.has("standing") else basis
            items.append(self._band(item, other or own))
            item.finish()
        rounding = self._rounding(table)
        table.finish()
        return table.build(Bands, items=tuple(items), rounding=rounding)

    def _band(self, table: _Table, basis: Basis) -> Band:
        ends: dict[str, Limit | None] = {"lower": None, "upper": None}
        for side, key, inclusive in (
            ("lower", "from", True),
            ("lower", "above", False),
            ("upper", "to", True),
            ("upper", "below", False),
        ):
            if table.has(key):
                if ends[side] is not None:
                    message = Text(
                        "batas yang sama dinyatakan dua kali", "the same end stands twice"
                    )
                    table.fault("band-end-twice", message, key)
                ends[side] = Limit(table.number(key), basis, inclusive=inclusive)
        return Band(name=table.text("name"), **ends)

    def _in_force(self, table: _Table) -> InForce:
        start = table.get(
            "from",
            (datetime.date, int),
            Text("tanggal atau tahun", "a date or a year"),
        )
        until = None
        if table.has("until"):
            until = table.get("until", datetime.date, Text("tanggal", "a date"))
        basis = table.basis()
        table.finish()
        return InForce(start=start or 0, until=until, basis=basis)

    def _remark(self, table: _Table) -> Remark:
        remark = Remark(text=table.text("text"), basis=table.basis())
        table.finish()
        return remark

    def _derived(self, code: str, table: _Table) -> DerivedFigure:
        derived = DerivedFigure(
            code=code, name=table.text("name"), factor=self._figure(table.table("factor"))
        )
        table.finish()
        return derived
