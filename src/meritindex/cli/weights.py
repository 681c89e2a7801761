"""Reading the word after `--weighting`."""

from __future__ import annotations

from pathlib import Path

from meritindex import files
from meritindex.assessment.csv_rows import csv_records
from meritindex.definition import EqualRemainder, Given, Stated, Weighting
from meritindex.errors import Fault, FileError
from meritindex.language import Text
from meritindex.numbers import quoted

_GIVEN = "given:"
_NAMED: dict[str, Weighting] = {each.name: each for each in (Stated(), EqualRemainder())}


def is_weighting(word: str) -> bool:
    """Say whether a word has the form of a weighting: a name, or `given:` and a file."""
    return word in _NAMED or bool(weights_file(word))


def weights_file(word: str | None) -> str | None:
    """Return the file that a weighting is read from, or None where it needs none."""
    return word.removeprefix(_GIVEN) if word is not None and word.startswith(_GIVEN) else None


def read_weighting(word: str) -> Weighting:
    """Return the weighting that a word names: `stated`, `equal-remainder` or `given:FILE`.

    The file is CSV with the columns `code` and `weight`. It is no source: its numbers are assumed,
    given by the caller.

    Raises:
        FileError: the file can't be read, or has other columns.
        NumberError: a weight is not a number.
    """
    if word in _NAMED:
        return _NAMED[word]
    path = Path(word.removeprefix(_GIVEN))
    records = list(csv_records(path.name, files.read_text(path)))
    columns = [cell.strip().casefold() for cell in records[0].cells] if records else []
    if columns != ["code", "weight"]:
        message = Text(
            "kolomnya harus code dan weight, bukan {columns}",
            "the columns must be code and weight, not {columns}",
        ).fill(columns=quoted(", ".join(columns)))
        allowed = Text.same("code, weight")
        place = Text.same(path.name)
        raise FileError(
            Fault(code="weights-columns", message=message, place=place, allowed=allowed)
        )
    faults = [
        Fault(
            code="weights-cells",
            message=Text(
                "ada {count} sel; yang diterima: 2", "there are {count} cells; allowed: 2"
            ).fill(count=len(record.cells)),
            place=Text(f"{path.name}, baris {record.line}", f"{path.name}, line {record.line}"),
        )
        for record in records
        if len(record.cells) != len(columns)
    ]
    if faults:
        raise FileError(faults)
    return Given([(record.cells[0].strip(), record.cells[1]) for record in records[1:]])
