"""What must stand before something else can be raised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

import attrs

from meritindex.analysis.improving.costs import is_step
from meritindex.analysis.improving.faults import unknown_item, unknown_level, wish_fault
from meritindex.definition import Indicator, Instrument
from meritindex.errors import Fault
from meritindex.language import Text
from meritindex.numbers import quoted

PLACE = Text("prasyarat", "prerequisites")
_INDICATOR = Text("indikator", "indicator")


@attrs.frozen(kw_only=True)
class Prerequisite:
    """Raising `item` to `from_level` or above asks that `needs` stands at `level` or above.

    What the item has already is not put in question: only a raise asks for anything.

    Attributes:
        item: the code of the indicator that is raised.
        needs: the code of the indicator that must stand high enough then.
        from_level: from which level of the item on.
        level: how high the other must stand.
    """

    item: str
    needs: str
    from_level: int
    level: int


def read_prerequisites(
    given: Iterable[object], instrument: Instrument
) -> tuple[tuple[Prerequisite, ...], list[Fault]]:
    """Return prerequisites level by level, and what is wrong with them.

    A chain of codes stands for a demand at every level: each may be raised to a level only where
    the one before stands at that level, or at its highest.
    """
    indicators = {indicator.code: indicator for indicator in instrument.indicators}
    found: list[Prerequisite] = []
    faults: list[Fault] = []
    for each in given:
        if isinstance(each, Prerequisite):
            wrong = list(_wrong(each, indicators))
            found += [] if wrong else [each]
        else:
            codes = tuple(each) if isinstance(each, tuple | list) else (each,)
            wrong = [
                unknown_item(code, PLACE, _INDICATOR, tuple(indicators))
                for code in codes
                if not (isinstance(code, str) and code in indicators)
            ]
            if not wrong and len(codes) < 2:
                wrong.append(_too_short(codes))
            found += [] if wrong else _chained([indicators[code] for code in codes])
        faults += wrong
    return tuple(found), faults or list(_circular(found))


def _wrong(each: Prerequisite, indicators: Mapping[str, Indicator]) -> Iterator[Fault]:
    for code, level in ((each.item, each.from_level), (each.needs, each.level)):
        if code not in indicators:
            yield unknown_item(code, PLACE, _INDICATOR, tuple(indicators))
        elif not is_step(indicators[code], level):
            yield unknown_level(indicators[code], level, PLACE)


def _too_short(codes: tuple[object, ...]) -> Fault:
    return wish_fault(
        "prerequisite-form",
        Text(
            "{value} bukan rantai prasyarat; yang diterima: {allowed}",
            "{value} is no chain of prerequisites; allowed: {allowed}",
        ),
        place=PLACE,
        value=quoted(codes[0]) if codes else "()",
        allowed=Text(
            "sedikitnya dua kode, yang lebih dulu di depan",
            "two codes or more, the one that comes first in front",
        ),
    )


def _chained(chain: list[Indicator]) -> list[Prerequisite]:
    return [
        Prerequisite(
            item=item.code,
            needs=needs.code,
            from_level=level.value,
            level=min(level.value, needs.levels[-1].value),
        )
        for needs, item in pairwise(chain)
        for level in item.levels[1:]
        if min(level.value, needs.levels[-1].value) > needs.levels[0].value
    ]


Stand = tuple[str, int]  # an indicator at a level


def _circular(found: Iterable[Prerequisite]) -> Iterator[Fault]:
    """Yield the first ring of levels of which each asks for the next.

    To stand at a level asks for what the level below asks for as well.
    """
    asked: dict[Stand, list[Stand]] = {}
    levels: dict[str, set[int]] = {}
    for each in found:
        asked.setdefault((each.item, each.from_level), []).append((each.needs, each.level))
        levels.setdefault(each.item, set()).add(each.from_level)
        levels.setdefault(each.needs, set()).add(each.level)
    for code, numbers in levels.items():
        for low, high in pairwise(sorted(numbers)):
            asked.setdefault((code, high), []).append((code, low))
    ring = _ring(asked)
    if ring:
        shown = " → ".join(f"{code} {level}" for code, level in ring)
        yield wish_fault(
            "prerequisites-circular",
            Text(
                "prasyarat melingkar: {value}; tak satu pun dapat didahulukan",
                "the prerequisites are circular: {value}; none of them can come first",
            ),
            place=PLACE,
            item=ring[0][0],
            value=shown,
        )


def _ring(asked: Mapping[Stand, list[Stand]]) -> list[Stand]:
    """Return a ring, its first member at its end again; nothing where there is none."""
    done: set[Stand] = set()
    for start in asked:
        path: list[Stand] = []
        ways: list[Iterator[Stand]] = [iter((start,))]
        while ways:
            stand = next(ways[-1], None)
            if stand is None:
                ways.pop()
                if path:
                    done.add(path.pop())
            elif stand in path:
                return [*path[path.index(stand) :], stand]
            elif stand not in done:
                path.append(stand)
                ways.append(iter(asked.get(stand, ())))
    return []
