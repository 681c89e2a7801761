"""From an instrument file (TOML) to an `Instrument`, with every fault and its place.

The file is data: reading one runs nothing. It is read in two passes. The first takes every table
apart (see `tables`); the
second puts the nodes together, from the root down. What rests on something faulty is not judged,
so that no fault is only the echo of another.
"""

from __future__ import annotations

import datetime as dt
import enum
import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import attrs

from meritindex.catalog.tables import (
    Faults,
    Table,
    as_written,
    names_text,
)
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
    Indicator,
    InForce,
    Instrument,
    Level,
    LevelScale,
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
    Stated,
    WeightedMean,
    WeightedSum,
    Weighting,
)
from meritindex.definition.checks import check_code
from meritindex.errors import DefinitionError, Fault
from meritindex.files import check_nesting, read_text
from meritindex.language import LANGUAGES, Text
from meritindex.numbers import quoted

MAX_FILE_BYTES = 4 * 2**20
MAX_NODES = 2000
MAX_DEPTH = 12
FORMAT = 1

T = TypeVar("T")

_WEIGHTINGS: dict[str, Weighting] = {"stated": Stated(), "equal-remainder": EqualRemainder()}
_RULES: dict[str, type[WeightedMean | WeightedSum]] = {
    "weighted-mean": WeightedMean,
    "weighted-sum": WeightedSum,
}
_POLICIES = {item.value: item for item in MissingPolicy}
_ROUNDING_MODES = {item.value: item for item in RoundingMode}
_AGENCY_KINDS = {item.value: item for item in AgencyKind}

_NODE_SECTIONS = ("measures", "indicators", "dimensions")
_SECTIONS = ("sources", "scales", "bands", "gates", *_NODE_SECTIONS, "derived")
_OTHER_TABLES = ("title", "in_force", "remarks")

_TOML_PLACE = re.compile(r"\(at line ([0-9]+), column ([0-9]+)\)")

_DATE = Text("tanggal, misalnya 2025-12-31", "a date, such as 2025-12-31")
_DATE_OR_YEAR = Text("tanggal atau tahun", "a date or a year")
_WEIGHT = Text('tabel dengan value, atau "unpublished"', 'a table with value, or "unpublished"')


def load_instrument(path: str | os.PathLike[str]) -> Instrument:
    """Read an instrument from a file.

    Raises:
        FileError: the file can't be read, is larger than 4 MiB or nested too deep.
        DefinitionError: it is not TOML, or what it says makes no sense; every fault names its place
            in the file.
    """
    return instrument_from_text(read_text(path, MAX_FILE_BYTES), Path(path).name)


def instrument_from_text(text: str, name: str) -> Instrument:
    """Read an instrument from the text of a file; `name` is what faults call the file."""
    check_nesting(name, text)
    faults = Faults()
    instrument = _Reader(Table(_parsed(text, name), name, faults)).instrument()
    if instrument is None:
        raise DefinitionError(faults.found)
    return instrument


def _parsed(text: str, name: str) -> dict[str, object]:
    """Return what the TOML says."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # The parser speaks English only; where it stopped can be said in both languages.
        at = _TOML_PLACE.search(str(error))
        where = f" (baris {at[1]}, kolom {at[2]})" if at else ""
        message = Text("bukan TOML{where}", "not TOML: {why}").fill(
            where=where, why=quoted(str(error), 200)
        )
        place = Text.same(name)
        raise DefinitionError(Fault(code="not-toml", message=message, place=place)) from None


class _Share(enum.Enum):
    """What a parent says about the weight of its children, where it doesn't give it itself."""

    STATED = enum.auto()  # each child states its own
    NONE = enum.auto()  # there is none to state: the root, and what is deducted
    OPEN = enum.auto()  # the parent is faulty or absent, so nothing can be said


@attrs.frozen(kw_only=True)
class _Draft:
    """A node as its own table states it, before it has a place in the tree.

    `make` makes it of a weight (a dimension: of children and deductions too) and is None where a
    fault keeps it from being made; `share` is what it says about the weight of its children.
    """

    table: Table
    kind: type[Node]
    make: Callable[..., Node | None] | None
    weight: Figure | None
    children: tuple[str, ...] = ()
    deductions: tuple[str, ...] = ()
    share: Figure | _Share = _Share.OPEN


class _Reader:
    """The reading of one file: what its tables declare, and how they refer to one another."""

    def __init__(self, file: Table) -> None:
        # Where a section can't be read, or is called something unknown, a name that is not found
        # is no fault of its own.
        self.names_are_known = all(
            isinstance(value, dict) if key in _SECTIONS else not isinstance(value, dict)
            for key, value in file.entries.items()
            if key not in _OTHER_TABLES
        )
        sources = file.entries.get("sources", {})
        listed = frozenset(sources) if isinstance(sources, dict) and self.names_are_known else None
        self.file = attrs.evolve(file, sources=listed)
        self.declared: dict[str, str] = {}
        self.scales: dict[str, LevelScale | None] = {}
        self.bands: dict[str, Bands | None] = {}
        self.gates: dict[str, Gate | None] = {}
        self.drafts: dict[str, _Draft] = {}
        # Where each node stands in the tree, and which scales and bands are used.
        self.stands_in: dict[str, str] = {}
        self.used: set[tuple[str, str]] = set()
        # Sections that a faulty reference may have meant: what seems unused there may not be.
        self.unclear = set[str]() if self.names_are_known else {"scales", "bands", "nodes"}
        # Codes of more than one thing: which one is meant, nobody knows.
        self.twice: set[str] = set()

    def instrument(self) -> Instrument | None:
        """Return the instrument, or None where there are faults."""
        file = self.file
        if not self._readable():
            return None
        fields: dict[str, Any] = {
            "id": file.string("id"),
            "family": file.string("family"),
            "title": file.text("title"),
            "default_weighting": file.choice("default_weighting", _WEIGHTINGS),
            "in_force": self._in_force(file.table("in_force")) if file.has("in_force") else None,
            "sources": tuple(self._source(*item) for item in file.section("sources")),
            "remarks": tuple(self._remark(table) for table in file.tables("remarks"))
            if file.has("remarks")
            else (),
        }
        self._read_sections()
        fields["gates"] = tuple(self.gates.values())
        fields["derived"] = tuple(
            self._derived(code, table) for code, table in self._section("derived")
        )
        fields["root"] = self._root()
        self._check_unused()
        file.finish()
        if file.faults.found:
            return None
        try:
            return Instrument(**fields)
        except DefinitionError as error:
            for fault in error.faults:
                place = self.declared.get(fault.item or "", "")
                table = attrs.evolve(file, path=place, item=fault.item)
                table.fault(fault.code, fault.message)
            return None

    def _readable(self) -> bool:
        """Say whether the file is in the format, and of the size, that the rest is written for."""
        file = self.file
        version = file.entries.get("format")
        if type(version) is int and version != FORMAT:
            message = Text(
                "format {value} tidak dikenal; yang dikenal: {allowed}",
                "the format {value} is not known; known: {allowed}",
            )
            shown, allowed = as_written(version), Text.same(str(FORMAT))
            message = message.fill(value=shown, allowed=allowed)
            file.fault("format-unknown", message, "format", value=shown, allowed=allowed)
            return False
        file.integer("format")
        sections = [file.entries.get(section) for section in _NODE_SECTIONS]
        count = sum(len(section) for section in sections if isinstance(section, dict))
        if count > MAX_NODES:
            message = Text(
                "{count} dimensi, indikator, dan nilai; paling banyak {limit}",
                "{count} dimensions, indicators and measures; at most {limit}",
            )
            file.fault("nodes-too-many", message.fill(count=count, limit=MAX_NODES))
            return False
        return True

    def _read_sections(self) -> None:
        for name, table in self._section("scales"):
            self.scales[name] = self._scale(table)
        for name, table in self._section("bands"):
            self.bands[name] = self._bands(table)
        for code, table in self._section("gates"):
            self.gates[code] = self._gate(code, table)
        for section, read in zip(
            _NODE_SECTIONS, (self._measure, self._indicator, self._dimension), strict=True
        ):
            for code, table in self._section(section):
                self.drafts.setdefault(code, read(code, table))

    def _section(self, key: str) -> Iterator[tuple[str, Table]]:
        for name, table in self.file.section(key):
            if table.faults is not self.file.faults:
                self.unclear.update(("scales", "bands", "nodes"))
            yield name, table if key in ("scales", "bands") else attrs.evolve(table, item=name)

    # --- what stands by itself ---

    def _source(self, code: str, table: Table) -> Source:
        url = table.string("url") if table.has("url") else None
        # Pages make links of it, and a link can be a program.
        if url is not None and not url.startswith(("https://", "http://")):
            message = Text(
                "{value} bukan alamat yang diawali https:// atau http://",
                "{value} is not an address that begins with https:// or http://",
            )
            shown = as_written(url)
            table.fault("url-form", message.fill(value=shown), "url", value=shown)
        source = Source(code=code, title=table.text("title"), url=url)
        table.finish()
        return source

    def _in_force(self, table: Table) -> InForce | None:
        start = table.raw("from", _DATE_OR_YEAR)
        first: dt.date | int | None = None
        if (isinstance(start, dt.date) and not isinstance(start, dt.datetime)) or (
            type(start) is int and dt.MINYEAR <= start <= dt.MAXYEAR
        ):
            first = start
        elif start is not None:
            table.wrong_type("from", start, _DATE_OR_YEAR)
        until = table.get("until", dt.date, _DATE) if table.has("until") else None
        basis = table.basis()
        table.finish()
        if first is None:
            return None
        return table.build(InForce, start=first, until=until, basis=basis)

    def _remark(self, table: Table) -> Remark:
        remark = Remark(text=table.text("text"), basis=table.basis())
        table.finish()
        return remark

    def _derived(self, code: str, table: Table) -> DerivedFigure | None:
        before = table.faults.grave
        self._declare(code, table)
        name, factor = table.text("name"), table.table("factor").figure()
        table.finish()
        if table.faults.grave > before:
            return None
        return DerivedFigure(code=code, name=name, factor=factor)

    # --- what other tables refer to by name ---

    def _scale(self, table: Table) -> LevelScale | None:
        before = table.faults.grave
        numbers, points = table.numbers("levels"), table.numbers("points")
        cumulative, basis = table.boolean("cumulative"), table.basis()
        table.finish()
        if table.faults.grave > before:
            return None
        if len(numbers) != len(points) or any(number.denominator != 1 for number in numbers):
            message = Text(
                "levels harus bilangan bulat, dan points sebanyak levels",
                "levels must be whole numbers, and points as many as levels",
            )
            table.fault("scale-form", message)
            return None
        levels = tuple(
            Level(value=int(number), points=worth)
            for number, worth in zip(numbers, points, strict=True)
        )
        return table.build(LevelScale, levels=levels, cumulative=cumulative, basis=basis)

    def _bands(self, table: Table) -> Bands | None:
        basis = table.basis()
        before = table.faults.grave
        items = []
        for item in table.tables("items"):
            items.append(self._band(item, item.basis() if item.has_basis() else basis))
            item.finish()
        rounding = self._rounding(table)
        table.finish()
        # Names that can't be read are no names that stand twice.
        sound = table.faults.grave == before and all(item.name.id for item in items)
        return table.build(Bands, items=tuple(items), rounding=rounding) if sound else None

    def _band(self, table: Table, basis: Basis) -> Band:
        ends: dict[str, Limit] = {}
        for side, key, inclusive in (
            ("lower", "from", True),
            ("lower", "above", False),
            ("upper", "to", True),
            ("upper", "below", False),
        ):
            if table.has(key):
                if side in ends:
                    message = Text("batas yang sama ada dua kali", "the same end stands twice")
                    table.fault("band-end-twice", message, key)
                ends[side] = Limit(table.number(key), basis, inclusive=inclusive)
        return Band(name=table.text("name"), lower=ends.get("lower"), upper=ends.get("upper"))

    def _gate(self, code: str, table: Table) -> Gate | None:
        before = table.faults.grave
        self._declare(code, table)
        options = []
        for option in table.tables("options"):
            options.append(Option(value=option.string("value"), label=option.pair()))
            option.finish()
        by_kind = []
        if table.has("by_kind"):
            kinds = table.table("by_kind")
            stated = [name for name in _AGENCY_KINDS if kinds.has(name)]
            by_kind = [(_AGENCY_KINDS[name], kinds.strings(name)) for name in stated]
            kinds.finish()
        question, basis = table.text("question"), table.basis()
        table.finish()
        if table.faults.grave > before:
            return None
        return table.build(
            Gate,
            code=code,
            question=question,
            options=tuple(options),
            basis=basis,
            by_kind=tuple(by_kind),
        )

    def _declare(self, code: str, table: Table) -> None:
        """Report a code that can't be one, or that is taken."""
        for fault in check_code(code):
            table.fault(fault.code, fault.message, value=as_written(code))
        other = self.declared.setdefault(code, table.path)
        if other != table.path:
            message = Text(
                "kode {code} sudah dipakai oleh {other}", "the code {code} is taken by {other}"
            ).fill(code=code, other=other)
            table.fault("code-twice", message, value=as_written(code))
            self.twice.add(code)
            self.unclear.add("nodes")

    def _picked(
        self, section: str, items: Mapping[str, T | None], table: Table, key: str
    ) -> T | None:
        """Return the scale or bands that an entry names; None if there are none, or faulty ones."""
        name = table.get(key, str, Text("teks", "a text"))
        if name is not None and name in items:
            self.used.add((section, name))
            return items[name]
        self.unclear.add(section)
        if name is not None and self.names_are_known:
            message = Text("{name} tidak ada di {section}", "there is no {name} in {section}")
            shown, allowed = as_written(name), names_text(items)
            message = message.fill(name=shown, section=section)
            table.fault("name-unknown", message, key, value=shown, allowed=allowed)
        return None

    # --- the nodes, each by itself ---

    def _measure(self, code: str, table: Table) -> _Draft:
        before = table.faults.grave
        self._declare(code, table)
        fields: dict[str, object] = {
            "minimum": table.number("minimum"),
            "maximum": table.number("maximum"),
            "decimals": table.integer("decimals"),
            **self._common(table),
        }
        weight = self._stated_weight(table)
        table.finish()
        make = partial(table.build, Measure, code=code, **fields)
        sound = table.faults.grave == before
        return _Draft(table=table, kind=Measure, make=make if sound else None, weight=weight)

    def _indicator(self, code: str, table: Table) -> _Draft:
        before = table.faults.grave
        self._declare(code, table)
        scale = self._picked("scales", self.scales, table, "scale")
        evidence = table.texts("evidence") if table.has("evidence") else ()
        fields: dict[str, object] = {
            "question": table.optional_text("question"),
            "evidence": evidence,
            "conditions": self._conditions(table) if table.has("applies_when") else (),
            **self._common(table),
        }
        weight = self._stated_weight(table)
        # Read even where the scale is faulty: what is wrong with them is wrong in any case.
        criteria = self._criteria(table, None if scale is None else len(scale.levels))
        table.finish()
        if scale is None or table.faults.grave > before:
            return _Draft(table=table, kind=Indicator, make=None, weight=weight)
        make = partial(
            table.build,
            Indicator,
            code=code,
            scale=_with_criteria(scale, criteria) if criteria else scale,
            **fields,
        )
        return _Draft(table=table, kind=Indicator, make=make, weight=weight)

    def _criteria(self, table: Table, count: int | None) -> tuple[Text, ...]:
        """Return a criterion for each of `count` levels (None: unknown); empty where none stand."""
        if not table.has("levels"):
            return ()
        wording = table.lightly().table("levels")
        languages = {key: wording.strings(key) for key in LANGUAGES}
        wording.finish()
        for language, criteria in languages.items():
            if criteria is not None and count not in (len(criteria), None):
                message = Text(
                    "ada {value} kriteria, seharusnya {count}",
                    "there are {value} criteria instead of {count}",
                ).fill(value=len(criteria), count=count)
                given, allowed = str(len(criteria)), Text.same(str(count))
                wording.fault("levels-count", message, language, value=given, allowed=allowed)
        # Of different lengths only in a file that is refused.
        return tuple(map(Text, languages["id"] or (), languages["en"] or ()))

    def _conditions(self, table: Table) -> tuple[Condition, ...]:
        conditions = table.lightly().table("applies_when")
        return tuple(
            Condition(gate, self._options(conditions, gate)) for gate in conditions.entries
        )

    def _options(self, conditions: Table, code: str) -> tuple[str, ...]:
        """Return the options of a gate under which an indicator applies."""
        if code not in self.gates:
            if self.names_are_known:
                message = Text("tidak ada pertanyaan {code}", "there is no gate {code}")
                shown, allowed = as_written(code), names_text(self.gates)
                message = message.fill(code=shown)
                conditions.fault("gate-unknown", message, code, value=shown, allowed=allowed)
            return ()
        values, gate = conditions.strings(code), self.gates[code]
        if values is None or gate is None:
            return ()
        given = [value for value in values if value not in gate.values]
        if given or not values:
            message = Text(
                "harus menyebut jawaban dari {options}, bukan {value}",
                "must name options among {options}, not {value}",
            )
            shown, allowed = names_text(map(as_written, given)).id or "[]", names_text(gate.values)
            message = message.fill(options=allowed, value=shown)
            conditions.fault("gate-option-unknown", message, code, value=shown, allowed=allowed)
        return values

    def _dimension(self, code: str, table: Table) -> _Draft:
        before = table.faults.grave
        self._declare(code, table)
        rule, share = self._rule(table.table("rule")) if table.has("rule") else (None, _Share.OPEN)
        fields: dict[str, object] = {
            "rule": rule,
            "maximum": table.table("maximum").figure() if table.has("maximum") else None,
            "entry_maximum": table.table("entry_maximum").figure()
            if table.has("entry_maximum")
            else None,
            "rounding": self._rounding(table),
            "bands": self._bands_of(table.lightly()) if table.has("bands") else None,
            **self._common(table),
        }
        if table.has("decimals"):
            fields["decimals"] = table.integer("decimals")
        weight = self._stated_weight(table)
        children, deductions = self._named(table, "children"), self._named(table, "deductions")
        if not table.finish():
            self.unclear.update(("bands", "nodes"))
        make = partial(table.build, Dimension, code=code, **fields)
        return _Draft(
            table=table,
            kind=Dimension,
            make=make if table.faults.grave == before else None,
            weight=weight,
            children=children,
            deductions=deductions,
            share=share,
        )

    def _named(self, table: Table, key: str) -> tuple[str, ...]:
        """Return the codes of the nodes below."""
        names = table.strings(key) if table.has(key) else ()
        if names is None:
            self.unclear.add("nodes")
        return names or ()

    def _common(self, table: Table) -> dict[str, object]:
        """Return the fields that every node has, but for its code and weight."""
        return {
            **self._missing(table),
            "name": table.text("name"),
            "basis": table.basis(),
            "remark": table.optional_text("remark"),
        }

    def _stated_weight(self, table: Table) -> Figure | None:
        """Return the weight that a node states; None if none, or one that is not published."""
        if not table.has("weight") or table.entries["weight"] == "unpublished":
            return None
        value = table.entries["weight"]
        if not isinstance(value, dict):
            table.wrong_type("weight", value, _WEIGHT)
            return None
        return table.table("weight").figure()

    def _missing(self, table: Table) -> dict[str, object]:
        if not table.has("missing"):
            return {}
        inner = table.table("missing")
        policy = inner.choice("policy", _POLICIES)
        # The policy "unknown" adds nothing to the facts, so that it may stand without a basis.
        stated = inner.has_basis() or policy not in (MissingPolicy.UNKNOWN, None)
        basis = inner.basis() if stated else None
        inner.finish()
        return {"missing": policy or MissingPolicy.UNKNOWN, "missing_basis": basis}

    def _rule(self, table: Table) -> tuple[Rule | None, Figure | _Share]:
        """Return the rule, and what it says about the weights of the children."""
        before = table.faults.grave
        make = table.choice("type", _RULES)
        whole = table.number("whole") if table.has("whole") else None
        if whole is not None and whole <= 0 and table.faults.grave == before:
            message = Text("harus di atas 0", "must be above 0")
            table.fault("rule-whole", message, "whole", value=str(whole))
        equal, basis = table.boolean("equal_weights"), table.basis()
        table.finish()
        if make is None or table.faults.grave > before:
            return None, _Share.OPEN
        share = Figure(Fraction(1), basis) if equal else _Share.STATED
        return make(basis=basis, whole=whole), share

    def _rounding(self, table: Table) -> Rounding | None:
        if not table.has("rounding"):
            return None
        inner = table.table("rounding")
        before = inner.faults.grave
        mode, digits = inner.choice("mode", _ROUNDING_MODES), inner.integer("digits")
        basis = inner.basis()
        inner.finish()
        sound = inner.faults.grave == before
        return inner.build(Rounding, digits=digits, mode=mode, basis=basis) if sound else None

    def _bands_of(self, table: Table) -> Bands | None:
        """Return the bands that a dimension uses, on another basis where it states one."""
        if not isinstance(table.entries["bands"], dict):
            return self._picked("bands", self.bands, table, "bands")
        inner = table.table("bands")
        bands = self._picked("bands", self.bands, inner, "use")
        basis = inner.basis() if inner.has_basis() else None
        inner.finish()
        if bands is None or basis is None:
            return bands
        items = [
            attrs.evolve(band, lower=_rest_on(band.lower, basis), upper=_rest_on(band.upper, basis))
            for band in bands
        ]
        return attrs.evolve(bands, items=tuple(items))

    # --- the tree ---

    def _root(self) -> Node | None:
        file = self.file
        code = file.get("root", str, Text("kode dimensi", "the code of a dimension"))
        if code in self.drafts and self.drafts[code].kind is Dimension:
            self.stands_in[code] = "root"
            return self._node(code, _Share.NONE, 1)
        self.unclear.add("nodes")
        if code is not None and (self.names_are_known or code in self.drafts):
            message = Text("{code} bukan dimensi", "{code} is not a dimension")
            shown = as_written(code)
            file.fault("root-not-a-dimension", message.fill(code=shown), "root", value=shown)
        return None

    def _node(self, code: str, share: Figure | _Share, depth: int) -> Node | None:
        """Return a node with all below it, or None where a fault keeps it from being made."""
        draft = self.drafts[code]
        table = draft.table
        if depth > MAX_DEPTH and draft.kind is Dimension:
            message = Text(
                "lebih dari {limit} tingkat dimensi", "more than {limit} levels of dimensions"
            )
            table.fault("too-deep", message.fill(limit=MAX_DEPTH))
            self.unclear.add("nodes")
            return None
        before = table.faults.grave
        if code in self.twice:
            share = _Share.OPEN
        fields: dict[str, object] = {"weight": self._weight(draft, share)}
        sound = table.faults.grave == before and code not in self.twice
        if draft.kind is Dimension:
            children = self._nodes(draft, "children", draft.children, draft.share, depth + 1)
            deductions = self._nodes(draft, "deductions", draft.deductions, _Share.NONE, depth + 1)
            sound = sound and None not in (*children, *deductions)
            fields |= {"children": children, "deductions": deductions}
        return draft.make(**fields) if sound and draft.make is not None else None

    def _nodes(
        self, draft: _Draft, key: str, codes: Sequence[str], share: Figure | _Share, depth: int
    ) -> tuple[Node | None, ...]:
        return tuple(self._child(draft.table, key, code, share, depth) for code in codes)

    def _child(
        self, table: Table, key: str, code: str, share: Figure | _Share, depth: int
    ) -> Node | None:
        shown = as_written(code)
        if code not in self.drafts:
            self.unclear.add("nodes")
            if self.names_are_known:
                message = Text(
                    "{code} tidak ada di antara dimensi, indikator, dan nilai",
                    "{code} is not among the dimensions, indicators and measures",
                )
                table.fault("node-unknown", message.fill(code=shown), key, value=shown)
            return None
        if code in self.stands_in:
            message = Text("{code} sudah ada di {other}", "{code} already stands in {other}")
            message = message.fill(code=shown, other=self.stands_in[code])
            table.fault("node-twice", message, key, value=shown)
            return None
        self.stands_in[code] = table.place(key)
        if key == "deductions" and self.drafts[code].kind is not Measure:
            message = Text(
                "{code} bukan nilai (measures), dan hanya nilai yang dapat dikurangkan",
                "{code} is not a measure, and only measures can be deducted",
            )
            table.fault("deduction-not-a-measure", message.fill(code=shown), key, value=shown)
            self._node(code, _Share.OPEN, depth)
            return None
        return self._node(code, share, depth)

    def _weight(self, draft: _Draft, share: Figure | _Share) -> Figure | None:
        """Return the weight of a node: its own, or the one that its parent gives all children."""
        table, stated = draft.table, draft.table.has("weight")
        if share is _Share.OPEN:
            return draft.weight
        if share is _Share.STATED:
            if not stated:
                table.raw("weight", _WEIGHT)
            return draft.weight
        if stated:
            message = (
                Text(
                    "tidak boleh ada: akar dan pengurangan tidak berbobot",
                    "must not be stated: the root and deductions have no weight",
                )
                if share is _Share.NONE
                else Text(
                    "tidak boleh ada: dimensi di atasnya memberi semua unsurnya bobot yang sama",
                    "must not be stated: the parent gives all children the same weight",
                )
            )
            table.fault("weight-not-allowed", message, "weight")
        return share if isinstance(share, Figure) else None

    def _check_unused(self) -> None:
        """Report what stands in the file and nowhere in the instrument."""
        lost = {code: draft for code, draft in self.drafts.items() if code not in self.stands_in}
        named = {name for draft in lost.values() for name in (*draft.children, *draft.deductions)}
        # Those that nobody names come first: what hangs below them is not lost on its own account.
        for code in (*(code for code in lost if code not in named), *lost):
            if code not in self.stands_in:
                if "nodes" not in self.unclear:
                    message = Text("tidak ada di dimensi mana pun", "stands in no dimension")
                    lost[code].table.fault("node-unused", message)
                self.stands_in[code] = "-"
                self._node(code, _Share.OPEN, 1)
        for section, names in (("scales", self.scales), ("bands", self.bands)):
            for name in names:
                if (section, name) not in self.used and section not in self.unclear:
                    message = Text("tidak dipakai", "is not used")
                    self.file.table(section).fault("name-unused", message, name)


def _with_criteria(scale: LevelScale, criteria: Sequence[Text]) -> LevelScale:
    """Return the same scale with a criterion for each level."""
    levels = [
        attrs.evolve(level, criterion=criterion)
        for level, criterion in zip(scale.levels, criteria, strict=True)
    ]
    return attrs.evolve(scale, levels=levels)


def _rest_on(limit: Limit | None, basis: Basis) -> Limit | None:
    """Return the same limit on another basis."""
    return None if limit is None else attrs.evolve(limit, basis=basis)
