"""What the tests of reports share: the scores of the sample, computed once."""

from __future__ import annotations

import pytest

import meritindex as mi


@pytest.fixture(scope="package")
def sampled() -> mi.ScoreTable:
    """Return the scores of the synthetic sample."""
    return mi.score(mi.sample())
