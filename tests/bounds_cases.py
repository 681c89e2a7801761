"""Random cases for bounds: instruments of which some weights are open, and doubtful answers.

Everything is small, so that the oracle can look at all that may come out. Around weights that an
instrument could have, what is known of them is drawn so that these are always admissible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property

import attrs
from hypothesis import strategies as st

import meritindex as mi
import strategies
from bounds_oracle import (
    Ends,
    Region,
    Seen,
    Trust,
    completions,
    ends,
    mixture,
    region_of,
    regions_of,
    see_all,
    totals,
    vertices,
)
from meritindex.testing.limits import banded
from meritindex.testing.parts import LINEAR, RULES, RuleType, one_in, roundings
from meritindex.testing.styles import Options
from meritindex.testing.trees import bare_instruments
from oracle import Answers

# So many ways to weigh, and to complete one agency's answers, are looked at.
MOST_WEIGHTINGS = 24
MOST_COMPLETIONS = 12

WORDS: dict[str, tuple[int | None, int | None]] = {
    "as-given": (0, 0),
    "at-most": (None, 0),
    "any": (None, None),
    "within-1": (1, 1),
    "down-1": (1, 0),
}
LOWEST = "lowest"
STATES = ("verified", "evidenced", "claimed")
_LATITUDES = ("within-1", "as-given", "at-most", "any", "down-1")


@attrs.frozen(kw_only=True)
class Known:
    """What is known of weights beside what is published, as `Admissible` takes it."""

    weights: dict[str, Fraction | Ends] = attrs.field(factory=dict)
    order: tuple[tuple[str, ...], ...] = ()
    sums: dict[tuple[str, ...], Fraction | Ends] = attrs.field(factory=dict)

    @property
    def admissible(self) -> mi.Admissible:
        return mi.Admissible(weights=self.weights, order=self.order, sums=self.sums)

    def regions(self, instrument: mi.Instrument) -> list[Region]:
        return regions_of(instrument, self.weights, self.order, self.sums)


@attrs.frozen(kw_only=True)
class Row:
    """One agency's answers, and how well each is supported."""

    answers: Answers
    states: dict[str, str] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class Case:
    """An instrument, what is known of its weights, doubtful answers, and how far these go.

    Attributes:
        words: how far each state is trusted, and what is not answered, as `AnswerPolicy` takes it.
    """

    instrument: mi.Instrument
    known: Known
    rows: list[Row]
    words: dict[str, str] = attrs.field(factory=dict)

    @property
    def trust(self) -> Trust:
        return trust_of(self.words)

    @property
    def policy(self) -> mi.AnswerPolicy:
        return mi.AnswerPolicy(**self.words)

    @cached_property
    def regions(self) -> list[Region]:
        return self.known.regions(self.instrument)

    @cached_property
    def completed(self) -> list[list[Answers]]:
        """The completions of every agency."""
        return [
            completions(self.instrument, row.answers, row.states, self.trust) for row in self.rows
        ]

    @cached_property
    def seen(self) -> list[list[list[Seen]]]:
        """All that may come out: by agency, weighting and completion."""
        return [see_all(self.instrument, self.regions, one) for one in self.completed]

    @cached_property
    def ends(self) -> list[tuple[Fraction, Fraction] | None]:
        return [ends(one) for one in self.seen]

    def sometimes_without(self, place: int) -> bool:
        """Say whether an agency has a total under some weights, and none under others."""
        return self.ends[place] is not None and None in totals(self.seen[place])

    @property
    def assessments(self) -> list[mi.Assessment]:
        return [
            assessment(self.instrument, row.answers, f"A{place}", row.states)
            for place, row in enumerate(self.rows)
        ]

    def bounds(self) -> mi.BoundsTable:
        many = mi.AssessmentSet.of(self.assessments)
        return mi.bounds(many, self.known.admissible, policy=self.policy)

    @property
    def open_regions(self) -> list[Region]:
        return [region for region in self.regions if len(vertices(region)) > 1]


def trust_of(words: Mapping[str, str]) -> Trust:
    """Return what a policy in words is in numbers."""
    return Trust(
        lowest=words.get("unanswered") == LOWEST,
        **{name: WORDS[word] for name, word in words.items() if name != "unanswered"},
    )


def assessment(
    instrument: mi.Instrument,
    answers: Answers,
    name: str = "A0",
    states: Mapping[str, str] | None = None,
) -> mi.Assessment:
    return mi.Assessment(
        agency=mi.Agency(name=name),
        instrument=instrument,
        levels=answers.levels,
        gates=answers.gates,
        measures=answers.measures,
        points=answers.points,
        states=states or {},
    )


# Weights


@st.composite
def weights_in(draw: st.DrawFn, regions: Sequence[Region]) -> dict[str, Fraction]:
    """Draw weights for all children: a vertex of each region, or a mixture of all of them."""
    found: dict[str, Fraction] = {}
    for region in regions:
        count = len(vertices(region))
        parts = draw(st.lists(st.integers(0, 5), min_size=count, max_size=count))
        if not any(parts):
            parts[draw(st.integers(0, count - 1))] = 1
        found |= mixture(region, parts)
    return found


@attrs.define
class _Opening:
    """One walk over a tree that opens weights, as long as there are not too many vertices."""

    draw: st.DrawFn
    true: Mapping[str, Fraction]  # weights that the instrument could have
    curved: bool
    plain: bool
    known: Known = attrs.field(factory=Known)
    ways: int = 1

    def node(self, node: mi.Indicator | mi.Measure | mi.Dimension) -> object:
        return self.dimension(node) if isinstance(node, mi.Dimension) else node

    def dimension(self, dimension: mi.Dimension) -> mi.Dimension:
        """Return a dimension with some weights open, and what lies below it likewise."""
        if not dimension.children:
            return dimension
        children = tuple(map(self.node, dimension.children))
        # What a dimension counts for want of a child is not asked here, so it is never missing.
        bare = attrs.evolve(dimension, children=children, missing=mi.MissingPolicy.UNKNOWN)
        if self.plain:
            bare = attrs.evolve(bare, floor=None, caps=(), rounding=None)
        if not bare.rule.weighted:
            return bare
        published = self._with(bare, set())
        if isinstance(bare.rule, LINEAR) or self.curved:
            return self._opened(bare) or published
        return published

    def _with(self, dimension: mi.Dimension, codes: set[str]) -> mi.Dimension:
        """Return a dimension in which the weights of these children are not published."""
        return attrs.evolve(
            dimension,
            children=tuple(
                attrs.evolve(
                    child,
                    weight=None
                    if child.code in codes
                    else strategies.figure(self.true[child.code]),
                )
                for child in dimension.children
            ),
        )

    def _opened(self, dimension: mi.Dimension) -> mi.Dimension | None:
        """Open some weights; None where nothing is opened, or there would be too many vertices."""
        draw, rule = self.draw, dimension.rule
        codes = [child.code for child in dimension.children]
        if len(codes) < 2 or draw(one_in(4)):
            return None
        few = min(len(codes), 4)
        chosen = draw(st.sets(st.sampled_from(codes), min_size=2, max_size=few))
        chosen_codes = [code for code in codes if code in chosen]
        unpublished = set(chosen_codes) if rule.whole is not None else set[str]()
        known = self._known(dimension, chosen_codes)
        if rule.whole is not None and draw(one_in(5)):
            # One that is published, and yet is said to be something else.
            unpublished.discard(code := draw(st.sampled_from(chosen_codes)))
            known.weights.setdefault(code, self._interval(code, self.true[code] + 1))
        opened = self._with(dimension, unpublished)
        region = region_of(opened, known.weights, known.order, known.sums)
        count = len(vertices(region))
        if self.ways * count > MOST_WEIGHTINGS:
            return None
        self.ways *= count
        self.known = Known(
            weights=self.known.weights | known.weights,
            order=self.known.order + known.order,
            sums=self.known.sums | known.sums,
        )
        return opened

    def _known(self, dimension: mi.Dimension, codes: Sequence[str]) -> Known:
        """Draw what is known of some weights; the true ones are always admitted."""
        draw, whole = self.draw, dimension.rule.whole
        most = whole if whole is not None else max(self.true[code] for code in codes) + 1
        found = Known()
        if whole is None:
            found = Known(weights={code: self._interval(code, most) for code in codes})
            # A mean of weights that could all be zero is refused.
            heaviest = max(codes, key=self.true.__getitem__)
            least = self.true[heaviest] / 2
            found.weights[heaviest] = (least, 2 * self.true[heaviest] + 1)
            return found if draw(st.booleans()) else attrs.evolve(found, order=self._order(codes))
        for kind in draw(st.sampled_from(_KINDS)):
            if kind == "intervals":
                for code in draw(st.sets(st.sampled_from(codes), min_size=1)):
                    found.weights[code] = self._interval(code, most)
            elif kind == "order":
                found = attrs.evolve(found, order=found.order + self._order(codes))
            else:
                members = tuple(draw(st.sets(st.sampled_from(codes), min_size=2)))
                found.sums[tuple(sorted(members))] = self._sum(members, most)
        return found

    def _interval(self, code: str, most: Fraction) -> Ends:
        low, high = draw_ends(self.draw, self.true[code], most)
        return low, high

    def _order(self, codes: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        chosen = self.draw(st.sets(st.sampled_from(codes), min_size=2))
        return (tuple(sorted(chosen, key=lambda code: (-self.true[code], code))),)

    def _sum(self, members: Sequence[str], most: Fraction) -> Fraction | Ends:
        total = sum((self.true[code] for code in members), Fraction(0))
        return total if self.draw(st.booleans()) else draw_ends(self.draw, total, most)


_KINDS: tuple[tuple[str, ...], ...] = (
    (),
    (),
    ("intervals",),
    ("intervals",),
    ("order",),
    ("order", "intervals"),
    ("sum",),
    ("sum", "order"),
    ("sum", "order"),
    ("order", "order"),
)


def draw_ends(draw: st.DrawFn, value: Fraction, most: Fraction) -> Ends:
    """Draw an interval around a number, from 0 to `most` at the widest."""
    down, up = draw(st.integers(0, 4)), draw(st.integers(0, 4))
    low, high = value * down / 4, value + (most - value) * up / 4
    return (low if down else None), max(high, value)


# Answers


@st.composite
def rows(draw: st.DrawFn, instrument: mi.Instrument, trust: Trust, *, doubts: bool = True) -> Row:
    """Draw the answers of one agency, perhaps with some of them open, but not too many."""
    entries = draw(one_in(4))
    given = strategies.asked(draw(strategies.answers(instrument, complete=True, entries=entries)))
    row = Row(answers=given)
    childless = {one.code for one in instrument.dimensions if not one.children}
    codes = [
        *given.levels,
        *given.gates,
        *(code for code in given.measures if code not in waited_for(instrument)),
        *(code for code in given.points if code in childless),
    ]
    if not codes or not doubts:
        return row
    doubtful = [state for state in STATES if getattr(trust, state) != (0, 0)]
    fewest = min(draw(st.sampled_from((0, 1, 2))), len(codes))
    for code in draw(st.lists(st.sampled_from(codes), min_size=fewest, max_size=5, unique=True)):
        changed = _without(instrument, row, code)
        if code in row.answers.levels and draw(st.booleans()):
            state = draw(st.sampled_from((*(4 * doubtful), *STATES)))
            changed = attrs.evolve(row, states=row.states | {code: state})
        if len(completions(instrument, changed.answers, changed.states, trust)) <= MOST_COMPLETIONS:
            row = changed
    return row


def waited_for(instrument: mi.Instrument) -> set[str]:
    """Return the deductions that caps wait for: a large one lowers points and lifts the cap.

    Where such a one is not known there are no bounds.
    """
    deductions = {one.code for node in instrument.dimensions for one in node.deductions}
    return {
        cap.shortfall.code
        for node in instrument.dimensions
        for cap in (*node.caps, *node.band_caps)
        if cap.shortfall is not None and cap.shortfall.code in deductions
    }


def _without(instrument: mi.Instrument, row: Row, code: str) -> Row:
    """Return a row without one answer, and without the levels that wait for it."""
    waiting = {
        indicator.code
        for indicator in instrument.indicators
        if any(condition.gate == code for condition in indicator.conditions)
    }
    left = {
        name: {key: value for key, value in cells.items() if key not in {code, *waiting}}
        for name, cells in attrs.asdict(row.answers).items()
    }
    states = {key: state for key, state in row.states.items() if key in left["levels"]}
    return Row(answers=Answers(**left), states=states)


@st.composite
def rows_like(draw: st.DrawFn, instrument: mi.Instrument, row: Row) -> Row:
    """Draw other answers to what one agency answered, with the same gates and the same gaps."""
    levels = {
        indicator.code: draw(
            st.just(row.answers.levels[indicator.code])
            | st.sampled_from([level.value for level in indicator.levels])
        )
        for indicator in instrument.indicators
        if indicator.code in row.answers.levels
    }
    return attrs.evolve(row, answers=attrs.evolve(row.answers, levels=levels))


@st.composite
def policies(draw: st.DrawFn, instrument: mi.Instrument) -> dict[str, str]:
    """Draw how far each state is trusted; now and then nothing is said."""
    if draw(one_in(3)):
        return {}
    words: dict[str, str] = {
        name: draw(st.sampled_from(_LATITUDES))
        for name in draw(st.sets(st.sampled_from(STATES), min_size=1))
    }
    # Where each of many answers may be another there are too many ways.
    if len(instrument.indicators) <= 2 and not draw(one_in(4)):
        words["unstated"] = draw(st.sampled_from(_LATITUDES))
    if draw(one_in(4)):
        words["unanswered"] = LOWEST
    return words


# Cases


@st.composite
def open_instruments(
    draw: st.DrawFn,
    *,
    rules: tuple[RuleType, ...] = LINEAR,
    curved: bool = False,
    plain: bool = False,
    max_depth: int = 3,
    max_gates: int = 2,
) -> tuple[mi.Instrument, Known]:
    """Draw an instrument without bands of which some weights are open, and what is known of them.

    Args:
        draw: given by hypothesis.
        rules: the types of rules that occur.
        curved: whether weights are open under rules that are not linear as well.
        plain: whether nothing is rounded, and nothing has a floor or a cap. Otherwise the root is
            often rounded.
        max_depth: how many dimensions may stand above one another.
        max_gates: how many gates there may be.
    """
    options = Options(
        rules=rules, exact=True, max_depth=max_depth, max_leaves=6, max_gates=max_gates
    )
    instrument = draw(bare_instruments(options))
    opening = _Opening(draw, strategies.weights_of(instrument), curved, plain)
    root = opening.dimension(instrument.root)
    limited = plain or root.rounding is not None or root.floor is not None or root.caps
    if root.children and not limited and draw(one_in(3)):
        rounding = draw(roundings(2))
        decimals = min(root.decimals, rounding.digits)
        root = attrs.evolve(root, rounding=rounding, decimals=decimals)
    return (
        attrs.evolve(instrument, root=root, default_weighting=mi.EqualRemainder()),
        opening.known,
    )


@st.composite
def cases(
    draw: st.DrawFn,
    *,
    most_rows: int = 2,
    bands: bool = True,
    doubts: bool = True,
    alike: bool = False,
    rules: tuple[RuleType, ...] | None = None,
    **options: object,
) -> Case:
    """Draw a case. The limits of bands are often what the first agency's totals lie between.

    Args:
        draw: given by hypothesis.
        most_rows: how many agencies there may be.
        bands: whether there may be bands.
        doubts: whether answers may be open.
        alike: whether all agencies have answered the same, though not by the same levels.
        rules: the types of rules; None for sums and weighted means, or one time in three for any.
        options: of the instrument, see `open_instruments`.
    """
    if rules is None:
        rules = RULES if draw(one_in(3)) else LINEAR
    instrument, known = draw(open_instruments(rules=rules, **options))
    words = draw(policies(instrument))
    one_row = rows(instrument, trust_of(words), doubts=doubts)
    if alike:
        first = draw(one_row)
        others = st.lists(rows_like(instrument, first), min_size=1, max_size=most_rows - 1)
        found = [first, *draw(others)]
    else:
        found = draw(st.lists(one_row, min_size=1, max_size=most_rows))
    if len(found) < most_rows and draw(one_in(3)):
        found.append(draw(st.sampled_from(found)))
    case = Case(instrument=instrument, known=known, rows=found, words=words)
    if bands and draw(st.sampled_from((True, True, False))):
        with_bands = draw(banded(instrument, _hits(case)))
        asked_for = waited_for(with_bands)
        if all(asked_for <= row.answers.measures.keys() for row in found):
            case = attrs.evolve(case, instrument=with_bands)
    return case


def _hits(case: Case) -> dict[str, tuple[Fraction, ...]]:
    """Return where limits shall lie: at the root, on what the first agency's total lies between."""
    hits: dict[str, tuple[Fraction, ...]] = {
        dimension.code: (Fraction(1),) for dimension in case.instrument.dimensions
    }
    first = ends(see_all(case.instrument, case.regions, case.completed[0]))
    if first is not None:
        hits[case.instrument.root.code] = tuple(sorted(set(first)))
    return hits
