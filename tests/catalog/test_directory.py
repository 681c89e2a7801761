"""The directory of agencies: every name and code finds its agency, and nothing is guessed."""

from collections import Counter, defaultdict

import attrs
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from meritindex.catalog import directory
from meritindex.catalog.directory import agencies, agency, all_agencies, find_agency, settled
from meritindex.definition import Agency, AgencyKind
from meritindex.errors import Fault, UnknownNameError

ASSESSED = tuple(found for found in all_agencies() if found.autonomous)
ADMINISTRATIVE = tuple(found for found in all_agencies() if not found.autonomous)


def bare(found: Agency) -> str:
    """Return the name without the word for its kind."""
    return found.name if found.kind is AgencyKind.PROVINCE else found.name.split(" ", 1)[1]


SHARING: dict[str, list[Agency]] = defaultdict(list)
for one in ASSESSED:
    SHARING[bare(one)].append(one)
PROVINCE_NAMES = {found.name for found in ASSESSED if found.kind is AgencyKind.PROVINCE}
SHARED = sorted(name for name, sharing in SHARING.items() if len(sharing) > 1)


def refused(name, code=None, *, by=find_agency) -> Fault:
    """Return the one fault for which a name and code are refused."""
    arguments = (name,) if by is not find_agency else (name, code)
    with pytest.raises(UnknownNameError) as caught:
        by(*arguments)
    (fault,) = caught.value.faults
    assert fault.message.id
    assert fault.message.en
    return fault


def test_the_directory_is_complete():
    assert len(all_agencies()) == 552
    assert Counter((found.kind, found.autonomous) for found in all_agencies()) == {
        (AgencyKind.PROVINCE, True): 38,
        (AgencyKind.REGENCY, True): 415,
        (AgencyKind.REGENCY, False): 1,
        (AgencyKind.CITY, True): 93,
        (AgencyKind.CITY, False): 5,
    }
    codes = [found.code for found in all_agencies()]
    assert codes == sorted(set(codes))
    assert len({found.name for found in all_agencies()}) == 552
    assert all_agencies() is all_agencies()
    assert "300.2.2-2430" in directory.DIRECTORY_SOURCE.title.id
    assert {found.province for found in all_agencies()} == PROVINCE_NAMES


def test_every_agency_is_in_the_province_of_its_code():
    provinces = {found.code: found.name for found in all_agencies() if len(found.code) == 2}
    assert all(found.province == provinces[found.code[:2]] for found in all_agencies())


def test_every_name_finds_its_agency():
    for found in ASSESSED:
        for written in (found.name, found.name.upper(), f"  {found.name.lower()} "):
            assert find_agency(written) is found


def test_every_code_finds_its_agency():
    for found in ASSESSED:
        assert find_agency(None, found.code) is found
        assert find_agency("", f" {found.code} ") is found
        assert find_agency(found.name, found.code) is found
        if bare(found) not in PROVINCE_NAMES:
            assert find_agency(bare(found), found.code) is found


def test_every_code_that_a_spreadsheet_made_a_number_is_restored():
    for found in ASSESSED:
        number = float(found.code)
        as_printed = f"{number:g}"
        for code in (number, np.float64(number), as_printed, as_printed.replace(".", ",")):
            assert find_agency(None, code) is found
    for found in agencies(kind="province"):
        for code in (int(found.code), np.int64(found.code), f"{found.code}.0", f"{found.code}.00"):
            assert find_agency(None, code) is found


def test_every_prefix_of_a_kind_is_understood():
    prefixes = {
        AgencyKind.PROVINCE: (
            "Prov.",
            "Provinsi",
            "Pemprov",
            "Pemerintah Provinsi",
            "Pemda Provinsi",
            "Pemerintah Daerah Provinsi",
            "Propinsi",
            "Prop.",
            "Pemprop",
        ),
        AgencyKind.REGENCY: (
            "Kab.",
            "Kab",
            "KABUPATEN",
            "Pemkab",
            "Pemkab.",
            "Pemerintah Kabupaten",
            "Pemerintah  Kab.",
            "Pemda Kabupaten",
            "Pemerintah Daerah Kabupaten",
            "Pemkab Kab.",
        ),
        AgencyKind.CITY: ("Kota", "Kotamadya", "Pemkot", "Pemerintah Kota", "pemda kota"),
    }
    for found in ASSESSED:
        for prefix in prefixes[found.kind]:
            assert find_agency(f"{prefix} {bare(found)}") is found
            assert find_agency(f"{prefix} {bare(found).replace('Kepulauan', 'Kep.')}") is found


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Pemprov Kepulauan Bangka Belitung", "Kepulauan Bangka Belitung"),
        ("Pemprov Kepulauan Riau", "Kepulauan Riau"),
        ("Kota Mojokerto", "Kota Mojokerto"),
        ("Kabupaten Mojokerto", "Kabupaten Mojokerto"),
        ("Kota Pangkalpinang", "Kota Pangkal Pinang"),
        ("Bengkulu", "Bengkulu"),
        ("GORONTALO", "Gorontalo"),
        ("jambi", "Jambi"),
        ("Sleman", "Kabupaten Sleman"),
        ("Kab.Sleman", "Kabupaten Sleman"),
        ("Pemda Sleman", "Kabupaten Sleman"),
        ("Kabupaten\n  Sleman", "Kabupaten Sleman"),
        ("Kabupaten\u00a0Sleman", "Kabupaten Sleman"),
        ("Kab. Tolitoli", "Kabupaten Toli-Toli"),
        *(
            (f"Kabupaten Toli{mark}Toli", "Kabupaten Toli-Toli")
            for mark in "/\u2010\u2011\u2013\u2014"
        ),
        ("Kabupaten Malang, Jawa Timur", "Kabupaten Malang"),
        ("Kab. Malang (Prov. Jatim)", "Kabupaten Malang"),
        ("Sleman, DIY", "Kabupaten Sleman"),
        ("NAD", "Aceh"),
        ("Provinsi Nanggroe Aceh Darussalam", "Aceh"),
        ("Kabupaten Labuhan Batu", "Kabupaten Labuhanbatu"),
        ("Kota Pematang Siantar", "Kota Pematangsiantar"),
        ("Kabupaten Kota Baru", "Kabupaten Kotabaru"),
        ("Kab. Lima Puluh Kota", "Kabupaten Lima Puluh Kota"),
        ("Pangkajene & Kep.", "Kabupaten Pangkajene dan Kepulauan"),
        (
            "Kabupaten Kepulauan Siau Tagulandang Biaro",
            "Kabupaten Kep. Siau Tagulandang Biaro",
        ),
        ("Pemerintah Aceh", "Aceh"),
        ("Sumatra Utara", "Sumatera Utara"),
        ("Jakarta", "Daerah Khusus Ibukota Jakarta"),
        ("DKI Jakarta", "Daerah Khusus Ibukota Jakarta"),
        ("D.K.I. Jakarta", "Daerah Khusus Ibukota Jakarta"),
        ("Pemprov DKI", "Daerah Khusus Ibukota Jakarta"),
        ("DKJ", "Daerah Khusus Ibukota Jakarta"),
        ("Provinsi Daerah Khusus Jakarta", "Daerah Khusus Ibukota Jakarta"),
        ("Pemerintah Daerah Khusus Ibu Kota Jakarta", "Daerah Khusus Ibukota Jakarta"),
        ("DIY", "Daerah Istimewa Yogyakarta"),
        ("Pemda DIY", "Daerah Istimewa Yogyakarta"),
        ("D.I. Yogyakarta", "Daerah Istimewa Yogyakarta"),
        ("Provinsi Yogyakarta", "Daerah Istimewa Yogyakarta"),
        ("Pemerintah Daerah Istimewa Yogyakarta", "Daerah Istimewa Yogyakarta"),
        ("Pemerintah Daerah Daerah Istimewa Yogyakarta", "Daerah Istimewa Yogyakarta"),
        ("Kota Yogyakarta", "Kota Yogyakarta"),
        ("Babel", "Kepulauan Bangka Belitung"),
        ("Bangka Belitung", "Kepulauan Bangka Belitung"),
        ("Kep. Riau", "Kepulauan Riau"),
        ("Kepri", "Kepulauan Riau"),
        ("Sumut", "Sumatera Utara"),
        ("Sumbar", "Sumatera Barat"),
        ("Pemprov Sumsel", "Sumatera Selatan"),
        ("Jabar", "Jawa Barat"),
        ("Jateng", "Jawa Tengah"),
        ("Jatim", "Jawa Timur"),
        ("NTB", "Nusa Tenggara Barat"),
        ("N.T.T.", "Nusa Tenggara Timur"),
        ("Kalbar", "Kalimantan Barat"),
        ("Kalteng", "Kalimantan Tengah"),
        ("Kalsel", "Kalimantan Selatan"),
        ("Kaltim", "Kalimantan Timur"),
        ("Kaltara", "Kalimantan Utara"),
        ("Sulut", "Sulawesi Utara"),
        ("Sulteng", "Sulawesi Tengah"),
        ("Sulsel", "Sulawesi Selatan"),
        ("Sultra", "Sulawesi Tenggara"),
        ("Sulbar", "Sulawesi Barat"),
        ("Malut", "Maluku Utara"),
    ],
)
def test_names_as_people_write_them(written, name):
    assert find_agency(written).name == name
    assert agency(written) is find_agency(written)


def test_an_alias_is_never_the_bare_name_of_another_agency_but_yogyakarta():
    aliases = {alias for listed in directory._PROVINCE_ALIASES.values() for alias in listed}
    assert aliases & {bare(found) for found in all_agencies()} == {"Yogyakarta"}
    assert len(aliases) == sum(map(len, directory._PROVINCE_ALIASES.values()))


def test_as_many_names_are_shared_as_the_directory_has():
    assert len(SHARED) == 28
    assert [name for name in SHARED if name in PROVINCE_NAMES] == ["Bengkulu", "Gorontalo", "Jambi"]


@pytest.mark.parametrize("name", [*SHARED, "Yogyakarta"])
def test_a_shared_bare_name_is_ambiguous_unless_a_province_has_it_for_its_own(name):
    sharing = SHARING[name] if name in SHARED else [agency("34"), agency("34.71")]
    if name in PROVINCE_NAMES:
        assert find_agency(name).kind is AgencyKind.PROVINCE
        written = f"Pemda {name}"
    else:
        written = name.upper()
        for found in sharing:
            assert find_agency(name, found.code) is found
    fault = refused(written)
    assert fault.code == "agency-ambiguous"
    assert fault.value == f'"{written}"'
    for found in sharing:
        assert f"{found.name} ({found.code})" in fault.allowed.id
        assert f"{found.name} ({found.code})" in fault.message.en
    assert refused(written, by=agency) == fault


@pytest.mark.parametrize("written", ["BKN", "Kementerian Dalam Negeri", "Kemenristek/BRIN", "x"])
def test_a_name_outside_of_the_directory_is_an_agency_by_name_alone(written):
    assert find_agency(f" {written}  ", "") == Agency(name=written)
    assert refused(written, by=agency).code == "agency-unknown"


def test_a_name_outside_of_the_directory_has_single_spaces():
    assert find_agency("Kementerian\t Perindustrian") == Agency(name="Kementerian Perindustrian")


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("Kabupaten Slemann", "Kabupaten Sleman (34.04)"),
        ("Pemkot Slemann", "Kabupaten Sleman (34.04)"),
        ("Kabupaten Medan", "Kota Medan (12.71)"),
        ("Kota Baru", "Kabupaten Kotabaru (63.02)"),
        ("Pemda Semarangg", "Kabupaten Semarang (33.22)"),
        ("Pemkot Semarangg", "Kota Semarang (33.74)"),
        ("Provinsi Jawa Barrat", "Jawa Barat (32)"),
        ("Kabupaten Babel", "Kepulauan Bangka Belitung (19)"),
    ],
)
def test_a_region_that_does_not_exist_is_refused_with_the_nearest(written, first):
    fault = refused(written)
    assert fault.code == "agency-unknown"
    assert fault.allowed.id.startswith(first)
    assert first in fault.message.id
    assert first in fault.message.en


@pytest.mark.parametrize("written", ["Kota", "Pemkab", "Pemerintah", "Provinsi Zzqxw"])
def test_a_region_like_no_other_is_refused_without_a_guess(written):
    fault = refused(written)
    assert fault.code == "agency-unknown"
    assert fault.allowed is None


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("BKPSDM Kab. Malang", "Kabupaten Malang (35.07)"),
        ("Sekretariat Daerah Kota Malang", "Kota Malang (35.73)"),
        ("Dinas Pendidikan Prov. Jabar", "Jawa Barat (32)"),
        ("Malang, Kab.", "Kabupaten Malang (35.07)"),
        ("Malang Kota", "Kota Malang (35.73)"),
        ("BKD Kota Slemann", "Kabupaten Sleman (34.04)"),
        ("Jawa Brat", "Jawa Barat (32)"),
        ("Surabya", "Kota Surabaya (35.78)"),
        ("SURABYA", "Kota Surabaya (35.78)"),
        ("Kabupten Malang", "Kabupaten Malang (35.07)"),
        ("BPS (Jawa Timur)", "Jawa Timur (35)"),
    ],
)
def test_a_name_like_a_region_is_refused_unless_it_is_said_to_be_a_central_agency(written, first):
    fault = refused(written)
    assert (fault.code, fault.value) == ("agency-like-region", f'"{written}"')
    assert fault.allowed.id.startswith(first)
    for message in (fault.message.id, fault.message.en):
        assert first in message
        assert "agency.kind" in message
    for kind in ("ministry", "body", "state body"):
        assert find_agency(written, kind=AgencyKind(kind)) == Agency(name=written, kind=kind)
    with pytest.raises(UnknownNameError):
        find_agency(written, kind=AgencyKind.CITY)


def test_a_word_for_a_region_without_one_is_refused_without_a_guess():
    fault = refused("Dinas Provinsi {x}")
    assert (fault.code, fault.allowed) == ("agency-like-region", None)
    assert "agency.kind" in fault.message.en


@pytest.mark.parametrize(
    "name",
    [
        "BKN", "bkn", "BPS", "KPK", "BIG", "LAN", "BPOM", "BRIN", "BPIP", "BATAN", "LAPAN",
        "Bawaslu", "Lemhannas", "Mahkamah Agung", "Otorita Ibu Kota Nusantara", "BP Batam",
        "Kementerian Desa, Pembangunan Daerah Tertinggal dan Transmigrasi", "Kemenristek/BRIN",
        "Badan Kepegawaian Negara", "Badan Pusat Statistik", "Sekretariat Jenderal DPR RI",
    ],
)  # fmt: skip
def test_central_agencies_are_not_taken_for_regions(name):
    assert find_agency(name) == Agency(name=name)


@pytest.mark.parametrize(
    "name", ["Jumlah", "TOTAL", "Rata-rata", "Rata\u2013rata nasional", "Rerata"]
)
def test_rows_of_sums_are_no_agencies(name):
    fault = refused(name)
    assert fault.code == "agency-summary-row"
    assert name in fault.message.id
    assert "remove" in fault.message.en


@pytest.mark.parametrize("name", ["Kabupaten Malang, Jawa Barat", "Kab. Malang (Jabar)"])
def test_a_region_in_another_province_is_refused(name):
    fault = refused(name)
    assert fault.code == "agency-province-contradicts"
    assert fault.allowed.id == "Kabupaten Malang (35.07, Jawa Timur)"
    assert fault.allowed.id in fault.message.en
    assert refused(name, "35.07").code == "agency-code-contradicts"


def test_a_province_behind_a_name_does_not_say_which_of_two_is_meant():
    assert refused("Malang, Jawa Timur").code == "agency-ambiguous"
    assert find_agency("Kota Malang (Jatim)", "35.73") is agency("35.73")
    fault = refused("Kabupaten Slemann, DIY")
    assert (fault.code, fault.allowed.id[:16]) == ("agency-unknown", "Kabupaten Sleman")


def test_a_kind_says_which_of_two_is_meant_and_must_be_the_directorys():
    assert find_agency("Malang", kind=AgencyKind.CITY) is agency("35.73")
    for name, code in (("Medan", None), (None, "12.71")):
        with pytest.raises(UnknownNameError) as caught:
            find_agency(name, code, AgencyKind.MINISTRY)
        (fault,) = caught.value.faults
        assert fault.code == "kind-contradicts-directory"
        assert (fault.value, fault.allowed) == ('"ministry"', AgencyKind.CITY.label)
        assert fault.agency == (name or "Kota Medan")


def test_without_suggestions_only_the_name_itself_is_suggested():
    def allowed(name, code=None):
        with pytest.raises(UnknownNameError) as caught:
            find_agency(name, code, suggest=False)
        return caught.value.faults[0].allowed

    assert allowed("Kabupaten Slemann") is None
    assert allowed("BKD Kota Slemann") is None
    assert allowed("Kabupaten Medan").id == "Kota Medan (12.71)"
    assert "16.10" in allowed(None, "16.99").id
    assert "(16.09)" not in allowed(None, "16.99").id


class TestSettled:
    def refused(self, **fields: object) -> Fault:
        return refused(Agency(**fields), by=settled)

    def test_an_agency_of_the_directory_is_itself(self):
        for found in ASSESSED:
            assert settled(found) is found
            assert settled(Agency(name=found.name, kind=found.kind)) == found

    def test_what_reads_as_one_becomes_it(self):
        assert settled(Agency(name="Kab. Malang", code="35.07")) == agency("35.07")
        assert settled(Agency(name="Malang", kind="city")) == agency("35.73")
        assert settled(Agency(name="", code="35.07")) == agency("35.07")

    def test_a_regional_office_may_be_said(self):
        medan = attrs.evolve(agency("12.71"), regional_office="VI")
        assert settled(medan) == medan
        assert settled(Agency(name="Kota Jambi")).regional_office == "VII"

    def test_what_is_said_of_an_agency_outside_is_kept(self):
        given = Agency(name="Badan  X", kind="body", province="Bali", regional_office="X")
        assert settled(given) == attrs.evolve(given, name="Badan X")
        like = Agency(name="Jawa Brat", kind="state body")
        assert settled(like) == like
        assert settled(Agency(name="B", kind="province")).kind is AgencyKind.PROVINCE

    def test_what_can_not_be_read_back_is_refused_as_the_text(self):
        assert self.refused(name="Malang") == refused("Malang")
        assert self.refused(name="Kota X", kind="city") == refused("Kota X")
        assert self.refused(name="Jawa Brat") == refused("Jawa Brat")
        assert self.refused(name="") == refused("")
        assert self.refused(name="-").code == "agency-name-characters"
        assert self.refused(name="Badan X", code="12.71") == refused("Badan X", "12.71")
        assert self.refused(name="Badan X", code="99.99") == refused("Badan X", "99.99")

    def test_administrative_units_are_refused(self):
        for found in ADMINISTRATIVE:
            assert refused(found, by=settled).code == "agency-not-assessed"
        fault = self.refused(name="Badan {X}", autonomous=False)
        assert fault.code == "agency-not-assessed"
        assert "Badan {X} " in fault.message.en

    def test_the_directory_knows_better(self):
        assert self.refused(name="Kota Malang", kind="ministry").code == (
            "kind-contradicts-directory"
        )
        fault = self.refused(name="Kota Malang", province="Bali")
        assert fault.code == "agency-province-contradicts"
        assert settled(Agency(name="Kota Malang", province="Jawa Timur")) == agency("35.73")


@pytest.mark.parametrize("name", [None, "", "  \n"])
@pytest.mark.parametrize("code", [None, "", " "])
def test_neither_name_nor_code_is_refused(name, code):
    assert refused(name, code).code == "agency-missing"


def test_administrative_units_are_not_assessed():
    assert len(ADMINISTRATIVE) == 6
    for found in ADMINISTRATIVE:
        short = found.name.split(" Administrasi ")[1]
        kind = found.name.split(" ", 1)[0]
        for name, code in (
            (found.name, None),
            (None, found.code),
            (found.name, found.code),
            (short, None),
            (f"{kind} {short}", None),
            (f"{kind} Adm. {short}", None),
            (f"Pem{kind[:3].lower()} {short}", found.code) if kind == "Kabupaten" else (short, ""),
        ):
            fault = refused(name, code)
            assert fault.code == "agency-not-assessed"
            assert found.name in fault.message.id
        assert agency(short) is found
        assert agency(found.code) is found


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kabupaten Sleman", "35.07"),
        ("Kota Malang", "35.07"),
        ("Bengkulu", "17.71"),
        ("Kota Bengkulu", 17),
        ("BKN", "34.04"),
        ("Kabupaten Slemann", "34.04"),
        ("Kabupaten Ogan Komering Ulu", 16.1),
    ],
)
def test_a_code_and_a_name_of_two_agencies_are_refused(name, code):
    fault = refused(name, code)
    assert fault.code == "agency-code-contradicts"
    assert fault.agency == name
    coded = agency(code)
    assert fault.allowed.en == f"{coded.name} ({coded.code})"


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("16.99", "(16.09)"),
        (16.99, "(16.09)"),
        ("1610", "(16.10)"),
        (1610, "(16.10)"),
        ("16.101", "(16.10)"),
        ("31.7", "16.10"),
    ],
)
def test_an_unknown_code_is_refused_with_near_ones(code, near):
    fault = refused(None, code)
    assert fault.code == "agency-code-unknown"
    assert near in fault.allowed.id
    assert refused(code, by=agency) == fault


@pytest.mark.parametrize(
    "code",
    [
        "x",
        "99",
        99,
        -16,
        pytest.param(10**5000, id="huge"),
        True,
        float("nan"),
        float("inf"),
        1e300,
        "١٦",
        "16/1",
        "16e0",
    ],
)
def test_what_is_no_code_is_refused_with_the_form_of_one(code):
    fault = refused(None, code)
    assert fault.code == "agency-code-unknown"
    assert "16.10" in fault.allowed.en


def test_the_name_beside_an_unknown_code_tells_the_right_one():
    fault = refused("Kab. Sleman", "34.40")
    assert fault.code == "agency-code-unknown"
    assert fault.agency == "Kab. Sleman"
    assert fault.allowed.id == "Kabupaten Sleman (34.04)"


def test_a_name_has_at_most_200_characters():
    assert find_agency("a" * 200).name == "a" * 200
    assert find_agency(" " * 300 + "a b").name == "a b"
    fault = refused("a" * 201)
    assert fault.code == "agency-name-too-long"
    assert "200" in fault.message.en
    assert len(fault.value) < 50


@pytest.mark.parametrize(
    "mark", ["\x00", "\x07", "\x0b", "\x1b", "\x1c", "\x7f", "\x85", "\u200b", "\u202e", "\ud800"]
)
def test_control_characters_are_refused_and_shown(mark):
    fault = refused(f"Kabupaten{mark}Sleman")
    assert fault.code == "agency-name-characters"
    assert fault.value.isprintable()
    assert fault.message.id.isprintable()
    assert refused(None, f"16.1{mark}0").value.isprintable()


@pytest.mark.parametrize("name", ["-", "...", "16.10", "123 / 4"])
def test_a_name_without_a_letter_is_refused(name):
    assert refused(name).code == "agency-name-characters"


@example("{value}", None)
@example("Kota {", "{0}")
@given(
    st.one_of(
        st.none(),
        st.text(max_size=30),
        st.builds(
            "{} {}".format,
            st.sampled_from(
                ["Kab.", "Kota", "Pemda", "Pemerintah", "Provinsi", "Pemerintah Daerah"]
            ),
            st.text(alphabet="abeglmnorstu .-", max_size=12),
        ),
    ),
    st.one_of(st.none(), st.text(max_size=8), st.floats(), st.integers()),
)
def test_law_nothing_is_guessed(name, code):
    """Junk is refused with a fault or is an agency known by its name alone."""
    try:
        found = find_agency(name, code)
    except UnknownNameError as error:
        (fault,) = error.faults
        for text in (fault.message.id, fault.message.en, fault.value or ""):
            assert text.isprintable()
        return
    assert found in ASSESSED or found == Agency(name=" ".join(name.split()))


def test_agencies_without_a_condition_are_the_autonomous_ones():
    assert agencies() == ASSESSED
    assert agencies(autonomous=False) == ADMINISTRATIVE
    assert agencies(autonomous=None) == all_agencies()


def test_agencies_by_a_part_of_the_name():
    named = [found.name for found in agencies(name="MALANG")]
    assert named == ["Kabupaten Pemalang", "Kabupaten Malang", "Kota Malang"]
    assert agencies(name="zzz") == ()
    assert agencies(name="") == ASSESSED


@pytest.mark.parametrize(
    "province", ["Sumatera Selatan", "sumsel", "Prov. Sumsel", "Pemprov Sumatra Selatan", "16", 16]
)
def test_agencies_of_a_province(province):
    found = agencies(province=province)
    assert len(found) == 18
    assert found[0].name == "Sumatera Selatan"
    assert {one.province for one in found} == {"Sumatera Selatan"}


def test_agencies_of_a_province_whose_name_is_shared():
    assert {found.province for found in agencies(province="Gorontalo")} == {"Gorontalo"}
    assert agency("34") in agencies(province="Yogyakarta")


def test_agencies_of_several_conditions():
    assert [found.code for found in agencies(province="Babel", kind="city")] == ["19.71"]
    assert agencies(code=16.1) == (agency("16.10"),)
    assert agencies(code="16.10", kind="city") == ()
    assert len(agencies(kind=AgencyKind.CITY)) == 93
    assert len(agencies(kind="city", autonomous=None)) == 98
    assert len(agencies(province="Jakarta", autonomous=None)) == 7


@pytest.mark.parametrize("office", ["VII", "vii", " Kanreg VII ", "KANREG vii"])
def test_agencies_of_a_regional_office(office):
    found = agencies(regional_office=office)
    assert {one.province for one in found} == {
        "Jambi",
        "Sumatera Selatan",
        "Bengkulu",
        "Kepulauan Bangka Belitung",
    }
    assert {one.regional_office for one in found} == {"VII"}
    assert len(found) == len([one for one in ASSESSED if one.code[:2] in {"15", "16", "17", "19"}])


@pytest.mark.parametrize(
    ("condition", "code", "allowed"),
    [
        ({"province": "Sumatera Timur"}, "province-unknown", "Sumatera Selatan"),
        ({"province": "Sleman"}, "province-unknown", "Aceh"),
        ({"province": ""}, "province-unknown", "Aceh"),
        ({"province": "34.04"}, "province-unknown", "Aceh"),
        ({"province": 99}, "province-unknown", "Aceh"),
        ({"kind": "village"}, "agency-kind-unknown", "province, regency, city"),
        ({"kind": AgencyKind.MINISTRY}, "agency-kind-unknown", "province, regency, city"),
        ({"regional_office": "VIII"}, "regional-office-unknown", "VII"),
        ({"regional_office": "7"}, "regional-office-unknown", "VII"),
        ({"code": "99"}, "agency-code-unknown", "16.10"),
        ({"code": ""}, "agency-code-unknown", "16.10"),
    ],
)
def test_an_unknown_condition_is_refused_with_what_is_allowed(condition, code, allowed):
    with pytest.raises(UnknownNameError) as caught:
        agencies(**condition)
    (fault,) = caught.value.faults
    assert fault.code == code
    assert allowed in fault.allowed.id
    assert allowed in fault.message.en


def test_one_agency_by_code_or_name():
    assert agency("16.10").name == "Kabupaten Ogan Ilir"
    assert agency(16.1) is agency("16,1") is agency("kab. ogan ilir") is agency("16.10")
    assert refused("", by=agency).code == "agency-unknown"
    assert refused("16.", by=agency).code == "agency-code-unknown"


def test_the_wrong_type_is_a_mistake_of_the_program():
    with pytest.raises(TypeError):
        find_agency(None, [16])
    with pytest.raises(AttributeError):
        find_agency(16)
