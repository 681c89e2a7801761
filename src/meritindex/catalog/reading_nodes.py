"""Reading the tables of measures, indicators and dimensions, each by itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import attrs

from meritindex.catalog.names import Names
from meritindex.catalog.reading_gates import read_conditions
from meritindex.catalog.reading_parts import read_missing, read_rounding, read_weight
from meritindex.catalog.reading_rules import Share, read_caps, read_rule
from meritindex.catalog.reading_scales import bands_of, read_measure_scale, with_criteria
from meritindex.catalog.tables import Table
from meritindex.definition import Dimension, Figure, Indicator, Measure, Node


@attrs.frozen(kw_only=True)
class Draft:
    """A node as its own table states it, before it has a place in the tree.

    `make` makes it of a weight (a dimension: of the nodes below it too) and is None where a fault
    keeps it from being made; `conditions` are the nodes on which its caps depend, each with the
    table that says so; `share` is what it says about the weight of its children.
    """

    table: Table
    kind: type[Node]
    make: Callable[..., Node | None] | None
    weight: Figure | None
    children: tuple[str, ...] = ()
    bonuses: tuple[str, ...] = ()
    deductions: tuple[str, ...] = ()
    conditions: tuple[tuple[str, Table], ...] = ()
    share: Figure | Share = Share.OPEN


def read_measure(names: Names, code: str, table: Table) -> Draft:
    """Return a measure as its table states it."""
    before = table.faults.grave
    names.declare(code, table)
    fields: dict[str, object] = {
        "minimum": table.number("minimum"),
        "maximum": table.number("maximum"),
        "decimals": table.integer("decimals"),
        "scale": read_measure_scale(table.table("scale")) if table.has("scale") else None,
        **_common(table),
    }
    weight = read_weight(table)
    table.finish()
    make = partial(table.build, Measure, code=code, **fields)
    sound = table.faults.grave == before
    return Draft(table=table, kind=Measure, make=make if sound else None, weight=weight)


def read_indicator(names: Names, code: str, table: Table) -> Draft:
    """Return an indicator as its table states it."""
    before = table.faults.grave
    names.declare(code, table)
    scale = names.picked("scales", names.scales, table, "scale")
    fields: dict[str, object] = {
        "question": table.optional_text("question"),
        "evidence": table.texts("evidence") if table.has("evidence") else (),
        "conditions": read_conditions(names, table),
        **_common(table),
    }
    weight = read_weight(table)
    scale = with_criteria(table, scale)
    table.finish()
    make = partial(table.build, Indicator, code=code, scale=scale, **fields)
    sound = scale is not None and table.faults.grave == before
    return Draft(table=table, kind=Indicator, make=make if sound else None, weight=weight)


def read_dimension(names: Names, code: str, table: Table) -> Draft:
    """Return a dimension as its table states it."""
    before = table.faults.grave
    names.declare(code, table)
    rule, share = read_rule(table.table("rule")) if table.has("rule") else (None, Share.OPEN)
    fields: dict[str, object] = {
        "rule": rule,
        "maximum": table.optional_figure("maximum"),
        "entry_maximum": table.optional_figure("entry_maximum"),
        "floor": table.optional_figure("floor"),
        "rounding": read_rounding(table),
    }
    bands = bands_of(names, table.lightly()) if table.has("bands") else None
    caps = read_caps(table, bands)
    fields |= {"bands": bands, "caps": caps.caps, "band_caps": caps.band_caps, **_common(table)}
    if table.has("decimals"):
        fields["decimals"] = table.integer("decimals")
    weight = read_weight(table)
    below = {key: _codes(names, table, key) for key in ("children", "bonuses", "deductions")}
    if not table.finish():
        names.unclear.update(("bands", "nodes"))
    # The fault of bands is a light one, but a cap at one of them can't be judged without them.
    sound = table.faults.grave == before and not (bands is None and caps.band_caps)
    make = partial(table.build, Dimension, code=code, **fields)
    return Draft(
        table=table,
        kind=Dimension,
        make=make if sound else None,
        weight=weight,
        **below,
        conditions=caps.conditions,
        share=share,
    )


def _codes(names: Names, table: Table, key: str) -> tuple[str, ...]:
    """Return the codes of the nodes below."""
    codes = table.strings(key) if table.has(key) else ()
    if codes is None:
        names.unclear.add("nodes")
    return codes or ()


def _common(table: Table) -> dict[str, object]:
    """Return the fields that every node has, but for its code and weight."""
    return {
        **read_missing(table),
        "name": table.text("name"),
        "basis": table.basis(),
        "remark": table.optional_text("remark"),
    }
