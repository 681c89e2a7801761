"""The sheet of numbers: measures, and points of dimensions whose parts are not published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meritindex.assessment.forms.layout import FIRST_ITEM_ROW, HEADER_ROW, NUMBER_COLUMN
from meritindex.definition import Dimension, Measure
from meritindex.language import Text
from meritindex.numbers import shortest_text
from meritindex.reporting.forms.calculation import GIVEN, PROBLEM, Calculation
from meritindex.reporting.forms.form import Form
from meritindex.reporting.forms.sheets import (
    SMALL,
    TYPED,
    WAITING_FILL,
    WRONG_FILL,
    WRONG_INK,
    FormSheet,
    Formula,
)
from meritindex.reporting.forms.statuses import CHECK_WORD, MISSING_WORD, leaf_status
from meritindex.reporting.rule_words import Words
from meritindex.reporting.sheet_formulas.expressions import text

if TYPE_CHECKING:
    from openpyxl import Workbook

_WIDTHS = (15, 62, 34, 16, 28, 52)
_HEADER = (
    Text("kode", "code"),
    Text("nilai", "number"),
    Text("yang diterima", "allowed"),
    Text("isian", "value"),
    Text("keadaan", "status"),
    Text("dasar dan catatan", "basis and remark"),
)
_STATUS = NUMBER_COLUMN + 1


def write_numbers(workbook: Workbook, form: Form, calculation: Calculation) -> None:
    """Write the sheet of numbers, where any are asked for."""
    rows = form.places.number_rows
    if not rows:
        return
    say = form.say
    sheet = FormSheet(workbook.create_sheet(form.places.numbers), say, _WIDTHS)
    sheet.title(say("Nilai dari sumber lain", "Numbers from elsewhere"))
    sheet.note(
        2,
        say(
            "Ketik sebagai angka, bukan teks; tanda desimalnya mengikuti pengaturan komputer.",
            "Type numbers as numbers, not as texts; the decimal mark is that of the computer.",
        ),
    )
    sheet.header(HEADER_ROW, map(say, _HEADER))
    for row, node in rows:
        _write_row(sheet, row, node, form, calculation)
    sheet.finish(frozen=f"C{FIRST_ITEM_ROW}", repeated=f"{HEADER_ROW}:{HEADER_ROW}")


def _write_row(
    sheet: FormSheet, row: int, node: Measure | Dimension, form: Form, calculation: Calculation
) -> None:
    say, words = form.say, Words(form.language)
    if isinstance(node, Measure):
        low, high = node.minimum, node.maximum
    else:
        low, high = form.instrument.entry_range(node)
    allowed = say(
        Text(
            "{low} sampai {high}, paling banyak {decimals} desimal",
            "{low} to {high}, with at most {decimals} decimals",
        ).fill(low=words.number(low), high=words.number(high), decimals=node.decimals)
    )
    basis = words.basis(node.basis)
    if node.remark is not None:
        basis += f"\n{say(node.remark)}"
    sheet.put(row, 1, node.code, SMALL, framed=True)
    sheet.put(row, 2, say(node.name), SMALL, framed=True)
    sheet.put(row, 3, allowed, SMALL, framed=True)
    place = sheet.place(row, NUMBER_COLUMN)
    content = form.filled.get(node.code)
    sheet.put(row, NUMBER_COLUMN, content, TYPED, framed=True, typed=True)
    status = leaf_status(
        form,
        node,
        place.reference,
        given=calculation.answer(node.code, GIVEN),
        problem=calculation.answer(node.code, PROBLEM),
    )
    sheet.put(row, _STATUS, Formula(text=status), SMALL, framed=True)
    sheet.put(row, _STATUS + 1, basis, SMALL, framed=True)
    heights = (
        sheet.height(say(node.name), SMALL, first=2),
        sheet.height(allowed, SMALL, first=3),
        sheet.height(basis, SMALL, first=_STATUS + 1),
    )
    sheet.set_height(row, max(24, *heights))
    cell = place.cell
    rule = (
        f"AND(ISNUMBER({cell}),{cell}>={shortest_text(low)},{cell}<={shortest_text(high)},"
        f"ROUND({cell},{node.decimals})={cell})"
    )
    sheet.condition(
        place,
        rule,
        say(Text("Yang diterima: {allowed}.", "Allowed: {allowed}.").fill(allowed=allowed)),
    )
    mark = sheet.place(row, _STATUS)
    for word, fill, ink in (
        (CHECK_WORD, WRONG_FILL, WRONG_INK),
        (MISSING_WORD, WAITING_FILL, None),
    ):
        begins = f"LEFT({mark.absolute},{len(say(word))})={text(say(word))}"
        sheet.colour(mark.cell, begins, fill, ink)
