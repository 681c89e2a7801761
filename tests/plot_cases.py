"""Results for the tests of plots: ordinary ones, and those that are hard to draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from typing import Any

import attrs

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    SUM,
    GeometricMean,
    band,
    dimension,
    indicator,
    instrument,
    levels,
    limit,
)
from meritindex.definition import BandCap, Bands, Commitment, Milestone, Shortfall
from meritindex.language import Language, Text

HOSTILE = "$\\frac{1}{0$ <b>&\"'\x1b[2J \u202eKota\nBatu \u6f22 \\input{x} $x^2$"
# Agencies with controls in their names are refused.
NAME = "$\\frac{1}{0$ <b>&\"' \u6f22 \\input{x} $x^2$ --> _"
LONG = "Badan Pengelola Perbatasan dan Pembangunan Wilayah Kepulauan Terluar serta Tertinggal"
WORD = "Pemberhentiandanupayaadministratif" * 3


@cache
def table() -> mi.ScoreTable:
    return mi.score(mi.sample())


@cache
def province(name: str = "Jambi") -> mi.AssessmentSet:
    return mi.sample().where(lambda facts: facts.agency.province == name)


@cache
def bounds() -> mi.BoundsTable:
    return mi.bounds(province())


@cache
def all_bounds() -> mi.BoundsTable:
    return mi.bounds(mi.sample())


@cache
def robustness() -> mi.Robustness:
    return mi.robustness(province(), draws=40, seed=1)


UNKNOWN = "Kabupaten Tapanuli Selatan"
BANDS = Bands(items=(band("rendah"), band("tengah", limit(1)), band("tinggi", limit(3))))


def rules(*points: int, **fields: Any) -> mi.Instrument:
    """Return an instrument of two dimensions, each of one indicator worth these points."""
    worth = levels(*(points or (0, 1, 2, 3, 4)))
    first = dimension("d1", indicator("i1", levels=worth), rule=SUM)
    second = dimension("d2", indicator("i2", levels=worth), rule=SUM)
    return instrument(root=dimension("indeks", first, second, **{"rule": MEAN, **fields}))


PLAIN = rules(bands=BANDS)
BARE = rules()
BELOW_ZERO = rules(-2, -1, 0, 1, 2, bands=Bands(items=(band("rugi"), band("untung", limit(-1)))))
INEXACT = rules(1, 2, 3, 4, 5, rule=GeometricMean(basis=ASSUMED), bands=BANDS)
CROWDED = rules(
    bands=Bands(
        items=(
            band("b0"),
            *(band(f"b{place}", limit(f"2.{place:02}")) for place in range(1, 9)),
        )
    )
)
HELD = rules(
    bands=BANDS,
    band_caps=(BandCap(band="rendah", basis=ASSUMED, shortfall=Shortfall(code="i2", below=4)),),
)
OUT_OF_REACH = rules(bands=Bands(items=(band("rendah"), band("tinggi", limit(4, inclusive=False)))))
FLAT = instrument(root=dimension("indeks", indicator("i1"), rule=MEAN))
HARD = instrument(
    root=dimension(
        "indeks",
        dimension("d1", indicator("i1"), rule=SUM, name=Text(HOSTILE, HOSTILE)),
        dimension("d2", indicator("i2"), rule=SUM, name=Text(WORD, WORD)),
        rule=MEAN,
        name=Text(f"_{LONG}", f"_{LONG}"),
        bands=Bands(
            items=(attrs.evolve(band("_$a$"), name=Text("_$a$", "_$b$")), band("b", limit(2)))
        ),
    ),
    title=Text(HOSTILE, HOSTILE),
)


def one(
    *given: int, rules: mi.Instrument = PLAIN, name: str = "Lembaga X", **fields: Any
) -> mi.Assessment:
    """Return the answers of one agency, in the order of the indicators."""
    codes = [each.code for each in rules.indicators]
    answers = dict(zip(codes, given, strict=False))
    return mi.Assessment(agency=mi.Agency(name=name), instrument=rules, levels=answers, **fields)


def scored(*given: int, **fields: Any) -> mi.ScoreCard:
    return mi.score(one(*given, **fields))


def many(*rows: mi.Assessment) -> mi.ScoreTable:
    return mi.score(list(rows))


NOBODY = mi.score(mi.sample().where(lambda _: False))
TIES = many(one(1, 2, name="B"), one(2, 1, name="A"), one(4, 4, name="C"), one(1, name="D"))


def year(when: int, total: object, **fields: Any) -> mi.Assessment:
    """Return an assessment under ism-2019 of which only the total is known, or nothing."""
    entered = {} if total is None else {"total": total}
    return mi.Assessment(
        agency="Kota Malang", instrument="ism-2019", year=when, points=entered, **fields
    )


def promise(**fields: Any) -> Commitment:
    stated = {
        "agency": mi.agency("Kota Malang"),
        "signed": dt.date(2023, 2, 1),
        "source": "surat rekaan",
        "standing": "assumed",
    }
    return Commitment(**{**stated, **fields})


FULL_PROMISE = promise(
    baseline="220.5",
    baseline_date=dt.date(2022, 12, 31),
    target="Sangat Baik",
    deadline=dt.date(2027, 12, 31),
    instrument="ism-2019",
    milestones=(Milestone(date=dt.date(2024, 12, 31), total=260),),
)
YEARS = (year(2021, 190), year(2022, "220.5"), year(2023, 250), year(2024, 268))
JUDGED = dt.date(2025, 6, 30)


@cache
def course() -> mi.Progress:
    return mi.progress(YEARS, commitments=FULL_PROMISE, as_of=JUDGED)


def reconciled() -> mi.Reconciliation:
    """Return a claim in which a gate, three over-claims and one under-claim differ."""
    claim = table()["Kota Metro"].assessment
    answers = dict(claim.levels)
    del answers["a6q3"]
    finding = attrs.evolve(
        claim,
        stage="verified",
        levels=answers | {"a2q1": 1, "a4q2": 1, "a7q1": 1, "a8q1": 2},
        gates=dict(claim.gates) | {"a6q3_gate": "tidak"},
    )
    return mi.reconcile(claim, finding)


def planned(**fields: Any) -> mi.Improvement:
    return mi.improve(table()["Kabupaten Bangka Tengah"].assessment, **fields)


Draw = Callable[[Language], Any]


def cases() -> dict[str, Draw]:
    """Return plots by name, each of which is drawn in a language."""
    plot = mi.plot
    hard = one(3, 4, rules=HARD, name=NAME, synthetic=True)
    return {
        "dimensions": lambda it: plot.dimensions(table()["Kota Metro"], language=it),
        "dimensions-unknown": lambda it: plot.dimensions(scored(1), language=it),
        "dimensions-2019": lambda it: plot.dimensions(mi.score(year(2020, 100)), language=it),
        "dimensions-below-zero": lambda it: plot.dimensions(
            scored(0, 4, rules=BELOW_ZERO), language=it
        ),
        "dimensions-none": lambda it: plot.dimensions(scored(1, rules=FLAT), language=it),
        "dimensions-hard": lambda it: plot.dimensions(mi.score(hard), language=it),
        "ladder": lambda it: plot.ladder(table()["Kota Metro"], language=it),
        "ladder-highest": lambda it: plot.ladder(scored(4, 4), language=it),
        "ladder-unknown": lambda it: plot.ladder(table()[UNKNOWN], language=it),
        "ladder-no-bands": lambda it: plot.ladder(scored(1, 2, rules=BARE), language=it),
        "ladder-below-zero": lambda it: plot.ladder(scored(0, 0, rules=BELOW_ZERO), language=it),
        "ladder-inexact": lambda it: plot.ladder(scored(0, 1, rules=INEXACT), language=it),
        "ladder-crowded": lambda it: plot.ladder(scored(2, 2, rules=CROWDED), language=it),
        "ladder-held": lambda it: plot.ladder(scored(4, 3, rules=HELD), language=it),
        "ladder-out-of-reach": lambda it: plot.ladder(
            scored(4, 4, rules=OUT_OF_REACH), language=it
        ),
        "ladder-hard": lambda it: plot.ladder(mi.score(hard), language=it),
        "heat-map": lambda it: plot.heat_map(table(), most=12, language=it),
        "heat-map-one": lambda it: plot.heat_map(many(one(1, 2)), language=it),
        "heat-map-ties": lambda it: plot.heat_map(TIES, language=it),
        "heat-map-nobody": lambda it: plot.heat_map(NOBODY, language=it),
        "heat-map-flat": lambda it: plot.heat_map(many(one(1, rules=FLAT)), language=it),
        "heat-map-hard": lambda it: plot.heat_map(many(hard), language=it),
        "distribution": lambda it: plot.distribution(table(), by="kind", language=it),
        "distribution-provinces": lambda it: plot.distribution(table(), by="province", language=it),
        "distribution-all": lambda it: plot.distribution(table(), language=it),
        "distribution-no-bands": lambda it: plot.distribution(
            many(one(1, 2, rules=BARE)), language=it
        ),
        "distribution-nobody": lambda it: plot.distribution(NOBODY, language=it),
        "distribution-hard": lambda it: plot.distribution(
            many(hard), by={NAME: HOSTILE}, language=it
        ),
        "totals": lambda it: plot.total_intervals(bounds(), language=it),
        "totals-all": lambda it: plot.total_intervals(all_bounds(), language=it),
        "totals-one": lambda it: plot.total_intervals(all_bounds()[UNKNOWN], language=it),
        "totals-hard": lambda it: plot.total_intervals(mi.bounds([hard]), language=it),
        "ranks": lambda it: plot.rank_intervals(bounds(), language=it),
        "ranks-drawn": lambda it: plot.rank_intervals(robustness(), language=it),
        "ranks-hard": lambda it: plot.rank_intervals(mi.bounds([hard]), language=it),
        "progress": lambda it: plot.progress(course(), language=it),
        "progress-one": lambda it: plot.progress(mi.progress([YEARS[0]]), language=it),
        "progress-unknown": lambda it: plot.progress(
            mi.progress([*YEARS, year(2025, None)]), language=it
        ),
        "progress-long": lambda it: plot.progress(
            mi.progress([year(1990 + place, 100 + 7 * place) for place in range(30)]), language=it
        ),
        "progress-hard": lambda it: plot.progress(
            mi.progress([attrs.evolve(hard, year=2025), attrs.evolve(hard, year=2026)]), language=it
        ),
        "waterfall": lambda it: plot.waterfall(reconciled(), language=it),
        "waterfall-plan": lambda it: plot.waterfall(planned(), language=it),
        "waterfall-no-plan": lambda it: plot.waterfall(planned(to="Tinggi", budget=3), language=it),
        "waterfall-change": lambda it: plot.waterfall(course().changes[0], language=it),
        "waterfall-hard": lambda it: plot.waterfall(
            mi.reconcile(hard, attrs.evolve(hard, levels={"i1": 1, "i2": 4})), language=it
        ),
    }
