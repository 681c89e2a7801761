"""The crosswalks of the catalog, and reading one from a file.

A crosswalk file is written as an instrument file is (TOML, `format = 1`). It names the two
instruments, which of their parts are compared, what corresponds and on what basis, and what has no
counterpart; together they must cover every part that is compared.
"""

from __future__ import annotations

import os
from functools import cache
from importlib import resources
from pathlib import Path

import attrs

from meritindex import catalog
from meritindex.catalog.faults import Faults
from meritindex.catalog.loading import MAX_FILE_BYTES, parsed_toml
from meritindex.catalog.reading_parts import read_source
from meritindex.catalog.tables import Table
from meritindex.catalog.words import FORMAT
from meritindex.definition import Instrument
from meritindex.definition.crosswalks import (
    Correspondence,
    Crosswalk,
    CrosswalkSide,
    coverage_faults,
    side_faults,
)
from meritindex.errors import DefinitionError, Fault, UnknownNameError
from meritindex.files import check_nesting, read_text
from meritindex.language import Text
from meritindex.numbers import quoted

_PAIRS = (("ism-2019", "ism-2026"),)


def crosswalk(source: Instrument | str, target: Instrument | str) -> Crosswalk:
    """Return the catalog's crosswalk from one instrument to another.

    Args:
        source: an instrument, or the id of one of the catalog. A variant of one of the catalog's
            has the crosswalk of its id, which must fit it.
        target: likewise.

    Raises:
        UnknownNameError: there is no such instrument in the catalog, or no such crosswalk.
        DefinitionError: a variant was given that the crosswalk does not fit.

    Examples:
        >>> crosswalk("ism-2019", "ism-2026").targets("a5")
        ('a3',)
    """
    left, right = _instrument(source), _instrument(target)
    if (left.id, right.id) not in _PAIRS:
        allowed = Text.same(", ".join(f"{one} → {other}" for one, other in _PAIRS))
        asked = f"{quoted(left.id)} → {quoted(right.id)}"
        message = Text(
            "tidak ada padanan {asked}; yang ada: {allowed}",
            "there is no crosswalk {asked}; there are: {allowed}",
        )
        raise UnknownNameError(
            Fault(
                code="crosswalk-unknown",
                message=message.fill(asked=asked, allowed=allowed),
                value=asked,
                allowed=allowed,
            )
        )
    return _load(left, right)


def load_crosswalk(
    path: str | os.PathLike[str], source: Instrument | str, target: Instrument | str
) -> Crosswalk:
    """Read a crosswalk from a file, and check it against the two instruments that it names.

    Args:
        path: the file.
        source: the first instrument, or the id of one of the catalog.
        target: the second.

    Raises:
        UnknownNameError: there is no such instrument in the catalog.
        FileError: the file can't be read, is larger than 1 MiB or nested too deep.
        DefinitionError: it is not TOML, makes no sense, does not fit the instruments, or leaves one
            of their parts out; every fault names its place in the file.
    """
    text = read_text(path, MAX_FILE_BYTES)
    return _crosswalk(text, Path(path).name, _instrument(source), _instrument(target))


def _instrument(given: Instrument | str) -> Instrument:
    return catalog.instrument(given) if isinstance(given, str) else given


@cache
def _load(source: Instrument, target: Instrument) -> Crosswalk:
    folder = resources.files("meritindex.catalog") / "data" / "crosswalks"
    file = folder / f"{source.id}_{target.id}.toml"
    return _crosswalk(file.read_text(encoding="utf-8"), file.name, source, target)


@attrs.frozen
class _Pair:
    """A correspondence with the table that states it; None where it makes no sense."""

    table: Table
    source: tuple[str, ...]
    target: tuple[str, ...]
    content: Correspondence | None


def _crosswalk(text: str, name: str, source: Instrument, target: Instrument) -> Crosswalk:
    check_nesting(name, text)
    entries = parsed_toml(text, name)
    sources = entries.get("sources", {})
    listed = dict.fromkeys(sorted(sources)) if isinstance(sources, dict) else None
    file = Table(entries, name, Faults(), sources=listed)
    crosswalk = _read(file, source, target)
    if crosswalk is None:
        raise DefinitionError(file.faults.listed(name))
    return crosswalk


def _read(file: Table, source: Instrument, target: Instrument) -> Crosswalk | None:
    """Return the crosswalk, or None where there are faults."""
    check_format(file)
    listed_sources = tuple(read_source(*item) for item in file.section("sources"))
    stated = file.table("basis")
    basis = stated.basis()
    stated.finish()
    outer, inner = file.table("from"), file.table("to")
    left, right = _side(outer), _side(inner)
    pairs = [_pair(table) for table in file.tables("pairs")] if file.has("pairs") else []
    file.finish()
    # What can't be read may have been about anything.
    if not file.faults.grave:
        _check_side(outer, left, "from", [(each.table, each.source) for each in pairs], source)
        _check_side(inner, right, "to", [(each.table, each.target) for each in pairs], target)
    if file.faults.count:
        return None
    return Crosswalk(
        source=left,
        target=right,
        pairs=tuple(pair.content for pair in pairs if pair.content is not None),
        basis=basis,
        listed_sources=listed_sources,
    )


def _check_side(
    table: Table,
    side: CrosswalkSide,
    key: str,
    paired: list[tuple[Table, tuple[str, ...]]],
    instrument: Instrument,
) -> None:
    """Report where a side contradicts itself or its instrument, each where it is written.

    Args:
        table: that of the side.
        side: what it says.
        key: the entry of a pair that holds codes of this side.
        paired: the table of each pair, with these codes.
        instrument: the instrument that is meant.
    """
    places: dict[str, tuple[Table, str | None]] = dict.fromkeys(side.below, (table, "below"))
    places |= dict.fromkeys(side.without_counterpart, (table, "without_counterpart"))
    places |= {
        code: (pair, key)
        for pair, codes in paired
        for code in codes
        if code not in side.without_counterpart
    }
    codes = [code for _, inner in paired for code in inner]
    faults = [*side_faults(side, codes), *coverage_faults(side, codes, instrument)]
    for fault in faults:
        where, entry = places.get(fault.item or "", (table, None))
        attrs.evolve(where, item=fault.item).fault(fault.code, fault.message, entry)


def check_format(file: Table) -> None:
    """Complain of a file whose format is not the one that is read here."""
    version = file.integer("format")
    if version != FORMAT and file.faults.count == 0:
        message = Text(
            "format {value} tidak dikenal; yang dikenal: {allowed}",
            "the format {value} is not known; known: {allowed}",
        )
        allowed = Text.same(str(FORMAT))
        file.complain("format-unknown", message, "format", value=version, allowed=allowed)


def _side(table: Table) -> CrosswalkSide:
    below = table.strings("below") if table.has("below") else ()
    has_none = table.has("without_counterpart")
    without = table.strings("without_counterpart") if has_none else ()
    side = CrosswalkSide(
        instrument=table.string("instrument"),
        below=below or (),
        without_counterpart=without or (),
    )
    table.finish()
    return side


def _pair(table: Table) -> _Pair:
    codes = table.strings("from"), table.strings("to")
    basis, remark = table.basis(), table.optional_text("remark")
    table.finish()
    source, target = codes
    if source is None or target is None:
        return _Pair(table, (), (), None)
    # Light: whether the parts are all covered can be said all the same.
    content = table.lightly().build(
        Correspondence, source=source, target=target, basis=basis, remark=remark
    )
    return _Pair(table, source, target, content)
