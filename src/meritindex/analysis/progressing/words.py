"""What is said of progress in several places: directions, statuses, and signed numbers."""

from __future__ import annotations

from fractions import Fraction

from meritindex.language import Text
from meritindex.scoring.saying import Sayer

RISE = Text("naik", "rose")
HELD = Text("tetap", "held")
FALL = Text("turun", "fell")
NOT_COMPARABLE = Text("tidak dapat dibandingkan", "not comparable")


def signed(value: Fraction | None, say: Sayer, places: int = 6, *, fixed: bool = False) -> str:
    """Write a difference with its sign; a dash where it is not known."""
    return "-" if value is None else say.signed(value, places, fixed=fixed)
