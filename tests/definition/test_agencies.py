from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

from meritindex.definition import Agency, AgencyKind, PublishedResult, Stage, Standing
from meritindex.errors import NumberError

AGENCY = Agency(name="Kota Contoh")


@pytest.mark.parametrize("kinds", [AgencyKind, Stage])
def test_every_member_has_a_label_of_its_own_in_both_languages(
    kinds: type[AgencyKind | Stage],
) -> None:
    labels = [member.label for member in kinds]
    assert all(label.id and label.en for label in labels)
    assert len({label.id for label in labels}) == len({label.en for label in labels}) == len(kinds)
    assert [label.en for label in labels] == [member.value for member in kinds]


def test_an_agency_is_shown_by_its_name_and_assumed_to_be_nothing_else() -> None:
    assert str(AGENCY) == "Kota Contoh"
    assert (AGENCY.code, AGENCY.kind, AGENCY.province, AGENCY.regional_office) == (None,) * 4
    assert AGENCY.autonomous


def test_the_kind_may_be_given_as_a_text() -> None:
    assert Agency(name="X", kind="state body").kind is AgencyKind.STATE_BODY
    with pytest.raises(ValueError, match="village"):
        Agency(name="X", kind="village")


def test_a_published_result_takes_standing_and_stage_as_texts() -> None:
    result = PublishedResult(
        agency=AGENCY,
        printed_name="Pemkot Contoh",
        total=Fraction("65.5"),
        standing="reported",
        source="page",
        stage="verified",
    )
    assert result.standing is Standing.REPORTED
    assert result.stage is Stage.VERIFIED
    assert (result.year, result.category, result.stage_as_printed, result.note) == (None,) * 4


@pytest.mark.parametrize("total", [65.5, "65.5", "65,5"])
def test_a_published_total_is_read_exactly(total: float | str) -> None:
    result = PublishedResult(
        agency=AGENCY, printed_name="X", total=total, standing="official", source="page"
    )
    assert (result.total, type(result.total)) == (Fraction(131, 2), Fraction)
    with pytest.raises(NumberError):
        attrs.evolve(result, total="much")


def test_what_the_source_does_not_state_stays_none() -> None:
    result = PublishedResult(
        agency=AGENCY, printed_name="X", total=Fraction(1), standing="official", source="page"
    )
    assert result.stage is None
    with pytest.raises(ValueError, match="final"):
        PublishedResult(
            agency=AGENCY,
            printed_name="X",
            total=Fraction(1),
            standing="official",
            source="page",
            stage="final",
        )
