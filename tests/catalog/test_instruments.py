"""The instruments of the catalog say what their sources say: golden tables, one source each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from importlib import resources

import attrs
import pytest

import meritindex as mi
import meritindex.catalog as catalog
from builders import only_fault, parts_of
from meritindex.catalog import (
    agencies,
    instrument,
    instruments,
    is_official,
    load_instrument,
    published_results,
)
from meritindex.catalog.loading import instrument_from_text
from meritindex.definition import (
    AgencyKind,
    Basis,
    Dimension,
    EqualRemainder,
    Figure,
    Gate,
    Indicator,
    InForce,
    Instrument,
    Measure,
    MissingPolicy,
    RoundingMode,
    Standing,
    Stated,
    WeightedMean,
    WeightedSum,
)
from meritindex.definition.instrument import bases
from meritindex.errors import DefinitionError, UnknownNameError
from meritindex.language import Text

NEW, OLD = instrument("ism-2026"), instrument("ism-2019")
both = pytest.mark.parametrize("one", [NEW, OLD], ids=lambda one: one.id)


def texts_of(one: Instrument) -> Iterator[Text]:
    """Yield every text of an instrument, wherever it stands."""
    return (part for part in parts_of(one) if isinstance(part, Text))


def content_of(name: str) -> str:
    return (resources.files(catalog) / "data" / f"{name}.toml").read_text("utf-8")


# --- the instrument of 2026 ---

# Code, weight in its parent (None: not published), standing, sources.
WEIGHTS_2026 = [
    ("maturity", "75", "draft", ("S3", "S4")),
    ("satisfaction", "25", "draft", ("S3", "S4")),
    ("a1", "10", "official", ("S2",)),
    ("a2", None, None, None),
    ("a3", None, None, None),
    ("a4", None, None, None),
    ("a5", None, None, None),
    ("a6", None, None, None),
    ("a7", None, None, None),
    ("a8", "10", "draft", ("S3",)),
]

# Dimension, its name, its children. Source: S5 for the aspects, S3 and S4 above them.
TREE_2026 = [
    ("index", "Indeks Sistem Merit", "maturity satisfaction"),
    (
        "maturity",
        "Maturitas penyelenggaraan sistem merit (8 aspek)",
        "a1 a2 a3 a4 a5 a6 a7 a8",
    ),
    ("a1", "Perencanaan Kebutuhan dan Standardisasi Jabatan", "a1q1 a1q2 a1q3"),
    ("a2", "Manajemen Talenta", "a2q1 a2q2 a2q3 a2q4 a2q5 a2q6"),
    ("a3", "Pengelolaan Kinerja", "a3q1 a3q2 a3q3 a3q4"),
    ("a4", "Pengembangan Kompetensi", "a4q1_pusat_prov a4q1_kabkota a4q2 a4q3"),
    ("a5", "Penguatan Budaya Kerja dan Citra Institusi", "a5q1 a5q2 a5q3 a5q4"),
    (
        "a6",
        "Penghargaan dan Pengakuan",
        "a6q1 a6q2 a6q3 a6q4_hari_tua a6q4_kecelakaan a6q4_kematian a6q4_kesehatan",
    ),
    ("a7", "Disiplin, Pemberhentian, dan Upaya Administratif", "a7q1"),
    ("a8", "Digitalisasi Manajemen ASN", "a8q1 a8q2"),
]

# Indicator, its name, how many pieces of evidence, when it applies, source.
INDICATORS_2026 = [
    ("a1q1", "1.1 Analisis Jabatan", 4, {}, "S5"),
    ("a1q2", "1.2 Evaluasi Jabatan", 4, {}, "S5"),
    ("a1q3", "1.3 Perencanaan Kebutuhan ASN", 3, {}, "S5"),
    ("a2q1", "Pemetaan Talenta", 4, {}, "S5"),
    ("a2q2", "Akuisisi Talenta", 3, {}, "S5"),
    ("a2q3", "Pengadaan ASN", 5, {}, "S5"),
    ("a2q4", "Pengembangan Talenta", 3, {}, "S5"),
    ("a2q5", "Retensi Talenta", 2, {}, "S5"),
    ("a2q6", "Pemantauan dan Evaluasi", 2, {}, "S5"),
    ("a3q1", "Perencanaan Kinerja", 4, {}, "S5"),
    ("a3q2", "Pelaksanaan, Pemantauan, Pembinaan", 3, {}, "S5"),
    ("a3q3", "Evaluasi Kinerja", 3, {}, "S5"),
    ("a3q4", "Tindak Lanjut Evaluasi", 3, {}, "S5"),
    (
        "a4q1_pusat_prov",
        "Standar Kompetensi Jabatan (kementerian/lembaga, provinsi)",
        3,
        {"a4q0_jenis_instansi": ("pusat", "provinsi")},
        "S5",
    ),
    (
        "a4q1_kabkota",
        "Standar Kompetensi Jabatan (kabupaten/kota)",
        3,
        {"a4q0_jenis_instansi": ("kabkota",)},
        "S5",
    ),
    ("a4q2", "Pengukuran Kompetensi", 2, {}, "S5"),
    ("a4q3", "Program Pengembangan Kompetensi", 5, {}, "S5"),
    ("a5q1", "Internalisasi Nilai Dasar ASN", 2, {}, "S5"),
    ("a5q2", "Keteladanan dan Kepemimpinan - pimpinan", 3, {}, "S5"),
    ("a5q3", "Keteladanan dan Kepemimpinan - agen perubahan", 2, {}, "S5"),
    ("a5q4", "Dukungan Kebijakan", 2, {}, "S5"),
    ("a6q1", "Kenaikan Pangkat", 3, {}, "S5"),
    ("a6q2", "Gaji dan Tunjangan Melekat", 3, {}, "S5"),
    (
        "a6q3",
        "Tunjangan Kinerja (Tukin)/Tambahan Penghasilan Pegawai (TPP)",
        4,
        {"a6q3_gate": ("ya",)},
        "S5",
    ),
    ("a6q4_hari_tua", "Jaminan Pensiun/Hari Tua", 5, {}, "S5"),
    ("a6q4_kecelakaan", "Jaminan Kecelakaan Kerja", 4, {"a6q4_kecelakaan_gate": ("ya",)}, "S5"),
    ("a6q4_kematian", "Jaminan Kematian", 2, {"a6q4_kematian_gate": ("ya",)}, "S5"),
    ("a6q4_kesehatan", "Jaminan Kesehatan", 2, {}, "S5"),
    (
        "a7q1",
        "Pembinaan dan Penegakan Disiplin, Pemberhentian, Upaya Administratif",
        5,
        {},
        "S5",
    ),
    ("a8q1", "Data Manajemen ASN", 3, {}, "S5"),
    ("a8q2", "Layanan Digital Manajemen ASN", 4, {}, "S5"),
]

CENTRAL = (AgencyKind.MINISTRY, AgencyKind.BODY, AgencyKind.STATE_BODY)
LOCAL = (AgencyKind.REGENCY, AgencyKind.CITY)
PROVINCE = (AgencyKind.PROVINCE,)

# Gate, its options, what kinds of agency can answer, source.
GATES_2026 = [
    (
        "a4q0_jenis_instansi",
        ("pusat", "provinsi", "kabkota"),
        {CENTRAL: ("pusat",), PROVINCE: ("provinsi",), LOCAL: ("kabkota",)},
        "S5",
    ),
    (
        "a6q3_gate",
        ("bukan_provkab", "ya", "tidak"),
        {CENTRAL: ("bukan_provkab",), PROVINCE: ("ya", "tidak"), LOCAL: ("ya", "tidak")},
        "S5",
    ),
    ("a6q4_kecelakaan_gate", ("ya", "tidak"), {}, "S5"),
    ("a6q4_kematian_gate", ("ya", "tidak"), {}, "S5"),
]


class Test2026:
    def test_head(self) -> None:
        assert (NEW.family, NEW.default_weighting) == ("ism", EqualRemainder())
        assert NEW.in_force == InForce(
            start=date(2025, 12, 31), basis=Basis(standing="official", sources=("S1",))
        )
        assert [source.code for source in NEW.sources] == [
            "S1", "S2", "S3", "S4", "S5", "S7", "S8", "S9",
        ]  # fmt: skip
        assert NEW.derived == ()
        assert len(NEW.remarks) == 13

    @pytest.mark.parametrize(("code", "weight", "standing", "sources"), WEIGHTS_2026)
    def test_weights(
        self, code: str, weight: str | None, standing: str | None, sources: tuple[str, ...] | None
    ) -> None:
        node = NEW[code]
        assert isinstance(node, Dimension | Measure)
        if weight is None:
            assert node.weight is None
        else:
            assert node.weight == Figure(
                Fraction(weight), Basis(standing=standing, sources=sources)
            )

    def test_no_other_weight_is_stated(self) -> None:
        stated = {code for code, weight, _, _ in WEIGHTS_2026 if weight is not None}
        assert {
            node.code
            for node in NEW.nodes
            if not isinstance(node, Indicator) and node.weight is not None
        } == stated

    def test_tree(self) -> None:
        assert [
            (
                dimension.code,
                dimension.name.id,
                " ".join(child.code for child in dimension.children),
            )
            for dimension in NEW.dimensions
        ] == TREE_2026

    def test_rules(self) -> None:
        for dimension in NEW.dimensions:
            assert isinstance(dimension.rule, WeightedMean)
            assert dimension.rule.basis.standing is Standing.ASSUMED
            above_aspects = dimension.code in {"index", "maturity"}
            assert dimension.rule.whole == (100 if above_aspects else None)
            assert dimension.rounding is None
            assert dimension.missing is MissingPolicy.UNKNOWN

    def test_indicators(self) -> None:
        assert len(INDICATORS_2026) == 31
        assert [
            (
                indicator.code,
                indicator.name.id,
                len(indicator.evidence),
                {condition.gate: condition.options for condition in indicator.conditions},
                *indicator.basis.sources,
            )
            for indicator in NEW.indicators
        ] == INDICATORS_2026

    @pytest.mark.parametrize("indicator", NEW.indicators, ids=lambda indicator: indicator.code)
    def test_levels(self, indicator: Indicator) -> None:
        assert [(level.value, level.points) for level in indicator.levels] == [
            (number, Fraction(number, 4)) for number in range(5)
        ]
        criteria = [level.criterion for level in indicator.levels]
        assert None not in criteria
        assert len(set(criteria)) == 5
        assert indicator.question is not None
        assert indicator.scale.cumulative
        assert indicator.missing is MissingPolicy.UNKNOWN
        assert indicator.basis.standing is Standing.REPORTED
        assert indicator.scale.basis.standing is Standing.ASSUMED
        # Within an aspect all weigh the same, on the basis of the aspect's rule.
        parent = NEW.parent(indicator.code)
        assert parent is not None
        assert parent.rule is not None
        assert indicator.weight == Figure(Fraction(1), parent.rule.basis)

    def test_criteria_as_summed_up(self) -> None:
        first = NEW["a1q2"]
        assert isinstance(first, Indicator)
        assert first.level(0).criterion == Text(
            "Evaluasi jabatan belum disusun", "The job evaluation has not been drawn up"
        )
        assert first.evidence[0] == Text("Surat usulan validasi", "Letter proposing the validation")

    def test_slips_of_the_source_are_remarked(self) -> None:
        assert {indicator.code for indicator in NEW.indicators if indicator.remark} >= {"a3q1"}

    def test_gates(self) -> None:
        assert [gate.code for gate in NEW.gates] == [code for code, *_ in GATES_2026]
        assert all(gate.basis.standing is Standing.REPORTED for gate in NEW.gates)

    @pytest.mark.parametrize(("code", "options", "by_kinds", "source"), GATES_2026)
    def test_options(
        self,
        code: str,
        options: tuple[str, ...],
        by_kinds: dict[tuple[AgencyKind, ...], tuple[str, ...]],
        source: str,
    ) -> None:
        gate = NEW[code]
        assert isinstance(gate, Gate)
        assert gate.values == options
        assert gate.basis.sources == (source,)
        assert gate.options_of(None) == options
        expected = {kind: allowed for kinds, allowed in by_kinds.items() for kind in kinds}
        assert dict(gate.by_kind) == expected
        for kind in AgencyKind:
            assert gate.options_of(kind) == expected.get(kind, options)

    def test_one_agency_is_asked_at_most_thirty(self) -> None:
        split = [indicator.code for indicator in NEW.indicators if "a4q1" in indicator.code]
        assert split == ["a4q1_pusat_prov", "a4q1_kabkota"]
        assert len(NEW.indicators) - 1 == 30

    def test_measures(self) -> None:
        survey, correction = NEW.measures
        assert (survey.code, correction.code) == ("satisfaction", "correction")
        for measure in (survey, correction):
            assert (measure.minimum, measure.maximum, measure.decimals) == (0, 1, 4)
            assert measure.basis.standing is Standing.ASSUMED
        assert (survey.missing, survey.missing_basis) == (MissingPolicy.UNKNOWN, None)
        assert correction.missing is MissingPolicy.ZERO
        assert correction.missing_basis is not None
        assert correction.missing_basis.standing is Standing.ASSUMED
        assert NEW.root.deductions == (correction,)

    @pytest.mark.parametrize(
        ("points", "name", "source"),
        [
            ("-1", "Dasar", "the lowest is open downward"),
            ("0", "Dasar", "S3"),
            ("0.40", "Dasar", "S3"),
            ("0.404", "Dasar", "S3, rounded half up to two decimals"),
            ("0.404999", "Dasar", "S3, rounded half up to two decimals"),
            ("0.405", "Lanjutan", "S3, rounded half up to two decimals"),
            ("0.41", "Lanjutan", "S3"),
            ("0.604", "Lanjutan", "S3, rounded half up to two decimals"),
            ("0.605", "Menengah", "S3, rounded half up to two decimals"),
            ("0.61", "Menengah", "S3"),
            ("0.80", "Menengah", "S3"),
            ("0.805", "Tinggi", "S3, rounded half up to two decimals"),
            ("1", "Tinggi", "S3"),
            ("1.004", "Tinggi", "S3, rounded half up to two decimals"),
            ("1.005", "Maju", "S3, rounded half up to two decimals"),
            ("1.01", "Maju", "S3"),
            ("9", "Maju", "the highest is open upward"),
        ],
    )
    def test_bands(self, points: str, name: str, source: str) -> None:
        assert NEW.root.bands is not None
        assert str(NEW.root.bands.band_of(Fraction(points))) == name

    def test_thresholds_and_what_they_rest_on(self) -> None:
        bands = NEW.root.bands
        assert bands is not None
        assert bands.thresholds == tuple(
            (Fraction(value), True) for value in ("0.405", "0.605", "0.805", "1.005")
        )
        assert bands.rounding is not None
        assert (bands.rounding.digits, bands.rounding.mode) == (2, RoundingMode.HALF_UP)
        assert bands.rounding.basis.standing is Standing.ASSUMED
        for number in range(1, 6):
            for limit in bands.limits_beside(number):
                assert limit.basis == Basis(standing="draft", sources=("S3",))

    @pytest.mark.parametrize(
        ("code", "standing", "source"),
        [
            ("a1", "reconstructed", "S8"),
            ("a2", "reconstructed", "S8"),
            ("a3", "reconstructed", "S8"),
            ("a4", "reconstructed", "S8"),
            ("a5", "reported", "S8"),
            ("a6", "reconstructed", "S8"),
            ("a7", "reconstructed", "S8"),
            ("a8", "reconstructed", "S8"),
        ],
    )
    def test_bands_of_the_aspects(self, code: str, standing: str, source: str) -> None:
        bands, of_index = NEW.dimension(code).bands, NEW.root.bands
        assert bands is not None
        assert of_index is not None
        assert bands.thresholds == of_index.thresholds
        assert [band.name for band in bands] == [band.name for band in of_index]
        for number in range(1, 6):
            for limit in bands.limits_beside(number):
                assert limit.basis.standing == standing
                assert limit.basis.sources == (source,)

    def test_an_index_above_1_can_be_entered(self) -> None:
        assert NEW.entry_range(NEW.root) == (-1, 2)
        assert NEW.root.entry_maximum is not None
        assert NEW.root.entry_maximum.basis.standing is Standing.ASSUMED
        others = [one for one in NEW.dimensions if one is not NEW.root]
        assert all(one.entry_maximum is None for one in others)
        assert {NEW.entry_range(one) for one in others} == {(0, 1)}

        def entered(total: str) -> mi.Assessment:
            agency = agencies()[0]
            return mi.Assessment(instrument=NEW, agency=agency, points={"total": total})

        card = mi.score(entered("1.05"))
        assert (card.total, str(card.band)) == (Fraction(21, 20), "Maju")
        assert mi.score(entered("2")).total == 2
        with pytest.raises(mi.AssessmentError, match="-1 to 2"):
            entered("2.0001")

    def test_the_maturity_alone_has_no_bands(self) -> None:
        assert NEW.dimension("maturity").bands is None


# --- the instrument of 2019 ---

# Aspect, its name (M7), the most points it can have, standing, source.
ASPECTS_2019 = [
    ("a1", "Perencanaan Kebutuhan", "40", "reported", "M1"),
    ("a2", "Pengadaan", "40", "reported", "M1"),
    ("a3", "Pengembangan Karier", "130", "reported", "M1"),
    ("a4", "Promosi dan Mutasi", "40", "reported", "M1"),
    ("a5", "Manajemen Kinerja", "80", "reported", "M1"),
    ("a6", "Penggajian, Penghargaan, dan Disiplin", "40", "reconstructed", "M1"),
    ("a7", "Perlindungan dan Pelayanan", "16", "reconstructed", "M1"),
    ("a8", "Sistem Informasi", "24", "reconstructed", "M1"),
]


class Test2019:
    def test_head(self) -> None:
        assert (OLD.family, OLD.default_weighting) == (NEW.family, Stated())
        assert OLD.in_force is not None
        assert (OLD.in_force.start, OLD.in_force.until) == (2019, date(2025, 12, 31))
        assert OLD.in_force.basis.standing is Standing.REPORTED
        assert OLD.in_force.basis.sources == ("M3", "S1")
        assert [source.code for source in OLD.sources] == [
            "M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "S1",
        ]  # fmt: skip
        assert (OLD.gates, OLD.indicators, OLD.measures) == ((), (), ())
        assert len(OLD.remarks) == 10

    def test_the_one_ends_where_the_other_begins(self) -> None:
        assert OLD.in_force is not None
        assert NEW.in_force is not None
        assert OLD.in_force.until == NEW.in_force.start

    def test_aspects(self) -> None:
        found = []
        for aspect in OLD.root.children:
            assert isinstance(aspect, Dimension)
            assert (aspect.children, aspect.rule, aspect.bands) == ((), None, None)
            assert aspect.basis == Basis(standing="reported", sources=("M7",))
            assert aspect.maximum is not None
            found.append(
                (
                    aspect.code,
                    aspect.name.id,
                    str(aspect.maximum.value),
                    aspect.maximum.basis.standing.value,
                    *aspect.maximum.basis.sources,
                )
            )
        assert found == ASPECTS_2019

    def test_the_total_is_their_sum(self) -> None:
        root = OLD.root
        assert root.rule == WeightedSum(basis=Basis(standing="reported", sources=("M1",)))
        assert {child.weight for child in root.children} == {Figure(Fraction(1), root.rule.basis)}
        assert OLD.entry_range(root) == (0, 410)
        assert (root.rounding, root.deductions, root.decimals) == (None, (), 4)

    @pytest.mark.parametrize(
        ("points", "name", "source"),
        [
            ("0", "Buruk", "the lowest is open downward"),
            ("65.5", "Buruk", "a published total"),
            ("174", "Buruk", "M3"),
            ("174.5", "Buruk", "M3: lower ends are thresholds"),
            ("174.9999", "Buruk", "M3: nothing is rounded"),
            ("175", "Kurang", "M3"),
            ("249.5", "Kurang", "M3"),
            ("250", "Baik", "M4"),
            ("324.5", "Baik", "M4"),
            ("325", "Sangat Baik", "M5"),
            ("410", "Sangat Baik", "M5"),
        ],
    )
    def test_bands(self, points: str, name: str, source: str) -> None:
        assert OLD.root.bands is not None
        assert str(OLD.root.bands.band_of(Fraction(points))) == name

    def test_thresholds_and_what_they_rest_on(self) -> None:
        bands = OLD.root.bands
        assert bands is not None
        assert bands.rounding is None
        assert bands.thresholds == ((175, True), (250, True), (325, True))
        assert [
            (
                str(band),
                *(limit and limit.basis.standing.value for limit in (band.lower, band.upper)),
            )
            for band in bands
        ] == [
            ("Buruk", None, "reconstructed"),
            ("Kurang", "official", "official"),
            ("Baik", "official", "official"),
            ("Sangat Baik", "reported", None),
        ]

    def test_the_part_in_the_reform_index(self) -> None:
        (derived,) = OLD.derived
        assert derived.code == "reform_index"
        assert derived.factor == Figure(
            Fraction(4, 410), Basis(standing="reported", sources=("M8",))
        )

    def test_published_categories_are_those_of_the_bands(self) -> None:
        bands = OLD.root.bands
        assert bands is not None
        compared = [result for result in published_results() if result.category is not None]
        assert compared
        for result in compared:
            assert str(bands.band_of(result.total)) == result.category


# --- both ---


@both
def test_every_text_is_there_in_both_languages_and_is_a_text(one: Instrument) -> None:
    texts = list(texts_of(one))
    assert len(texts) >= 40
    for text in texts:
        for words in (text.id, text.en):
            assert words == words.strip() != ""
            assert "http" not in words
            assert not re.search(r"[{}<>\\]|\[\[|\bTODO\b|\?\?|\bnull\b|\bNone\b|  ", words), words
            assert words.isprintable()


@both
def test_every_number_and_rule_has_a_basis(one: Instrument) -> None:
    listed = {source.code for source in one.sources}
    found = list(bases(one))
    assert len(found) > 20
    for _, basis in found:
        if basis.standing is Standing.ASSUMED:
            assert basis.reason is not None
        else:
            assert basis.sources
        assert set(basis.sources) <= listed


@both
def test_every_basis_is_among_those_that_results_show(one: Instrument) -> None:
    everywhere = {part for part in parts_of(one) if isinstance(part, Basis)}
    assert everywhere == {basis for _, basis in bases(one)}


@both
def test_links_are_links(one: Instrument) -> None:
    for source in one.sources:
        assert source.url is None or re.fullmatch(r"https://[^\s\"'<>]+", source.url)


@both
def test_shares_of_a_whole_do_not_pass_it(one: Instrument) -> None:
    for dimension in one.dimensions:
        if dimension.rule is not None and dimension.rule.whole is not None:
            known = [child.weight.value for child in dimension.children if child.weight]
            assert sum(known) <= dimension.rule.whole


def test_the_catalog_the_newest_first() -> None:
    assert instruments() == (NEW, OLD)
    assert instrument("ism-2026") is NEW
    assert len({one.fingerprint for one in instruments()}) == 2


@pytest.mark.parametrize("name", ["ism-2020", "", "ISM-2026", "../ism-2026", "{x}"])
def test_no_other_instrument(name: str) -> None:
    fault = only_fault(UnknownNameError, lambda: instrument(name))
    assert fault.code == "instrument-unknown"
    assert fault.value == f'"{name}"'
    assert fault.allowed == Text.same("ism-2026, ism-2019")
    assert f'instrumen "{name}" tidak ada' in fault.message.id
    assert f'there is no instrument "{name}"' in fault.message.en


class TestOfficial:
    @both
    def test_the_catalog_is(self, one: Instrument) -> None:
        assert is_official(one)
        assert is_official(attrs.evolve(one))
        assert is_official(instrument_from_text(content_of(one.id), "copy.toml"))

    @both
    def test_no_variant_is(self, one: Instrument) -> None:
        root = one.root
        for variant in (
            attrs.evolve(one, id="mine"),
            attrs.evolve(one, title=Text(one.title.id + ".", one.title.en)),
            attrs.evolve(one, remarks=one.remarks[:-1]),
            attrs.evolve(one, root=attrs.evolve(root, decimals=3)),
            attrs.evolve(one, root=attrs.evolve(root, remark=Text.same("resmi"))),
            attrs.evolve(one, in_force=None),
        ):
            assert not is_official(variant)

    def test_no_other_can_take_its_id(self) -> None:
        assert not is_official(attrs.evolve(OLD, id="ism-2026"))
        changed = content_of("ism-2026").replace('value = "10"', 'value = "11"')
        assert not is_official(instrument_from_text(changed, "ism-2026.toml"))

    def test_no_file_can_claim_it(self) -> None:
        claiming = content_of("ism-2026").replace("format = 1", "format = 1\nofficial = true")
        fault = only_fault(DefinitionError, lambda: instrument_from_text(claiming, "mine.toml"))
        assert (fault.code, fault.place) == ("entry-unknown", Text.same("mine.toml: official"))


def test_the_package_offers_what_it_says() -> None:
    for name in catalog.__all__:
        assert getattr(catalog, name)
    assert load_instrument
    assert agencies()
