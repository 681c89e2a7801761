"""Reading what stands by itself in an instrument file: sources, dates, remarks, roundings."""

from __future__ import annotations

import datetime as dt

from meritindex.catalog.forms import day_in, weight_form, year_in
from meritindex.catalog.names import Names
from meritindex.catalog.tables import Table
from meritindex.catalog.words import UNPUBLISHED
from meritindex.definition import (
    DerivedFigure,
    Figure,
    InForce,
    MissingPolicy,
    Remark,
    Rounding,
    RoundingMode,
    Source,
)
from meritindex.language import Text

_POLICIES = {item.value: item for item in MissingPolicy}
_ROUNDING_MODES = {item.value: item for item in RoundingMode}

_DATE = Text("tanggal, misalnya 2025-12-31", "a date, such as 2025-12-31")
_DATE_OR_YEAR = Text(
    "tanggal atau tahun, misalnya 2025-12-31 atau 2025",
    "a date or a year, such as 2025-12-31 or 2025",
)
_UNQUOTED = Text(
    "{value} dalam tanda kutip; tulis tanpa tanda kutip: {allowed}",
    "{value} is in quotation marks; write it without quotation marks: {allowed}",
)


def read_source(code: str, table: Table) -> Source:
    """Return a source."""
    table.filled(code)
    url = table.string("url") if table.has("url") else None
    # Pages make links of it, and a link can be a program.
    if url is not None and not url.startswith(("https://", "http://")):
        message = Text(
            "{value} bukan alamat yang diawali https:// atau http://",
            "{value} is not an address that begins with https:// or http://",
        )
        table.complain("url-form", message, "url", value=url)
    source = Source(code=code, title=table.text("title"), url=url)
    table.finish()
    return source


def read_in_force(table: Table) -> InForce | None:
    """Return from when to when an instrument is in force, or None with a fault."""
    start = table.raw("from", _DATE_OR_YEAR)
    first: dt.date | int | None = None
    if (isinstance(start, dt.date) and not isinstance(start, dt.datetime)) or (
        type(start) is int and dt.MINYEAR <= start <= dt.MAXYEAR
    ):
        first = start
    elif meant := day_in(start) or year_in(start):
        table.complain("entry-type", _UNQUOTED, "from", value=start, allowed=Text.same(meant))
    elif start is not None:
        table.wrong_type("from", start, _DATE_OR_YEAR)
    until = _until(table) if table.has("until") else None
    basis = table.basis()
    table.finish()
    if first is None:
        return None
    return table.build(InForce, start=first, until=until, basis=basis)


def _until(table: Table) -> dt.date | None:
    """Return the first day on which an instrument is no longer in force, or None with a fault."""
    meant = day_in(table.entries["until"])
    if meant is None:
        return table.get("until", dt.date, _DATE)
    value = table.entries["until"]
    table.complain("entry-type", _UNQUOTED, "until", value=value, allowed=Text.same(meant))
    return None


def read_remark(table: Table) -> Remark:
    """Return a remark."""
    remark = Remark(text=table.text("text"), basis=table.basis())
    table.finish()
    return remark


def read_derived(names: Names, code: str, table: Table) -> DerivedFigure | None:
    """Return a figure that follows from the total, or None with a fault."""
    before = table.faults.grave
    names.declare(code, table)
    name, factor = table.text("name"), table.figure("factor")
    table.finish()
    if table.faults.grave > before:
        return None
    return DerivedFigure(code=code, name=name, factor=factor)


def read_rounding(table: Table) -> Rounding | None:
    """Return the rounding that a table states; None where there is none, or a faulty one."""
    if not table.has("rounding"):
        return None
    inner = table.table("rounding")
    before = inner.faults.grave
    mode, digits = inner.choice("mode", _ROUNDING_MODES), inner.integer("digits")
    basis = inner.basis()
    inner.finish()
    sound = inner.faults.grave == before
    return inner.build(Rounding, digits=digits, mode=mode, basis=basis) if sound else None


def read_missing(table: Table) -> dict[str, object]:
    """Return the fields that say what a node counts for where it is not answered."""
    if not table.has("missing"):
        return {}
    inner = table.table("missing")
    policy = inner.choice("policy", _POLICIES)
    # The policy "unknown" adds nothing to the facts, so that it may stand without a basis.
    stated = inner.has_basis() or policy not in (MissingPolicy.UNKNOWN, None)
    basis = inner.basis() if stated else None
    inner.finish()
    return {"missing": policy or MissingPolicy.UNKNOWN, "missing_basis": basis}


def read_weight(table: Table) -> Figure | None:
    """Return the weight that a node states; None if none, or one that is not published."""
    if not table.has("weight") or table.entries["weight"] == UNPUBLISHED:
        return None
    value = table.entries["weight"]
    if not isinstance(value, dict):
        table.wrong_type("weight", value, weight_form(value))
        return None
    return table.figure("weight")
