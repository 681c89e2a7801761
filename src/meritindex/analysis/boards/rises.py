"""By how much totals rose since an earlier table, where the two can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

import attrs

from meritindex.analysis.boards.grouping import twice
from meritindex.assessment import RowFacts
from meritindex.assessment.many import UNSTATED_STAGE
from meritindex.definition import Agency, Instrument, MissingPolicy, Stage, Weighting
from meritindex.errors import Fault
from meritindex.language import Text
from meritindex.scoring import ScoreTable

EARLIER_TABLE = Text("tabel sebelumnya", "the earlier table")

_KEEP_ONE = Text(
    "tinggalkan satu penilaian setiap instansi", "leave one assessment of each agency in it"
)
_INSTRUMENT = Text("instrumen", "instrument")
_WEIGHTING = Text("pembobotan", "weighting")
# From the first to the last.
_STAGES = tuple(Stage)
_MISSING = Text("kebijakan untuk jawaban yang belum ada pada", "policy for what is missing")


@attrs.frozen(kw_only=True)
class Rise:
    """The totals of an agency then and now.

    `remarks` say why the difference may be no rise: other stages, or both assessments of one time.
    """

    agency: Agency
    before: Fraction
    after: Fraction
    remarks: tuple[Text, ...] = ()

    @property
    def points(self) -> Fraction:
        """By how much the total rose; below zero where it fell."""
        return self.after - self.before


def rises_of(
    table: ScoreTable, before: ScoreTable, rows: Iterable[int | None]
) -> Iterator[Rise | None]:
    """Yield the rise of every agency; None where either total is not known.

    Args:
        table: the totals now.
        before: the totals then.
        rows: the row of every agency in the earlier table; None where it is not there.
    """
    earlier = before.assessments.facts
    for facts, after, row in zip(table.assessments.facts, table.totals, rows, strict=True):
        then = None if row is None else before.totals[row]
        if row is None or then is None or after is None:
            yield None
        else:
            remarks = tuple(_remarks(earlier[row], facts))
            yield Rise(agency=facts.agency, before=then, after=after, remarks=remarks)


def _remarks(then: RowFacts, after: RowFacts) -> Iterator[Text]:
    """Yield why a difference of two totals may be no rise: other stages, or one year."""
    if then.stage is not after.stage:
        text = Text(
            "tahapnya berbeda (sebelumnya {then}, sekarang {after}): selisihnya belum tentu "
            "kemajuan",
            "the stages differ ({then} before, {after} now): the difference need not be progress",
        )
        if _swapped(then, after):
            text = Text(
                "tahapnya berbeda (sebelumnya {then}, sekarang {after}): kedua tabel mungkin "
                "tertukar",
                "the stages differ ({then} before, {after} now): perhaps the two tables are "
                "swapped",
            )
        yield text.fill(then=_stage(then), after=_stage(after))
    both_dated = then.date is not None and after.date is not None
    if (
        then.year is not None
        and then.year == after.year
        and not (both_dated and then.date != after.date)
    ):
        text = Text(
            "kedua penilaian dari waktu yang sama, {when}",
            "both assessments are of the same time, {when}",
        )
        yield text.fill(when=then.year)


def _stage(facts: RowFacts) -> Text:
    return UNSTATED_STAGE if facts.stage is None else facts.stage.label


def _swapped(then: RowFacts, after: RowFacts) -> bool:
    """Say whether the earlier assessment is of a later stage."""
    if then.stage is None or after.stage is None:
        return False
    return _STAGES.index(then.stage) > _STAGES.index(after.stage)


def earlier_faults(table: ScoreTable, before: ScoreTable) -> Iterator[Fault]:
    """Yield why an earlier table can't be compared with a table."""
    for code, what, given, allowed in (
        ("board-before-instrument", _INSTRUMENT, before.instrument, table.instrument),
        ("board-before-weighting", _WEIGHTING, before.weighting, table.weighting),
        ("board-before-missing", _MISSING, before.plan.missing, table.plan.missing),
    ):
        if given != allowed:
            yield _not_alike(code, what, _shown(given), _shown(allowed))
    yield from twice(before.assessments.facts, EARLIER_TABLE, _KEEP_ONE)
    now = {facts.agency: facts for facts in table.assessments.facts}
    for then in before.assessments.facts:
        after = now.get(then.agency)
        if after is not None and _is_later(then, after):
            yield _later(then, after)


def _shown(fact: Instrument | Weighting | MissingPolicy | None) -> str:
    """Return the name of what two tables are to share."""
    if isinstance(fact, MissingPolicy):
        return fact.value
    if fact is None:
        return "-"
    return fact.id if isinstance(fact, Instrument) else fact.name


def _not_alike(code: str, what: Text, given: str, allowed: str) -> Fault:
    message = Text(
        "kenaikan tidak dapat dinyatakan: {what} tabel sebelumnya adalah {given}, bukan {allowed}",
        "what rose can't be told: the {what} of the earlier table is {given}, not {allowed}",
    )
    if given == allowed:
        message = Text(
            "kenaikan tidak dapat dinyatakan: {what} tabel sebelumnya juga bernama {given}, tetapi "
            "isinya lain",
            "what rose can't be told: the {what} of the earlier table is called {given} too, but "
            "it is not the same",
        )
    return Fault(
        code=code,
        message=message.fill(what=what, given=given, allowed=allowed),
        value=given,
        allowed=Text.same(allowed),
    )


def _is_later(one: RowFacts, other: RowFacts) -> bool:
    """Say whether one assessment is certainly of a later time than another."""
    if one.date is not None and other.date is not None:
        return one.date > other.date
    return one.year is not None and other.year is not None and one.year > other.year


def _later(then: RowFacts, after: RowFacts) -> Fault:
    given, limit = (str(facts.date or facts.year) for facts in (then, after))
    message = Text(
        "penilaian {agency} dalam tabel sebelumnya ({given}) lebih baru daripada yang sekarang "
        "({limit})",
        "the assessment of {agency} in the earlier table ({given}) is later than the present one "
        "({limit})",
    ).fill(agency=then.agency.name, given=given, limit=limit)
    return Fault(
        code="board-before-later",
        message=message,
        agency=then.agency.name,
        value=given,
        allowed=Text("paling lambat {limit}", "no later than {limit}").fill(limit=limit),
    )
