"""What a workbook holds is read as it is, and what none should hold is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from builders import check_fault, only_fault
from meritindex.assessment.workbooks import (
    CellError,
    Formula,
    Percentage,
    Range,
    open_workbook,
    workbook_of,
)
from meritindex.errors import Fault, FileError
from meritindex.language import Text
from workbook_builders import (
    CONTENT_TYPES,
    MAIN,
    OFFICE,
    SHEET_TYPE,
    packed,
    parts_of,
    relations,
    sheet,
    sheet_of,
    workbook,
)


def refusal(content: bytes) -> Fault:
    def read() -> None:
        book = workbook_of("f.xlsx", content)
        for name in book.sheet_names:
            book.sheet(name)

    fault = only_fault(FileError, read)
    assert fault.place == Text.same("f.xlsx")
    return fault


def refused(content: bytes, code: str, *named: str) -> None:
    check_fault(refusal(content), code, None, *named)


def contents(*cells: str, strings: str = "", **others: str) -> list[object]:
    """Return what the cells of a row hold."""
    parts = parts_of({"S": sheet_of(f'<row r="1">{"".join(cells)}</row>')}, strings=strings)
    read = workbook_of("f.xlsx", packed(parts | others)).sheet("S")
    return list(read.rows.get(1, {}).values())


def moment(hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(dt.date(2026, 8, 5), dt.time(hour, minute))


class TestCells:
    def test_values_of_all_kinds(self):
        found = contents(
            "<c><v>3</v></c>",
            "<c><v>0.85</v></c>",
            "<c><v>1E-3</v></c>",
            '<c t="s"><v>1</v></c>',
            '<c t="b"><v>1</v></c>',
            '<c t="b"><v>0</v></c>',
            '<c t="e"><v>#REF!</v></c>',
            '<c t="str"><v>text</v></c>',
            '<c t="inlineStr"><is><r><t>in</t></r><rPh><t>x</t></rPh><r><t>line</t></r></is></c>',
            "<c><f>1+1</f><v>2</v></c>",
            '<c t="d"><v>2026-08-05</v></c>',
            '<c t="d"><v>2026-08-05T10:30:00Z</v></c>',
            strings="<si><t>zero</t></si><si><t>on</t><r><t>e</t></r><rPh><t>x</t></rPh></si>",
        )
        assert found == [
            *(3, 0.85, 0.001, "one", True, False, CellError("#REF!"), "text", "inline", Formula()),
            dt.date(2026, 8, 5),
            moment(10, 30),
        ]
        assert [type(item) for item in found[:2]] == [int, float]

    def test_empty_cells_hold_nothing(self):
        cells = ("<c/>", "<c><v/></c>", '<c t="s"/>', '<c t="s"><v>0</v></c>', "<c><v>1</v></c>")
        assert contents(*cells, strings="<si><t/></si>") == [1]

    @pytest.mark.parametrize(
        "text", ["nan", "INF", "1e999", "1_0", "0x10", "", "1,5", "\uff11", "9" * 401, "1 2", "--1"]
    )
    def test_what_is_no_number_stays_a_text(self, text):
        assert contents(f"<c><v>{text}</v></c>") == ([text] if text else [])
        assert contents(f'<c t="b"><v>2{text}</v></c>') == [f"2{text}"]
        assert contents(f'<c t="d"><v>2{text}</v></c>') == [f"2{text}"]

    def test_a_long_number_keeps_its_digits(self):
        assert contents("<c><v>999999999999999999</v></c>") == [10**18 - 1]
        assert contents("<c><v>1234567890123456789</v></c>") == [1234567890123456789.0]

    def test_numbers_that_are_shown_as_something_else(self):
        cells = [f'<c s="{style}"><v>0.5</v></c>' for style in range(7)]
        noon = dt.time(12)
        assert contents(*cells) == [0.5, Percentage(0.5), noon, 0.5, noon, 0.5, 0.5]

    @pytest.mark.parametrize(
        ("serial", "day"),
        [
            ("1", dt.date(1900, 1, 1)),
            ("59", dt.date(1900, 2, 28)),
            ("61", dt.date(1900, 3, 1)),
            ("46239", dt.date(2026, 8, 5)),
            ("46239.25", moment(6)),
            ("2958465", dt.date(9999, 12, 31)),
            ("2958466", 2958466),
            ("-1", -1),
            ("0", dt.time(0)),
            ("0.999999999", dt.time(0)),
        ],
    )
    def test_days(self, serial, day):
        (found,) = contents(f'<c s="2"><v>{serial}</v></c>')
        assert (type(found), found) == (type(day), day)

    def test_days_from_1904(self):
        book = (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr date1904="1"/>'
            '<sheets><sheet name="S" sheetId="1" r:id="s1"/></sheets></workbook>'
        )
        found = contents('<c s="2"><v>44777</v></c>', **{"xl/workbook.xml": book})
        assert found == [dt.date(2026, 8, 5)]

    def test_characters_that_a_workbook_spells_out(self):
        texts = {
            "_x000D_": "\r",
            "_x005F_x0041_": "_x0041_",
            "_xD83D_": "_xD83D_",
            "_x41_": "_x41_",
        }
        cells = [f'<c t="str"><v>a{text}</v></c>' for text in texts]
        assert contents(*cells) == [f"a{text}" for text in texts.values()]

    def test_what_stands_beside_the_data_is_none(self):
        inside = '<row r="2"><c r="B2"><v>1</v><is><v>7</v></is><x><f>1</f></x></c><x>5</x></row>'
        after = (
            '<mergeCells><mergeCell ref="A1:$B$3"/></mergeCells><row r="9"><c><v>8</v></c></row>'
        )
        book = workbook_of("f.xlsx", packed(parts_of({"S": sheet_of(inside, after)})))
        found = book.sheet("S")
        assert found.merged == (Range(1, 1, 3, 2),)
        assert found.rows == {2: {2: 1}}
        assert (found.at(2, 2), found.at(2, 1), found.at(9, 1)) == (1, None, None)
        assert found.merged[0].hides(2, 2)
        assert not found.merged[0].hides(1, 1)
        assert not found.merged[0].hides(4, 1)
        assert not found.merged[0].hides(1, 3)

    def test_a_strict_workbook(self):
        parts = parts_of({"S": sheet([[1]])})
        strict = {
            name: text.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
                OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"
            )
            for name, text in parts.items()
        }
        assert workbook_of("f.xlsx", packed(strict)).sheet("S").at(1, 1) == 1

    def test_a_workbook_of_sheets_alone(self):
        parts = parts_of({"S": sheet([[1]])})
        parts["xl/_rels/workbook.xml.rels"] = relations(
            ("s1", "worksheet", "worksheets/sheet1.xml")
        )
        parts["docProps/"] = ""
        del parts["xl/styles.xml"], parts["xl/sharedStrings.xml"]
        assert workbook_of("f.xlsx", packed(parts)).sheet("S").at(1, 1) == 1

    def test_a_sheet_of_a_chart_is_none(self):
        parts = parts_of({"S": sheet([[1]]), "Chart": "<chartsheet/>"})
        parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
            'worksheet" Target="worksheets/sheet2', 'chartsheet" Target="worksheets/sheet2'
        )
        assert workbook_of("f.xlsx", packed(parts)).sheet_names == ("S",)

    def test_a_hyperlink_is_harmless(self):
        links = relations(("h", "hyperlink", "https://example.org"), external=True)
        content = workbook([1], **{"xl/worksheets/_rels/sheet1.xml.rels": links})
        assert workbook_of("f.xlsx", content).sheet("Sheet1").at(1, 1) == 1


class TestBroken:
    @pytest.mark.parametrize(
        "inside",
        [
            '<row r="2"/><row r="1"/>',
            '<row r="1"/><row r="1"/>',
            '<row r="x"/>',
            '<row r="0"/>',
            '<row r="9999999999"/>',
            '<row r="1"><c r="B1"/><c r="A1"/></row>',
            '<row r="1"><c r="A2"/></row>',
            '<row r="1"><c r="a1"/></row>',
            '<row r="1"><c r="AAAA1"/></row>',
            '<row r="1"><c t="s"><v>0</v></c></row>',
            '<row r="1"><c t="s"><v>-1</v></c></row>',
            '<row r="1"><c t="s"><v>x</v></c></row>',
        ],
    )
    def test_a_sheet_that_contradicts_itself(self, inside):
        refused(packed(parts_of({"S": sheet_of(inside)})), "workbook-broken", '"S"')

    def test_cells_merged_nowhere(self):
        after = '<mergeCells><mergeCell ref="A1"/></mergeCells>'
        refused(packed(parts_of({"S": sheet_of("", after)})), "workbook-broken", '"A1"')

    @pytest.mark.parametrize(
        "gone", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"]
    )
    def test_a_part_that_is_missing(self, gone):
        parts = parts_of({"S": sheet([[1]])})
        del parts[gone]
        refused(packed(parts), "workbook-broken", gone)

    @pytest.mark.parametrize("gone", ["[Content_Types].xml", "_rels/.rels"])
    def test_an_archive_that_is_no_workbook(self, gone):
        parts = parts_of({"S": sheet([[1]])})
        del parts[gone]
        refused(packed(parts), "workbook-not-a-workbook")

    def test_a_document_of_another_kind(self):
        types = CONTENT_TYPES.replace("spreadsheetml.sheet", "wordprocessingml.document")
        refused(workbook([1], **{"[Content_Types].xml": types}), "workbook-not-a-workbook")

    def test_no_sheets_and_sheets_that_are_not_there(self):
        refused(packed(parts_of({})), "workbook-broken")
        parts = parts_of({"S": sheet([[1]])})
        broken = parts["xl/workbook.xml"].replace('r:id="s1"', 'r:id="s9"')
        refused(packed(parts | {"xl/workbook.xml": broken}), "workbook-broken", '"S"')
        broken = parts["xl/workbook.xml"].replace('r:id="s1"', "")
        refused(packed(parts | {"xl/workbook.xml": broken}), "workbook-broken", '"S"')
        twice = parts["xl/workbook.xml"].replace(
            "</sheets>", '<sheet name="S" sheetId="9" r:id="s1"/></sheets>'
        )
        refused(packed(parts | {"xl/workbook.xml": twice}), "workbook-broken", '"S"')

    @pytest.mark.parametrize(
        "text",
        [
            b"",
            b"<worksheet>",
            b"no markup",
            b"<a/><b/>",
            "<a>\ud800</a>".encode("utf-16-le", "surrogatepass"),
            b"<?xml version='1.0' encoding='utf-32-that-is-none'?><a/>",
            b"<?xml version='1.0' encoding='shift_jis'?><a/>",
            b"<?xml version='1.0' encoding='utf-7'?><a/>",
            b"<a>\xff\xfe</a>",
            b"<a>&undefined;</a>",
            b"<a>\0</a>",
        ],
    )
    def test_markup_that_is_none(self, text):
        parts = parts_of({"S": sheet([[1]])})
        refused(packed(parts | {"xl/worksheets/sheet1.xml": text}), "workbook-broken", "sheet1.xml")

    def test_the_name_of_a_file_is_shown_harmless(self):
        fault = only_fault(FileError, lambda: workbook_of("\x1b[31m\u202ex.xlsx", b"%PDF"))
        assert fault.place == Text.same("\\x1b[31m\\u202ex.xlsx")


def test_a_file_is_opened(tmp_path):
    path = tmp_path / "f.xlsx"
    path.write_bytes(workbook([1, "a"]))
    book = open_workbook(path)
    assert ("Sheet1" in book, "Sheet2" in book) == (True, False)
    assert book.sheet("Sheet1").rows == {1: {1: 1, 2: "a"}}
    fault = only_fault(FileError, lambda: open_workbook(tmp_path / "none.xlsx"))
    assert fault.code == "file-unreadable"


def test_a_template_is_a_workbook():
    types = CONTENT_TYPES.replace(f"{SHEET_TYPE}.sheet", f"{SHEET_TYPE}.template")
    assert workbook_of("f.xlsx", workbook([1], **{"[Content_Types].xml": types})).sheet_names
