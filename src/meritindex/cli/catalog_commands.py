"""The commands `instruments` and `show`: the rules that exist, and the whole of one."""

from __future__ import annotations

from collections.abc import Sequence

from meritindex.cli.answer import Answer
from meritindex.definition import Instrument
from meritindex.language import Language, Text
from meritindex.layout import Column, Document, Table
from meritindex.reporting import instrument_sheet
from meritindex.reporting.instrument_results import (
    instrument_csv,
    instrument_json,
    instruments_csv,
    instruments_json,
    period_of,
)

_INSTRUMENTS = Text("Instrumen", "Instruments")
_TITLES = (
    Text("kode", "id"),
    Text("judul", "title"),
    Text("sejak", "from"),
    Text("sampai sebelum", "until before"),
)


def instruments_answer(instruments: Sequence[Instrument], language: Language) -> Answer:
    """Return what instruments there are, with the days from and until which they are in force."""

    def document() -> Document:
        columns = tuple(Column(title.in_language(language)) for title in _TITLES)
        rows = tuple(
            (each.id, each.title.in_language(language), *(day or "" for day in period_of(each)))
            for each in instruments
        )
        return Document((Table(columns, rows),))

    return Answer(
        title=_INSTRUMENTS,
        document=document,
        rows=lambda: instruments_csv(instruments, language),
        data=lambda: instruments_json(instruments),
    )


def show_answer(instrument: Instrument, language: Language) -> Answer:
    """Return the whole of an instrument; as data, it is what its own file says."""
    return Answer(
        title=instrument.title,
        document=lambda: instrument_sheet(instrument, language),
        rows=lambda: instrument_csv(instrument, language),
        data=lambda: instrument_json(instrument),
    )
