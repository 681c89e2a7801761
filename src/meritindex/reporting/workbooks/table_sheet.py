"""The sheet of results: its rows, and their formulas."""

from __future__ import annotations

from functools import cached_property

import attrs

from meritindex.assessment.places import column_letters
from meritindex.numbers import exact_text, round_half_up
from meritindex.reporting.sheet_formulas import SheetProgram, gated_by
from meritindex.reporting.workbooks.answers import answers, gate_place
from meritindex.reporting.workbooks.book import (
    Book,
    Content,
    Filled,
    Formula,
    Sheet,
)
from meritindex.reporting.workbooks.cells import open_format
from meritindex.reporting.workbooks.checking import Checks
from meritindex.reporting.workbooks.given import Given
from meritindex.reporting.workbooks.grounds import option_cells
from meritindex.reporting.workbooks.looks import (
    BOLD,
    COMPUTED,
    HEADER,
    HEADINGS,
    INPUT,
    NOTE,
    NOTICE,
    NUMBER,
    NUMBER_HEADER,
    PLAIN,
    Look,
)
from meritindex.reporting.workbooks.table_columns import Key, table_columns
from meritindex.reporting.workbooks.templates import ROW, Template
from meritindex.reporting.workbooks.words import RESULTS, UNKNOWN
from meritindex.scoring import GroupBy, ScoreTable
from meritindex.scoring.saying import SYNTHETIC, TABLE_DECIMALS, Sayer, places_needed

_ABOVE = attrs.evolve(NOTE, size=9, upright="bottom")
_UNWRAPPED = attrs.evolve(PLAIN, wrap=False)


class TableSheet:
    """The sheet of results being written.

    Attributes:
        table: what it shows.
        program: its formulas; None where it shows values alone.
        name: of the sheet.
        first, last: the rows of the first and of the last agency.
    """

    def __init__(
        self,
        book: Book,
        table: ScoreTable,
        program: SheetProgram | None,
        codes: tuple[str, ...],
        *,
        by: GroupBy | None,
    ) -> None:
        self.table, self.program, self._by = table, program, by
        self._book, self._say = book, Sayer(book.language)
        self._columns = table_columns(table, program, codes, self._say, by)
        self.letters: dict[Key, str] = {
            column.key: column_letters(place) for place, column in enumerate(self._columns, 1)
        }
        self.name = book.name(self._say(RESULTS))
        header = 3 + table.synthetic
        self.first, self.last = header + 1, header + len(table)
        self._given = Given(assessments=table.assessments)
        self._answered = codes

    def write(self) -> None:
        """Write the sheet: the agencies in the order of their ranks."""
        table, header = self.table, self.first - 1
        sheet = self._book.sheet(
            self.name,
            [column.width for column in self._columns],
            frozen=f"C{self.first}",
            repeated=f"{header}:{header}",
            landscape=True,
        )
        for column in self._columns:
            if column.folded:
                sheet.fold(self.letters[column.key])
        title = self._say(table.instrument.title)
        sheet.append([Filled(title, attrs.evolve(HEADINGS[2], wrap=False))])
        if table.synthetic:
            sheet.append([Filled(self._say(SYNTHETIC), attrs.evolve(NOTICE, wrap=False))])
        sheet.append([Filled(column.above, _ABOVE) for column in self._columns])
        sheet.append(
            [
                Filled(column.title, NUMBER_HEADER if column.right else HEADER)
                for column in self._columns
            ]
        )
        ranks = table.ranks
        for row in sorted(range(len(table)), key=lambda row: (ranks[row] or len(table) + 1, row)):
            cells = self._row(row, sheet.rows + 1)
            sheet.append([cells.get(column.key) for column in self._columns])
        sheet.filter(header, len(self._columns))
        # The answers and the calculation are for the screen.
        results = [column.key for column in self._columns if column.key[0] == "points"]
        sheet.print_columns(self.letters[results[-1]])
        if self.program is not None:
            self._check_inputs(sheet)

    def column(self, *key: str) -> str:
        """Return the cells of a column, as a formula on any sheet of the workbook names them."""
        return f"{self.name}!{self._all(*key)}"

    def _row(self, row: int, place: int) -> dict[Key, Filled]:
        """Return the cells of an agency in a row of the sheet."""
        found = self._facts(row) | self._group(row) | self._results(row)
        for code in self._answered:
            found["answer", code] = Filled(self._given(row, code), self._answer_look)
        if self.program is None:
            return found
        values = self._values(row)
        for key, template in self._templates.items():
            shown = found.get(key, Filled(values.get(key), COMPUTED))
            found[key] = Filled(Formula(template.at(place), shown.content), shown.look)
        return found

    def _facts(self, row: int) -> dict[Key, Filled]:
        facts, say = self.table.assessments.facts[row], self._say
        agency = facts.agency
        cells: dict[str, Content] = {
            "code": agency.code,
            "kind": None if agency.kind is None else say(agency.kind.label),
            "province": agency.province,
            "when": facts.year if facts.date is None else str(facts.date),
            "stage": None if facts.stage is None else say(facts.stage.label),
            "synthetic": facts.synthetic,
        }
        found: dict[Key, Filled] = {
            ("agency",): Filled(agency.name, attrs.evolve(BOLD, wrap=False))
        }
        for key, content in cells.items():
            found[key,] = Filled(content, attrs.evolve(_UNWRAPPED, across="left"))
        return found

    def _group(self, row: int) -> dict[Key, Filled]:
        """Return the group of an agency, and its rank there."""
        if self._by is None:
            return {}
        label, rank = self._by.label_of(self.table.agencies[row]), self._ranks_within[row]
        return {
            ("group",): Filled(None if label is None else self._say(label), _UNWRAPPED),
            ("group rank",): Filled(UNKNOWN if rank is None else rank, NUMBER),
        }

    @cached_property
    def _ranks_within(self) -> tuple[int | None, ...]:
        return () if self._by is None else self.table.ranks_within(self._by)

    def _results(self, row: int) -> dict[Key, Filled]:
        """Return the results, as the library has them."""
        table, say = self.table, self._say
        total, band = table.totals[row], table.bands[row]
        exact = None if total is None or table.totals.is_double else exact_text(total)
        missing = ", ".join(table.card(row).needed) if total is None else None
        found: dict[Key, Filled] = {
            ("rank",): Filled(table.ranks[row] or UNKNOWN, NUMBER),
            ("exact",): Filled(exact, _UNWRAPPED),
            ("standing",): Filled(say(table.standings[row].label), _UNWRAPPED),
            ("missing",): Filled(missing, _UNWRAPPED),
        }
        if ("band",) in self.letters:
            shown = UNKNOWN if band is None else say.band(table.instrument, band)
            found["band",] = Filled(shown, _UNWRAPPED)
        for code, column in table.scores.columns.items():
            points = column[row]
            content: Content = UNKNOWN
            if points is not None:
                content = round_half_up(points, self._decimals(code))
            found["points", code] = Filled(content, self._points_looks[code])
        return found

    def _values(self, row: int) -> dict[Key, Content]:
        """Return what comes of the formulas of the calculation, where the library has it."""
        assert self.program is not None  # noqa: S101 - asked for with formulas only
        found: dict[Key, Content] = {}
        for code in self.program.codes:
            points = self.table.scores.columns[code][row]
            numerator = (points or 0) * self.program.denominator(code)
            found["part", code, "numerator"] = int(numerator)
        root = self.table.instrument.root.code
        known = self.table.totals[row] is not None
        found["ranked",] = found["part", root, "numerator"] if known else ""
        return found

    @cached_property
    def _templates(self) -> dict[Key, Template]:
        """The formulas of a row, by the column in which they stand."""
        program = self.program
        assert program is not None  # noqa: S101 - asked for with formulas only
        instrument = program.plan.instrument
        options = option_cells(instrument, self._say.language)
        places = {gate.code: self._cell("place", gate.code) for gate in instrument.gates}
        known = answers(program, lambda code: self._cell("answer", code), places)

        def part(code: str, name: str) -> str:
            return self._cell("part", code, name)

        found: dict[Key, str] = {}
        for gate in instrument.gates:
            answer = self._cell("answer", gate.code)
            found["place", gate.code] = gate_place(answer, options[gate.code])
        unknown = f'"{UNKNOWN}"'
        for code in program.codes:
            for name, formula in program.formulas(code, known, part).items():
                found["part", code, name] = formula
            found["points", code] = program.points(code, part, unknown)
        root = instrument.root.code
        if ("band",) in self.letters:
            found["band",] = program.band_name(root, part, self._say.language, unknown)
        found["ranked",] = f'IF({part(root, "state")}>0,{part(root, "numerator")},"")'
        ranked, of_all = self._cell("ranked"), self._all("ranked")
        found["rank",] = f"IF(ISNUMBER({ranked}),RANK({ranked},{of_all}),{unknown})"
        if self._by is not None:
            group, groups = self._cell("group"), self._all("group")
            above = f"SUMPRODUCT(({groups}={group})*ISNUMBER({of_all})*({of_all}>{ranked}))"
            ranks = f'AND(ISNUMBER({ranked}),{group}<>"")'
            found["group rank",] = f"IF({ranks},{above}+1,{unknown})"
        return {key: Template(formula) for key, formula in found.items()}

    def _all(self, *key: str) -> str:
        """Return the cells of a column, as a formula on this sheet names them."""
        letter = self.letters[key]
        return f"${letter}${self.first}:${letter}${self.last}"

    def _cell(self, *key: str) -> str:
        return self.letters[key] + ROW

    @property
    def _answer_look(self) -> Look:
        return attrs.evolve(PLAIN, across="center") if self.program is None else INPUT

    def _decimals(self, code: str) -> int:
        return TABLE_DECIMALS if self.program is None else self.program.decimals(code)

    @cached_property
    def _points_looks(self) -> dict[str, Look]:
        """How the points of each dimension look: with as many decimals as any of them needs.

        After a change they may need more.
        """
        looks = {}
        for code, column in self.table.scores.columns.items():
            decimals = self._decimals(code)
            shown = open_format(min(places_needed(column), decimals), decimals)
            looks[code] = attrs.evolve(NUMBER, number=shown)
        return looks

    def _check_inputs(self, sheet: Sheet) -> None:
        """Let only what is allowed be typed, and grey out what gates take out."""
        instrument = self.table.instrument
        options = option_cells(instrument, self._say.language)
        checks = Checks(sheet=sheet, instrument=instrument, say=self._say)
        for code in self._answered:
            letter = self.letters["answer", code]
            cells = f"{letter}{self.first}:{letter}{self.last}"
            checks.add(cells, code, options.get(code, ()))
        places = {gate.code: self._cell("place", gate.code) for gate in instrument.gates}
        for indicator in instrument.indicators:
            if indicator.conditions:
                absent, _ = gated_by(indicator, instrument.gates, places)
                letter = self.letters["answer", indicator.code]
                cells = f"{letter}{self.first}:{letter}{self.last}"
                sheet.grey_out(cells, Template(absent).at(self.first))
