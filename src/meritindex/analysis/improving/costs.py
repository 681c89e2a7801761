"""What raising a level costs, in a unit of the user's choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any, cast

import attrs

from meritindex.analysis.improving.faults import read_number, unknown_item, unknown_level
from meritindex.definition import Indicator, Instrument
from meritindex.errors import AssessmentError, Fault
from meritindex.language import Text

Steps = tuple[tuple[int, Fraction], ...]

PLACE = Text("biaya", "costs")
_INDICATOR = Text("indikator", "indicator")


def _pairs(
    items: Mapping[str, object] | Iterable[tuple[str, object]],
) -> tuple[tuple[str, Any], ...]:
    """Return pairs of a code and a cost, or costs by level; what is wrong is refused together."""
    pairs = items.items() if isinstance(items, Mapping) else items
    return tuple(
        (code, tuple(cost.items()) if isinstance(cost, Mapping) else cost) for code, cost in pairs
    )


@attrs.frozen(kw_only=True)
class Costs:
    """What it costs to raise an indicator by a level.

    Attributes:
        by_indicator: by code, what every step of it costs; or, by the level that is reached, what
            the step to it costs.
        default: what a step costs that is not named; None where every step that may be taken must
            be named.
        unit: in what the costs are counted, for a reader: "juta rupiah", "bulan".

    Raises:
        AssessmentError: a cost that is no number or below 0; every one is named.

    Examples:
        >>> costs = Costs(by_indicator={"a1q1": "2,5", "a1q2": {3: 1, 4: 6}}, unit="bulan")
        >>> costs.of("a1q1", 2), costs.of("a1q2", 4), costs.of("a1q3", 1)
        (Fraction(5, 2), Fraction(6, 1), None)
    """

    by_indicator: tuple[tuple[str, Fraction | Steps], ...] = attrs.field(
        default=(), converter=_pairs
    )
    default: Fraction | None = None
    unit: str = ""

    def __attrs_post_init__(self) -> None:
        faults: list[Fault] = []

        def read(value: object, item: str | None) -> Fraction:
            number = read_number(value, PLACE, item)
            if isinstance(number, Fault):
                faults.append(number)
                return Fraction(0)
            return number

        found: list[tuple[str, Fraction | Steps]] = []
        for code, cost in self.by_indicator:
            if isinstance(cost, tuple):
                steps = ((level, read(value, f"{code} {level}")) for level, value in cost)
                found.append((code, tuple(steps)))
            else:
                found.append((code, read(cost, code)))
        default = None if self.default is None else read(self.default, None)
        if faults:
            raise AssessmentError(faults)
        object.__setattr__(self, "by_indicator", tuple(found))
        object.__setattr__(self, "default", default)

    @classmethod
    def read(cls, given: object) -> Costs:
        """Return what a caller gave as costs: nothing, one number, a mapping, or these.

        Raises:
            AssessmentError: a cost that is no number or below 0.
        """
        if isinstance(given, Costs):
            return given
        if isinstance(given, Mapping):
            return cls(by_indicator=cast("Any", given))
        return cls(default=Fraction(1) if given is None else cast("Any", given))

    @cached_property
    def _named(self) -> dict[str, Fraction | dict[int, Fraction]]:
        return {
            code: dict(cost) if isinstance(cost, tuple) else cost
            for code, cost in self.by_indicator
        }

    def of(self, code: str, level: int) -> Fraction | None:
        """Return what the step to a level costs; None where that is not said."""
        named = self._named.get(code)
        if isinstance(named, dict):
            return named.get(level, self.default)
        return self.default if named is None else named

    def faults(self, instrument: Instrument) -> Iterator[Fault]:
        """Yield what an instrument does not have: indicators, and steps to a level."""
        indicators = {indicator.code: indicator for indicator in instrument.indicators}
        for code, cost in self.by_indicator:
            indicator = indicators.get(code)
            if indicator is None:
                yield unknown_item(code, PLACE, _INDICATOR, tuple(indicators))
            elif isinstance(cost, tuple):
                for level, _ in cost:
                    if not is_step(indicator, level):
                        yield unknown_level(indicator, level, PLACE)


def is_step(indicator: Indicator, level: object) -> bool:
    """Say whether a step of an indicator leads to this level."""
    levels = indicator.levels
    whole = isinstance(level, int) and not isinstance(level, bool)
    return whole and levels[0].value < cast("int", level) <= levels[-1].value
