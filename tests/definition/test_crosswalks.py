"""What corresponds to what in two instruments."""

from __future__ import annotations

import attrs
import pytest

from builders import (
    ASSUMED,
    LAW,
    OFFICIAL,
    check_fault,
    dimension,
    faults_of,
    indicator,
    instrument,
    measure,
    only_fault,
)
from meritindex.definition import Correspondence, Crosswalk, CrosswalkSide
from meritindex.definition.crosswalks import coverage_faults, paired_codes, side_faults
from meritindex.errors import DefinitionError, UnknownNameError
from meritindex.language import Text


def pair(source, target, **fields):
    return Correspondence(source=source, target=target, **{"basis": ASSUMED, **fields})


def side(name="one", below=(), without=()):
    return CrosswalkSide(instrument=name, below=below, without_counterpart=without)


def crosswalk(*pairs, source=(), target=(), **fields):
    return Crosswalk(
        source=side("one", without=source),
        target=side("two", without=target),
        pairs=pairs,
        **{"basis": ASSUMED, **fields},
    )


class TestReading:
    WALK = crosswalk(
        pair(["a", "b"], ["x"]),
        pair(["b"], ["y", "x"], remark=Text("sebagian", "in part")),
        source=["c"],
        target=["z"],
    )

    def test_many_to_many(self):
        assert self.WALK.targets("a") == ("x",)
        assert self.WALK.targets("b") == ("x", "y")
        assert self.WALK.sources("x") == ("a", "b")
        assert self.WALK.sources("y") == ("b",)

    def test_without_counterpart(self):
        assert self.WALK.without_counterpart == (("c",), ("z",))
        assert self.WALK.targets("c") == ()
        assert self.WALK.sources("z") == ()

    def test_a_code_of_which_nothing_is_said(self):
        for read, code, name in (
            (self.WALK.targets, "x", "one"),
            (self.WALK.sources, "a", "two"),
            (self.WALK.targets, "nothing", "one"),
        ):
            fault = only_fault(UnknownNameError, lambda read=read, code=code: read(code))
            check_fault(fault, "part-unknown", code, code, name)

    def test_nothing_converts_a_score(self):
        public = {name for name in dir(Crosswalk) if not name.startswith("_")}
        fields = {attribute.name for attribute in attrs.fields(Crosswalk)}
        assert public - fields == {"sources", "targets", "without_counterpart"}
        assert "no authority has published a conversion" in " ".join(Crosswalk.__doc__.split())

    def test_is_hashable(self):
        assert hash(self.WALK) == hash(attrs.evolve(self.WALK))


class TestRefused:
    @pytest.mark.parametrize(("source", "target"), [((), ("x",)), (("a",), ())])
    def test_a_pair_without_a_side(self, source, target):
        fault = only_fault(DefinitionError, lambda: pair(source, target))
        check_fault(fault, "correspondence-empty", None)

    def test_a_code_twice_in_a_pair(self):
        faults = faults_of(DefinitionError, lambda: pair(("a", "a"), ("x", "y", "x")))
        assert [(each.code, each.item) for each in faults] == [
            ("code-twice", "a"),
            ("code-twice", "x"),
        ]

    def test_contradictions_with_itself(self):
        faults = faults_of(
            DefinitionError,
            lambda: crosswalk(pair(["a"], ["x"]), source=["a", "c", "c"], target=["x"]),
        )
        assert [(each.code, each.item) for each in faults] == [
            ("code-twice", "c"),
            ("counterpart-and-none", "a"),
            ("counterpart-and-none", "x"),
        ]
        check_fault(faults[1], "counterpart-and-none", "a", "a", "one")

    def test_sources(self):
        official = pair(["a"], ["x"], basis=OFFICIAL)
        fault = only_fault(DefinitionError, lambda: crosswalk(official))
        check_fault(fault, "source-unknown", None, "law")
        assert crosswalk(official, listed_sources=[LAW]).listed_sources == (LAW,)
        fault = only_fault(DefinitionError, lambda: crosswalk(listed_sources=[LAW, LAW]))
        check_fault(fault, "code-twice", "law", "law")
        only_fault(DefinitionError, lambda: crosswalk(basis=OFFICIAL))


ONE = instrument(
    dimension("d", indicator("a"), indicator("b")),
    measure("m"),
    dimension("e"),
    id="one",
)


class TestParts:
    def test_directly_below_a_dimension(self):
        assert side(below=["d"]).parts_in(ONE) == ("a", "b")
        assert side(below=["total_points"]).parts_in(ONE) == ("d", "m", "e")
        assert side(below=["d", "total_points"]).parts_in(ONE) == ("a", "b", "m", "e")

    def test_adjustments_too(self):
        root = attrs.evolve(ONE.root, deductions=(measure("less", None),))
        assert side(below=["total_points"]).parts_in(attrs.evolve(ONE, root=root)) == (
            "d",
            "m",
            "e",
            "less",
        )

    def test_all_leaves(self):
        assert side().parts_in(ONE) == ("a", "b", "m")

    def test_below_what_is_no_dimension(self):
        for code, kind in (("a", "not-a-dimension"), ("x", "unknown-code")):
            fault = only_fault(UnknownNameError, lambda code=code: side(below=[code]).parts_in(ONE))
            assert fault.code == kind
            (fault,) = coverage_faults(side(below=[code]), [], ONE)
            assert fault.code == kind


class TestCoverage:
    def test_every_part_is_named(self):
        assert not list(coverage_faults(side(without=["b"]), ["a", "m"], ONE))

    def test_what_is_left_out_and_what_is_not_there(self):
        faults = list(coverage_faults(side(without=["e"]), ["a", "x"], ONE))
        assert [(each.code, each.item) for each in faults] == [
            ("part-unknown", "x"),
            ("part-unknown", "e"),
            ("part-not-covered", "b"),
            ("part-not-covered", "m"),
        ]
        check_fault(faults[0], "part-unknown", "x", "x", "one", "a, b, m")
        check_fault(faults[2], "part-not-covered", "b", "b", Text("indikator b", "indicator b"))

    def test_another_instrument(self):
        (fault,) = coverage_faults(side("other"), ["x"], ONE)
        check_fault(fault, "crosswalk-instrument", None, "other", "one")

    def test_many_parts_are_cut(self):
        wide = instrument(*(indicator(f"i{number}") for number in range(25)), id="one")
        fault = next(coverage_faults(side(), ["x"], wide))
        assert "i19, …" in fault.message.en
        assert "i20" not in fault.message.en

    def test_codes_on_either_side_of_the_pairs(self):
        pairs = [pair(["a", "b"], ["x"]), pair(["b"], ["y"])]
        assert paired_codes(pairs, "source") == ("a", "b")
        assert paired_codes(pairs, "target") == ("x", "y")
        assert not list(side_faults(side(without=["c"]), ["a"]))
