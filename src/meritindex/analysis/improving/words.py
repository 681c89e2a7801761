"""What a plan comes to, in sentences: the target, what is to be raised, the cost, what hinders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import partial

from meritindex.analysis.improving.improvement import Improvement
from meritindex.analysis.improving.remarks import (
    both,
    day_lines,
    ground_remarks,
    limit_lines,
    usual_lines,
)
from meritindex.analysis.improving.steps import ImprovementStatus, ImprovementStep, SingleStep
from meritindex.analysis.improving.target import Target
from meritindex.analysis.improving.wishes import Wishes
from meritindex.analysis.premises import codes_text, named_codes
from meritindex.definition import Admissible, Instrument
from meritindex.language import Language, Text, counted, day_words
from meritindex.scoring.formulas import approximate, shown
from meritindex.scoring.saying import UNKNOWN, Sayer, stage_line

# The kind of a target that is none: as high as a budget goes.
MOST = "most"

NO_PROMISE = Text(
    "Rencana ini hitungan menurut instrumen dan jawaban yang ada. Sebuah tingkat baru dihitung "
    "bila verifikator menerima buktinya: rencana bukan janji hasil verifikasi.",
    "The plan is arithmetic by the instrument and the present answers. A level counts once the "
    "verifier accepts its evidence: a plan is no promise of a verification.",
)

_ANY_TIME = Text(
    "Langkah tanpa tanggal dianggap dapat selesai kapan saja",
    "Steps without a date count as ready at any time",
)
_INDICATOR, _LEVEL = Text("indikator", "indicator"), Text("tingkat", "level")
_RAISE = Text(
    "Untuk mencapai {target}: naikkan {indicators}, seluruhnya {levels}{cost}.",
    "To reach {target}: raise {indicators} by {levels} in all{cost}.",
)
_AT_COST = Text(", dengan biaya {cost}", ", at a cost of {cost}")
_BUYS = Text(
    "Dengan anggaran {budget}, nilai tertinggi dicapai dengan menaikkan {indicators}, seluruhnya "
    "{levels}{cost}.",
    "With a budget of {budget} the highest total is reached by raising {indicators} by {levels} in "
    "all{cost}.",
)
_BUYS_NOTHING = Text(
    "Dengan anggaran {budget}, nilainya tidak dapat dinaikkan.",
    "With a budget of {budget} the total can't be raised.",
)
_REACHED = Text(
    "{target} sudah tercapai: tidak ada yang perlu dinaikkan.",
    "{target} is reached already: nothing is to be raised.",
)
_UNREACHABLE = Text("{target} tidak dapat dicapai.", "{target} can't be reached.")
_TOO_DEAR = Text(
    "{target} tidak dapat dicapai dengan anggaran {budget}.",
    "{target} can't be reached with a budget of {budget}.",
)
_NO_TOTAL = Text(
    "Nilai sekarang belum dapat dihitung, sehingga tidak ada rencana.",
    "The present total can't be computed yet, so that there is no plan.",
)

_PROVEN = Text("terbukti termurah", "proven to be the cheapest")
_PROVEN_MOST = Text("terbukti tertinggi", "proven to be the highest")
_NOT_PROVEN = Text(
    "belum terbukti termurah karena waktunya habis; rencana mana pun berbiaya paling sedikit "
    "{least}",
    "not proven to be the cheapest, for the time ran out; any plan costs at least {least}",
)
_NOT_PROVEN_MOST = Text(
    "belum terbukti tertinggi karena waktunya habis",
    "not proven to be the highest, for the time ran out",
)
_AT_LEAST = Text(
    "paling sedikit {total}, apa pun bobotnya", "at least {total}, whatever the weights"
)


def headline(improvement: Improvement, say: Sayer, *, priced: bool = True) -> str:
    """Return in one sentence what the plan comes to.

    Args:
        improvement: the plan.
        say: the choice of a language.
        priced: whether its cost is said.
    """
    steps = improvement.steps
    match improvement.status:
        case ImprovementStatus.REACHED:
            text = _REACHED
        case ImprovementStatus.UNREACHABLE:
            over = any(each.kind == "budget" for each in improvement.hindrances)
            text = _TOO_DEAR if over else _UNREACHABLE
        case ImprovementStatus.UNKNOWN:
            text = _NO_TOTAL
        case _ if improvement.target.kind != MOST:
            text = _RAISE
        case _:
            text = _BUYS if steps else _BUYS_NOTHING
    levels = sum(step.to_level - step.from_level for step in steps)
    filled = text.fill(
        target=target_text(improvement.instrument, improvement.target, say),
        indicators=counted(len(steps), _INDICATOR),
        levels=counted(levels, _LEVEL),
        cost=_AT_COST.fill(cost=both(partial(cost_text, improvement, improvement.cost)))
        if priced
        else Text.same(""),
        budget=budget_text(improvement, say.language),
    )
    return sentence(say(filled))


def sentence(words: str) -> str:
    """Return words with a capital first."""
    return words[:1].upper() + words[1:]


def plan_lines(improvement: Improvement, say: Sayer) -> Iterator[str]:
    """Yield what is asked for, where the agency stands, where it gets, and what that costs."""
    target, name = improvement.target, improvement.instrument.root.name
    if target.kind != MOST:
        yield f"{say('Sasaran', 'Target')}: {target_text(improvement.instrument, target, say)}"
    now = total_text(improvement, improvement.before, improvement.band_before, say)
    yield f"{say(name)} {say('sekarang', 'now')}: {now}"
    yield from map(say, usual_lines(improvement))
    if improvement.after is not None and improvement.steps:
        after = total_text(improvement, improvement.after, improvement.band_after, say)
        then = say("Sesudah semua langkah", "After all steps")
        yield f"{then}: {after}{_slack(improvement, say)}"
    if improvement.status is ImprovementStatus.UNREACHABLE:
        yield from _out_of_reach(improvement, say)
    yield from map(say, limit_lines(improvement))
    if improvement.status is ImprovementStatus.PLANNED:
        cost = cost_text(improvement, improvement.cost, say.language)
        yield f"{say('Biaya', 'Cost')}: {cost}; {say(_proof(improvement, say.language))}"
        yield from map(say, _left(improvement))
        yield from map(say, day_lines(improvement))
    known = f"{say('Status', 'Standing')}: {say(improvement.standing.label)}"
    if target.standing is not None:
        limit = Text("; batas kategori itu: {standing}", "; the limit of the band: {standing}")
        known += say(limit.fill(standing=target.standing.label))
    yield known
    yield stage_line(improvement.facts, say)
    yield from map(say, ground_remarks(improvement))


def target_text(instrument: Instrument, target: Target, say: Sayer) -> str:
    """Return what is asked for: a band by its official name, else as the target says it."""
    if target.band is None:
        return say(target.label)
    return f"{say('kategori', 'band')} {say.band(instrument, target.band)}"


def total_text(
    improvement: Improvement, total: Fraction | None, band: str | None, say: Sayer
) -> str:
    """Return a total with its band; where weights are open, that it is the least."""
    if total is None:
        return say(UNKNOWN)
    words = approximate(total, say.language)
    if isinstance(improvement.weighting, Admissible):
        words = say(_AT_LEAST.fill(total=words))
    if band is None:
        return words
    both = Text("{total} ({band})", "{total}, {band}")
    return say(both.fill(total=words, band=say.band(improvement.instrument, band)))


def cost_text(improvement: Improvement, cost: Fraction, language: Language) -> str:
    """Return a cost, exactly, with its unit."""
    unit = improvement.costs.unit
    return f"{shown(cost, language)} {unit}" if unit else shown(cost, language)


def budget_text(improvement: Improvement, language: Language) -> str:
    """Return what may be spent; a dash where that is not limited."""
    return (
        "–" if improvement.budget is None else cost_text(improvement, improvement.budget, language)
    )


def level_text(step: ImprovementStep | SingleStep, say: Sayer) -> str:
    """Return from which level to which a step leads."""
    words = Text("{low} ke {high}", "{low} to {high}")
    return say(words.fill(low=step.from_level, high=step.to_level))


def raises_text(steps: Iterable[ImprovementStep], say: Sayer) -> str:
    """Return steps in short: the indicators, and the levels to which they are raised."""
    words = Text("{code} ke {level}", "{code} to {level}")
    return ", ".join(say(words.fill(code=step.indicator, level=step.to_level)) for step in steps)


def condition_lines(
    improvement: Improvement, say: Sayer, *, several: bool = False
) -> Iterator[str]:
    """Yield within what limits the plan was made.

    Args:
        improvement: the plan.
        say: the choice of a language.
        several: whether it stands for the plans of many; then what is its own alone is left out.
    """
    if improvement.budget is not None and improvement.target.kind != MOST:
        words = Text("Anggaran: paling banyak {budget}", "Budget: at most {budget}")
        yield say(words.fill(budget=budget_text(improvement, say.language)))
    for line in _wished(improvement.case.wishes):
        yield say(line)
    if several:
        if improvement.case.wishes.by is not None:
            yield say(_ANY_TIME)
        return
    if improvement.status is ImprovementStatus.UNKNOWN:
        words = Text("Belum ada: {codes}", "Missing: {codes}")
        yield say(words.fill(codes=named_codes(improvement.instrument, improvement.present.needed)))
    if improvement.not_answered:
        words = Text(
            "Belum dijawab, sehingga tidak dinaikkan: {codes}",
            "Not answered, and so not raised: {codes}",
        )
        yield say(words.fill(codes=codes_text(improvement.not_answered)))


def _wished(wishes: Wishes) -> Iterator[Text]:
    """Yield what the caller allows: what may move, how far, in which order, and by when."""
    if wishes.fixed:
        words = Text("Tidak boleh berubah: {codes}", "May not move: {codes}")
        yield words.fill(codes=codes_text(wishes.fixed))
    alike: dict[int, list[str]] = {}
    for code, count in wishes.most_levels:
        alike.setdefault(count, []).append(code)
    for count, codes in alike.items():
        words = Text(
            "Naik paling banyak {count} tingkat: {codes}", "Rise by at most {count}: {codes}"
        )
        yield words.fill(count=count, codes=codes_text(codes))
    needed = dict.fromkeys((each.needs, each.item) for each in wishes.prerequisites)
    if needed:
        pairs = "; ".join(f"{first} < {then}" for first, then in needed)
        words = Text("Urutan (yang kiri lebih dahulu): {pairs}", "Order (left first): {pairs}")
        yield words.fill(pairs=pairs)
    if wishes.by is not None:
        words = Text(
            "Tenggat: {day}; langkah yang bertanggal sesudahnya tidak dipakai",
            "Deadline: {day}; steps with a later date are not taken",
        )
        yield words.fill(day=day_words(wishes.by))


def _slack(improvement: Improvement, say: Sayer) -> str:
    slack, limit = improvement.slack, improvement.target.limit
    if slack is None or limit is None:
        return ""
    if slack == 0:
        words = Text("; tepat pada batas {limit}", "; right at the limit of {limit}")
    else:
        words = Text("; {slack} di atas batas {limit}", "; {slack} above the limit of {limit}")
    return say(
        words.fill(slack=approximate(slack, say.language), limit=approximate(limit, say.language))
    )


def _left(improvement: Improvement) -> Iterator[Text]:
    """Yield what is left of a budget."""
    budget = improvement.budget
    if budget is not None and budget > improvement.cost:
        left = budget - improvement.cost
        words = Text("Sisa anggaran: {left}", "Left of the budget: {left}")
        yield words.fill(left=both(lambda language: cost_text(improvement, left, language)))


def _out_of_reach(improvement: Improvement, say: Sayer) -> Iterator[str]:
    """Yield the highest total, and how far the limit is above it, if it is."""
    highest, limit = improvement.highest, improvement.target.limit
    # What is out of reach has a limit, and a total that falls short of it.
    assert highest is not None  # noqa: S101
    assert limit is not None  # noqa: S101
    words = Text(
        "Tertinggi yang dapat dicapai, berapa pun biayanya: {highest}",
        "The highest that can be reached, whatever it costs: {highest}",
    )
    line = say(words.fill(highest=total_text(improvement, highest, None, say)))
    if highest < limit:
        gap = Text("; {gap} di bawah batas {limit}", "; {gap} below the limit of {limit}").fill(
            gap=approximate(limit - highest, say.language), limit=approximate(limit, say.language)
        )
        line += say(gap)
    yield line
    # Of weights that are open, under some of them.
    root, plan = improvement.instrument.root, improvement.case.plan
    top = plan.ranges[root.code][1]
    if improvement.target.band is None and limit > top:
        words = Text(
            "{limit} di atas skala {name}, yang tertingginya {top}",
            "{limit} is above the scale of {name}, of which the highest is {top}",
        ).fill(
            name=root.name,
            limit=approximate(limit, say.language),
            top=approximate(top, say.language),
        )
        yield say(words)


def _proof(improvement: Improvement, language: Language) -> Text:
    if improvement.target.kind == MOST:
        return _PROVEN_MOST if improvement.proven else _NOT_PROVEN_MOST
    if improvement.proven:
        return _PROVEN
    return _NOT_PROVEN.fill(least=cost_text(improvement, improvement.cost_at_least, language))
