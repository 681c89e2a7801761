from __future__ import annotations

import json
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import meritindex as mi
from builders import check_fault, faults_of, indicator, instrument, only_fault
from meritindex.analysis import records
from meritindex.language import LANGUAGES
from meritindex.layout.wrapping import places
from record_examples import (
    at,
    cards,
    changed,
    data_of,
    geometric,
    leaves,
    other_leaves,
    rich,
    sealed,
)

COURT = mi.Assessment(
    agency="Mahkamah Konstitusi", instrument="ism-2019", year=2021, points={"total": 327}
)
PLAIN = instrument(indicator("i1"), indicator("i2"))
few = settings(max_examples=25)
more = settings(max_examples=50)


def verified(
    card: mi.ScoreCard, path: tuple[str | int, ...], value: object, *, seal: bool = True
) -> mi.Verification:
    """Return what comes of a record in which a leaf was changed."""
    data = changed(data_of(card), path, value)
    return mi.verify(sealed(data) if seal else json.dumps(data), card.instrument)


def test_a_record_of_a_catalog_instrument_needs_nothing_else() -> None:
    for card in (mi.score(COURT), mi.score(mi.sample())[7]):
        found = mi.verify(mi.record(card))
        assert found
        assert (found.differences, found.remarks, found.canonical) == ((), (), True)
        assert found.card == card
        assert mi.verify(mi.record(card).decode()) == found


@few
@given(cards())
def test_every_record_holds(card: mi.ScoreCard) -> None:
    found = mi.verify(mi.record(card), card.instrument)
    assert found
    assert found.card == card
    assert (found.remarks, found.canonical) == ((), True)


# What was changed


@more
@given(st.data())
def test_no_leaf_can_be_changed_unnoticed(data: st.DataObject) -> None:
    card = data.draw(st.sampled_from((rich(), geometric())) | cards())
    content = data_of(card)
    path = data.draw(st.sampled_from([path for path in leaves(content) if path[0] != "library"]))
    value = data.draw(other_leaves(at(content, path)))
    try:
        found = verified(card, path, value, seal=False)
    except mi.MeritIndexError:
        return
    assert not found
    assert "checksum" in {difference.where for difference in found.differences}


# What follows from the answers, and so can't be changed even with a checksum that fits.
FOLLOWS = ("result", "instrument", "weighting", "answers.derived_gates")


@more
@given(st.data())
def test_no_computed_leaf_can_be_changed_with_a_new_checksum(data: st.DataObject) -> None:
    card = data.draw(st.sampled_from((rich(), geometric())) | cards())
    content = data_of(card)
    computed = [
        path
        for path in leaves(content)
        if ".".join(map(str, path)).startswith(FOLLOWS)
        # By which of two weightings the same weights came about can't be told from the result.
        and path[1] not in {"given", "kind"}
    ]
    path = data.draw(st.sampled_from(computed))
    value = data.draw(other_leaves(at(content, path)))
    try:
        found = verified(card, path, value)
    except mi.MeritIndexError:
        return
    assert not found
    assert "checksum" not in {difference.where for difference in found.differences}


@pytest.mark.parametrize(
    ("path", "value", "where", "said"),
    [
        (("result", "total"), "480/20", "result.total", ("480/20", "479/20")),
        (("result", "total"), None, "result.total", (mi.Text("tidak ada", "none"), "479/20")),
        (("result", "band"), "low", "result.band", ("low", "high")),
        (("result", "exact"), False, "result.exact", (mi.Text("ya", "yes"),)),
        (("result", "missing"), ["a1"], "result.missing[0]", ("a1",)),
        (
            ("result", "dimensions", "first", "points"),
            "13/5",
            "result.dimensions.first.points",
            ("13/5", "27/10"),
        ),
        (("weighting", "weights", "a1", "value"), "61", "weighting.weights.a1.value", ("61", "60")),
        (
            ("weighting", "weights", "a1", "sources"),
            [],
            "weighting.weights.a1.sources[0]",
            ("page",),
        ),
        (("answers", "derived_gates", "works"), "no", "answers.derived_gates.works", ("no", "yes")),
        (("agency", "province"), None, "agency.province", ("Jawa Timur",)),
        (("instrument", "id"), "x" * 200, "instrument.id", ("xxx…", "rich")),
    ],
)
def test_what_differs_is_named(path, value, where, said) -> None:
    (difference,) = verified(rich(), path, value).differences
    assert difference.where == where
    check_fault(mi.Fault(code="", message=difference.message), "", None, where, *said)


def test_the_two_values_are_kept_as_they_are() -> None:
    (difference,) = verified(rich(), ("result", "exact"), False).differences
    assert (difference.recorded, difference.computed) == (False, True)
    (difference,) = verified(rich(), ("result", "band"), None).differences
    assert (difference.recorded, difference.computed) == (None, "high")
    assert hash(difference) == hash(attrs.evolve(difference))


def test_what_one_side_has_more_of_differs() -> None:
    content = data_of(rich())
    del content["result"]["dimensions"]["second"]
    content["result"]["derived"]["share2"] = "1"
    content["weighting"]["weights"]["a3"] = content["weighting"]["weights"].pop("a1")
    found = mi.verify(sealed(content), rich().instrument)
    wheres = {difference.where: difference for difference in found.differences}
    assert "weighting.weights.a3.sources[0]" in wheres
    assert {where.rpartition(".")[0] for where in wheres} == {
        "result.dimensions.second",
        "result.derived",
        "weighting.weights.a1",
        "weighting.weights.a3",
    }
    assert wheres["result.dimensions.second.points"].recorded is None
    assert wheres["result.derived.share2"].computed is None


def test_other_answers_make_another_result() -> None:
    found = verified(rich(), ("answers", "levels", "a2"), 4)
    wheres = [difference.where for difference in found.differences]
    assert wheres == ["result.total", "result.dimensions.first.points", "result.derived.share"]


def test_answers_that_make_no_difference_are_told_by_the_checksum_alone() -> None:
    path = ("answers", "evidence", "a2")
    assert verified(rich(), path, "surat lain")
    (difference,) = verified(rich(), path, "surat lain", seal=False).differences
    assert difference.where == "checksum"
    assert difference.message.id == "rekaman diubah sesudah dibuat: checksum-nya tidak cocok"
    assert difference.recorded == data_of(rich())["checksum"] != difference.computed


# What is not exact


@pytest.mark.parametrize(
    "path",
    [("result", "total"), ("result", "dimensions", "d", "points"), ("result", "derived", "half")],
)
def test_what_is_not_exact_may_differ_in_the_last_places(path: tuple[str, ...]) -> None:
    card = geometric()
    assert not card.exact
    value = Fraction(at(data_of(card), path))
    for share, near in (("1e-13", True), ("-9e-13", True), ("2e-12", False), ("-1e-6", False)):
        found = verified(card, path, str(value * (1 + Fraction(share))))
        assert bool(found) is near
        assert [difference.where for difference in found.differences] == (
            [] if near else [".".join(path)]
        )
    assert not verified(card, path, None if path[-1] != "half" else "0")


def test_what_is_exact_may_not() -> None:
    near = str(Fraction(4) * (1 + Fraction("1e-15")))
    (difference,) = verified(geometric(), ("result", "dimensions", "e", "points"), near).differences
    assert difference.where == "result.dimensions.e.points"
    (difference,) = verified(rich(), ("result", "derived", "share"), "480/2000").differences
    assert difference.where == "result.derived.share"
    near = str(rich().total * (1 + Fraction("1e-15")))
    assert not verified(rich(), ("result", "total"), near)
    # Saying that it is not exact does not help.
    content = changed(data_of(rich()), ("result", "total"), near)
    found = mi.verify(sealed(changed(content, ("result", "exact"), False)), rich().instrument)
    assert len(found.differences) == 2


# Remarks


def test_another_version_is_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "__version__", "0.0.9")
    kept = mi.record(mi.score(COURT))
    monkeypatch.undo()
    found = mi.verify(kept)
    assert found
    assert found.canonical
    (remark,) = found.remarks
    for language in LANGUAGES:
        assert "meritindex 0.0.9" in remark.in_language(language)
        assert f"meritindex {mi.__version__}" in remark.in_language(language)
        assert remark.in_language(language) in " ".join(found.to_text(language).split())


def test_another_form_is_no_difference_but_said() -> None:
    found = mi.verify(json.dumps(json.loads(mi.record(mi.score(COURT))), indent=1))
    assert found
    assert not found.canonical
    (remark,) = found.remarks
    assert "bentuk baku" in remark.id
    assert "canonical" in remark.en


# The instrument


def test_an_instrument_that_the_catalog_does_not_have() -> None:
    fault = only_fault(mi.UnknownNameError, lambda: mi.verify(mi.record(rich())))
    check_fault(fault, "record-instrument-unknown", None, '"rich"', rich().instrument.fingerprint)
    assert fault.place == mi.Text.same("instrument")
    other = attrs.evolve(mi.instrument("ism-2019"), family="other")
    kept = mi.record(mi.score(attrs.evolve(COURT, instrument=other)))
    fault = only_fault(mi.UnknownNameError, lambda: mi.verify(kept))
    check_fault(fault, "record-instrument-unknown", None, '"ism-2019"', other.fingerprint)
    assert "dalam katalog bukan" in fault.message.id
    assert mi.verify(kept, other)


def test_another_instrument_is_a_difference() -> None:
    other = attrs.evolve(PLAIN, id="later")
    one = mi.Assessment(agency="KPK", instrument=PLAIN, levels={"i1": 3, "i2": 4})
    found = mi.verify(mi.record(mi.score(one)), other)
    assert found.card.instrument is other
    first, second = found.differences
    assert (first.where, second.where) == ("instrument.id", "instrument.fingerprint")
    assert (second.recorded, second.computed) == (PLAIN.fingerprint, other.fingerprint)
    assert "sidik jarinya berbeda" in second.message.id
    assert "fingerprint is another" in second.message.en
    # One that has no such indicators refuses the answers, each by its path.
    small = instrument(indicator("i1"))
    faults = faults_of(mi.RecordError, lambda: mi.verify(mi.record(mi.score(one)), small))
    assert [str(fault.place) for fault in faults] == ["answers.levels.i2"]


# What is refused


@pytest.mark.parametrize(
    ("path", "value", "code", "place"),
    [
        (("answers", "levels", "a1"), 9, "level-not-allowed", "answers.levels.a1"),
        (("answers", "gates", "size"), "huge", "option-not-allowed", "answers.gates.size"),
        (("answers", "measures", "survey"), "7", "number-out-of-range", "answers.measures.survey"),
        (("answers", "measures", "survey"), "1/3", "number-too-fine", "answers.measures.survey"),
        (("answers", "points", "second"), "101", "number-out-of-range", "answers.points.second"),
        (("answers", "states"), {"b9": "claimed"}, "column-unknown", "answers.states.b9"),
        (("answers", "evidence", "a2"), "\x00", "text-not-allowed", "answers.evidence.a2"),
        (("agency", "name"), "Kota Mars", "agency-code-contradicts", "agency"),
        (("agency", "code"), "35.78", None, "agency"),
        (("agency", "kind"), "province", None, "agency"),
        (("year",), 2021, "year-contradicts-date", "year"),
        (("date",), "2020-02-30", "record-date", "date"),
        (("date",), "1/2/2020", "record-date", "date"),
        (("weighting", "given"), None, "record-weights", "weighting.given"),
        (("weighting", "kind"), "stated", "record-weights", "weighting.given"),
        (("weighting", "given", "weights", 0, "value"), "61", None, "weighting"),
    ],
)
def test_what_no_instrument_allows_is_refused_by_its_path(path, value, code, place) -> None:
    faults = faults_of(mi.RecordError, lambda: verified(rich(), path, value))
    assert {str(fault.place) for fault in faults} == {place}
    if code is not None:
        assert {fault.code for fault in faults} == {code}
    for fault in faults:
        assert fault.message.id != fault.message.en


def test_faults_of_the_form_come_before_all_others() -> None:
    faults = faults_of(
        mi.RecordError,
        lambda: mi.verify(json.dumps({**data_of(rich()), "stage": "x", "year": "x"})),
    )
    assert {str(fault.place) for fault in faults} == {"stage", "year"}


# How it is shown


def shown(found: mi.Verification) -> dict[str, str]:
    return {language: " ".join(found.to_text(language).split()) for language in LANGUAGES}


def test_a_record_that_holds_is_shown() -> None:
    found = mi.verify(mi.record(mi.score(COURT)))
    text = shown(found)
    for part in (
        "Rekaman Mahkamah Konstitusi, 2021, tahap tidak dinyatakan",
        "Rekaman ini sesuai",
        "dihitung ulang: Nilai sistem merit 327 (Sangat Baik)",
        "bukan kebenaran jawabannya",
    ):
        assert part in text["id"]
    for part in (
        "Record of Mahkamah Konstitusi, 2021, stage not stated",
        "This record holds",
        "computed anew: Merit system points 327 (Sangat Baik)",
        "not whether the answers are true",
    ):
        assert part in text["en"]
    assert repr(found) == "<Verification of a record of Mahkamah Konstitusi: holds>"
    assert found._repr_html_() == found.to_html()
    assert "<h2>" in found.to_html("en")
    assert all(places(line) <= 50 for line in found.to_text("en", 50).splitlines())


def test_a_record_that_differs_is_shown() -> None:
    found = verified(mi.score(COURT), ("result", "total"), "326")
    text = shown(found)
    assert "TIDAK sesuai; perbedaannya: 1." in text["id"]
    assert "result.total: tercatat 326, dihitung ulang 327" in text["id"]
    assert "does NOT hold; differences: 1." in text["en"]
    assert "result.total: recorded 326, computed anew 327" in text["en"]
    assert repr(found) == "<Verification of a record of Mahkamah Konstitusi: 1 differences>"


def test_what_is_unknown_or_made_up_is_shown() -> None:
    unknown = mi.score(mi.Assessment(agency="KPK", instrument="ism-2026"))
    assert "computed anew" not in shown(mi.verify(mi.record(unknown)))["en"].partition("Index")[2]
    made_up = shown(mi.verify(mi.record(mi.score(mi.sample())[0])))
    assert "DATA SINTETIS" in made_up["id"]
    assert "SYNTHETIC DATA" in made_up["en"]
    plain = mi.score(mi.Assessment(agency="KPK", instrument=PLAIN, levels={"i1": 1, "i2": 0}))
    text = shown(mi.verify(mi.record(plain), PLAIN))["en"]
    assert "computed anew: dimension total_points 1 " in text
