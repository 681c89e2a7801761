"""The commitments of the catalog, and reading commitments from a file.

A file of commitments is written as an instrument file is (TOML, `format = 1`): one table
`[[commitments]]` for each, and in `[common]` what holds for all of them that don't say otherwise.
What nobody has stated is left out.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from functools import cache
from importlib import resources
from pathlib import Path

from meritindex.catalog.crosswalks import check_format
from meritindex.catalog.directory import find_agency
from meritindex.catalog.faults import Faults
from meritindex.catalog.loading import MAX_FILE_BYTES, parsed_toml
from meritindex.catalog.tables import NUMBER, Table
from meritindex.definition import Agency, Standing
from meritindex.definition.commitments import Commitment, Milestone, names_a_band
from meritindex.errors import DefinitionError, UnknownNameError
from meritindex.files import check_nesting, read_text
from meritindex.language import Text

_DAY = Text(
    "tanggal tanpa tanda kutip, misalnya 2025-12-31",
    "a date without quotation marks, such as 2025-12-31",
)
_TARGET = Text(f"nama kategori, atau {NUMBER.id}", f"the name of a band, or {NUMBER.en}")
_STANDINGS = {item.value: item for item in Standing}


@cache
def commitments() -> tuple[Commitment, ...]:
    """Return the commitments of the catalog: the eight signers named for 10 September 2025.

    They signed in Palembang, at Regional Office VII of BKN. They published no baseline, no target
    and no deadline, which are None; all of it is reported by news.

    Examples:
        >>> signers = commitments()
        >>> len(signers), signers[0].agency.name, signers[0].target
        (8, 'Kabupaten Banyuasin', None)
    """
    file = resources.files("meritindex.catalog") / "data" / "commitments.toml"
    return _commitments(file.read_text(encoding="utf-8"), file.name)


def load_commitments(path: str | os.PathLike[str]) -> tuple[Commitment, ...]:
    """Read commitments from a file, in its order.

    Raises:
        FileError: the file can't be read, is larger than 1 MiB or nested too deep.
        DefinitionError: it is not TOML, names an agency that there is not, or makes no sense; every
            fault names its place in the file.
    """
    return _commitments(read_text(path, MAX_FILE_BYTES), Path(path).name)


def _commitments(text: str, name: str) -> tuple[Commitment, ...]:
    check_nesting(name, text)
    file = Table(parsed_toml(text, name), name, Faults())
    check_format(file)
    common: dict[str, object] = {}
    if file.has("common"):
        table = file.table("common")
        common = {key: read(table, key) for key, read in _READERS.items() if table.has(key)}
        table.finish()
    found = [_commitment(table, common) for table in file.tables("commitments")]
    file.finish()
    if file.faults.count:
        raise DefinitionError(file.faults.listed(name))
    return tuple(commitment for commitment in found if commitment is not None)


def _commitment(table: Table, common: dict[str, object]) -> Commitment | None:
    """Return one commitment, or None with a fault."""
    before = table.faults.count
    agency = _agency(table)
    fields = dict(common)
    for key, read in _READERS.items():
        if table.has(key) or (key in _OBLIGATORY and key not in common):
            fields[key] = read(table, key)
    milestones = []
    if table.has("milestones"):
        for inner in table.tables("milestones"):
            milestones.append((_day(inner, "date"), inner.number("total")))
            inner.finish()
    table.finish()
    if table.faults.count > before or None in fields.values():
        return None
    return table.build(
        Commitment,
        agency=agency,
        milestones=tuple(Milestone(date=day, total=total) for day, total in milestones if day),
        **fields,
    )


def _agency(table: Table) -> Agency | None:
    """Return who is meant, by name or code or both, or None with a fault."""
    has_code = table.has("code")
    code = table.string("code") if has_code else None
    name = table.string("agency") if table.has("agency") or not has_code else None
    if "" in {code, name}:
        return None
    try:
        return find_agency(name, code)
    except UnknownNameError as error:
        for fault in error.faults:
            table.fault(fault.code, fault.message, "agency" if code is None else "code")
        return None


def _day(table: Table, key: str) -> dt.date | None:
    return table.get(key, dt.date, _DAY)


def _target(table: Table, key: str) -> object:
    value = table.raw(key, _TARGET)
    return value if names_a_band(value) else table.as_number(key, value)


def _standing(table: Table, key: str) -> Standing | None:
    return table.choice(key, _STANDINGS)


_READERS: dict[str, Callable[[Table, str], object]] = {
    "signed": _day,
    "place": Table.string,
    "host": Table.string,
    "baseline": Table.number,
    "baseline_date": _day,
    "target": _target,
    "deadline": _day,
    "instrument": Table.string,
    "signatories": Table.strings,
    "source": Table.text,
    "standing": _standing,
    "note": Table.text,
}
_OBLIGATORY = ("signed", "source", "standing")
