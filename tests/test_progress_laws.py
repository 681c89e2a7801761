"""Laws of progress, over random instruments, variants of them, and answers.

The four totals of a split are worked out by the oracle of scoring, one `Fraction` at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs
import pytest
from hypothesis import strategies as st

import meritindex as mi
import oracle
import progress_oracle
import strategies
from meeting import meet_in_law
from meritindex.analysis.progressing import PeriodChange, Split, progress
from meritindex.definition.weightings import weighed_dimensions
from meritindex.testing.answers import Answers

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")


@attrs.frozen(kw_only=True)
class Case:
    """Answers of two years, each under an instrument of its own."""

    before: mi.Instrument
    after: mi.Instrument
    first: Answers
    second: Answers


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw an instrument, a variant with other weights and points of levels, and answers."""
    before = draw(strategies.instruments(refusals=False))
    # Most are complete: of totals that are not known there is nothing to split.
    entries, complete = draw(st.sampled_from([(False, True)] * 3 + [(True, True), (True, False)]))
    rows = strategies.answers(before, complete=complete, entries=entries)
    return Case(before=before, after=draw(variants(before)), first=draw(rows), second=draw(rows))


@st.composite
def variants(draw: st.DrawFn, source: mi.Instrument) -> mi.Instrument:
    """Draw the same questions with weights that have changed places, and other points between.

    What every scale begins and ends with stays, so that totals often keep their scale.
    """
    weights = strategies.weights_of(source)
    moved: dict[str, Fraction] = {}
    for dimension in weighed_dimensions(source.root):
        codes = [child.code for child in dimension.children]
        order = draw(st.permutations(codes))
        moved |= {code: weights[other] for code, other in zip(codes, order, strict=True)}
    lift = draw(st.sampled_from([None, Fraction(1, 3), Fraction(2, 3)]))
    return attrs.evolve(
        source,
        id="varian",
        root=source.root if lift is None else lifted(source.root, lift),
        default_weighting=mi.Given(moved),
    )


def lifted(node: mi.Dimension, share: Fraction) -> mi.Dimension:
    """Return a dimension whose levels between the ends are worth something else."""
    children = []
    for child in node.children:
        if isinstance(child, mi.Dimension):
            children.append(lifted(child, share))
        elif isinstance(child, mi.Indicator) and len(child.levels) > 2:
            low, high = child.lowest, child.highest
            inner = [
                attrs.evolve(level, points=low + (high - low) * share)
                for level in child.levels[1:-1]
            ]
            levels = (child.levels[0], *inner, child.levels[-1])
            children.append(attrs.evolve(child, scale=attrs.evolve(child.scale, levels=levels)))
        else:
            children.append(child)
    return attrs.evolve(node, children=tuple(children))


def assessment(instrument: mi.Instrument, row: Answers, year: int) -> mi.Assessment:
    return mi.Assessment(
        agency=mi.Agency(name="A"),
        instrument=instrument,
        year=year,
        levels=row.levels,
        gates=row.gates,
        measures=row.measures,
        points=row.points,
    )


def change_of(before: mi.Assessment, after: mi.Assessment) -> PeriodChange:
    (found,) = progress([before, after]).changes
    return found


def worked_out(instrument: mi.Instrument, row: Answers) -> tuple[Fraction | None, bool]:
    """Return the total of the oracle, and whether it is exact."""
    result = oracle.evaluate(instrument, strategies.weights_of(instrument), strategies.asked(row))
    root = instrument.root.code
    return result.points[root], result.exact[root]


def check_split(case: Case) -> Iterator[str]:
    """Check the split between an instrument and its variant."""
    first = assessment(case.before, case.first, 2023)
    second = assessment(case.after, case.second, 2024)
    found = change_of(first, second)
    assert bool(found.reasons) == (found.difference is None)
    if not found.comparable:
        yield "not comparable"
        assert (found.performance, found.instrument_effect) == (None, None)
        return
    split = found.split()
    # The parts are the whole, by ==; and it is that of the two scores.
    assert split.performance + split.instrument_effect == found.difference
    assert found.difference == mi.score(second).total - mi.score(first).total
    # Back again, everything is turned round.
    back = change_of(attrs.evolve(second, year=2020), attrs.evolve(first, year=2021)).split()
    assert (back.performance, back.instrument_effect) == (
        -split.performance,
        -split.instrument_effect,
    )
    corners = {
        (late, new): worked_out(
            case.after if new else case.before, case.second if late else case.first
        )
        for late in (False, True)
        for new in (False, True)
    }
    if all(exact for _, exact in corners.values()):
        expected = progress_oracle.shapley(lambda late, new: corners[late, new][0])
        assert (split.performance, split.instrument_effect) == expected
        yield "exact"
    else:
        yield "not exact"
    if split.performance and split.instrument_effect:
        yield "both parts"
    if split.performance * split.instrument_effect < 0:
        yield "against each other"
    if case.first.points:
        yield "entered points"
    if case.first.gates:
        yield "gates"


def test_the_parts_of_a_split_are_the_mean_over_both_orders() -> None:
    wanted = {
        "exact": 20,
        "not exact": 2,
        "both parts": 10,
        "against each other": 3,
        "entered points": 2,
        "gates": 3,
        "not comparable": 3,
    }
    meet_in_law(check_split, (120, cases()), wanted=wanted)


def check_same(case: Case) -> Iterator[str]:
    """Check that the same rules leave nothing to the instrument."""
    first = assessment(case.before, case.first, 2023)
    second = assessment(case.before, case.second, 2024)
    found = change_of(first, second)
    if not found.comparable:
        yield "unknown"
        return
    assert found.instrument_effect == 0
    assert found.performance == found.difference
    assert found.direction is not None
    yield found.direction.value


def test_the_same_rules_leave_nothing_to_the_instrument() -> None:
    meet_in_law(check_same, (120, cases()), wanted=("rose", "fell", "held", "unknown"))


@pytest.mark.parametrize("values", [(0, 0, 0, 0), (1, 5, 2, 9), (3, 1, 7, 2)])
def test_neither_factor_comes_first(values: tuple[int, ...]) -> None:
    before, answers, rules, after = map(Fraction, values)
    one = Split.of(before, answers, rules, after)
    other = Split.of(before, rules, answers, after)
    assert (one.performance, one.instrument_effect) == (
        other.instrument_effect,
        other.performance,
    )
