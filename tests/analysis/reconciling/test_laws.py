"""The laws of reconciliation, each a property over random claims and findings.

What a total becomes when some findings are taken over is compared with the oracle, which scores the
mixed answers anew.
"""

from __future__ import annotations

import pickle
from collections.abc import Collection, Iterator
from fractions import Fraction

import pytest
from hypothesis import strategies as st

import meritindex as mi
import oracle
from meeting import meet_in_law
from meritindex.analysis.reconciling import Reconciliation, reconcile, weighted_kappa
from reconcile_cases import Case, assessment, cases, compared, kappa, refusable_cases

# A failing example is printed, however large it is.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

ANSWERS = ("levels", "gates", "measures", "points")
TWO_CASES = (40, cases())


def given(one: mi.Assessment) -> list[dict[str, object]]:
    """Return the answers of an assessment."""
    return [dict(getattr(one, name)) for name in ANSWERS]


def agrees(found: Fraction | None, result: oracle.Result, code: str) -> bool:
    """Say whether a total is that of the oracle, as far as doubles can tell."""
    expected = result.points[code]
    if found is None or expected is None or result.exact[code]:
        return found == expected
    return found in result.spans[code]


def test_a_waterfall_sums_exactly_to_the_difference() -> None:
    def check(case: Case) -> Iterator[str]:
        for card in reconcile(case.claimed, case.verified):
            steps = card.waterfall
            if card.difference is None or card.is_empty:
                assert steps == ()
                yield "nothing" if card.is_empty else "unknown"
                continue
            assert sum((step.points for step in steps), Fraction(0)) == card.difference
            assert steps[-1].total == card.verified_card.total
            assert steps[-1].band == card.verified_card.band
            before = card.claimed_card.total
            for step in steps:
                assert step.total == before + step.points
                before = step.total
            assert [item for step in steps for item in step.items] == list(card.items)
            for step in steps:
                alone = [step.points] if len(step.items) == 1 else [None] * len(step.items)
                assert [item.points for item in step.items] == alone
            yield "steps"
            yield "exact" if card.exact else "not exact"
            if card.claimed_card.band != card.verified_card.band:
                yield "another band"

    wanted = {"nothing", "unknown", "steps", "exact", "not exact", "another band"}
    meet_in_law(check, TWO_CASES, wanted=wanted)


def test_reconciling_with_itself_is_empty() -> None:
    def check(case: Case) -> Iterator[str]:
        for side in (case.claimed, case.verified):
            table = reconcile(side, side)
            for card in table:
                assert card.is_empty
                assert card.items == card.waterfall == card.deciding == ()
                assert card.same_level_other_state == ()
                assert card.difference in {None, 0}
                assert card.kappa() in {None, 1}
                yield "a total" if card.difference == 0 else "none"
            assert not any(each.over_claimed or each.under_claimed for each in table.by_agency)
            assert table.moved == ()

    meet_in_law(check, TWO_CASES, wanted={"a total", "none"})


def test_taking_over_all_findings_gives_the_verified_answers() -> None:
    def check(case: Case) -> Iterator[str]:
        table = reconcile(case.claimed, case.verified)
        for card, verified in zip(table, case.verified, strict=True):
            accepted = card.accept()
            assert given(accepted) == given(verified)
            assert mi.score(accepted).total == card.verified_card.total
            assert given(card.accept(())) == given(card.claimed_card.assessment)
            yield "all"

    meet_in_law(check, TWO_CASES, wanted={"all"})


def ways_of(card: Reconciliation) -> Iterator[str]:
    """Yield what kinds of units there are."""
    for item in card.items:
        kinds = {type(answer.item).__name__ for answer in item.answers}
        codes = [answer.item for answer in item.answers]
        dimensions = [each for each in codes if isinstance(each, mi.Dimension) and each.children]
        if len(item.answers) == 1:
            yield f"alone: {kinds.pop()}"
        elif "Gate" in kinds:
            yield "gate and dimension" if dimensions else "gate with others"
        else:
            yield "dimension with others"
        if item.alone_changes_band:
            yield "accepted changes the band"
        if item.granting_changes_band:
            yield "granted changes the band"
        if item.total_if_accepted_alone is None and card.difference is not None:
            yield "unknown in between"


def check_mixtures(case: Case) -> Iterator[str]:
    """Check what every finding does by itself, and what all up to it do, against the oracle."""
    table = reconcile(case.claimed, case.verified)
    for row, card in enumerate(table):
        yield from ways_of(card)
        all_codes = [code for item in card.items for code in item.codes]
        assert len(all_codes) == len(set(all_codes))
        expected = {
            code
            for ours, theirs in zip(
                given(card.claimed_card.assessment),
                given(card.verified_card.assessment),
                strict=True,
            )
            for code in ours.keys() | theirs.keys()
            if ours.get(code) != theirs.get(code)
        }
        # Beside what was answered, an indicator that was not may apply on one side alone.
        assert expected <= set(all_codes)
        totals = {step.items[-1].code: step for step in card.waterfall}
        taken: list[str] = []
        for item in card.items:
            taken += item.codes
            checked = [
                (item.codes, item.total_if_accepted_alone, item.band_if_accepted_alone),
                (
                    [code for code in all_codes if code not in item.codes],
                    item.total_if_granted,
                    item.band_if_granted,
                ),
            ]
            if item.code in totals:
                step = totals[item.code]
                checked.append((list(taken), step.total, step.band))
            for codes, total, band in checked:
                yield from check_mixture(case, row, codes, total, band)
        yield "checked"


def check_mixture(
    case: Case, row: int, codes: Collection[str], total: Fraction | None, band: str | None
) -> Iterator[str]:
    mixed, root = case.mixed(row, codes), case.instrument.root.code
    # Somebody can give these answers: nothing in them contradicts anything else.
    assert assessment(case.instrument, mixed).instrument is case.instrument
    result = case.result(mixed)
    if result.refused:
        assert total is None
        assert band is None
        yield "refused"
    elif result.firm:
        assert agrees(total, result, root)
        assert band == result.band.get(root) or root in result.doubtful


def test_what_a_finding_does_is_what_scoring_the_mixture_anew_gives() -> None:
    wanted = {
        "alone: Indicator",
        "alone: Gate",
        "alone: Measure",
        "alone: Dimension",
        "gate with others",
        "dimension with others",
        "gate and dimension",
        "accepted changes the band",
        "granted changes the band",
    }
    meet_in_law(check_mixtures, (40, cases()), wanted=wanted)


def test_a_mixture_of_which_a_mean_can_t_be_taken_has_no_total() -> None:
    wanted = {"checked", "refused"}
    meet_in_law(check_mixtures, (60, refusable_cases()), wanted=wanted)


def test_one_of_many_is_the_same_alone() -> None:
    def check(case: Case) -> Iterator[str]:
        table = reconcile(case.claimed, case.verified)
        for card, claim, finding in zip(table, case.claimed, case.verified, strict=True):
            alone = reconcile(claim, finding)
            assert alone == card
            assert alone.items == card.items
            assert alone.waterfall == card.waterfall
            assert alone.same_level_other_state == card.same_level_other_state
            assert alone.standing is card.standing
        assert pickle.loads(pickle.dumps(table)) == table
        if len(table) > 1:
            yield "several"

    meet_in_law(check, (20, cases()), wanted={"several"})


def test_states_differ_only_where_levels_do_not() -> None:
    def check(case: Case) -> Iterator[str]:
        for card in reconcile(case.claimed, case.verified):
            sides = (card.claimed_card.assessment, card.verified_card.assessment)
            levels, states = zip(
                *((dict(side.levels), dict(side.states)) for side in sides), strict=True
            )
            expected = [
                (code, states[0].get(code), states[1].get(code))
                for code in (each.code for each in case.instrument.indicators)
                if code in levels[0]
                and levels[0][code] == levels[1].get(code)
                and states[0].get(code) != states[1].get(code)
            ]
            found = card.same_level_other_state
            assert [(each.code, each.claim_state, each.finding_state) for each in found] == expected
            assert all(each.level == levels[0][each.code] for each in found)
            if found:
                yield "another state"

    meet_in_law(check, TWO_CASES, wanted={"another state"})


# Statistics


def test_statistics_count_what_is_compared() -> None:
    def check(case: Case) -> Iterator[str]:
        table = reconcile(case.claimed, case.verified)
        rows = range(len(table))
        pairs = list(compared(case, rows))
        for item in table.items:
            apart = [finding - claim for code, claim, finding in pairs if code == item.code]
            assert item.compared == len(apart)
            assert item.over_claimed == sum(each < 0 for each in apart)
            assert item.under_claimed == sum(each > 0 for each in apart)
            mean = Fraction(sum(apart), len(apart)) if apart else None
            assert item.mean_difference == mean
            assert item.most == max([0, *(-each for each in apart)])
            by = [
                table.agencies[row]
                for row in rows
                if item.most
                and (item.code in case.claims[row].levels)
                and (item.code in case.findings[row].levels)
                and case.claims[row].levels[item.code] - case.findings[row].levels[item.code]
                == item.most
            ]
            assert [facts.agency for facts in item.most_by] == by
            one_sided = sum(
                (item.code in case.claims[row].levels) != (item.code in case.findings[row].levels)
                for row in rows
            )
            assert item.one_sided == one_sided
            if item.over_claimed and item.under_claimed:
                yield "both ways"
        order = [-item.over_claimed for item in table.items]
        assert order == sorted(order)
        assert {item.code for item in table.items} == {
            each.code for each in case.instrument.indicators
        }
        for row, each in enumerate(table.by_agency):
            apart = [finding - claim for _, claim, finding in compared(case, [row])]
            assert each.over_claimed_levels == sum(-value for value in apart if value < 0)
            assert each.under_claimed_levels == sum(value for value in apart if value > 0)
            assert each.over_claimed == sum(value < 0 for value in apart)
            assert each.under_claimed == sum(value > 0 for value in apart)
            assert each.points == table[row].difference
            bands = table[row].claimed_card.band, table[row].verified_card.band
            assert (each.band_before, each.band_after) == bands
            assert each.agency == table.agencies[row]
            assert (each.moved is None) is (None in bands)
            assert bool(each.moved) is (None not in bands and bands[0] != bands[1])
            if each.moved:
                yield "moved up" if each.moved > 0 else "moved down"

    meet_in_law(check, (40, cases()), wanted={"both ways", "moved up", "moved down"})


def test_kappa_is_that_of_the_definition() -> None:
    def check(case: Case) -> Iterator[str]:
        table = reconcile(case.claimed, case.verified)
        scales = {
            each.code: (each.levels[0].value, each.levels[-1].value)
            for each in case.instrument.indicators
        }
        for weights in ("linear", "quadratic"):
            groups = [(table.kappa(weights), range(len(table)))]
            groups += [(card.kappa(weights), [row]) for row, card in enumerate(table)]
            for found, rows in groups:
                pairs = list(compared(case, rows))
                if len({scales[code] for code, _, _ in pairs}) > 1:
                    assert found is None
                    yield "other scales"
                    continue
                sides = [claim for _, claim, _ in pairs], [finding for _, _, finding in pairs]
                assert found == kappa(*sides, weights)
                yield "none" if found is None else "a number"
            pairs = list(compared(case, range(len(table))))
            for code, found in table.kappas(weights).items():
                sides = [[pair[place] for pair in pairs if pair[0] == code] for place in (1, 2)]
                assert found == kappa(*sides, weights)

    wanted = {"other scales", "none", "a number"}
    meet_in_law(check, (40, cases()), wanted=wanted)


LEVELS = st.integers(0, 4)


def test_kappa_lies_between_minus_one_and_one_and_is_symmetric() -> None:
    def check(pairs: list[tuple[int, int]]) -> Iterator[str]:
        claims, findings = [one for one, _ in pairs], [other for _, other in pairs]
        for weights in ("linear", "quadratic"):
            found = weighted_kappa(claims, findings, weights=weights)
            assert found == weighted_kappa(findings, claims, weights=weights)
            assert found == kappa(claims, findings, weights)
            shifted = [[level - 7 for level in side] for side in (claims, findings)]
            assert found == weighted_kappa(*shifted, weights=weights)
            assert weighted_kappa(claims, claims, weights=weights) in {None, 1}
            if found is None:
                assert len({*claims, *findings}) <= 1
                yield "none"
            else:
                assert -1 <= found <= 1
                yield {-1: "least", 0: "chance", 1: "full"}.get(found, "between")

    few = st.lists(st.tuples(LEVELS, LEVELS), max_size=3)
    many = st.lists(st.tuples(LEVELS, LEVELS), min_size=4, max_size=20)
    wanted = {"none", "least", "chance", "full", "between"}
    meet_in_law(check, (100, few), (50, many), wanted=wanted)
