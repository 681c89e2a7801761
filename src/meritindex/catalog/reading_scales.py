"""Reading scales of levels, scales of measures, and bands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs

from meritindex.catalog.faults import names_text
from meritindex.catalog.names import Names
from meritindex.catalog.reading_parts import read_rounding
from meritindex.catalog.tables import Table
from meritindex.catalog.words import MEASURE_SCALES
from meritindex.definition import (
    Band,
    Bands,
    Basis,
    GoalpostScale,
    Level,
    LevelScale,
    Limit,
    MeasureScale,
    Step,
    ThresholdScale,
)
from meritindex.language import LANGUAGES, Text, counted
from meritindex.numbers import shortest_text

# The entries that say where a band or a step ends or begins, and whether that belongs to it.
_LOWER = (("from", True), ("above", False))
_UPPER = (("to", True), ("below", False))


def read_level_scale(table: Table) -> LevelScale | None:
    """Return a scale of levels, without criteria; None where it is faulty."""
    before = table.faults.grave
    numbers, points = table.numbers("levels"), table.numbers("points")
    cumulative, basis = table.boolean("cumulative"), table.basis()
    table.finish()
    if table.faults.grave > before:
        return None
    broken = [number for number in numbers if number.denominator != 1]
    if broken:
        message = Text("harus bilangan bulat, bukan {value}", "must be whole numbers, not {value}")
        value = names_text(map(shortest_text, broken))
        table.complain("scale-form", message, "levels", value=value)
    if len(numbers) != len(points):
        message = Text("ada {levels}, tetapi {worths}", "{levels}, but {worths}").fill(
            levels=counted(len(numbers), Text("tingkat (levels)", "level")),
            worths=counted(len(points), Text("nilai (points)", "point")),
        )
        table.fault("scale-form", message, "points", value=str(len(points)))
    if table.faults.grave > before:
        return None
    levels = tuple(
        Level(value=int(number), points=worth)
        for number, worth in zip(numbers, points, strict=True)
    )
    return table.build(LevelScale, levels=levels, cumulative=cumulative, basis=basis)


def with_criteria(table: Table, scale: LevelScale | None) -> LevelScale | None:
    """Return the scale of an indicator with the criteria that its table states.

    They are read even where the scale is faulty: what is wrong with them is wrong in any case.
    """
    if not table.has("levels"):
        return scale
    wording = table.lightly().table("levels")
    numbers = None if scale is None else [level.value for level in scale.levels]
    if any(key.isdecimal() for key in wording.entries):
        criteria = _criteria_by_number(wording, numbers)
    else:
        criteria = _criteria_in_order(wording, numbers)
    wording.finish()
    if scale is None:
        return None
    levels = [attrs.evolve(level, criterion=criteria.get(level.value)) for level in scale.levels]
    return attrs.evolve(scale, levels=levels)


def _criteria_in_order(wording: Table, numbers: Sequence[int] | None) -> dict[int, Text]:
    """Return a criterion for each level, from a list in each language."""
    languages = {key: wording.strings(key) for key in LANGUAGES}
    for language, criteria in languages.items():
        if criteria is not None and numbers is not None and len(criteria) != len(numbers):
            message = Text(
                "ada {value} kriteria, seharusnya {allowed}",
                "there are {value} criteria instead of {allowed}",
            )
            allowed = Text.same(str(len(numbers)))
            wording.complain(
                "levels-count", message, language, value=len(criteria), allowed=allowed
            )
    # Of different lengths only in a file that is refused.
    texts = map(Text, languages["id"] or (), languages["en"] or ())
    return dict(zip(numbers or (), texts, strict=False))


def _criteria_by_number(wording: Table, numbers: Sequence[int] | None) -> dict[int, Text]:
    """Return the criteria of some levels, each under the number of its level."""
    if numbers is None:
        wording.known.update(wording.entries)
        numbers = [int(key) for key in wording.entries if key in _NUMERALS]
    return {number: wording.text(str(number)) for number in numbers if wording.has(str(number))}


_NUMERALS = frozenset(map(str, range(256)))


def read_measure_scale(table: Table) -> MeasureScale | None:
    """Return the scale by which a measured number becomes points; None where it is faulty."""
    before = table.faults.grave
    kind = table.choice("type", MEASURE_SCALES)
    fields: dict[str, object] = {"basis": table.basis()}
    if kind is ThresholdScale:
        fields["steps"] = tuple(_step(step) for step in table.tables("steps"))
    elif kind is GoalpostScale:
        fields |= {"low": table.number("low"), "high": table.number("high")}
        for key in ("points_at_low", "points_at_high"):
            if table.has(key):
                fields[key] = table.number(key)
        fields["capped"] = table.boolean("capped", default=True)
        fields["logarithmic"] = table.boolean("logarithmic")
    else:  # the type is faulty, so that nobody knows what else belongs here
        return None
    table.finish()
    make: Callable[..., MeasureScale] = kind
    return table.build(make, **fields) if table.faults.grave == before else None


def _step(table: Table) -> Step:
    start = _end(table, _LOWER)
    step = Step(
        points=table.number("points"),
        start=None if start is None else table.number(start[0]),
        inclusive=start is None or start[1],
        criterion=table.optional_text("criterion"),
    )
    table.finish()
    return step


def read_bands(table: Table) -> Bands | None:
    """Return a set of bands; None where it is faulty."""
    basis = table.basis()
    before = table.faults.grave
    items = []
    for item in table.tables("items"):
        items.append(_band(item, item.basis() if item.has_basis() else basis))
        item.finish()
    rounding = read_rounding(table)
    table.finish()
    # Names that can't be read are no names that stand twice.
    sound = table.faults.grave == before and all(item.name.id for item in items)
    return table.build(Bands, items=tuple(items), rounding=rounding) if sound else None


def _band(table: Table, basis: Basis) -> Band:
    return Band(
        lower=_limit(table, _LOWER, basis),
        upper=_limit(table, _UPPER, basis),
        name=table.text("name"),
    )


def _limit(table: Table, keys: Sequence[tuple[str, bool]], basis: Basis) -> Limit | None:
    """Return one end of a band: a number, or a table of a number that rests on something else."""
    end = _end(table, keys)
    if end is None:
        return None
    key, inclusive = end
    if isinstance(table.entries[key], dict):
        figure = table.figure(key)
        return Limit(figure.value, figure.basis, inclusive=inclusive)
    return Limit(table.number(key), basis, inclusive=inclusive)


def _end(table: Table, keys: Sequence[tuple[str, bool]]) -> tuple[str, bool] | None:
    """Return the entry that states an end, and whether the end itself belongs to it."""
    stated = [(key, inclusive) for key, inclusive in keys if table.has(key)]
    if len(stated) > 1:
        message = Text("batas yang sama ada dua kali", "the same end stands twice")
        table.fault("band-end-twice", message, stated[1][0])
    return stated[0] if stated else None


def bands_of(names: Names, table: Table) -> Bands | None:
    """Return the bands that a dimension uses, on another basis where it states one."""
    if not isinstance(table.entries["bands"], dict):
        return names.picked("bands", names.bands, table, "bands")
    inner = table.table("bands")
    bands = names.picked("bands", names.bands, inner, "use")
    basis = inner.basis() if inner.has_basis() else None
    inner.finish()
    return bands if bands is None or basis is None else resting_on(bands, basis)


def resting_on(bands: Bands, basis: Basis) -> Bands:
    """Return the same bands, all their limits on another basis."""
    items = [
        attrs.evolve(band, lower=_rest_on(band.lower, basis), upper=_rest_on(band.upper, basis))
        for band in bands
    ]
    return attrs.evolve(bands, items=tuple(items))


def _rest_on(limit: Limit | None, basis: Basis) -> Limit | None:
    return None if limit is None else attrs.evolve(limit, basis=basis)
