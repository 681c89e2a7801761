"""The parts of an improvement: its steps, single steps, and what hinders."""

from __future__ import annotations

import datetime as dt
import enum
from fractions import Fraction

import attrs

from meritindex.definition import Level
from meritindex.language import Text


class ImprovementStatus(enum.StrEnum):
    """What became of a target."""

    REACHED = "reached"  # without any step
    PLANNED = "planned"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"  # the present total is not known

    @property
    def label(self) -> Text:
        """The status for a reader."""
        return _LABELS[self]


_LABELS = {
    ImprovementStatus.REACHED: Text("sudah tercapai", "reached already"),
    ImprovementStatus.PLANNED: Text("dapat dicapai", "can be reached"),
    ImprovementStatus.UNREACHABLE: Text("tidak dapat dicapai", "can't be reached"),
    ImprovementStatus.UNKNOWN: Text("nilai sekarang belum diketahui", "present total unknown"),
}


@attrs.frozen(kw_only=True)
class ImprovementStep:
    """One indicator that is raised.

    Attributes:
        indicator: its code.
        from_level: where it stands.
        to_level: where it is to stand.
        cost: of all levels from the one to the other.
        points: what it adds to the (least) total after the steps before it.
        name: what the indicator is called.
        dimension: the code of the dimension that it stands in.
        criteria: the levels to be reached one after another, the first above `from_level`.
        evidence: what must be shown.
        needs: indicators among the steps that must come first.
        ready: the day by which it can be done, not before those that must come first; None where
            no day of any of them is stated.
    """

    indicator: str
    from_level: int
    to_level: int
    cost: Fraction
    points: Fraction
    name: Text
    dimension: str
    criteria: tuple[Level, ...]
    evidence: tuple[Text, ...] = ()
    needs: tuple[str, ...] = ()
    ready: dt.date | None = None


@attrs.frozen(kw_only=True)
class SingleStep:
    """One level of one indicator, alone.

    Attributes:
        indicator: its code.
        name: what the indicator is called.
        from_level: where it stands.
        to_level: one level above.
        cost: of that level.
        points: by how much the (least) total changes.
        band: the official name of the band after it; None where there is none.
        changes_band: whether that is another than the present one.
    """

    indicator: str
    name: Text
    from_level: int
    to_level: int
    cost: Fraction
    points: Fraction
    band: str | None
    changes_band: bool


@attrs.frozen(kw_only=True)
class Hindrance:
    """Something that keeps a target from being reached.

    Attributes:
        kind: `budget`, `fixed`, `most-levels`, `ready`, `prerequisites`, `not-answered`,
            `entries`, `measures`, `caps` or `scale`.
        items: the codes that it is about.
        message: what hinders, for a reader.
    """

    kind: str
    items: tuple[str, ...]
    message: Text
