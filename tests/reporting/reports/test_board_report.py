"""The report on many agencies: everybody is in it once, with what the board says."""

from __future__ import annotations

import attrs
import pytest

import meritindex as mi
from builders import dimension, indicator, instrument, measure
from meritindex.layout import Bar, Link, Shade, Table
from meritindex.reporting.reports.agencies import shown_dimensions
from pages import Page, check_page

NTB = "Nusa Tenggara Barat"


@pytest.fixture(scope="module")
def board(sampled):
    return mi.board(sampled, by="province")


def tables_of(report, language="en"):
    return {
        part.caption: part for part in report.document(language).parts if isinstance(part, Table)
    }


def text(cell):
    return cell if isinstance(cell, str) else cell.text


def test_all_agencies_are_in_it_once(sampled):
    report = mi.board_report(sampled)
    assert [group.name for group in report.groups] == [
        group.name for group in mi.board(sampled, by="province").groups
    ]
    page = check_page(report.to_html("id"))
    assert len(report.to_html("id").encode()) < 600_000
    names = [
        text(row[0])
        for caption, table in tables_of(report, "id").items()
        if caption.startswith("Instansi di ")
        for row in table.rows
    ]
    assert sorted(names) == sorted(agency.name for agency in sampled.agencies)
    links = [link.given["href"] for link in page.all("a")]
    assert [f"#group-{number}" for number in range(1, 39)] == [
        link for link in links if link.startswith("#group-")
    ]
    assert repr(report).startswith("<BoardReport on 546 agencies, <Board of 546 in 38 groups")


def test_numbers_are_those_of_the_board(board):
    report = mi.board_report(board)
    tables = tables_of(report)
    for row, group in zip(tables["Totals by group"].rows, board.groups, strict=True):
        assert text(row[0]) == group.name
        assert row[1:3] == (str(group.count), str(group.known))
        assert isinstance(row[3], Bar)
        assert row[3].share == group.mean
    counts = tables["Agencies by band and group"].rows
    for row, group in zip(counts, board.groups, strict=True):
        assert [int(text(cell)) for cell in row[1:-1]] == list(group.bands.values())
        assert int(text(row[-1])) == group.without_band
    whole = tables["Agencies by band"].rows
    assert sum(int(text(row[1])) for row in whole) == len(board.table)
    assert sum(int(text(row[1])) for row in tables["Agencies by total"].rows) == board.whole.known


def test_a_group_alone(board):
    group = board[NTB]
    report = mi.board_report(group)
    assert (report.scope, report.groups) == (group, (group,))
    assert report.title("id") == "Laporan sistem merit: Provinsi: Nusa Tenggara Barat"
    tables = tables_of(report)
    assert "Totals by group" not in tables
    rows = tables[f"Agencies of {NTB}"].rows
    inside = dict(zip([agency.name for agency in group.agencies], group.ranks_inside, strict=True))
    for row in rows:
        assert row[1] == str(inside[row[0]] or "-")
        known = [cell for cell in row[5:] if isinstance(cell, Shade)]
        assert len(known) == 8
    missing = tables["Agencies without a total, and why"].rows
    assert [row[:2] for row in missing] == [("Kota Bima", NTB)]
    assert mi.board_report(board.whole).group is None


def test_who_leads_is_named_with_all_who_tie(sampled):
    report = mi.board_report(sampled)
    rows = tables_of(report)["Highest totals"].rows
    assert [int(text(row[0])) for row in rows] == sorted(
        rank for rank in sampled.ranks if rank is not None and rank <= 10
    )


def small(*totals, kinds=None, **fields):
    rules = instrument(
        root=dimension(
            "root", dimension("part", decimals=2), rule=mi.WeightedMean(basis=BASIS), **fields
        )
    )
    return mi.score(
        [
            mi.Assessment(
                agency=mi.Agency(
                    name=f"A{number}", province=f"P{number % 2}" if number < 3 else None
                ),
                instrument=rules,
                points={} if total is None else {"part": total},
            )
            for number, total in enumerate(totals)
        ]
    )


BASIS = mi.Basis(standing="assumed", reason=mi.Text("contoh", "example"))


def test_without_bands_and_with_agencies_of_no_group():
    report = mi.board_report(small("1", "2.5", "50", "100"))
    page = check_page(report.to_html("en"))
    assert "All agencies have a total." in page.main
    assert report.groups[-1] is report.board.ungrouped
    tables = tables_of(report)
    assert "Agencies by band" not in tables
    assert [text(row[1]) for row in tables["Agencies by total"].rows] == [
        *("2", "0", "0", "0", "0", "1", "0", "0", "0", "1")
    ]


def test_nobody_has_a_total():
    report = mi.board_report(small(None, None))
    page = check_page(report.to_html("en"))
    assert "unknown" in page.main
    tables = tables_of(report)
    assert "Agencies by total" not in tables
    assert "Highest totals" not in tables
    assert len(tables["Agencies without a total, and why"].rows) == 2
    assert tables["Totals by group"].rows[0][3] == "-"


def test_all_totals_are_the_same():
    report = mi.board_report(small("0", "0"))
    rows = tables_of(report)["Agencies by total"].rows
    assert [text(row[1]) for row in rows] == ["2", *["0"] * 9]


def test_rises_are_shown_where_there_is_an_earlier_table():
    now, before = small("10", "20"), small("5", None)
    report = mi.board_report(mi.board(now, before=before))
    (table,) = (
        each for caption, each in tables_of(report).items() if caption.startswith("Agencies of")
    )
    assert [column.title for column in table.columns][:5] == [
        *("agency", "in group", "of all", "total", "rise")
    ]
    assert {row[0]: row[4] for row in table.rows} == {"A0": "+5", "A1": "-"}


def test_an_instrument_with_very_many_dimensions():
    lowest = [
        dimension(f"d{number}", indicator(f"i{number}"), rule=mi.WeightedMean(basis=BASIS))
        for number in range(17)
    ]
    highest = [
        dimension("h1", *lowest[:9], rule=mi.WeightedMean(basis=BASIS)),
        dimension("h2", *lowest[9:], rule=mi.WeightedMean(basis=BASIS)),
    ]
    rules = instrument(root=dimension("root", *highest, rule=mi.WeightedMean(basis=BASIS)))
    table = mi.score(mi.Assessment(agency="A", instrument=rules))
    whole = table.plan.instrument
    assert whole is rules
    several = mi.score([mi.Assessment(agency="A", instrument=rules)])
    assert [each.code for each in shown_dimensions(several)] == ["h1", "h2"]
    flat = instrument(
        root=dimension("root", measure("m"), indicator("i"), rule=mi.WeightedMean(basis=BASIS))
    )
    assert shown_dimensions(mi.score([mi.Assessment(agency="A", instrument=flat)])) == ()
    check_page(
        mi.board_report(mi.score([mi.Assessment(agency="A", instrument=flat)])).to_html("id")
    )


def test_pages_of_agencies_are_led_to(board):
    report = mi.board_report(board[NTB])
    row = report.group.rows[0]
    linked = attrs.evolve(report, pages={row: "a.html"})
    cells = [each[0] for each in tables_of(linked)[f"Agencies of {NTB}"].rows]
    name = board.table.agencies[row].name
    assert [cell for cell in cells if isinstance(cell, Link)] == [Link(name, page="a.html")]
    assert "a.html" in {link.given["href"] for link in Page(linked.to_html()).all("a")}
    assert f"[{name}](a.html)" in linked.to_markdown()
