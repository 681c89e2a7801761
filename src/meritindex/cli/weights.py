"""Reading the word after `--weighting`."""

from __future__ import annotations

from pathlib import Path

from meritindex import files
from meritindex.assessment.csv_rows import csv_records
from meritindex.cli.region_file import read_region
from meritindex.definition import Admissible, EqualRemainder, Given, Stated, Weighting
from meritindex.errors import Fault, FileError
from meritindex.language import Text
from meritindex.numbers import quoted

_GIVEN, _REGION = "given:", "admissible:"
_NAMED: dict[str, Weighting | Admissible] = {
    each.name: each for each in (Stated(), EqualRemainder(), Admissible())
}


def is_weighting(word: str) -> bool:
    """Say whether a word has the form of a weighting: a name, or a kind and a file."""
    return word in _NAMED or bool(weights_file(word))


def is_region(word: str) -> bool:
    """Say whether a word that has the form of a weighting names what is known of weights."""
    return word == Admissible().name or word.startswith(_REGION)


def weights_file(word: str | None) -> str | None:
    """Return the file that a weighting is read from, or None where it needs none."""
    for kind in (_GIVEN, _REGION):
        if word is not None and word.startswith(kind):
            return word.removeprefix(kind)
    return None


def read_weighting(word: str) -> Weighting | Admissible:
    """Return the weighting that a word names.

    It is `stated`, `equal-remainder`, `admissible`, or one of these with a file. That of
    `given:FILE` is CSV with the columns `code` and `weight`; it is no source: its numbers are
    assumed, given by the caller. That of `admissible:FILE` is TOML, and may name its source.

    Raises:
        FileError: the file can't be read, or has other columns.
        NumberError: a weight is not a number.
        DefinitionError: what is known of weights makes no sense.
    """
    if word in _NAMED:
        return _NAMED[word]
    if word.startswith(_REGION):
        return read_region(word.removeprefix(_REGION))
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
