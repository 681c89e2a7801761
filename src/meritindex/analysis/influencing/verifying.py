"""Which answer to verify first: the one that most likely decides about a band.

An answer that is only claimed, or is not there, leaves more than one band possible; but not every
such answer decides. Each is looked at in random completions of all the others: does the band hang
on it? What an answer may really be is the policy's business.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import sqrt

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.analysis.completions import Completions, OpenItem, completions
from meritindex.analysis.open_answers import LevelEnds, entry_ends, measure_ends, under_entries
from meritindex.analysis.open_gates import GateWays, ways_to_answer
from meritindex.assessment import NOT_APPLICABLE, AnswerPolicy, AssessmentSet, NumberColumn
from meritindex.definition import Agency, Dimension, Indicator, Measure
from meritindex.errors import AssessmentError, Fault
from meritindex.language import Language, Text
from meritindex.layout import to_html, to_text
from meritindex.numbers import quoted
from meritindex.scoring import ScoreTable
from meritindex.scoring.rows import Inputs

Levels = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]


@attrs.frozen(kw_only=True)
class ItemChance:
    """An open answer of one agency, and the chance that its band hangs on it.

    Attributes:
        item: the answer, and what it may be.
        chance: the share of the draws in which the band is not the same whatever the answer is.
        error: the standard error of that share, as an estimate from so many draws.
    """

    item: OpenItem
    chance: Fraction = Fraction(0)
    error: float = 0.0


@attrs.frozen(kw_only=True)
class AgencyChances:
    """The open answers of one agency, the most decisive first; ties in the instrument's order.

    Attributes:
        agency: whose.
        row: in the table.
        items: the open answers; none where everything is settled.
    """

    agency: Agency
    row: int
    items: tuple[ItemChance, ...]


@attrs.frozen(kw_only=True)
class ItemTotal:
    """An answer that is open in some agencies, and how many bands hang on it.

    Attributes:
        code: of the indicator, measure, dimension or gate.
        name: what it is called.
        open_in: in how many agencies it is open.
        decides_in: in how many its chance is above zero.
        expected: the sum of the chances: how many bands it is expected to change.
        error: the standard error of that sum.
    """

    code: str
    name: Text
    open_in: int
    decides_in: int
    expected: Fraction
    error: float


@attrs.frozen(kw_only=True, eq=False, repr=False)
class VerifyFirst:
    """Which open answers most likely change bands. Made by `verify_first`.

    Attributes:
        table: the scores of the agencies as the answers stand.
        policy: what each answer may really be.
        draws: how many random completions there were of each agency.
        seed: what they were drawn with.
        agencies: the agencies that were asked for, each with its open answers.
    """

    table: ScoreTable
    policy: AnswerPolicy
    draws: int
    seed: int
    agencies: tuple[AgencyChances, ...]

    @property
    def items(self) -> tuple[ItemTotal, ...]:
        """The open answers of all these agencies together, the most decisive first."""
        instrument = self.table.instrument
        found: dict[str, list[ItemChance]] = {
            item.code: [] for item in (*instrument.nodes, *instrument.gates)
        }
        for each in self.agencies:
            for chance in each.items:
                found[chance.item.code].append(chance)
        totals = [
            ItemTotal(
                code=code,
                name=chances[0].item.name,
                open_in=len(chances),
                decides_in=sum(chance.chance > 0 for chance in chances),
                expected=sum((chance.chance for chance in chances), Fraction(0)),
                error=sqrt(sum(chance.error**2 for chance in chances)),
            )
            for code, chances in found.items()
            if chances
        ]
        return tuple(sorted(totals, key=lambda total: -total.expected))

    def __repr__(self) -> str:
        codes = ", ".join(item.code for item in self.items[:3])
        return (
            f"<VerifyFirst of {len(self.agencies)} agencies, {self.draws} draws, "
            f"seed {self.seed}: {codes or 'nothing is open'}>"
        )

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the order as text of at most `width` columns."""
        from meritindex.analysis.influencing.verify_page import (  # noqa: PLC0415 - it shows this
            verify_document,
        )

        return to_text(verify_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the order as plain semantic HTML, escaped."""
        from meritindex.analysis.influencing.verify_page import (  # noqa: PLC0415 - it shows this
            verify_document,
        )

        return to_html(verify_document(self, language))

    def _repr_html_(self) -> str:
        return self.to_html()


def verify_first(
    table: ScoreTable,
    agency: str | int | None = None,
    *,
    policy: AnswerPolicy | None = None,
    draws: int = 1000,
    seed: int = 0,
) -> VerifyFirst:
    """Order open answers by the chance that a band hangs on them.

    All other open answers of the agency are drawn at random, as `Completions.draw` does; the answer
    itself is set to what is worth least and to what is worth most, and an opening question to each
    of its answers in turn. The chance is the share of the draws in which the band is not the same.
    Where the extreme completions of an agency have one band, nothing hangs on any answer, and
    nothing is drawn. The draws of an agency depend on the seed and its row alone, not on which
    others are asked for.

    Args:
        table: the scores of agencies.
        agency: the one that is meant, by a name or code, or its row; None for all.
        policy: what each answer may really be; None for the default.
        draws: how many random completions of each agency.
        seed: a whole number from 0; the same one gives the same draws.

    Raises:
        AssessmentError: totals have no bands; fewer than one draw; a seed below zero; the open
            gates of an agency can be answered in too many ways; or a mean can't be taken of points
            that an answer may be worth.
        UnknownNameError: there is no such agency, or there are several.

    Examples:
        >>> import meritindex as mi
        >>> found = verify_first(mi.score(mi.sample()), draws=200)
        >>> [(item.code, item.open_in, item.decides_in) for item in found.items]
        [('satisfaction', 27, 21)]
    """
    policy = policy or AnswerPolicy()
    faults = list(_faults(table, draws, seed))
    if faults:
        raise AssessmentError(faults)
    rows = range(len(table)) if agency is None else [table[agency].row]
    found = completions(table.assessments.rows(np.array(rows, dtype=np.intp)), policy)
    hanging = _bands_hang(table, found)
    chances: list[AgencyChances] = []
    for place, row in enumerate(rows):
        items = tuple(ItemChance(item=item) for item in found.open_items(place))
        if items and hanging[place]:
            items = _ordered(table, row, items, policy, (draws, seed))
        chances.append(AgencyChances(agency=table.agencies[row], row=row, items=items))
    return VerifyFirst(table=table, policy=policy, draws=draws, seed=seed, agencies=tuple(chances))


def _bands_hang(table: ScoreTable, found: Completions) -> npt.NDArray[np.bool_]:
    """Return of which assessments some completion has another band than some other.

    Where the extreme completions have one band, so have all between them.
    """

    def place_of(row: int) -> Text:
        return Text.same(found.assessments.agencies[found.owners[row]].name)

    low, high = (table.plan.run(side, place_of).bands for side in (found.low, found.high))
    least = np.minimum.reduceat(np.minimum(low, high), found.starts)
    most = np.maximum.reduceat(np.maximum(low, high), found.starts)
    return np.asarray(least < most)


def _faults(table: ScoreTable, draws: int, seed: int) -> Iterator[Fault]:
    if table.instrument.root.bands is None:
        message = Text(
            "nilai {id} tanpa kategori, sehingga tidak ada yang berubah",
            "totals of {id} have no bands that could change",
        )
        yield Fault(code="bands-none", message=message.fill(id=table.instrument.id))
    for name, value, least in (("draws", draws, 1), ("seed", seed, 0)):
        if value < least:
            allowed = Text("bilangan bulat mulai {least}", "whole numbers from {least}")
            message = Text(
                "{name} {value} tidak diterima; yang diterima: {allowed}",
                "{name} {value} is not allowed; allowed: {allowed}",
            )
            allowed = allowed.fill(least=least)
            yield Fault(
                code=f"{name}-number",
                message=message.fill(name=name, value=quoted(value), allowed=allowed),
                item=name,
                value=quoted(value),
                allowed=allowed,
            )


def _ordered(
    table: ScoreTable,
    row: int,
    items: tuple[ItemChance, ...],
    policy: AnswerPolicy,
    settings: tuple[int, int],
) -> tuple[ItemChance, ...]:
    """Return the open answers of a row, the most decisive first."""
    draws, seed = settings
    alone = table.assessments.rows(np.array([row]))
    drawn = _Drawn.of(alone, policy, draws, np.random.default_rng([seed, row]))
    variants = [list(drawn.variants(each.item)) for each in items]
    scores = table.plan.run(
        Inputs.stacked([variant for several in variants for variant in several]),
        lambda _: Text.same(table.agencies[row].name),
    )
    bands = scores.bands.reshape(-1, draws)
    found: list[ItemChance] = []
    for each, several in zip(items, variants, strict=True):
        own, bands = bands[: len(several)], bands[len(several) :]
        share = Fraction(int((own != own[0]).any(axis=0).sum()), draws)
        error = sqrt(share * (1 - share) / draws)
        found.append(attrs.evolve(each, chance=share, error=error))
    return tuple(sorted(found, key=lambda each: -each.chance))


@attrs.frozen(kw_only=True, eq=False)
class _Drawn:
    """Random completions of one assessment, in which single answers can be exchanged.

    `levels` are of all that may apply; by the way in which the gates are answered (`chosen`, one a
    row), some don't.
    """

    assessments: AssessmentSet
    ways: GateWays
    chosen: Places
    levels: Levels
    measures: tuple[NumberColumn, ...]
    entries: dict[str, NumberColumn]

    @classmethod
    def of(
        cls,
        assessments: AssessmentSet,
        policy: AnswerPolicy,
        draws: int,
        generator: np.random.Generator,
    ) -> _Drawn:
        under = under_entries(assessments)
        ways = ways_to_answer(assessments, under)
        ends = LevelEnds.of(assessments, policy, under)
        never = ways.inapplicable.all(axis=0, keepdims=True)
        return cls(
            assessments=assessments,
            ways=ways,
            levels=ends.without(np.asarray(never)).draw(generator, draws)[:, 0],
            chosen=generator.integers(0, len(ways.owners), size=draws, dtype=np.intp),
            measures=tuple(
                ends.draw(generator, draws) for ends in measure_ends(assessments, policy, under)
            ),
            entries={
                ends.node.code: ends.draw(generator, draws)
                for ends in entry_ends(assessments, policy, under)
            },
        )

    def variants(self, item: OpenItem) -> Iterator[Inputs]:
        """Yield the rows with every answer that an item is tried with."""
        instrument = self.assessments.instrument
        gates = [gate.code for gate in instrument.gates]
        if item.code in gates:
            yield from map(self._inputs, self._answers_to(gates.index(item.code)))
            return
        drawn = self._inputs(self.chosen)
        for answer in (item.low, item.high):
            assert answer is not None  # noqa: S101 - as of all but gates
            yield self._exchanged(drawn, item.code, answer)

    def _exchanged(self, drawn: Inputs, code: str, answer: Fraction | int) -> Inputs:
        """Return the rows with another answer to one item, where it applies."""
        instrument = self.assessments.instrument
        node = instrument[code]
        if isinstance(node, Indicator):
            place = instrument.indicators.index(node)
            levels = drawn.levels.copy()
            applies = levels[:, place] != NOT_APPLICABLE
            levels[applies, place] = answer
            return attrs.evolve(drawn, levels=levels)
        assert isinstance(node, Measure | Dimension)  # noqa: S101 - it is no gate
        number = int(answer * 10**node.decimals)
        if isinstance(node, Dimension):
            same = _constant(drawn.entries[code], number)
            return attrs.evolve(drawn, entries={**drawn.entries, code: same})
        measures = list(drawn.measures)
        place = instrument.measures.index(node)
        measures[place] = _constant(measures[place], number)
        return attrs.evolve(drawn, measures=tuple(measures))

    def _answers_to(self, gate: int) -> Iterator[Places]:
        """Yield the ways in which one gate is answered by each option, the others as drawn."""
        # The ways of an assessment are all combinations, the last gate changing first.
        counts = [len(np.unique(column)) for column in self.ways.answers.T]
        step = int(np.prod(counts[gate + 1 :], dtype=np.intp))
        own = self.chosen // step % counts[gate]
        for option in range(counts[gate]):
            yield self.chosen + (option - own) * step

    def _inputs(self, chosen: Places) -> Inputs:
        mark = np.uint8(NOT_APPLICABLE)
        return Inputs(
            levels=np.where(self.ways.inapplicable[chosen], mark, self.levels),
            measures=self.measures,
            entries=self.entries,
            undetermined={},
        )


def _constant(column: NumberColumn, number: int) -> NumberColumn:
    """Return a column in which all rows have one number."""
    numerators = np.full(len(column.numerators), number, dtype=column.numerators.dtype)
    return NumberColumn(numerators, column.known)
