"""The sheet on which the answers of one agency stand, with the criteria of their levels."""

from __future__ import annotations

import attrs

from meritindex.assessment.places import column_letters
from meritindex.definition import Gate, Indicator, Level
from meritindex.language import Text
from meritindex.reporting.sheet_formulas.expressions import either
from meritindex.reporting.workbooks.answers import NOT_APPLICABLE, allowed_numbers
from meritindex.reporting.workbooks.book import Book, Content, Filled, Formula
from meritindex.reporting.workbooks.card_calculation import CardCalculation
from meritindex.reporting.workbooks.checking import Checks
from meritindex.reporting.workbooks.given import Given
from meritindex.reporting.workbooks.head import first_row, write_head
from meritindex.reporting.workbooks.looks import BOLD, HEADER, INPUT, NOTE, PLAIN
from meritindex.reporting.workbooks.words import ANSWERS
from meritindex.scoring import ScoreCard
from meritindex.scoring.saying import Sayer

ANSWER_COLUMN = "D"

_INAPPLICABLE = Text("tidak berlaku", "not applicable")
_UNANSWERED = Text("belum dijawab", "not answered")
_CRITERION_OF_LEVEL = Text("kriteria tingkat {number}", "criterion of level {number}")
_CRITERION = Text("kriteria ke-{number}", "criterion {number}")
_TITLES = (
    (Text("kode", "code"), 24.0),
    (Text("nama", "name"), 44.0),
    (Text("bagian dari", "part of"), 12.0),
    (Text("jawaban", "answer"), 12.0),
    (Text("arti jawaban", "what it means"), 60.0),
    (Text("status jawaban", "state of the answer"), 16.0),
    (Text("bukti", "evidence"), 40.0),
)
_CRITERION_WIDTH = 24.0
_UNWRAPPED = attrs.evolve(NOTE, wrap=False)


class CardAnswers:
    """The sheet of answers of a card.

    Args:
        book: the workbook.
        card: whose answers they are.
        codes: of what can be answered, in the order of the rows.
        calculation: of the same codes; None where nothing is computed in the workbook.
    """

    def __init__(
        self,
        book: Book,
        card: ScoreCard,
        codes: tuple[str, ...],
        calculation: CardCalculation | None,
    ) -> None:
        self._book, self._card, self._calculation = book, card, calculation
        self._codes, self._say = codes, Sayer(book.language)
        self._first = first_row(card)
        self._given = Given(assessments=card.assessments)
        facts = card.assessments.facts[card.row]
        self._states, self._evidence = dict(facts.states), dict(facts.evidence)
        indicators = card.instrument.indicators
        self._steps = max((len(indicator.levels) for indicator in indicators), default=0)
        # Where scales differ, a level stands in front of its criterion, and not above it.
        scales = {tuple(level.value for level in indicator.levels) for indicator in indicators}
        self._scale = scales.pop() if len(scales) == 1 else None

    def write(self, options: dict[str, tuple[str, ...]]) -> None:
        """Write the sheet; `options` are the cells of the options of every gate."""
        say, instrument = self._say, self._card.instrument
        title = _CRITERION if self._scale is None else _CRITERION_OF_LEVEL
        numbers = self._scale or range(1, self._steps + 1)
        criteria = [say(title.fill(number=number)) for number in numbers]
        widths = [width for _, width in _TITLES] + [_CRITERION_WIDTH] * self._steps
        frozen = f"C{self._first}"
        sheet = self._book.sheet(say(ANSWERS), widths, frozen=frozen, landscape=True)
        for place in range(self._steps):
            sheet.fold(column_letters(len(_TITLES) + 1 + place))
        write_head(sheet, self._card, say)
        titles = [say(title) for title, _ in _TITLES] + criteria
        sheet.append([Filled(title, HEADER) for title in titles])
        checks = Checks(sheet=sheet, instrument=instrument, say=say)
        for code in self._codes:
            row = sheet.rows + 1
            sheet.append(self._row(code, row, options))
            if self._calculation is not None:
                checks.add(f"{ANSWER_COLUMN}{row}", code, options.get(code, ()))
        sheet.filter(self._first - 1, len(_TITLES))
        sheet.print_columns(column_letters(len(_TITLES)))
        if self._calculation is not None:
            # A condition on another sheet is not understood everywhere; the meaning stands beside.
            first, last = f"{ANSWER_COLUMN}{self._first}", f"{ANSWER_COLUMN}{sheet.rows}"
            sheet.grey_out(f"{first}:{last}", f'$E{self._first}="{say(_INAPPLICABLE)}"')

    def _row(self, code: str, row: int, options: dict[str, tuple[str, ...]]) -> list[Filled]:
        say, instrument = self._say, self._card.instrument
        node = instrument[code]
        name = node.question if isinstance(node, Gate) else node.name
        parent = instrument.parent(code)
        state = self._states.get(code)
        look = attrs.evolve(PLAIN, across="center") if self._calculation is None else INPUT
        cells = [
            Filled(code, BOLD),
            Filled(say(name)),
            Filled(None if parent is None else parent.code),
            Filled(self._given(self._card.row, code), look),
            Filled(self._meaning(code, row, options)),
            Filled(None if state is None else say(state.label)),
            Filled(self._evidence.get(code)),
        ]
        if isinstance(node, Indicator):
            cells += [Filled(self._criterion(level) or None, _UNWRAPPED) for level in node.levels]
        return cells

    def _criterion(self, level: Level) -> str:
        """Return the criterion of a level; an empty text where none is stated."""
        if level.criterion is None:
            return ""
        criterion = self._say(level.criterion)
        return criterion if self._scale is not None else f"{level.value}: {criterion}"

    def _meaning(self, code: str, row: int, options: dict[str, tuple[str, ...]]) -> Content:
        """Return what an answer means: for a level its criterion, for a gate its option's label."""
        node, calculation = self._card.instrument[code], self._calculation
        text = self._meant(code)
        if calculation is None or not isinstance(node, Gate | Indicator):
            return text
        say, answer = self._say, f"{ANSWER_COLUMN}{row}"
        unanswered = f'"{say(_UNANSWERED)}"'
        if isinstance(node, Gate):
            place = calculation.reference("place", code)
            first, last = options[code][0], options[code][-1].rpartition("!")[2]
            labels = f"{first}:{last}".replace("$C$", "$D$")
            return Formula(f"IF({place}=0,{unanswered},INDEX({labels},{place}))", text)
        given = calculation.reference("given", code)
        first = column_letters(len(_TITLES) + 1)
        last = column_letters(len(_TITLES) + len(node.levels))
        step = f"{answer}-{node.levels[0].value - 1}"
        criterion = f'INDEX(${first}{row}:${last}{row},1,{step})&""'
        chosen = f"IF({given},{criterion},{unanswered})"
        inapplicable = f'"{say(_INAPPLICABLE)}"'
        return Formula(
            either(calculation.absent(code), inapplicable, chosen),
            text,
            max(map(self._criterion, node.levels), key=len),
        )

    def _meant(self, code: str) -> str:
        """Return what the answer that was given means."""
        say, node = self._say, self._card.instrument[code]
        given = self._given(self._card.row, code)
        if isinstance(node, Gate):
            labels = {option.value: say(option.label) for option in node.options}
            return say(_UNANSWERED) if given is None else labels[str(given)]
        if not isinstance(node, Indicator):
            return say(allowed_numbers(node, self._card.instrument))
        if given == NOT_APPLICABLE:
            return say(_INAPPLICABLE)
        if not isinstance(given, int):
            return say(_UNANSWERED)
        return self._criterion(node.level(given))
