"""What holds a dimension back: caps of its points and of its band."""

from __future__ import annotations

from fractions import Fraction

import attrs

from meritindex.definition.sources import Basis
from meritindex.numbers import parse_number


@attrs.frozen(kw_only=True)
class Shortfall:
    """The condition of a cap: the points of the node `code` are below `below`.

    The node stands somewhere below the dimension that is capped. Where it does not apply, there is
    no shortfall; where its points are not known, neither is what is capped.
    """

    code: str
    below: Fraction = attrs.field(converter=parse_number)


@attrs.frozen(kw_only=True)
class Cap:
    """The points of a dimension are at most `maximum`, always or while there is a shortfall.

    Formula: `min(points, maximum)`. Exact and monotone: raising what falls short lifts the cap.
    """

    maximum: Fraction = attrs.field(converter=parse_number)
    basis: Basis
    shortfall: Shortfall | None = None


@attrs.frozen(kw_only=True)
class BandCap:
    """The band of a dimension is at most `band`, while there is a shortfall; its points stay.

    `band` is the official name of one of the dimension's bands.
    """

    band: str
    basis: Basis
    shortfall: Shortfall
