"""The commands `record` and `verify`: one result kept as a record, and a record computed anew."""

from __future__ import annotations

from meritindex import files
from meritindex.analysis import record, verify
from meritindex.cli.output import Output
from meritindex.definition import Instrument
from meritindex.language import Language
from meritindex.scoring import ScoreCard

_DIFFERS = 1


def record_output(card: ScoreCard, remarks: tuple[str, ...]) -> Output:
    """Return the record of a result as what the command gives."""
    return Output(text=record(card).decode(), is_data=True, remarks=remarks)


def verification_output(path: str, instrument: Instrument | None, language: Language) -> Output:
    """Return what comes of computing the record in a file anew, and whether it holds.

    Raises:
        FileError: the file can't be read.
        RecordError: what it holds is no record.
        UnknownNameError: the catalog does not have its instrument.
    """
    found = verify(files.read_text(path), instrument)
    return Output(text=found.to_text(language) + "\n", code=0 if found else _DIFFERS)
