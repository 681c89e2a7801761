from __future__ import annotations

import hashlib
import json
import pickle
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import meritindex as mi
from builders import OFFICIAL, dimension, indicator, instrument, measure
from meritindex.analysis.records import canonical_bytes, checksum
from record_examples import AGENCIES, cards, data_of, geometric, rich


def test_no_weights_where_nobody_stated_any() -> None:
    least = dimension("least", indicator("a", None), rule=mi.Minimum(basis=OFFICIAL))
    middle = dimension("middle", indicator("b", None), rule=mi.Median(basis=OFFICIAL))
    rules = instrument(least, middle, measure("m"))
    card = mi.score(mi.Assessment(agency="KPK", instrument=rules, levels={"a": 1, "b": 2}))
    assert sorted(data_of(card)["weighting"]["weights"]) == ["least", "m", "middle"]
    assert mi.verify(mi.record(card), rules)


def test_a_record_holds_everything() -> None:
    card = rich()
    assert data_of(card) == {
        "format": 1,
        "library": {"name": "meritindex", "version": mi.__version__},
        "instrument": {"id": "rich", "fingerprint": card.instrument.fingerprint},
        "weighting": {
            "kind": "given",
            "given": {
                "weights": [{"code": "a1", "value": "60"}, {"code": "a2", "value": "40"}],
                "source": "page",
                "standing": None,
            },
            "weights": {
                "first": {"value": "1", "standing": "assumed", "sources": []},
                "a1": {"value": "60", "standing": "reported", "sources": ["page"]},
                "a2": {"value": "40", "standing": "reported", "sources": ["page"]},
                "second": {"value": "2", "standing": "official", "sources": ["law"]},
                "survey": {"value": "3", "standing": "assumed", "sources": []},
            },
        },
        "missing": None,
        "agency": {
            "name": "Kota Malang",
            "code": "35.73",
            "kind": "city",
            "province": "Jawa Timur",
        },
        "year": 2020,
        "date": "2020-05-01",
        "stage": "verified",
        "synthetic": False,
        "answers": {
            "levels": {"a1": 2, "a2": 3},
            "gates": {"size": "big"},
            "derived_gates": {"works": "yes"},
            "measures": {"survey": "1/2", "correction": "1/4"},
            "points": {"second": "10"},
            "standing": "reported",
            "standings": {"a1": "draft"},
            "states": {"a1": "evidenced"},
            "evidence": {"a2": "surat №7"},
        },
        "result": {
            "total": "479/20",
            "exact": True,
            "band": "high",
            "band_standing": "assumed",
            "standing": "assumed",
            "dimensions": {
                "first": {
                    "points": "27/10",
                    "exact": True,
                    "band": None,
                    "status": "computed",
                    "standing": "assumed",
                },
                "second": {
                    "points": "10",
                    "exact": True,
                    "band": None,
                    "status": "entered",
                    "standing": "assumed",
                },
            },
            "derived": {"share": "479/2000"},
            "missing": [],
        },
        "checksum": data_of(card)["checksum"],
    }


def test_what_is_not_known_or_not_stated_is_null() -> None:
    data = data_of(
        mi.score(mi.Assessment(agency="KPK", instrument="ism-2026"), mi.EqualRemainder())
    )
    assert data["weighting"]["given"] is None
    assert (data["year"], data["date"], data["stage"]) == (None, None, None)
    assert data["agency"]["code"] is None
    result = data["result"]
    assert (result["total"], result["band"], result["band_standing"]) == (None, None, None)
    assert "satisfaction" in result["missing"]
    chosen = mi.score(mi.Assessment(agency="KPK", instrument="ism-2026"), missing="zero")
    assert data_of(chosen)["missing"] == "zero"
    assert data_of(mi.score(mi.sample())[0])["synthetic"] is True


def test_what_is_not_exact_says_so() -> None:
    result = data_of(geometric())["result"]
    assert result["exact"] is False
    assert {code: found["exact"] for code, found in result["dimensions"].items()} == {
        "d": False,
        "e": True,
    }


def test_a_record_is_one_canonical_text() -> None:
    found = mi.record(rich())
    data = json.loads(found)
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert found == f"{text}\n".encode()
    assert "№".encode() in found
    del data["checksum"]
    assert checksum(data) == hashlib.sha256(canonical_bytes(data)).hexdigest()
    assert json.loads(found)["checksum"] == checksum(data)


def test_the_bytes_of_a_record_do_not_change() -> None:
    # Who changes these bytes makes every record that has been kept one of another format.
    court = mi.Assessment(
        agency="Mahkamah Konstitusi", instrument=PLAIN, year=2021, levels={"i1": 3}
    )
    data = data_of(mi.score(court))
    data["library"]["version"] = "0.1.0"
    data["instrument"]["fingerprint"] = ""  # that of definitions has its own test
    assert checksum(data) == "c740105aae40da6f4ff0561ec97173e0eb0c054a4118efd339c35b1b0ea68d1f"


def test_what_utf_8_can_not_hold_is_escaped() -> None:
    odd = mi.Given({"i1": 1}, source="\ud800\\ud800")
    made = mi.Assessment(agency="KPK", instrument=PLAIN, levels={"i1": 3})
    found = mi.record(mi.score(made, odd))
    assert json.loads(found)["weighting"]["given"]["source"] == "\ud800\\ud800"
    assert mi.verify(found, PLAIN)
    assert mi.verify(found, PLAIN).canonical


PLAIN = instrument(indicator("i1"))
few = settings(max_examples=25)


@few
@given(cards())
def test_equal_results_have_equal_records(card: mi.ScoreCard) -> None:
    found = mi.record(card)
    again = mi.score(attrs.evolve(card.assessment), card.weighting, missing=card.plan.missing)
    assert again == card
    assert mi.record(again) == found
    assert mi.record(pickle.loads(pickle.dumps(card))) == found
    others = [attrs.evolve(card.assessment, agency=name) for name in AGENCIES]
    others = [one for one in others if one.agency != card.agency]
    table = mi.score([*others, card.assessment], card.weighting, missing=card.plan.missing)
    assert mi.record(table[len(others)]) == found


@few
@given(st.data())
def test_different_results_have_different_records(data: st.DataObject) -> None:
    first = data.draw(cards())
    second = data.draw(cards(first.instrument) if data.draw(st.booleans()) else cards())
    assert (mi.record(first) == mi.record(second)) is (first == second)


@pytest.mark.parametrize(
    "change",
    [
        {"year": 2021, "date": None},
        {"stage": None},
        {"synthetic": True},
        {"standing": None},
        {"standings": {}},
        {"states": {"a1": "claimed"}},
        {"evidence": {}},
        {"agency": "Kota Batu"},
        {"gates": {"size": "small"}},
        {"levels": {"a1": 1, "a2": 3}},
        {"measures": {"survey": "0.51", "correction": "0.25"}},
        {"points": {"second": Fraction(9)}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_part_of_an_assessment_is_in_its_record(change: dict[str, object]) -> None:
    one = rich().assessment
    assert mi.record(mi.score(attrs.evolve(one, **change))) != mi.record(rich())


def test_the_weighting_and_the_policy_are_in_the_record() -> None:
    one = mi.Assessment(agency="KPK", instrument=PLAIN, levels={"i1": 3})
    found = {
        mi.record(mi.score(one, weighting, missing=missing))
        for weighting, missing in (
            (mi.Stated(), None),
            (mi.EqualRemainder(), None),
            (mi.Given({}), None),
            (mi.Given({"i1": 1}), None),
            (mi.Given({"i1": 1}, source="surat"), None),
            (mi.Given({"i1": 1}, source="surat", standing="draft"), None),
            (mi.Stated(), "zero"),
            (mi.Stated(), "lowest"),
        )
    }
    assert len(found) == 8
