"""The ways to answer the gates that an assessment leaves open, and what applies under each.

Every gate is answered by itself, so the ways of one assessment are the combinations of the options
that each of its open gates can have. What the answers to indicators are worth is no business of
this module.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.assessment import NOT_ANSWERED, NOT_APPLICABLE, AssessmentSet
from meritindex.assessment.values import closed, make_fault
from meritindex.definition import AgencyKind, Instrument
from meritindex.definition.applicability import MAX_COMBINATIONS
from meritindex.errors import AssessmentError
from meritindex.language import Text

Levels = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]


@attrs.frozen(kw_only=True, eq=False)
class GateWays:
    """The ways to answer the open gates of `n` assessments: `m` in all, at least one of each.

    The ways of an assessment stand one after the other, the last gate changing first.

    Attributes:
        owners: shape `[m]`: the assessment to which each way belongs, ascending.
        starts: shape `[n]`: the first way of each assessment.
        counts: shape `[n]`: how many ways there are.
        answers: uint8, shape `[m, gates]`: the place of the option; 255 where nobody need know.
        inapplicable: bool, shape `[m, indicators]`: what does not apply by these answers.
        open: bool, shape `[n, gates]`: the gates that have more than one answer in these ways.
    """

    owners: Places
    starts: Places
    counts: Places
    answers: Levels
    inapplicable: Mask
    open: Mask

    def __attrs_post_init__(self) -> None:
        for field in attrs.fields(GateWays):
            object.__setattr__(self, field.name, closed(getattr(self, field.name)))


@attrs.frozen(eq=False)
class _Waiting:
    """An indicator that waits for gates in some rows, and under which options it applies.

    `conditions` are pairs of a gate's place and a mask of its options.
    """

    place: int
    rows: Mask
    conditions: tuple[tuple[int, Mask], ...]


def ways_to_answer(assessments: AssessmentSet, under: Mapping[str, Mask]) -> GateWays:
    """Return the ways to answer the gates of which something hangs that no entry stands above.

    An agency answers what its kind allows. No answer rules out an indicator that has been answered,
    for such an assessment would be refused; where every way does (two answered indicators can't
    both apply), all ways count.

    Args:
        assessments: the answers.
        under: by code, the rows in which points are entered above a node.

    Raises:
        AssessmentError: an assessment has more than 16,384 ways.
    """
    instrument, given = assessments.instrument, assessments.gate_answers
    waiting = list(_waiting(assessments, under))
    options = _options(assessments)
    relevant = np.zeros(given.shape, dtype=np.bool_)
    for item in waiting:
        for gate, _ in item.conditions:
            relevant[:, gate] |= item.rows & (given[:, gate] == NOT_ANSWERED)
    options = _narrowed(assessments, options, waiting, relevant)
    decides = _deciding(options, waiting, relevant)
    choices = np.ones(given.shape, dtype=np.intp)
    for gate in range(len(options)):
        choices[:, gate] = np.where(decides[:, gate], options[gate].sum(axis=1), 1)
    _check_counts(assessments, choices)
    counts = choices.prod(axis=1, dtype=np.intp)
    owners = np.repeat(np.arange(len(assessments)), counts)
    starts = np.cumsum(counts) - counts
    answers = given[owners]
    turn = np.arange(len(owners)) - starts[owners]
    for gate in reversed(range(len(options))):
        if not relevant[:, gate].any():
            continue
        many = choices[owners, gate]
        # The options that can be answered, in their order, before those that can't.
        order = np.argsort(~options[gate], axis=1, kind="stable")
        chosen = order[owners, turn % many]
        answers[:, gate] = np.where(relevant[owners, gate], chosen, answers[:, gate])
        turn //= many
    return GateWays(
        owners=owners,
        starts=starts,
        counts=counts,
        answers=answers,
        inapplicable=_inapplicable(instrument, answers),
        open=decides,
    )


def _waiting(assessments: AssessmentSet, under: Mapping[str, Mask]) -> Iterator[_Waiting]:
    """Yield the indicators that wait for gates in rows in which no entry stands above them."""
    for place, indicator in enumerate(assessments.instrument.indicators):
        rows = assessments.undetermined.get(indicator.code)
        if rows is not None and indicator.code in under:
            rows = rows & ~under[indicator.code]
        if rows is not None and rows.any():
            yield _Waiting(place, rows, _conditions(assessments.instrument, place))


def _conditions(instrument: Instrument, place: int) -> tuple[tuple[int, Mask], ...]:
    """Return the conditions of an indicator: the place of each gate, and a mask of its options."""
    indicator = instrument.indicators[place]
    found: list[tuple[int, Mask]] = []
    for number, gate in enumerate(instrument.gates):
        conditions = [each for each in indicator.conditions if each.gate == gate.code]
        if conditions:
            allowed = [all(value in each.options for each in conditions) for value in gate.values]
            found.append((number, np.array(allowed, dtype=np.bool_)))
    return tuple(found)


def _options(assessments: AssessmentSet) -> list[Mask]:
    """Return the options of each gate that the kind of agency allows, shape `[n, options]`."""
    kinds: tuple[AgencyKind | None, ...] = (None, *AgencyKind)
    number = {kind: place for place, kind in enumerate(kinds)}
    own = np.array([number[agency.kind] for agency in assessments.agencies], dtype=np.intp)
    found: list[Mask] = []
    for gate in assessments.instrument.gates:
        allowed = [[value in gate.options_of(kind) for value in gate.values] for kind in kinds]
        found.append(np.array(allowed, dtype=np.bool_)[own])
    return found


def _narrowed(
    assessments: AssessmentSet,
    options: list[Mask],
    waiting: list[_Waiting],
    relevant: Mask,
) -> list[Mask]:
    """Return the options under which everything that has been answered applies.

    In a row in which a gate is left without any, all stay as they were.
    """
    narrowed = [allowed.copy() for allowed in options]
    for item in waiting:
        answered = item.rows & (assessments.levels[:, item.place] < NOT_APPLICABLE)
        for gate, allowed in item.conditions:
            narrowed[gate][answered & relevant[:, gate]] &= allowed
    contradictory = np.zeros(len(assessments), dtype=np.bool_)
    for left in narrowed:
        contradictory |= ~left.any(axis=1)
    for left, allowed in zip(narrowed, options, strict=True):
        left[contradictory] = allowed[contradictory]
    return narrowed


def _deciding(options: list[Mask], waiting: list[_Waiting], relevant: Mask) -> Mask:
    """Return the gates whose answer decides whether something applies, shape `[n, gates]`.

    So it is where some of the options let it and others don't, and no other gate rules it out.
    """
    decides = np.zeros(relevant.shape, dtype=np.bool_)
    for item in waiting:
        possible = item.rows.copy()
        mixed: list[tuple[int, Mask]] = []
        for gate, allowed in item.conditions:
            lets = (options[gate] & allowed).any(axis=1)
            possible &= lets | ~relevant[:, gate]
            mixed.append((gate, relevant[:, gate] & (options[gate] & ~allowed).any(axis=1)))
        for gate, both in mixed:
            decides[:, gate] |= both & possible
    return decides


def _check_counts(assessments: AssessmentSet, choices: Places) -> None:
    """Refuse assessments of which the open gates can be answered in too many ways."""
    # As doubles, for there may be more than an integer of the machine holds.
    faulty = np.flatnonzero(choices.prod(axis=1, dtype=np.float64) > MAX_COMBINATIONS)
    if len(faulty):
        raise AssessmentError(
            make_fault(
                "gates-too-open",
                Text(
                    "pertanyaan pembuka yang belum dijawab dapat dijawab dengan {value} cara; "
                    "paling banyak {allowed}",
                    "the gates that are not answered can be answered in {value} ways; at most "
                    "{allowed}",
                ),
                place=Text.same(assessments.agencies[row].name),
                agency=assessments.agencies[row].name,
                value=str(prod(choices[row].tolist())),
                allowed=Text.same(str(MAX_COMBINATIONS)),
            )
            for row in faulty
        )


def _inapplicable(instrument: Instrument, answers: Levels) -> Mask:
    """Return what does not apply by these answers, shape `[m, indicators]`."""
    found = np.zeros((len(answers), len(instrument.indicators)), dtype=np.bool_)
    for place in range(len(instrument.indicators)):
        for gate, allowed in _conditions(instrument, place):
            let = np.ones(NOT_ANSWERED + 1, dtype=np.bool_)
            let[: len(allowed)] = allowed
            found[:, place] |= ~let[answers[:, gate]]
    return found
