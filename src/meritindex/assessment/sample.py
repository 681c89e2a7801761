"""Assessments that are made up, for trying things out before there are any of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import TypeVar

import attrs

from meritindex import catalog
from meritindex.assessment.building import RawRows, build, place_in_list
from meritindex.assessment.many import AssessmentSet
from meritindex.definition import Agency, AgencyKind, Indicator, Instrument, Stage
from meritindex.definition.applicability import applies

T = TypeVar("T")

# The least index with which an agency is Menengah: bands are read after rounding to two decimals.
_MIDDLE = 0.605
_EVERY = 20

# What index the agencies of a kind aim for, by their share from the weakest to the best. The share
# above the second to last point is that of 2021 at Baik or better; the rest is invented.
_PROVINCES = ((0.0, 0.26), (0.51, _MIDDLE), (1.0, 0.95))
_REGENCIES_AND_CITIES = ((0.0, 0.10), (0.5, 0.38), (0.85, _MIDDLE), (1.0, 0.93))


@attrs.frozen
class _Made:
    """The answers made up for one agency."""

    gates: dict[str, str]
    levels: dict[str, int]
    satisfaction: str
    correction: str | None


@attrs.frozen
class _Leaf:
    """An indicator that an agency answers: its aspect, and its share in the index."""

    indicator: Indicator
    aspect: str
    weight: float


def sample(seed: int = 2026) -> AssessmentSet:
    """Return made-up self-assessments under ism-2026 for all 546 autonomous regional agencies.

    They are of 2026, and every one is marked as synthetic: no answer is the agency's. The same
    seed gives the same answers everywhere. The survey is missing for 27 agencies, every twentieth.

    The share of agencies at Menengah or better lies within 5 points of the share at Baik or better
    that was published for 2021 (provinces 49%, regencies and cities 15%; national shares, standing:
    reported). That the two bands correspond is this library's assumption; nothing has been
    published about the distribution on the scale of 2026.

    Args:
        seed: another number gives other answers with the same shares.

    Examples:
        >>> import meritindex as mi
        >>> mi.sample()
        <AssessmentSet of 546 under ism-2026, synthetic>
    """
    instrument = catalog.instrument("ism-2026")
    random = Random(seed)  # noqa: S311 - nothing here is secret
    weights = _weights(instrument)
    strengths = {item.code: _around(random, 0.15) for item in instrument.indicators}
    aims = _aims(random)
    made = {
        agency: _made(random, instrument, weights, strengths, agency, aim) for agency, aim in aims
    }
    # In the order of their aims, so that those without survey are spread over weak and strong.
    unsurveyed = {agency for agency, _ in aims[_EVERY - 1 :: _EVERY]}
    agencies = catalog.agencies()
    rows = [made[agency] for agency in agencies]
    columns: dict[str, Sequence[object]] = {
        "agency": agencies,
        "year": [2026] * len(rows),
        "stage": [Stage.SELF_ASSESSED] * len(rows),
        "synthetic": [True] * len(rows),
        "satisfaction": [
            None if agency in unsurveyed else row.satisfaction
            for agency, row in zip(agencies, rows, strict=True)
        ],
        "correction": [row.correction for row in rows],
    }
    columns |= {gate.code: [row.gates[gate.code] for row in rows] for gate in instrument.gates}
    columns |= {
        indicator.code: [row.levels.get(indicator.code) for row in rows]
        for indicator in instrument.indicators
    }
    return build(instrument, RawRows(count=len(rows), columns=columns, place=place_in_list))


def _aims(random: Random) -> list[tuple[Agency, float]]:
    """Return the agencies of each kind in a random order from weak to strong, with their aims."""
    provinces = catalog.agencies(kind=AgencyKind.PROVINCE)
    others = [agency for agency in catalog.agencies() if agency.kind is not AgencyKind.PROVINCE]
    aims: list[tuple[Agency, float]] = []
    for agencies, points in ((provinces, _PROVINCES), (others, _REGENCIES_AND_CITIES)):
        shuffled = _shuffled(random, agencies)
        for place, agency in enumerate(shuffled):
            aims.append((agency, _between(points, (place + 0.5) / len(shuffled))))
    return aims


def _made(  # noqa: PLR0913, PLR0917 - what one agency's answers are made of
    random: Random,
    instrument: Instrument,
    weights: dict[str, float],
    strengths: dict[str, float],
    agency: Agency,
    aim: float,
) -> _Made:
    """Make up the answers of one agency, so that its index comes out close to its aim."""
    gates = {
        "a4q0_jenis_instansi": "provinsi" if agency.kind is AgencyKind.PROVINCE else "kabkota",
        "a6q3_gate": "ya" if random.random() < 0.9 else "tidak",
        "a6q4_kecelakaan_gate": "ya" if random.random() < 0.4 else "tidak",
        "a6q4_kematian_gate": "ya" if random.random() < 0.7 else "tidak",
    }
    satisfaction = int(10_000 * _within(aim + 0.03 + _around(random, 0.08))) / 10_000
    hundredths = 1 + int(3 * random.random()) if random.random() < 0.05 else 0
    leaves = _leaves(instrument, weights, gates)
    surveyed = satisfaction * weights["satisfaction"]
    level = (aim - surveyed + hundredths / 100) / sum(leaf.weight for leaf in leaves)
    return _Made(
        gates=gates,
        levels=_levels(random, leaves, strengths, level),
        satisfaction=f"{satisfaction:.4f}",
        correction=f"0.0{hundredths}" if hundredths else None,
    )


def _levels(
    random: Random, leaves: Sequence[_Leaf], strengths: dict[str, float], level: float
) -> dict[str, int]:
    """Return levels around `level` (0 to 1): strong and weak aspects, easy and hard indicators.

    What rounding to whole levels adds or takes away is made up for by the indicators that follow,
    the heaviest first, so that the agency ends up where it should.
    """
    aspects = {leaf.aspect: _around(random, 0.12) for leaf in leaves}
    wanted = [
        level + aspects[leaf.aspect] + strengths[leaf.indicator.code] + _around(random, 0.25)
        for leaf in leaves
    ]
    whole = sum(leaf.weight for leaf in leaves)
    debt = level * whole - sum(
        leaf.weight * value for leaf, value in zip(leaves, wanted, strict=True)
    )
    answers: dict[str, int] = {}
    for leaf, value in zip(leaves, wanted, strict=True):
        highest = leaf.indicator.levels[-1].value
        answer = int(highest * _within(value + debt / whole) + 0.5)
        answers[leaf.indicator.code] = answer
        debt += leaf.weight * (value - answer / highest)
        whole -= leaf.weight
    return answers


def _leaves(
    instrument: Instrument, weights: dict[str, float], gates: dict[str, str]
) -> list[_Leaf]:
    """Return the indicators that apply with their shares in the index, the heaviest first."""
    leaves: list[_Leaf] = []
    for dimension in instrument.dimensions:
        asked = [
            child
            for child in dimension.children
            if isinstance(child, Indicator) and applies(child, gates)
        ]
        leaves += [
            _Leaf(child, dimension.code, weights[dimension.code] / len(asked)) for child in asked
        ]
    return sorted(leaves, key=lambda leaf: -leaf.weight)


def _weights(instrument: Instrument) -> dict[str, float]:
    """Return the shares of the aspects and of the survey in the index."""
    resolved = dict(instrument.default_weighting.resolve(instrument.root))
    shares = {"index": Fraction(1)}
    for dimension in instrument.dimensions:
        whole = sum(resolved[child.code].value for child in dimension.children)
        for child in dimension.children:
            shares[child.code] = shares[dimension.code] * resolved[child.code].value / whole
    return {code: float(share) for code, share in shares.items()}


def _between(points: Sequence[tuple[float, float]], share: float) -> float:
    """Return the value at `share` on the line through the points."""
    place = next(place for place in range(1, len(points)) if share <= points[place][0])
    (left, low), (right, high) = points[place - 1], points[place]
    return low + (high - low) * (share - left) / (right - left)


def _around(random: Random, spread: float) -> float:
    """Return a number from -spread to spread, the middle ones more often."""
    return spread * (random.random() + random.random() - 1)


def _within(value: float) -> float:
    return min(1.0, max(0.0, value))


def _shuffled(random: Random, items: Sequence[T]) -> list[T]:
    """Return the items in a random order; `Random.shuffle` may change between versions."""
    shuffled = list(items)
    for place in range(len(shuffled) - 1, 0, -1):
        other = int(random.random() * (place + 1))
        shuffled[place], shuffled[other] = shuffled[other], shuffled[place]
    return shuffled
