"""The laws of boards, each a property over random instruments, agencies and groups.

What a board says is compared by `==` with an oracle that takes totals and points as plain numbers.
"""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import board_oracle as oracle
import meritindex as mi
from board_cases import Case, cases
from meeting import law, meet_in_law
from meritindex.analysis.boards import Board, BoardGroup, Peers, board, peers
from meritindex.assessment import NOT_APPLICABLE
from meritindex.definition import Dimension
from meritindex.language import LANGUAGES
from meritindex.layout.wrapping import places

# A failing example is printed, however large it is.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")


def whole_and_groups(case: Case) -> tuple[Board, list[BoardGroup]]:
    """Return a board, and every group that it has; the whole is the first."""
    found = board(case.table, case.by, before=case.earlier)
    others = [] if found.ungrouped is None else [found.ungrouped]
    return found, [found.whole, *found.groups, *others]


def taken(values: object, group: BoardGroup) -> list[object]:
    """Return the values of the rows of a group."""
    every = list(values)
    return [every[row] for row in group.rows]


# 1. The board of one group is the whole


@law(60)
@given(cases())
def test_law_1_the_board_of_one_group_equals_the_whole(case: Case) -> None:
    whole = board(case.table, before=case.earlier).whole
    for by in (None, lambda agency: "satu", {agency.name: "x" for agency in case.agencies}):
        (group,) = board(case.table, by, before=case.earlier)
        assert group == whole
        assert group.mean == whole.mean
        assert group.ranks_inside == group.ranks_outside == case.table.ranks
        assert dict(group.bands) == dict(whole.bands)
        assert group.gaps == whole.gaps
        assert group.most_improved == whole.most_improved
    assert board(case.table, before=case.earlier) == board(case.table, None, before=case.earlier)


# 2. Groups part the whole


def check_parts(case: Case) -> Iterator[str]:
    found, (whole, *groups) = whole_and_groups(case)
    assert sorted(row for group in groups for row in group.rows) == list(whole.rows)
    assert sum(group.count for group in groups) == whole.count == len(case.table)
    assert sum(group.known for group in groups) == whole.known
    counts = Counter(dict.fromkeys(whole.bands, 0))
    for group in groups:
        counts.update(group.bands)
    assert dict(counts) == dict(whole.bands)
    assert sum(group.without_band for group in groups) == whole.without_band
    for group in found:
        assert taken(case.groups, group) == [group.name] * group.count
        assert [case.groups[row] for row in group.rows] == [group.name] * len(group)
        for row in group.rows:
            assert found.group_of(row) is group
    if found.ungrouped is not None:
        yield "no group"
        assert taken(case.groups, found.ungrouped) == [None] * found.ungrouped.count
        assert found.group_of(found.ungrouped.rows[0]) is found.ungrouped
    yield "several groups" if len(found) > 1 else "few groups"
    means = [group.mean for group in found]
    for one, other in pairwise(means):
        assert other is None or (one is not None and one >= other)
    if None in means and len(means) > 1:
        yield "a group without totals"


def test_law_2_groups_part_the_whole() -> None:
    ways = ("no group", "several groups", "a group without totals")
    meet_in_law(check_parts, (80, cases()), wanted=ways)


# 3. What is said of a group is what an oracle finds


def check_group(case: Case) -> Iterator[str]:
    found, groups = whole_and_groups(case)
    names = [band.name.id for band in case.instrument.root.bands or ()]
    then = dict(zip(case.earlier.agencies, case.earlier.totals, strict=True))
    before = [then.get(agency) for agency in case.agencies]
    assert found.only_before == (mi.Agency(name="lembaga yang bubar"),)
    overall = oracle.ranks(list(case.table.totals))
    for group in groups:
        totals = taken(case.table.totals, group)
        numbers = oracle.known(totals)
        assert group.known == len(numbers)
        assert group.mean == oracle.mean(totals)
        assert group.quartiles == oracle.quartiles(totals)
        assert group.median == (None if not numbers else oracle.quartiles(totals)[1])
        assert group.highest == max(numbers, default=None)
        assert group.lowest == min(numbers, default=None)
        assert list(group.ranks_inside) == oracle.ranks(totals)
        assert list(group.ranks_outside) == [overall[row] for row in group.rows]
        leaders = oracle.leaders(totals)
        assert [group.agencies[place] for place in leaders] == list(group.leaders)
        unknown = [place for place, total in enumerate(totals) if total is None]
        assert [group.agencies[place] for place in unknown] == list(group.without_total)
        yield f"{min(len(leaders), 2)} leading"
        yield f"{min(len(numbers), 2)} known"
        if None in totals:
            yield "unknown total"
        if group.quartiles is not None and not set(group.quartiles) <= set(numbers):
            yield "quartile between"
        bands = taken(case.table.bands, group)
        for name in names:
            assert group.bands[name] == bands.count(name)
            share = oracle.share_at_least(bands, names, name)
            assert group.share_at_least(name) == share
            assert group.share_at_least(f" {name.upper()}") == share
        shares = [group.share_at_least(name) for name in names]
        if shares and shares[0] is not None:
            yield "bands"
            assert shares[0] == 1
            assert all(one >= other for one, other in pairwise(shares))
        then_and_now = taken(before, group), totals
        improved = oracle.most_improved(*then_and_now)
        assert [rise.agency for rise in group.most_improved] == [
            group.agencies[place] for place in improved
        ]
        assert [rise and rise.points for rise in group.rises] == [
            oracle.lacking(*pair) for pair in zip(*then_and_now, strict=True)
        ]
        yield f"{min(len(improved), 2)} improved"
    yield "exact" if found.exact else "not exact"


def test_law_3_what_is_said_of_a_group() -> None:
    ways = ["unknown total", "quartile between", "bands", "exact", "not exact"]
    ways += [
        f"{number} {what}" for number in (0, 1, 2) for what in ("leading", "known", "improved")
    ]
    meet_in_law(check_group, (100, cases()), wanted=ways)


# 4. Gaps


def check_gaps(case: Case) -> Iterator[str]:
    _, groups = whole_and_groups(case)
    for group in groups:
        totals = taken(case.table.totals, group)
        leaders = oracle.leaders(totals)
        for place, gaps in enumerate(group.gaps):
            assert gaps.agency == group.agencies[place]
            assert gaps.row == group.rows[place]
            assert gaps.total == oracle.lacking(totals[place], oracle.best(totals))
            assert [gap.code for gap in gaps.dimensions] == list(case.table.dimensions)
        for best, (code, column) in zip(group.bests, case.table.dimensions.items(), strict=True):
            points = taken(column, group)
            highest = oracle.best(points)
            leader = oracle.best([points[place] for place in leaders])
            assert (best.code, best.points, best.of_leader) == (code, highest, leader)
            at_best = [
                agency
                for agency, value in zip(group.agencies, points, strict=True)
                if value is not None and value == highest
            ]
            assert list(best.agencies) == at_best
            yield f"{min(len(at_best), 2)} best"
            for own, gaps in zip(points, group.gaps, strict=True):
                gap = gaps[code]
                assert gap.points == own
                assert gap.to_best == oracle.lacking(own, highest)
                assert gap.to_leader == oracle.lacking(own, leader)
                assert gap.to_best is None or gap.to_best >= 0
                if gap.to_leader is not None and gap.to_leader < 0:
                    yield "ahead of the leader"
                if gap.to_leader is None and own is not None:
                    yield "the leader's points unknown"


def test_law_4_gaps_are_to_the_best_and_to_the_leader() -> None:
    ways = ["ahead of the leader", "the leader's points unknown"]
    meet_in_law(check_gaps, (80, cases()), wanted=[*ways, "0 best", "1 best", "2 best"])


# 5. Peers


def profile_of(case: Case, row: int) -> list[Fraction | None]:
    """Return the points of an agency in the dimensions that combine no others."""
    return [
        case.table.scores.columns[dimension.code][row]
        for dimension in case.instrument.dimensions
        if not any(isinstance(child, Dimension) for child in dimension.children)
    ]


def lengths_of(case: Case) -> list[Fraction]:
    ranges = case.table.plan.ranges
    return [
        ranges[dimension.code][1] - ranges[dimension.code][0]
        for dimension in case.instrument.dimensions
        if not any(isinstance(child, Dimension) for child in dimension.children)
    ]


def distances_of(case: Case, row: int) -> dict[int, Fraction]:
    """Return how far every other agency is from one; nothing of what is not known."""
    profiles = [profile_of(case, place) for place in range(len(case.agencies))]
    if None in profiles[row]:
        return {}
    return {
        place: oracle.distance(profiles[row], profile, lengths_of(case))
        for place, profile in enumerate(profiles)
        if place != row and None not in profile
    }


def levels_of(case: Case) -> list[list[int | None]]:
    """Return the level of every agency in every indicator; None where it has none."""
    return [
        [None if level >= NOT_APPLICABLE else level for level in row]
        for row in case.table.assessments.levels.tolist()
    ]


def check_nearest(case: Case, found: Peers, every: dict[int, Fraction]) -> Iterator[str]:
    """Check who the peers are, given how far all others are."""
    totals, row, kind = list(case.table.totals), found.row, found.agency.kind
    alike = [
        place
        for place, other in enumerate(case.agencies)
        if place != row and (not found.same_kind or other.kind is kind)
    ]
    distances = {place: apart for place, apart in every.items() if place in alike}
    ahead = {
        place: apart
        for place, apart in distances.items()
        if (oracle.lacking(totals[row], totals[place]) or 0) > 0
    }
    near, better = oracle.nearest(distances, found.count), oracle.nearest(ahead, found.count)
    assert [peer.row for peer in found.nearest] == near
    assert [peer.distance for peer in found.nearest] == [every[place] for place in near]
    assert [peer.row for peer in found.next_better] == better
    if len(near) > found.count:
        yield "a tie at the last place"
    lacking = [place for place in alike if None in profile_of(case, place)]
    assert [each.agency for each in found.left_out] == [case.agencies[place] for place in lacking]
    if found.lacking:
        yield "own profile unknown"
        assert not found.nearest
    elif lacking:
        yield "left out"


def check_practices(case: Case, found: Peers) -> Iterator[str]:
    """Check what most of those that are ahead do."""
    levels, practised = levels_of(case), {}
    for place, code in enumerate(case.table.plan.indicators):
        theirs = [levels[peer.row][place] for peer in found.next_better]
        most = oracle.reached(levels[found.row][place], theirs)
        if most is not None:
            practised[code] = most
    assert {each.code: each.reached.value for each in found.what_they_do} == practised
    highers = [each.higher for each in found.what_they_do]
    assert highers == sorted(highers, reverse=True)
    assert all(2 * each > len(found.next_better) for each in highers)
    yield "practices" if practised else "no practices"


def check_peers(case: Case) -> Iterator[str]:
    for row, agency in enumerate(case.agencies):
        every = distances_of(case, row)
        for same_kind in (False, True)[: 1 if agency.kind is None else 2]:
            for count in (1, 3):
                found = peers(case.table, row, count, same_kind=same_kind)
                yield from check_nearest(case, found, every)
                yield from check_practices(case, found)
        for place, apart in every.items():
            back = distances_of(case, place)
            assert back[row] == apart
            assert all(apart <= every[via] + back[via] for via in every if via != place)
            if apart == 0:
                yield "the same profile"
    if not case.table.dimensions:
        yield "a flat instrument"


def test_law_5_peers_are_the_nearest() -> None:
    ways = ["a tie at the last place", "own profile unknown", "left out", "practices"]
    ways += ["the same profile", "a flat instrument"]
    meet_in_law(check_peers, (80, cases(most=6)), wanted=ways)


# 6. The order of the rows does not matter


@law(40)
@given(cases(), st.randoms(use_true_random=False))
def test_law_6_the_order_of_rows_does_not_matter(case: Case, random: object) -> None:
    order = list(range(len(case.table)))
    random.shuffle(order)
    turned = case.table.rows(np.array(order, dtype=np.intp))
    one, other = (board(table, case.by, before=case.earlier) for table in (case.table, turned))
    assert [group.name for group in one] == [group.name for group in other]
    for mine, theirs in zip((one.whole, *one), (other.whole, *other), strict=True):
        assert mine.mean == theirs.mean
        assert mine.quartiles == theirs.quartiles
        assert set(mine.leaders) == set(theirs.leaders)
        assert {rise.agency for rise in mine.most_improved} == {
            rise.agency for rise in theirs.most_improved
        }
        assert dict(mine.bands) == dict(theirs.bands)
        mine_ranks = dict(zip(mine.agencies, mine.ranks_inside, strict=True))
        assert mine_ranks == dict(zip(theirs.agencies, theirs.ranks_inside, strict=True))


# 7. Pages show what there is, and pickles bring it back


@law(40)
@given(cases())
def test_law_7_pages_fit_and_pickles_come_back(case: Case) -> None:
    found = board(case.table, case.by, before=case.earlier)
    entry = found.entry(0)
    near = found.peers(0, same_kind=False)
    for shown in (found, found.whole, entry, near):
        for language in LANGUAGES:
            text = shown.to_text(language)
            assert "SINTETIS" in text or "SYNTHETIC" in text
            assert all(places(line) <= 100 for line in text.splitlines())
            assert shown.to_html(language).count("<table>") == shown.to_html(language).count(
                "</table>"
            )
        assert shown._repr_html_() == shown.to_html()
    assert pickle.loads(pickle.dumps(found)) == found
    assert pickle.loads(pickle.dumps(found.whole)) == found.whole
    assert pickle.loads(pickle.dumps(near)) == near
    again = pickle.loads(pickle.dumps(entry))
    assert (again.group, again.row) == (entry.group, entry.row)
