"""Weights scattered around given ones, as a distribution on the admissible weights."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import attrs

from meritindex.definition import Admissible, Region, Weighting
from meritindex.definition.nodes import Dimension
from meritindex.definition.weightings import weight_fault
from meritindex.errors import WeightingError
from meritindex.language import Text
from meritindex.numbers import parse_number, shortest_text


def _concentration(value: object) -> Fraction:
    number = parse_number(value)
    if number <= 0:
        shown = shortest_text(number)
        raise WeightingError(
            weight_fault(
                "concentration-not-positive",
                Text(
                    "konsentrasi {value} tidak diterima: harus di atas 0",
                    "the concentration {value} is not allowed: it must be above 0",
                ).fill(value=shown),
                shown,
            )
        )
    return number


@attrs.frozen
class Around:
    """Dirichlet-distributed weights around given ones, in each dimension whose weights are open.

    The shares of the children of a dimension have the given ones as their means, and a standard
    deviation of `sqrt(share * (1 - share) / (concentration + 1))`: a share of 10 % scatters by 3.3
    percentage points at a concentration of 80. Weights that are settled stay as they are, the
    others share the rest in the same proportions; what is not admissible is drawn anew.

    Where a rule states no whole, the given weights add up to what the draws do.

    Args:
        weighting: the weights around which to draw.
        concentration: how close to them: the larger, the closer; above 0.
        within: what is known of the weights.

    Raises:
        NumberError: the concentration is no number.
        WeightingError: it is not above 0.

    Examples:
        >>> import meritindex as mi
        >>> Around(mi.EqualRemainder(), 80).concentration
        Fraction(80, 1)
    """

    weighting: Weighting
    concentration: Fraction = attrs.field(converter=_concentration)
    within: Admissible = attrs.field(factory=Admissible)

    @property
    def name(self) -> str:
        """What the weighting is called in results."""
        return "around"

    @property
    def label(self) -> Text:
        """The weighting for a reader."""
        return Text(
            "tersebar di sekitar {weighting} (Dirichlet, konsentrasi {concentration}), dalam "
            "{within}",
            "scattered around {weighting} (Dirichlet, concentration {concentration}), within "
            "{within}",
        ).fill(
            weighting=self.weighting.label,
            concentration=shortest_text(self.concentration),
            within=self.within.label,
        )

    def centred(self, root: Dimension) -> Scatter:
        """Return the distribution for the dimensions below `root`.

        Raises:
            WeightingError: the given weighting does not give every weight.
        """
        weights = {code: figure.value for code, figure in self.weighting.resolve(root)}
        return Scatter(concentration=self.concentration, weights=weights)


@attrs.frozen(kw_only=True)
class Scatter:
    """Given weights of an instrument, and how close to them draws are."""

    concentration: Fraction
    weights: Mapping[str, Fraction]

    def of(self, region: Region) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]]:
        """Return the given weights of a region's children, and the parameters of a Dirichlet."""
        weights = tuple(self.weights[code] for code in region.codes)
        # Of weights that are all zero there is no share; none is drawn around them.
        whole = sum(weights, Fraction(0)) or Fraction(1)
        return weights, tuple(self.concentration * weight / whole for weight in weights)
