"""Small instruments, assessments of several years, and commitments for the tests of progress."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs

import meritindex as mi
from builders import ASSUMED, MEAN, band, dimension, indicator, instrument, limit, measure
from meritindex.analysis.progressing import Occasion
from meritindex.definition import Bands
from meritindex.definition.commitments import Commitment

HUNDRED = mi.WeightedMean(basis=ASSUMED, whole=100)
BANDS = Bands(items=(band("rendah"), band("tengah", limit("1.5")), band("tinggi", limit("2.5"))))
AGENCY = mi.Agency(name="A")
OTHER = mi.Agency(name="B")


def plain(*weights: int, **fields: object) -> mi.Instrument:
    """Return an instrument of two dimensions, the first of two indicators, the other of one."""
    shares = weights or (50, 50)
    first = dimension("d1", indicator("i1"), indicator("i2"), rule=MEAN, weight=shares[0])
    second = dimension("d2", indicator("i3"), rule=MEAN, weight=shares[1])
    root = dimension("indeks", first, second, rule=HUNDRED, bands=BANDS)
    return instrument(**{"id": "lama", "root": root, **fields})


OLD = plain()
NEW = plain(80, 20, id="baru")


def year(
    when: int | dt.date | None,
    *levels: int,
    agency: mi.Agency = AGENCY,
    under: mi.Instrument = OLD,
    **fields: object,
) -> mi.Assessment:
    """Return the answers of an agency in a year, or on a day."""
    answered = dict(zip((each.code for each in under.indicators), levels, strict=False))
    dated = {"date": when} if isinstance(when, dt.date) else {"year": when}
    return mi.Assessment(agency=agency, instrument=under, levels=answered, **dated, **fields)


def total(when: int | dt.date, value: object, **fields: object) -> mi.Assessment:
    """Return an assessment of which only the total is known."""
    return year(when, points={"total": value}, **fields)


def occasion(when: int | dt.date, *levels: int, **fields: object) -> Occasion:
    """Return an assessment with its score."""
    return Occasion(card=mi.score(year(when, *levels, **fields)))


def promise(**fields: object) -> Commitment:
    """Return a commitment from 1 at the end of 2024 to 3 at the end of 2028."""
    stated: dict[str, object] = {
        "agency": AGENCY,
        "signed": dt.date(2025, 1, 10),
        "baseline": 1,
        "baseline_date": dt.date(2024, 12, 31),
        "target": 3,
        "deadline": dt.date(2028, 12, 31),
        "source": "surat rekaan",
        "standing": "assumed",
    }
    return Commitment(**{**stated, **fields})


def entered(**maximum: int) -> mi.Instrument:
    """Return an instrument of dimensions without children, which add up."""
    children = [
        dimension(code, maximum=mi.Figure(Fraction(most), ASSUMED))
        for code, most in maximum.items()
    ]
    return instrument(*children, id="isian")


def measured(**fields: object) -> mi.Instrument:
    """Return an instrument of an indicator, a survey, and a deduction."""
    survey = measure("survei", maximum=Fraction(4), **fields)
    deduction = measure("koreksi", None, missing="zero", missing_basis=ASSUMED)
    root = dimension("indeks", indicator("i1"), survey, rule=MEAN, deductions=(deduction,))
    return instrument(id="ukur", root=root)


def renamed(source: mi.Instrument, prefix: str = "n_", **fields: object) -> mi.Instrument:
    """Return the same instrument with other codes for its leaves."""

    def rename(node: mi.Dimension) -> mi.Dimension:
        children = tuple(
            rename(child)
            if isinstance(child, mi.Dimension)
            else attrs.evolve(child, code=prefix + child.code)
            for child in node.children
        )
        return attrs.evolve(node, children=children)

    return attrs.evolve(source, id="nama", root=rename(source.root), **fields)


def crosswalk(
    *pairs: tuple[tuple[str, ...], tuple[str, ...]], source: str = "lama", target: str = "nama"
) -> mi.Crosswalk:
    """Return a crosswalk of these pairs."""
    return mi.Crosswalk(
        source=mi.CrosswalkSide(instrument=source),
        target=mi.CrosswalkSide(instrument=target),
        pairs=[mi.Correspondence(source=one, target=two, basis=ASSUMED) for one, two in pairs],
        basis=ASSUMED,
    )
