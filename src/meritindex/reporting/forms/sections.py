"""The sheets of indicators: every criterion to be read, a level to be picked, and what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from meritindex.assessment.forms.layout import (
    ANSWER_COLUMN,
    CODE_COLUMN,
    CRITERION_COLUMN,
    EVIDENCE_COLUMN,
    FIRST_ITEM_ROW,
    HEADER_ROW,
    LEVEL_COLUMN,
    LINK_COLUMN,
    STATE_COLUMN,
    STATUS_COLUMN,
    Block,
    Headline,
    Section,
    gate_words,
)
from meritindex.assessment.places import column_letters
from meritindex.definition import Indicator
from meritindex.language import Text
from meritindex.reporting.forms.calculation import ABSENT, GIVEN, PROBLEM, WAITING, Calculation
from meritindex.reporting.forms.form import Form
from meritindex.reporting.forms.lists import Lists
from meritindex.reporting.forms.sheets import (
    BOLD_SMALL,
    CENTRED,
    CHOSEN_FILL,
    GREY_FILL,
    GREY_INK,
    HEADING,
    SMALL,
    TYPED,
    TYPED_TEXT,
    WAITING_FILL,
    WRONG_FILL,
    WRONG_INK,
    FormSheet,
    Formula,
)
from meritindex.reporting.forms.statuses import (
    ABSENT_WORD,
    ANSWERED_WORD,
    CHECK_WORD,
    MISSING_WORD,
    WAITING_WORD,
    leaf_status,
)
from meritindex.reporting.sheet_formulas.expressions import text
from meritindex.reporting.workbooks.looks import NOTE

if TYPE_CHECKING:
    from openpyxl import Workbook

_WIDTHS = (15, 44, 8, 62, 10, 15, 36, 26, 14)
_HEADER = (
    Text("kode", "code"),
    Text("indikator", "indicator"),
    Text("tingkat", "level"),
    Text("kriteria", "criterion"),
    Text("jawaban (tingkat)", "answer (level)"),
    Text("keadaan", "status"),
    Text("bukti dukung", "evidence"),
    Text("tautan bukti", "link to it"),
    Text("status jawaban", "state of the answer"),
)
_MIDDLE = attrs.evolve(SMALL, upright="center")
# An inline list has 255 characters at most; a scale with more levels is typed.
_MOST_LISTED = 50


def write_section(
    workbook: Workbook, section: Section, form: Form, lists: Lists, calculation: Calculation
) -> None:
    """Write a sheet of indicators."""
    sheet = FormSheet(workbook.create_sheet(section.sheet), form.say, _WIDTHS)
    writer = _Section(sheet, form, lists, calculation)
    say, dimension = form.say, section.dimension
    sheet.title(f"{dimension.code} · {say(dimension.name)}")
    sheet.put(2, 1, Formula(text=writer.progress(section)), BOLD_SMALL, to_column=len(_WIDTHS))
    sheet.header(HEADER_ROW, map(say, _HEADER))
    for row in section.rows:
        if isinstance(row, Headline):
            writer.headline(row)
        else:
            writer.block(row)
    sheet.made.sheet_view.zoomScale = 90
    sheet.finish(frozen=f"C{FIRST_ITEM_ROW}", repeated=f"{HEADER_ROW}:{HEADER_ROW}")


class _Section:
    def __init__(
        self, sheet: FormSheet, form: Form, lists: Lists, calculation: Calculation
    ) -> None:
        self.sheet, self.form, self.say = sheet, form, form.say
        self.lists, self.calculation = lists, calculation

    def progress(self, section: Section) -> str:
        """Return the formula of a line with how many indicators of a sheet are answered."""
        last = section.rows[-1].row
        statuses = f"{_status(FIRST_ITEM_ROW)}:{_status(last)}"
        answered, of, where = (
            self.say(words)
            for words in (
                Text("Terisi ", "Answered: "),
                Text(" dari ", " of "),
                Text(
                    " indikator yang berlaku. Hasilnya ada di lembar {name}.",
                    " indicators that apply. Results are on the sheet {name}.",
                ).fill(name=self.form.places.summary),
            )
        )
        done = f"COUNTIF({statuses},{text(self.say(ANSWERED_WORD))})"
        out = f"COUNTIF({statuses},{text(self.say(ABSENT_WORD) + '*')})"
        asked = f"({len(section.blocks)}-{out})"
        return f"{text(answered)}&{done}&{text(of)}&{asked}&{text(where)}"

    def headline(self, row: Headline) -> None:
        dimension = row.dimension
        content = f"{dimension.code} · {self.say(dimension.name)}"
        self.sheet.heading(row.row, "   " * row.depth + content, HEADING)

    def block(self, block: Block) -> None:
        sheet, indicator, row = self.sheet, block.indicator, block.row
        last, say = row + block.height - 1, self.say
        described = self.described(indicator)
        sheet.put(row, CODE_COLUMN, indicator.code, SMALL, to_row=last, framed=True)
        sheet.put(row, CODE_COLUMN + 1, described, SMALL, to_row=last, framed=True)
        if block.criteria:
            for below, level in enumerate(block.criteria, row):
                criterion = "" if level.criterion is None else say(level.criterion)
                sheet.put(below, LEVEL_COLUMN, level.value, CENTRED, framed=True)
                sheet.put(below, CRITERION_COLUMN, criterion, SMALL, framed=True)
        else:
            scale = f"{indicator.levels[0].value}-{indicator.levels[-1].value}"
            none = say("kriteria tidak dinyatakan", "no criteria are stated")
            sheet.put(row, LEVEL_COLUMN, scale, CENTRED, framed=True)
            sheet.put(row, CRITERION_COLUMN, none, NOTE, framed=True)
        self.heights(block, described)
        code, filled = indicator.code, self.form.filled
        columns = (
            (ANSWER_COLUMN, code, TYPED),
            (EVIDENCE_COLUMN, f"{code}.evidence", TYPED_TEXT),
            (LINK_COLUMN, f"{code}.link", TYPED_TEXT),
            (STATE_COLUMN, f"{code}.state", TYPED_TEXT),
        )
        for column, name, look in columns:
            content = filled.get(name)
            sheet.put(row, column, content, look, to_row=last, framed=True, typed=True)
        for column in (EVIDENCE_COLUMN, LINK_COLUMN):
            sheet.made.cell(row, column).number_format = "@"
        status = Formula(text=self.status(indicator))
        sheet.put(row, STATUS_COLUMN, status, _MIDDLE, to_row=last, framed=True)
        self.validate(block)
        self.colours(block, last)

    def described(self, indicator: Indicator) -> str:
        """Return what stands beside the criteria: name, question, condition, evidence, remark."""
        say = self.say
        lines = [say(indicator.name)]
        if indicator.question is not None:
            lines.append(say(indicator.question))
        for condition in indicator.conditions:
            gate = next(gate for gate in self.form.instrument.gates if gate.code == condition.gate)
            words = dict(zip(gate.values, gate_words(gate, self.form.language), strict=True))
            options = "; ".join(words[option] for option in condition.options)
            lines.append(
                say(
                    Text(
                        "Berlaku bila {gate} dijawab: {options}.",
                        "Applies where {gate} is answered: {options}.",
                    ).fill(gate=gate.code, options=options)
                )
            )
        if indicator.evidence:
            shown = "; ".join(map(say, indicator.evidence))
            lines.append(say("Bukti: ", "To be shown: ") + shown)
        if indicator.remark is not None:
            lines.append(say("Catatan: ", "Remark: ") + say(indicator.remark))
        return "\n".join(lines)

    def heights(self, block: Block, described: str) -> None:
        """Make the rows high enough for their criteria, and together for what stands beside."""
        sheet = self.sheet
        needed = [
            sheet.height("" if level.criterion is None else self.say(level.criterion), SMALL, 1, 4)
            for level in block.criteria
        ] or [30.0]
        beside = sheet.height(described, SMALL, 1, 2)
        more = max(0.0, beside - sum(needed)) / len(needed)
        for row, height in enumerate(needed, block.row):
            sheet.set_height(row, height + more)

    def status(self, indicator: Indicator) -> str:
        """Return the formula of what has become of an answer."""
        code = indicator.code
        typed = self.form.at(code)
        given, absent, waiting, problem = (
            self.calculation.answer(code, column) for column in (GIVEN, ABSENT, WAITING, PROBLEM)
        )
        return leaf_status(
            self.form,
            indicator,
            typed,
            given=given,
            problem=problem,
            absent=absent,
            waiting=waiting,
        )

    def validate(self, block: Block) -> None:
        sheet, indicator, say = self.sheet, block.indicator, self.say
        place = sheet.place(block.row, ANSWER_COLUMN)
        values = [level.value for level in indicator.levels]
        message = say(
            Text(
                "Isi satu tingkat: bilangan bulat {low} sampai {high}.",
                "One level: a whole number from {low} to {high}.",
            ).fill(low=values[0], high=values[-1])
        )
        if len(values) <= _MOST_LISTED:
            sheet.choices(place, f'"{",".join(map(str, values))}"', message)
        else:
            cell = place.cell
            whole = (
                f"AND(ISNUMBER({cell}),{cell}=INT({cell}),{cell}>={values[0]},{cell}<={values[-1]})"
            )
            sheet.condition(place, whole, message)
        state = sheet.place(block.row, STATE_COLUMN)
        message = say("Pilih salah satu dari daftar.", "Pick one of the list.")
        sheet.choices(state, self.lists.reference("state"), message)

    def colours(self, block: Block, last: int) -> None:
        """Grey out what does not apply, mark what is wrong, and the criterion that was chosen."""
        sheet, row = self.sheet, block.row
        status = sheet.place(row, STATUS_COLUMN).absolute

        def begins(word: Text) -> str:
            said = self.say(word)
            return f"LEFT({status},{len(said)})={text(said)}"

        whole = f"{column_letters(CODE_COLUMN)}{row}:{column_letters(STATE_COLUMN)}{last}"
        sheet.colour(whole, begins(ABSENT_WORD), GREY_FILL, GREY_INK)
        own = f"{column_letters(STATUS_COLUMN)}{row}:{column_letters(STATUS_COLUMN)}{last}"
        sheet.colour(own, begins(CHECK_WORD), WRONG_FILL, WRONG_INK)
        sheet.colour(own, begins(WAITING_WORD), WAITING_FILL)
        sheet.colour(own, begins(MISSING_WORD), WAITING_FILL)
        if block.criteria:
            level, answer = column_letters(LEVEL_COLUMN), sheet.place(row, ANSWER_COLUMN).absolute
            chosen = f'AND({answer}<>"",${level}{row}={answer})'
            cells = f"{level}{row}:{column_letters(CRITERION_COLUMN)}{last}"
            sheet.colour(cells, chosen, CHOSEN_FILL)


def _status(row: int) -> str:
    return f"${column_letters(STATUS_COLUMN)}${row}"
