"""Scales: levels and steps that change nothing, and whatever lets a higher answer lower a total."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from meritindex.analysis.lint.attainable import reached_steps
from meritindex.analysis.lint.findings import Finding, Severity, listed_codes, number
from meritindex.analysis.lint.subject import Subject
from meritindex.definition import Basis, GoalpostScale, Indicator, Level, Measure, ThresholdScale
from meritindex.language import Text


def check_scales(subject: Subject) -> Iterator[Finding]:
    """Look at the scale of every indicator and measure."""
    yield from _equal_levels(subject.instrument.indicators)
    for measure in subject.instrument.measures:
        if isinstance(measure.scale, ThresholdScale):
            yield from _steps(measure, measure.scale)
        if isinstance(measure.scale, GoalpostScale):
            yield from _posts(measure, measure.scale)
    yield from _falling(subject)


def _equal_levels(indicators: tuple[Indicator, ...]) -> Iterator[Finding]:
    """Yield the levels that are worth no more than the one below; indicators alike share one."""
    groups: dict[tuple[Level, Level], list[str]] = {}
    for indicator in indicators:
        for below, above in pairwise(indicator.levels):
            if above.points == below.points:
                # The criteria differ from indicator to indicator, the levels don't.
                pair = (
                    Level(value=below.value, points=below.points),
                    Level(value=above.value, points=above.points),
                )
                groups.setdefault(pair, []).append(indicator.code)
    for (below, above), codes in groups.items():
        message = Text(
            "tingkat {above} dari {codes} bernilai sama dengan tingkat {below} ({points}): naik "
            "satu tingkat tidak menambah nilai",
            "level {above} of {codes} is worth the same as level {below} ({points}): going up "
            "adds nothing",
        ).fill(
            above=above.value,
            below=below.value,
            codes=listed_codes(codes),
            points=number(above.points),
        )
        yield Finding("level-without-effect", Severity.WARNING, codes[0], message)


def _steps(measure: Measure, scale: ThresholdScale) -> Iterator[Finding]:
    reached = reached_steps(measure, scale)
    for place, step in enumerate(scale.steps):
        if place not in reached:
            message = Text(
                "tidak ada nilai {code} yang mencapai langkah {place} ({points}): nilainya dari "
                "{minimum} sampai {maximum}, dengan {decimals} desimal",
                "no value of {code} gets step {place} (worth {points}): values run from {minimum} "
                "to {maximum}, with {decimals} decimals",
            ).fill(
                code=measure.code,
                place=place + 1,
                points=number(step.points),
                minimum=number(measure.minimum),
                maximum=number(measure.maximum),
                decimals=measure.decimals,
            )
            yield Finding("level-without-effect", Severity.WARNING, measure.code, message)
    for below, above in pairwise(reached):
        if scale.steps[below].points == scale.steps[above].points:
            message = Text(
                "langkah {above} dari {code} bernilai sama dengan langkah {below} ({points}): "
                "melewati ambangnya tidak mengubah nilai",
                "step {above} of {code} is worth the same as step {below} ({points}): passing its "
                "threshold changes nothing",
            ).fill(
                above=above + 1,
                below=below + 1,
                code=measure.code,
                points=number(scale.steps[above].points),
            )
            yield Finding("level-without-effect", Severity.WARNING, measure.code, message)


def _posts(measure: Measure, scale: GoalpostScale) -> Iterator[Finding]:
    if scale.capped and (measure.maximum <= scale.low or measure.minimum >= scale.high):
        message = Text(
            "semua nilai {code}, dari {minimum} sampai {maximum}, terletak di luar patok {low} dan "
            "{high}, dan karena itu bernilai sama ({points})",
            "all values of {code}, from {minimum} to {maximum}, lie beyond the posts {low} and "
            "{high}, and so are worth the same ({points})",
        ).fill(
            code=measure.code,
            minimum=number(measure.minimum),
            maximum=number(measure.maximum),
            low=number(scale.low),
            high=number(scale.high),
            points=number(scale.points_of(measure.minimum)),
        )
        yield Finding("level-without-effect", Severity.WARNING, measure.code, message)


def _falling(subject: Subject) -> Iterator[Finding]:
    """Yield the measures of which a higher value lowers the dimension they stand in."""
    for measure in subject.instrument.measures:
        parent = subject.instrument.parent(measure.code)
        deducted = parent is not None and measure in parent.deductions
        rises, falls = _directions(measure)
        # What is worth less the higher it is, and is taken off, raises the total after all.
        if not (rises if deducted else falls):
            continue
        # Why it is so: the scale that turns the value round, or the deduction itself.
        scale = measure.scale
        basis = measure.basis if scale is None or deducted else scale.basis
        message = _lowering(measure, deducted=deducted, mixed=rises and falls)
        severity = Severity.NOTE if basis.sources else Severity.WARNING
        yield Finding(
            "breaks-monotony",
            severity,
            measure.code,
            Text("{what}; {basis}", "{what}; {basis}").fill(what=message, basis=_rests_on(basis)),
        )


def _directions(measure: Measure) -> tuple[bool, bool]:
    """Say whether the points of a measure rise anywhere, and whether they fall anywhere."""
    scale = measure.scale
    if isinstance(scale, ThresholdScale):
        points = [scale.steps[place].points for place in reached_steps(measure, scale)]
        pairs = list(pairwise(points))
        return any(one < other for one, other in pairs), any(one > other for one, other in pairs)
    if isinstance(scale, GoalpostScale):
        first, last = scale.points_of(measure.minimum), scale.points_of(measure.maximum)
        return first < last, first > last
    return True, False


def _lowering(measure: Measure, *, deducted: bool, mixed: bool) -> Text:
    if deducted:
        text = Text(
            "{code} dikurangkan: semakin tinggi, semakin rendah hasilnya",
            "{code} is taken off: the higher it is, the lower the result",
        )
    elif mixed:
        text = Text(
            "nilai {code} naik di satu ambang dan turun di ambang lain",
            "the points of {code} rise at one threshold and fall at another",
        )
    else:
        text = Text(
            "{code} dibalik: semakin tinggi nilainya, semakin sedikit yang diperoleh",
            "{code} is reversed: the higher its value, the less it is worth",
        )
    return text.fill(code=measure.code)


def _rests_on(basis: Basis) -> Text:
    if basis.sources:
        return Text("dasarnya {sources}", "this rests on {sources}").fill(
            sources=listed_codes(basis.sources)
        )
    return Text("hanya diasumsikan: {reason}", "this is only assumed: {reason}").fill(
        reason=basis.reason
    )
