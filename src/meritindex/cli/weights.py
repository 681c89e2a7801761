"""Reading the word after `--weighting`."""

from __future__ import annotations

from pathlib import Path

from meritindex import files
from meritindex.assessment.csv_rows import csv_records
from meritindex.definition import EqualRemainder, Given, Stated, Weighting
from meritindex.errors import Fault, FileError
from meritindex.language import Text
from meritindex.numbers import quoted

GIVEN = "given:"
NAMED: dict[str, Weighting] = {"stated": Stated(), "equal-remainder": EqualRemainder()}


def read_weighting(word: str) -> Weighting:
    """Return the weighting that a word names: `stated`, `equal-remainder` or `given:FILE`.

    The file is CSV with the columns `code` and `weight`; its name becomes the source of nothing:
    the numbers are assumed, given by the caller.

    Raises:
        FileError: the file can't be read, or has other columns.
        NumberError: a weight is not a number.
    """
    if word in NAMED:
        return NAMED[word]
    path = Path(word.removeprefix(GIVEN))
    records = list(csv_records(path.name, files.read_text(path)))
    names = [cell.strip().casefold() for cell in records[0].cells] if records else []
    if names != ["code", "weight"]:
        message = Text(
            "kolom harus code dan weight, bukan {names}",
            "the columns must be code and weight, not {names}",
        )
        raise FileError(
            Fault(
                code="weights-columns",
                message=message.fill(names=quoted(", ".join(names))),
                place=Text.same(path.name),
                allowed=Text.same("code, weight"),
            )
        )
    short = [record.line for record in records if len(record.cells) != 2]
    if short:
        message = Text("baris {lines} tidak berisi dua sel", "lines {lines} do not hold two cells")
        raise FileError(
            Fault(
                code="weights-cells",
                message=message.fill(lines=", ".join(map(str, short))),
                place=Text.same(path.name),
            )
        )
    return Given([(row.cells[0].strip(), row.cells[1]) for row in records[1:]])
