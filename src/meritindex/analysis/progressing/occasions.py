"""The assessments of one agency in the order of time, each with its score."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

import attrs
import numpy as np

from meritindex.analysis.progressing.words import FALL, HELD, RISE
from meritindex.assessment import Assessment, AssessmentSet, RowFacts
from meritindex.assessment.building import place_in_list
from meritindex.assessment.many import UNSTATED_STAGE
from meritindex.assessment.values import make_fault, read_stage
from meritindex.definition import Agency, Instrument, MissingPolicy, Stage, Standing, Weighting
from meritindex.errors import AssessmentError, Fault, WeightingError
from meritindex.language import Text, day_words, listed
from meritindex.numbers import quoted
from meritindex.scoring import ScoreCard, ScoreTable
from meritindex.scoring.plans import plan
from meritindex.scoring.scoring import table_of

Given = Assessment | AssessmentSet
Weightings = Weighting | Mapping[str, Weighting]


class Direction(enum.StrEnum):
    """Which way something went from one assessment to the next."""

    ROSE = "rose"
    HELD = "held"
    FELL = "fell"

    @classmethod
    def of(cls, difference: Fraction) -> Direction:
        """Return which way a difference goes, exactly."""
        if difference == 0:
            return cls.HELD
        return cls.ROSE if difference > 0 else cls.FELL

    @property
    def label(self) -> Text:
        """The direction for a reader."""
        return _DIRECTIONS[self]


_DIRECTIONS = {Direction.ROSE: RISE, Direction.HELD: HELD, Direction.FELL: FALL}


@attrs.frozen(kw_only=True, repr=False)
class Occasion:
    """One assessment of an agency, with its score.

    Attributes:
        card: the score.
    """

    card: ScoreCard

    @property
    def facts(self) -> RowFacts:
        """What is known of the assessment besides its answers."""
        return self.card.assessments.facts[self.card.row]

    @property
    def agency(self) -> Agency:
        """Who was assessed."""
        return self.facts.agency

    @property
    def year(self) -> int:
        """Of what year the assessment is."""
        assert self.facts.year is not None  # noqa: S101 - one without a year is refused
        return self.facts.year

    @property
    def date(self) -> dt.date | None:
        """Of what day it is; None where only the year is stated."""
        return self.facts.date

    @property
    def day(self) -> dt.date:
        """The day from which it counts: its date, or the last day of its year."""
        return self.date or dt.date(self.year, 12, 31)

    @property
    def stage(self) -> Stage | None:
        """At which stage it is; None where that is not stated."""
        return self.facts.stage

    @property
    def stage_label(self) -> Text:
        """The stage for a reader."""
        return _stage_text(self.stage)

    @property
    def instrument(self) -> Instrument:
        """Under which rules it was scored."""
        return self.card.instrument

    @property
    def total(self) -> Fraction | None:
        """The total, exactly; None where it can't be known."""
        return self.card.total

    @property
    def band(self) -> str | None:
        """The official name of the total's band; None where it is not known."""
        return self.card.band

    @property
    def band_number(self) -> int:
        """The number of the total's band, 1 for the lowest; 0 where it is not known."""
        return int(self.card.scores.bands[self.card.row])

    @property
    def standing(self) -> Standing:
        """How firmly the total is known."""
        return self.card.standing

    @property
    def scale(self) -> tuple[Fraction, Fraction]:
        """The least and the most that the total can be."""
        return self.card.plan.ranges[self.instrument.root.code]

    @property
    def when(self) -> str:
        """The date, or else the year."""
        return str(self.date or self.year)

    @property
    def when_words(self) -> Text:
        """The date as prose writes it, or else the year."""
        return Text.same(str(self.year)) if self.date is None else day_words(self.date)

    def __repr__(self) -> str:
        return f"<Occasion {self.when}: {self.card!r}>"


def period(first: Occasion, last: Occasion) -> str:
    """Return from when to when, for a cell of a table; of one assessment, when it was."""
    if first.when == last.when:
        return first.when
    return f"{first.when}{_dash(first, last)}{last.when}"


def period_words(first: Occasion, last: Occasion) -> Text:
    """Return from when to when, as prose writes it."""
    return listed([first.when_words, last.when_words], _dash(first, last))


def _dash(first: Occasion, last: Occasion) -> str:
    return "–" if first.date is None and last.date is None else " – "


Occasions = Mapping[Agency, tuple[Occasion, ...]]


def occasions_of(
    assessments: Iterable[Given],
    weighting: Weightings | None,
    missing: MissingPolicy | str | None,
    stage: Stage | str | None,
) -> tuple[Occasions, tuple[Fault, ...]]:
    """Return the scored assessments of every agency in their order, and what was left out.

    Raises:
        AssessmentError: there are none; one without a year, of a year before the one that it
            follows, or of the same time as another; a stage that there is not. All are listed.
        WeightingError: a weighting does not give every weight, or is for an instrument that no
            assessment is under.
    """
    keep = _kept(stage)
    sets = [each.alone if isinstance(each, Assessment) else each for each in assessments]
    _check_weightings(sets, weighting)
    courses: dict[Agency, list[Occasion]] = {}
    left_out = [fault for each in sets for fault in each.left_out]
    faults: list[Fault] = []
    position = 0
    for each in sets:
        compiled = plan(each.instrument, _weighting_of(each, weighting), missing=missing)
        table = table_of(each, compiled)
        for row, facts in enumerate(each.facts):
            course = courses.setdefault(facts.agency, [])
            if keep(facts):
                fault = _misplaced(facts, course)
                if fault is None:
                    course.append(Occasion(card=table.card(row)))
                else:
                    place = place_of_given(position, facts.agency)
                    faults.append(attrs.evolve(fault, place=place, agency=facts.agency.name))
            position += 1
    if faults:
        raise AssessmentError(faults)
    left_out += [_without_stage(agency, stage) for agency, course in courses.items() if not course]
    found = {agency: tuple(course) for agency, course in courses.items() if course}
    if not found:
        nothing = Text("tidak ada penilaian", "there are no assessments")
        raise AssessmentError(left_out or make_fault("no-assessments", nothing))
    return found, tuple(left_out)


def place_of_given(position: int, agency: Agency) -> Text:
    """Return where an assessment is, among all that were given; its number begins at 0."""
    return listed((place_in_list(position, None), Text.same(agency.name)))


def _kept(stage: Stage | str | None) -> Callable[[RowFacts], bool]:
    """Return what accepts the assessments of a stage.

    Raises:
        AssessmentError: there is no such stage.
    """
    if stage is None:
        return lambda _: True
    found = read_stage(stage)
    if isinstance(found, Fault):
        raise AssessmentError(found)
    return lambda facts: facts.stage is found


def _check_weightings(sets: Sequence[AssessmentSet], weighting: Weightings | None) -> None:
    """Refuse weightings for instruments that no assessment is under."""
    if not isinstance(weighting, Mapping):
        return
    known = list(dict.fromkeys(each.instrument.id for each in sets))
    allowed = Text.same(", ".join(known))
    message = Text(
        "pembobotan diberikan untuk {value}, tetapi tidak ada penilaian menurut instrumen itu; "
        "yang ada: {allowed}",
        "a weighting is given for {value}, but no assessment is under that instrument; there are: "
        "{allowed}",
    )
    faults = [
        make_fault("weighting-instrument", message, value=quoted(name), allowed=allowed)
        for name in weighting
        if name not in known
    ]
    if faults:
        raise WeightingError(faults)


def _weighting_of(each: AssessmentSet, weighting: Weightings | None) -> Weighting | None:
    return weighting.get(each.instrument.id) if isinstance(weighting, Mapping) else weighting


def _misplaced(facts: RowFacts, course: Sequence[Occasion]) -> Fault | None:
    """Return why an assessment can't follow those before it; None where it can."""
    if facts.year is None:
        return make_fault(
            "year-missing",
            Text(
                "penilaian tidak menyebut tahunnya; yang diterima: {allowed}",
                "the assessment does not state its year; allowed: {allowed}",
            ),
            item="year",
            allowed=Text("tahun, atau tanggal", "a year, or a date"),
        )
    if not course:
        return None
    before, value = course[-1], str(facts.date or facts.year)
    if facts.year == before.year and facts.stage is not before.stage:
        return _two_stages(facts, before, value)
    both_dated = facts.date is not None and before.date is not None
    if facts.year == before.year and (not both_dated or facts.date == before.date):
        return make_fault(
            "occasion-twice",
            Text(
                "penilaian {value} ({stage}) sudah ada; yang diterima: {allowed}",
                "the assessment of {value} ({stage}) is there already; allowed: {allowed}",
            ),
            item="year",
            value=value,
            allowed=Text(
                f"satu penilaian setahun, atau tanggal sesudah {before.when}",
                f"one assessment a year, or a date after {before.when}",
            ),
            stage=_stage_text(facts.stage),
        )
    if (facts.date or dt.date(facts.year, 12, 31)) < before.day:
        return make_fault(
            "years-out-of-order",
            Text(
                "penilaian {value} mengikuti yang kemudian; yang diterima: {allowed}",
                "the assessment of {value} follows a later one; allowed: {allowed}",
            ),
            item="year",
            value=value,
            allowed=Text(f"sesudah {before.when}", f"after {before.when}"),
        )
    return None


def _two_stages(facts: RowFacts, before: Occasion, value: str) -> Fault:
    stages = [_stage_text(each) for each in (before.stage, facts.stage)]
    return make_fault(
        "stages-in-a-year",
        Text(
            "penilaian {year} ada pada dua tahap ({one}, {other}); pilih salah satu: {allowed}",
            "the assessment of {year} is there at two stages ({one}, {other}); choose one: "
            "{allowed}",
        ),
        item="stage",
        value=value,
        allowed=Text.same("stage= (--stage)"),
        year=facts.year,
        one=stages[0],
        other=stages[1],
    )


def _stage_text(stage: Stage | None) -> Text:
    return UNSTATED_STAGE if stage is None else stage.label


def _without_stage(agency: Agency, stage: Stage | str | None) -> Fault:
    message = Text(
        "tidak ada penilaian pada tahap {value}", "there is no assessment at the stage {value}"
    )
    place = Text.same(agency.name)
    return make_fault("stage-not-there", message, place=place, agency=agency.name, value=str(stage))


def tables_of(occasions: Iterable[Occasion]) -> tuple[ScoreTable, ...]:
    """Return the scores of assessments as tables, those that were scored together in one."""
    rows: dict[int, list[Occasion]] = {}
    for occasion in occasions:
        rows.setdefault(id(occasion.card.scores), []).append(occasion)
    return tuple(
        ScoreTable(assessments=each[0].card.assessments, scores=each[0].card.scores).rows(
            np.array([occasion.card.row for occasion in each], dtype=np.intp)
        )
        for each in rows.values()
    )
