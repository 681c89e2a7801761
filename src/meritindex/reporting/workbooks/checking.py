"""What may be typed into the cells of answers: a spreadsheet refuses the rest."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from meritindex.definition import Gate, Indicator, Instrument
from meritindex.language import Text
from meritindex.numbers import decimal_text
from meritindex.reporting.workbooks.answers import allowed_numbers, number_range
from meritindex.reporting.workbooks.book import Sheet
from meritindex.reporting.workbooks.words import NOT_ALLOWED
from meritindex.scoring.saying import Sayer

_TITLE = Text("Jawaban tidak diterima", "Answer not allowed")
# What Excel shows of a message, and what it takes as a list of choices.
_LONGEST_MESSAGE, _LONGEST_LIST = 225, 255


@attrs.frozen(kw_only=True)
class Checks:
    """What the cells of a sheet take.

    Attributes:
        sheet: with the cells.
        instrument: of which the answers are.
        say: the language.
    """

    sheet: Sheet
    instrument: Instrument
    say: Sayer

    def add(self, cells: str, code: str, options: Sequence[str] = ()) -> None:
        """Let a range of cells take the answers of a gate, an indicator, a measure or a dimension.

        Args:
            cells: the range.
            code: of what is answered there.
            options: for a gate, the cells of its options.
        """
        node = self.instrument[code]
        rule: dict[str, object]
        if isinstance(node, Gate):
            end = options[-1].rpartition("!")[2]
            rule = {"type": "list", "formula1": f"{options[0]}:{end}"}
            said = Text.same(", ".join(node.values))
        elif isinstance(node, Indicator):
            levels = [str(level.value) for level in node.scale.levels]
            choices = f'"{",".join(levels)}"'
            if len(choices) <= _LONGEST_LIST:
                rule = {"type": "list", "formula1": choices}
            else:
                rule = {"type": "whole", "formula1": levels[0], "formula2": levels[-1]}
            said = Text.same(", ".join(levels))
        else:
            low, high = map(decimal_text, number_range(node, self.instrument))
            rule = {"type": "decimal", "formula1": low, "formula2": high}
            said = allowed_numbers(node, self.instrument)
        message = self.say(NOT_ALLOWED.fill(allowed=said))
        if len(message) > _LONGEST_MESSAGE:
            message = message[: _LONGEST_MESSAGE - 1] + "…"
        self.sheet.check(cells, rule, self.say(_TITLE), message)
