"""Results to make records of, and how a leaf of a record is reached and changed."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import attrs
from hypothesis import strategies as st

import meritindex as mi
import strategies
from builders import ASSUMED, dimension, figure, indicator, instrument, measure, rich_instrument
from meritindex.analysis.records import canonical_bytes, checksum

Path = tuple[str | int, ...]

AGENCIES = (
    "Kota Malang",
    "Pemprov Jambi",
    "KPK",
    mi.Agency(name="Badan «Contoh»", kind="body"),
)


def rich() -> mi.ScoreCard:
    """Return a result in which everything occurs that an assessment can hold."""
    return mi.score(
        mi.Assessment(
            agency="Kota Malang",
            instrument=rich_instrument(),
            date=dt.date(2020, 5, 1),
            stage="verified",
            levels={"a1": 2, "a2": 3},
            gates={"size": "big"},
            points={"second": "10"},
            measures={"survey": "0.5", "correction": "0.25"},
            standing="reported",
            standings={"a1": "draft"},
            states={"a1": "evidenced"},
            evidence={"a2": "surat №7"},
        )
    )


def geometric() -> mi.ScoreCard:
    """Return a result that is not exact: a root of 6, times a hundred."""
    below = dimension(
        "d", indicator("i1"), indicator("i2"), rule=mi.GeometricMean(basis=ASSUMED), weight=100
    )
    rules = attrs.evolve(
        instrument(below, dimension("e", indicator("i3")), measure("m")),
        derived=(mi.DerivedFigure(code="half", name=mi.Text.same("half"), factor=figure("1/2")),),
    )
    levels = {"i1": 2, "i2": 3, "i3": 4}
    return mi.score(
        mi.Assessment(agency="KPK", instrument=rules, levels=levels, measures={"m": "0.5"})
    )


@st.composite
def cards(draw: st.DrawFn, rules: mi.Instrument | None = None) -> mi.ScoreCard:
    """Draw a result under a random instrument, or under this one."""
    rules = draw(strategies.instruments(refusals=False)) if rules is None else rules
    found = draw(strategies.answers(rules))
    answered = sorted((*found.levels, *found.measures, *found.points))
    some = st.sets(st.sampled_from(answered), max_size=2) if answered else st.just(set())
    made = mi.Assessment(
        agency=draw(st.sampled_from(AGENCIES)),
        instrument=rules,
        **attrs.asdict(found),
        year=draw(st.sampled_from((None, 2024, 2026))),
        stage=draw(st.sampled_from((None, *mi.Stage))),
        synthetic=draw(st.booleans()),
        standing=draw(st.sampled_from((None, *mi.Standing))),
        standings={code: draw(st.sampled_from(mi.Standing)) for code in draw(some)},
        states={
            code: draw(st.sampled_from(mi.AnswerState))
            for code in draw(some)
            if code in found.levels
        },
        evidence={code: "surat" for code in draw(some) if code in found.levels},
    )
    weighting = draw(st.sampled_from((None, given_weights(rules))))
    try:
        return mi.score(made, weighting, missing=draw(st.sampled_from((None, "zero", "lowest"))))
    except mi.AssessmentError:  # a mean can't be taken of such points
        return mi.score(made, weighting)


def given_weights(rules: mi.Instrument) -> mi.Given:
    """Return the instrument's own weights, as ones that a caller gives."""
    weighed = {
        child.code
        for dimension in rules.dimensions
        if dimension.rule is None or dimension.rule.weighted
        for child in dimension.children
    }
    weights = {
        code: value for code, value in strategies.weights_of(rules).items() if code in weighed
    }
    return mi.Given(weights, source="surat", standing="draft")


def data_of(card: mi.ScoreCard) -> dict[str, Any]:
    """Return what a record says."""
    return json.loads(mi.record(card))


def leaves(data: object, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every value that holds no others."""
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in items:
        if isinstance(value, dict | list):
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key)


def at(data: Any, path: Path) -> Any:
    for key in path:
        data = data[key]
    return data


def changed(data: dict[str, Any], path: Path, value: object) -> dict[str, Any]:
    """Return a copy in which a leaf has another value."""
    data = copy.deepcopy(data)
    at(data, path[:-1])[path[-1]] = value
    return data


def sealed(data: dict[str, Any]) -> bytes:
    """Return a record of what may have been changed, with a checksum that fits."""
    return canonical_bytes({**data, "checksum": checksum(data)})


@st.composite
def other_leaves(draw: st.DrawFn, old: object) -> object:
    """Draw another value for a leaf: near the old one, or of another type."""
    near: list[object] = [None, "", "x", 0, 1, True, False, "0", "1/2", "official", "unknown"]
    if isinstance(old, bool):
        near.append(not old)
    elif isinstance(old, int):
        near += [old + 1, old - 1, str(old), float(old) + 0.5]
    elif isinstance(old, str):
        near += [old + " ", old[:-1], old.upper(), f"{old}1", f"-{old}", f"0{old}", f"{old}/1"]
        if old.replace("/", "").isdigit():
            near.append(str(Fraction(old) + 1))
    return draw(
        st.sampled_from([value for value in near if value != old or type(value) is not type(old)])
    )
