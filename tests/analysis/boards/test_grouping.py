"""By what agencies are put into groups, and what is refused."""

from __future__ import annotations

import pytest

import meritindex as mi
from builders import faults_of, only_fault
from meritindex.analysis.boards.grouping import grouping_of, twice
from meritindex.assessment import RowFacts
from meritindex.language import LANGUAGES, Text

SOME = ("Jambi", "Kota Jambi", "Kabupaten Malang", "Kota Malang")
AGENCIES = (*map(mi.agency, SOME), mi.Agency(name="BKN", kind="body"))


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("province", ("Jambi", "Jambi", "Jawa Timur", "Jawa Timur", None)),
        ("kind", ("province", "city", "regency", "city", "body")),
        ("kanreg", ("VII", "VII", None, None, None)),
        (mi.GroupBy.KANREG, ("VII", "VII", None, None, None)),
        (lambda agency: agency.name[:1], ("J", "K", "K", "K", "B")),
        (lambda agency: None, (None,) * 5),
        (
            {"jambi": "satu", "15.71": "satu", "Pemkot Malang": " dua  kota ", "BKN": None},
            ("satu", "satu", None, "dua kota", None),
        ),
        ({}, (None,) * 5),
    ],
)
def test_groups(by, names):
    grouping = grouping_of(by, AGENCIES)
    assert grouping.names == names
    assert [name for name, _ in grouping.labels] == list(dict.fromkeys(filter(None, names)))
    assert grouping.not_in_table == ()


def test_kinds_have_labels_in_both_languages():
    grouping = grouping_of("kind", AGENCIES)
    assert dict(grouping.labels)["city"] == Text("kota", "city")
    assert (grouping.title.id, grouping.heading.en) == ("jenis instansi", "kind of agency")
    given = grouping_of({"Jambi": "X"}, AGENCIES)
    assert (given.title.id, given.heading.id) == ("kelompok yang diberikan", "kelompok")


def test_a_mapping_may_name_others_of_the_directory():
    grouping = grouping_of({"Jambi": "X", "Kota Surabaya": "Y", "16": "X"}, AGENCIES)
    assert grouping.names == ("X", None, None, None, None)
    assert [agency.name for agency in grouping.not_in_table] == [
        "Kota Surabaya",
        "Sumatera Selatan",
    ]


def test_everyone_of_a_name_is_meant():
    alike = (mi.Agency(name="A", kind="body"), mi.Agency(name="a", kind="ministry"))
    assert grouping_of({"A": "X"}, alike).names == ("X", "X")


def test_the_same_group_twice_is_no_fault():
    assert grouping_of({"Jambi": "X", "15": " X"}, AGENCIES).names[0] == "X"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_grouping(language):
    fault = only_fault(mi.UnknownNameError, lambda: grouping_of("provinsi", AGENCIES))
    assert (fault.code, fault.value) == ("grouping-unknown", "provinsi")
    said = fault.in_language(language)
    assert '"provinsi"' in said
    assert "province, kind, kanreg" in said


def test_unknown_agencies():
    by = {"Kota Mars": "X", "99": "X", "BKM": "Y", "Jambi": "X"}
    faults = faults_of(mi.UnknownNameError, lambda: grouping_of(by, AGENCIES))
    assert [fault.agency for fault in faults] == ["Kota Mars", "99", "BKM"]
    assert faults[2].code == "grouping-agency-unknown"
    assert '"BKM" is neither in the table nor' in faults[2].in_language("en")
    assert '"BKM" tidak ada dalam tabel maupun' in faults[2].in_language("id")


def test_all_faults_of_a_mapping_at_once():
    by = {"Kota Mars": "X", "Jambi": "X", "15": "Y", "Kota Malang": " ", "BKN": 3}
    faults = faults_of(mi.MeritIndexError, lambda: grouping_of(by, AGENCIES))
    assert [(fault.code, fault.agency) for fault in faults[1:]] == [
        ("grouping-agency-twice", "15"),
        ("grouping-name", "Kota Malang"),
        ("grouping-name", "BKN"),
    ]
    assert faults[0].agency == "Kota Mars"
    assert 'Jambi is put into two groups: "X", "Y"' in faults[1].in_language("en")
    assert (faults[1].value, faults[1].allowed.id) == ('"Y"', "satu kelompok")
    assert "3" in faults[3].in_language("id")
    assert all(fault.allowed is not None for fault in faults[1:])


def test_names_of_a_function_are_checked():
    faults = faults_of(
        mi.MeritIndexError, lambda: grouping_of(lambda agency: agency.name == "BKN", AGENCIES)
    )
    assert {fault.code for fault in faults} == {"grouping-name"}
    assert [fault.agency for fault in faults] == [agency.name for agency in AGENCIES]


def test_an_agency_twice():
    facts = [RowFacts(agency=agency, year=2000) for agency in AGENCIES]
    (fault,) = twice([*facts, RowFacts(agency=AGENCIES[0], year=2005)])
    assert (fault.code, fault.agency, fault.value) == ("board-agency-twice", "Jambi", "2")
    assert "Jambi is in the table 2 times: 2000, stage" in fault.in_language("en")
    assert "Jambi ada 2 kali dalam tabel: 2000, tahap" in fault.in_language("id")
    assert not list(twice(facts))
