"""What is to be minded about a plan: days, rounding, claims, what stays, and the usual weights."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from shlex import quote

from meritindex.analysis.improving.improvement import Improvement
from meritindex.analysis.improving.steps import ImprovementStatus
from meritindex.analysis.premises import codes_text, named_codes
from meritindex.definition import Admissible, Instrument, Stage
from meritindex.errors import MeritIndexError
from meritindex.language import LANGUAGES, Language, Text, counted, day_words, listed
from meritindex.numbers import decimal_text, localized
from meritindex.scoring import score
from meritindex.scoring.formulas import approximate, shown
from meritindex.scoring.saying import Sayer

FROM_CLAIMS = Text(
    "berangkat dari klaim yang belum diverifikasi", "made from claims that are not verified"
)

_STEP = Text("langkah", "step")
_UNDATED = Text(
    "{steps} tanpa tanggal dianggap dapat selesai kapan saja: {codes}",
    "{steps} without a date, taken to be ready at any time: {codes}",
)
_ROUNDED = Text(
    "Batas {limit}: nilai dibulatkan lebih dahulu ke {digits} desimal, sehingga {reaching} menjadi "
    "{printed}, dan {printed} sudah {band}",
    "The limit of {limit}: totals are rounded to {digits} decimals first, so that {reaching} "
    "becomes {printed}, and {printed} is {band}",
)
_USUAL = Text(
    "Dengan bobot yang biasa kategorinya sudah {usual}; yang pasti, apa pun bobotnya, baru "
    "{certain}{further}",
    "With the usual weights the band is {usual} already; what is certain, whatever the weights, "
    "is {certain}{further}",
)
_FURTHER = Text(". Untuk {band}: --to {name}", ". For {band}: --to {name}")
_STAYS = Text("Tidak dinaikkan dan tetap: {values}", "Not raised, and as they are: {values}")


def both(write: Callable[[Language], str]) -> Text:
    """Return what is written in either language."""
    return Text(write("id"), write("en"))


def day_lines(improvement: Improvement) -> Iterator[Text]:
    """Yield by which day the plan can be done, and which of its steps have no date."""
    day, undated = improvement.ready, improvement.undated
    if day is not None:
        words = Text("Semua langkah dapat selesai pada {day}", "All steps can be done by {day}")
        if undated:
            words = Text(
                "Langkah yang bertanggal dapat selesai pada {day}",
                "Steps with a date can be done by {day}",
            )
        yield words.fill(day=day_words(day))
    if undated:
        yield _UNDATED.fill(steps=counted(len(undated), _STEP), codes=codes_text(undated))


def limit_lines(improvement: Improvement) -> Iterator[Text]:
    """Yield how the limit of a band is read where totals are rounded first."""
    target, bands = improvement.target, improvement.instrument.root.bands
    if not _is_ahead(improvement) or target.band is None or target.limit is None or bands is None:
        return
    rounding, limit = bands.rounding, target.limit
    if rounding is None:
        return
    printed = rounding.round(limit) + (0 if target.inclusive else rounding.unit)
    if printed != limit:
        said = both(lambda language: approximate(limit, language))
        above = Text("nilai di atas {limit}", "a total above {limit}").fill(limit=said)
        yield _ROUNDED.fill(
            limit=said,
            reaching=said if target.inclusive else above,
            digits=rounding.digits,
            printed=both(
                lambda language: localized(
                    decimal_text(printed, rounding.digits, fixed=True), language
                )
            ),
            band=_band(improvement.instrument, target.band),
        )


def usual_lines(improvement: Improvement) -> Iterator[Text]:
    """Yield that the usual weights give the target already, where open weights do not."""
    target, bands = improvement.target, improvement.instrument.root.bands
    if not isinstance(improvement.weighting, Admissible) or bands is None or target.band is None:
        return
    names = [band.name.id for band in bands]
    usual, certain = _usual_band(improvement), improvement.band_before
    if not _is_ahead(improvement) or usual is None or certain is None:
        return
    if names.index(usual) < names.index(target.band):
        return
    further = Text.same("")
    for name in names[names.index(usual) + 1 :][:1]:
        further = _FURTHER.fill(band=_band(improvement.instrument, name), name=quote(name))
    yield _USUAL.fill(
        usual=_band(improvement.instrument, usual),
        certain=_band(improvement.instrument, certain),
        further=further,
    )


def _usual_band(improvement: Improvement) -> str | None:
    """Return the band under the weights that are taken where none are chosen."""
    try:
        return score(improvement.case.assessments).bands[0]
    except MeritIndexError:  # the instrument publishes no weights that suffice
        return None


def ground_remarks(improvement: Improvement) -> Iterator[Text]:
    """Yield that a plan starts from claims, and what it leaves as it is."""
    if improvement.facts.stage is Stage.SELF_ASSESSED:
        yield Text("Rencana {what}", "The plan is {what}").fill(what=FROM_CLAIMS)
    values = [*_measured(improvement)]
    if values:
        yield _STAYS.fill(values=listed(values, "; "))


def _measured(improvement: Improvement) -> Iterator[Text]:
    """Yield the measures of which the value is known."""
    instrument, given = improvement.instrument, improvement.case.assessments
    for measure in instrument.measures:
        column = given.measures[measure.code]
        if column.known[0]:
            value = Fraction(int(column.numerators[0]), 10**measure.decimals)
            name = named_codes(instrument, (measure.code,))
            yield Text(*(f"{name.in_language(each)} {shown(value, each)}" for each in LANGUAGES))


def _is_ahead(improvement: Improvement) -> bool:
    """Say whether the target is not reached yet."""
    return improvement.status in {ImprovementStatus.PLANNED, ImprovementStatus.UNREACHABLE}


def _band(instrument: Instrument, name: str) -> Text:
    return both(lambda language: Sayer(language).band(instrument, name))
