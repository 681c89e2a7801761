"""The texts that the cells of a workbook share."""

from __future__ import annotations

from meritindex.assessment.workbooks.cells import spoken
from meritindex.assessment.workbooks.limits import MAX_STRINGS, LimitedText, too_much
from meritindex.assessment.workbooks.markup import Attributes, Budget, parse
from meritindex.language import Text


def read_strings(file: str, part: str, content: bytes, budget: Budget) -> list[str]:
    """Return the shared texts in their order, without their formats and how they are pronounced.

    Raises:
        FileError: malformed markup, or too many texts.
    """
    strings: list[str] = []
    said = LimitedText(file)
    reading = False
    aside = 0

    def start(name: str, _: Attributes) -> None:
        nonlocal reading, aside
        if name == "si":
            if len(strings) >= MAX_STRINGS:
                raise too_much("workbook-strings", Text("teks", "texts"), MAX_STRINGS, file)
            said.clear()
        elif name == "rPh":
            aside += 1
        elif name == "t":
            reading = not aside

    def end(name: str) -> None:
        nonlocal reading, aside
        if name == "t":
            reading = False
        elif name == "rPh":
            aside -= 1
        elif name == "si":
            strings.append(spoken(str(said)))

    def text(piece: str) -> None:
        if reading:
            said.add(piece)

    parse(file, part, content, budget, start=start, end=end, text=text)
    return strings
