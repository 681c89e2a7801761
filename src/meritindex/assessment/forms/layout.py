"""Where things stand in an Excel form: what its writer and its reader have in common.

A form has a cover (who is assessed, and the opening questions), a sheet for each part of the tree
with its indicators, a sheet of numbers, a summary, the calculation behind it, and a hidden sheet
that names the instrument. The places follow from the instrument alone; only the names of the sheets
follow from the language. This module knows places and the words that a person picks from a list,
and nothing of openpyxl, fonts or formulas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import attrs

from meritindex.assessment.places import column_letters
from meritindex.assessment.values import AnswerState
from meritindex.definition import (
    AgencyKind,
    Dimension,
    Gate,
    Indicator,
    Instrument,
    Level,
    Measure,
    Stage,
)
from meritindex.language import Language, Text

FORMAT = "meritindex-form 1"
"""What the first cell of the hidden sheet says: that it is a form, and of which version."""

HIDDEN_SHEET = "meritindex"
"""The hidden sheet; it has this name in every language."""

# What the hidden sheet says in its first two columns, row by row: a name, and its value.
HIDDEN_FACTS = ("format", "instrument", "fingerprint", "language")

COVER = Text("Sampul", "Cover")
NUMBERS = Text("Nilai", "Numbers")
SUMMARY = Text("Ringkasan", "Summary")
CALCULATION = Text("Hitungan", "Calculation")

# The facts about an assessment that the cover asks for, as a column of a file is named, in the
# order of their rows. "year" takes a year or a date.
FACTS = ("agency", "code", "agency.kind", "year", "stage", "synthetic")

# Columns, counted from 1.
CODE_COLUMN = 1
COVER_ANSWER_COLUMN = 3
LEVEL_COLUMN, CRITERION_COLUMN = 3, 4
ANSWER_COLUMN, STATUS_COLUMN, EVIDENCE_COLUMN, LINK_COLUMN, STATE_COLUMN = 5, 6, 7, 8, 9
NUMBER_COLUMN = 4

# Rows, counted from 1.
FIRST_FACT_ROW = 8
GATES_TITLE_ROW = FIRST_FACT_ROW + len(FACTS) + 1
FIRST_GATE_ROW = GATES_TITLE_ROW + 2
HEADER_ROW = 4
FIRST_ITEM_ROW = HEADER_ROW + 1

YES_OR_NO = (Text("ya", "yes"), Text("tidak", "no"))

_LONGEST_SHEET_NAME = 31
_RESERVED_SHEET_NAME = "history"  # Excel keeps it for itself


@attrs.frozen
class Place:
    """A cell: its sheet, and its row and column, counted from 1."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """The cell within its sheet: `C8`."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def absolute(self) -> str:
        """The cell as a formula on its own sheet names it: `$C$8`."""
        return f"${column_letters(self.column)}${self.row}"

    @property
    def reference(self) -> str:
        """The cell as a formula on any sheet names it: `'Sampul'!$C$8`."""
        sheet = self.sheet.replace("'", "''")
        return f"'{sheet}'!{self.absolute}"


@attrs.frozen(kw_only=True)
class Block:
    """The rows of one indicator on its sheet: one a criterion, or a single one without any."""

    indicator: Indicator
    row: int
    criteria: tuple[Level, ...]

    @property
    def height(self) -> int:
        """How many rows it takes."""
        return max(len(self.criteria), 1)


@attrs.frozen(kw_only=True)
class Headline:
    """A row that names a dimension above the indicators in it."""

    dimension: Dimension
    row: int
    depth: int


@attrs.frozen(kw_only=True)
class Section:
    """A sheet of indicators: those of a dimension, with all that lies below it.

    Of a dimension that has indicators of its own beside dimensions with sheets of theirs, only its
    own are on its sheet.
    """

    sheet: str
    dimension: Dimension
    rows: tuple[Headline | Block, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The indicators on the sheet, in order."""
        return tuple(row for row in self.rows if isinstance(row, Block))


@attrs.frozen(kw_only=True)
class FormLayout:
    """The places of everything that is typed into a form of an instrument.

    Attributes:
        instrument: whose form it is.
        language: in which language its sheets are named.
        sections: the sheets of indicators, in the order of the tree.
    """

    instrument: Instrument
    language: Language
    sections: tuple[Section, ...]

    @property
    def cover(self) -> str:
        """The name of the cover."""
        return COVER.in_language(self.language)

    @property
    def numbers(self) -> str:
        """The name of the sheet of numbers; it is there only where a number is asked for."""
        return NUMBERS.in_language(self.language)

    @property
    def summary(self) -> str:
        """The name of the summary."""
        return SUMMARY.in_language(self.language)

    @property
    def calculation(self) -> str:
        """The name of the sheet of the calculation."""
        return CALCULATION.in_language(self.language)

    @cached_property
    def facts(self) -> Mapping[str, Place]:
        """The cells on the cover that say who is assessed and when, by the name of the fact."""
        return {
            name: Place(self.cover, FIRST_FACT_ROW + place, COVER_ANSWER_COLUMN)
            for place, name in enumerate(FACTS)
        }

    @cached_property
    def gates(self) -> Mapping[str, Place]:
        """The cell of each gate's answer, by code."""
        return {
            gate.code: Place(self.cover, FIRST_GATE_ROW + place, COVER_ANSWER_COLUMN)
            for place, gate in enumerate(self.instrument.gates)
        }

    @cached_property
    def levels(self) -> Mapping[str, Place]:
        """The cell of each indicator's level, by code."""
        return self._column(ANSWER_COLUMN)

    @cached_property
    def evidence(self) -> Mapping[str, Place]:
        """The cell of what is shown for each indicator, by code."""
        return self._column(EVIDENCE_COLUMN)

    @cached_property
    def links(self) -> Mapping[str, Place]:
        """The cell of the link to what is shown for each indicator, by code."""
        return self._column(LINK_COLUMN)

    @cached_property
    def states(self) -> Mapping[str, Place]:
        """The cell of how well each indicator's answer is supported, by code."""
        return self._column(STATE_COLUMN)

    @cached_property
    def number_rows(self) -> tuple[tuple[int, Measure | Dimension], ...]:
        """The rows of the sheet of numbers: dimensions whose points are typed, and measures."""
        return tuple(enumerate(_numbers(self.instrument), FIRST_ITEM_ROW))

    @cached_property
    def measures(self) -> Mapping[str, Place]:
        """The cell of each measure, by code."""
        return {
            node.code: Place(self.numbers, row, NUMBER_COLUMN)
            for row, node in self.number_rows
            if isinstance(node, Measure)
        }

    @cached_property
    def entries(self) -> Mapping[str, Place]:
        """The cell of each dimension whose points are typed, by code: those without children."""
        return {
            node.code: Place(self.numbers, row, NUMBER_COLUMN)
            for row, node in self.number_rows
            if isinstance(node, Dimension)
        }

    @property
    def answers(self) -> Mapping[str, Place]:
        """The cells of everything that enters a score, by code, in the order of the form."""
        return {**self.gates, **self.levels, **self.entries, **self.measures}

    @cached_property
    def typed(self) -> Mapping[str, Place]:
        """Every cell for typing, by the name of its column in a file; links as `code.link`."""
        details = {
            f"{code}.{detail}": place
            for detail, places in (
                ("evidence", self.evidence),
                ("link", self.links),
                ("state", self.states),
            )
            for code, place in places.items()
        }
        return {**self.facts, **self.answers, **details}

    @cached_property
    def code_cells(self) -> Mapping[str, Place]:
        """The cells in which a form names the code of the answer beside it, by code."""
        return {
            code: Place(place.sheet, place.row, CODE_COLUMN) for code, place in self.answers.items()
        }

    def _column(self, column: int) -> Mapping[str, Place]:
        return {
            block.indicator.code: Place(section.sheet, block.row, column)
            for section in self.sections
            for block in section.blocks
        }


def layout(instrument: Instrument, language: Language) -> FormLayout:
    """Return where things stand in a form of an instrument.

    Examples:
        >>> from meritindex import instrument
        >>> form = layout(instrument("ism-2026"), "id")
        >>> form.levels["a1q2"], form.gates["a6q3_gate"].reference
        (Place(sheet='a1', row=10, column=5), "'Sampul'!$C$18")
    """
    taken = {HIDDEN_SHEET}
    taken |= {
        name.in_language(language).casefold() for name in (COVER, NUMBERS, SUMMARY, CALCULATION)
    }
    sections = []
    for dimension, nodes in _sections(instrument.root):
        sheet = _free_name(dimension.code, taken)
        taken.add(sheet)
        sections.append(Section(sheet=sheet, dimension=dimension, rows=tuple(_rows(nodes))))
    return FormLayout(instrument=instrument, language=language, sections=tuple(sections))


def gate_words(gate: Gate, language: Language) -> tuple[str, ...]:
    """Return what a person picks to answer a gate, one an option: labels, where they differ.

    Labels that can't be told apart have the value of their option in front.
    """
    labels = [" ".join(option.label.in_language(language).split()) for option in gate.options]
    if len({label.casefold() for label in labels}) == len(labels) and all(labels):
        return tuple(labels)
    return tuple(
        f"{option.value}: {label}" for option, label in zip(gate.options, labels, strict=True)
    )


def kind_words(language: Language) -> tuple[str, ...]:
    """Return what a person picks for a kind of agency, in the order of `AgencyKind`."""
    return tuple(kind.label.in_language(language) for kind in AgencyKind)


def stage_words(language: Language) -> tuple[str, ...]:
    """Return what a person picks for a stage, in the order of `Stage`."""
    return tuple(stage.label.in_language(language) for stage in Stage)


def state_words(language: Language) -> tuple[str, ...]:
    """Return what a person picks for the state of an answer, in the order of `AnswerState`."""
    return tuple(state.label.in_language(language) for state in AnswerState)


def _sections(
    dimension: Dimension,
) -> Iterator[tuple[Dimension, tuple[Indicator | Dimension, ...]]]:
    """Yield the dimensions that have a sheet, and what stands on it.

    Dimensions that hold only one another are passed through to where the tree branches.
    """
    asked = tuple(_asked(dimension))
    own = tuple(node for node in asked if isinstance(node, Indicator))
    if len(own) == len(asked):
        if own:
            yield dimension, own
        return
    if len(asked) == 1 and isinstance(asked[0], Dimension):
        yield from _sections(asked[0])
        return
    for node in asked:
        if isinstance(node, Dimension):
            yield node, tuple(_asked(node))
        elif node is own[0]:
            yield dimension, own


def _asked(dimension: Dimension) -> Iterator[Indicator | Dimension]:
    """Yield the children of a dimension that are indicators, or have some below them."""
    for child in dimension.children:
        if isinstance(child, Indicator) or (
            isinstance(child, Dimension)
            and any(isinstance(node, Indicator) for node in child.walk())
        ):
            yield child


def _rows(nodes: Iterable[Indicator | Dimension]) -> Iterator[Headline | Block]:
    """Yield what stands on a sheet, each with its row."""
    row = FIRST_ITEM_ROW
    for depth, node in _outline(nodes, 0):
        if isinstance(node, Dimension):
            yield Headline(dimension=node, row=row, depth=depth)
            row += 1
            continue
        block = Block(
            indicator=node,
            row=row,
            criteria=tuple(level for level in node.levels if level.criterion is not None),
        )
        yield block
        row += block.height


def _outline(
    nodes: Iterable[Indicator | Dimension], depth: int
) -> Iterator[tuple[int, Indicator | Dimension]]:
    for node in nodes:
        yield depth, node
        if isinstance(node, Dimension):
            yield from _outline(_asked(node), depth + 1)


def _numbers(instrument: Instrument) -> Iterator[Measure | Dimension]:
    for node in instrument.nodes:
        if isinstance(node, Measure) or (isinstance(node, Dimension) and not node.children):
            yield node


def _free_name(code: str, taken: Iterable[str]) -> str:
    """Return the name of a sheet for a dimension: its code, as far as Excel takes it."""
    names = {*taken, _RESERVED_SHEET_NAME}
    name = code[:_LONGEST_SHEET_NAME]
    number = 2
    while name in names:
        ending = f" {number}"
        name = code[: _LONGEST_SHEET_NAME - len(ending)] + ending
        number += 1
    return name
