"""Many assessments in columns: where they come from, what is taken out of them, what they equal."""

from __future__ import annotations

import copy
import pickle

import attrs
import numpy as np
import pytest

from builders import check_fault, dimension, gate, indicator, instrument, measure, only_fault, when
from meritindex.assessment import NOT_APPLICABLE, Assessment, AssessmentSet
from meritindex.definition import Agency, AgencyKind
from meritindex.errors import AssessmentError
from meritindex.language import Text

RULES = instrument(
    dimension("a", indicator("a1"), indicator("a2", conditions=(when("works"),))),
    dimension("b"),
    measure("survey"),
    gates=(gate("works", by_kind=((AgencyKind.CITY, ("yes",)),)),),
)
MEDAN = Assessment(agency="Kota Medan", instrument=RULES, levels={"a1": 1, "a2": 2}, year=2026)
SLEMAN = Assessment(
    agency="34.04",
    instrument=RULES,
    gates={"works": "no"},
    points={"b": 5},
    measures={"survey": "0.5"},
    synthetic=True,
)
ACEH = Assessment(agency="Aceh", instrument=RULES, levels={"a1": 3}, standing="draft")
ALL = AssessmentSet.of([MEDAN, SLEMAN, ACEH])


def test_columns():
    assert len(ALL) == 3
    assert [agency.name for agency in ALL.agencies] == ["Kota Medan", "Kabupaten Sleman", "Aceh"]
    assert ALL.levels.tolist() == [[1, 2], [255, NOT_APPLICABLE], [3, 255]]
    assert ALL.gate_answers.tolist() == [[0], [1], [255]]
    assert ALL.gates_derived.tolist() == [[True], [False], [False]]
    assert ALL.undetermined["a"].tolist() == [False, False, True]
    assert ALL.left_out == ()
    assert ALL.synthetic
    assert repr(ALL) == "<AssessmentSet of 3 under example, synthetic>"
    assert repr(ACEH.alone) == "<AssessmentSet of 1 under example>"


def test_indexing_and_iterating_give_the_assessments_back():
    assert list(ALL) == [MEDAN, SLEMAN, ACEH]
    assert ALL[-1] == ACEH
    assert AssessmentSet.of(ALL) == ALL
    with pytest.raises(IndexError):
        ALL[3]


def test_taking_some_out():
    central = ALL.where(lambda facts: facts.agency.kind == "city")
    assert list(central) == [MEDAN]
    assert dict(central.entries) == {}
    assert not central.synthetic
    assert list(ALL.rows(np.array([2, 1]))) == [ACEH, SLEMAN]
    assert len(ALL.where(lambda facts: False)) == 0


def test_equality_is_of_instrument_facts_and_answers():
    assert AssessmentSet.of([MEDAN, SLEMAN, ACEH]) == ALL
    assert AssessmentSet.of([MEDAN, ACEH, SLEMAN]) != ALL
    assert ALL != [MEDAN, SLEMAN, ACEH]
    with pytest.raises(TypeError):
        hash(ALL)


@pytest.mark.parametrize("copied", [pickle.loads(pickle.dumps(ALL)), copy.deepcopy(ALL), ALL])
def test_nothing_can_be_written_to_not_even_in_a_copy(copied):
    assert copied == ALL
    arrays = [copied.levels, copied.gate_answers, copied.gates_derived, copied.undetermined["a"]]
    arrays += [copied.measures["survey"].numerators, copied.entries["b"].known]
    for array in arrays:
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    for mapping in (copied.measures, copied.entries, copied.undetermined):
        with pytest.raises(TypeError):
            mapping["b"] = None


def test_what_a_view_was_taken_of_can_not_be_written_through():
    levels, mask = ALL.levels.copy(), np.array([False, False, True])
    made = attrs.evolve(ALL, levels=levels[:], undetermined={"a": mask[:]})
    levels[:] = 4
    mask[:] = True
    assert made == ALL
    assert made.undetermined["a"].tolist() == [False, False, True]


def test_no_assessments():
    fault = only_fault(AssessmentError, lambda: AssessmentSet.of([]))
    check_fault(fault, "no-assessments", None)
    assert fault.place is None


def test_assessments_of_different_instruments():
    other = Assessment(agency="BKN", instrument="ism-2019")
    fault = only_fault(AssessmentError, lambda: AssessmentSet.of([MEDAN, other]))
    check_fault(fault, "instruments-differ", None, "example", "ism-2019")
    assert fault.place == Text("penilaian 2", "assessment 2")
    assert (fault.agency, fault.value, fault.allowed) == ("BKN", "ism-2019", Text.same("example"))


def test_the_same_assessment_twice():
    fault = only_fault(AssessmentError, lambda: AssessmentSet.of([ACEH, MEDAN, MEDAN]))
    check_fault(
        fault, "assessment-twice", "agency", "Kota Medan", Text("penilaian 2", "assessment 2")
    )
    assert fault.place == Text("penilaian 3", "assessment 3")


def test_agencies_outside_the_directory_are_told_apart_by_name():
    ones = [Assessment(agency=Agency(name=name), instrument=RULES) for name in ("X", "Y")]
    assert len(AssessmentSet.of(ones)) == 2
