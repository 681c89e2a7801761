"""One filled form: what its cells hold by the names of columns, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from meritindex.assessment.forms.layout import (
    FORMAT,
    HIDDEN_FACTS,
    HIDDEN_SHEET,
    FormLayout,
    Place,
    gate_words,
    layout,
)
from meritindex.assessment.places import place_on_sheet
from meritindex.assessment.sheet_cells import cell_value, merged_fault, shown_content
from meritindex.assessment.values import is_empty, make_fault, option_fault
from meritindex.assessment.workbooks import Sheet, Workbook
from meritindex.definition import Gate, Instrument
from meritindex.errors import Fault
from meritindex.language import LANGUAGES, Language, Text
from meritindex.numbers import quoted

_EVIDENCE, _LINK = ".evidence", ".link"


@attrs.frozen(kw_only=True)
class FilledForm:
    """What a form holds.

    Attributes:
        file: the name of its file.
        layout: where its cells are.
        cells: by the name of its column in a file, what a cell holds.
        faults: with the column that each is about; None where it is the form.
    """

    file: str
    layout: FormLayout
    cells: Mapping[str, object]
    faults: Sequence[tuple[str | None, Fault]] = ()


def unread_form(instrument: Instrument, file: str, faults: Sequence[Fault]) -> FilledForm:
    """Return a form of which nothing can be read, and why."""
    return FilledForm(
        file=file,
        layout=layout(instrument, "id"),
        cells={},
        faults=[(None, fault) for fault in faults],
    )


def filled_form(instrument: Instrument, workbook: Workbook) -> FilledForm:
    """Return what a form holds.

    Raises:
        FileError: a sheet can't be read.
    """
    language, fault = _language(instrument, workbook)
    if fault is not None:
        return unread_form(instrument, workbook.file, [fault])
    places = layout(instrument, language)
    sheets, faults = _sheets(workbook, places)
    values = {
        column: _value(instrument, column, place, sheets[place.sheet])
        for column, place in places.typed.items()
        if place.sheet in sheets
    }
    for gate in instrument.gates:
        if gate.code in values:
            values[gate.code] = _option(gate, language, values[gate.code])
    for indicator in instrument.indicators:
        _join_link(values, indicator.code)
    for column, value in values.items():
        if isinstance(value, Fault):
            about = column.removesuffix(_LINK) + _EVIDENCE if column.endswith(_LINK) else column
            at = _shown(workbook.file, places.typed[column])
            faults.append((about, attrs.evolve(value, place=at)))
    return FilledForm(
        file=workbook.file,
        layout=places,
        cells={column: value for column, value in values.items() if not isinstance(value, Fault)},
        faults=faults,
    )


def is_form(workbook: Workbook) -> bool:
    """Say whether a workbook is a form, of whatever instrument."""
    return HIDDEN_SHEET in workbook


def _language(instrument: Instrument, workbook: Workbook) -> tuple[Language, Fault | None]:
    """Return the language of a form, and why it can't be read as one of this instrument, if so."""
    file = Text.same(workbook.file)
    if not is_form(workbook):
        message = Text(
            "bukan formulir meritindex, atau lembar tersembunyinya hilang; buat formulir baru",
            "this is no form of meritindex, or its hidden sheet is gone; make a new form",
        )
        return "id", make_fault("form-missing", message, place=file)
    sheet = workbook.sheet(HIDDEN_SHEET)
    said = {
        shown_content(sheet.at(row, 1)): shown_content(sheet.at(row, 2))
        for row in range(1, len(HIDDEN_FACTS) + 1)
    }
    form, rules, version, language = (said.get(name, "") for name in HIDDEN_FACTS)
    known = next((known for known in LANGUAGES if known == language), None)
    if form != FORMAT or known is None:
        message = Text(
            "formulir ini dari versi {value}; yang dapat dibaca: {allowed}",
            "the form is of the version {value}; allowed: {allowed}",
        )
        given = quoted(f"{form} {language}")
        fault = make_fault(
            "form-format", message, place=file, value=given, allowed=Text.same(FORMAT)
        )
    elif rules != instrument.id:
        message = Text(
            "berkas ini untuk instrumen {value}, bukan {allowed}",
            "the file is for the instrument {value}, not {allowed}",
        )
        fault = make_fault(
            "instruments-differ",
            message,
            place=file,
            value=quoted(rules)[1:-1],
            allowed=Text.same(instrument.id),
        )
    elif version != instrument.fingerprint:
        message = Text(
            "formulir ini dibuat untuk versi lain dari instrumen {instrument}; salin isinya ke "
            "formulir baru",
            "the form was made for another version of the instrument {instrument}; copy what it "
            "says into a new form",
        )
        fault = make_fault(
            "form-other-version",
            message,
            place=file,
            value=quoted(version)[1:-1],
            allowed=Text.same(instrument.fingerprint),
            instrument=instrument.id,
        )
    else:
        return known, None
    return "id", fault


def _sheets(
    workbook: Workbook, places: FormLayout
) -> tuple[dict[str, Sheet], list[tuple[str | None, Fault]]]:
    """Return the sheets whose rows stand where they were, and what is wrong with the others."""
    first: dict[str, str] = {}
    for column, place in places.typed.items():
        first.setdefault(place.sheet, column)
    sheets: dict[str, Sheet] = {}
    faults: list[tuple[str | None, Fault]] = []
    for name, column in first.items():
        if name not in workbook:
            message = Text(
                "lembar {value} tidak ada; mungkin dihapus atau diganti namanya",
                "the sheet {value} is missing; perhaps it was deleted or renamed",
            )
            at = Text.same(workbook.file)
            fault = make_fault("form-sheet-missing", message, place=at, value=quoted(name))
            faults.append((column, fault))
            continue
        sheet = workbook.sheet(name)
        moved = next(_moved(workbook.file, sheet, places), None)
        if moved is None:
            sheets[name] = sheet
        else:
            faults.append((column, moved))
    return sheets, faults


def _moved(file: str, sheet: Sheet, places: FormLayout) -> Iterator[Fault]:
    """Yield where a sheet doesn't have the code that stood there; then all below it has moved."""
    for code, place in places.code_cells.items():
        if place.sheet != sheet.name:
            continue
        content = sheet.at(place.row, place.column)
        if content is None or shown_content(content).strip() != code:
            yield make_fault(
                "form-code-moved",
                Text(
                    "sel berisi {value}, bukan kode {allowed}; baris atau kolom lembar ini "
                    "bergeser, sehingga isinya tidak dibaca",
                    "the cell has {value} and not the code {allowed}; rows or columns of this "
                    "sheet have moved, so that it is not read",
                ),
                place=_shown(file, place),
                item=code,
                value=quoted("" if content is None else shown_content(content)),
                allowed=Text.same(code),
            )


def _value(instrument: Instrument, column: str, place: Place, sheet: Sheet) -> object | Fault:
    if any(area.hides(place.row, place.column) for area in sheet.merged):
        return merged_fault(column)
    return cell_value(instrument, column, sheet.at(place.row, place.column))


def _option(gate: Gate, language: Language, value: object | Fault) -> object | Fault:
    """Return the option that is meant by the words that a person picked, or by its value."""
    if isinstance(value, Fault) or is_empty(value):
        return value
    words = gate_words(gate, language)
    said = " ".join(str(value).split()).casefold()
    for option, word in zip(gate.values, words, strict=True):
        if said == word.casefold():
            return option
    for option in gate.values:
        if said == option.casefold():
            return option
    return option_fault(gate, value, words)


def _join_link(values: dict[str, object | Fault], code: str) -> None:
    """Put the link to what was shown for an answer below it, as a line of its own."""
    link = values.get(code + _LINK)
    said = values.get(code + _EVIDENCE)
    if isinstance(link, str) and not is_empty(link) and not isinstance(said, Fault):
        values[code + _EVIDENCE] = link.strip() if is_empty(said) else f"{said}\n{link.strip()}"


def _shown(file: str, place: Place) -> Text:
    return place_on_sheet(place.sheet, place.row, place.column, file)
