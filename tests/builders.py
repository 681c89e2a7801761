"""Small definitions for tests, and how a fault is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction

import attrs
import pytest

from meritindex.definition import (
    AgencyKind,
    Band,
    BandCap,
    Bands,
    Basis,
    Cap,
    Condition,
    DerivedFigure,
    Dimension,
    Figure,
    Gate,
    GeometricMean,
    Given,
    GoalpostScale,
    HarmonicMean,
    Indicator,
    InForce,
    Instrument,
    Level,
    LevelScale,
    Limit,
    Measure,
    Median,
    Minimum,
    Option,
    PowerMean,
    Remark,
    Rounding,
    Rule,
    Shortfall,
    Source,
    Step,
    ThresholdScale,
    WeightedMean,
    WeightedSum,
)
from meritindex.errors import Fault, MeritIndexError
from meritindex.language import LANGUAGES, Text

ASSUMED = Basis(standing="assumed", reason=Text("contoh", "example"))
OFFICIAL = Basis(standing="official", sources=("law",))
LAW = Source(code="law", title=Text("peraturan", "regulation"))
SUM = WeightedSum(basis=ASSUMED)
MEAN = WeightedMean(basis=ASSUMED)


def faults_of(error: type[MeritIndexError], action: Callable[[], object]) -> tuple[Fault, ...]:
    """Return the faults with which `action` is refused."""
    with pytest.raises(error) as caught:
        action()
    assert type(caught.value) is error
    assert caught.value.faults
    return caught.value.faults


def only_fault(error: type[MeritIndexError], action: Callable[[], object]) -> Fault:
    """Return the one fault with which `action` is refused."""
    (fault,) = faults_of(error, action)
    return fault


def check_fault(fault: Fault, code: str, item: str | None, *named: str | Text) -> None:
    """Check a fault's code and item, and that both languages name every offending value."""
    assert fault.code == code
    assert fault.item == item
    for language in LANGUAGES:
        message = fault.message.in_language(language)
        assert "{" not in message
        assert message.strip()
        for name in named:
            assert (name.in_language(language) if isinstance(name, Text) else name) in message
    assert fault.message.id != fault.message.en


def figure(value: Fraction | int | str, basis: Basis = ASSUMED) -> Figure:
    """Return a number with a basis."""
    return Figure(Fraction(value), basis)


def weight_of(value: Figure | Fraction | int | str | None) -> Figure | None:
    """Return a weight, given as one, as a number, or as None where it is not published."""
    return value if value is None or isinstance(value, Figure) else figure(value)


def limit(value: Fraction | int | str, *, inclusive: bool = True) -> Limit:
    """Return the end of a band."""
    return Limit(Fraction(value), ASSUMED, inclusive=inclusive)


def band(name: str, lower: Limit | None = None, upper: Limit | None = None) -> Band:
    """Return a band."""
    return Band(name=Text(name, f"{name} (en)"), lower=lower, upper=upper)


def levels(*points: Fraction | int | str, first: int = 0) -> tuple[Level, ...]:
    """Return consecutive levels that are worth these points."""
    return tuple(
        Level(value=first + place, points=Fraction(value)) for place, value in enumerate(points)
    )


def indicator(
    code: str, weight: Figure | Fraction | int | str | None = 1, **fields: object
) -> Indicator:
    """Return an indicator from 0 to 4; its scale is given by its fields."""
    scale = LevelScale(
        levels=fields.pop("levels", levels(0, 1, 2, 3, 4)),
        basis=fields.pop("scale_basis", ASSUMED),
        cumulative=fields.pop("cumulative", False),
    )
    return Indicator(
        **{
            "code": code,
            "name": Text(f"indikator {code}", f"indicator {code}"),
            "scale": scale,
            "basis": ASSUMED,
            "weight": weight_of(weight),
            **fields,
        }
    )


def measure(
    code: str, weight: Figure | Fraction | int | str | None = 1, **fields: object
) -> Measure:
    """Return a measure from 0 to 1 with two decimals."""
    return Measure(
        **{
            "code": code,
            "name": Text(f"ukuran {code}", f"measure {code}"),
            "minimum": Fraction(0),
            "maximum": Fraction(1),
            "decimals": 2,
            "basis": ASSUMED,
            "weight": weight_of(weight),
            **fields,
        }
    )


def dimension(
    code: str,
    *children: Indicator | Measure | Dimension,
    rule: Rule | None = SUM,
    weight: Figure | Fraction | int | str | None = 1,
    **fields: object,
) -> Dimension:
    """Return a dimension, by default the sum of its children, or one without any."""
    return Dimension(
        **{
            "code": code,
            "name": Text(f"dimensi {code}", f"dimension {code}"),
            "basis": ASSUMED,
            "children": children,
            "rule": rule if children else None,
            "maximum": None if children else figure(100),
            "weight": weight_of(weight),
            **fields,
        }
    )


def gate(code: str, *options: str, **fields: object) -> Gate:
    """Return a gate, by default one of yes or no."""
    return Gate(
        **{
            "code": code,
            "question": Text(f"pertanyaan {code}", f"question {code}"),
            "options": tuple(
                Option(value=value, label=Text(f"opsi {value}", f"option {value}"))
                for value in options or ("yes", "no")
            ),
            "basis": ASSUMED,
            **fields,
        }
    )


def when(code: str, *options: str) -> Condition:
    """Return the condition that a gate is answered so, by default with yes."""
    return Condition(code, options or ("yes",))


def instrument(*children: Indicator | Measure | Dimension, **fields: object) -> Instrument:
    """Return an instrument over these nodes."""
    return Instrument(
        **{
            "id": "example",
            "family": "examples",
            "title": Text("contoh", "example"),
            "root": dimension("total_points", *children),
            "sources": (LAW,),
            **fields,
        }
    )


def rich_instrument() -> Instrument:
    """Return an instrument of every type of definition, but for those of the measured one."""
    first = dimension(
        "first",
        indicator(
            "a1",
            60,
            levels=(
                Level(value=1, points=Fraction(1), criterion=Text("ada", "present")),
                Level(value=2, points=Fraction(5, 2)),
            ),
            basis=OFFICIAL,
            question=Text("apa?", "what?"),
            evidence=(Text("surat", "letter"), Text("data", "data")),
            conditions=(when("works"), when("size", "big", "small")),
            missing="lowest",
            missing_basis=ASSUMED,
            remark=Text("salah cetak", "misprint"),
        ),
        indicator("a2", None, cumulative=True),
        rule=WeightedMean(basis=OFFICIAL, whole=Fraction(100)),
    )
    second = dimension("second", weight=figure(2, OFFICIAL), decimals=1)
    root = dimension(
        "total_points",
        first,
        second,
        measure("survey", 3, missing="zero", missing_basis=OFFICIAL),
        deductions=(measure("correction", None),),
        entry_maximum=figure(500, OFFICIAL),
        rounding=Rounding(digits=2, basis=OFFICIAL),
        decimals=2,
        bands=Bands(
            items=(
                band("low", None, limit("0.40")),
                band("middle", limit("0.41"), None),
                band("high", limit("0.60", inclusive=False), None),
            ),
            rounding=Rounding(digits=2, basis=ASSUMED, mode="half_even"),
        ),
    )
    return Instrument(
        id="rich",
        family="examples",
        title=Text("lengkap", "rich"),
        root=root,
        sources=(LAW, Source(code="page", title=Text("laman", "page"), url="https://example.org")),
        gates=(
            gate("works", by_kind=((AgencyKind.CITY, ("yes",)), (AgencyKind.BODY, ("no", "yes")))),
            gate("size", "small", "big"),
        ),
        in_force=InForce(start=date(2020, 1, 31), until=date(2021, 2, 1), basis=OFFICIAL),
        default_weighting=Given({"a1": 60, "a2": 40}, source="page"),
        derived=(
            DerivedFigure(code="share", name=Text("bagian", "share"), factor=figure("1/100")),
        ),
        remarks=(Remark(text=Text("catatan", "remark"), basis=OFFICIAL),),
    )


def measured_instrument() -> Instrument:
    """Return an instrument with the rules, scales, floors and caps that the rich one lacks."""
    life = measure(
        "life",
        minimum=Fraction(0),
        maximum=Fraction(120),
        scale=GoalpostScale(low=20, high=85, points_at_low="0.1", basis=OFFICIAL),
    )
    staff = measure(
        "staff",
        None,
        maximum=Fraction(100),
        scale=ThresholdScale(
            steps=(
                Step(points="0.1"),
                Step(points="0.5", start=70, criterion=Text("sebagian besar", "most")),
                Step(points=1, start=90, inclusive=False),
            ),
            basis=ASSUMED,
        ),
    )
    kinds = (
        dimension("middle", indicator("i1", None), staff, rule=Median(basis=ASSUMED)),
        dimension("least", indicator("i2", None), rule=Minimum(basis=OFFICIAL)),
        dimension(
            "harmonic", indicator("i3"), life, rule=HarmonicMean(basis=ASSUMED, floor="0.01")
        ),
        dimension("power", indicator("i4"), rule=PowerMean(basis=ASSUMED, exponent=2)),
    )
    root = dimension(
        "total_points",
        *kinds,
        rule=GeometricMean(basis=OFFICIAL, whole=4, floor="0.001"),
        bonuses=(measure("bonus", None),),
        floor=figure("0.1", OFFICIAL),
        caps=(
            Cap(maximum=4, basis=OFFICIAL),
            Cap(maximum=3, basis=ASSUMED, shortfall=Shortfall(code="i2", below=2)),
        ),
        bands=Bands(items=(band("low"), band("high", limit(2)))),
        band_caps=(
            BandCap(band="low", basis=OFFICIAL, shortfall=Shortfall(code="life", below="0.5")),
        ),
    )
    return instrument(id="measured", root=root)


def parts_of(value: object) -> Iterator[object]:
    """Yield every attrs object inside a definition, itself first."""
    if isinstance(value, tuple):
        for item in value:
            yield from parts_of(item)
    elif attrs.has(kind := type(value)):
        yield value
        for attribute in attrs.fields(kind):
            yield from parts_of(getattr(value, attribute.name))
