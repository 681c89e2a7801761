"""From an instrument file (TOML) to an `Instrument`, with every fault and its place.

The file is data: reading one runs nothing. It is read in two passes. The first takes every table
apart (see `tables`, and `reading_nodes` for the longest); the second puts the nodes together, from
the root down (`node_tree`). What rests on something faulty is not judged, so that no fault is only
the echo of another.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

from meritindex.catalog.faults import Faults
from meritindex.catalog.names import NODE_SECTIONS, Names
from meritindex.catalog.node_tree import MAX_DEPTH, NodeTree
from meritindex.catalog.reading_gates import read_gate
from meritindex.catalog.reading_nodes import (
    Draft,
    read_dimension,
    read_indicator,
    read_measure,
)
from meritindex.catalog.reading_parts import (
    read_derived,
    read_in_force,
    read_remark,
    read_source,
)
from meritindex.catalog.reading_rules import read_weighting
from meritindex.catalog.reading_scales import read_bands, read_level_scale
from meritindex.catalog.tables import Table
from meritindex.catalog.words import FORMAT
from meritindex.definition import Given, Instrument
from meritindex.errors import DefinitionError, Fault
from meritindex.files import check_nesting, read_text
from meritindex.language import Text
from meritindex.numbers import quoted

__all__ = [
    "MAX_DEPTH",
    "MAX_FILE_BYTES",
    "MAX_NODES",
    "instrument_from_text",
    "load_instrument",
]

# Sixteen times the largest of the catalog; the worst of that size is read within a second.
MAX_FILE_BYTES = 2**20
MAX_NODES = 2000

_LONG_NUMBER = re.compile(r"[0-9_]{1000,}")
_TOML_PLACE = re.compile(r"\(at line ([0-9]+), column ([0-9]+)\)")


def load_instrument(path: str | os.PathLike[str]) -> Instrument:
    """Read an instrument from a file.

    Raises:
        FileError: the file can't be read, is larger than 1 MiB or nested too deep.
        DefinitionError: it is not TOML, or what it says makes no sense; every fault names its place
            in the file.
    """
    return instrument_from_text(read_text(path, MAX_FILE_BYTES), Path(path).name)


def instrument_from_text(text: str, name: str) -> Instrument:
    """Read an instrument from the text of a file; `name` is what faults call the file."""
    check_nesting(name, text)
    file = Table(parsed_toml(text, name), name, Faults())
    instrument = _instrument(file) if _readable(file) else None
    if instrument is None:
        raise DefinitionError(file.faults.listed(name))
    return instrument


def parsed_toml(text: str, name: str) -> dict[str, object]:
    """Return what the TOML says."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        long = _LONG_NUMBER.search(text)
        if long is not None and not isinstance(error, tomllib.TOMLDecodeError):
            # Of this, Python speaks to programmers, and without a place.
            message = Text(
                "angka dengan terlalu banyak digit (baris {line})",
                "a number with too many digits (line {line})",
            ).fill(line=text.count("\n", 0, long.start()) + 1)
            raise DefinitionError(
                Fault(code="not-toml", message=message, place=Text.same(name))
            ) from None
        # The parser speaks English only; where it stopped can be said in both languages.
        at = _TOML_PLACE.search(str(error))
        where = f" (baris {at[1]}, kolom {at[2]})" if at else ""
        message = Text("bukan TOML{where}", "not TOML: {why}").fill(
            where=where, why=quoted(str(error), 200)
        )
        place = Text.same(name)
        raise DefinitionError(Fault(code="not-toml", message=message, place=place)) from None


def _readable(file: Table) -> bool:
    """Say whether the file is in the format, and of the size, that the rest is written for."""
    version = file.entries.get("format")
    if type(version) is int and version != FORMAT:
        message = Text(
            "format {value} tidak dikenal; yang dikenal: {allowed}",
            "the format {value} is not known; known: {allowed}",
        )
        allowed = Text.same(str(FORMAT))
        file.complain("format-unknown", message, "format", value=version, allowed=allowed)
        return False
    sections = [file.entries.get(section) for section in NODE_SECTIONS]
    count = sum(len(section) for section in sections if isinstance(section, dict))
    if count > MAX_NODES:
        message = Text(
            "{count} dimensi, indikator, dan ukuran; paling banyak {limit}",
            "{count} dimensions, indicators and measures; at most {limit}",
        )
        file.complain("nodes-too-many", message, count=count, limit=MAX_NODES)
        return False
    return True


def _instrument(read: Table) -> Instrument | None:
    """Return the instrument, or None where there are faults."""
    names = Names.of(read)
    file = names.file
    file.integer("format")
    fields: dict[str, Any] = {
        "id": file.string("id"),
        "family": file.string("family"),
        "title": file.text("title"),
        "default_weighting": read_weighting(file),
        "in_force": read_in_force(file.table("in_force")) if file.has("in_force") else None,
        "sources": tuple(read_source(*item) for item in file.section("sources")),
        "remarks": tuple(read_remark(table) for table in file.tables("remarks"))
        if file.has("remarks")
        else (),
    }
    tree = NodeTree(names, dict(_drafts(names)))
    fields["gates"] = tuple(names.gates.values())
    fields["derived"] = tuple(
        read_derived(names, code, table) for code, table in names.section("derived")
    )
    fields["root"] = tree.root()
    tree.check_unused()
    names.check_unused()
    if isinstance(fields["default_weighting"], Given):
        tree.check_weights(file.table("default_weighting").table("weights"))
    file.finish()
    if file.faults.count:
        return None
    try:
        return Instrument(**fields)
    except DefinitionError as error:
        for fault in error.faults:
            place = names.declared.get(fault.item or "", "")
            attrs.evolve(file, path=place, item=fault.item).fault(fault.code, fault.message)
        return None


def _drafts(names: Names) -> Iterator[tuple[str, Draft]]:
    """Read what nodes refer to, then yield the nodes; of those of one code, the first."""
    for name, table in names.section("scales"):
        names.scales[name] = read_level_scale(table)
    for name, table in names.section("bands"):
        names.bands[name] = read_bands(table)
    for code, table in names.section("gates"):
        names.gates[code] = read_gate(names, code, table)
    seen = set[str]()
    for section, read in zip(
        NODE_SECTIONS, (read_measure, read_indicator, read_dimension), strict=True
    ):
        for code, table in names.section(section):
            draft = read(names, code, table)
            if code not in seen:
                seen.add(code)
                yield code, draft
