"""What a typed caller writes passes a type checker: the examples below, checked and then run."""

import subprocess
import sys
from pathlib import Path

import pytest

CALLER = """
from fractions import Fraction

import numpy as np

import meritindex as mi

court = mi.Assessment(
    agency="Mahkamah Konstitusi",
    instrument="ism-2019",
    year=2021,
    points={"a1": "37.5", "a2": 38, "a3": Fraction(75)},
    standings={"a1": "reported"},
)
city = mi.Assessment(
    agency="Kota Malang",
    instrument=mi.instrument("ism-2026"),
    levels={"a1q1": 3},
    gates={"a6q3_gate": "ya"},
    measures={"satisfaction": 0.5},
)
card: mi.ScoreCard = mi.score(city)
total: Fraction | None = card.total
weights = mi.Given({f"a{place}": "40/3" for place in range(2, 8)}, source="memo")
table: mi.ScoreTable = mi.score([city], weights, missing="zero")
cards: list[mi.ScoreCard] = list(table)
plan = mi.plan("ism-2026")
levels = np.full((2, len(plan.indicators)), mi.NOT_ANSWERED, dtype=np.uint8)
levels[:, plan.indicators.index("a4q1_kabkota")] = mi.NOT_APPLICABLE
scores = plan.score_levels(levels, {"satisfaction": np.array([0.5, 0.25])})
points: mi.ExactColumn = scores.dimensions["a1"]
"""


def test_a_typed_caller(tmp_path: Path) -> None:
    pytest.importorskip("mypy", reason="types are checked with mypy")
    caller = tmp_path / "caller.py"
    caller.write_text(CALLER)
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), str(caller)]
    checked = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    exec(compile(caller.read_text(), str(caller), "exec"), {})
