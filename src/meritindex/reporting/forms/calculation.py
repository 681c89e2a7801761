"""The sheet of the calculation: what was answered, as numbers, and every dimension in integers.

Its first table has a row for each gate and each answer; its second one a row for each dimension,
with the parts that `sheet_formulas` names. The other sheets look here, and a person can follow
every step.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from meritindex.assessment.forms.layout import Place
from meritindex.definition import Dimension, Gate, Indicator, Measure, MissingPolicy
from meritindex.language import Text
from meritindex.reporting.forms.form import Form, Leaf
from meritindex.reporting.forms.lists import Lists
from meritindex.reporting.forms.sheets import SMALL, FormSheet, Formula
from meritindex.reporting.sheet_formulas import Answer, SheetProgram, gated_by
from meritindex.reporting.sheet_formulas.expressions import FALSE, either
from meritindex.reporting.workbooks.looks import COMPUTED

if TYPE_CHECKING:
    from openpyxl import Workbook

_HEADER_ROW = 5
_FIRST_ROW = _HEADER_ROW + 1

# Columns of the table of answers, counted from 1.
GIVEN, ABSENT, WAITING, VALUE, PROBLEM, WANTED, NUMBER = range(3, 10)
_ANSWER_HEADER = (
    Text("kode", "code"),
    Text("butir", "item"),
    Text("terjawab", "answered"),
    Text("tidak berlaku", "not applicable"),
    Text("menunggu pertanyaan pembuka", "waits for a gate"),
    Text("bilangan", "number"),
    Text("isian keliru", "wrong"),
    Text("belum diisi", "missing"),
    Text("urutan yang belum diisi", "number of the missing"),
)

# Columns of the table of dimensions. The children of a median stand behind them.
_PARTS = ("present", "counted", "raw", "state", "numerator", "denominator", "free", "band")
_PART_COLUMNS = {part: column for column, part in enumerate(_PARTS, 3)}
_POINTS = 3 + len(_PARTS)
_PROBLEMS = _POINTS + 1
_FIRST_CHILD = _PROBLEMS + 1
_DIMENSION_HEADER = (
    Text("kode", "code"),
    Text("dimensi", "dimension"),
    Text("bobot yang berlaku", "shares that apply"),
    Text("bobot yang dihitung", "shares that count"),
    Text("sebelum pembulatan", "before rounding"),
    Text(
        "keadaan (1 dihitung, 2 diisi, 3 pengganti, 0 belum ada, -1 tidak berlaku)",
        "state (1 computed, 2 entered, 3 stand-in, 0 missing, -1 not applicable)",
    ),
    Text("pembilang", "numerator"),
    Text("penyebut", "denominator"),
    Text("kategori tanpa batas", "band before caps"),
    Text("nomor kategori", "number of the band"),
    Text("nilai", "points"),
    Text("isian keliru di bawahnya", "wrong below it"),
)
# A formula has 8,192 characters at most.
_MOST_TERMS = 500
# The column of the state, whose heading says what its numbers mean, is wider.
_WIDTHS = tuple(
    {1: 18, 2: 44, _PART_COLUMNS["state"]: 24}.get(column, 13)
    for column in range(1, len(_DIMENSION_HEADER) + 1)
)


class Calculation:
    """The sheet of the calculation of a form, and the references of its cells."""

    def __init__(self, form: Form, lists: Lists) -> None:
        self.form, self.lists = form, lists
        self.sheet_name = form.places.calculation
        items = (*form.instrument.gates, *form.leaves)
        self.rows: Mapping[str, int] = {
            item.code: row for row, item in enumerate(items, _FIRST_ROW)
        }
        self.last_row = _FIRST_ROW + len(items) - 1
        self.first_dimension_row = self.last_row + 5
        self.dimension_rows: Mapping[str, int] = {
            dimension.code: row
            for row, dimension in enumerate(form.instrument.dimensions, self.first_dimension_row)
        }

    def answer(self, code: str, column: int) -> str:
        """Return the reference of what is known of a gate or an answer."""
        return Place(self.sheet_name, self.rows[code], column).reference

    def answers(self, column: int) -> str:
        """Return the reference of a whole column of the table of answers."""
        first = Place(self.sheet_name, _FIRST_ROW, column).reference
        last = Place(self.sheet_name, max(self.last_row, _FIRST_ROW), column).reference
        return f"{first}:{last.rpartition('!')[2]}"

    def part(self, code: str, part: str) -> str:
        """Return the reference of a part of a dimension."""
        return Place(self.sheet_name, self.dimension_rows[code], _part_column(part)).reference

    def points(self, code: str) -> str:
        """Return the reference of the points of a dimension, a decimal or an empty text."""
        return Place(self.sheet_name, self.dimension_rows[code], _POINTS).reference

    def problems(self, code: str) -> str:
        """Return the reference of how many answers in a dimension are wrong."""
        return Place(self.sheet_name, self.dimension_rows[code], _PROBLEMS).reference

    def write(self, workbook: Workbook) -> None:
        """Write the sheet."""
        form, say = self.form, self.form.say
        sheet = FormSheet(workbook.create_sheet(self.sheet_name), say, _WIDTHS)
        sheet.title(say("Hitungan", "Calculation"))
        sheet.note(
            2,
            say(
                "Semua nilai dihitung sebagai bilangan bulat (pembilang atas penyebut) dan "
                "dibandingkan dengan batas yang bulat, sehingga tidak ada pembulatan di tengah "
                "jalan. Lembar ini tidak diisi.",
                "All points are computed as whole numbers (numerator over denominator) and "
                "compared with limits that are whole, so that nothing is rounded on the way. "
                "Nothing is typed here.",
            ),
        )
        sheet.heading(_HEADER_ROW - 1, say("Isian", "Answers"))
        sheet.header(_HEADER_ROW, map(say, _ANSWER_HEADER))
        for gate in form.instrument.gates:
            self._write_row(sheet, gate.code, say(gate.question), self._gate(gate))
        for leaf in form.leaves:
            self._write_row(sheet, leaf.code, say(leaf.name), self._leaf(leaf))
        header = self.first_dimension_row - 1
        sheet.heading(header - 1, say("Dimensi", "Dimensions"))
        sheet.header(header, map(say, _DIMENSION_HEADER))
        for dimension in form.instrument.dimensions:
            self._write_dimension(sheet, dimension)
        sheet.finish(frozen="C1", repeated=None)

    def _write_row(
        self, sheet: FormSheet, code: str, name: str, formulas: Mapping[int, str]
    ) -> None:
        row = self.rows[code]
        sheet.put(row, 1, code, SMALL, framed=True)
        sheet.put(row, 2, name, SMALL, framed=True)
        for column in range(GIVEN, NUMBER + 1):
            formula = formulas.get(column)
            content = None if formula is None else Formula(text=formula)
            sheet.put(row, column, content, COMPUTED, framed=True)
        sheet.set_height(row, sheet.height(name, SMALL, first=2))

    def _own(self, code: str, column: int) -> str:
        return Place(self.sheet_name, self.rows[code], column).absolute

    def _counting(self, code: str, wanted: str) -> dict[int, str]:
        """Return the formulas that count what is wanted, from the first row down."""
        row = self.rows[code]
        above = Place(self.sheet_name, row - 1, NUMBER).absolute
        own = self._own(code, WANTED)
        return {WANTED: wanted, NUMBER: own if row == _FIRST_ROW else f"{above}+{own}"}

    def _gate(self, gate: Gate) -> dict[int, str]:
        """Return what is known of a gate; its value is the number of the option that answers it."""
        typed, kind = self.form.at(gate.code), self.form.at("agency.kind")
        words, numbers, derived, allowed = (
            self.lists.reference(f"{gate.code}.{what}")
            for what in ("words", "numbers", "derived", "allowed")
        )
        kinds = self.lists.reference("agency.kind")
        chosen = f'SUMPRODUCT(({words}={typed}&"")*{numbers})'
        follows = f'SUMPRODUCT(({kinds}={kind}&"")*{derived})'
        against = f'SUMPRODUCT(({kinds}={kind}&"")*(MID({allowed},{chosen},1)="0"))'
        empty = f'TRIM({typed}&"")=""'
        problem = f"IF({empty},0,IF({chosen}=0,1,IF({against}>0,1,0)))"
        own = self._own
        value = f"IF({own(gate.code, PROBLEM)}=1,0,IF({empty},{follows},{chosen}))"
        asking = [
            self._own(indicator.code, WAITING)
            for indicator in self.form.instrument.indicators
            if any(condition.gate == gate.code for condition in indicator.conditions)
        ]
        awaited = "+".join(asking) or "0"
        if len(asking) > _MOST_TERMS:
            awaited = f"SUM({self.answers(WAITING)})"
        wanted = f"IF(AND({own(gate.code, VALUE)}=0,{awaited}>0),1,0)"
        return {
            GIVEN: f"IF({own(gate.code, VALUE)}>0,1,0)",
            VALUE: f"IFERROR({value},0)",
            PROBLEM: f"IFERROR({problem},1)",
            **self._counting(gate.code, wanted),
        }

    def _leaf(self, leaf: Leaf) -> dict[int, str]:
        """Return what is known of an answer; its value is the integer that it is worth."""
        code, own = leaf.code, self._own
        typed = self.form.at(code)
        absent = waiting = "0"
        if isinstance(leaf, Indicator):
            low, high = leaf.levels[0].value, leaf.levels[-1].value
            allowed, number = f"{typed}=INT({typed}),{typed}>={low},{typed}<={high}", typed
            absent, waiting = self._applicability(leaf)
        else:
            unit = 10**leaf.decimals
            least, most = self._range(leaf)
            low, high = (least * unit).__ceil__(), (most * unit).__floor__()
            number = f"ROUND({typed}*{unit},0)"
            # A finer number is not rounded, it is refused.
            fine = f"ROUND({typed},{leaf.decimals})={typed}"
            allowed = f"{fine},{number}>={low},{number}<={high}"
        number_alone = f"AND(ISNUMBER({typed}),NOT(ISLOGICAL({typed})))"
        given = f"IF({number_alone},IF(AND({allowed}),1,0),0)"
        problem = f'IFERROR(IF(TRIM({typed}&"")="",0,1-{own(code, GIVEN)}),1)'
        found = {GIVEN: given, ABSENT: absent, WAITING: waiting, PROBLEM: problem}
        if isinstance(self.form.program, SheetProgram):
            found[VALUE] = self._value(self.form.program, leaf, number)
        wanted = "0"
        if self.form.policy(leaf) is MissingPolicy.UNKNOWN:
            beside = ",".join(
                f"{own(code, column)}=0" for column in (GIVEN, ABSENT, WAITING, PROBLEM)
            )
            wanted = f"IF(AND({beside}),1,0)"
        return found | self._counting(code, wanted)

    def _range(self, leaf: Measure | Dimension) -> tuple[Fraction, Fraction]:
        if isinstance(leaf, Dimension):
            return self.form.instrument.entry_range(leaf)
        return leaf.minimum, leaf.maximum

    def _applicability(self, indicator: Indicator) -> tuple[str, str]:
        gates = self.form.instrument.gates
        places = {gate.code: self._own(gate.code, VALUE) for gate in gates}
        absent, waiting = gated_by(indicator, gates, places)
        return either(absent, "1", "0"), either(waiting, "1", "0")

    def _value(self, program: SheetProgram, leaf: Leaf, number: str) -> str:
        code = leaf.code
        given = f"{self._own(code, GIVEN)}=1"
        if isinstance(leaf, Dimension):
            return f"IF({given},{number},0)"
        absent = FALSE
        if isinstance(leaf, Indicator) and leaf.conditions:
            absent = f"{self._own(code, ABSENT)}=1"
        return program.value(code, Answer(number=number, given=given, absent=absent))

    @cached_property
    def _known(self) -> Mapping[str, Answer]:
        """How the formulas of the dimensions know the answers: by the cells of the first table."""
        found = {}
        for leaf in self.form.leaves:
            code = leaf.code
            gated = isinstance(leaf, Indicator) and bool(leaf.conditions)
            value = self._own(code, VALUE)
            found[code] = Answer(
                number=value,
                given=f"{self._own(code, GIVEN)}=1",
                absent=f"{self._own(code, ABSENT)}=1" if gated else FALSE,
                waiting=f"{self._own(code, WAITING)}=1" if gated else FALSE,
                value=value,
            )
        return found

    def _write_dimension(self, sheet: FormSheet, dimension: Dimension) -> None:
        code = dimension.code
        row, name = self.dimension_rows[code], self.form.say(dimension.name)
        sheet.put(row, 1, code, SMALL, framed=True)
        sheet.put(row, 2, name, SMALL, framed=True)
        for column in range(3, _FIRST_CHILD):
            sheet.put(row, column, None, COMPUTED, framed=True)
        sheet.set_height(row, sheet.height(name, SMALL, first=2))
        program = self.form.program
        if not isinstance(program, SheetProgram):
            return
        problems = Formula(text=self._problems(dimension))
        sheet.put(row, _PROBLEMS, problems, COMPUTED, framed=True)
        for part, formula in program.formulas(code, self._known, self._local).items():
            sheet.put(row, _part_column(part), Formula(text=formula), COMPUTED, framed=True)
        denominator = program.denominator(code)
        sheet.put(row, _part_column("denominator"), denominator, COMPUTED, framed=True)
        points = Formula(text=program.points(code, self._local))
        sheet.put(row, _POINTS, points, COMPUTED, framed=True)

    def _local(self, code: str, part: str) -> str:
        return Place(self.sheet_name, self.dimension_rows[code], _part_column(part)).absolute

    def _problems(self, dimension: Dimension) -> str:
        """Return the formula of how much is wrong in a dimension; a gate may count twice."""
        if dimension.code in self.rows:  # its points are typed
            return self._own(dimension.code, PROBLEM)
        terms = []
        for node in (*dimension.children, *dimension.adjustments):
            if isinstance(node, Dimension):
                row = self.dimension_rows[node.code]
                terms.append(Place(self.sheet_name, row, _PROBLEMS).absolute)
            else:
                terms.append(self._own(node.code, PROBLEM))
            if isinstance(node, Indicator):
                terms += [self._own(each.gate, PROBLEM) for each in node.conditions]
        return "+".join(dict.fromkeys(terms))


def _part_column(part: str) -> int:
    name, _, number = part.partition(" ")
    return _FIRST_CHILD + int(number) - 1 if number else _PART_COLUMNS[name]
