"""The crosswalks of the catalog, and reading one from a file."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from builders import (
    check_fault,
    dimension,
    faults_of,
    indicator,
    instrument,
    measure,
    only_fault,
)
from meritindex import catalog
from meritindex.catalog.crosswalks import _PAIRS, crosswalk, load_crosswalk
from meritindex.definition import Standing
from meritindex.errors import DefinitionError, FileError, UnknownNameError
from meritindex.language import Text

ONE = instrument(
    dimension("d", indicator("a"), indicator("b"), indicator("c")), measure("m"), id="one"
)
TWO = instrument(indicator("x"), indicator("y"), id="two")

SOUND = """\
format = 1

[basis]
standing = "official"
sources = ["S1"]

[sources.S1]
title = "a page"

[from]
instrument = "one"
below = ["d"]
without_counterpart = ["c"]

[to]
instrument = "two"

[[pairs]]
from = ["a", "b"]
to = ["x"]
standing = "assumed"
reason = { id = "alasan", en = "reason" }
remark = { id = "catatan", en = "remark" }

[[pairs]]
from = ["a"]
to = ["y"]
standing = "reported"
sources = ["S1"]
"""


@pytest.fixture
def written(tmp_path):
    """Return what writes the sound file with some of its text replaced."""

    def write(*replaced: tuple[str, str], text: str = SOUND) -> Path:
        for old, new in replaced:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = tmp_path / "walk.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


class TestTheCatalog:
    @pytest.mark.parametrize(("source", "target"), _PAIRS)
    def test_every_one_fits_its_instruments(self, source, target):
        walk = crosswalk(source, target)
        assert (walk.source.instrument, walk.target.instrument) == (source, target)
        for side, read in ((walk.source, walk.targets), (walk.target, walk.sources)):
            parts = side.parts_in(catalog.instrument(side.instrument))
            assert parts
            for code in parts:
                assert bool(read(code)) == (code not in side.without_counterpart)

    def test_from_2019_to_2026(self):
        walk = crosswalk("ism-2019", "ism-2026")
        assert walk.targets("a5") == ("a3",)
        assert walk.targets("a6") == ("a6", "a7")
        assert walk.sources("a5") == ()
        assert walk.without_counterpart == (
            ("a3", "a4", "a7"),
            ("a4", "a5", "satisfaction", "correction"),
        )

    def test_nothing_in_it_is_firmer_than_it_is(self):
        walk = crosswalk("ism-2019", "ism-2026")
        for basis in (walk.basis, *(pair.basis for pair in walk.pairs)):
            assert basis.standing is Standing.ASSUMED
            assert basis.reason.id != basis.reason.en

    def test_instruments_and_ids(self):
        old, new = catalog.instrument("ism-2019"), catalog.instrument("ism-2026")
        assert crosswalk(old, new) is crosswalk("ism-2019", "ism-2026")

    def test_a_variant_must_fit(self):
        new = catalog.instrument("ism-2026")
        titled = attrs.evolve(new, title=Text("varian", "variant"))
        assert crosswalk("ism-2019", titled) == crosswalk("ism-2019", "ism-2026")
        root = attrs.evolve(new.root, deductions=())
        fault = only_fault(
            DefinitionError, lambda: crosswalk("ism-2019", attrs.evolve(new, root=root))
        )
        check_fault(fault, "part-unknown", "correction", "correction", "ism-2026")

    def test_one_that_there_is_not(self):
        fault = only_fault(UnknownNameError, lambda: crosswalk("ism-2026", "ism-2019"))
        check_fault(fault, "crosswalk-unknown", None, '"ism-2026" → "ism-2019"')
        assert fault.allowed == Text.same("ism-2019 → ism-2026")
        only_fault(UnknownNameError, lambda: crosswalk("ism-2019", "ism-1999"))


class TestAFile:
    def test_sound(self, written):
        walk = load_crosswalk(written(), ONE, TWO)
        assert walk.targets("a") == ("x", "y")
        assert walk.sources("x") == ("a", "b")
        assert walk.without_counterpart == (("c",), ())
        assert walk.pairs[0].remark == Text("catatan", "remark")
        assert [pair.basis.standing for pair in walk.pairs] == ["assumed", "reported"]
        assert [source.code for source in walk.listed_sources] == ["S1"]
        assert walk.basis.standing is Standing.OFFICIAL

    def test_ids_of_the_catalog(self):
        folder = Path(catalog.__file__).parent / "data" / "crosswalks"
        path = folder / "ism-2019_ism-2026.toml"
        assert load_crosswalk(path, "ism-2019", "ism-2026") == crosswalk("ism-2019", "ism-2026")

    def test_without_pairs(self, written):
        text = SOUND.partition("[[pairs]]")[0]
        path = written(
            ('["c"]', '["a", "b", "c"]'),
            ('"two"\n', '"two"\nwithout_counterpart = ["x", "y"]\n'),
            text=text,
        )
        assert load_crosswalk(path, ONE, TWO).pairs == ()

    def test_every_fault_at_once_with_its_place(self, written):
        path = written(
            ('from = ["a", "b"]', 'from = ["a", "a", "b", "nix"]'),
            ('["c"]', '["a", "none"]'),
            ('to = ["y"]', "to = []"),
        )
        faults = faults_of(DefinitionError, lambda: load_crosswalk(path, ONE, TWO))
        assert [(fault.code, fault.item, fault.place.en) for fault in faults] == [
            ("code-twice", None, "walk.toml: pairs[1]"),
            ("correspondence-empty", None, "walk.toml: pairs[2]"),
            ("counterpart-and-none", "a", "walk.toml: from.without_counterpart"),
            ("part-unknown", "nix", "walk.toml: pairs[1].from"),
            ("part-unknown", "none", "walk.toml: from.without_counterpart"),
            ("part-not-covered", "c", "walk.toml: from"),
            ("part-not-covered", "y", "walk.toml: to"),
        ]

    @pytest.mark.parametrize(
        ("old", "new", "code", "place"),
        [
            ("format = 1", "format = 2", "format-unknown", "format"),
            ("format = 1", 'format = "1"', "entry-type", "format"),
            ("format = 1\n", "", "entry-missing", "format"),
            ('instrument = "one"', 'instrument = "other"', "crosswalk-instrument", "from"),
            ('instrument = "one"', "instrument = 1", "entry-type", "from.instrument"),
            ('below = ["d"]', 'below = ["e"]', "unknown-code", "from.below"),
            ('below = ["d"]', 'below = ["m"]', "not-a-dimension", "from.below"),
            ('below = ["d"]', 'below = "d"', "entry-type", "from.below"),
            ('["c"]', '["c", 3]', "entry-type", "from.without_counterpart[2]"),
            ('["c"]', '["c", "c"]', "code-twice", "from.without_counterpart"),
            ("[to]\n", "[towards]\n", "entry-missing", "to"),
            ('from = ["a", "b"]', 'from = ["a", 1]', "entry-type", "pairs[1].from[2]"),
            ('to = ["y"]\n', "", "entry-missing", "pairs[2].to"),
            ('standing = "assumed"', 'standing = "sure"', "entry-choice", "pairs[1].standing"),
            ('sources = ["S1"]\n\n', 'sources = ["S2"]\n\n', "source-unknown", "basis.sources"),
            ("[basis]", "[bases]", "entry-missing", "basis"),
            ('"official"\n', '"official"\nsource = "S1"\n', "entry-unknown", "basis.source"),
            ("remark =", "remarks =", "entry-unknown", "pairs[1].remarks"),
            ('title = "a page"', 'name = "a page"', "entry-missing", "sources.S1.title"),
            ("[sources.S1]", "[[sources]]", "entry-type", "sources"),
            ('reason = { id = "alasan", en = "reason" }\n', "", "reason-missing", "pairs[1]"),
        ],
    )
    def test_a_fault_and_its_place(self, written, old, new, code, place):
        path = written((old, new))
        faults = faults_of(DefinitionError, lambda: load_crosswalk(path, ONE, TWO))
        assert (code, f"walk.toml: {place}") in [(each.code, each.place.en) for each in faults]

    def test_an_unknown_format_says_which_is_known(self, written):
        faults = faults_of(
            DefinitionError, lambda: load_crosswalk(written(("format = 1", "format = 7")), ONE, TWO)
        )
        check_fault(faults[0], "format-unknown", None, "7", "1")

    def test_not_toml_and_no_file(self, written, tmp_path):
        fault = only_fault(DefinitionError, lambda: load_crosswalk(written(text="="), ONE, TWO))
        assert fault.code == "not-toml"
        only_fault(FileError, lambda: load_crosswalk(tmp_path / "none.toml", ONE, TWO))
        deep = written(text="a = " + "[" * 5000)
        fault = only_fault(FileError, lambda: load_crosswalk(deep, ONE, TWO))
        assert fault.code == "file-nesting"
