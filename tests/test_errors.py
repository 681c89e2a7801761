from __future__ import annotations

import copy
import pickle

import attrs
import pytest

from meritindex import errors
from meritindex.errors import Fault, MeritIndexError
from meritindex.language import Text

KINDS = [
    errors.NumberError,
    errors.DefinitionError,
    errors.WeightingError,
    errors.UnknownNameError,
    errors.FileError,
    errors.AssessmentError,
]
PLAIN = Fault(code="plain", message=Text("salah", "wrong"))
PLACED = Fault(
    code="placed",
    message=Text("keliru", "mistaken"),
    place=Text("baris 2", "row 2"),
    agency="Kota Contoh",
    item="a1",
    value='"x"',
    allowed=Text("0 sampai 4", "0 to 4"),
)


def test_a_fault_reads_as_a_sentence_with_its_place_first() -> None:
    assert PLAIN.in_language("id") == "salah"
    assert PLAIN.in_language("en") == "wrong"
    assert PLACED.in_language("id") == "baris 2: keliru"
    assert PLACED.in_language("en") == "row 2: mistaken"


def test_a_fault_is_frozen_hashable_and_picklable() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        PLAIN.code = "other"  # type: ignore[misc]
    assert hash(PLACED) == hash(attrs.evolve(PLACED))
    assert pickle.loads(pickle.dumps(PLACED)) == PLACED


def test_every_error_of_the_library_is_named_here() -> None:
    assert set(MeritIndexError.__subclasses__()) >= set(KINDS)
    assert issubclass(MeritIndexError, ValueError)


@pytest.mark.parametrize("kind", [MeritIndexError, *KINDS])
class TestEveryError:
    def test_it_keeps_all_faults_in_order(self, kind: type[MeritIndexError]) -> None:
        assert kind(PLAIN).faults == (PLAIN,)
        assert kind([PLACED, PLAIN]).faults == (PLACED, PLAIN)
        assert kind(fault for fault in (PLAIN, PLACED)).faults == (PLAIN, PLACED)

    def test_it_reads_one_fault_a_line(self, kind: type[MeritIndexError]) -> None:
        error = kind([PLACED, PLAIN])
        assert str(error) == "row 2: mistaken\nwrong"
        assert error.in_language("id") == "baris 2: keliru\nsalah"

    def test_it_can_be_pickled_and_copied(self, kind: type[MeritIndexError]) -> None:
        error = kind([PLACED, PLAIN])
        for twin in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):
            assert type(twin) is kind
            assert twin.faults == error.faults
            assert str(twin) == str(error)
