"""What an improvement is to reach."""

from __future__ import annotations

import pickle

import pytest

import meritindex as mi
from improve_builders import BANDED, answered
from meritindex.analysis.improving import RankTarget


def test_a_place_in_a_group_is_a_value() -> None:
    group = mi.score([answered(BANDED, "B"), answered(BANDED, "C", 2, 2)])
    one = RankTarget(2, among=group)
    assert one == RankTarget(2, among=mi.score(group.assessments))
    assert one != RankTarget(1, among=group)
    assert pickle.loads(pickle.dumps(one)) == one
    with pytest.raises(TypeError):
        hash(one)


def test_a_target_is_a_value() -> None:
    target = mi.improve(answered(BANDED)).target
    again = pickle.loads(pickle.dumps(target))
    assert again == target
    assert hash(again) == hash(target)
