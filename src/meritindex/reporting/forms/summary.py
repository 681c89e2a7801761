"""The summary of a form: the index, its band, every dimension, and what is still missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from meritindex.definition import Dimension, Indicator, Measure, Node
from meritindex.language import Text
from meritindex.reporting.forms.calculation import (
    GIVEN,
    NUMBER,
    PROBLEM,
    WANTED,
    Calculation,
)
from meritindex.reporting.forms.form import Form
from meritindex.reporting.forms.sheets import (
    BOLD_SMALL,
    SMALL,
    WAITING_FILL,
    WRONG_FILL,
    WRONG_INK,
    FormSheet,
    Formula,
)
from meritindex.reporting.forms.statuses import leaf_status
from meritindex.reporting.rule_words import Words
from meritindex.reporting.sheet_formulas import SheetProgram
from meritindex.reporting.sheet_formulas.expressions import either, text
from meritindex.reporting.workbooks.cells import decimals_format
from meritindex.reporting.workbooks.looks import COMPUTED, NOTICE, Look
from meritindex.scoring.saying import SYNTHETIC

if TYPE_CHECKING:
    from openpyxl import Workbook

_WIDTHS = (24, 58, 13, 23, 21, 28)
_HEADER = (
    Text("kode", "code"),
    Text("dimensi atau nilai", "dimension or number"),
    Text("nilai", "points"),
    Text("kategori", "band"),
    Text("bobot", "weight"),
    Text("keadaan", "status"),
)
INDEX_ROW, ROUNDED_ROW, BAND_ROW, STATUS_ROW, STANDING_ROW = 5, 6, 7, 8, 9
SUMMARY_COLUMN = 3
_HEADER_ROW = 12
FIRST_DIMENSION_ROW = _HEADER_ROW + 1
_MOST_LISTED = 15

_NONE = text("–")
_MISSING = Text("belum lengkap", "incomplete")
_CHECK = Text("periksa isian", "check the answers")
_ABSENT = Text("tidak berlaku", "not applicable")
_MARK = attrs.evolve(NOTICE, fill=None)
_LABEL = attrs.evolve(BOLD_SMALL, upright="center")
_BIG = Look(bold=True, size=18, across="left", upright="center", fill="EEF2F6")
_MIDDLE = attrs.evolve(_BIG, size=13)


def write_summary(workbook: Workbook, form: Form, calculation: Calculation) -> None:
    """Write the summary."""
    sheet = FormSheet(workbook.create_sheet(form.places.summary), form.say, _WIDTHS)
    writer = _Summary(sheet, form, calculation)
    writer.head()
    writer.total()
    row = writer.dimensions()
    last = writer.missing(row + 2)
    sheet.made.print_area = f"A1:F{last}"
    sheet.finish(frozen=None, repeated=f"{_HEADER_ROW}:{_HEADER_ROW}")


class _Summary:
    def __init__(self, sheet: FormSheet, form: Form, calculation: Calculation) -> None:
        self.sheet, self.form, self.say, self.calculation = sheet, form, form.say, calculation
        self.words = Words(form.language)
        self.problems = f"SUM({calculation.answers(PROBLEM)})"
        self.wanted = f"SUM({calculation.answers(WANTED)})"

    def said(self, word: Text) -> str:
        return text(self.say(word))

    def head(self) -> None:
        say, at = self.say, self.form.at
        self.sheet.title(
            say(
                Text("Ringkasan: {title}", "Summary: {title}").fill(
                    title=self.form.instrument.title
                )
            )
        )
        who = f'TRIM({at("agency")}&"  "&{at("code")}&"  "&{at("stage")})'
        day = f'IF({at("year")}>9999,TEXT({at("year")},"yyyy-mm-dd"),{at("year")})'
        when = f'IF(ISNUMBER({at("year")}),{day},{at("year")}&"")'
        self.sheet.put(2, 1, Formula(text=f'{who}&"  "&{when}'), BOLD_SMALL, to_column=len(_WIDTHS))
        made_up = f'IF({at("synthetic")}&""={text(say("ya", "yes"))},{self.said(SYNTHETIC)},"")'
        self.sheet.put(3, 1, Formula(text=made_up), _MARK, to_column=len(_WIDTHS))
        told = self.sheet.place(3, 1).absolute
        self.sheet.colour("A3:F3", f'{told}<>""', WRONG_FILL, WRONG_INK)

    def total(self) -> None:
        """Write the index, its band, and whether anything is missing or wrong."""
        say, root = self.say, self.form.instrument.root
        program = self.form.program
        bands = root.bands
        labels = (
            (INDEX_ROW, say(root.name)),
            (BAND_ROW, say("Kategori", "Band")),
            (STATUS_ROW, say("Keadaan", "Status")),
            (STANDING_ROW, say("Status hasil", "Standing of the result")),
        )
        for row, label in labels:
            self.sheet.put(row, 1, label, _LABEL, to_column=2, framed=True)
        if isinstance(program, SheetProgram):
            self.result(INDEX_ROW, self.points(root), _BIG, program.decimals(root.code))
            band = _NONE if bands is None else self.band(root)
            self.result(BAND_ROW, band, _BIG)
            if bands is not None and bands.rounding is not None:
                digits = bands.rounding.digits
                label = say(
                    Text(
                        "dibulatkan {digits} desimal, untuk kategori",
                        "rounded to {digits} decimals, for the band",
                    ).fill(digits=digits)
                )
                rounded = program.rounded(root.code, bands.rounding, self.calculation.part, _NONE)
                if rounded is not None:
                    self.sheet.put(ROUNDED_ROW, 1, label, _LABEL, to_column=2, framed=True)
                    self.result(ROUNDED_ROW, self.guarded(root, rounded), _MIDDLE, digits)
        else:
            why = say(
                Text(
                    "tidak dapat dihitung dalam buku kerja ini ({why}); pustaka menghitungnya",
                    "can't be computed in this workbook ({why}); the library computes it",
                ).fill(why=program)
            )
            self.result(INDEX_ROW, text(why), _MIDDLE)
            self.result(BAND_ROW, _NONE, _MIDDLE)
        self.result(STATUS_ROW, self.status(), BOLD_SMALL)
        standing = self.form.standing
        shown = "–" if standing is None else say(standing.label)
        self.sheet.put(STANDING_ROW, 3, shown, BOLD_SMALL, to_column=6, framed=True)
        for row, height in ((INDEX_ROW, 30), (ROUNDED_ROW, 22), (BAND_ROW, 30), (STATUS_ROW, 20)):
            self.sheet.set_height(row, height)
        cell = self.sheet.place(STATUS_ROW, SUMMARY_COLUMN)
        cells = f"C{STATUS_ROW}:F{STATUS_ROW}"
        wrong = f"{self.start(cell.absolute, _CHECK)}"
        self.sheet.colour(cells, wrong, WRONG_FILL, WRONG_INK)
        self.sheet.colour(cells, self.start(cell.absolute, _MISSING), WAITING_FILL)

    def start(self, cell: str, word: Text) -> str:
        said = self.say(word)
        return f"LEFT({cell},{len(said)})={text(said)}"

    def result(self, row: int, formula: str, look: Look, decimals: int | None = None) -> None:
        shown = look if decimals is None else attrs.evolve(look, number=decimals_format(decimals))
        content = Formula(text=formula)
        self.sheet.put(row, SUMMARY_COLUMN, content, shown, to_column=6, framed=True)

    def status(self) -> str:
        wrong = self.said(Text("periksa isian: ", "check the answers: "))
        not_accepted = self.said(Text(" tidak diterima", " not accepted"))
        lacking = self.said(Text("belum lengkap: ", "incomplete: "))
        items = self.said(Text(" belum diisi", " missing"))
        complete = self.said(Text("lengkap", "complete"))
        return (
            f"IF({self.problems}>0,{wrong}&{self.problems}&{not_accepted},"
            f"IF({self.wanted}>0,{lacking}&{self.wanted}&{items},{complete}))"
        )

    def guarded(self, dimension: Dimension, formula: str) -> str:
        """Return a formula that says nothing while an answer below is wrong."""
        return f"IF({self.calculation.problems(dimension.code)}>0,{_NONE},{formula})"

    def points(self, dimension: Dimension) -> str:
        points = self.calculation.points(dimension.code)
        return self.guarded(dimension, f'IF({points}="",{_NONE},{points})')

    def band(self, dimension: Dimension) -> str:
        program = self.form.program
        if dimension.bands is None or not isinstance(program, SheetProgram):
            return '""'
        name = program.band_name(
            dimension.code, self.calculation.part, self.form.language, without=_NONE
        )
        return self.guarded(dimension, name)

    def dimensions(self) -> int:
        """Write the table of dimensions and measures; return its last row."""
        say, sheet = self.say, self.sheet
        sheet.heading(_HEADER_ROW - 1, say("Dimensi", "Dimensions"))
        sheet.header(_HEADER_ROW, map(say, _HEADER))
        row = _HEADER_ROW
        for node in self.form.instrument.nodes:
            if not isinstance(node, Indicator):
                row += 1
                self.node(row, node)
        return row

    def node(self, row: int, node: Dimension | Measure) -> None:
        sheet, say, code = self.sheet, self.say, node.code
        depth = len(self.form.instrument.path(code))
        look = BOLD_SMALL if depth <= 1 else SMALL
        name = attrs.evolve(look, indent=depth)
        sheet.put(row, 1, code, look, framed=True)
        sheet.put(row, 2, say(node.name), name, framed=True)
        shown: list[str | None] = [None, None, None]
        decimals = 4
        if isinstance(node, Measure):
            typed, given = self.form.at(code), self.calculation.answer(code, GIVEN)
            shown[0] = f"IF({given}=1,{typed},{_NONE})"
            problem = self.calculation.answer(code, PROBLEM)
            shown[2] = leaf_status(self.form, node, typed, given=given, problem=problem)
            decimals = node.decimals
        elif isinstance(self.form.program, SheetProgram):
            shown = [self.points(node), self.band(node), self.state(node)]
            decimals = self.form.program.decimals(code)
        number = attrs.evolve(COMPUTED, size=SMALL.size, number=decimals_format(decimals))
        looks = (number, attrs.evolve(SMALL, fill=COMPUTED.fill), SMALL)
        for column, formula, own in zip((3, 4, 6), shown, looks, strict=True):
            content = None if formula is None else Formula(text=formula)
            sheet.put(row, column, content, own, framed=True)
        sheet.put(row, 5, self.weight(node), attrs.evolve(SMALL, across="right"), framed=True)
        sheet.set_height(row, max(18, sheet.height(say(node.name), look, first=2)))

    def state(self, dimension: Dimension) -> str:
        code = dimension.code
        state = self.calculation.part(code, "state")
        missing, absent, check = map(self.said, (_MISSING, _ABSENT, _CHECK))
        known = f'IF({state}=-1,{absent},IF({state}=0,{missing},""))'
        return either(f"{self.calculation.problems(code)}>0", check, known)

    def weight(self, node: Node) -> str:
        """Return the weight of a node in the dimension above it, or what it does there instead."""
        parent = self.form.instrument.parent(node.code)
        if parent is None:
            return ""
        if node in parent.adjustments:
            added = node in parent.bonuses
            return self.say(
                "ditambahkan" if added else "dikurangkan", "added" if added else "deducted"
            )
        if parent.rule is not None and not parent.rule.weighted:
            return ""
        if self.form.plan is None:
            return self.words.figure(node.weight)
        figure = dict(self.form.plan.weights)[node.code]
        value = self.say.points(figure.value)
        return f"{value} ({self.say(figure.basis.standing.label)})"

    def missing(self, row: int) -> int:
        """Write what is missing, as far as it is listed; return the last row."""
        sheet, say, calculation = self.sheet, self.say, self.calculation
        sheet.heading(
            row,
            say(
                Text(
                    "Yang belum diisi (paling banyak {count} yang pertama)",
                    "What is missing (the first {count} at most)",
                ).fill(count=_MOST_LISTED)
            ),
        )
        numbers = calculation.answers(NUMBER)
        for number in range(1, min(_MOST_LISTED, len(calculation.rows)) + 1):
            row += 1
            for column in (1, 2):
                found = f"INDEX({calculation.answers(column)},MATCH({number},{numbers},0))"
                nothing = self.nothing(number, column)
                content = Formula(text=f"IFERROR({found},{nothing})")
                last = None if column == 1 else len(_WIDTHS)
                sheet.put(row, column, content, SMALL, to_column=last)
        return row

    def nothing(self, number: int, column: int) -> str:
        """Return what is listed where there is no such missing item."""
        if (number, column) != (1, 1):
            return '""'
        return self.said(Text("tidak ada", "nothing"))
