"""Reading to which group each agency belongs."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import faults_of, only_fault
from meritindex.cli.groups_file import read_groups
from meritindex.errors import Fault, FileError, UnknownNameError
from meritindex.language import Text


def written(folder: Path, text: str) -> Path:
    path = folder / "wilayah.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_names_codes_and_no_group(tmp_path):
    path = written(tmp_path, "Group; agency\nSatu;Kota Jambi\n;16.71\nSatu;Kota Jambi\n")
    found = read_groups(str(path))
    assert dict(found.groups) == {"Kota Jambi": "Satu", "16.71": None}
    assert found.places["16.71"] == Text("wilayah.csv, baris 3", "wilayah.csv, line 3")


@pytest.mark.parametrize(
    ("text", "given"),
    [("", '""'), ("agency\nA\n", '"agency"'), ("agency,group,year\n", '"agency, group, year"')],
)
def test_other_columns(tmp_path, text, given):
    fault = only_fault(FileError, lambda: read_groups(str(written(tmp_path, text))))
    assert (fault.code, fault.value) == ("groups-columns", given)
    assert fault.in_language("id") == (
        f"wilayah.csv: kolomnya harus agency dan group, bukan {given}"
    )
    assert fault.allowed.en == "agency and group"


def test_all_faults_at_once(tmp_path):
    path = written(tmp_path, "agency,group\nA,X\nB\n,Y\nA,Z\nA,\n")
    faults = faults_of(FileError, lambda: read_groups(str(path)))
    assert [(fault.code, fault.place.en) for fault in faults] == [
        ("groups-cells", "wilayah.csv, line 3"),
        ("groups-agency-missing", "wilayah.csv, line 4"),
        ("groups-agency-twice", "wilayah.csv, line 5"),
        ("groups-agency-twice", "wilayah.csv, line 6"),
    ]
    assert faults[0].value == "1"
    assert 'A is in the group "X" already, not "Z"' in faults[2].in_language("en")
    assert 'A sudah berada dalam kelompok "X", bukan ""' in faults[3].in_language("id")
    assert all(fault.allowed is not None for fault in faults)


def test_faults_get_their_line(tmp_path):
    found = read_groups(str(written(tmp_path, "agency,group\nA,X\n")))
    message = Text("salah", "wrong")
    error = found.placed(
        UnknownNameError(
            [
                Fault(code="x", message=message, agency="A"),
                Fault(code="y", message=message, place=message),
                Fault(code="z", message=message, agency="B"),
            ]
        )
    )
    assert isinstance(error, UnknownNameError)
    assert [fault.place and fault.place.en for fault in error.faults] == [
        *("wrong", None, "wilayah.csv, line 2")
    ]
