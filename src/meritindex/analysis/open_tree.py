"""Where in an instrument weights are open, and what stands above them.

Dimensions without an open weight at or below them are worth the same under every admissible
weighting, so the plan scores them once. The others, the affected ones, are walked by whoever
bounds, draws or compares; they are few.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import cast

import attrs

from meritindex.definition import Admissible, Centre, Dimension, Instrument, Node, Region, Weighting
from meritindex.definition.weightings import weighed_dimensions
from meritindex.errors import Fault, WeightingError
from meritindex.language import Text
from meritindex.scoring import ScoringPlan, plan


def _read_only(regions: Mapping[str, Region]) -> Mapping[str, Region]:
    return MappingProxyType(dict(regions))


@attrs.frozen(kw_only=True, eq=False)
class OpenTree:
    """An instrument with what is known of its weights.

    Attributes:
        plan: scores everything that no open weight affects.
        weighting: what is known of the weights, as the caller said it.
        regions: by the code of the dimension, the weights that are admissible; only where there is
            more than one weighting.
        affected: the dimensions with an open weight at or below them, children before parents.
    """

    plan: ScoringPlan
    weighting: Weighting | Admissible
    regions: Mapping[str, Region] = attrs.field(converter=_read_only)
    affected: tuple[Dimension, ...]

    @property
    def instrument(self) -> Instrument:
        """The instrument."""
        return self.plan.instrument

    @property
    def root(self) -> Dimension:
        """The dimension whose points are the total."""
        return self.instrument.root

    @cached_property
    def affected_codes(self) -> frozenset[str]:
        """The codes of the affected dimensions."""
        return frozenset(dimension.code for dimension in self.affected)

    @cached_property
    def outside(self) -> tuple[Node, ...]:
        """The nodes that the affected dimensions and the total rest on and that are not affected.

        Without open weights, that is the total itself, with what the caps of its band depend on.
        """
        needed = {self.root.code, *(cap.shortfall.code for cap in self.root.band_caps)}
        for dimension in self.affected:
            needed |= {node.code for node in (*dimension.children, *dimension.adjustments)}
            needed |= {cap.shortfall.code for cap in dimension.caps if cap.shortfall is not None}
        needed -= self.affected_codes
        return tuple(node for node in self.instrument.nodes if node.code in needed)

    @cached_property
    def settled_weights(self) -> Mapping[str, Fraction]:
        """What every part weighs, by code; where weights are open, one of what is admissible."""
        values = self.plan.weight_values
        return MappingProxyType(
            {
                child.code: values[child.code]
                for dimension in weighed_dimensions(self.root)
                for child in dimension.children
            }
        )

    @cached_property
    def is_linear(self) -> bool:
        """Whether the total is a sum of weights times points, at most rounded at the end."""
        return all(
            is_plain(dimension, but_rounded=dimension.code == self.root.code)
            for dimension in self.affected
        )


def is_plain(dimension: Dimension, *, but_rounded: bool = False) -> bool:
    """Say whether a dimension adds up linearly, and nothing bounds or rounds the result."""
    return (
        dimension.rule is not None
        and dimension.rule.linear
        and dimension.floor is None
        and not dimension.caps
        and (but_rounded or dimension.rounding is None)
    )


@lru_cache(maxsize=32)
def open_tree(instrument: Instrument, weighting: Weighting | Admissible) -> OpenTree:
    """Return where the weights of an instrument are open.

    Raises:
        WeightingError: the weighting is refused, or weights are open under a rule that is not
            linear, where this library can't bound what it gives.
    """
    if not isinstance(weighting, Admissible):
        return OpenTree(
            plan=plan(instrument, weighting), weighting=weighting, regions={}, affected=()
        )
    regions = {
        region.dimension: region
        for region in weighting.regions(instrument.root)
        if not region.is_point
    }
    faults = [
        _not_linear(dimension)
        for dimension in instrument.dimensions
        if dimension.code in regions and not (dimension.rule is not None and dimension.rule.linear)
    ]
    if faults:
        raise WeightingError(faults)
    # To a plan, any weighting is one that resolves; users can't name this one. A plan that is kept
    # may hold an equal instrument, so its nodes are taken from there.
    compiled = plan(instrument, cast("Weighting", Centre(weighting)))
    affected = [
        dimension
        for dimension in reversed(compiled.instrument.dimensions)
        if any(isinstance(node, Dimension) and node.code in regions for node in dimension.walk())
    ]
    return OpenTree(plan=compiled, weighting=weighting, regions=regions, affected=tuple(affected))


def _not_linear(dimension: Dimension) -> Fault:
    assert dimension.rule is not None  # noqa: S101 - as of every dimension with weights
    allowed = Text(
        "jumlah atau rata-rata tertimbang, atau bobot yang tertentu",
        "a weighted sum or mean, or weights that are settled",
    )
    message = Text(
        "bobot dalam {code} terbuka di bawah rumus '{rule}', yang hasilnya tidak dapat dibatasi; "
        "yang diterima: {allowed}",
        "weights in {code} are open under the rule '{rule}', which can't be bounded; allowed: "
        "{allowed}",
    )
    return Fault(
        code="region-not-linear",
        message=message.fill(code=dimension.code, rule=dimension.rule.label, allowed=allowed),
        item=dimension.code,
        allowed=allowed,
    )
