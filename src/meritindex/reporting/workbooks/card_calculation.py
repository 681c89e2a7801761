"""The sheet on which the score of one agency is computed, a row a step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from meritindex.definition import Gate
from meritindex.language import Text
from meritindex.reporting.sheet_formulas import Answer, SheetProgram, gated_by
from meritindex.reporting.workbooks.answers import answers, gate_place
from meritindex.reporting.workbooks.book import Book, Content, Filled, Formula
from meritindex.reporting.workbooks.given import in_order
from meritindex.reporting.workbooks.head import write_head
from meritindex.reporting.workbooks.looks import (
    BOLD,
    COMPUTED,
    HEADER,
    NUMBER_HEADER,
)
from meritindex.reporting.workbooks.words import CALCULATION, part_name
from meritindex.scoring import ScoreCard
from meritindex.scoring.saying import Sayer

Key = tuple[str, ...]

_ANSWERED = Text("terjawab", "answered")
_WORTH = Text("nilai dalam bilangan bulat", "worth, as an integer")
_OPTION = Text("nomor pilihan", "number of the option")
_TITLES = (
    (Text("kode", "code"), HEADER),
    (Text("nama", "name"), HEADER),
    (Text("langkah", "step"), HEADER),
    (Text("hasil", "result"), NUMBER_HEADER),
    (Text("per", "over"), NUMBER_HEADER),
)
_RESULT = "D"


class CardCalculation:
    """The steps of a calculation, and the cells in which they stand.

    Args:
        program: the formulas.
        reference: by code, the cells with the answers.
        options: by gate, the cells with its options.
        say: the language.
        first_row: of the steps, below what stands above them.
    """

    def __init__(
        self,
        program: SheetProgram,
        reference: Mapping[str, str],
        options: Mapping[str, Sequence[str]],
        say: Sayer,
        first_row: int,
    ) -> None:
        self.program, self._say = program, say
        self._reference, self._options = reference, options
        self._rows = {key: row for row, key in enumerate(self._keys(), first_row)}

    def reference(self, *key: str) -> str:
        """Return the cell of a step, as a formula on any sheet names it.

        Args:
            key: `place` of a gate, `given` or `worth` of an answer, `part` of a dimension.
        """
        return f"{self._say(CALCULATION)}!${_RESULT}${self._rows[key]}"

    def part(self, code: str, name: str) -> str:
        """Return the cell of a part of a dimension, as a formula on any sheet names it."""
        return self.reference("part", code, name)

    def absent(self, code: str) -> str:
        """Return the condition that gates take an indicator out, for a formula on any sheet."""
        instrument = self.program.plan.instrument
        places = {gate: self.reference("place", gate) for gate in self._options}
        indicator = next(each for each in instrument.indicators if each.code == code)
        return gated_by(indicator, instrument.gates, places)[0]

    def write(self, book: Book, card: ScoreCard) -> None:
        """Write the sheet."""
        sheet = book.sheet(
            self._say(CALCULATION),
            (24, 52, 34, 18, 18),
            frozen=f"A{min(self._rows.values())}",
        )
        write_head(sheet, card, self._say)
        sheet.append([Filled(self._say(title), look) for title, look in _TITLES])
        instrument, formulas = self.program.plan.instrument, self._formulas()
        for key, row in self._rows.items():
            assert sheet.rows + 1 == row  # noqa: S101 - the formulas point there
            kind, code = key[0], key[1]
            node = instrument[code]
            name = node.question if isinstance(node, Gate) else node.name
            whole = key == ("part", code, "numerator")
            sheet.append(
                [
                    Filled(code, BOLD),
                    Filled(self._say(name)),
                    Filled(self._say(self._step(key))),
                    Filled(Formula(formulas[key], self._value(card, key)), COMPUTED),
                    Filled(self.program.denominator(code) if whole else None, COMPUTED)
                    if kind == "part"
                    else None,
                ]
            )

    def _keys(self) -> Iterator[Key]:
        """Yield the steps in the order of their rows."""
        instrument = self.program.plan.instrument
        for gate in instrument.gates:
            yield "place", gate.code
        for code in self._reference:
            if code in self.program.entered:
                yield "given", code
            elif code not in self._options:
                yield "given", code
                yield "worth", code
        for code in in_order(self.program):
            for part in self.program.parts(code):
                yield "part", code, part

    def _formulas(self) -> dict[Key, str]:
        program, cell = self.program, self._cell
        found: dict[Key, str] = {}
        places = {}
        for gate, options in self._options.items():
            found["place", gate] = gate_place(self._reference[gate], options)
            places[gate] = cell("place", gate)
        known: dict[str, Answer] = {}
        for code, answer in answers(program, self._reference.__getitem__, places).items():
            found["given", code] = answer.given
            known[code] = attrs.evolve(answer, given=cell("given", code))
            if code not in program.entered:
                found["worth", code] = program.value(code, known[code])
                known[code] = attrs.evolve(known[code], value=cell("worth", code))
        for code in program.codes:
            formulas = program.formulas(code, known, lambda *key: cell("part", *key))
            for part, formula in formulas.items():
                found["part", code, part] = formula
        return found

    def _cell(self, *key: str) -> str:
        return f"{_RESULT}{self._rows[key]}"

    def _step(self, key: Key) -> Text:
        named = {"place": _OPTION, "given": _ANSWERED, "worth": _WORTH}
        return part_name(key[-1]) if key[0] == "part" else named[key[0]]

    def _value(self, card: ScoreCard, key: Key) -> Content:
        """Return what comes of a step, where the library has it."""
        if key[0] != "part" or key[-1] != "numerator":
            return None
        points = card.scores.columns[key[1]][card.row] or 0
        return int(points * self.program.denominator(key[1]))
