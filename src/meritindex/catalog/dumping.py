"""From an `Instrument` to an instrument file that a legal drafter can read, and back to the same.

What is written is read again before it leaves this module, so that a file stands for exactly the
instrument it was made from; what the format can't say is refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import attrs

from meritindex.catalog.loading import MAX_FILE_BYTES, instrument_from_text
from meritindex.catalog.toml_text import Value, table_text
from meritindex.catalog.words import FORMAT, UNPUBLISHED
from meritindex.catalog.writing_bands import band_sets
from meritindex.catalog.writing_parts import (
    Entries,
    basis_entries,
    cap_entries,
    criteria_entries,
    figure_entries,
    gate_entries,
    has_equal_weights,
    in_force_entries,
    level_scale_entries,
    measure_scale_entries,
    missing_entries,
    number_text,
    rounding_entries,
    rule_entries,
    source_entries,
    text_value,
    weighting_value,
)
from meritindex.definition import (
    BandCap,
    Cap,
    Dimension,
    Indicator,
    Instrument,
    LevelScale,
    Measure,
    Node,
)
from meritindex.definition.checks import shown_code
from meritindex.errors import DefinitionError, Fault
from meritindex.files import write_text
from meritindex.language import Text
from meritindex.numbers import quoted

_HEAD = """\
# An instrument: a whole rule in plain entries of the form  name = value.
#
# Whatever stands behind a "#" is a comment for the reader and has no effect. Numbers stand in
# quotation marks, as decimals or as fractions ("1/3"), so that they are kept exactly. A text comes
# once, or twice: id is Indonesian, en is English. "standing" says how firmly something is known
# (official, reported, draft, reconstructed, assumed), "sources" names where it is read, and
# "reason" says why. A weight that nobody has published is "unpublished".
"""
_HEADINGS = {
    "sources": "Sources: where the numbers and rules are read",
    "remarks": "What a reader must know",
    "scales": "Scales: the levels of an indicator, and what each is worth",
    "bands": 'Bands, the lowest first ("from" and "to" include the value, "above" and "below" not)',
    "gates": "Opening questions (gates): their answers decide which indicators apply",
    "measures": "Numbers from elsewhere (measures)",
    "dimensions": "Dimensions: what each is made of, and by what rule",
    "indicators": 'Indicators; "levels" gives the criterion of each level, from the lowest',
    "derived": "Figures that follow from the total",
}
_RULER = "# " + "-" * 93 + "\n"


def dump_instrument(instrument: Instrument, path: str | os.PathLike[str]) -> None:
    """Write an instrument to a file, complete or not at all; `load_instrument` gives it back.

    Raises:
        DefinitionError: the format can't say something that the instrument holds, such as an empty
            text or a number of more than 18 digits. Nothing is written, and every
            fault names its place.
        FileError: the place can't be written.
    """
    write_text(path, _faithful_text(instrument, Path(path).name))


def instrument_to_text(instrument: Instrument) -> str:
    """Return the text of an instrument file.

    Raises:
        DefinitionError: the format can't say something that the instrument holds.
    """
    return _faithful_text(instrument, f"{shown_code(instrument.id)}.toml")


def _faithful_text(instrument: Instrument, name: str) -> str:
    """Return the text of the file after reading it again; `name` is what faults call the file."""
    text = _text(instrument)
    size = len(text.encode(errors="surrogatepass"))
    if size > MAX_FILE_BYTES:
        message = Text(
            "berkasnya akan berukuran {size} byte; paling banyak {limit}",
            "the file would have {size} bytes; at most {limit}",
        ).fill(size=size, limit=MAX_FILE_BYTES)
        raise DefinitionError(Fault(code="file-too-large", message=message, place=Text.same(name)))
    again = instrument_from_text(text, name)
    if again != instrument:
        raise DefinitionError(_differences(instrument, again, name))
    return text


def _text(instrument: Instrument) -> str:
    parts = [_HEAD, table_text((), _top(instrument))]
    if instrument.in_force is not None:
        parts.append(table_text(("in_force",), in_force_entries(instrument.in_force)))
    for section, tables in _sections(instrument):
        written = [
            # Remarks have no name of their own, nor have the caps of a dimension.
            table_text(path, entries, in_a_list=len(path) != 2)
            for path, entries in tables
        ]
        if written:
            parts.append(f"\n{_RULER}# {_HEADINGS[section]}\n{_RULER}")
            parts += written
    return "\n".join(parts)


def _top(instrument: Instrument) -> Entries:
    return {
        "format": FORMAT,
        "id": instrument.id,
        "family": instrument.family,
        "root": instrument.root.code,
        "default_weighting": weighting_value(instrument.default_weighting),
        "title": text_value(instrument.title),
    }


_Tables = list[tuple[tuple[str, ...], Entries]]


def _sections(instrument: Instrument) -> Iterator[tuple[str, _Tables]]:
    """Yield the tables of each section, each with its path."""
    yield (
        "sources",
        [(("sources", item.code), source_entries(item)) for item in instrument.sources],
    )
    yield (
        "remarks",
        [
            (("remarks",), {"text": text_value(item.text), **basis_entries(item.basis)})
            for item in instrument.remarks
        ],
    )
    scales = _scale_names(instrument)
    yield (
        "scales",
        [(("scales", name), level_scale_entries(scale)) for scale, name in scales.items()],
    )
    sets, uses = band_sets(instrument.dimensions)
    yield "bands", [(("bands", name), entries) for name, entries in sets.items()]
    yield "gates", [(("gates", item.code), gate_entries(item)) for item in instrument.gates]
    weights = dict(_weights(instrument))
    yield (
        "measures",
        [
            (("measures", item.code), _measure_entries(item, weights))
            for item in instrument.measures
        ],
    )
    yield (
        "dimensions",
        [
            table
            for item in instrument.dimensions
            for table in _dimension_tables(item, weights, uses)
        ],
    )
    yield (
        "indicators",
        [
            (("indicators", item.code), _indicator_entries(item, weights, scales))
            for item in instrument.indicators
        ],
    )
    yield (
        "derived",
        [
            (
                ("derived", item.code),
                {"name": text_value(item.name), "factor": figure_entries(item.factor)},
            )
            for item in instrument.derived
        ],
    )


def _plain(scale: LevelScale) -> LevelScale:
    """Return a scale without the criteria, which stand with the indicators."""
    levels = [attrs.evolve(level, criterion=None) for level in scale.levels]
    return attrs.evolve(scale, levels=levels)


def _scale_names(instrument: Instrument) -> dict[LevelScale, str]:
    scales = dict.fromkeys(_plain(item.scale) for item in instrument.indicators)
    return {
        scale: "level" if number == 1 else f"level_{number}"
        for number, scale in enumerate(scales, 1)
    }


def _weights(instrument: Instrument) -> Iterator[tuple[str, Value]]:
    """Yield the weights that are written, each with the code of its node."""
    if instrument.root.weight is not None:  # to be refused: the root has none
        yield instrument.root.code, figure_entries(instrument.root.weight)
    for dimension in instrument.dimensions:
        equal = has_equal_weights(dimension)
        weighted = dimension.rule is not None and dimension.rule.weighted
        for child in dimension.children:
            if weighted and not equal:
                yield (
                    child.code,
                    UNPUBLISHED if child.weight is None else figure_entries(child.weight),
                )
        for measure in dimension.adjustments:
            if measure.weight is not None:  # to be refused: what stands beside a rule has none
                yield measure.code, figure_entries(measure.weight)


def _usual(node: Node, weights: dict[str, Value]) -> Entries:
    """Return the last entries of every node."""
    entries: Entries = missing_entries(node)
    if node.remark is not None:
        entries["remark"] = text_value(node.remark)
    return {**_weight(node, weights), **entries, **basis_entries(node.basis)}


def _weight(node: Node, weights: dict[str, Value]) -> Entries:
    return {"weight": weights[node.code]} if node.code in weights else {}


def _measure_entries(measure: Measure, weights: dict[str, Value]) -> Entries:
    entries: Entries = {
        "name": text_value(measure.name),
        "minimum": number_text(measure.minimum),
        "maximum": number_text(measure.maximum),
        "decimals": measure.decimals,
    }
    if measure.scale is not None:
        entries["scale"] = measure_scale_entries(measure.scale)
    return {**entries, **_usual(measure, weights)}


def _indicator_entries(
    indicator: Indicator, weights: dict[str, Value], scales: dict[LevelScale, str]
) -> Entries:
    entries: Entries = {"name": text_value(indicator.name)}
    if indicator.question is not None:
        entries["question"] = text_value(indicator.question)
    entries["scale"] = scales[_plain(indicator.scale)]
    if criteria := criteria_entries(indicator.scale):
        entries["levels"] = criteria
    if indicator.evidence:
        entries["evidence"] = [text_value(text) for text in indicator.evidence]
    if indicator.conditions:
        entries["applies_when"] = {item.gate: item.options for item in indicator.conditions}
    return {**entries, **_usual(indicator, weights)}


def _dimension_tables(
    dimension: Dimension, weights: dict[str, Value], bands: dict[str, Value]
) -> Iterator[tuple[tuple[str, ...], Entries]]:
    """Yield the table of a dimension, and those of its caps."""
    path = ("dimensions", dimension.code)
    entries: Entries = {"name": text_value(dimension.name)}
    for key in ("children", "bonuses", "deductions"):
        if codes := [node.code for node in getattr(dimension, key)]:
            entries[key] = codes
    entries |= {**_weight(dimension, weights), **rule_entries(dimension)}
    for key in ("maximum", "entry_maximum", "floor"):
        figure = getattr(dimension, key)
        if figure is not None:
            entries[key] = figure_entries(figure)
    if dimension.rounding is not None:
        entries["rounding"] = rounding_entries(dimension.rounding)
    if dimension.code in bands:
        entries["bands"] = bands[dimension.code]
    entries["decimals"] = dimension.decimals
    yield path, {**entries, **_usual(dimension, weights)}
    caps: tuple[Cap | BandCap, ...] = (*dimension.caps, *dimension.band_caps)
    for cap in caps:
        yield (*path, "caps"), cap_entries(cap)


def _differences(
    written: object, read: object, name: str, place: str = "", item: str | None = None
) -> Iterator[Fault]:
    """Yield where what was read again is not what was written."""
    kind = type(written)
    if isinstance(written, tuple) and isinstance(read, tuple) and len(written) == len(read):
        for number, pair in enumerate(zip(written, read, strict=True), 1):
            yield from _differences(*pair, name, f"{place}[{number}]", item)
    elif attrs.has(kind) and type(read) is kind:
        code = getattr(written, "code", None)
        if code is not None:
            place = item = code
        for attribute in attrs.fields(kind):
            pair = (getattr(written, attribute.name), getattr(read, attribute.name))
            below = f"{place}.{attribute.name}" if place else attribute.name
            yield from _differences(*pair, name, below, item)
    elif written != read or type(read) is not kind:
        message = Text(
            "tidak dapat dinyatakan dalam format berkas; saat dibaca kembali, isinya berbeda",
            "can't be said in the file format; read again, it is something else",
        )
        yield Fault(
            code="not-expressible",
            message=message,
            place=Text.same(f"{name}: {place}"),
            item=item,
            value=quoted(written) if isinstance(written, str | int) else None,
        )
