"""Writing a form: all its sheets, and what is filled in already."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from fractions import Fraction

from meritindex.assessment import Assessment
from meritindex.assessment.building import instrument_of
from meritindex.assessment.forms.layout import YES_OR_NO, FormLayout, gate_words, layout
from meritindex.assessment.values import make_fault
from meritindex.definition import Agency, Instrument, Stage, Weighting
from meritindex.errors import AssessmentError, Fault, WeightingError
from meritindex.extras import needing
from meritindex.files import write_bytes
from meritindex.language import Language, Text
from meritindex.numbers import parse_number, shortest_text
from meritindex.reporting.forms.calculation import Calculation
from meritindex.reporting.forms.cover import write_cover
from meritindex.reporting.forms.form import NOBODY, Form, Given
from meritindex.reporting.forms.lists import Lists
from meritindex.reporting.forms.numbers import write_numbers
from meritindex.reporting.forms.sections import write_section
from meritindex.reporting.forms.summary import write_summary
from meritindex.reporting.sheet_formulas import sheet_program
from meritindex.reporting.workbooks.cells import cell_text
from meritindex.reporting.workbooks.saving import saved
from meritindex.scoring import plan


def write_form(  # noqa: PLR0913 - what is filled in already, named at the call
    instrument: Instrument | str,
    path: str | os.PathLike[str],
    *,
    language: Language = "id",
    agency: Agency | str | None = None,
    year: int | dt.date | None = None,
    stage: Stage | str | None = None,
    assessment: Assessment | None = None,
    weighting: Weighting | None = None,
) -> None:
    """Write an Excel form of an instrument, to be filled in and read back.

    The form has a cover (who is assessed, the opening questions, what to know), a sheet for each
    part of the instrument with all criteria, a sheet of numbers, and a summary whose formulas
    compute the index and its band while one types, in whole numbers, exactly as `score` does.
    Where that is not possible (see `docs/forms.md`), the summary says so.

    Args:
        instrument: the instrument, or the id of one in the catalog.
        path: where the form goes; it is complete or absent.
        language: of the form, `id` or `en`.
        agency: who will fill it in; a name or code of the directory is looked up.
        year: of the assessment, or its date.
        stage: of the assessment.
        assessment: answers to begin with; agency, year and stage are its own then.
        weighting: where the weights of the summary come from; None for the instrument's default.

    Raises:
        AssessmentError: a year or stage that can't be one, an assessment under another instrument,
            or one with points, or a standing of its answers, for which the form has no cell.
        UnknownNameError: the agency or the instrument is not known.
        WeightingError: a weighting was given that does not give every weight.
        FileError: the place can't be written.
        MissingExtraError: openpyxl is not installed.

    Examples:
        >>> # needs: openpyxl
        >>> import tempfile, pathlib, meritindex as mi
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> mi.write_form("ism-2026", folder / "sleman.xlsx", agency="Kabupaten Sleman", year=2026)
        >>> (folder / "sleman.xlsx").stat().st_size > 10_000
        True
    """
    content = form_bytes(
        instrument,
        language=language,
        agency=agency,
        year=year,
        stage=stage,
        assessment=assessment,
        weighting=weighting,
    )
    write_bytes(path, content)


def form_bytes(  # noqa: PLR0913 - as of `write_form`
    instrument: Instrument | str,
    *,
    language: Language = "id",
    agency: Agency | str | None = None,
    year: int | dt.date | None = None,
    stage: Stage | str | None = None,
    assessment: Assessment | None = None,
    weighting: Weighting | None = None,
) -> bytes:
    """Return the bytes of a form; arguments and errors are those of `write_form`."""
    with needing("excel", Text("Formulir Excel", "An Excel form")):
        from openpyxl import Workbook  # noqa: PLC0415 - optional
        from openpyxl.workbook.protection import WorkbookProtection  # noqa: PLC0415 - optional

    form = _form(
        instrument, language, weighting, _given(instrument, agency, year, stage, assessment)
    )
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    title = form.instrument.title.in_language(language)
    workbook.properties.title = cell_text(title, language)
    workbook.properties.language = language
    # The structure is locked, so that no sheet is lost or renamed by mistake.
    workbook.security = WorkbookProtection(lockStructure=True)
    lists = Lists(form)
    calculation = Calculation(form, lists)
    write_cover(workbook, form, lists, calculation)
    for section in form.places.sections:
        write_section(workbook, section, form, lists, calculation)
    write_numbers(workbook, form, calculation)
    write_summary(workbook, form, calculation)
    calculation.write(workbook)
    lists.write(workbook)
    return saved(workbook)


def _form(
    instrument: Instrument | str,
    language: Language,
    weighting: Weighting | None,
    given: tuple[Assessment, bool] | None,
) -> Form:
    chosen = instrument_of(instrument)
    places = layout(chosen, language)
    try:
        compiled = plan(chosen, weighting)
    except WeightingError:
        if weighting is not None:
            raise
        # The instrument's own default leaves weights open: there is nothing to compute.
        compiled = None
    program = _NO_WEIGHTS if compiled is None else sheet_program(compiled, tuple(places.entries))
    filled: dict[str, Given] = {}
    if given is not None:
        if faults := tuple(_without_place(places, given[0])):
            raise AssessmentError(faults)
        filled = dict(_filled(places, given[0], known=given[1]))
    return Form(instrument=chosen, places=places, plan=compiled, program=program, filled=filled)


_NO_WEIGHTS = Text("bobotnya belum lengkap", "weights are missing")


def _given(
    instrument: Instrument | str,
    agency: Agency | str | None,
    year: int | dt.date | None,
    stage: Stage | str | None,
    assessment: Assessment | None,
) -> tuple[Assessment, bool] | None:
    """Return what is filled in already as an assessment, and whether its agency is one."""
    chosen = instrument_of(instrument)
    if assessment is not None:
        if assessment.instrument != chosen:
            raise AssessmentError(
                make_fault(
                    "instruments-differ",
                    Text(
                        "penilaian memakai {value}, bukan {allowed}",
                        "the assessment is under {value}, not {allowed}",
                    ),
                    agency=assessment.agency.name,
                    value=assessment.instrument.id,
                    allowed=Text.same(chosen.id),
                )
            )
        return assessment, True
    if agency is None and year is None and stage is None:
        return None
    facts = Assessment(
        agency=NOBODY if agency is None else agency,
        instrument=chosen,
        date=year if isinstance(year, dt.date) else None,
        year=None if isinstance(year, dt.date) else year,
        stage=stage,
    )
    return facts, agency is not None


def _filled(
    places: FormLayout, assessment: Assessment, *, known: bool
) -> Iterator[tuple[str, Given]]:
    """Yield what is filled in already, by the name of its column in a file."""
    language, instrument = places.language, places.instrument
    if known:
        yield "agency", assessment.agency.name
        if assessment.agency.code is not None:
            yield "code", assessment.agency.code
        if assessment.agency.kind is not None:
            yield "agency.kind", assessment.agency.kind.label.in_language(language)
    day = assessment.date or assessment.year
    if day is not None:
        yield "year", day
    if assessment.stage is not None:
        yield "stage", assessment.stage.label.in_language(language)
    if assessment.synthetic:
        yield "synthetic", YES_OR_NO[0].in_language(language)
    options = dict(assessment.gates)
    for gate in instrument.gates:
        if gate.code in options:
            place = gate.values.index(options[gate.code])
            yield gate.code, gate_words(gate, language)[place]
    yield from assessment.levels
    yield from (
        (f"{code}.state", state.label.in_language(language)) for code, state in assessment.states
    )
    yield from ((f"{code}.evidence", said) for code, said in assessment.evidence)
    for code, value in (*assessment.measures, *assessment.points):
        yield code, _number(value)


def _number(value: Fraction) -> int | float | str:
    """Return a number as a cell holds it: as text, where a double would not be the same number."""
    if value.denominator == 1:
        return int(value)
    nearest = float(value)
    return nearest if parse_number(nearest) == value else shortest_text(value)


def _without_place(places: FormLayout, assessment: Assessment) -> Iterator[Fault]:
    """Yield what a form would lose: it has no cell for it."""
    name = assessment.agency.name
    for code, value in assessment.points:
        if code not in places.answers:
            yield make_fault(
                "form-without-place",
                Text(
                    "nilai {value} diisi untuk {item}, yang dalam formulir dihitung dan tidak "
                    "diisi",
                    "points of {value} are entered for {item}, which a form computes and does not "
                    "ask for",
                ),
                agency=name,
                item=code,
                value=shortest_text(value),
            )
    standings = [(f"{code}.standing", standing) for code, standing in assessment.standings]
    if assessment.standing is not None:
        standings.insert(0, ("agency.standing", assessment.standing))
    for item, standing in standings:
        # Whoever fills the form in may change any answer: what was known of it would be wrong then.
        yield make_fault(
            "form-without-place",
            Text(
                "tingkat kepastian {item} adalah {standing}; formulir tidak menyimpannya, karena "
                "jawaban di dalamnya dapat diubah",
                "the standing {item} is {standing}; a form does not keep it, since the answers in "
                "it can be changed",
            ),
            agency=name,
            item=item,
            value=standing.value,
            standing=standing.label,
        )
