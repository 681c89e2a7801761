"""Following agencies through the years: `progress`."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import overload

import attrs

from meritindex.analysis.progressing.occasions import (
    Given,
    Occasion,
    Occasions,
    Weightings,
    occasions_of,
)
from meritindex.analysis.progressing.pacing import CommitmentProgress
from meritindex.analysis.progressing.result import Progress, ProgressTable
from meritindex.assessment import Assessment, AssessmentSet
from meritindex.catalog.directory import settled
from meritindex.definition import Crosswalk, Instrument, MissingPolicy, Stage
from meritindex.definition.commitments import Commitment, as_day, shown_number
from meritindex.errors import DefinitionError, Fault, UnknownNameError
from meritindex.language import Text
from meritindex.numbers import quoted


@overload
def progress(
    assessments: Assessment,
    *,
    commitments: Commitment | Iterable[Commitment] = (),
    as_of: dt.date | None = None,
    weighting: Weightings | None = None,
    missing: MissingPolicy | str | None = None,
    crosswalk: Crosswalk | None = None,
    stage: Stage | str | None = None,
) -> Progress: ...


@overload
def progress(
    assessments: AssessmentSet | Iterable[AssessmentSet],
    *,
    commitments: Commitment | Iterable[Commitment] = (),
    as_of: dt.date | None = None,
    weighting: Weightings | None = None,
    missing: MissingPolicy | str | None = None,
    crosswalk: Crosswalk | None = None,
    stage: Stage | str | None = None,
) -> ProgressTable: ...


@overload
def progress(
    assessments: Iterable[Given],
    *,
    commitments: Commitment | Iterable[Commitment] = (),
    as_of: dt.date | None = None,
    weighting: Weightings | None = None,
    missing: MissingPolicy | str | None = None,
    crosswalk: Crosswalk | None = None,
    stage: Stage | str | None = None,
) -> Progress | ProgressTable: ...


def progress(  # noqa: PLR0913 - each is a choice of its own, named at the call
    assessments: Given | Iterable[Given],
    *,
    commitments: Commitment | Iterable[Commitment] = (),
    as_of: dt.date | None = None,
    weighting: Weightings | None = None,
    missing: MissingPolicy | str | None = None,
    crosswalk: Crosswalk | None = None,
    stage: Stage | str | None = None,
) -> Progress | ProgressTable:
    """Follow agencies through their assessments, and judge what they have promised.

    The assessments of each agency are taken in the order in which they come, which must be that of
    time. They may be under several instruments.

    Args:
        assessments: one `Assessment`, an `AssessmentSet` of several years, or several of either.
        commitments: what agencies have promised; see `Commitment`.
        as_of: the day on which the commitments are judged; only assessments of that day or before
            count, and one of which only the year is stated counts as of 31 December. Needed with
            commitments, for the library never asks the clock.
        weighting: where the weights come from, for all instruments or by the id of each; None for
            each instrument's default.
        missing: what everything missing counts for, instead of what the instruments declare.
        crosswalk: what corresponds under two instruments. It lets totals be compared where it pairs
            everything that was answered one to one with the same levels, on one scale; otherwise it
            only shows dimensions side by side.
        stage: which assessments are meant, where there are several stages in a year.

    Returns:
        A `ProgressTable`; a `Progress` where only single assessments of one agency were given.

    Raises:
        AssessmentError: assessments without a year, out of order, of the same time or at two stages
            in a year, or none at all; every fault is listed.
        DefinitionError: commitments without `as_of`, or signed after it; the same one twice; a band
            that the instrument does not have; numbers outside its scale, or a band that the
            baseline or a milestone has reached already. Every fault is listed.
        UnknownNameError: a commitment of an agency that the directory can't have.
        WeightingError: a weighting does not give every weight.

    Examples:
        >>> import meritindex as mi
        >>> from meritindex.analysis.progressing import progress
        >>> years = [
        ...     mi.Assessment(agency="Kota Malang", instrument="ism-2019", year=year,
        ...                   points={"total": total}, synthetic=True)
        ...     for year, total in ((2022, "240.5"), (2023, 251), (2024, 260))
        ... ]
        >>> found = progress(years)
        >>> found.difference, found.streak.periods, found.changes[0].bands
        (Fraction(39, 2), 2, ('Kurang', 'Baik'))
    """
    given = [assessments] if isinstance(assessments, Given) else list(assessments)
    found, left_out = occasions_of(given, weighting, missing, stage)
    promised = [commitments] if isinstance(commitments, Commitment) else list(commitments)
    as_of = None if as_of is None else as_day(as_of)
    judged = _judged(promised, found, as_of)
    rows = tuple(
        Progress(
            occasions=occasions,
            crosswalk=crosswalk,
            commitments=tuple(each for each in judged if each.agency == agency),
        )
        for agency, occasions in found.items()
    )
    others = {each.agency for each in judged} - found.keys()
    single = all(isinstance(each, Assessment) for each in given)
    if len(rows) == 1 and single and not (others or left_out):
        return rows[0]
    return ProgressTable(rows=rows, commitments=judged, as_of=as_of, left_out=left_out)


def _judged(
    commitments: Sequence[Commitment], found: Occasions, as_of: dt.date | None
) -> tuple[CommitmentProgress, ...]:
    """Return how the commitments stand.

    Raises:
        DefinitionError: they can't be judged; every fault is listed.
        UnknownNameError: agencies that the directory can't have.
    """
    known = _with_known_agencies(commitments)
    faults = list(_faults(known, as_of))
    judged = []
    for commitment in known:
        occasions = found.get(commitment.agency, ())
        if commitment.instrument is not None:
            occasions = tuple(
                each for each in occasions if each.instrument.id == commitment.instrument
            )
        one_scale = len({each.scale for each in occasions}) <= 1
        faults += _scale_faults(commitment, occasions, one_scale=one_scale)
        if as_of is not None:
            judged.append(
                CommitmentProgress(
                    commitment=commitment, as_of=as_of, occasions=occasions, one_scale=one_scale
                )
            )
    if faults:
        raise DefinitionError(faults)
    return tuple(judged)


def _with_known_agencies(commitments: Iterable[Commitment]) -> list[Commitment]:
    found: list[Commitment] = []
    faults: list[Fault] = []
    for commitment in commitments:
        try:
            found.append(attrs.evolve(commitment, agency=settled(commitment.agency)))
        except UnknownNameError as error:
            name = commitment.agency.name
            faults += [
                attrs.evolve(fault, place=Text.same(name), agency=name) for fault in error.faults
            ]
    if faults:
        raise UnknownNameError(faults)
    return found


def _faults(commitments: Sequence[Commitment], as_of: dt.date | None) -> Iterator[Fault]:
    """Yield what is wrong whatever the assessments are."""
    if commitments and as_of is None:
        message = Text(
            "komitmen memerlukan as_of: hari penilaiannya, misalnya 2026-12-31",
            "commitments need as_of: the day on which they are judged, such as 2026-12-31",
        )
        yield Fault(code="as-of-missing", message=message, item="as_of")
    for commitment in commitments:
        if as_of is not None and commitment.signed > as_of:
            message = Text(
                "as_of {value} mendahului penandatanganan; yang diterima: {allowed}",
                "as_of {value} comes before the signing; allowed: {allowed}",
            )
            allowed = Text(f"{commitment.signed} atau sesudahnya", f"{commitment.signed} or later")
            yield commitment.fault("as-of-before-signing", message, as_of, allowed)
    counts = Counter((each.agency, each.signed, each.instrument) for each in commitments)
    for commitment in dict.fromkeys(commitments):
        if counts.pop((commitment.agency, commitment.signed, commitment.instrument), 1) > 1:
            message = Text(
                "komitmen yang ditandatangani {value} ada lebih dari satu kali",
                "the commitment signed on {value} is there more than once",
            )
            yield commitment.fault("commitment-twice", message, commitment.signed)


def _scale_faults(
    commitment: Commitment, occasions: Sequence[Occasion], *, one_scale: bool
) -> Iterator[Fault]:
    """Yield what of a commitment the instruments of the assessments do not allow.

    On several scales nothing can be said: the commitment does not state which one it means.
    """
    if not (occasions and one_scale):
        return
    if isinstance(commitment.target, str):
        for instrument in dict.fromkeys(occasion.instrument for occasion in occasions):
            yield from _band_faults(commitment, instrument)
    yield from _range_faults(commitment, occasions[-1].instrument)


def _band_faults(commitment: Commitment, instrument: Instrument) -> Iterator[Fault]:
    bands = instrument.root.bands
    names = [band.name.id for band in bands or ()]
    number = None if bands is None else bands.number_named(str(commitment.target))
    if bands is None or number is None:
        message = Text(
            "{value} bukan kategori {id}; yang ada: {allowed}",
            "{value} is no band of {id}; there are: {allowed}",
        )
        allowed = Text.same(", ".join(names) or "-")
        text = Text(*(each.replace("{id}", instrument.id) for each in (message.id, message.en)))
        yield commitment.fault("band-unknown", text, quoted(commitment.target), allowed)
        return
    reached = commitment.baseline is not None and bands.number_of(commitment.baseline)
    if reached and reached >= number:
        own = names[reached - 1]
        allowed = Text(
            f"kategori di atas {own}, kategori nilai awalnya",
            f"a band above {own}, that of the baseline",
        )
        yield commitment.target_fault(str(commitment.target), allowed)
    for milestone in commitment.milestones:
        if bands.number_of(milestone.total) >= number:
            below = Text("di bawah kategori {target}", "below the band {target}")
            allowed = below.fill(target=names[number - 1])
            yield commitment.milestone_fault("milestone-total", milestone.total, allowed)


def _range_faults(commitment: Commitment, instrument: Instrument) -> Iterator[Fault]:
    low, high = instrument.entry_range(instrument.root)
    allowed = Text("{low} sampai {high}", "{low} to {high}").fill(
        low=shown_number(low), high=shown_number(high)
    )
    message = Text(
        "{value} tidak terletak pada skala instrumen; yang diterima: {allowed}",
        "{value} is not on the scale of the instrument; allowed: {allowed}",
    )
    totals = [each.total for each in commitment.milestones]
    for value in (commitment.baseline, *totals, commitment.target):
        if isinstance(value, Fraction) and not low <= value <= high:
            yield commitment.fault("commitment-off-scale", message, value, allowed)
