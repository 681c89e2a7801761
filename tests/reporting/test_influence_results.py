from __future__ import annotations

import json
from fractions import Fraction

import numpy as np
import pytest

import meritindex as mi
from builders import ASSUMED, MEAN, band, dimension, gate, indicator, instrument, limit, when
from influence_cases import answered, table_of
from meritindex.analysis.influencing import Influence, influence
from meritindex.reporting.influence_results import (
    band_changes_json,
    influence_json,
    sobol_json,
    swap_json,
    verify_first_json,
    weight_change_json,
)
from meritindex.reporting.results import json_text

BANDS = mi.Bands(items=(band("low"), band("high", limit(2))))
ROOT = dimension(
    "total_points",
    dimension(
        "d",
        indicator("i1"),
        indicator("i2"),
        rule=mi.GeometricMean(basis=ASSUMED, floor=1),
    ),
    indicator("i3", 3),
    rule=MEAN,
    bands=BANDS,
)
ROWS = {
    "A": {"i1": 4, "i2": 4, "i3": 1},
    "B": {"i1": 1, "i2": 4, "i3": 2},
    "C": {"i1": 1, "i2": 0, "i3": 4},
}


def some() -> Influence:
    return influence(mi.sample().rows(np.arange(60)))


def read(data: object) -> object:
    """Return data as another program reads them."""
    return json.loads(json_text(data))


def test_the_influence_as_data() -> None:
    found = some()
    data = read(influence_json(found))
    assert data["instrument"] == "ism-2026"
    assert (data["weighting"], data["standing"]) == ("equal-remainder", "assumed")
    assert data["synthetic"] is True
    assert data["reasons"]
    assert data["agencies"] + len(data["without_total"]) == 60
    assert [each["code"] for each in data["elements"]] == [each.code for each in found.elements]
    top = [each for each in data["elements"] if each["parent"] == "index"]
    assert sum(Fraction(each["effective"]["exact"]) for each in top) == 1
    assert data["elements"][0]["nominal"] == {"exact": "3/4", "decimal": "0.75"}
    assert data["elements"][0]["reason"] is None
    assert [each["code"] for each in data["alpha"]][:3] == ["index", "maturity", "a1"]
    assert Fraction(data["alpha"][2]["value"]["exact"]) == found.alpha("a1").value
    assert data["alpha"][2]["items"] == ["a1q1", "a1q2", "a1q3"]
    removal = data["removals"][1]
    change = found.without("a1")
    assert removal["element"] == "a1"
    assert removal["before"]["exact"] == "10"
    assert removal["after"] == {"exact": "0", "decimal": "0"}
    assert removal["rank_changes"] == change.rank_changes
    assert removal["band_changes"] == change.band_changes
    assert Fraction(removal["mean_shift"]["exact"]) == change.mean_shift
    assert removal["largest_shift"] == change.largest_shift
    assert any(line.startswith("the weight of a7q1") for line in data["not_removable"])


def test_what_is_not_exact_is_a_double() -> None:
    found = influence(table_of((), ROWS, root=ROOT))
    data = read(influence_json(found))
    inner, first = data["elements"][:2]
    assert inner["effective"]["exact"] is None
    assert inner["effective"]["double"] == float(found["d"].effective)
    assert first["effective"] is None
    assert first["reason"].startswith("d is no weighted sum")
    alpha = data["alpha"][0]["value"]
    assert alpha["exact"] is None
    assert alpha["double"] == float(found.alpha().value)
    least = dimension(
        "total_points",
        indicator("i1", None),
        indicator("i2", None),
        indicator("i3", None),
        rule=mi.Minimum(basis=ASSUMED),
    )
    bare = read(influence_json(influence(table_of((), {**ROWS, "D": ROWS["A"]}, root=least))))
    assert bare["elements"][0]["nominal"] is None
    assert bare["alpha"][0]["reason"] is None
    assert bare["removals"] == []


def test_no_alpha_as_data() -> None:
    root = dimension("total_points", indicator("i1"), rule=MEAN)
    found = influence(table_of((), {"A": {"i1": 1}, "B": {"i1": 2}}, root=root))
    (alpha,) = read(influence_json(found))["alpha"]
    assert alpha["value"] is None
    assert alpha["reason"].startswith("fewer than two parts")


def test_a_change_as_data() -> None:
    found = some()
    change = found.without("a7")
    data = read(weight_change_json(change))
    assert data["element"] == "a7"
    assert data["weighting"] == "given"
    assert Fraction(data["weights"]["a7"]) == 0
    assert len(data["moves"]) == len(change.moves)
    move = change.moves[0]
    assert data["moves"][0] == {
        "agency": move.agency.name,
        "code": move.agency.code,
        "rank_before": move.rank_before,
        "rank_after": move.rank_after,
        "band_before": move.band_before,
        "band_after": move.band_after,
    }


def gated() -> Influence:
    children = (
        indicator("i1", 1),
        indicator("i2", 1),
        indicator("i3", 1, conditions=(when("works"),)),
    )
    root = dimension("total_points", *children, rule=MEAN, bands=BANDS)
    of = instrument(root=root, gates=(gate("works"),))
    return influence(
        [
            answered(of, "A", {"i1": 4, "i2": 0, "i3": 1}, gates={"works": "yes"}),
            answered(of, "B", {"i1": 1, "i2": 3}, gates={"works": "no"}),
            answered(of, "C", {"i1": 1, "i2": 1, "i3": 1}, gates={"works": "yes"}),
        ]
    )


def test_swaps_as_data() -> None:
    found = gated()
    data = read(swap_json(found.swap("i1", "A", "B")))
    assert data["agencies"] == ["A", "B"]
    assert (data["code"], data["always"], data["before_rounding"]) == ("i1", False, False)
    assert (data["weight"]["exact"], data["whole"]["exact"]) == ("1", "3")
    (crossing,) = data["crossings"]
    assert crossing["weight"]["exact"] is None
    assert Fraction(crossing["low"]) < Fraction(crossing["high"])
    assert (crossing["ahead_below"], crossing["ahead_above"]) == ("B", "A")
    (end,) = read(swap_json(found.swap("i1", "B", "C")))["crossings"]
    assert end["weight"] == {"exact": "3", "decimal": "3"}
    assert (end["ahead_below"], end["ahead_above"]) == ("B", None)


def test_band_changes_as_data() -> None:
    found = gated()
    changes = found.band_changes("i1", "A")
    data = read({"changes": band_changes_json(changes)})["changes"]
    assert [Fraction(each["weight"]["exact"]) for each in data] == [
        change.weight for change in changes
    ]
    assert (data[0]["below"], data[0]["above"]) == ("low", "high")
    assert data[0]["at"] == "high"


def test_what_to_verify_first_as_data() -> None:
    found = some().verify_first(draws=20, seed=2)
    data = read(verify_first_json(found))
    assert (data["draws"], data["seed"]) == (20, 2)
    assert data["policy"] == {
        "verified": "as-given",
        "evidenced": "as-given",
        "claimed": "at-most",
        "unstated": "as-given",
        "unanswered": "any",
    }
    (item,) = data["items"]
    assert item["code"] == "satisfaction"
    assert item["open_in"] == len(data["agencies"])
    assert Fraction(item["expected"]["exact"]) == found.items[0].expected
    first = data["agencies"][0]["items"][0]
    assert (first["low"], first["high"], first["state"]) == ("0", "1", None)
    assert first["answered"] is False


def test_states_and_gates_as_data() -> None:
    root = dimension(
        "total_points",
        indicator("i1"),
        indicator("i2", conditions=(when("works"),)),
        rule=MEAN,
        bands=BANDS,
    )
    of = instrument(root=root, gates=(gate("works"),))
    rows = [
        answered(of, "A", {"i1": 2}, states={"i1": "claimed"}),
        answered(of, "B", {"i1": 1}, gates={"works": "no"}),
        answered(of, "C", {"i1": 3}, gates={"works": "no"}),
    ]
    data = read(verify_first_json(influence(rows).verify_first(draws=20)))
    (agency,) = data["agencies"]
    items = {each["code"]: each for each in agency["items"]}
    assert items["i1"]["state"] == "claimed"
    assert (items["works"]["low"], items["works"]["high"]) == (None, None)


def test_sobol_indices_as_data() -> None:
    pytest.importorskip("SALib", reason="Sobol indices need SALib")
    found = some().sobol(mi.Admissible({"a2": (10, 20)}), of=0, samples=16, seed=3)
    data = read(sobol_json(found))
    assert (data["samples"], data["runs"], data["seed"]) == (16, 16 * 8, 3)
    assert (data["output"], data["agency"]) == ("rank", "Aceh")
    assert len(data["known"]) == 1
    assert [each["code"] for each in data["indices"]] == ["a2", "a3", "a4", "a5", "a6", "a7"]
    assert read(sobol_json(some().sobol(samples=4)))["agency"] is None
