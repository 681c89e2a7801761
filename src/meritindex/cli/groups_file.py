"""Reading to which group each agency belongs, from the file after `--by`.

The file is CSV, with a row an agency: its name or code, and the name of its group. An empty group
is no group.

    agency,group
    Kota Jambi,Wilayah 1
    16.71,Wilayah 2
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import attrs

from meritindex import files
from meritindex.assessment.csv_rows import csv_records
from meritindex.assessment.places import LINE, place_of
from meritindex.assessment.values import make_fault
from meritindex.errors import Fault, FileError, MeritIndexError
from meritindex.language import Text
from meritindex.numbers import quoted

_COLUMNS = ("agency", "group")


@attrs.frozen(kw_only=True)
class GroupsFile:
    """What a file says of groups.

    Attributes:
        groups: by the name or code of an agency, its group; None for no group.
        places: on which line each agency stands.
    """

    groups: Mapping[str, str | None]
    places: Mapping[str, Text]

    def placed(self, error: MeritIndexError) -> MeritIndexError:
        """Return an error whose faults name the line of their agency, in the order of the file."""
        order = {agency: number for number, agency in enumerate(self.places)}
        found = sorted(error.faults, key=lambda fault: order.get(fault.agency or "", -1))
        return type(error)(
            attrs.evolve(fault, place=self.places.get(fault.agency or "", fault.place))
            for fault in found
        )


def read_groups(path: str) -> GroupsFile:
    """Return what a file says of groups.

    Raises:
        FileError: the file can't be read, has other columns, rows of another length, no agency in
            a row, or one agency in two groups; every fault names its line.
    """
    name = Path(path).name
    records = list(csv_records(name, files.read_text(path)))
    columns = [cell.strip().casefold() for cell in records[0].cells] if records else []
    if sorted(columns) != sorted(_COLUMNS):
        raise FileError(_other_columns(name, columns))
    groups: dict[str, str | None] = {}
    places: dict[str, Text] = {}
    faults: list[Fault] = []
    for record in records[1:]:
        place = place_of(LINE, record.line, file=name)
        if len(record.cells) != len(columns):
            faults.append(_other_length(place, len(record.cells)))
            continue
        cells = dict(zip(columns, map(str.strip, record.cells), strict=True))
        agency, group = cells["agency"], cells["group"] or None
        if not agency:
            faults.append(_nobody(place))
        elif groups.setdefault(agency, group) != group:
            faults.append(_two_groups(place, agency, groups[agency], group))
        places.setdefault(agency, place)
    if faults:
        raise FileError(faults)
    return GroupsFile(groups=groups, places=places)


def _other_columns(name: str, columns: list[str]) -> Fault:
    return make_fault(
        "groups-columns",
        Text(
            "kolomnya harus {allowed}, bukan {value}", "the columns must be {allowed}, not {value}"
        ),
        place=Text.same(name),
        value=quoted(", ".join(columns)),
        allowed=Text("agency dan group", "agency and group"),
    )


def _other_length(place: Text, count: int) -> Fault:
    return make_fault(
        "groups-cells",
        Text("ada {value} sel; yang diterima: {allowed}", "{value} cells; allowed: {allowed}"),
        place=place,
        value=str(count),
        allowed=Text.same(str(len(_COLUMNS))),
    )


def _nobody(place: Text) -> Fault:
    return make_fault(
        "groups-agency-missing",
        Text("tidak ada instansi dalam kolom agency", "there is no agency in the column agency"),
        place=place,
        allowed=Text("nama atau kode instansi", "the name or code of an agency"),
    )


def _two_groups(place: Text, agency: str, first: str | None, other: str | None) -> Fault:
    return make_fault(
        "groups-agency-twice",
        Text(
            "{name} sudah berada dalam kelompok {first}, bukan {value}",
            "{name} is in the group {first} already, not {value}",
        ),
        place=place,
        agency=agency,
        value=quoted(other or ""),
        allowed=Text("satu kelompok", "one group"),
        name=agency,
        first=quoted(first or ""),
    )
