"""What an improvement is to reach: a band, a total, a place in a group."""

from __future__ import annotations

from fractions import Fraction

import attrs

from meritindex.definition import Standing
from meritindex.language import Text
from meritindex.scoring import Reason, ScoreTable


@attrs.frozen
class RankTarget:
    """A place in a group: `rank` or better, when nobody else in the group moves.

    Ties share a place, so that reaching the total of the agency in that place is enough.

    Attributes:
        rank: the place, from 1 to one more than there are rivals with a total.
        among: the group, scored under the same instrument and weighting; the agency itself is no
            rival of its own.
    """

    rank: int
    among: ScoreTable = attrs.field(kw_only=True)

    __hash__ = None  # type: ignore[assignment]


@attrs.frozen(kw_only=True)
class Target:
    """What the total is to reach.

    Attributes:
        kind: `band`, `total` or `rank`; `most` where the highest total was asked for that a budget
            buys.
        limit: the least total that reaches it; None for `most`, and for the last place, which
            every total has.
        inclusive: whether the limit itself reaches it, or only what is above.
        band: the official name of the band; None where no band is asked for.
        rank: the place in a group; None where none is asked for.
        label: the target for a reader.
        standing: how firmly the limit of a band is known; None where it is not that of a band.
        reasons: what makes that no firmer.
    """

    kind: str
    limit: Fraction | None
    inclusive: bool = True
    band: str | None = None
    rank: int | None = None
    label: Text
    standing: Standing | None = None
    reasons: tuple[Reason, ...] = ()
