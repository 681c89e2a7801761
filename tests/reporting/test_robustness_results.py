from __future__ import annotations

import csv
import io
import json
from fractions import Fraction

import numpy as np
import pytest

import meritindex as mi
from meritindex.analysis.simulating import Around, Robustness, robustness
from meritindex.reporting.robustness_results import robustness_csv, robustness_json


@pytest.fixture(scope="module")
def sample() -> Robustness:
    return robustness(mi.sample(), draws=300, seed=2)


def test_json_says_what_was_simulated_and_found(sample: Robustness) -> None:
    data = json.loads(json.dumps(robustness_json(sample)))
    assert data["instrument"] == "ism-2026"
    assert data["weighting"]["name"] == "admissible"
    assert data["open_weights"]["maturity"]["a2"] == {"from": "0", "to": "80"}
    assert data["policy"]["claimed"] == "at-most"
    assert (data["draws"], data["seed"]) == (300, 2)
    assert data["methods"] == {"maturity": "spacings"}
    assert data["assessments_with_drawn_answers"] == 27
    assert data["sampling_error"] == "0.028868"
    assert data["standing"] == "assumed"
    assert data["reasons"]
    assert data["synthetic"] is True
    assert data["left_out"] == []
    assert len(data["scores"]) == 546
    for row, score in enumerate(data["scores"]):
        card = sample[row]
        assert score["agency"] == card.agency.name
        assert score["code"] == card.agency.code
        assert score["synthetic"] is True
        assert {name: Fraction(share["exact"]) for name, share in score["bands"].items()} == dict(
            card.bands
        )
        if card.mean_rank is None:
            assert score["mean_rank"] is None
            assert score["rank_percentiles"] == {"5": None, "50": None, "95": None}
        else:
            assert Fraction(score["mean_rank"]["exact"]) == card.mean_rank
            assert Fraction(score["rank_percentiles"]["95"]["exact"]) == card.percentile(95)
        assert (score["best_rank"], score["worst_rank"]) == (card.best_rank, card.worst_rank)
        assert score["standing"] == "assumed"


def test_json_of_some_rows_keeps_their_ranks(sample: Robustness) -> None:
    all_rows = robustness_json(sample)["scores"]
    some = robustness_json(sample, [3, 7])["scores"]
    assert some == [all_rows[3], all_rows[7]]


def test_json_names_what_draws_lie_around() -> None:
    around = Around(mi.EqualRemainder(), "7,5", mi.Admissible({"a2": (10, 20)}))
    generator = np.random.Generator(np.random.PCG64(0))
    found = robustness(mi.sample(), around, draws=5, seed=generator)
    data = robustness_json(found, [0])
    assert data["seed"] is None
    assert data["weighting"]["name"] == "around"
    assert data["weighting"]["weighting"] == {"name": "equal-remainder"}
    assert data["weighting"]["concentration"] == "15/2"
    assert data["weighting"]["within"]["weights"] == {"a2": {"from": "10", "to": "20"}}
    assert data["methods"] == {"maturity": "dirichlet"}


def test_csv_has_a_column_for_each_band(sample: Robustness) -> None:
    rows = list(csv.DictReader(io.StringIO(robustness_csv(sample))))
    assert len(rows) == 546
    for row, card in zip(rows, sample, strict=True):
        assert row["agency"] == card.agency.name
        shares = [Fraction(row[f"share: {name}"]) for name in sample.bands]
        assert abs(sum(shares) - 1) < Fraction(1, 10**5)
        mean = row["mean_rank"]
        assert (mean == "") == (card.mean_rank is None)
        if mean:
            assert abs(Fraction(mean) - card.mean_rank) < Fraction(1, 10**6)
            assert int(row["best_rank"]) <= float(row["rank_p50"]) <= int(row["worst_rank"])
        assert (row["draws"], row["seed"]) == ("300", "2")
        assert (row["instrument"], row["weighting"]) == ("ism-2026", "admissible")
        assert (row["synthetic"], row["standing"]) == ("yes", "assumed")
    few = list(csv.DictReader(io.StringIO(robustness_csv(sample, [5]))))
    assert few == [rows[5]]


def test_csv_of_a_generator_names_no_seed() -> None:
    generator = np.random.Generator(np.random.PCG64(0))
    found = robustness(mi.sample(), mi.EqualRemainder(), draws=2, seed=generator)
    (row,) = csv.DictReader(io.StringIO(robustness_csv(found, [0])))
    assert row["seed"] == ""
    assert row["weighting"] == "equal-remainder"
