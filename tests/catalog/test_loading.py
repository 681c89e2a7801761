"""Instrument files: what they say is read as it stands, and every mistake is found and placed."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from importlib import resources
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import faults_of, only_fault
from meritindex.catalog.loading import (
    MAX_DEPTH,
    MAX_FILE_BYTES,
    MAX_NODES,
    instrument_from_text,
    load_instrument,
)
from meritindex.catalog.tables import MAX_UNKNOWN
from meritindex.definition import (
    AgencyKind,
    Band,
    Bands,
    Basis,
    Condition,
    DerivedFigure,
    Dimension,
    Figure,
    Gate,
    Indicator,
    InForce,
    Instrument,
    Level,
    LevelScale,
    Limit,
    Measure,
    Option,
    Remark,
    Rounding,
    Source,
    Stated,
    WeightedMean,
    WeightedSum,
)
from meritindex.errors import DefinitionError, FileError, MeritIndexError
from meritindex.language import Text

EXAMPLE = """\
format = 1
id = "small"
family = "examples"
root = "top"
default_weighting = "stated"
title = { id = "Contoh kecil", en = "Small example" }

[in_force]
from = 2020-01-01
until = 2021-01-01
standing = "official"
sources = ["law"]

[sources.law]
title = { id = "Peraturan", en = "Regulation" }
url = "https://example.org/law"

[sources.news]
title = "News"

[[remarks]]
text = { id = "Ringkasan", en = "A summary" }
standing = "reported"
sources = ["news"]

[scales.steps]
levels = [0, 1, 2]
points = ["0", "1/2", 1]
cumulative = true
standing = "assumed"
reason = { id = "langkah sama", en = "even steps" }

[bands.names]
standing = "official"
sources = ["law"]
rounding = { digits = 1, mode = "half_up", standing = "official", sources = ["law"] }
items = [
  { name = { id = "Rendah", en = "Low" }, to = "0.4" },
  { name = { id = "Tinggi", en = "High" }, from = "0.5", standing = "draft", sources = ["news"] },
]

[gates.kind]
question = { id = "Jenis apa?", en = "What kind?" }
options = [
  { value = "central", id = "pusat", en = "central" },
  { value = "local", id = "daerah", en = "local" },
]
by_kind.ministry = ["central"]
by_kind."state body" = ["central"]
standing = "official"
sources = ["law"]

[measures.survey]
name = "Survey"
minimum = "0"
maximum = 1
decimals = 2
weight = { value = "40", standing = "draft", sources = ["news"] }
missing = { policy = "unknown" }
remark = "A number from elsewhere"
standing = "official"
sources = ["law"]

[measures.cut]
name = "Cut"
minimum = "0"
maximum = "0.5"
decimals = 1
missing = { policy = "zero", standing = "assumed", reason = "nothing is known" }
standing = "official"
sources = ["law"]

[dimensions.top]
name = { id = "Jumlah", en = "Total" }
children = ["work", "survey", "rest"]
deductions = ["cut"]
rule = { type = "weighted-mean", whole = "100", standing = "official", sources = ["law"] }
entry_maximum = { value = "1.5", standing = "assumed", reason = "the end is not known" }
bands = "names"
rounding = { digits = 2, mode = "down", standing = "official", sources = ["law"] }
decimals = 2
standing = "official"
sources = ["law"]

[dimensions.work]
name = { id = "Kerja", en = "Work" }
children = ["q1", "q2"]
rule = { type = "weighted-sum", equal_weights = true, standing = "official", sources = ["law"] }
weight = "unpublished"
bands = { use = "names", standing = "draft", sources = ["news"] }
standing = "official"
sources = ["law"]

[dimensions.rest]
name = { id = "Sisanya", en = "The rest" }
maximum = { value = "1", standing = "official", sources = ["law"] }
weight = { value = "25", standing = "official", sources = ["law"] }
remark = { id = "tanpa anak", en = "without children" }
standing = "official"
sources = ["law"]

[indicators.q1]
name = { id = "Satu", en = "One" }
question = { id = "Sudahkah?", en = "Is it done?" }
scale = "steps"
levels.id = ["belum", "sebagian", "sudah"]
levels.en = ["no", "in part", "yes"]
evidence = [{ id = "Surat", en = "Letter" }, "Renstra"]
remark = "A slip"
standing = "reported"
sources = ["news"]

[indicators.q2]
name = "Two"
scale = "steps"
applies_when.kind = ["local"]
standing = "reported"
sources = ["news"]

[derived.share]
name = { id = "Bagian", en = "Share" }
factor = { value = "4/410", standing = "reported", sources = ["news"] }
"""
LAW = Basis(standing="official", sources=("law",))
NEWS = Basis(standing="reported", sources=("news",))
DRAFT = Basis(standing="draft", sources=("news",))
CATALOG = tuple(
    (resources.files("meritindex.catalog") / "data" / f"{name}.toml").read_text("utf-8")
    for name in ("ism-2026", "ism-2019")
)


Edit = tuple[str, str] | Callable[[str], str]


def section(name: str, text: str = EXAMPLE) -> str:
    """Return the text of one table, its header first."""
    (found,) = re.findall(rf"^\[{re.escape(name)}\]\n(?:(?!\[\[?[a-z]).*\n)*", text, re.MULTILINE)
    return found


def within(name: str, old: str, new: str) -> Callable[[str], str]:
    """Return the edit that replaces a text, which must stand in that table once."""

    def edit(text: str) -> str:
        table = section(name, text)
        assert table.count(old) == 1, (name, old)
        return text.replace(table, table.replace(old, new))

    return edit


def edited(*edits: Edit) -> str:
    """Return the example after the edits; a pair is a text that stands in it once, and its new."""
    text = EXAMPLE
    for edit in edits:
        if isinstance(edit, tuple):
            assert text.count(edit[0]) == 1, edit
            text = text.replace(*edit)
        else:
            text = edit(text)
    return text


def load(text: str) -> Instrument:
    return instrument_from_text(text, "small.toml")


class TestReading:
    def test_everything_in_a_file_arrives(self) -> None:
        steps = Basis(standing="assumed", reason=Text("langkah sama", "even steps"))
        rounding = Rounding(digits=1, basis=LAW)
        points = (Fraction(0), Fraction(1, 2), Fraction(1))

        def bands(low: Basis, high: Basis) -> Bands:
            return Bands(
                items=(
                    Band(name=Text("Rendah", "Low"), upper=Limit(Fraction("0.4"), low)),
                    Band(name=Text("Tinggi", "High"), lower=Limit(Fraction("0.5"), high)),
                ),
                rounding=rounding,
            )

        assert load(EXAMPLE) == Instrument(
            id="small",
            family="examples",
            title=Text("Contoh kecil", "Small example"),
            default_weighting=Stated(),
            in_force=InForce(start=date(2020, 1, 1), until=date(2021, 1, 1), basis=LAW),
            sources=(
                Source(
                    code="law", title=Text("Peraturan", "Regulation"), url="https://example.org/law"
                ),
                Source(code="news", title=Text.same("News")),
            ),
            remarks=(Remark(text=Text("Ringkasan", "A summary"), basis=NEWS),),
            derived=(
                DerivedFigure(
                    code="share",
                    name=Text("Bagian", "Share"),
                    factor=Figure(Fraction(4, 410), NEWS),
                ),
            ),
            gates=(
                Gate(
                    code="kind",
                    question=Text("Jenis apa?", "What kind?"),
                    options=(
                        Option(value="central", label=Text("pusat", "central")),
                        Option(value="local", label=Text("daerah", "local")),
                    ),
                    basis=LAW,
                    by_kind=(
                        (AgencyKind.MINISTRY, ("central",)),
                        (AgencyKind.STATE_BODY, ("central",)),
                    ),
                ),
            ),
            root=Dimension(
                code="top",
                name=Text("Jumlah", "Total"),
                basis=LAW,
                rule=WeightedMean(basis=LAW, whole=Fraction(100)),
                entry_maximum=Figure(
                    Fraction(3, 2),
                    Basis(standing="assumed", reason=Text.same("the end is not known")),
                ),
                bands=bands(LAW, DRAFT),
                rounding=Rounding(digits=2, mode="down", basis=LAW),
                decimals=2,
                deductions=(
                    Measure(
                        code="cut",
                        name=Text.same("Cut"),
                        minimum=Fraction(0),
                        maximum=Fraction(1, 2),
                        decimals=1,
                        missing="zero",
                        missing_basis=Basis(
                            standing="assumed", reason=Text.same("nothing is known")
                        ),
                        basis=LAW,
                    ),
                ),
                children=(
                    Dimension(
                        code="work",
                        name=Text("Kerja", "Work"),
                        basis=LAW,
                        rule=WeightedSum(basis=LAW),
                        bands=bands(DRAFT, DRAFT),
                        children=(
                            Indicator(
                                code="q1",
                                name=Text("Satu", "One"),
                                question=Text("Sudahkah?", "Is it done?"),
                                scale=LevelScale(
                                    levels=tuple(
                                        Level(value=value, points=worth, criterion=Text(*criterion))
                                        for value, worth, criterion in zip(
                                            range(3),
                                            points,
                                            [
                                                ("belum", "no"),
                                                ("sebagian", "in part"),
                                                ("sudah", "yes"),
                                            ],
                                            strict=True,
                                        )
                                    ),
                                    cumulative=True,
                                    basis=steps,
                                ),
                                evidence=(Text("Surat", "Letter"), Text.same("Renstra")),
                                remark=Text.same("A slip"),
                                weight=Figure(Fraction(1), LAW),
                                basis=NEWS,
                            ),
                            Indicator(
                                code="q2",
                                name=Text.same("Two"),
                                scale=LevelScale(
                                    levels=tuple(
                                        Level(value=value, points=worth)
                                        for value, worth in enumerate(points)
                                    ),
                                    cumulative=True,
                                    basis=steps,
                                ),
                                conditions=(Condition("kind", ("local",)),),
                                weight=Figure(Fraction(1), LAW),
                                basis=NEWS,
                            ),
                        ),
                    ),
                    Measure(
                        code="survey",
                        name=Text.same("Survey"),
                        minimum=Fraction(0),
                        maximum=Fraction(1),
                        decimals=2,
                        weight=Figure(Fraction(40), DRAFT),
                        remark=Text.same("A number from elsewhere"),
                        basis=LAW,
                    ),
                    Dimension(
                        code="rest",
                        name=Text("Sisanya", "The rest"),
                        maximum=Figure(Fraction(1), LAW),
                        weight=Figure(Fraction(25), LAW),
                        remark=Text("tanpa anak", "without children"),
                        basis=LAW,
                    ),
                ),
            ),
        )

    def test_what_is_optional_may_be_absent(self) -> None:
        smallest = load(
            'format = 1\nid = "x"\nfamily = "x"\nroot = "a"\ndefault_weighting = "stated"\n'
            'title = "X"\n[dimensions.a]\nname = "A"\nstanding = "assumed"\nreason = "why"\n'
            'maximum = { value = 1, standing = "assumed", reason = "why" }\n'
        )
        assert smallest.nodes == (smallest.root,)
        assert (smallest.in_force, smallest.sources, smallest.gates) == (None, (), ())
        assert (smallest.remarks, smallest.derived) == ((), ())

    def test_limits_above_and_below_and_a_year(self) -> None:
        found = load(
            edited(
                within("in_force", "from = 2020-01-01", "from = 2020"),
                within("bands.names", 'to = "0.4"', 'below = "0.5"'),
                within("bands.names", 'from = "0.5",', ""),
            )
        )
        assert found.in_force is not None
        assert found.in_force.start == 2020
        assert found.root.bands is not None
        low, high = found.root.bands
        assert low.upper == Limit(Fraction("0.5"), LAW, inclusive=False)
        assert high.lower is None
        found = load(edited(within("bands.names", 'from = "0.5"', 'above = "0.4"')))
        assert found.root.bands is not None
        assert found.root.bands.items[1].lower == Limit(Fraction("0.4"), DRAFT, inclusive=False)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_from_a_file(self, tmp_path: Path, encoding: str) -> None:
        path = tmp_path / "mine.toml"
        path.write_text(EXAMPLE, encoding=encoding)
        assert load_instrument(path) == load_instrument(str(path)) == load(EXAMPLE)

    def test_bands_without_another_basis_keep_their_own(self) -> None:
        plain = edited(within("dimensions.work", ', standing = "draft", sources = ["news"]', ""))
        found = load(plain)
        assert found.dimension("work").bands == found.root.bands


# What is edited; then of each fault its code, its place, its item, the value, and a piece of its
# message in Indonesian and in English. The list is complete: there is no other fault.
# ruff: noqa: ISC004  (long texts among other things that are obviously apart)
FAULTS = {
    # --- entries ---
    "an entry is missing": (
        [within("dimensions.rest", 'name = { id = "Sisanya", en = "The rest" }\n', "")],
        [
            (
                "entry-missing",
                "dimensions.rest.name",
                "rest",
                None,
                "tidak ada; seharusnya teks, atau id dan en",
                "is missing; expected a text, or id and en",
            )
        ],
    ),
    "an entry of another type": (
        [within("measures.survey", "decimals = 2", 'decimals = "2"')],
        [("entry-type", "measures.survey.decimals", "survey", '"2"', "bilangan", "whole number")],
    ),
    "true is no number": (
        [within("measures.survey", "decimals = 2", "decimals = true")],
        [("entry-type", "measures.survey.decimals", "survey", "true", "bukan", "true is not a")],
    ),
    "a text that is a list": (
        [within("measures.survey", 'name = "Survey"', 'name = ["Survey"]')],
        [("entry-type", "measures.survey.name", "survey", "[…]", "teks, atau", "text, or id")],
    ),
    "a table that is a text": (
        [
            within(
                "derived.share",
                '{ value = "4/410", standing = "reported", sources = ["news"] }',
                '"4/410"',
            )
        ],
        [("entry-type", "derived.share.factor", "share", '"4/410"', "bukan tabel", "not a table")],
    ),
    "sources that are no list, and no texts": (
        [
            within("dimensions.rest", '"1", standing = "official", sources = ["law"]',
                   '"1", standing = "official", sources = "law"'),
            within("measures.survey", 'standing = "official"\nsources = ["law"]',
                   'standing = "official"\nsources = ["law", 1, {}, true]'),
        ],
        [
            ("entry-type", "measures.survey.sources[2]", "survey", "1", "teks", "a text"),
            ("entry-type", "measures.survey.sources[3]", "survey", "{…}", "teks", "a text"),
            ("entry-type", "measures.survey.sources[4]", "survey", "true", "teks", "a text"),
            ("entry-type", "dimensions.rest.maximum.sources", "rest", '"law"', "daftar", "list"),
        ],
    ),
    "a list of tables with something else": (
        [within("gates.kind", "options = [", "options = [false,")],
        [("entry-type", "gates.kind.options[1]", "kind", "false", "tabel", "a table")],
    ),
    "a number that is none": (
        [within("measures.cut", 'maximum = "0.5"', 'maximum = "1e3"')],
        [("entry-number", "measures.cut.maximum", "cut", '"1e3"', "bukan angka", "not a number")],
    ),
    "braces in a number": (
        [within("measures.cut", 'maximum = "0.5"', 'maximum = "{0}{x}"')],
        [("entry-number", "measures.cut.maximum", "cut", '"{0}{x}"', "{0}{x}", "{0}{x}")],
    ),
    "a float is asked for in quotes": (
        [within("measures.cut", 'maximum = "0.5"', "maximum = 0.5")],
        [
            (
                "entry-type",
                "measures.cut.maximum",
                "cut",
                "0.5",
                'angka dalam tanda kutip, misalnya "0.40"',
                'a number in quotes, such as "0.40"',
            )
        ],
    ),
    "floats in a list": (
        [within("scales.steps", '["0", "1/2", 1]', "[0.0, 1e9999999, nan]")],
        [
            ("entry-type", "scales.steps.points[1]", None, "0.0", "tanda kutip", "in quotes"),
            ("entry-type", "scales.steps.points[2]", None, "inf", "tanda kutip", "in quotes"),
            ("entry-type", "scales.steps.points[3]", None, "nan", "tanda kutip", "in quotes"),
        ],
    ),
    "a number without end": (
        [within("measures.survey", "maximum = 1", "maximum = 1e9999999")],
        [("entry-type", "measures.survey.maximum", "survey", "inf", "tanda kutip", "in quotes")],
    ),
    "a number of many digits": (
        [within("measures.survey", "maximum = 1\n", f"maximum = 0x{'f' * 5000}\n")],
        [("entry-number", "measures.survey.maximum", "survey", "[int]", "banyak 18", "most 18")],
    ),
    "a whole number that is too large": (
        [within("measures.survey", "decimals = 2", f"decimals = 0x{'f' * 5000}")],
        [("entry-too-large", "measures.survey.decimals", "survey", "[int]", "besar", "too large")],
    ),
    "an empty text": (
        [
            within("indicators.q1", '{ id = "Satu", en = "One" }', '{ id = " ", en = "" }'),
            within("indicators.q1", '"yes"', '""'),
            within("measures.cut", '"Cut"', '""'),
        ],
        [
            ("text-empty", "measures.cut.name", "cut", None, "kosong", "empty"),
            ("text-empty", "indicators.q1.name.id", "q1", None, "kosong", "empty"),
            ("text-empty", "indicators.q1.name.en", "q1", None, "kosong", "empty"),
            ("text-empty", "indicators.q1.levels.en[3]", "q1", None, "kosong", "empty"),
        ],
    ),
    "a text in one language": (
        [within("indicators.q1", '{ id = "Satu", en = "One" }', '{ id = "Satu" }')],
        [("entry-missing", "indicators.q1.name.en", "q1", None, "seharusnya teks", "a text")],
    ),
    "a choice that there isn't": (
        [
            ('default_weighting = "stated"', 'default_weighting = "equal"'),
            within("dimensions.rest", '"1", standing = "official"', '"1", standing = "certain"'),
        ],
        [
            ("entry-choice", "default_weighting", None, '"equal"', "equal-remainder", "stated"),
            ("entry-choice", "dimensions.rest.maximum.standing", "rest", '"certain"',
             "salah satu dari assumed, reconstructed, draft, reported, official",
             "one of assumed, reconstructed, draft, reported, official"),
        ],
    ),
    "an entry that nobody knows": (
        [
            within("measures.cut", 'name = "Cut"', 'name = "Cut"\ncolour = 1'),
            within("gates.kind", "by_kind.ministry", "by_kind.army = []\nby_kind.ministry"),
            ("format = 1", 'format = 1\nofficial = true\n"a.b\\u0007" = 1'),
        ],
        [
            ("entry-unknown", "gates.kind.by_kind.army", "kind", None, "ministry", "regency"),
            ("entry-unknown", "measures.cut.colour", "cut", None, "maximum, minimum", "weight"),
            ("entry-unknown", "official", None, None, "tidak dikenal", "is not known"),
            ("entry-unknown", '"a.b\\x07"', None, None, "tidak dikenal", "is not known"),
        ],
    ),
    "a name in a table of a text": (
        [('en = "Small example"', 'en = "Small example", fr = "Petit"')],
        [("entry-unknown", "title.fr", None, None, "en, id", "en, id")],
    ),
    # --- bases and sources ---
    "a source that is not listed": (
        [within("measures.survey", '"draft", sources = ["news"]', '"draft", sources = ["gossip"]')],
        [("source-unknown", "measures.survey.weight.sources", "survey", '"gossip"', "sumber",
          "the source")],
    ),
    "no source": (
        [within("measures.survey", '"draft", sources = ["news"]', '"draft"')],
        [("source-missing", "measures.survey.weight", "survey", None, "rancangan", "draft")],
    ),
    "no reason": (
        [within("measures.cut", ', reason = "nothing is known"', "")],
        [("reason-missing", "measures.cut.missing", "cut", None, "alasannya", "say why")],
    ),
    "no standing": (
        [
            within("measures.cut", ', standing = "assumed"', ""),
            within("dimensions.work", '"names", standing = "draft"', '"names"'),
            within("bands.names", '"0.5", standing = "draft"', '"0.5"'),
        ],
        [
            ("entry-missing", "bands.names.items[2].standing", None, None, "assumed", "one of"),
            ("entry-missing", "measures.cut.missing.standing", "cut", None, "assumed", "one of"),
            ("entry-missing", "dimensions.work.bands.standing", "work", None, "assumed", "one of"),
        ],
    ),
    "an address that is none": (
        [within("sources.law", "https://example.org/law", "javascript:alert(1)")],
        [("url-form", "sources.law.url", None, '"javascript:alert(1)"', "https://", "https://")],
    ),
    # --- the instrument ---
    "another format": (
        [("format = 1", "format = 2"), ('id = "small"\n', ""), (section("scales.steps"), "")],
        [("format-unknown", "format", None, "2", "format 2 tidak dikenal", "format 2 is not")],
    ),
    "no format": (
        [("format = 1", "")],
        [("entry-missing", "format", None, None, "bilangan bulat", "a whole number")],
    ),
    "a first day that is none": (
        [within("in_force", "from = 2020-01-01", "from = 2020-01-01T00:00:00")],
        [("entry-type", "in_force.from", None, "2020-01-01 00:00:00", "tahun", "a year")],
    ),
    "no year": (
        [within("in_force", "from = 2020-01-01", "from = 0")],
        [("entry-type", "in_force.from", None, "0", "tanggal atau tahun", "a date or a year")],
    ),
    "a date in quotation marks": (
        [within("in_force", "from = 2020-01-01\nuntil = 2021-01-01",
                'from = "2020-01-01"\nuntil = "2021-01-01"')],
        [
            ("entry-type", "in_force.from", None, '"2020-01-01"',
             "tulis tanpa tanda kutip: 2020-01-01", "write it without quotation marks: 2020-01-01"),
            ("entry-type", "in_force.until", None, '"2021-01-01"',
             "tulis tanpa tanda kutip: 2021-01-01", "write it without quotation marks: 2021-01-01"),
        ],
    ),
    "a year in quotation marks": (
        [within("in_force", "from = 2020-01-01", 'from = "2020"')],
        [("entry-type", "in_force.from", None, '"2020"', "tulis tanpa tanda kutip: 2020",
          "write it without quotation marks: 2020")],
    ),
    "a last day that is a year in quotation marks": (
        [within("in_force", "until = 2021-01-01", 'until = "2021"')],
        [("entry-type", "in_force.until", None, '"2021"', "tanggal, misalnya", "a date, such as")],
    ),
    "no day of the calendar in quotation marks": (
        [within("in_force", "until = 2021-01-01", 'until = "2021-02-30"')],
        [("entry-type", "in_force.until", None, '"2021-02-30"', "tanggal, misalnya", "a date, s")],
    ),
    "true is no year": (
        [within("in_force", "from = 2020-01-01", "from = true")],
        [("entry-type", "in_force.from", None, "true", "tanggal atau tahun", "a date or a year")],
    ),
    "no first day": (
        [within("in_force", "from = 2020-01-01\n", "")],
        [("entry-missing", "in_force.from", None, None, "tanggal atau tahun", "a date or a year")],
    ),
    "a last day that is none": (
        [within("in_force", "until = 2021-01-01", "until = 2021")],
        [("entry-type", "in_force.until", None, "2021", "tanggal, misalnya", "a date, such as")],
    ),
    "an end before the beginning": (
        [within("in_force", "until = 2021-01-01", "until = 2020-01-01")],
        [("in-force-until", "in_force", None, None, "berakhir", "but until")],
    ),
    "an end before the year": (
        [within("in_force", "from = 2020-01-01", "from = 2021")],
        [("in-force-until", "in_force", None, None, "berakhir", "but until")],
    ),
    # --- scales ---
    "points of a scale": (
        [within("scales.steps", ', "1/2", 1]', ', "1/2"]')],
        [("scale-form", "scales.steps.points", None, "2", "ada 3 tingkat (levels), tetapi 2 nilai",
          "3 levels, but 2 points")],
    ),
    "levels that are not whole": (
        [within("scales.steps", "levels = [0, 1, 2]", 'levels = [0, "0.5", 1]')],
        [("scale-form", "scales.steps.levels", None, "0.5", "bilangan bulat, bukan 0.5",
          "whole numbers, not 0.5")],
    ),
    "a level that is not whole, and points too many": (
        [within("scales.steps", "levels = [0, 1, 2]", 'levels = ["1/2", "2.5"]')],
        [
            ("scale-form", "scales.steps.levels", None, "0.5, 2.5", "bukan 0.5, 2.5", "0.5, 2.5"),
            ("scale-form", "scales.steps.points", None, "3", "2 tingkat", "2 levels, but 3 points"),
        ],
    ),
    "a single level": (
        [within("scales.steps", "levels = [0, 1, 2]", "levels = [0]")],
        [("scale-form", "scales.steps.points", None, "3", "ada 1 tingkat", "1 level, but 3 poin")],
    ),
    "levels with a hole": (
        [within("scales.steps", "levels = [0, 1, 2]", "levels = [0, 1, 3]")],
        [("levels-not-consecutive", "scales.steps", None, None, "0, 1, 3", "0, 1, 3")],
    ),
    "levels below zero": (
        [within("scales.steps", "levels = [0, 1, 2]", "levels = [-1, 0, 1]")],
        [("levels-outside-scale", "scales.steps", None, None, "-1 sampai 1", "-1 to 1")],
    ),
    "points that fall": (
        [within("scales.steps", '"1/2", 1', '1, "1/2"')],
        [("levels-fall", "scales.steps", None, None, "tingkat 2 bernilai 0.5", "worth 0.5")],
    ),
    "no levels": (
        [within("scales.steps", "levels = [0, 1, 2]", "levels = []"),
         within("scales.steps", '["0", "1/2", 1]', "[]")],
        [("levels-not-consecutive", "scales.steps", None, None, "-", "-")],
    ),
    "a scale that there isn't": (
        [within("indicators.q1", 'scale = "steps"', 'scale = "stepps"'),
         within("indicators.q2", 'scale = "steps"', 'scale = "stepps"')],
        [
            ("name-unknown", "indicators.q1.scale", "q1", '"stepps"', "di scales", "in scales"),
            ("name-unknown", "indicators.q2.scale", "q2", '"stepps"', "di scales", "in scales"),
        ],
    ),
    "a scale and bands that nobody uses": (
        [
            ("[bands.names]\n", '[scales.spare]\nlevels = [0]\npoints = ["0"]\n'
             'standing = "assumed"\nreason = "why"\n[bands.spare]\nstanding = "assumed"\n'
             'reason = "why"\nitems = [{ name = "All" }]\n[bands.names]\n'),
        ],
        [
            ("name-unused", "scales.spare", None, None, "tidak dipakai", "is not used"),
            ("name-unused", "bands.spare", None, None, "tidak dipakai", "is not used"),
        ],
    ),
    "the criteria of an indicator": (
        [within("indicators.q1", '"belum", ', ""),
         within("indicators.q1", '"yes"]', '"yes", "very"]')],
        [
            ("levels-count", "indicators.q1.levels.id", "q1", "2", "ada 2 kriteria, seharusnya 3",
             "there are 2 criteria instead of 3"),
            ("levels-count", "indicators.q1.levels.en", "q1", "4", "4 kriteria", "4 criteria"),
        ],
    ),
    "no criteria": (
        [within("indicators.q1", '["belum", "sebagian", "sudah"]', "[]"),
         within("indicators.q1", '["no", "in part", "yes"]', "[]")],
        [
            ("levels-count", "indicators.q1.levels.id", "q1", "0", "0 kriteria", "0 criteria"),
            ("levels-count", "indicators.q1.levels.en", "q1", "0", "0 kriteria", "0 criteria"),
        ],
    ),
    "criteria in one language": (
        [within("indicators.q1", 'levels.en = ["no", "in part", "yes"]\n', "")],
        [("entry-missing", "indicators.q1.levels.en", "q1", None, "daftar teks", "list of texts")],
    ),
    "criteria that are no texts": (
        [within("indicators.q1", '"in part"', "1"), within("indicators.q2", 'name = "Two"',
         'name = "Two"\nlevels = 3')],
        [
            ("entry-type", "indicators.q1.levels.en[2]", "q1", "1", "teks", "a text"),
            ("entry-type", "indicators.q2.levels", "q2", "3", "tabel", "a table"),
        ],
    ),
    "evidence": (
        [within("indicators.q1", '"Renstra"]', '1, { id = "x" }]'),
         within("indicators.q2", 'name = "Two"', 'name = "Two"\nevidence = "Letter"')],
        [
            ("entry-type", "indicators.q1.evidence[2]", "q1", "1", "teks, atau", "a text, or"),
            ("entry-missing", "indicators.q1.evidence[3].en", "q1", None, "teks", "a text"),
            ("entry-type", "indicators.q2.evidence", "q2", '"Letter"', "daftar", "a list"),
        ],
    ),
    "faulty criteria under a faulty scale": (
        [within("scales.steps", "[0, 1, 2]", "[1, 0, 2]"), within("indicators.q1", '"yes"', "1")],
        [
            ("levels-not-consecutive", "scales.steps", None, None, "1, 0, 2", "1, 0, 2"),
            ("entry-type", "indicators.q1.levels.en[3]", "q1", "1", "teks", "a text"),
        ],
    ),
    # --- bands ---
    "bands that there aren't": (
        [within("dimensions.top", 'bands = "names"', 'bands = "nmes"'),
         within("dimensions.work", 'use = "names"', "use = 1")],
        [
            ("name-unknown", "dimensions.top.bands", "top", '"nmes"', "di bands", "in bands"),
            ("entry-type", "dimensions.work.bands.use", "work", "1", "teks", "a text"),
        ],
    ),
    "bands that are a number": (
        [within("dimensions.top", 'bands = "names"', "bands = 1")],
        [("entry-type", "dimensions.top.bands", "top", "1", "teks", "a text")],
    ),
    "an end that stands twice": (
        [within("bands.names", 'to = "0.4"', 'to = "0.4", below = "0.5"')],
        [("band-end-twice", "bands.names.items[1].below", None, None, "dua kali", "twice")],
    ),
    "no bands": (
        [(section("bands.names"), '[bands.names]\nitems = []\nstanding = "official"\n'
          'sources = ["law"]\n\n')],
        [("bands-empty", "bands.names", None, None, "tidak ada kategori", "no band")],
    ),
    "bands that are closed": (
        [within("bands.names", 'to = "0.4"', 'from = "0", to = "0.4"'),
         within("bands.names", 'from = "0.5"', 'from = "0.5", to = "1"')],
        [
            ("bands-not-open", "bands.names", None, None, "Rendah", "Low"),
            ("bands-not-open", "bands.names", None, None, "Tinggi", "High"),
        ],
    ),
    "a gap": (
        [within("bands.names", 'to = "0.4"', 'to = "0.3"')],
        [("bands-gap", "bands.names", None, None, "celah", "gap")],
    ),
    "an overlap": (
        [within("bands.names", 'to = "0.4"', 'to = "0.6"')],
        [("bands-overlap", "bands.names", None, None, "bertumpang tindih", "overlap")],
    ),
    "limits beside the grid": (
        [within("bands.names", 'to = "0.4"', 'to = "0.45"'),
         within("bands.names", 'from = "0.5"', 'above = "0.45"')],
        [
            ("bands-off-grid", "bands.names", None, None, "Rendah", "Low"),
            ("bands-off-grid", "bands.names", None, None, "Tinggi", "High"),
        ],
    ),
    "bands out of order": (
        [within("bands.names", 'to = "0.4" },',
                'to = "0.4" },\n  { name = "Middle", from = "0.5", to = "0.4" },')],
        [("bands-order", "bands.names", None, None, "berurutan naik", "ascending")],
    ),
    "a name of a band twice": (
        [within("bands.names", '"Tinggi"', '"Rendah"')],
        [("code-twice", "bands.names", None, None, "Rendah ada 2 kali", "Rendah occurs 2 times")],
    ),
    "names of bands that can't be read": (
        [within("bands.names", 'name = { id = "Rendah", en = "Low" }, ', ""),
         within("bands.names", 'name = { id = "Tinggi", en = "High" }, ', "")],
        [
            ("entry-missing", "bands.names.items[1].name", None, None, "teks", "a text"),
            ("entry-missing", "bands.names.items[2].name", None, None, "teks", "a text"),
        ],
    ),
    "the rounding": (
        [within("bands.names", "digits = 1", "digits = 18"),
         within("dimensions.top", 'mode = "down"', 'mode = "away"')],
        [
            ("rounding-digits", "bands.names.rounding", None, None, "0 sampai 17", "0 to 17"),
            ("entry-choice", "dimensions.top.rounding.mode", "top", '"away"', "half_up", "up"),
        ],
    ),
    # --- gates ---
    "no options": (
        [(section("gates.kind"), '[gates.kind]\nquestion = "?"\noptions = []\n'
          'standing = "official"\nsources = ["law"]\n\n')],
        [("gate-without-options", "gates.kind", "kind", None, "pilihan", "no options")],
    ),
    "options that there aren't": (
        [within("gates.kind", 'by_kind.ministry = ["central"]', 'by_kind.ministry = ["centre"]'),
         within("gates.kind", 'by_kind."state body" = ["central"]', 'by_kind."state body" = []')],
        [
            ("gate-kind-option", "gates.kind", "kind", None, "kementerian", "ministry"),
            ("gate-kind-option", "gates.kind", "kind", None, "lembaga negara", "state body"),
        ],
    ),
    "options that can't be read": (
        [within("gates.kind", 'value = "central", ', ""),
         within("indicators.q2", '["local"]', '["nowhere"]')],
        [("entry-missing", "gates.kind.options[1].value", "kind", None, "teks", "a text")],
    ),
    "an option twice": (
        [within("gates.kind", 'value = "local"', 'value = "central"'),
         within("indicators.q2", '["local"]', '["central"]')],
        [("code-twice", "gates.kind", "kind", None, "central ada 2", "central occurs 2")],
    ),
    "a gate that there isn't": (
        [within("indicators.q2", "applies_when.kind", "applies_when.kidn")],
        [("gate-unknown", "indicators.q2.applies_when.kidn", "q2", '"kidn"', "pertanyaan",
          "there is no gate")],
    ),
    "an option of a gate that there isn't": (
        [within("indicators.q2", '["local"]', '["local", "abroad"]'),
         within("indicators.q1", 'scale = "steps"', 'scale = "steps"\napplies_when.kind = []')],
        [
            ("gate-option-unknown", "indicators.q1.applies_when.kind", "q1", "[]",
             "central, local", "central, local"),
            ("gate-option-unknown", "indicators.q2.applies_when.kind", "q2", '"abroad"',
             "central, local", "central, local"),
        ],
    ),
    "conditions that are no list": (
        [within("indicators.q2", '["local"]', '"local"'),
         within("indicators.q1", 'scale = "steps"', 'scale = "steps"\napplies_when = "local"')],
        [
            ("entry-type", "indicators.q1.applies_when", "q1", '"local"', "tabel", "a table"),
            ("entry-type", "indicators.q2.applies_when.kind", "q2", '"local"', "daftar", "list"),
        ],
    ),
    "gates that decide together in too many ways": (
        [
            ("[measures.survey]", "".join(
                f'[gates.g{number}]\nquestion = "?"\noptions = [{{ value = "y", id = "y", '
                'en = "y" }, { value = "n", id = "n", en = "n" }]\nstanding = "official"\n'
                'sources = ["law"]\n'
                for number in range(15)) + "[measures.survey]"),
            within("indicators.q2", 'name = "Two"',
                   'name = "Two"\n' + "".join(f'applies_when.g{n} = ["y"]\n' for n in range(15))),
        ],
        [
            ("gates-too-many", "indicators.q2", "q2", None, "65536 kombinasi", "65536 comb"),
            ("gates-too-many", "dimensions.work", "work", None, "65536 kombinasi", "65536 comb"),
        ],
    ),
    "a code of a derived figure": (
        [("[derived.share]", "[derived.Share]")],
        [("code-not-allowed", "derived.Share", "Share", '"Share"', "Share", "Share")],
    ),
    # --- measures ---
    "an empty range": (
        [within("measures.survey", "maximum = 1", 'maximum = "0"')],
        [("measure-range", "measures.survey", "survey", None, "rentang 0", "range 0")],
    ),
    "ends finer than the decimals": (
        [within("measures.survey", "maximum = 1", 'maximum = "0.125"')],
        [("measure-decimals", "measures.survey", "survey", None, "2 desimal", "2 decimals")],
    ),
    # --- dimensions ---
    "neither children nor a maximum": (
        [within("dimensions.rest",
                'maximum = { value = "1", standing = "official", sources = ["law"] }\n', "")],
        [("dimension-form", "dimensions.rest", "rest", None, "nilai maksimum", "a maximum")],
    ),
    "a maximum that is misspelt": (
        [within("dimensions.rest", "maximum =", "maximun =")],
        [("entry-unknown", "dimensions.rest.maximun", "rest", None, "maximum", "maximum")],
    ),
    "children that are misspelt": (
        [within("dimensions.work", "children =", "chidlren =")],
        [("entry-unknown", "dimensions.work.chidlren", "work", None, "children", "children")],
    ),
    "children that are no list": (
        [within("dimensions.work", '["q1", "q2"]', '"q1"')],
        [("entry-type", "dimensions.work.children", "work", '"q1"', "daftar", "a list")],
    ),
    "children without a rule": (
        [within("dimensions.work", 'rule = { type = "weighted-sum", equal_weights = true, '
                'standing = "official", sources = ["law"] }\n', "")],
        [("dimension-form", "dimensions.work", "work", None, "memerlukan rumus", "needs a rule")],
    ),
    "a rule that there isn't": (
        [within("dimensions.work", '"weighted-sum"', '"geometric"')],
        [("entry-choice", "dimensions.work.rule.type", "work", '"geometric"', "weighted-mean",
          "weighted-sum")],
    ),
    "a rule that is no table": (
        [within("dimensions.top", 'rule = { type = "weighted-mean", whole = "100", '
                'standing = "official", sources = ["law"] }', 'rule = "weighted-mean"')],
        [("entry-type", "dimensions.top.rule", "top", '"weighted-mean"', "tabel", "a table")],
    ),
    "a whole that is nothing": (
        [within("dimensions.top", 'whole = "100"', "whole = 0")],
        [("rule-whole", "dimensions.top.rule.whole", "top", "0", "di atas 0", "above 0")],
    ),
    "a whole that is a float": (
        [within("dimensions.top", 'whole = "100"', "whole = 100.0")],
        [("entry-type", "dimensions.top.rule.whole", "top", "100.0", "kutip", "in quotes")],
    ),
    "decimals": (
        [within("dimensions.top", "\ndecimals = 2", "\ndecimals = 3")],
        [("dimension-decimals", "dimensions.top", "top", None, "3 desimal", "3 decimals")],
    ),
    "a policy": (
        [within("measures.cut", '"zero"', '"nil"')],
        [("entry-choice", "measures.cut.missing.policy", "cut", '"nil"', "lowest", "one of")],
    ),
    "a policy that a sum does not have": (
        [within("indicators.q1", 'scale = "steps"', 'scale = "steps"\n'
                'missing = { policy = "drop", standing = "assumed", reason = "why" }')],
        [("drop-in-sum", "dimensions.work", "work", None, "q1", "q1")],
    ),
    # --- weights ---
    "a weight that is absent": (
        [within("dimensions.work", 'weight = "unpublished"\n', "")],
        [("entry-missing", "dimensions.work.weight", "work", None, '"unpublished"',
          'a table such as { value = "…", standing = "…", sources = ["…"] }, or "unpublished"')],
    ),
    "a weight that is misspelt": (
        [within("dimensions.work", '"unpublished"', '"unpublishd"')],
        [("entry-type", "dimensions.work.weight", "work", '"unpublishd"', '"unpublished"',
          '"unpublishd" is not a table such as { value = "…", standing = "…", sources = ["…"] }, '
          'or "unpublished"')],
    ),
    "a weight that is a number alone": (
        [within("dimensions.work", '"unpublished"', "40")],
        [("entry-type", "dimensions.work.weight", "work", "40",
          '40 bukan tabel seperti { value = "40", standing = "…", sources = ["…"] }, atau',
          '40 is not a table such as { value = "40", standing = "…", sources = ["…"] }, or')],
    ),
    "a weight that is a number with decimals alone": (
        [within("dimensions.work", '"unpublished"', "40.50")],
        [("entry-type", "dimensions.work.weight", "work", "40.5", '{ value = "40.5",',
          '{ value = "40.5",')],
    ),
    "a weight that is no number at all": (
        [within("dimensions.work", '"unpublished"', "inf")],
        [("entry-type", "dimensions.work.weight", "work", "inf", '{ value = "…",',
          '{ value = "…",')],
    ),
    "figures that are numbers alone": (
        [within("dimensions.work", "name = ",
                'maximum = 1\nentry_maximum = "2"\nfloor = true\nname = ')],
        [
            ("entry-type", f"dimensions.work.{key}", "work", value, form, form)
            for key, value, form in (
                ("maximum", "1", '{ value = "1", standing = "…", sources = ["…"] }'),
                ("entry_maximum", '"2"', '{ value = "2", standing = "…", sources = ["…"] }'),
                ("floor", "true", '{ value = "…", standing = "…", sources = ["…"] }'),
            )
        ],
    ),
    "a number that states a basis of its own": (
        [within("measures.survey", 'minimum = "0"',
                'minimum = { value = "0.5", standing = "official" }')],
        [("entry-type", "measures.survey.minimum", "survey", "{…}",
          'seharusnya hanya angka dalam tanda kutip, misalnya "0.5"; dasarnya adalah dasar '
          "measures.survey",
          'expected only the number in quotes, such as "0.5"; the basis is that of '
          "measures.survey")],
    ),
    "a number that is a table, where there is no basis": (
        [within("dimensions.work", "name = ",
                'caps = [{ maximum = "3", while = { node = "q1", below = { value = "x" } }, '
                'standing = "official", sources = ["law"] }]\nname = ')],
        [("entry-type", "dimensions.work.caps[1].while.below", "work", "{…}",
          'seharusnya hanya angka dalam tanda kutip, misalnya "0.40"',
          'expected only the number in quotes, such as "0.40"')],
    ),
    "a weight that is a float": (
        [within("measures.survey", 'value = "40"', "value = 40.0")],
        [("entry-type", "measures.survey.weight.value", "survey", "40.0", "kutip", "in quotes")],
    ),
    "a weight where all weigh the same": (
        [within("indicators.q1", 'scale = "steps"', 'scale = "steps"\nweight = "unpublished"')],
        [("weight-not-allowed", "indicators.q1.weight", "q1", None, "bobot yang sama",
          "the same weight")],
    ),
    "a weight of the root and of a deduction": (
        [within("dimensions.top", "\ndecimals", '\nweight = "unpublished"\ndecimals'),
         within("measures.cut", "decimals", 'weight = { value = 1, standing = "official", '
                'sources = ["law"] }\ndecimals')],
        [
            ("weight-not-allowed", "dimensions.top.weight", "top", None, "akar", "the root"),
            ("weight-not-allowed", "measures.cut.weight", "cut", None, "akar", "the root"),
        ],
    ),
    "a negative weight": (
        [within("measures.survey", 'value = "40"', 'value = "-40"')],
        [("weight-negative", "measures.survey", "survey", None, "-40 negatif", "-40 is negative")],
    ),
    "an entry maximum that is not above 0": (
        [within("dimensions.top", 'value = "1.5"', 'value = "0"')],
        [("dimension-entry-maximum", "dimensions.top", "top", None, "di atas 0", "above 0")],
    ),
    "an entry maximum without a reason": (
        [within("dimensions.top", ', reason = "the end is not known"', "")],
        [("reason-missing", "dimensions.top.entry_maximum", "top", None, "alasan", "why")],
    ),
    "an entry maximum that is no table": (
        [within("dimensions.top",
                '{ value = "1.5", standing = "assumed", reason = "the end is not known" }', "2")],
        [("entry-type", "dimensions.top.entry_maximum", "top", "2", "tabel", "table")],
    ),
    "weights that add up to too much": (
        [within("measures.survey", 'value = "40"', 'value = "80"')],
        [("weights-dont-add-up", "dimensions.top", "top", None, "105", "105")],
    ),
    "an unpublished weight without a whole": (
        [within("dimensions.top", 'whole = "100", ', "")],
        [("weight-missing", "dimensions.top", "top", None, "work", "work")],
    ),
    # --- the tree ---
    "a root that there isn't": (
        [('root = "top"', 'root = "topp"')],
        [("root-not-a-dimension", "root", None, '"topp"', "bukan dimensi", "not a dimension")],
    ),
    "a root that is an indicator": (
        [('root = "top"', 'root = "q1"')],
        [("root-not-a-dimension", "root", None, '"q1"', "bukan dimensi", "not a dimension")],
    ),
    "no root": (
        [('root = "top"\n', "")],
        [("entry-missing", "root", None, None, "kode dimensi", "the code of a dimension")],
    ),
    "a child that there isn't": (
        [within("dimensions.work", '"q2"]', '"qq2"]')],
        [("node-unknown", "dimensions.work.children", "work", '"qq2"', "tidak ada di antara",
          "is not among")],
    ),
    "a child that stands twice": (
        [within("dimensions.work", '"q2"]', '"q2", "q2"]')],
        [("node-twice", "dimensions.work.children", "work", '"q2"', "dimensions.work.children",
          "already stands in dimensions.work.children")],
    ),
    "a child of two": (
        [within("dimensions.top", '"rest"]', '"rest", "q1"]')],
        [("node-twice", "dimensions.top.children", "top", '"q1"', "sudah", "already")],
    ),
    "a child that is deducted too": (
        [within("dimensions.top", '["cut"]', '["cut", "survey"]')],
        [("node-twice", "dimensions.top.deductions", "top", '"survey"', "sudah", "already")],
    ),
    "a cycle": (
        [within("dimensions.work", '"q2"]', '"q2", "top"]')],
        [("node-twice", "dimensions.work.children", "work", '"top"', "di root", "in root")],
    ),
    "a child of itself": (
        [within("dimensions.work", '"q2"]', '"q2", "work"]')],
        [("node-twice", "dimensions.work.children", "work", '"work"', "dimensions.top.children",
          "dimensions.top.children")],
    ),
    "a deduction that is no measure": (
        [within("dimensions.top", '"work", "survey"', '"survey"'),
         within("dimensions.top", '["cut"]', '["cut", "work"]')],
        [("deduction-not-a-measure", "dimensions.top.deductions", "top", '"work"',
          "hanya ukuran", "only measures")],
    ),
    "deductions without children": (
        [within("dimensions.rest", "weight", 'deductions = ["cut"]\nweight'),
         within("dimensions.top", 'deductions = ["cut"]\n', "")],
        [("dimension-form", "dimensions.rest", "rest", None, "pengurangan", "deductions")],
    ),
    "nodes that stand nowhere": (
        [within("dimensions.top", '"work", ', ""),
         within("dimensions.top", 'deductions = ["cut"]\n', "")],
        # What stands below them does stand somewhere; the weights do not add up any more, which
        # is true of the file as it is.
        [
            ("weights-dont-add-up", "dimensions.top", "top", None, "65", "65"),
            ("node-unused", "measures.cut", "cut", None, "mana pun", "in no dimension"),
            ("node-unused", "dimensions.work", "work", None, "mana pun", "in no dimension"),
        ],
    ),
    "a ring that stands nowhere": (
        [("[indicators.q1]", '[dimensions.x]\nname = "X"\nchildren = ["y"]\n'
          'weight = "unpublished"\n'
          'rule = { type = "weighted-sum", whole = 1, standing = "official", sources = ["law"] }\n'
          'standing = "official"\nsources = ["law"]\n[dimensions.y]\nname = "Y"\n'
          'children = ["x"]\nweight = "unpublished"\nrule = { type = "weighted-sum", whole = 1, '
          'standing = "official", sources = ["law"] }\nstanding = "official"\nsources = ["law"]\n'
          "[indicators.q1]")],
        [
            ("node-unused", "dimensions.x", "x", None, "mana pun", "in no dimension"),
            ("node-twice", "dimensions.y.children", "y", '"x"', "sudah", "already"),
        ],
    ),
    "what is wrong in a node that stands nowhere": (
        [within("dimensions.top", '"work", "survey", "rest"', '"work", "rest"'),
         within("measures.survey", "maximum = 1", "maximum = 0")],
        [
            ("node-unused", "measures.survey", "survey", None, "mana pun", "in no dimension"),
            ("measure-range", "measures.survey", "survey", None, "kosong", "is empty"),
        ],
    ),
    # --- codes ---
    "a code that can't be one": (
        [("[dimensions.rest]", '[dimensions."{Rest}"]'),
         within("dimensions.top", '"rest"]', '"{Rest}"]')],
        [("code-not-allowed", 'dimensions."{Rest}"', "{Rest}", '"{Rest}"', "{Rest}", "{Rest}")],
    ),
    "a code that is a column": (
        [("[gates.kind]", "[gates.stage]"),
         within("indicators.q2", "applies_when.kind", "applies_when.stage")],
        [("code-not-allowed", "gates.stage", "stage", '"stage"', '"stage"', '"stage"')],
    ),
    "a code that is taken": (
        [("[derived.share]", '[gates.survey]\nquestion = "?"\n'
          'options = [{ value = "y", id = "y", en = "y" }]\nstanding = "official"\n'
          'sources = ["law"]\n[indicators.rest]\nname = "Rest"\nscale = "steps"\n'
          'standing = "official"\nsources = ["law"]\n[derived.share]')],
        [
            ("code-twice", "measures.survey", "survey", '"survey"', "oleh gates.survey",
             "by gates.survey"),
            ("code-twice", "dimensions.rest", "rest", '"rest"', "oleh indicators.rest",
             "by indicators.rest"),
        ],
    ),
    # --- sections ---
    "a section that is no table": (
        [(section("scales.steps"), ""), ("format = 1", "format = 1\nscales = 1")],
        [("entry-type", "scales", None, "1", "tabel", "a table")],
    ),
    "a section that is misspelt": (
        [(section("scales.steps"), section("scales.steps").replace("scales", "scale"))],
        [("entry-unknown", "scale", None, None, "scales", "scales")],
    ),
    "sources that are misspelt": (
        [("[sources.law]", "[source.law]"), ("[sources.news]", "[source.news]")],
        [("entry-unknown", "source", None, None, "sources", "sources")],
    ),
    "gates that are misspelt": (
        [("[gates.kind]", "[gate.kind]")],
        [("entry-unknown", "gate", None, None, "gates", "gates")],
    ),
    "nodes that are misspelt": (
        [("[dimensions.top]", "[dimension.total]"), ("[dimensions.work]", "[dimension.work]"),
         ("[dimensions.rest]", "[dimension.rest]")],
        [("entry-unknown", "dimension", None, None, "dimensions", "dimensions")],
    ),
    "measures that are misspelt": (
        [("[measures.survey]", "[measure.survey]"), ("[measures.cut]", "[measure.cut]")],
        [("entry-unknown", "measure", None, None, "measures", "measures")],
    ),
    "a node and a scale that are no tables": (
        [(section("dimensions.work"), ""), (section("scales.steps"), ""),
         ("[indicators.q1]", "[dimensions]\nwork = 1\n[scales]\nsteps = 2\n[indicators.q1]")],
        [
            ("entry-type", "scales.steps", None, "2", "tabel", "a table"),
            ("entry-type", "dimensions.work", None, "1", "tabel", "a table"),
        ],
    ),
    "remarks that are no list": (
        [("[[remarks]]", "[remarks]")],
        [("entry-type", "remarks", None, "{…}", "daftar tabel", "a list of tables")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_every_fault_has_its_place_and_no_echo(case: str) -> None:
    edits, expected = FAULTS[case]
    faults = faults_of(DefinitionError, lambda: load(edited(*edits)))
    found = [(fault.code, str(fault.place), fault.item, fault.value) for fault in faults]
    assert found == [
        (code, f"small.toml: {place}" if place else "small.toml", item, value)
        for code, place, item, value, _, _ in expected
    ]
    for fault, (*_, indonesian, english) in zip(faults, expected, strict=True):
        assert indonesian in fault.message.id
        assert english in fault.message.en
        assert fault.message.id != fault.message.en
        for part in (fault.message.id, fault.message.en):
            assert part.strip() == part != ""


def test_all_faults_of_a_file_are_reported_at_once() -> None:
    text = edited(
        within("in_force", "2020-01-01", "2022-01-01"),
        within("sources.news", 'title = "News"', 'title = ""'),
        within("bands.names", 'to = "0.4"', 'to = "0.2"'),
        within("gates.kind", '"Jenis apa?"', "1"),
        within("measures.survey", '"40"', '"90"'),
        within("measures.survey", 'sources = ["news"]', 'sources = ["gossip"]'),
        within("measures.cut", "decimals = 1", "decimals = 0"),
        within("dimensions.work", '"unpublished"', '"unknown"'),
        within("indicators.q1", '"yes"', '"yes", "very"'),
        within("indicators.q2", '"Two"', '"Two"\nnote = 1'),
        within("derived.share", '"4/410"', '"4/0"'),
    )
    faults = faults_of(DefinitionError, lambda: load(text))
    assert [(fault.code, str(fault.place).removeprefix("small.toml: ")) for fault in faults] == [
        ("in-force-until", "in_force"),
        ("text-empty", "sources.news.title"),
        ("bands-gap", "bands.names"),
        ("entry-type", "gates.kind.question.id"),
        ("source-unknown", "measures.survey.weight.sources"),
        ("levels-count", "indicators.q1.levels.en"),
        ("entry-unknown", "indicators.q2.note"),
        ("entry-type", "dimensions.work.weight"),
        ("entry-number", "derived.share.factor.value"),
        ("measure-decimals", "measures.cut"),
    ]


def test_a_light_fault_does_not_hide_what_does_not_rest_on_it() -> None:
    text = edited(
        within("measures.survey", '"40", standing = "draft", sources = ["news"]', '"90"'),
        within("dimensions.top", '"Total"', '""'),
    )
    codes = [fault.code for fault in faults_of(DefinitionError, lambda: load(text))]
    assert codes == ["entry-missing", "text-empty", "weights-dont-add-up"]


def test_the_fault_of_a_name_lists_what_there_is_and_stays_short() -> None:
    listed = "".join(f'[sources.s{number}]\ntitle = "S"\n' for number in range(30))
    text = edited(
        ("[sources.news]", listed + "[sources.news]"),
        within("dimensions.rest", '"1", standing = "official", sources = ["law"]',
               '"1", standing = "official", sources = ["' + "x" * 10_000 + '"]'),
    )  # fmt: skip
    fault = only_fault(DefinitionError, lambda: load(text))
    assert fault.allowed is not None
    assert fault.allowed.id.startswith("law, news, s0, s1, ")
    assert fault.allowed.id.endswith(", …")
    assert len(fault.message.en) < 100


@pytest.mark.parametrize(
    ("content", "error", "code"),
    [
        ("", DefinitionError, "entry-missing"),
        ("id = ", DefinitionError, "not-toml"),
        ("[a]\n[a]\n", DefinitionError, "not-toml"),
        ("a = 1\na = 2\n", DefinitionError, "not-toml"),
        ("a = 2020-13-45", DefinitionError, "not-toml"),
        ("a = " + "[" * 5000 + "]" * 5000, FileError, "file-nesting"),
        ("a = " + "{a = " * 5000 + "1" + "}" * 5000, FileError, "file-nesting"),
        # Brackets behind a quotation mark inside a text.
        ("a = [\"\"\"\n' \"\"\", " + "[" * 5000 + "]" * 5000 + "] # '", FileError, "file-nesting"),
        ("a" + ".a" * 5000 + " = 1", FileError, "file-nesting"),
        ("a" + ".a" * 1_000_000 + " = 1", FileError, "file-nesting"),
        ("[a" + " . 'a'" * 70 + "]", FileError, "file-nesting"),
        ('[[a.b]]\nx = {"a"' + '."a"' * 5000 + " = 1}", FileError, "file-nesting"),
        ("format = " + "1" * 5000, DefinitionError, "not-toml"),
        ("format = 0x" + "f" * 5000, DefinitionError, "format-unknown"),
        ("format = 1\nid = [0x" + "f" * 5000 + "]", DefinitionError, "entry-type"),
        ("format = 1\nid = 1e9999999", DefinitionError, "entry-type"),
        ("a" * 1_000_000, DefinitionError, "not-toml"),
        ('"' * 1_000_000, DefinitionError, "not-toml"),
    ],
    ids=lambda value: None if isinstance(value, type) else value[:20],
)  # fmt: skip
def test_hostile_texts_are_refused(content: str, error: type[MeritIndexError], code: str) -> None:
    faults = faults_of(error, lambda: load(content))
    assert code in [fault.code for fault in faults]
    for fault in faults:
        assert str(fault.place).startswith("small.toml")
        assert len(fault.message.id) < 400
        assert len(fault.message.en) < 400


def test_a_long_key_is_counted_in_its_parts_and_not_in_a_text() -> None:
    long_text = "kata." * 50
    assert load(edited(within("sources.news", '"News"', f'"{long_text}"'))).sources[1].title == (
        Text.same(long_text)
    )
    key = ".".join("a" * 60)
    codes = [
        fault.code for fault in faults_of(DefinitionError, lambda: load(EXAMPLE + f"\n{key} = 1\n"))
    ]
    assert codes == ["entry-unknown"]


def test_faults_of_the_syntax_say_where() -> None:
    fault = only_fault(DefinitionError, lambda: load("a = 1\nb = = 2\n"))
    assert (fault.code, str(fault.place), fault.item) == ("not-toml", "small.toml", None)
    assert fault.message.id == "bukan TOML (baris 2, kolom 5)"
    assert fault.message.en == 'not TOML: "Invalid value (at line 2, column 5)"'


def test_faults_of_the_syntax_at_no_place_that_the_parser_names() -> None:
    fault = only_fault(DefinitionError, lambda: load("a = [1,"))
    assert fault.message.id == "bukan TOML"
    assert "at end of document" in fault.message.en


def test_many_entries_that_are_not_known_are_summed_up() -> None:
    extra = "".join(f"x{number} = 1\n" for number in range(50_000))
    with pytest.raises(DefinitionError) as caught:
        load(extra + EXAMPLE)
    error = caught.value
    assert len(str(error)) < 50_000
    faults = error.faults
    assert len(faults) == MAX_UNKNOWN + 1
    assert {fault.code for fault in faults} == {"entry-unknown"}
    assert "x49999" not in str(error)
    assert faults[-1].message == Text(
        f"{50_000 - MAX_UNKNOWN} lagi tidak dikenal", f"{50_000 - MAX_UNKNOWN} more are not known"
    )
    assert str(faults[-1].place) == "small.toml"


def test_what_is_known_is_named_once() -> None:
    first, second, third = faults_of(
        DefinitionError,
        lambda: load(edited(("format = 1", "format = 1\nx = 1\ny = 1\nz = 1"))),
    )
    assert "known here: bands" in first.message.en
    for fault in (second, third):
        assert fault.message == Text("tidak dikenal", "is not known")
        assert fault.allowed == first.allowed


class TestLimits:
    def test_too_many_nodes(self) -> None:
        nodes = "".join(f"[measures.m{number}]\n" for number in range(MAX_NODES - 7))
        faults = faults_of(DefinitionError, lambda: load(EXAMPLE + nodes))
        assert "nodes-too-many" not in [fault.code for fault in faults]
        fault = only_fault(DefinitionError, lambda: load(EXAMPLE + nodes + "[measures.last]\n"))
        assert fault.code == "nodes-too-many"
        assert str(fault.place) == "small.toml"
        assert str(MAX_NODES) in fault.message.id
        assert str(MAX_NODES + 1) in fault.message.en

    def test_too_many_levels(self) -> None:
        def chain(length: int) -> str:
            return EXAMPLE.replace('root = "top"', 'root = "c0"') + "".join(
                f'[dimensions.c{number}]\nname = "C"\nchildren = ["c{number + 1}"]\n'
                'rule = { type = "weighted-sum", equal_weights = true, standing = "official", '
                'sources = ["law"] }\nstanding = "official"\nsources = ["law"]\n'
                for number in range(length)
            ).replace(f'"c{length}"', '"top"')

        found = load(chain(MAX_DEPTH - 2))
        assert len(found.path("q1")) == MAX_DEPTH
        faults = faults_of(DefinitionError, lambda: load(chain(MAX_DEPTH - 1)))
        assert [(fault.code, fault.item) for fault in faults] == [
            ("too-deep", "work"),
            ("too-deep", "rest"),
        ]
        for fault in faults:
            assert str(fault.place) == f"small.toml: dimensions.{fault.item}"
            assert str(MAX_DEPTH) in fault.message.id
            assert str(MAX_DEPTH) in fault.message.en


class TestFiles:
    def test_a_directory_and_nothing(self, tmp_path: Path) -> None:
        for path in (tmp_path, tmp_path / "absent.toml"):
            fault = only_fault(FileError, lambda path=path: load_instrument(path))  # type: ignore[misc]
            assert (fault.code, fault.place) == ("file-unreadable", Text.same(path.name))

    def test_not_utf8(self, tmp_path: Path) -> None:
        path = tmp_path / "mine.toml"
        path.write_bytes(EXAMPLE.replace("Sudahkah", "Sudahk\xe9h").encode("latin-1"))
        assert only_fault(FileError, lambda: load_instrument(path)).code == "file-encoding"

    def test_too_large(self, tmp_path: Path) -> None:
        path = tmp_path / "mine.toml"
        path.write_text(EXAMPLE + "#" * (MAX_FILE_BYTES - len(EXAMPLE)))
        assert load_instrument(path) == load(EXAMPLE)
        path.write_text(EXAMPLE + "#" * (MAX_FILE_BYTES - len(EXAMPLE) + 1))
        assert only_fault(FileError, lambda: load_instrument(path)).code == "file-too-large"

    def test_places_name_the_file(self, tmp_path: Path) -> None:
        path = tmp_path / "mine.toml"
        path.write_text(EXAMPLE.replace('name = "Cut"', "name = 1"))
        fault = only_fault(DefinitionError, lambda: load_instrument(path))
        assert fault.place == Text.same("mine.toml: measures.cut.name")
        assert fault.in_language("en").startswith("mine.toml: measures.cut.name: 1 is not a text")
        path.write_text("a" + ".a" * 99 + " = 1")
        fault = only_fault(FileError, lambda: load_instrument(path))
        assert fault.place == Text.same("mine.toml")


TOKEN = re.compile(r'"[^"\n]*"|[A-Za-z0-9_-]+|\S')
JUNK = st.sampled_from(
    ["", '"', "'", "[", "]", "{", "}", "=", ".", ",", "#", "\n", "{0}", '"{x}"', "1.5", "-1", "0",
     "nan", "1e9999999", "true", "0x" + "f" * 4500, "2020-01-01", "00:00:00", '""', '"index"',
     '"a1q1"', '"unpublished"', '"official"', "[]", "{}", "\x00", "\ud7ff", "9" * 4000]
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Draw an instrument file with a few lines, tokens or characters changed."""
    text = draw(st.sampled_from((EXAMPLE, *CATALOG)))
    for _ in range(draw(st.integers(1, 3))):
        what = draw(st.sampled_from(("line", "token", "character")))
        if what == "line":
            spans = [match.span() for match in re.finditer(r".*\n", text)]
        elif what == "token":
            spans = [match.span() for match in TOKEN.finditer(text)]
        else:
            spans = [(place, place + 1) for place in range(len(text))]
        if not spans:
            continue
        start, end = spans[draw(st.integers(0, len(spans) - 1))]
        other_start, other_end = spans[draw(st.integers(0, len(spans) - 1))]
        new = draw(
            st.sampled_from(["", text[start:end] * 2, text[other_start:other_end]])
            | JUNK
            | st.text(string.printable, max_size=5)
        )
        text = text[:start] + new + text[end:]
    return text


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutated())
def test_a_changed_file_is_an_instrument_or_refused(text: str) -> None:
    try:
        found = load(text)
    except MeritIndexError as error:
        faults, found = error.faults, None
    else:
        faults = ()
        assert found.fingerprint
        assert attrs.evolve(found) == found
    assert isinstance(found, Instrument) or faults
    for fault in faults:
        assert fault.message.id
        assert fault.message.en
        assert fault.place is not None
