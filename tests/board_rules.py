"""Small instruments and tables for the tests of boards."""

from __future__ import annotations

import meritindex as mi
from builders import MEAN, band, dimension, indicator, instrument, levels, limit
from meritindex.definition import Bands
from meritindex.language import Text

BANDS = Bands(items=(band("rendah"), band("tengah", limit(1)), band("tinggi", limit(3))))


def written(code: str) -> mi.Indicator:
    """Return an indicator whose levels have criteria."""
    return indicator(
        code,
        levels=tuple(
            mi.Level(
                value=level.value,
                points=level.points,
                criterion=Text(f"{code} langkah {level.value}", f"{code} step {level.value}"),
            )
            for level in levels(0, 1, 2, 3, 4)
        ),
    )


RULES = instrument(
    root=dimension(
        "indeks",
        dimension("d1", written("i1"), written("i2"), rule=MEAN),
        dimension("d2", indicator("i3"), rule=MEAN),
        rule=MEAN,
        bands=BANDS,
    )
)
FLAT = instrument(root=dimension("indeks", indicator("i1"), indicator("i2"), rule=MEAN))
CODES = ("i1", "i2", "i3")


def row(name: str, *given: int, rules: mi.Instrument = RULES, **fields: object) -> mi.Assessment:
    """Return an assessment with these levels, of a body of that name unless told otherwise."""
    agency = mi.Agency(name=name, kind=fields.pop("kind", "body"))
    answers = dict(zip(CODES, given, strict=False))
    return mi.Assessment(agency=agency, instrument=rules, levels=answers, **fields)


def table(*rows: mi.Assessment) -> mi.ScoreTable:
    """Return the results of assessments."""
    return mi.score(rows)
