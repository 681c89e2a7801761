"""Forms filled in and recalculated by LibreOffice show what the library computes."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from random import Random

import attrs
import numpy as np
import pytest

from recalculating import Sheet, at, needs_libreoffice, recalculated

pytest.importorskip("openpyxl", reason="forms need openpyxl")

import meritindex as mi
from builders import (
    ASSUMED,
    MEAN,
    band,
    dimension,
    figure,
    gate,
    indicator,
    instrument,
    levels,
    limit,
    measure,
    when,
)
from form_filling import (
    Cells,
    cells_of,
    filled,
    gate_answers,
    pattern,
    random_assessment,
)
from meritindex.definition import (
    AgencyKind,
    Bands,
    Cap,
    Instrument,
    Median,
    Minimum,
    Rounding,
    Shortfall,
)
from meritindex.numbers import round_half_up

NEW, OLD = mi.instrument("ism-2026"), mi.instrument("ism-2019")
LIMITS = (340_200, 508_200, 676_200)  # where bands begin, in 1/840,000
SEED = 20_260_805


Shown = dict[str, tuple["Case", dict[str, Sheet]]]


@attrs.frozen(kw_only=True)
class Case:
    """A form as it is filled in, and the answers that count."""

    cells: Cells
    assessment: mi.Assessment


def of(assessment: mi.Assessment, **more: object) -> Case:
    return Case(cells=cells_of(assessment) | more, assessment=assessment)


def new_cases() -> Iterator[Case]:
    """Yield a hundred random assessments: each way to answer the gates twice, some incomplete."""
    random = Random(SEED)
    ways = gate_answers(NEW)
    for gates in (*ways, *ways):
        yield of(random_assessment(NEW, random, gates=gates))
    for number in range(100 - 2 * len(ways)):
        yield of(random_assessment(NEW, random, missing=(0.02, 0.1, 0.5)[number % 3]))


def ties() -> Iterator[Case]:
    """Yield totals on the edge of every band, and one unit to either side of it."""
    for target, step in product(LIMITS, (-1, 0, 1)):
        found = total_of(target + step)
        assert mi.score(found).total == Fraction(target + step, 840_000)
        yield of(found)


def total_of(wanted: int) -> mi.Assessment:
    """Return an assessment whose total is exactly so many parts of 840,000.

    One part of 10,000 of the survey is worth 21 of these; the levels must leave a multiple of it.
    """
    random = np.random.default_rng(wanted)
    gates = gate_answers(NEW)[0] | {
        "a6q3_gate": "ya",
        "a6q4_kecelakaan_gate": "ya",
        "a6q4_kematian_gate": "ya",
    }
    # About as high as is wanted, so that the survey can make up for the rest.
    near = np.uint8(round(4 * wanted / 840_000))
    rows = random.integers(0, 5, (2_000, len(NEW.indicators)), dtype=np.uint8)
    rows = np.where(random.random(rows.shape) < 0.5, near, rows)
    out = [not applies for applies in pattern(NEW, gates)]
    rows[:, out] = mi.NOT_APPLICABLE
    scores = mi.plan(NEW).score_levels(rows, {"satisfaction": [0] * len(rows)})
    left = wanted - scores.total.numerators * (840_000 // scores.total.denominator)
    row = int(np.flatnonzero((left % 21 == 0) & (left >= 0) & (left <= 210_000))[0])
    codes = [indicator.code for indicator in NEW.indicators]
    return mi.Assessment(
        agency=mi.Agency(name="Instansi contoh"),
        instrument=NEW,
        gates=gates,
        levels={
            code: int(level)
            for code, level in zip(codes, rows[row], strict=True)
            if level != mi.NOT_APPLICABLE
        },
        measures={"satisfaction": Fraction(int(left[row]) // 21, 10_000)},
    )


def by_kind() -> Iterator[Case]:
    """Yield forms in which gates follow from the kind of agency."""
    random = Random(SEED)
    for kind in AgencyKind:
        yield of(random_assessment(NEW, random, gates={}, kind=kind))


def old_cases() -> Iterator[Case]:
    random = Random(SEED)
    for number in range(3):
        yield of(random_assessment(OLD, random, missing=0.2 if number % 3 == 0 else 0.0))
    for total in (175, 250, 325):
        for step in (Fraction(-1, 10_000), Fraction(0), Fraction(1, 10_000)):
            points = {"a1": 40, "a2": 40, "a3": 0, "a4": 0, "a5": 0, "a6": 0, "a7": 0, "a8": 0}
            left = total + step - 80
            for code in ("a3", "a4", "a5", "a6", "a7", "a8"):
                most = OLD.entry_range(OLD.dimension(code))[1]
                points[code] = min(left, most)
                left -= points[code]
            assert left == 0
            yield of(mi.Assessment(agency="Mahkamah Konstitusi", instrument=OLD, points=points))


def variants() -> Iterator[Instrument]:
    """Yield instruments with what the published ones lack."""
    rounding = Rounding(digits=2, basis=ASSUMED)
    halves = Bands(items=(band("low"), band("high", limit("0.13"))), rounding=rounding)
    for mode in ("half_up", "half_even", "down", "up"):
        own = Rounding(digits=2, basis=ASSUMED, mode=mode)
        root = dimension(
            "total_points",
            *(indicator(f"i{n}", levels=levels(0, "1/4", "1/2", "3/4", 1)) for n in (1, 2)),
            rule=MEAN,
            rounding=own,
            bands=attrs.evolve(halves, rounding=None),
        )
        yield instrument(id=f"rounded-{mode}", root=root)
    parts = (
        dimension(
            "least",
            indicator("m1", None),
            indicator("m2", None),
            rule=Minimum(basis=ASSUMED),
            weight=None,
        ),
        dimension(
            "middle",
            indicator("n1", None),
            indicator("n2", None, conditions=(when("works"),)),
            indicator("n3", None),
            rule=Median(basis=ASSUMED),
            weight=None,
        ),
        measure("share", None, missing="drop", missing_basis=ASSUMED),
    )
    yield instrument(
        id="least",
        root=dimension(
            "total_points",
            *(attrs.evolve(part, weight=figure(1)) for part in parts),
            rule=MEAN,
            caps=(Cap(maximum=2, basis=ASSUMED, shortfall=Shortfall(code="m1", below=2)),),
            floor=figure("1/2"),
            deductions=(measure("fine", None, missing="zero", missing_basis=ASSUMED),),
        ),
        gates=(gate("works"),),
    )
    dropped = {"missing": "drop", "missing_basis": ASSUMED}
    yield instrument(
        id="dropping",
        root=dimension(
            "total_points",
            dimension(
                "first",
                indicator("d1", **dropped),
                indicator("d2", 2, **dropped),
                rule=MEAN,
                **dropped,
            ),
            dimension("second", indicator("d3", conditions=(when("open", "1"),)), rule=MEAN),
            indicator(
                "d4", missing="lowest", missing_basis=ASSUMED, levels=levels(1, "3/2", 4, first=1)
            ),
            indicator("d5", missing="zero", missing_basis=ASSUMED),
            rule=MEAN,
            bands=Bands(items=(band("low"), band("high", limit(2)))),
        ),
        gates=(gate("open", "1", "2"),),
    )


def variant_cases() -> Iterator[Case]:
    random = Random(SEED)
    for made in variants():
        if made.id.startswith("rounded"):
            for one, other in product(range(5), range(5)):
                if (one + other) % 2 and other <= 1:
                    yield of(_levels(made, {"i1": one, "i2": other}))
            continue
        for number in range(8):
            yield of(random_assessment(made, random, missing=0.3 if number % 2 else 0.0))


def _levels(made: Instrument, given: dict[str, int]) -> mi.Assessment:
    return mi.Assessment(agency=mi.Agency(name="Instansi contoh"), instrument=made, levels=given)


def stale() -> Iterator[Case]:
    """Yield a form with an answer that stayed behind when its gate was changed."""
    gates = gate_answers(NEW)[0] | {"a6q3_gate": "tidak"}
    yield of(random_assessment(NEW, Random(SEED), gates=gates), a6q3=4)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """Recalculate all forms of this module in one go."""
    sets = {
        "new": new_cases(),
        "tie": ties(),
        "kind": by_kind(),
        "old": old_cases(),
        "variant": variant_cases(),
        "stale": stale(),
        "wrong": wrong(),
    }
    cases = {
        f"{name}{number}": case for name, found in sets.items() for number, case in enumerate(found)
    }
    forms = {name: filled(case.assessment.instrument, case.cells) for name, case in cases.items()}
    sheets = recalculated(forms, tmp_path_factory.mktemp("forms"))
    return {name: (case, sheets[name]) for name, case in cases.items()}


WRONG: tuple[Cells, ...] = (
    {"a1q1": 5},
    {"a1q1": 2.5},
    {"a1q1": "3"},
    {"a1q1": True},
    {"satisfaction": 0.12345},
    {"satisfaction": 1.0001},
    {"satisfaction": "0,5"},
    {"correction": -0.1},
    {"a6q3_gate": "mungkin"},
    {"agency.kind": "kota"},
)


def wrong() -> Iterator[Case]:
    """Yield complete forms with one cell that is none of what is allowed."""
    whole = random_assessment(NEW, Random(SEED), gates=gate_answers(NEW)[0])
    for cells in WRONG:
        yield of(whole, **cells)


def check(name: str, case: Case, sheets: dict[str, Sheet]) -> None:
    """Check every number, state and band of the summary and of the calculation."""
    table = mi.score([case.assessment])
    card, chosen = table.card(0), case.assessment.instrument
    summary, calculation = sheets["Ringkasan"], sheets["Hitungan"]
    rows = {at(calculation, row, 1): row for row in range(1, len(calculation) + 1)}
    end = 13 + len(chosen.nodes) - len(chosen.indicators)  # after the table of dimensions
    shown_rows = {at(summary, row, 1): row for row in range(13, end)}
    for node in chosen.dimensions:
        expected = table.scores.columns[node.code][0]
        row = rows[node.code]
        state, numerator, denominator = (int(at(calculation, row, column)) for column in (6, 7, 8))
        assert (state > 0) == (expected is not None), (name, node.code)
        points, band = (at(summary, shown_rows[node.code], column) for column in (3, 4))
        if expected is None:
            assert points == "–", (name, node.code)
        else:
            assert Fraction(numerator, denominator) == expected, (name, node.code)
            assert Fraction(points) == round_half_up(expected, 4), (name, node.code)
        if node.bands is not None:
            names = ["–", *(each.name.id for each in node.bands)]
            assert band == names[table.scores.bands_of(node.code)[0]], (name, node.code)
    total, bands = card.total, chosen.root.bands
    if total is None:
        assert at(summary, 5, 3) == at(summary, 7, 3) == "–", name
        assert at(summary, 8, 3).startswith("belum lengkap: "), name
    else:
        assert Fraction(at(summary, 5, 3)) == round_half_up(total, 4), name
        assert at(summary, 7, 3) == (card.band or "–"), name
        if bands is not None and bands.rounding is not None:
            assert Fraction(at(summary, 6, 3)) == bands.rounding.round(total), name
    listed = {at(summary, row, 1) for row in range(end + 1, len(summary) + 1)}
    assert len(card.needed) > 15 or set(card.needed) <= listed, name


def of_kind(shown: Shown, kind: str) -> dict[str, tuple[Case, dict[str, Sheet]]]:
    return {name: value for name, value in shown.items() if name.rstrip("0123456789") == kind}


@needs_libreoffice
@pytest.mark.parametrize(
    ("kind", "count"),
    [("new", 100), ("tie", 9), ("kind", 6), ("old", 12), ("variant", 36), ("stale", 1)],
)
def test_a_filled_form_shows_what_the_library_computes(shown: Shown, kind: str, count: int) -> None:
    found = of_kind(shown, kind)
    assert len(found) == count
    for name, (case, sheets) in found.items():
        check(name, case, sheets)


@needs_libreoffice
def test_the_hundred_meet_every_pattern_of_gates_and_ties_lie_on_their_edges(
    shown: Shown,
) -> None:
    met = {
        pattern(NEW, dict(case.assessment.gates))
        for case, _ in of_kind(shown, "new").values()
        if len(case.assessment.gates) == len(NEW.gates)
    }
    assert met == {pattern(NEW, gates) for gates in gate_answers(NEW)}
    assert len(met) == 16
    totals = [mi.score(case.assessment).total for case, _ in of_kind(shown, "new").values()]
    assert 5 < totals.count(None) < 30
    ways = {
        (at(sheets["Ringkasan"], 6, 3), at(sheets["Ringkasan"], 7, 3))
        for _, sheets in of_kind(shown, "tie").values()
    }
    assert ways == {
        ("0.4", "Dasar"),
        ("0.41", "Lanjutan"),
        ("0.6", "Lanjutan"),
        ("0.61", "Menengah"),
        ("0.8", "Menengah"),
        ("0.81", "Tinggi"),
    }


@needs_libreoffice
def test_an_answer_that_stayed_behind_is_told_to_be_cleared(shown: Shown) -> None:
    ((_, sheets),) = of_kind(shown, "stale").values()
    row = next(row for row in range(1, 99) if at(sheets["a6"], row, 1) == "a6q3")
    assert at(sheets["a6"], row, 6) == "tidak berlaku; kosongkan jawabannya"


@needs_libreoffice
def test_what_is_not_allowed_is_said_and_nothing_is_computed_from_it(shown: Shown) -> None:
    found = of_kind(shown, "wrong")
    assert len(found) == len(WRONG)
    for name, (case, sheets) in found.items():
        summary = sheets["Ringkasan"]
        assert at(summary, 5, 3) == at(summary, 7, 3) == "–", (name, case.cells)
        assert at(summary, 8, 3).startswith("periksa isian: "), (name, case.cells)
        assert at(summary, 8, 3).endswith(" tidak diterima"), (name, case.cells)
        wrong_level = WRONG[int(name.removeprefix("wrong"))].get("a1q1")
        if wrong_level is not None:
            row = next(row for row in range(1, 99) if at(sheets["a1"], row, 1) == "a1q1")
            as_text = isinstance(wrong_level, str)
            status = "periksa: ketik sebagai angka" if as_text else "periksa: tidak diterima"
            assert at(sheets["a1"], row, 6) == status, (name, case.cells)
