"""A folder of reports: safe names, one page each, and a list that leads to all of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import meritindex as mi
from builders import only_fault
from meeting import law
from meritindex.definition import Agency
from meritindex.layout import Link
from meritindex.reporting.reports.folder import page_names
from pages import check_page


@pytest.fixture(scope="module")
def few(sampled):
    return mi.board(sampled, by="province")["Papua Selatan"].table


@law(200)
@given(st.lists(st.tuples(st.text(max_size=100), st.none() | st.text(max_size=8)), max_size=6))
def test_names_of_pages_are_safe_and_each_is_of_one(given_agencies):
    agencies = [Agency(name=name, code=code) for name, code in given_agencies]
    names = page_names(agencies)
    assert len({name.casefold() for name in names} | {"index"}) == len(agencies) + 1
    for name in names:
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", name)
        assert len(name) < 100
        # What a page is called can be linked to.
        assert Link("a", page=f"{name}.html").page == f"{name}.html"


@pytest.mark.parametrize(
    ("agency", "name"),
    [
        (Agency(name="Kota Batu", code="35.79"), "35-79-kota-batu"),
        (Agency(name="../../etc/passwd"), "etc-passwd"),
        (Agency(name="CON"), "instansi-con"),
        (Agency(name="lpt1"), "instansi-lpt1"),
        (Agency(name="Ñandú, Kab."), "nandu-kab"),
        (Agency(name="日本"), "instansi"),
        (Agency(name="index"), "index-2"),
        (Agency(name="x" * 200), "x" * 80),
    ],
)
def test_names(agency, name):
    assert page_names([agency]) == [name]


def test_equal_names_are_numbered():
    twice = [Agency(name="A b"), Agency(name="a-B"), Agency(name="A b 2")]
    assert page_names(twice) == ["a-b", "a-b-2", "a-b-2-2"]


def test_a_folder(few, tmp_path):
    seen = []
    folder = tmp_path / "laporan" / "wilayah"
    listed = mi.write_reports(
        few, folder, "en", progress=lambda done, count: seen.append((done, count))
    )
    assert seen == [(number, 5) for number in range(1, 6)]
    files = {path.name for path in folder.iterdir()}
    assert files == {"index.html", *listed.pages.values()}
    home = check_page((folder / "index.html").read_text(encoding="utf-8"))
    to_pages = {link.given["href"] for link in home.all("a")} & files
    assert to_pages == files - {"index.html"}
    first = check_page((folder / listed.pages[0]).read_text(encoding="utf-8"))
    assert [link.text for link in first.all("a") if link.given["href"] == "index.html"] == [
        "To the list of agencies"
    ]
    assert first.headings[0][1].startswith(few.agencies[0].name)
    # Again, with a board, over what is there.
    board = mi.board(few, by="kind")
    assert len(mi.write_reports(board, folder, markdown=True).groups) == len(board.groups)
    assert {path.suffix for path in folder.iterdir()} == {".html", ".md"}
    assert "](93-" in (folder / "index.md").read_text(encoding="utf-8")


def test_a_folder_that_can_not_be_made(few, tmp_path):
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    fault = only_fault(mi.FileError, lambda: mi.write_reports(few, tmp_path / "taken"))
    assert fault.code == "report-folder"
    assert "nama itu sudah dipakai" in fault.in_language("id")
    fault = only_fault(mi.FileError, lambda: mi.write_reports(few, "a\0b"))
    assert fault.code == "report-folder"
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "x"


def test_agencies_that_are_there_twice_are_refused(tmp_path):
    twice = mi.score(
        [
            mi.Assessment(agency="Kota Batu", instrument="ism-2019", year=year, points={"total": 9})
            for year in (2021, 2022)
        ]
    )
    with pytest.raises(mi.MeritIndexError):
        mi.write_reports(twice, tmp_path / "x")
    assert not (tmp_path / "x").exists()
