"""What keeps a target from being reached, found by leaving out one limit after another."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from meritindex.analysis.improving.case import Case
from meritindex.analysis.improving.moving import LIMITS, Limit, Moves
from meritindex.analysis.improving.outcomes import Goal
from meritindex.analysis.improving.steps import Hindrance
from meritindex.analysis.premises import codes_text
from meritindex.assessment.many import NOT_ANSWERED, Levels
from meritindex.definition import Dimension, Measure
from meritindex.language import Language, Text
from meritindex.scoring.formulas import approximate, shown

_ALONE: dict[Limit, Text] = {
    "fixed": Text(
        "sasaran dapat dicapai bila ini boleh berubah: {codes}",
        "the target could be reached if these could move: {codes}",
    ),
    "most-levels": Text(
        "sasaran dapat dicapai bila ini boleh naik lebih banyak tingkat: {codes}",
        "the target could be reached if these could rise by more levels: {codes}",
    ),
    "ready": Text(
        "sasaran dapat dicapai bila langkah-langkah ini selesai sebelum tenggat: {codes}",
        "the target could be reached if steps of these could be done in time: {codes}",
    ),
    "prerequisites": Text(
        "sasaran dapat dicapai tanpa prasyarat untuk: {codes}",
        "the target could be reached without the prerequisites of: {codes}",
    ),
}
_TOGETHER: dict[Limit, Text] = {
    "fixed": Text("tidak boleh berubah: {codes}", "may not move: {codes}"),
    "most-levels": Text(
        "tidak boleh naik lebih banyak tingkat: {codes}", "may not rise by more levels: {codes}"
    ),
    "ready": Text(
        "langkahnya tidak selesai sebelum tenggat: {codes}",
        "steps that can't be done in time: {codes}",
    ),
    "prerequisites": Text(
        "prasyaratnya tidak dapat dipenuhi: {codes}", "prerequisites that can't be met: {codes}"
    ),
}
_SCALE = Text(
    "walaupun semua jawaban dinaikkan ke tingkat tertinggi, nilainya {total}",
    "even with every answer at its highest level the total is {total}",
)
_NOT_ANSWERED = Text(
    "belum dijawab, sehingga tidak dapat dinaikkan: {codes}",
    "not answered, and so not to be raised: {codes}",
)
_ENTRIES = Text(
    "nilainya diisi langsung, sehingga tidak ada yang dapat dinaikkan di bawahnya: {codes}",
    "points were entered, so that nothing below can be raised: {codes}",
)
_MEASURES = Text(
    "bukan jawaban bertingkat, tetapi masih dapat lebih baik: {codes}",
    "no answers with levels, but could be better: {codes}",
)
_CAPS = Text("tertahan oleh batas atas: {codes}", "held back by a cap: {codes}")


def over_budget(least: Fraction, budget: Fraction, unit: str) -> Hindrance:
    """Return that no plan was found for the budget: each costs more, or the time ran out."""

    def amount(value: Fraction, language: Language) -> str:
        return f"{shown(value, language)} {unit}".rstrip()

    message = Text(
        "biayanya paling sedikit {least}, anggarannya {budget}",
        "it costs at least {least}, and the budget is {budget}",
    )
    if least <= budget:
        message = Text(
            "dalam batas waktu tidak ditemukan rencana untuk anggaran {budget}",
            "no plan for a budget of {budget} was found in time",
        )
    return Hindrance(
        kind="budget",
        items=(),
        message=message.fill(
            least=Text(amount(least, "id"), amount(least, "en")),
            budget=Text(amount(budget, "id"), amount(budget, "en")),
        ),
    )


def hindrances(case: Case, goal: Goal) -> tuple[Hindrance, ...]:
    """Return what keeps an assessment from a goal that no plan reaches, whatever it costs."""
    free = Moves.of(case, LIMITS).upper
    if not _reaches(case, free, goal):
        return tuple(_by_itself(case, free))
    limited = Moves.of(case).upper
    without = {limit: Moves.of(case, (limit,)).upper for limit in LIMITS}
    alone = [limit for limit, upper in without.items() if _reaches(case, upper, goal)]
    if alone:
        return tuple(_hindrance(case, each, without[each], limited, _ALONE) for each in alone)
    others: dict[Limit, Levels] = {}
    for limit in LIMITS:
        rest = tuple(each for each in LIMITS if each != limit)
        others[limit] = Moves.of(case, rest).upper
    return tuple(
        _hindrance(case, limit, free, upper, _TOGETHER)
        for limit, upper in others.items()
        if (free > upper).any()
    )


def _reaches(case: Case, levels: Levels, goal: Goal) -> bool:
    return bool(case.reach(levels[np.newaxis], goal)[0])


def _hindrance(
    case: Case, limit: Limit, more: Levels, less: Levels, words: dict[Limit, Text]
) -> Hindrance:
    codes = tuple(case.plan.indicators[place] for place in np.flatnonzero(more > less).tolist())
    return Hindrance(kind=limit, items=codes, message=words[limit].fill(codes=codes_text(codes)))


def _by_itself(case: Case, top: Levels) -> Iterator[Hindrance]:
    """Yield what else holds a total back whose answers are all at their highest levels."""
    total = case.outcome(top[np.newaxis]).totals[0]
    written = Text(approximate(total, "id"), approximate(total, "en"))
    yield Hindrance(kind="scale", items=(), message=_SCALE.fill(total=written))
    groups = (
        ("not-answered", _NOT_ANSWERED, not_answered(case)),
        ("entries", _ENTRIES, tuple(_entered(case))),
        ("measures", _MEASURES, tuple(_measures(case))),
        ("caps", _CAPS, tuple(_capped(case, top))),
    )
    for kind, words, codes in groups:
        if codes:
            yield Hindrance(kind=kind, items=codes, message=words.fill(codes=codes_text(codes)))


def not_answered(case: Case) -> tuple[str, ...]:
    """Return the indicators that nobody has answered; not those under points that were entered."""
    instrument = case.plan.instrument
    entered = set(_entered(case))
    return tuple(
        code
        for code, level in zip(case.plan.indicators, case.base.tolist(), strict=True)
        if level == NOT_ANSWERED and entered.isdisjoint(instrument.path(code))
    )


def _entered(case: Case) -> Iterator[str]:
    for dimension in case.plan.instrument.dimensions:
        column = case.assessments.entries.get(dimension.code)
        if column is not None and column.known[0]:
            yield dimension.code


def _measures(case: Case) -> Iterator[str]:
    """Yield the measures that could be worth more to the total; not those under an entry."""
    instrument, entered = case.plan.instrument, set(_entered(case))
    taken = {each.code for dimension in instrument.dimensions for each in dimension.deductions}
    for measure in instrument.measures:
        column = case.assessments.measures[measure.code]
        if not entered.isdisjoint(instrument.path(measure.code)):
            continue
        if not column.known[0]:
            if measure.code not in taken:
                yield measure.code
            continue
        if _worth(measure, int(column.numerators[0])) != (
            measure.lowest if measure.code in taken else measure.highest
        ):
            yield measure.code


def _worth(measure: Measure, raw: int) -> Fraction:
    return measure.points_of(Fraction(raw, 10**measure.decimals))


def _capped(case: Case, top: Levels) -> Iterator[str]:
    """Yield the dimensions that a cap holds, and the root where its band is held."""
    scenario = case.settled
    instrument = case.plan.instrument
    levels = top[np.newaxis]
    scores = scenario.run(levels)
    for dimension in instrument.dimensions:
        points = scores.columns[dimension.code][0]
        holding = [
            cap.maximum == points
            and (cap.shortfall is None or scenario.falls_short(cap.shortfall, levels)[0])
            for cap in dimension.caps
        ]
        if any(holding) or (dimension is instrument.root and _band_held(case, dimension, levels)):
            yield dimension.code


def _band_held(case: Case, root: Dimension, levels: Levels) -> bool:
    return any(case.settled.falls_short(cap.shortfall, levels)[0] for cap in root.band_caps)
