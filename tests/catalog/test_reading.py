"""What else an instrument file can say: rules, scales, bonuses, caps and weightings."""

from __future__ import annotations

from fractions import Fraction

import pytest

from builders import faults_of
from meritindex.catalog.faults import MAX_FAULTS
from meritindex.catalog.loading import instrument_from_text
from meritindex.definition import (
    BandCap,
    Basis,
    Cap,
    EqualRemainder,
    Figure,
    GeometricMean,
    Given,
    GoalpostScale,
    HarmonicMean,
    Indicator,
    Instrument,
    Limit,
    Measure,
    Median,
    Minimum,
    PowerMean,
    Shortfall,
    Step,
    ThresholdScale,
    WeightedMean,
    WeightedSum,
)
from meritindex.errors import DefinitionError
from meritindex.language import Text

B = 'standing = "assumed", reason = "why"'
S = 'sources = ["law"]'
BASIS = 'standing = "assumed"\nreason = "why"\n'
EXAMPLE = f"""\
format = 1
id = "rules"
family = "examples"
root = "top"
title = "Rules"
sources.law.title = "Law"

[default_weighting]
type = "given"
weights = {{ half = "1/2", share = 2 }}
source = "memo"
standing = "draft"

[scales.steps]
levels = [0, 1, 2]
points = [0, 1, 2]
{BASIS}
[bands.names]
rounding = {{ digits = 2, mode = "half_up", {B} }}
items = [
  {{ name = "Low", to = {{ value = "0.40", standing = "draft", sources = ["law"] }} }},
  {{ name = "Good", from = "0.41", to = {{ value = "0.6", standing = "draft", {S} }} }},
  {{ name = "Best", above = "0.6" }},
]
{BASIS}
[measures.share]
name = "Share"
minimum = 0
maximum = 100
decimals = 1
scale.type = "thresholds"
scale.steps = [
  {{ points = "0" }},
  {{ from = "70", points = "1" }},
  {{ above = "90", points = "2", criterion = {{ id = "hampir", en = "nearly" }} }},
]
scale.standing = "official"
scale.sources = ["law"]
weight = {{ value = 1, {B} }}
{BASIS}
[measures.income]
name = "Income"
minimum = 0
maximum = 200000
decimals = 0
scale = {{ type = "goalposts", low = 100, high = 75000, logarithmic = true, {B} }}
{BASIS}
[measures.deaths]
name = "Deaths"
minimum = 1
maximum = 100
decimals = 0
scale.type = "goalposts"
scale.low = 5
scale.high = 50
scale.points_at_low = 10
scale.points_at_high = "-1"
scale.capped = false
scale.reason = "why"
scale.standing = "assumed"
{BASIS}
[measures.extra]
name = "Extra"
minimum = 0
maximum = 1
decimals = 1
{BASIS}
[measures.cut]
name = "Cut"
minimum = 0
maximum = 1
decimals = 1
{BASIS}
[dimensions.top]
name = "Top"
children = ["half", "share"]
bonuses = ["extra"]
deductions = ["cut"]
rule = {{ type = "power-mean", exponent = "2", floor = "0.01", whole = "2.5", {B} }}
floor = {{ value = "0", {B} }}
bands = "names"
{BASIS}
[[dimensions.top.caps]]
maximum = "3"
{BASIS}
[[dimensions.top.caps]]
band = "Good"
while = {{ node = "income", below = "2/3" }}
{BASIS}
[[dimensions.top.caps]]
maximum = "2.5"
while = {{ node = "half", below = "2" }}
standing = "official"
sources = ["law"]

[dimensions.half]
name = "Half"
children = ["q", "income", "deaths"]
rule = {{ type = "minimum", {B} }}
weight = {{ value = "1.5", {B} }}
{BASIS}
[indicators.q]
name = "Q"
scale = "steps"
levels.2 = {{ id = "semua", en = "all" }}
levels.0 = "-"
{BASIS}"""

WHY = Basis(standing="assumed", reason=Text.same("why"))
DRAFT = Basis(standing="draft", sources=("law",))
LAW = Basis(standing="official", sources=("law",))


def changed(*edits: tuple[str, str]) -> str:
    """Return the example after the edits; each begins with a text that stands in it once."""
    text = EXAMPLE
    for old, new in edits:
        assert text.count(old) == 1, (text.count(old), old)
        text = text.replace(old, new)
    return text


def load(*edits: tuple[str, str]) -> Instrument:
    return instrument_from_text(changed(*edits), "rules.toml")


def rule_of(entries: str) -> object:
    """Return the rule of `half`, whose children weigh as the rule asks for."""
    return load(('type = "minimum", ' + B, f"{entries}, {B}")).dimension("half").rule


class TestReading:
    def test_the_example(self) -> None:
        found = load()
        assert found.default_weighting == Given(
            {"half": "1/2", "share": 2}, source="memo", standing="draft"
        )
        top, half = found.root, found.dimension("half")
        assert top.rule == PowerMean(exponent=2, floor="0.01", whole="2.5", basis=WHY)
        assert [node.code for node in top.bonuses] == ["extra"]
        assert [node.code for node in top.deductions] == ["cut"]
        assert top.floor == Figure(0, WHY)
        assert top.caps == (
            Cap(maximum=3, basis=WHY),
            Cap(maximum="2.5", basis=LAW, shortfall=Shortfall(code="half", below=2)),
        )
        assert top.band_caps == (
            BandCap(band="Good", basis=WHY, shortfall=Shortfall(code="income", below="2/3")),
        )
        assert half.rule == Minimum(basis=WHY)
        assert [child.weight for child in half.children] == [None, None, None]
        assert half.weight == Figure("1.5", WHY)

    def test_scales_of_measures(self) -> None:
        found = load()
        scales = {item.code: item.scale for item in found.measures}
        assert scales == {
            "share": ThresholdScale(
                steps=(
                    Step(points=0),
                    Step(points=1, start=70),
                    Step(points=2, start=90, inclusive=False, criterion=Text("hampir", "nearly")),
                ),
                basis=LAW,
            ),
            "income": GoalpostScale(low=100, high=75000, logarithmic=True, basis=WHY),
            "deaths": GoalpostScale(
                low=5, high=50, points_at_low=10, points_at_high=-1, capped=False, basis=WHY
            ),
            "extra": None,
            "cut": None,
        }
        assert isinstance(found["share"], Measure)

    def test_criteria_of_some_levels(self) -> None:
        found = load()["q"]
        assert isinstance(found, Indicator)
        assert [level.criterion for level in found.levels] == [
            Text.same("-"),
            None,
            Text("semua", "all"),
        ]

    def test_ends_of_bands_on_a_basis_of_their_own(self) -> None:
        bands = load().root.bands
        assert bands is not None
        low, good, best = bands
        assert low.upper == Limit("0.40", DRAFT)
        assert (good.lower, good.upper) == (Limit("0.41", WHY), Limit("0.6", DRAFT))
        assert best.lower == Limit("0.6", WHY, inclusive=False)

    def test_every_rule(self) -> None:
        same = "equal_weights = true"
        assert rule_of(f'type = "weighted-mean", {same}') == WeightedMean(basis=WHY)
        assert rule_of(f'type = "weighted-sum", whole = 3, {same}') == WeightedSum(
            basis=WHY, whole=3
        )
        assert rule_of(f'type = "geometric-mean", {same}, floor = "0.1"') == GeometricMean(
            basis=WHY, floor="0.1"
        )
        assert rule_of(f'type = "harmonic-mean", {same}') == HarmonicMean(basis=WHY)
        assert rule_of(f'type = "power-mean", {same}, exponent = "-1/2"') == PowerMean(
            basis=WHY, exponent="-1/2"
        )
        assert rule_of('type = "median"') == Median(basis=WHY)

    def test_children_that_all_weigh_one(self) -> None:
        found = load(('type = "minimum"', 'type = "harmonic-mean", equal_weights = true'))
        assert {child.weight for child in found.dimension("half").children} == {Figure(1, WHY)}

    def test_a_weighting_without_a_source_or_by_a_word(self) -> None:
        edit = ('source = "memo"\nstanding = "draft"\n', "")
        assert load(edit).default_weighting == Given({"half": "1/2", "share": 2})
        table = EXAMPLE[EXAMPLE.index("[default_weighting]") : EXAMPLE.index("[scales.steps]")]
        word = ('root = "top"', 'root = "top"\ndefault_weighting = "equal-remainder"')
        assert load((table, ""), word).default_weighting == EqualRemainder()


RULE = 'type = "power-mean", exponent = "2", floor = "0.01", whole = "2.5"'
MINIMUM = 'rule = { type = "minimum"'
# What is edited; then of each fault its code, its place, its item, the value, and a piece of its
# message in Indonesian and in English. The list is complete: there is no other fault.
FAULTS = {
    "no exponent": (
        [('exponent = "2", ', "")],
        [("entry-missing", "dimensions.top.rule.exponent", "top", None, "tidak ada", "missing")],
    ),
    "an exponent of zero": (
        [('exponent = "2"', "exponent = 0")],
        [("rule-exponent", "dimensions.top.rule", "top", None, "pangkat 0", "exponent 0")],
    ),
    "a floor that is nothing, and a whole below it": (
        [('floor = "0.01"', "floor = 0"), ('whole = "2.5"', 'whole = "-1"')],
        [
            ("rule-whole", "dimensions.top.rule.whole", "top", "-1", "di atas 0", "above 0"),
            ("rule-floor", "dimensions.top.rule.floor", "top", "0", "di atas 0", "above 0"),
        ],
    ),
    "entries of other rules": (
        [(RULE, 'type = "weighted-mean", exponent = 1, floor = 1, whole = "2.5"')],
        [
            ("rule-entry", "dimensions.top.rule.floor", "top", None,
             "rumus weighted-mean tidak", "rule weighted-mean does not"),
            ("rule-entry", "dimensions.top.rule.exponent", "top", None,
             "rumus weighted-mean tidak", "rule weighted-mean does not"),
        ],
    ),
    "equal weights under a minimum": (
        [(MINIMUM, f"{MINIMUM}, equal_weights = true, whole = 1")],
        [
            ("rule-entry", "dimensions.half.rule.whole", "half", None, "minimum", "minimum"),
            ("rule-entry", "dimensions.half.rule.equal_weights", "half", None,
             "tidak memakainya", "does not use it"),
        ],
    ),
    "a weight under a minimum": (
        [("levels.0", 'weight = "unpublished"\nlevels.0')],
        [("weight-not-allowed", "indicators.q.weight", "q", None,
          "rumus dimensi di atasnya tidak memakai bobot", "rule of the parent uses no weights")],
    ),
    "an entry that no rule has": (
        [(MINIMUM, f"{MINIMUM}, power = 1"), ('type = "power-mean"', 'type = "mean"')],
        [
            ("entry-choice", "dimensions.top.rule.type", "top", '"mean"', "power-mean", "median"),
            ("entry-unknown", "dimensions.half.rule.power", "half", None,
             "reason, sources, standing, type", "reason, sources, standing, type"),
        ],
    ),
    "weights under a power mean": (
        [('value = "1.5"', 'value = "1.25"')],
        [("weights-dont-add-up", "dimensions.top", "top", None, "2.25", "2.25")],
    ),
    "a weight of a bonus": (
        [('name = "Extra"', f'name = "Extra"\nweight = {{ value = 1, {B} }}')],
        [("weight-not-allowed", "measures.extra.weight", "extra", None, "tambahan", "bonuses")],
    ),
    "a bonus that is no measure, and one that there isn't": (
        [('["extra"]', '["extra", "half", "more"]'), ('["half", "share"]', '["share"]'),
         ('half = "1/2", ', "")],
        [
            ("bonus-not-a-measure", "dimensions.top.bonuses", "top", '"half"', "ditambahkan",
             "be added"),
            ("node-unknown", "dimensions.top.bonuses", "top", '"more"', "di antara", "not among"),
        ],
    ),
    "a bonus that is a child": (
        [('["extra"]', '["extra", "share"]')],
        [("node-twice", "dimensions.top.bonuses", "top", '"share"', "sudah", "already")],
    ),
    "bonuses without children": (
        [('children = ["half", "share"]\n', ""), (f"rule = {{ {RULE}, {B} }}\n", ""),
         (f'floor = {{ value = "0", {B} }}', f"maximum = {{ value = 1, {B} }}"),
         ('["cut"]', '["cut", "share", "income", "deaths"]'),
         (EXAMPLE[EXAMPLE.index("[[dimensions.top.caps]]"):], ""),
         (EXAMPLE[EXAMPLE.index("[scales.steps]"):EXAMPLE.index("[bands.names]")], ""),
         (f"weight = {{ value = 1, {B} }}\n", ""), ('half = "1/2", share = 2', "")],
        [("dimension-form", "dimensions.top", "top", None, "tambahan", "bonuses")],
    ),
    "a floor that is no table": (
        [(f'floor = {{ value = "0", {B} }}', "floor = 0")],
        [("entry-type", "dimensions.top.floor", "top", "0", "tabel", "a table")],
    ),
    "a floor above a cap": (
        [(f'floor = {{ value = "0", {B} }}', f'floor = {{ value = "2.75", {B} }}')],
        [("cap-below-floor", "dimensions.top", "top", None, "2.75", "2.75")],
    ),
    "caps that are both, or neither": (
        [('maximum = "3"', 'maximum = "3"\nband = "Good"\nwhile = { node = "q", below = 1 }'),
         ('maximum = "2.5"\n', "")],
        [
            ("cap-form", "dimensions.top.caps[1]", "top", None, "salah satu", "one of maximum"),
            ("cap-form", "dimensions.top.caps[3]", "top", None, "salah satu", "one of maximum"),
        ],
    ),
    "a cap of the band without a condition": (
        [('while = { node = "income", below = "2/3" }\n', "")],
        [("entry-missing", "dimensions.top.caps[2].while", "top", None, "tabel", "a table")],
    ),
    "a cap at a band that there isn't": (
        [('band = "Good"', 'band = "good"')],
        [("cap-band-unknown", "dimensions.top.caps[2].band", "top", '"good"',
          "yang ada: Low, Good, Best", "there are: Low, Good, Best")],
    ),
    "a cap at a band where there are none": (
        [('bands = "names"\n', ""),
         (EXAMPLE[EXAMPLE.index("[bands.names]"):EXAMPLE.index("[measures.share]")], "")],
        [("cap-band-unknown", "dimensions.top.caps[2].band", "top", '"Good"', "ada: -", "are: -")],
    ),
    "a cap at faulty bands": (
        [('bands = "names"', 'bands = "nmes"'), ('band = "Good"', 'band = "good"')],
        [("name-unknown", "dimensions.top.bands", "top", '"nmes"', "di bands", "in bands")],
    ),
    "a cap at no band": (
        [('band = "Good"', 'band = ""'), ('maximum = "3"', "maximum = 3.5\nwhen = 1")],
        [
            ("entry-type", "dimensions.top.caps[1].maximum", "top", "3.5", "kutip", "in quotes"),
            ("entry-unknown", "dimensions.top.caps[1].when", "top", None, "while", "while"),
            ("text-empty", "dimensions.top.caps[2].band", "top", None, "kosong", "empty"),
        ],
    ),
    "a condition of a cap": (
        [('{ node = "income", below = "2/3" }', '{ node = "incom", below = "2/3" }'),
         ('{ node = "half", below = "2" }', "{ node = 1, to = 2 }")],
        [
            ("entry-type", "dimensions.top.caps[3].while.node", "top", "1", "teks", "a text"),
            ("entry-missing", "dimensions.top.caps[3].while.below", "top", None, "kutip", "quotes"),
            ("entry-unknown", "dimensions.top.caps[3].while.to", "top", None, "below", "node"),
            ("node-unknown", "dimensions.top.caps[2].while.node", "top", '"incom"',
             "tidak ada di antara", "is not among"),
        ],
    ),
    "a cap that depends on what is not below": (
        [('{ node = "half", below = "2" }', '{ node = "cut", below = "2" }')],
        [("cap-node-unknown", "dimensions.top", "top", None, "cut", "cut")],
    ),
    "caps that are no list": (
        [(EXAMPLE[EXAMPLE.index("[[dimensions.top.caps]]"):EXAMPLE.index("[dimensions.half]")],
          ""), ('bands = "names"', 'bands = "names"\ncaps = "3"')],
        [("entry-type", "dimensions.top.caps", "top", '"3"', "daftar tabel", "list of tables")],
    ),
    # --- scales of measures ---
    "a scale of a measure by name": (
        [(f'scale = {{ type = "goalposts", low = 100, high = 75000, logarithmic = true, {B} }}',
          'scale = "steps"')],
        [("entry-type", "measures.income.scale", "income", '"steps"', "tabel", "a table")],
    ),
    "a kind of scale that there isn't": (
        [('scale.type = "thresholds"', 'scale.type = "levels"')],
        [("entry-choice", "measures.share.scale.type", "share", '"levels"',
          "thresholds, goalposts", "thresholds, goalposts")],
    ),
    "a lowest step that begins somewhere": (
        [('{ points = "0" }', '{ points = "0", from = 1 }')],
        [("thresholds-form", "measures.share.scale", "share", None, "terendah", "the lowest")],
    ),
    "steps out of order": (
        [('above = "90"', 'above = "60"')],
        [("thresholds-order", "measures.share.scale", "share", None, "60", "60")],
    ),
    "a step that begins twice, and more": (
        [('from = "70", points = "1"', 'from = "70", above = "70", upto = 1')],
        [
            ("band-end-twice", "measures.share.scale.steps[2].above", "share", None, "dua kali",
             "twice"),
            ("entry-missing", "measures.share.scale.steps[2].points", "share", None, "kutip",
             "in quotes"),
            ("entry-unknown", "measures.share.scale.steps[2].upto", "share", None, "from", "from"),
        ],
    ),
    "steps of a goalpost scale": (
        [("scale.low = 5", "scale.steps = []")],
        [
            ("entry-missing", "measures.deaths.scale.low", "deaths", None, "kutip", "in quotes"),
            ("entry-unknown", "measures.deaths.scale.steps", "deaths", None, "capped", "high"),
        ],
    ),
    "posts out of order, and the logarithm of nothing": (
        [("scale.low = 5", "scale.low = 500"), ("low = 100", "low = 0")],
        [
            ("goalposts-logarithm", "measures.income.scale", "income", None, "0", "0"),
            ("goalposts-form", "measures.deaths.scale", "deaths", None, "500", "500"),
        ],
    ),
    "a capped that is a word": (
        [("scale.capped = false", 'scale.capped = "no"')],
        [("entry-type", "measures.deaths.scale.capped", "deaths", '"no"', "true", "true")],
    ),
    "a logarithm of what can be nothing": (
        [("logarithmic = true", "logarithmic = true, capped = false")],
        [("measure-logarithm", "measures.income", "income", None, "0", "0")],
    ),
    # --- criteria and bands ---
    "criteria of levels that there aren't": (
        [("levels.0", "levels.3"), ("levels.2 =", "levels.id ="),
         ('name = "Share"', 'name = "Share"\nnote = 1')],
        [
            ("entry-unknown", "measures.share.note", "share", None, "maximum", "scale"),
            ("entry-unknown", "indicators.q.levels.id", "q", None, "0, 1, 2", "0, 1, 2"),
            ("entry-unknown", "indicators.q.levels.3", "q", None, "dikenal", "known"),
        ],
    ),
    "criteria under a faulty scale": (
        [('scale = "steps"', 'scale = "step"'), ('levels.0 = "-"', "levels.0 = 1\nlevels.999 = 2")],
        [
            ("name-unknown", "indicators.q.scale", "q", '"step"', "di scales", "in scales"),
            ("entry-type", "indicators.q.levels.0", "q", "1", "teks", "a text"),
        ],
    ),
    "an end without a basis": (
        [('to = { value = "0.40", standing = "draft", sources = ["law"] }',
          'to = { value = "0.40" }')],
        [("entry-missing", "bands.names.items[1].to.standing", None, None, "assumed", "one of")],
    ),
    # --- sources and weightings ---
    "a source without a code": (
        [("sources.law.title", 'sources."".title = "Nothing"\nsources.law.title')],
        [("text-empty", 'sources.""', None, None, "kosong", "empty")],
    ),
    "half a character": (
        [('title = "Rules"', 'title = "Rules \ud83d"')],
        [("text-form", "title", None, '"Rules \\ud83d"', "separuh", "half a character")],
    ),
    "weights of what there isn't, or is not weighed": (
        [('half = "1/2"', 'hlf = "1/2", cut = 1, q = 1, top = 1')],
        [
            ("weight-unknown-code", "default_weighting.weights.hlf", None, '"hlf"',
             "tidak diboboti", "has no weight"),
            ("weight-unknown-code", "default_weighting.weights.cut", None, '"cut"',
             "tidak diboboti", "has no weight"),
            ("weight-unknown-code", "default_weighting.weights.q", None, '"q"',
             "tidak diboboti", "has no weight"),
            ("weight-unknown-code", "default_weighting.weights.top", None, '"top"',
             "tidak diboboti", "has no weight"),
        ],
    ),
    "weights that are none": (
        [('half = "1/2", share = 2', 'half = "much", share = -2')],
        [
            ("entry-number", "default_weighting.weights.half", None, '"much"', "bukan angka",
             "not a number"),
            ("weight-negative", "default_weighting.weights.share", None, "-2", "-2 negatif",
             "-2 is negative"),
        ],
    ),
    "a kind of weighting that there isn't": (
        [('type = "given"', 'type = "taken"'), ('source = "memo"', "source = 1"),
         ('standing = "draft"\n', 'standing = "daft"\nvalue = 1\n')],
        [
            ("entry-choice", "default_weighting.type", None, '"taken"', "given", "given"),
            ("entry-type", "default_weighting.source", None, "1", "teks", "a text"),
            ("entry-choice", "default_weighting.standing", None, '"daft"', "draft", "draft"),
            ("entry-unknown", "default_weighting.value", None, None, "weights", "weights"),
        ],
    ),
    "no weights": (
        [('weights = { half = "1/2", share = 2 }\n', "")],
        [("entry-missing", "default_weighting.weights", None, None, "tabel", "a table")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_every_fault_has_its_place_and_no_echo(case: str) -> None:
    edits, expected = FAULTS[case]
    faults = faults_of(DefinitionError, lambda: load(*edits))
    found = [(fault.code, str(fault.place), fault.item, fault.value) for fault in faults]
    assert found == [
        (code, f"rules.toml: {place}", item, value) for code, place, item, value, _, _ in expected
    ]
    for fault, (*_, indonesian, english) in zip(faults, expected, strict=True):
        assert indonesian in fault.message.id
        assert english in fault.message.en
        assert fault.message.id != fault.message.en


def test_codes_are_not_judged_where_nodes_can_not_be_read() -> None:
    text = changed(
        ('half = "1/2"', 'hlf = "1/2"'),
        ('node = "half"', 'node = "hlf"'),
        ("[indicators.q]", "[q]"),
    )
    faults = faults_of(DefinitionError, lambda: instrument_from_text(text, "x"))
    assert [fault.code for fault in faults] == ["entry-unknown"]


def test_faults_beyond_a_thousand_are_counted() -> None:
    codes = ", ".join(f'"c{number}"' for number in range(200_000))
    text = changed(('["extra"]', f'["extra", {codes}]'))
    faults = faults_of(DefinitionError, lambda: instrument_from_text(text, "x.toml"))
    assert len(faults) == MAX_FAULTS + 1
    assert faults[-1].code == "faults-more"
    assert str(faults[-1].place) == "x.toml"
    more = 200_000 - MAX_FAULTS
    assert faults[-1].message == Text(f"{more} kesalahan lagi", f"{more} more faults")


def test_many_sources_that_are_not_listed_are_refused() -> None:
    listed = "".join(f'[sources.s{number}]\ntitle = "S"\n' for number in range(10_000))
    remarks = '[[remarks]]\ntext = "R"\nstanding = "draft"\nsources = ["x"]\n' * 5_000
    faults = faults_of(
        DefinitionError, lambda: instrument_from_text(EXAMPLE + listed + remarks, "x.toml")
    )
    assert faults[0].code == "source-unknown"
    assert faults[0].allowed is not None
    assert faults[0].allowed.id.startswith("law, s0, s1, s10, s100")


def test_numbers_in_fractions_stay_exact() -> None:
    found = load(('value = "1.5"', 'value = "4/3"'), ('whole = "2.5"', 'whole = "7/3"'))
    assert found.dimension("half").weight == Figure(Fraction(4, 3), WHY)
