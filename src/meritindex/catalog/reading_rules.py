"""Reading how a dimension makes its points: its rule, what holds it back, and weightings."""

from __future__ import annotations

import enum
from collections.abc import Callable
from fractions import Fraction

import attrs

from meritindex.catalog.faults import names_text
from meritindex.catalog.tables import Table
from meritindex.catalog.words import RULES, WEIGHTING_TABLES, WEIGHTINGS
from meritindex.definition import (
    BandCap,
    Bands,
    Cap,
    Figure,
    Rule,
    Shortfall,
    Standing,
    Weighting,
)
from meritindex.language import Text

# The entries that only some rules have.
_OPTIONS = ("whole", "equal_weights", "floor", "exponent")
_STANDINGS = {item.value: item for item in Standing}


class Share(enum.Enum):
    """What a parent says about the weight of its children, where it doesn't give it itself."""

    STATED = enum.auto()  # each child states its own
    UNUSED = enum.auto()  # the rule uses none
    NONE = enum.auto()  # there is none to state: the root, and what stands beside the rule
    OPEN = enum.auto()  # the parent is faulty or absent, so nothing can be said


def read_rule(table: Table) -> tuple[Rule | None, Figure | Share]:
    """Return the rule, and what it says about the weights of the children."""
    before = table.faults.grave
    make = table.choice("type", RULES)
    possible = set(_OPTIONS) if make is None else _options_of(make)
    for key in _OPTIONS:
        if key not in possible and key in table.entries:
            message = Text(
                "tidak boleh ada: rumus {type} tidak memakainya",
                "must not be stated: the rule {type} does not use it",
            )
            table.complain("rule-entry", message, key, type=table.entries["type"])
            table.known.add(key)
    fields: dict[str, object] = {
        key: _positive(table, key)
        for key in ("whole", "floor")
        if key in possible and table.has(key)
    }
    if make is not None and "exponent" in possible:
        fields["exponent"] = table.number("exponent")
    equal = "equal_weights" in possible and table.boolean("equal_weights")
    basis = table.basis()
    table.known.update(possible)
    table.finish()
    if make is None or table.faults.grave > before:
        return None, Share.OPEN
    build: Callable[..., Rule] = make
    rule = table.build(build, basis=basis, **fields)
    if rule is None:
        return None, Share.OPEN
    if equal:
        return rule, Figure(Fraction(1), basis)
    return rule, Share.STATED if rule.weighted else Share.UNUSED


def _options_of(make: type[Rule]) -> set[str]:
    fields = {attribute.name for attribute in attrs.fields(make)}
    return {key for key in _OPTIONS if key in fields or (key == "equal_weights" and make.weighted)}


def _positive(table: Table, key: str) -> Fraction:
    before = table.faults.grave
    value = table.number(key)
    if value <= 0 and table.faults.grave == before:
        message = Text("harus di atas 0", "must be above 0")
        table.complain(f"rule-{key}", message, key, value=value)
    return value


@attrs.frozen
class Caps:
    """The caps of a dimension, and the tables in which their conditions stand."""

    caps: tuple[Cap, ...] = ()
    band_caps: tuple[BandCap, ...] = ()
    conditions: tuple[tuple[str, Table], ...] = ()


def read_caps(table: Table, bands: Bands | None) -> Caps:
    """Return the caps that a dimension states; `bands` are its own."""
    if not table.has("caps"):
        return Caps()
    caps: list[Cap] = []
    band_caps: list[BandCap] = []
    conditions: list[tuple[str, Table]] = []
    # Where its bands can't be read, nobody knows whether there is a band of that name.
    names = None if bands is None and table.has("bands") else [band.name.id for band in bands or ()]
    for inner in table.tables("caps"):
        shortfall = None
        if inner.has("while") or inner.has("band"):
            condition = inner.table("while")
            shortfall = Shortfall(code=condition.string("node"), below=condition.number("below"))
            condition.finish()
            if shortfall.code:
                conditions.append((shortfall.code, condition))
        basis = inner.basis()
        if inner.has("maximum") == inner.has("band"):
            message = Text(
                "harus menyebut salah satu dari maximum dan band, tidak keduanya",
                "must state one of maximum and band, and not both",
            )
            inner.fault("cap-form", message)
        elif inner.has("maximum"):
            cap = Cap(maximum=inner.number("maximum"), basis=basis, shortfall=shortfall)
            caps.append(cap)
        else:
            band = _band_name(inner, names)
            assert shortfall is not None  # noqa: S101 - read above
            band_caps.append(BandCap(band=band, basis=basis, shortfall=shortfall))
        inner.finish()
    return Caps(tuple(caps), tuple(band_caps), tuple(conditions))


def _band_name(table: Table, names: list[str] | None) -> str:
    """Return the official name of a band of the dimension."""
    name = table.string("band")
    if name and names is not None and name not in names:
        message = Text(
            "kategori {value} tidak ada; yang ada: {allowed}",
            "there is no band {value}; there are: {allowed}",
        )
        allowed = names_text(names or ["-"])
        table.complain("cap-band-unknown", message, "band", value=name, allowed=allowed)
    return name


def read_weighting(table: Table) -> Weighting | None:
    """Return the weighting that an instrument names; None where it is faulty."""
    if not isinstance(table.entries.get("default_weighting"), dict):
        return table.choice("default_weighting", WEIGHTINGS)
    inner = table.table("default_weighting")
    before = inner.faults.grave
    make = inner.choice("type", WEIGHTING_TABLES)
    weights = inner.table("weights")
    pairs = [(code, _weight(weights, code)) for code in weights.entries]
    source = inner.string("source") if inner.has("source") else None
    standing = inner.choice("standing", _STANDINGS) if inner.has("standing") else None
    inner.finish()
    if make is None or inner.faults.grave > before:
        return None
    return make(pairs, source=source, standing=standing)


def _weight(table: Table, code: str) -> Fraction:
    value = table.number(code)
    if value < 0:
        message = Text("bobot {value} negatif", "the weight {value} is negative")
        table.complain("weight-negative", message, code, value=value)
    return value
