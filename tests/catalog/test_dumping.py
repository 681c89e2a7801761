"""Instrument files that the library writes: they say all that the instrument holds, readably."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args, get_type_hints

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import meritindex as mi
from builders import (
    ASSUMED,
    LAW,
    OFFICIAL,
    band,
    dimension,
    faults_of,
    figure,
    gate,
    indicator,
    instrument,
    levels,
    limit,
    measure,
    only_fault,
    parts_of,
    rich_instrument,
    when,
)
from meritindex import definition
from meritindex.catalog.dumping import dump_instrument, instrument_to_text
from meritindex.catalog.loading import MAX_FILE_BYTES, MAX_NODES, instrument_from_text
from meritindex.catalog.toml_text import LINE, table_text
from meritindex.catalog.writing_parts import number_text
from meritindex.definition import (
    BandCap,
    Bands,
    Basis,
    Cap,
    Condition,
    DerivedFigure,
    Dimension,
    EqualRemainder,
    GeometricMean,
    Given,
    GoalpostScale,
    HarmonicMean,
    InForce,
    Instrument,
    Level,
    Limit,
    Median,
    Minimum,
    Option,
    PowerMean,
    Remark,
    Rounding,
    Shortfall,
    Source,
    Step,
    ThresholdScale,
    WeightedMean,
    WeightedSum,
)
from meritindex.errors import DefinitionError, FileError, MeritIndexError
from meritindex.language import Text
from meritindex.numbers import parse_number
from strategies import instruments

DRAFT = Basis(standing="draft", sources=("law", "page"), reason=Text("karena", "because"))


def small(*children: Any, **fields: Any) -> Instrument:
    """Return an instrument that can be written: the root has no weight."""
    root = fields.pop("root", {})
    return instrument(
        root=dimension("total_points", *(children or (indicator("a1"),)), weight=None, **root),
        **fields,
    )


def rich() -> Instrument:
    """Return the example in which every type occurs, without the weight that no root has."""
    found = rich_instrument()
    return attrs.evolve(found, root=attrs.evolve(found.root, weight=None))


def every_rule() -> Instrument:
    """Return an instrument with the rules, scales and limits that the rich one lacks."""
    shares = ThresholdScale(
        steps=(
            Step(points=0, criterion=Text("kurang", "too few")),
            Step(points="1/3", start="70"),
            Step(points=1, start=90, inclusive=False),
        ),
        basis=DRAFT,
    )
    posts = GoalpostScale(
        low="1/3", high=100, points_at_low=10, points_at_high="-1", capped=False, basis=ASSUMED
    )
    income = GoalpostScale(low=100, high=75000, logarithmic=True, basis=OFFICIAL)
    children = (
        dimension(
            "means",
            dimension("g", indicator("a1"), rule=GeometricMean(basis=DRAFT, whole=1, floor="1/7")),
            dimension("h", indicator("a2"), rule=HarmonicMean(basis=DRAFT, whole=1, floor=2)),
            rule=PowerMean(basis=ASSUMED, exponent="-1/2", whole=2, floor="0.001"),
            weight=2,
        ),
        dimension(
            "least",
            measure("share", None, scale=shares, maximum=100, missing_basis=DRAFT),
            measure("income", None, scale=income, remark=Text.same("dollars")),
            rule=Minimum(basis=ASSUMED),
            weight=None,
            missing="drop",
            missing_basis=DRAFT,
            remark=Text("cap", "capped"),
        ),
        dimension("middle", measure("rate", None, scale=posts, minimum="0.5"),
                  rule=Median(basis=OFFICIAL), weight=0),
        dimension("caps", indicator("a3"), indicator("a4"), rule=WeightedMean(basis=DRAFT)),
    )  # fmt: skip
    bands = Bands(items=(band("low", None, limit(1)), band("high")))
    return small(
        *children,
        root={
            "rule": WeightedMean(basis=ASSUMED, whole=100),
            "bonuses": (measure("extra", None),),
            "floor": figure("-1/2"),
            "caps": (
                Cap(maximum=3, basis=OFFICIAL),
                Cap(maximum=2, basis=DRAFT, shortfall=Shortfall(code="least", below="2/3")),
            ),
            "bands": bands,
            "band_caps": (
                BandCap(band="low", basis=DRAFT, shortfall=Shortfall(code="a3", below=1)),
            ),
        },
        sources=(LAW, Source(code="page", title=Text.same("Page"))),
        in_force=InForce(start=2019, basis=OFFICIAL),
        default_weighting=EqualRemainder(),
    )


def by_basis() -> Instrument:
    """Return an instrument whose dimensions share bands, on one basis or several."""

    def bands(first: Basis, second: Basis, *, name: str = "low") -> Bands:
        return Bands(
            items=(
                band(name, None, Limit(1, first)),
                band("middle", Limit(1, second, inclusive=False), Limit(2, first, inclusive=False)),
                band("high", Limit(2, second)),
            )
        )

    one = Bands(items=(band("all"),))
    given = (
        bands(ASSUMED, DRAFT), bands(ASSUMED, ASSUMED), bands(ASSUMED, DRAFT),
        bands(OFFICIAL, OFFICIAL), bands(OFFICIAL, DRAFT), one, one,
        bands(DRAFT, DRAFT, name="lowest"),
    )  # fmt: skip
    return small(
        *(
            dimension(f"d{number}", indicator(f"a{number}"), bands=bands, weight=1)
            for number, bands in enumerate(given)
        ),
        sources=(LAW, Source(code="page", title=Text.same("Page"))),
        default_weighting=Given({"d1": "1/3", "a1": 0}, standing="reported"),
    )


EXAMPLES: dict[str, Callable[[], Instrument]] = {
    "ism-2026": lambda: mi.instrument("ism-2026"),
    "ism-2019": lambda: mi.instrument("ism-2019"),
    "rich": rich,
    "every rule": every_rule,
    "by basis": by_basis,
    "given": lambda: small(
        default_weighting=Given({"a1": 1}, source="memo", standing="draft"),
        root={"rule": WeightedSum(basis=ASSUMED, whole=1)},
    ),
    "given nothing": lambda: small(default_weighting=Given({})),
}


def again(found: Instrument) -> Instrument:
    return instrument_from_text(instrument_to_text(found), "again.toml")


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_written_reads_as_the_same(name: str, tmp_path: Path) -> None:
    found = EXAMPLES[name]()
    path = tmp_path / "mine.toml"
    dump_instrument(found, path)
    loaded = mi.load_instrument(path)
    assert loaded == found
    assert loaded.fingerprint == found.fingerprint
    assert (
        path.read_text(encoding="utf-8") == instrument_to_text(found) == instrument_to_text(loaded)
    )
    assert [item.name for item in tmp_path.iterdir()] == ["mine.toml"]


def can_be_written(value: Fraction) -> bool:
    """Say whether there is a text of at most 18 digits for a number."""
    whole, rest = divmod(abs(value), 1)
    texts = [str(value), f"{whole} {rest}"]
    for decimals in range(18):
        shifted = value * 10**decimals
        if shifted.denominator == 1:
            texts.append(str(abs(shifted.numerator)).rjust(decimals + 1, "0"))
    return any(sum(map(str.isdigit, text)) <= 18 for text in texts)


@settings(max_examples=50)
@given(instruments())
def test_every_instrument_is_written_or_too_fine(found: Instrument) -> None:
    numbers = [
        value
        for part in parts_of(found)
        for value in attrs.asdict(part, recurse=False).values()
        if isinstance(value, Fraction)
    ]
    if all(map(can_be_written, numbers)):
        assert again(found).fingerprint == found.fingerprint
    else:
        faults = faults_of(DefinitionError, lambda: instrument_to_text(found))
        assert {fault.code for fault in faults} == {"entry-number"}


# Every text but those that are blank, or hold half a character.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@given(TEXTS, TEXTS)
@example('say "no" \\ \\u0041', "two\r\nlines\n\ttab")
@example("\x00\x1b\x7f\x85\u2028\u202e\ufeff", "'''\"\"\" # [x]")
@example("\U0001f600 \U000e0001", "{braces} = 1")
def test_every_text_survives(indonesian: str, english: str) -> None:
    text = Text(indonesian, english)
    found = small(
        gate_example := indicator("a1", conditions=(Condition("g", ("yes",)),), evidence=(text,)),
        title=text,
        id=indonesian,
        sources=(LAW, Source(code=english, title=text)),
        gates=(gate("g", "yes", "no", question=text),),
        remarks=(Remark(text=text, basis=Basis(standing="draft", sources=(english,))),),
        default_weighting=Given({"a1": 1}, source=indonesian),
    )
    assert gate_example in found.indicators
    written = instrument_to_text(found)
    assert all(mark.isprintable() or mark == "\n" for mark in written)
    assert instrument_from_text(written, "again.toml") == found


@given(st.fractions())
@example(Fraction(1, 2**18))
@example(10**6 + Fraction(1, 1000003))
@example(-Fraction(10**9 * 10**4 + 1, 10**4 * 3))
@example(Fraction(10**18 - 1))
@example(Fraction("0.00000000000000001"))
def test_every_number_that_can_be_written_is(value: Fraction) -> None:
    if can_be_written(value):
        assert parse_number(number_text(value)) == value
    else:
        with pytest.raises(MeritIndexError):
            parse_number(number_text(value))


@pytest.mark.parametrize("value", [Fraction(10**18), Fraction(1, 10**18), Fraction(10**5000)])
def test_numbers_that_can_not_be_written(value: Fraction) -> None:
    with pytest.raises(MeritIndexError):
        parse_number(number_text(value))


def types_in(kind: Any) -> Iterator[type]:
    """Yield every attrs class that the fields of a class can hold, itself first."""
    pending, seen = [kind], set()
    while pending:
        found = pending.pop()
        if attrs.has(found) and found not in seen:
            seen.add(found)
            yield found
            pending += get_type_hints(found).values()
        else:
            pending += get_args(found)


PARTS = [part for make in EXAMPLES.values() for part in parts_of(make())]


@pytest.mark.parametrize(
    ("kind", "attribute"),
    [
        pytest.param(kind, attribute, id=f"{kind.__name__}.{attribute.name}")
        for kind in sorted(types_in(Instrument), key=lambda kind: kind.__name__)
        for attribute in attrs.fields(kind)
    ],
)
def test_no_field_is_forgotten_also_one_that_is_added_later(
    kind: type, attribute: attrs.Attribute[Any]
) -> None:
    """Some example, all of which read as the same again, gives it another value than usual."""
    parts = [part for part in PARTS if type(part) is kind]
    assert parts
    assert any(getattr(part, attribute.name) != usual(attribute, part) for part in parts)


def usual(attribute: attrs.Attribute[Any], part: object) -> object:
    default: Any = attribute.default
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]
        return default.factory(part) if default.takes_self else default.factory()
    return default


def test_the_types_of_an_instrument_are_found() -> None:
    found = set(types_in(Instrument))
    assert {Instrument, Text, Median, Step, Given, BandCap, Shortfall, Option} <= found
    assert definition.Agency not in found


class TestReadability:
    def test_the_text_of_a_small_instrument(self) -> None:
        found = small(
            dimension(
                "work",
                indicator("a1", levels=levels(0, "1/3"), conditions=(when("works"),)),
                rule=WeightedMean(basis=OFFICIAL),
                weight=figure(40, OFFICIAL),
            ),
            measure("survey", None),
            root={
                "rule": WeightedSum(basis=OFFICIAL, whole=100),
                "caps": (
                    Cap(maximum=2, basis=OFFICIAL, shortfall=Shortfall(code="a1", below="0.5")),
                ),
            },
            gates=(gate("works"),),
            in_force=InForce(start=date(2020, 1, 31), basis=OFFICIAL),
        )
        written = instrument_to_text(found)
        head, body = written.split("\n\n", 1)
        assert all(line.startswith("#") for line in head.splitlines())
        ruler = "# " + "-" * 93
        reason = 'standing = "assumed"\nreason = { id = "contoh", en = "example" }\n'
        official = 'standing = "official"\nsources = ["law"]\n'
        inline = 'standing = "assumed", reason = { id = "contoh", en = "example" }'
        assert body == (
            'format = 1\nid = "example"\nfamily = "examples"\nroot = "total_points"\n'
            'default_weighting = "stated"\ntitle = { id = "contoh", en = "example" }\n\n'
            f"[in_force]\nfrom = 2020-01-31\n{official}\n\n"
            f"{ruler}\n# Sources: where the numbers and rules are read\n{ruler}\n\n"
            '[sources.law]\ntitle = { id = "peraturan", en = "regulation" }\n\n\n'
            f"{ruler}\n# Scales: the levels of an indicator, and what each is worth\n{ruler}\n\n"
            '[scales.level]\nlevels = [0, 1]\npoints = ["0", "1/3"]\ncumulative = false\n'
            f"{reason}\n\n"
            f"{ruler}\n# Opening questions (gates): their answers decide which indicators apply\n"
            f"{ruler}\n\n"
            '[gates.works]\nquestion = { id = "pertanyaan works", en = "question works" }\n'
            'options = [\n  { value = "yes", id = "opsi yes", en = "option yes" },\n'
            f'  {{ value = "no", id = "opsi no", en = "option no" }},\n]\n{reason}\n\n'
            f"{ruler}\n# Numbers from elsewhere (measures)\n{ruler}\n\n"
            '[measures.survey]\nname = { id = "ukuran survey", en = "measure survey" }\n'
            f'minimum = "0"\nmaximum = "1"\ndecimals = 2\nweight = "unpublished"\n{reason}\n\n'
            f"{ruler}\n# Dimensions: what each is made of, and by what rule\n{ruler}\n\n"
            "[dimensions.total_points]\n"
            'name = { id = "dimensi total_points", en = "dimension total_points" }\n'
            'children = ["work", "survey"]\n'
            'rule = { type = "weighted-sum", whole = "100", standing = "official", '
            f'sources = ["law"] }}\ndecimals = 4\n{reason}\n'
            '[[dimensions.total_points.caps]]\nmaximum = "2"\n'
            f'while = {{ node = "a1", below = "0.5" }}\n{official}\n'
            '[dimensions.work]\nname = { id = "dimensi work", en = "dimension work" }\n'
            'children = ["a1"]\nweight = { value = "40", standing = "official", '
            'sources = ["law"] }\nrule = { type = "weighted-mean", standing = "official", '
            f'sources = ["law"] }}\ndecimals = 4\n{reason}\n\n'
            f'{ruler}\n# Indicators; "levels" gives the criterion of each level, from the lowest\n'
            f"{ruler}\n\n"
            '[indicators.a1]\nname = { id = "indikator a1", en = "indicator a1" }\n'
            'scale = "level"\napplies_when = { works = ["yes"] }\n'
            f'weight = {{ value = "1", {inline} }}\n{reason}'
        )

    def test_equal_weights_stand_with_the_rule(self) -> None:
        equal = indicator("a1", figure(1, OFFICIAL)), indicator("a2", figure(1, OFFICIAL))
        written = instrument_to_text(small(*equal, root={"rule": WeightedMean(basis=OFFICIAL)}))
        assert written.count("equal_weights = true") == 1
        assert "weight =" not in written
        written = instrument_to_text(small(*equal, root={"rule": WeightedMean(basis=ASSUMED)}))
        assert "equal_weights" not in written
        assert written.count("weight =") == 2

    def test_what_several_share_stands_once(self) -> None:
        written = tomllib.loads(instrument_to_text(by_basis()))
        assert list(written["scales"]) == ["level"]
        assert list(written["bands"]) == ["d0", "d4", "d5", "d7"]
        assert [node.get("bands") for node in written["dimensions"].values()] == [
            None,
            "d0",
            {"use": "d0", "standing": "assumed", "reason": {"id": "contoh", "en": "example"}},
            "d0",
            {"use": "d0", "standing": "official", "sources": ["law"]},
            "d4",
            "d5",
            "d5",
            "d7",
        ]

    def test_an_end_states_a_basis_only_where_it_is_another(self) -> None:
        written = tomllib.loads(instrument_to_text(by_basis()))["bands"]["d0"]
        assert written["standing"] == "assumed"
        low, middle, high = written["items"]
        assert low == {"name": {"id": "low", "en": "low (en)"}, "to": "1"}
        assert middle["above"]["value"] == "1"
        assert middle["above"]["standing"] == "draft"
        assert middle["below"] == "2"
        assert "standing" not in middle
        assert (high["from"], high["standing"]) == ("2", "draft")

    def test_the_catalog_is_written_in_lines_that_are_no_longer_than_a_text(self) -> None:
        for found in mi.instruments():
            for line in instrument_to_text(found).splitlines():
                # What is longer is one text, or one item of a list.
                assert len(line) <= LINE or line.count(" = ") == 1 or line.startswith("  ")

    def test_a_list_of_tables_and_keys_that_need_quotes(self) -> None:
        written = table_text(("a b", "c"), {"d.e": [{"x": 1}], "f": True}, in_a_list=True)
        assert written == '[["a b".c]]\n"d.e" = [{ x = 1 }]\nf = true\n'


REFUSED: dict[str, tuple[Callable[[], Instrument], list[tuple[str, str, str | None]]]] = {
    "an empty text": (
        lambda: small(title=Text("", "x"), family=" "),
        [("text-empty", "family", None), ("text-empty", "title.id", None)],
    ),
    "half a character": (
        lambda: small(title=Text.same("\ud83d"), sources=(LAW, attrs.evolve(LAW, code="\ude00"))),
        [("text-form", "title", None), ("text-form", 'sources."\\ude00"', None)],
    ),
    "a number of many digits": (
        lambda: small(indicator("a1", Fraction(1, 10**18 + 1))),
        [("entry-number", "indicators.a1.weight.value", "a1")],
    ),
    "a weight of the root and of what stands beside a rule": (
        lambda: instrument(indicator("a1"), root=dimension(
            "total_points", indicator("a1"), bonuses=(measure("more", 1),),
            deductions=(measure("less", 1),))),
        [
            ("weight-not-allowed", "dimensions.total_points.weight", "total_points"),
            ("weight-not-allowed", "measures.more.weight", "more"),
            ("weight-not-allowed", "measures.less.weight", "less"),
        ],
    ),
    "an address that is none": (
        lambda: small(sources=(attrs.evolve(LAW, url="ftp://example.org"),)),
        [("url-form", "sources.law.url", None)],
    ),
    "weights for what has none": (
        lambda: small(default_weighting=Given({"b1": 1})),
        [("weight-unknown-code", "default_weighting.weights.b1", None)],
    ),
    "the same weight twice": (
        lambda: small(default_weighting=Given([("a1", 1), ("a1", 1)])),
        [("not-expressible", "default_weighting.weights", None)],
    ),
    "the same gate twice": (
        lambda: small(
            indicator("a1", conditions=(when("g", "yes"), when("g", "no"))), gates=(gate("g"),)
        ),
        [("not-expressible", "a1.conditions", "a1")],
    ),
    "a lowest step above nothing": (
        lambda: small(measure("m1", scale=ThresholdScale(
            steps=(Step(points=0, inclusive=False), Step(points=1, start=1)), basis=ASSUMED))),
        [("not-expressible", "m1.scale.steps[1].inclusive", "m1")],
    ),
    "a one for true": (
        lambda: small(indicator("a1", levels=(Level(value=True, points=1),))),
        [("entry-type", "scales.level.levels[1]", None)],
    ),
    "a one for yes": (
        lambda: small(measure("m1", scale=ThresholdScale(
            steps=(Step(points=0), Step(points=1, start=1, inclusive=1)), basis=ASSUMED))),
        [("not-expressible", "m1.scale.steps[2].inclusive", "m1")],
    ),
    "too many nodes": (
        lambda: small(*(indicator(f"a{number}") for number in range(MAX_NODES))),
        [("nodes-too-many", "", None)],
    ),
    "too deep": (
        lambda: small(nested(12)),
        [("too-deep", "dimensions.d1", "d1")],
    ),
}  # fmt: skip


def nested(depth: int) -> Dimension:
    below = nested(depth - 1) if depth > 1 else indicator("a1")
    return dimension(f"d{depth}", below)


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_format_can_not_say_is_refused_and_nothing_is_written(
    case: str, tmp_path: Path
) -> None:
    make, expected = REFUSED[case]
    found = make()
    path = tmp_path / "mine.toml"
    faults = faults_of(DefinitionError, lambda: dump_instrument(found, path))
    assert [(fault.code, str(fault.place), fault.item) for fault in faults] == [
        (code, f"mine.toml: {place}" if place else "mine.toml", item)
        for code, place, item in expected
    ]
    for fault in faults:
        assert fault.message.id != fault.message.en
    assert not list(tmp_path.iterdir())


def test_as_deep_as_a_file_may_be() -> None:
    deep = small(nested(11))
    assert again(deep) == deep


def test_a_file_that_would_be_too_large() -> None:
    fault = only_fault(
        DefinitionError, lambda: instrument_to_text(small(title=Text.same("x" * MAX_FILE_BYTES)))
    )
    assert (fault.code, str(fault.place)) == ("file-too-large", "example.toml")
    assert str(MAX_FILE_BYTES) in fault.message.id
    assert str(MAX_FILE_BYTES) in fault.message.en


def test_a_refused_dump_leaves_the_file_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("mine")
    with pytest.raises(DefinitionError):
        dump_instrument(small(id=""), path)
    assert path.read_text() == "mine"
    dump_instrument(small(), path)
    assert mi.load_instrument(path) == small()


def test_a_place_that_can_not_be_written(tmp_path: Path) -> None:
    assert only_fault(FileError, lambda: dump_instrument(small(), tmp_path)).code == (
        "file-unwritable"
    )


def test_a_value_that_the_file_says_otherwise_is_shown() -> None:
    (fault,) = faults_of(
        DefinitionError, lambda: instrument_to_text(REFUSED["a lowest step above nothing"][0]())
    )
    assert fault.value == "False"
    (fault,) = faults_of(
        DefinitionError, lambda: instrument_to_text(REFUSED["the same gate twice"][0]())
    )
    assert fault.value is None


def test_names_of_sections_are_free_for_codes() -> None:
    found = small(
        indicator("scales"),
        dimension("caps", indicator("levels")),
        sources=(LAW, attrs.evolve(LAW, code="remarks")),
        gates=(gate("weights"),),
        derived=(DerivedFigure(code="title", name=Text.same("T"), factor=figure(1)),),
    )
    assert again(found) == found


def test_options_and_digits_of_a_rounding() -> None:
    found = small(
        gates=(attrs.evolve(gate("g"), options=(Option(value="a b", label=Text.same("A")),)),),
        root={"rounding": Rounding(digits=17, mode="up", basis=ASSUMED), "decimals": 0},
    )
    assert again(found) == found
