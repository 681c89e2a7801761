from __future__ import annotations

from fractions import Fraction

import pytest

from builders import check_fault, faults_of, only_fault
from meritindex.cli.weights import is_weighting, read_weighting, weights_file
from meritindex.definition import Admissible, EqualRemainder, Given, Stated
from meritindex.errors import FileError, NumberError


@pytest.fixture
def given(tmp_path):
    def write(text):
        path = tmp_path / "weights.csv"
        path.write_text(text, encoding="utf-8")
        return f"given:{path}"

    return write


def test_names():
    assert read_weighting("stated") == Stated()
    assert read_weighting("equal-remainder") == EqualRemainder()
    assert is_weighting("stated")
    assert read_weighting("admissible") == Admissible()
    assert is_weighting("given:x")
    assert is_weighting("admissible")
    assert is_weighting("admissible:x.toml")
    assert not is_weighting("admissible:")
    assert not is_weighting("given:")
    assert not is_weighting("Stated")
    assert weights_file("given:a b.csv") == "a b.csv"
    assert weights_file("admissible:a b.toml") == "a b.toml"
    assert weights_file("stated") is None
    assert weights_file("admissible") is None
    assert weights_file(None) is None


@pytest.mark.parametrize(
    "text",
    [
        "code,weight\na2,12.5\na3,1/3\n",
        "code;weight\r\na2;12,5\r\na3;1/3\r\n",
        "\ufeffCode\tWEIGHT\n a2 \t 12,5 \n\na3\t0 1/3\n",
        'sep=;\ncode;weight\n"a2";"12.50"\na3;1/3',
    ],
)
def test_files_as_spreadsheets_write_them(given, text):
    read = read_weighting(given(text))
    assert isinstance(read, Given)
    assert read.weights == (("a2", Fraction(25, 2)), ("a3", Fraction(1, 3)))
    assert read.source is None


def test_facts_from_a_file(tmp_path):
    path = tmp_path / "facts.toml"
    path.write_text('[weights]\na2 = "10"\n', encoding="utf-8")
    assert read_weighting(f"admissible:{path}") == Admissible({"a2": 10})


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", '""'), ("kode,bobot\na2,1\n", "kode, bobot"), ("code,weight,note\n", "weight, note")],
)
def test_other_columns_are_refused(given, text, columns):
    fault = only_fault(FileError, lambda: read_weighting(given(text)))
    check_fault(fault, "weights-columns", None, columns, "code", "weight")
    assert fault.place.id == "weights.csv"


def test_rows_of_other_lengths_are_all_named(given):
    word = given("code,weight\na2,1\na3\n\na4,1,2\n")
    first, second = faults_of(FileError, lambda: read_weighting(word))
    check_fault(first, "weights-cells", None, "1")
    check_fault(second, "weights-cells", None, "3")
    assert (first.place.id, second.place.en) == ("weights.csv, baris 3", "weights.csv, line 5")


def test_what_is_no_number_is_all_named(given):
    word = given("code,weight\na2,one\na3,2\na4,1e3\n")
    faults = faults_of(NumberError, lambda: read_weighting(word))
    assert [(fault.code, fault.item) for fault in faults] == [
        ("not-a-number", "a2"),
        ("not-a-number", "a4"),
    ]


def test_no_file(tmp_path):
    fault = only_fault(FileError, lambda: read_weighting(f"given:{tmp_path / 'none.csv'}"))
    assert fault.code == "file-unreadable"
