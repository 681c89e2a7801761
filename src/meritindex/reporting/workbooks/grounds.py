"""The sheets on which a result rests: the weights that were used, the options, the instrument."""

from __future__ import annotations

from meritindex.definition import Instrument
from meritindex.language import Language, Text
from meritindex.layout import Heading, Paragraph
from meritindex.layout.parts import BasicPart
from meritindex.numbers import decimals_of, exact_text
from meritindex.reporting.instrument_sheet import instrument_sheet
from meritindex.reporting.rule_words import Words
from meritindex.reporting.sheet_formulas import SheetProgram
from meritindex.reporting.workbooks.book import Book, Filled
from meritindex.reporting.workbooks.documents import write_document
from meritindex.reporting.workbooks.looks import BOLD, HEADER, NUMBER, NUMBER_HEADER
from meritindex.reporting.workbooks.words import RECOMPUTES, STATES, USING, VALUES_ONLY
from meritindex.scoring import ScoringPlan
from meritindex.scoring.saying import Sayer

_WEIGHTS = Text("Bobot yang dipakai", "Weights used")
_OPTIONS = Text("Pilihan", "Options")
_INSTRUMENT = Text("Instrumen", "Instrument")
_FIRST_OPTION = 2
_INDENT = "· "
_LONGEST_DECIMALS = 6


def using_parts(found: SheetProgram | Text, sheet: Text, what: Text, say: Sayer) -> list[BasicPart]:
    """Return how to use a workbook, or why it holds no formulas.

    Args:
        found: the formulas, or why there are none.
        sheet: with the answers.
        what: is computed anew.
        say: the language.
    """
    if isinstance(found, Text):
        return [Paragraph(say(VALUES_ONLY.fill(why=found)), tone="warning")]
    about = say(RECOMPUTES.fill(sheet=sheet, what=what))
    return [Heading(say(USING), 3), Paragraph(about), Paragraph(say(STATES))]


def weights_sheet(book: Book, plan: ScoringPlan) -> None:
    """Write the weight of every node, as the plan has it, and on what each of them rests."""
    say, words = Sayer(book.language), Words(book.language)
    sheet = book.sheet(
        say(_WEIGHTS), (18, 52, 14, 12, 80), frozen="B2", repeated="1:1", landscape=True
    )
    titles = (
        (Text("kode", "code"), HEADER),
        (Text("nama", "name"), HEADER),
        (Text("bobot", "weight"), NUMBER_HEADER),
        (Text("eksak", "exact"), HEADER),
        (Text("status dan dasar bobot", "standing and basis of the weight"), HEADER),
    )
    sheet.append([Filled(say(title), look) for title, look in titles])
    figures = dict(plan.weights)
    instrument = plan.instrument
    for node in instrument.nodes:
        figure = figures.get(node.code)
        depth = len(instrument.path(node.code))
        row = [Filled(node.code, BOLD), Filled(_INDENT * depth + say(node.name))]
        if figure is not None and _is_weighted(instrument, node.code):
            places = decimals_of(figure.value)
            ends = places is not None and places <= _LONGEST_DECIMALS
            row += [
                Filled(figure.value, NUMBER),
                Filled(None if ends else exact_text(figure.value)),
                Filled(words.basis(figure.basis)),
            ]
        sheet.append(row)
    sheet.filter(1, len(titles))


def _is_weighted(instrument: Instrument, code: str) -> bool:
    """Say whether the weight of a node enters what its parent is worth."""
    parent = instrument.parent(code)
    return (
        parent is not None
        and parent.rule is not None
        and parent.rule.weighted
        and any(child.code == code for child in parent.children)
    )


def option_cells(instrument: Instrument, language: Language) -> dict[str, tuple[str, ...]]:
    """Return the cells in which `options_sheet` writes the options of every gate, by gate."""
    row, cells = _FIRST_OPTION, {}
    for gate in instrument.gates:
        rows = range(row, row + len(gate.options))
        cells[gate.code] = tuple(f"{_OPTIONS.in_language(language)}!$C${place}" for place in rows)
        row += len(rows)
    return cells


def options_sheet(book: Book, instrument: Instrument) -> None:
    """Write the options of every gate, one a row; nothing where there are no gates."""
    if not instrument.gates:
        return
    say = Sayer(book.language)
    sheet = book.sheet(say(_OPTIONS), (22, 52, 16, 52), frozen="A2", repeated="1:1")
    titles = ("kode", "code"), ("pertanyaan", "question"), ("pilihan", "option"), ("arti", "means")
    sheet.append([Filled(say(*title), HEADER) for title in titles])
    for gate in instrument.gates:
        for option in gate.options:
            question, label = say(gate.question), say(option.label)
            cells = [question, option.value, label]
            sheet.append([Filled(gate.code, BOLD), *map(Filled, cells)])


def instrument_sheets(book: Book, instrument: Instrument) -> None:
    """Write the whole instrument: rules, limits, criteria and sources."""
    title = Sayer(book.language)(_INSTRUMENT)
    write_document(book, instrument_sheet(instrument, book.language), title)
