from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import ASSUMED, check_fault, only_fault
from meritindex.definition import Basis, Standing, weakest
from meritindex.errors import DefinitionError
from meritindex.language import Text

ORDER = [
    Standing.ASSUMED,
    Standing.RECONSTRUCTED,
    Standing.DRAFT,
    Standing.REPORTED,
    Standing.OFFICIAL,
]
standings = st.sampled_from(Standing)


class TestStanding:
    def test_the_order_is_from_weakest_to_firmest(self) -> None:
        assert list(Standing) == ORDER
        assert [standing.firmness for standing in ORDER] == [0, 1, 2, 3, 4]
        assert all(below < above for below, above in pairwise(ORDER))

    @given(standings, standings)
    def test_comparison_is_by_firmness_and_not_by_letters(
        self, one: Standing, other: Standing
    ) -> None:
        assert (one < other) == (one.firmness < other.firmness)
        assert (one <= other) == (one.firmness <= other.firmness)
        assert (one > other) == (one.firmness > other.firmness)
        assert (one >= other) == (one.firmness >= other.firmness)
        assert (one == other) == (one is other)

    @given(standings, standings)
    def test_a_plain_text_compares_like_the_standing_it_names(
        self, one: Standing, other: Standing
    ) -> None:
        assert (one < other.value) == (one < other)
        assert (other.value > one) == (one < other)
        assert (one >= other.value) == (one >= other)
        assert (other.value <= one) == (one >= other)

    def test_a_text_that_names_no_standing_does_not_compare(self) -> None:
        with pytest.raises(ValueError, match="certain"):
            assert Standing.DRAFT < "certain"

    @pytest.mark.parametrize("standing", ORDER)
    def test_has_a_label_in_both_languages(self, standing: Standing) -> None:
        assert standing.label.en == standing.value
        assert standing.label.id not in {"", standing.label.en}

    @given(st.lists(standings))
    def test_the_weakest_is_as_firm_as_none_other(self, given_standings: list[Standing]) -> None:
        found = weakest(iter(given_standings))
        assert all(found <= standing for standing in given_standings)
        assert found in given_standings if given_standings else found is Standing.OFFICIAL


class TestBasis:
    def test_what_is_assumed_must_say_why(self) -> None:
        for sources in ((), ("law",)):
            fault = only_fault(
                DefinitionError, lambda sources=sources: Basis(standing="assumed", sources=sources)
            )
            check_fault(fault, "reason-missing", None)

    @pytest.mark.parametrize("standing", ORDER[1:])
    def test_anything_firmer_must_name_a_source(self, standing: Standing) -> None:
        fault = only_fault(
            DefinitionError, lambda: Basis(standing=standing, reason=Text.same("because"))
        )
        check_fault(fault, "source-missing", None, standing.label)
        assert Basis(standing=standing, sources=("law",)).standing is standing

    def test_the_standing_may_be_given_as_a_text(self) -> None:
        assert ASSUMED.standing is Standing.ASSUMED
        with pytest.raises(ValueError, match="certain"):
            Basis(standing="certain", sources=("law",))
