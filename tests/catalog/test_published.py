"""The published results: all there, exact, and about agencies that exist."""

from collections import Counter
from fractions import Fraction

import pytest

from meritindex.catalog.directory import all_agencies, find_agency
from meritindex.catalog.published import published_results
from meritindex.definition import Agency, AgencyKind, Stage, Standing

CENTRAL = {AgencyKind.MINISTRY, AgencyKind.BODY, AgencyKind.STATE_BODY}


def test_all_results_are_there_once():
    results = published_results()
    assert len(results) == 30
    assert len({(result.agency, result.year) for result in results}) == 30
    assert published_results() is results
    assert Counter(result.agency.kind for result in results) == {
        AgencyKind.MINISTRY: 3,
        AgencyKind.BODY: 6,
        AgencyKind.STATE_BODY: 1,
        AgencyKind.PROVINCE: 7,
        AgencyKind.REGENCY: 9,
        AgencyKind.CITY: 4,
    }


def test_the_printed_name_of_a_region_means_the_agency():
    for result in published_results():
        found = find_agency(result.printed_name)
        if result.agency.kind in CENTRAL:
            assert found == Agency(name=result.agency.name)
        else:
            assert found is result.agency
            assert found in all_agencies()


@pytest.mark.parametrize(
    ("printed_name", "code", "year", "total", "category"),
    [
        ("Pemprov Jawa Barat", "32", 2020, "751/2", "Sangat Baik"),
        ("Kota Mojokerto", "35.76", 2021, "288", "Baik"),
        ("Kabupaten Mojokerto", "35.16", 2021, "263", "Baik"),
        ("Kota Pangkalpinang", "19.71", 2023, "268", "Baik"),
        ("Kabupaten Bojonegoro", "35.22", 2021, "140", None),
        ("Kabupaten Rokan Hulu", "14.06", None, "367/2", "Kurang"),
        ("Pemprov Kepulauan Bangka Belitung", "19", 2025, "301", None),
        ("BKN", None, 2024, "380", "Sangat Baik"),
        ("Mahkamah Konstitusi RI (Setjen/Kepaniteraan)", None, 2021, "327", "Sangat Baik"),
    ],
)
def test_results_as_their_sources_print_them(printed_name, code, year, total, category):
    (result,) = [one for one in published_results() if one.printed_name == printed_name]
    assert result.agency.code == code
    assert result.year == year
    assert result.total == Fraction(total)
    assert result.category == category


def test_totals_are_exact_and_within_the_range_of_the_instrument():
    for result in published_results():
        assert isinstance(result.total, Fraction)
        assert result.total.denominator in {1, 2}
        assert 0 <= result.total <= 410


def test_what_is_blank_is_not_known():
    results = published_results()
    assert sum(result.year is None for result in results) == 1
    assert Counter(result.stage for result in results) == {
        None: 1,
        Stage.SELF_ASSESSED: 2,
        Stage.VERIFIED: 1,
        Stage.DETERMINED: 26,
    }
    for result in results:
        assert "" not in {result.category, result.stage_as_printed, result.note}


def test_every_result_has_a_source_and_a_standing():
    for result in published_results():
        assert result.source.startswith("https://")
        assert result.standing is (
            Standing.RECONSTRUCTED
            if result.printed_name.startswith("Mahkamah Konstitusi")
            else Standing.REPORTED
        )
