"""Instruments as JSON and CSV: the list of those that exist, and the whole of one."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date

from meritindex.catalog.dumping import instrument_to_text
from meritindex.catalog.words import UNPUBLISHED
from meritindex.definition import Dimension, Indicator, Instrument, Measure, Node
from meritindex.language import LANGUAGES, Language, Text
from meritindex.numbers import exact_text
from meritindex.reporting.csv_text import Value, csv_text
from meritindex.reporting.results import Json

_KINDS: dict[type[Node], str] = {
    Dimension: "dimension",
    Indicator: "indicator",
    Measure: "measure",
}


def instruments_json(instruments: Sequence[Instrument]) -> Json:
    """Return a list of instruments as data: ids, titles, when they are in force, fingerprints."""
    return {
        "instruments": [
            {
                "id": instrument.id,
                "title": text_json(instrument.title),
                "from": start,
                "until_before": until,
                "fingerprint": instrument.fingerprint,
            }
            for instrument in instruments
            for start, until in (period_of(instrument),)
        ]
    }


def instruments_csv(instruments: Sequence[Instrument], language: Language) -> str:
    """Return a list of instruments as CSV text, a row each."""
    return csv_text(
        ("id", "title", "from", "until_before", "fingerprint"),
        (
            (each.id, each.title.in_language(language), *period_of(each), each.fingerprint)
            for each in instruments
        ),
    )


def period_of(instrument: Instrument) -> tuple[str | None, str | None]:
    """Return the first day in force, and the first that is no more; None where there is none."""
    force = instrument.in_force
    if force is None:
        return None, None
    return str(force.start), None if force.until is None else str(force.until)


def text_json(text: Text) -> dict[Language, str]:
    """Return a text in both languages."""
    return {language: text.in_language(language) for language in LANGUAGES}


def instrument_json(instrument: Instrument) -> Json:
    """Return the whole of an instrument as data: what its own file says, entry by entry.

    The entries are those of an instrument file (TOML), so that there is one form to learn; days are
    written as texts. `fingerprint` is beside them.

    Raises:
        DefinitionError: the instrument has something that its own file can't say.
    """
    entries = tomllib.loads(instrument_to_text(instrument))
    return {
        "id": instrument.id,
        "fingerprint": instrument.fingerprint,
        "instrument": _plain(entries),
    }


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def instrument_csv(instrument: Instrument, language: Language) -> str:
    """Return the nodes of an instrument as CSV text, a row each, parents first.

    `weight` and `levels` are exact; a weight that nobody has published is empty, and its standing
    is `unpublished`. `levels` holds what each level of an indicator is worth, `0=0; 1=1/4`.
    """
    return csv_text(
        (
            *("code", "parent", "kind", "role", "name"),
            *("weight", "weight_standing", "weight_sources"),
            *("minimum", "maximum", "levels", "missing", "standing", "sources", "instrument"),
        ),
        (_row(instrument, node, language) for node in instrument.nodes),
    )


def _row(instrument: Instrument, node: Node, language: Language) -> tuple[Value, ...]:
    parent = instrument.parent(node.code)
    levels = node.levels if isinstance(node, Indicator) else ()
    low, high = (
        instrument.entry_range(node) if isinstance(node, Dimension) else (node.lowest, node.highest)
    )
    return (
        node.code,
        None if parent is None else parent.code,
        _KINDS[type(node)],
        _role(parent, node),
        node.name.in_language(language),
        *_weight(parent, node),
        low,
        high,
        "; ".join(f"{level.value}={exact_text(level.points)}" for level in levels),
        node.missing.value,
        node.basis.standing.value,
        ", ".join(node.basis.sources),
        instrument.id,
    )


def _role(parent: Dimension | None, node: Node) -> str | None:
    if parent is None:
        return None
    if node in parent.adjustments:
        return "bonus" if node in parent.bonuses else "deduction"
    return "part"


def _weight(parent: Dimension | None, node: Node) -> tuple[Value, Value, Value]:
    """Return a weight, how firmly it is known, and where it is read; nothing where none counts."""
    if node.weight is not None:
        basis = node.weight.basis
        return exact_text(node.weight.value), basis.standing.value, ", ".join(basis.sources)
    weighed = parent is not None and parent.rule is not None and parent.rule.weighted
    # What is added or deducted has no share, and so none that could be published.
    open_share = weighed and _role(parent, node) == "part"
    return None, UNPUBLISHED if open_share else None, None
