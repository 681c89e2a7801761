"""The result for one agency as a workbook: change an answer, and the score follows."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from meritindex.definition import DerivedFigure, Dimension, Standing
from meritindex.language import Language, Text
from meritindex.layout import Listing, Table
from meritindex.layout.basic import basic_parts
from meritindex.numbers import exact_text, round_half_up
from meritindex.reporting.sheet_formulas import SheetProgram, sheet_program
from meritindex.reporting.workbooks.book import Book, Content, Filled, Formula
from meritindex.reporting.workbooks.card_answers import ANSWER_COLUMN, CardAnswers
from meritindex.reporting.workbooks.card_calculation import CardCalculation
from meritindex.reporting.workbooks.cells import open_format
from meritindex.reporting.workbooks.documents import Page, notices_of
from meritindex.reporting.workbooks.given import answered, entered_in
from meritindex.reporting.workbooks.grounds import (
    instrument_sheets,
    option_cells,
    options_sheet,
    using_parts,
    weights_sheet,
)
from meritindex.reporting.workbooks.head import first_row
from meritindex.reporting.workbooks.looks import BOLD, HEADER, NUMBER, NUMBER_HEADER, PLAIN
from meritindex.reporting.workbooks.words import (
    ANSWERS,
    AS_WRITTEN,
    OF_ONE,
    SUMMARY,
    UNKNOWN,
    band_label,
)
from meritindex.scoring import ScoreCard
from meritindex.scoring.saying import TABLE_DECIMALS, Sayer, places_needed, stage_line
from meritindex.scoring.showing import card_document

_WIDTHS = (14.0, 52.0, 12.0, 12.0, 18.0, 18.0, 16.0)


def card_workbook(card: ScoreCard, language: Language) -> bytes:
    """Return the result for one agency as the bytes of a workbook.

    Raises:
        MissingExtraError: openpyxl is not installed.
    """
    say = Sayer(language)
    entered = entered_in(card.plan, card.assessments.entries)
    found = sheet_program(card.plan, entered)
    codes = answered(card.instrument, entered)
    options = option_cells(card.instrument, language)
    calculation = None
    if isinstance(found, SheetProgram):
        cells = {
            code: f"{say(ANSWERS)}!${ANSWER_COLUMN}${row}"
            for row, code in enumerate(codes, first_row(card))
        }
        calculation = CardCalculation(found, cells, options, say, first_row(card))
    with Book(language, f"{card.agency.name}: {say(card.instrument.title)}") as book:
        _Summary(book, card, calculation).write(found)
        CardAnswers(book, card, codes, calculation).write(options)
        if calculation is not None:
            calculation.write(book, card)
        weights_sheet(book, card.plan)
        options_sheet(book, card.instrument)
        instrument_sheets(book, card.instrument)
        return book.saved()


class _Summary:
    """The first sheet: the score, the dimensions, and what is to be known about them."""

    def __init__(self, book: Book, card: ScoreCard, calculation: CardCalculation | None) -> None:
        self._card, self._calculation = card, calculation
        self._program = None if calculation is None else calculation.program
        self._say = Sayer(book.language)
        self._parts = tuple(basic_parts(card_document(card, book.language)))
        self._page = Page(book, self._say(SUMMARY), _WIDTHS, notices_of(self._parts))

    def write(self, found: SheetProgram | Text) -> None:
        """Write it; `found` are the formulas, or why there are none."""
        page, parts = self._page, self._parts
        table = next(place for place, part in enumerate(parts) if isinstance(part, Table))
        for part in parts[:table]:
            # What they list stands in the cells of the results, and changes with the answers.
            if not isinstance(part, Listing):
                page.write(part)
        page.write(Listing(tuple(self._facts())))
        page.space()
        self._results()
        for part in (*using_parts(found, ANSWERS, OF_ONE, self._say), *parts[table + 1 :]):
            page.write(part)

    def _facts(self) -> Iterator[str]:
        card, say = self._card, self._say
        facts = card.assessments.facts[card.row]
        if card.band_standing is not None:
            label = self._written("Status kategori", "Standing of the band")
            yield f"{label}: {say(card.band_standing.label)}"
        yield stage_line(facts, say)
        yield from (f"{say('Catatan', 'Remark')}: {say(remark)}" for remark in card.remarks)

    def _results(self) -> None:
        card, say = self._card, self._say
        titles = (
            (say("kode", "code"), HEADER),
            (say("dimensi", "dimension"), HEADER),
            (say("nilai", "points"), NUMBER_HEADER),
            (say("maksimum", "maximum"), NUMBER_HEADER),
            (say("kategori", "band"), HEADER),
            (self._written("nilai eksak", "exact points"), HEADER),
            (self._written("status", "standing"), HEADER),
        )
        self._page.sheet.append([Filled(title, look) for title, look in titles])
        root = card.instrument.root
        self._row(root, card.total, card.band, card.standing)
        for figure in card.instrument.derived:
            self._figure(figure)
        for dimension in card.instrument.dimensions[1:]:
            score = card.dimensions[dimension.code]
            self._row(dimension, score.points, score.band, score.standing)

    def _row(
        self, dimension: Dimension, points: Fraction | None, band: str | None, standing: Standing
    ) -> None:
        """Write a dimension; the root is bold."""
        card, say, code = self._card, self._say, dimension.code
        column, program = card.scores.columns[code], self._program
        decimals = TABLE_DECIMALS if program is None else program.decimals(code)
        value: Content = UNKNOWN if points is None else round_half_up(points, decimals)
        named: Content = None
        if dimension.bands is not None:
            names = {each.name.id: band_label(each.name, say.language) for each in dimension.bands}
            named = UNKNOWN if band is None else names[band]
        if self._calculation is not None and program is not None:
            part, unknown = self._calculation.part, f'"{UNKNOWN}"'
            value = Formula(program.points(code, part, unknown), value)
            if dimension.bands is not None:
                named = Formula(program.band_name(code, part, say.language, unknown), named)
        look = BOLD if dimension is card.instrument.root else PLAIN
        number = attrs.evolve(look, across="right", indent=1)
        needed = min(places_needed([points]), decimals)
        self._page.sheet.append(
            [
                Filled(code, look),
                Filled(say(dimension.name), look),
                Filled(value, attrs.evolve(number, number=open_format(needed, decimals))),
                Filled(card.plan.ranges[code][1], number),
                Filled(named, look),
                Filled(None if points is None or column.is_double else exact_text(points), look),
                Filled(say(standing.label), look),
            ]
        )

    def _figure(self, figure: DerivedFigure) -> None:
        """Write a figure that follows from the total by a factor."""
        card, say, factor = self._card, self._say, figure.factor.value
        root = card.instrument.root.code
        known = card.derived.get(figure.code)
        value: Content = UNKNOWN if known is None else known
        if self._calculation is not None and self._program is not None:
            state, numerator = (
                self._calculation.part(root, name) for name in ("state", "numerator")
            )
            over = self._program.denominator(root) * factor.denominator
            share = f"{numerator}*{factor.numerator}/{over}"
            value = Formula(f'IF({state}>0,{share},"{UNKNOWN}")', value)
        exact = known is not None and not card.scores.total.is_double
        self._page.sheet.append(
            [
                Filled(figure.code),
                Filled(say(figure.name)),
                Filled(value, attrs.evolve(NUMBER, number="General")),
                None,
                None,
                Filled(exact_text(known) if exact and known is not None else None),
                Filled(say(figure.factor.basis.standing.label)),
            ]
        )

    def _written(self, indonesian: str, english: str) -> str:
        return self._say(AS_WRITTEN.fill(what=Text(indonesian, english)))
