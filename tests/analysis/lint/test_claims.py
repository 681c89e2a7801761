"""What the linter says can never be, or always is, compared with every answer there is.

The answers are incomplete as well, gates and all, and points are entered at every dimension.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import (
    ASSUMED,
    MEAN,
    SUM,
    band,
    dimension,
    figure,
    gate,
    indicator,
    instrument,
    levels,
    limit,
    measure,
    when,
)
from meritindex.analysis.lint import Finding, Severity, lint
from meritindex.definition import (
    BandCap,
    Bands,
    Cap,
    Dimension,
    EqualRemainder,
    HarmonicMean,
    Indicator,
    Instrument,
    Measure,
    Median,
    Minimum,
    MissingPolicy,
    Node,
    Rounding,
    RoundingMode,
    Shortfall,
    Step,
    ThresholdScale,
    WeightedMean,
)
from oracle import Answers, evaluate
from strategies import weights_of

HUGE = 10**6
MOST = 150  # answers looked at for one instrument
CLAIMS = frozenset(
    {
        "cap-without-effect",
        "cap-always-holds",
        "band-unreachable",
        "level-without-effect",
        "entry-maximum-unreachable",
        "entry-maximum-without-effect",
    }
)


# Small instruments in which much can be said


POLICIES = (*MissingPolicy,)
SCALES = (levels(0, 1), levels(1, 2), levels(3, 4), levels(-2, -1), levels(0, 4), levels(-1, 1))
CONDITIONS = ((), (), (when("g1"),), (when("g1", "no"),), (when("g1"), when("g2")))
STEPS = ThresholdScale(
    steps=(Step(points=1), Step(points=1, start=0), Step(points=2, start=3)), basis=ASSUMED
)
LIMITS = st.sampled_from([Fraction(value) for value in range(-3, 6)])


@st.composite
def leaves(draw: st.DrawFn, code: str, policies: tuple[MissingPolicy, ...]) -> Node:
    kind = draw(st.sampled_from(("indicator",) * 4 + ("measure", "childless")))
    gaps = {"missing": draw(st.sampled_from(policies)), "missing_basis": ASSUMED}
    if kind == "measure":
        low = draw(st.integers(-2, 1))
        scale = draw(st.sampled_from((None, STEPS)))
        return measure(code, minimum=low, maximum=low + 2, decimals=0, scale=scale, **gaps)
    if kind == "childless":
        return dimension(code, maximum=figure(2), decimals=0, **gaps)
    conditions = draw(st.sampled_from(CONDITIONS))
    return indicator(code, levels=draw(st.sampled_from(SCALES)), conditions=conditions, **gaps)


@st.composite
def dimensions(draw: st.DrawFn, code: str, depth: int) -> Dimension:
    rule = draw(
        st.sampled_from(
            (
                SUM,
                MEAN,
                MEAN,
                WeightedMean(basis=ASSUMED, whole=2),
                Minimum(basis=ASSUMED),
                Median(basis=ASSUMED),
                HarmonicMean(basis=ASSUMED, floor="1/2"),
            )
        )
    )
    policies = tuple(each for each in POLICIES if rule.reweighs or each is not MissingPolicy.DROP)
    children: list[Node] = []
    for place in range(draw(st.integers(1, 2))):
        below = f"{code}{place}"
        if depth and draw(st.booleans()):
            inner = draw(dimensions(below, depth - 1))
            policy = draw(st.sampled_from(policies))
            children.append(attrs.evolve(inner, missing=policy, missing_basis=ASSUMED))
        else:
            children.append(draw(leaves(below, policies)))
    children = weighed(draw, rule, children)
    fields: dict[str, object] = {}
    digits = draw(st.sampled_from((None, None, 0, 1)))
    if digits is not None:
        mode = draw(st.sampled_from(RoundingMode))
        fields["rounding"] = Rounding(digits=digits, mode=mode, basis=ASSUMED)
    if draw(st.booleans()):
        fields["caps"] = tuple(
            Cap(maximum=maximum, basis=ASSUMED, shortfall=draw(shortfalls(children) | st.none()))
            for maximum in sorted(draw(st.sets(LIMITS, min_size=1, max_size=2)))
        )
    if draw(st.booleans()):
        floor = min([draw(LIMITS), *(cap.maximum for cap in fields.get("caps", ()))])
        fields["floor"] = figure(floor)
    if draw(st.sampled_from((False, False, True))):
        policy = draw(st.sampled_from(POLICIES))
        adjusted = measure(
            f"{code}x",
            None,
            minimum=1,
            maximum=2,
            decimals=0,
            missing=policy,
            missing_basis=ASSUMED,
        )
        fields[draw(st.sampled_from(("bonuses", "deductions")))] = (adjusted,)
    if draw(st.sampled_from((False, False, True))):
        fields["entry_maximum"] = figure(draw(st.integers(1, 6)))
    if draw(st.booleans()):
        first, second = sorted(draw(st.sets(LIMITS, min_size=2, max_size=2)))
        items = (band("low"), band("middle", limit(first)), band("high", limit(second)))
        fields["bands"] = Bands(items=items)
        fields["band_caps"] = tuple(
            BandCap(band=name, basis=ASSUMED, shortfall=draw(shortfalls(children)))
            for name in draw(st.sets(st.sampled_from(("low", "middle")), max_size=1))
        )
    return dimension(code, *children, rule=rule, weight=None, decimals=0, **fields)


def weighed(draw: st.DrawFn, rule: object, children: list[Node]) -> list[Node]:
    if not rule.weighted:
        weights = [None] * len(children)
    elif rule.whole is not None and draw(st.booleans()):
        weights = [None if place else figure(1) for place in range(len(children))]
        weights = weights if len(children) > 1 else [None]
    elif rule.whole is not None:
        weights = [figure(Fraction(2, len(children)))] * len(children)
    else:
        weights = [figure(1), figure(draw(st.sampled_from((1, 2, 0))))][: len(children)]
    return [
        attrs.evolve(child, weight=weight) for child, weight in zip(children, weights, strict=True)
    ]


def shortfalls(children: list[Node]) -> st.SearchStrategy[Shortfall]:
    codes = [each.code for child in children for each in nodes_of(child)]
    return st.builds(Shortfall, code=st.sampled_from(codes), below=LIMITS)


def nodes_of(node: Node) -> list[Node]:
    return list(node.walk()) if isinstance(node, Dimension) else [node]


@st.composite
def small_instruments(draw: st.DrawFn) -> Instrument:
    root = draw(dimensions("d", 2))
    policy = draw(
        st.sampled_from((MissingPolicy.UNKNOWN, MissingPolicy.ZERO, MissingPolicy.LOWEST))
    )
    root = attrs.evolve(root, missing=policy, missing_basis=ASSUMED)
    gates = (gate("g1"), gate("g2"))
    return instrument(root=root, gates=gates, default_weighting=EqualRemainder())


# All answers


def answers_of(definition: Instrument) -> Iterator[Answers]:
    """Yield answers, in an order of chance that is always the same."""
    ways = (
        [(each.code, [None, *each.values]) for each in definition.gates],
        ways_of(definition, definition.root),
    )
    gates, others = ways
    sizes = [len(choices) for _, choices in gates] + [len(choices) for _, choices in others]
    total = 1
    for size in sizes:
        total *= size
    every = list(product(*(range(size) for size in sizes))) if total <= MOST else None
    chance = random.Random(total)
    for number in range(min(total, MOST)):
        picked = (
            every[number] if every is not None else tuple(chance.randrange(size) for size in sizes)
        )
        yield chosen(definition, gates, others, picked)


def ways_of(definition: Instrument, node: Node) -> list[tuple[Node, list[object]]]:
    """Return every node with what may be answered or entered at it."""
    found = []
    for each in nodes_of(node):
        if isinstance(each, Indicator):
            choices = [None, *(level.value for level in each.levels)]
        elif isinstance(each, Measure):
            choices = [None, *range(int(each.minimum), int(each.maximum) + 1)]
        else:
            low, high = definition.entry_range(each)
            ends = sorted({low.__ceil__(), high.__floor__()}) if each.children else [0, 1, 2]
            inside = [end for end in ends if low <= end <= high]
            choices = [*[None] * (2 + 4 * bool(each.children)), *inside]
        found.append((each, choices))
    return found


def chosen(definition, gates, others, picked) -> Answers:
    """Return the answers that are picked; what stands below an entry is not answered."""
    made = Answers()
    for (code, choices), place in zip(gates, picked, strict=False):
        if choices[place] is not None:
            made.gates[code] = choices[place]
    covered: set[str] = set()
    for (node, choices), place in zip(others, picked[len(gates) :], strict=True):
        value = choices[place]
        if value is None or node.code in covered:
            continue
        if isinstance(node, Indicator):
            made.levels[node.code] = value
        elif isinstance(node, Measure):
            made.measures[node.code] = Fraction(value)
        else:
            made.points[node.code] = Fraction(value)
            covered |= {each.code for each in node.walk()}
    return made


# What is claimed


def claims_of(definition: Instrument) -> list[Finding]:
    return [each for each in lint(definition) if each.code in CLAIMS]


NUMBER = r"(-?[\d./]+)(?: \(about \S+\))?"
RANGE = rf"for its points run from {NUMBER} to {NUMBER}$"
SHORT = rf"(\w+) is (?:never|always) below {NUMBER}, {RANGE}"
PATTERNS = {
    "floor never": rf"the floor {NUMBER} of \w+ has no effect: its .+ never below {NUMBER}$",
    "floor always": rf"the floor {NUMBER} of \w+ always decides: answers never pass {NUMBER}$",
    "cap never": rf"the cap {NUMBER} of \w+ has no effect: its points are never above {NUMBER}$",
    "best": r"the cap at the band \w+ of \w+ has no effect: it is the highest band$",
    "never short": rf"the cap (.+) of \w+ never holds: {SHORT}",
    "always short": rf"the cap (.+) of \w+ always holds: {SHORT}",
    "short if applies": rf"the cap (.+) of \w+ holds whenever \w+ applies: {SHORT}",
    "band": r"the band (\w+) \(en\) of (.+) is reached by no complete answers: points run from",
    "entry": rf"points of \w+ may be entered up to .+, but answers reach {NUMBER} at most$",
    "no entry": rf"the entry maximum .+ of \w+ has no effect: answers reach {NUMBER}, and so far",
    "step never": r"no value of (\w+) gets step (\d+) ",
    "step same": r"step (\d+) of (\w+) is worth the same as step (\d+) ",
    "level same": r"level (\d+) of (.+) is worth the same as level (\d+) ",
}


def parsed(claim: Finding) -> tuple[str, tuple[str, ...]]:
    (found,) = (
        (kind, match.groups())
        for kind, pattern in PATTERNS.items()
        if (match := re.match(pattern, claim.message.en))
    )
    return found


def check_claim(definition: Instrument, claim: Finding, rows: list[Answers]) -> None:
    """Check what one finding says against these answers."""
    kind, named = parsed(claim)
    if kind == "band":
        check_band(definition, claim, named, rows)
    elif kind in {"step never", "step same"}:
        check_step(definition, kind, named)
    elif kind == "level same":
        node = definition[claim.where]
        assert node.level(int(named[0])).points == node.level(int(named[2])).points
    elif kind in {"entry", "no entry"}:
        answered = [row for row in rows if not entered(definition, row)]
        points = points_of(definition, claim.where, answered)
        assert all(each <= Fraction(named[0]) for each in points if each is not None)
    elif kind != "best":
        # Points that are entered for the dimension itself are not held back by anything.
        rows = [row for row in rows if claim.where not in row.points]
        check_limit(definition, claim, kind, named, rows)


def entered(definition: Instrument, row: Answers) -> bool:
    return any(definition.dimension(code).children for code in row.points)


def points_of(definition: Instrument, code: str, rows: list[Answers]) -> list[Fraction | None]:
    weights = weights_of(definition)
    return [evaluate(definition, weights, row).points[code] for row in rows]


def check_band(definition, claim, named, rows) -> None:
    """Check that a band is had neither by answers that are complete nor, if so said, by others."""
    weights = weights_of(definition)
    for row in rows:
        result = evaluate(definition, weights, row)
        complete = not result.missing and not entered(definition, row)
        if complete or claim.severity is Severity.ERROR:
            for code in re.split(", | and ", named[1]):
                assert result.band[code] != named[0]


def check_step(definition, kind, named) -> None:
    code, place = named if kind == "step never" else (named[1], named[0])
    each, step = definition[code], int(place) - 1
    values = [Fraction(value) for value in range(int(each.minimum), int(each.maximum) + 1)]
    found = [each.scale.steps.index(each.scale.step_of(value)) for value in values]
    if kind == "step never":
        assert step not in found
    else:
        assert {step, int(named[2]) - 1} <= set(found)
        assert each.scale.steps[step].points == each.scale.steps[int(named[2]) - 1].points


def check_limit(definition, claim, kind, named, rows) -> None:
    """Check what is said of a floor or cap, by what happens without it."""
    # Whether something is known is another question, so that nothing stands in for the dimension.
    node = attrs.evolve(
        definition.dimension(claim.where), missing=MissingPolicy.UNKNOWN, missing_basis=None
    )
    found = results_of(definition, node, rows)
    if kind == "floor never":
        floor, lowest = map(Fraction, named)
        assert floor <= lowest
        assert all(points >= lowest for points, _ in found if points is not None)
        check_same(found, results_of(definition, attrs.evolve(node, floor=None), rows))
    elif kind == "floor always":
        floor, highest = map(Fraction, named)
        assert floor >= highest
        bare = results_of(definition, attrs.evolve(node, floor=None, caps=()), rows)
        assert all(points <= highest for points, _ in bare if points is not None)
    elif kind == "cap never":
        maximum, highest = map(Fraction, named)
        assert maximum >= highest
        assert all(points <= highest for points, _ in found if points is not None)
        others = [cap for cap in node.caps if cap.maximum != maximum]
        check_same(found, results_of(definition, attrs.evolve(node, caps=others), rows))
    else:
        check_shortfall(definition, kind, named, node, rows)


def check_shortfall(definition, kind, named, node, rows) -> None:
    """Check that a shortfall is never, or always."""
    what, code, below, *ends = named
    low, high = map(Fraction, ends)
    if isinstance(definition[code], Dimension):
        inside = [row for row in rows if code not in row.points]
        points = points_of(definition, code, inside)
        assert all(low <= each <= high for each in points if each is not None)
    short = Shortfall(code=code, below=below)
    field = "band_caps" if what.startswith("at the band ") else "caps"

    def is_meant(cap: Cap | BandCap) -> bool:
        number = cap.band if field == "band_caps" else cap.maximum
        return cap.shortfall == short and what.split()[-1] == str(number)

    caps = getattr(node, field)
    (meant,) = (cap for cap in caps if is_meant(cap))
    found = results_of(definition, node, rows)
    if kind == "never short":
        others = [cap for cap in caps if cap is not meant]
    else:
        sure = Shortfall(code=code, below=HUGE)
        others = [attrs.evolve(cap, shortfall=sure) if cap is meant else cap for cap in caps]
    check_same(found, results_of(definition, attrs.evolve(node, **{field: others}), rows))
    if kind == "always short":
        for points, held in found:
            if field == "caps":
                assert points is None or points <= max(meant.maximum, floor_of(node))
            else:
                names = [each.name.id for each in node.bands]
                assert held is None or names.index(held) <= names.index(meant.band)


def floor_of(node: Dimension) -> Fraction:
    return Fraction(-HUGE) if node.floor is None else node.floor.value


Found = list[tuple[Fraction | None, str | None]]


def results_of(definition: Instrument, changed: Dimension, rows: list[Answers]) -> Found:
    """Return the points and the band of a dimension that is put in the place of its own."""
    other = replaced(definition, changed)
    weights, code = weights_of(other), changed.code
    results = [evaluate(other, weights, row) for row in rows]
    return [(result.points[code], result.band.get(code)) for result in results]


def check_same(found: Found, others: Found) -> None:
    """Check that points and bands are the same where both are known."""
    for pair in zip(found, others, strict=True):
        for one, other in zip(*pair, strict=True):
            assert one is None or other is None or one == other


def replaced(definition: Instrument, changed: Dimension) -> Instrument:
    def inside(node: Node) -> Node:
        if node.code == changed.code:
            return changed
        if isinstance(node, Dimension):
            return attrs.evolve(node, children=[inside(child) for child in node.children])
        return node

    return attrs.evolve(definition, root=inside(definition.root))


@settings(deadline=None, max_examples=80)
@given(small_instruments())
def test_no_answers_contradict_what_is_said(definition):
    claims = claims_of(definition)
    rows = list(answers_of(definition)) if claims else []
    for claim in claims:
        check_claim(definition, claim, rows)
