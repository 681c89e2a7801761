"""What a simulation found: how often each agency has each band and each rank."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex.analysis.open_tree import OpenTree, open_tree
from meritindex.analysis.simulating.agency import AgencyRobustness
from meritindex.analysis.simulating.around import Around
from meritindex.analysis.simulating.drawn_ranks import DrawnRanks
from meritindex.analysis.simulating.draws import DrawMethod, WeightDraws
from meritindex.analysis.simulating.shares import Shares
from meritindex.analysis.simulating.stepwise import weighting_of
from meritindex.assessment import AnswerPolicy, AssessmentSet, RowFacts
from meritindex.assessment.values import closed
from meritindex.definition import Admissible, Agency, Given, Instrument, Standing, Weighting
from meritindex.definition.sources import weakest
from meritindex.language import Language
from meritindex.layout import to_html, to_text
from meritindex.numbers import parse_number
from meritindex.scoring import ExactColumn, Reason, ScoreTable


def _read_only(draws: Mapping[str, WeightDraws]) -> Mapping[str, WeightDraws]:
    return MappingProxyType(dict(draws))


@attrs.frozen(kw_only=True)
class RobustnessSettings:
    """What was simulated.

    Attributes:
        weighting: the weights that were drawn from, or the settled ones.
        policy: what an answer of each state may be worth.
        draws: how many.
        seed: what the stream of random numbers started from; None for a generator.
        methods: by the code of the dimension, how its weights were drawn; in pairs.
        open_rows: in how many assessments answers were drawn.
    """

    weighting: Weighting | Admissible | Around
    policy: AnswerPolicy
    draws: int
    seed: int | None
    methods: tuple[tuple[str, DrawMethod], ...]
    open_rows: int


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Robustness:
    """How often each agency has each band and each rank, over draws. Made by `robustness`.

    Indexing by a number or by a name (or code) of an agency gives its `AgencyRobustness`. Ranks
    are among the agencies that `score` ranks. A share of draws says how much of what is admissible
    agrees; it is no probability that something is true.

    Attributes:
        tree: the instrument, and where its weights are open.
        table: the scores under one admissible weighting, or under that around which weights were
            drawn; only who is ranked, and how firmly all is known, is taken from it.
        settings: what was simulated.
        draws: the weights of every draw, by the code of the dimension.
        drawn_ranks: the order of the agencies in each draw.
        band_counts: in how many draws each agency has each band, from the lowest; int64, shape
            `[n, bands]`.
    """

    tree: OpenTree
    table: ScoreTable
    settings: RobustnessSettings
    draws: Mapping[str, WeightDraws] = attrs.field(converter=_read_only)
    drawn_ranks: DrawnRanks
    band_counts: npt.NDArray[np.int64]

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "band_counts", closed(self.band_counts))

    @property
    def assessments(self) -> AssessmentSet:
        """The answers."""
        return self.table.assessments

    @property
    def instrument(self) -> Instrument:
        """The instrument under which they were given."""
        return self.tree.instrument

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """Who was assessed; one a row."""
        return self.assessments.agencies

    @property
    def weighting(self) -> Weighting | Admissible | Around:
        """The weights that were drawn from, or the settled ones."""
        return self.settings.weighting

    @property
    def policy(self) -> AnswerPolicy:
        """What an answer of each state may be worth."""
        return self.settings.policy

    @property
    def seed(self) -> int | None:
        """What the stream of random numbers started from; None for a generator."""
        return self.settings.seed

    @property
    def synthetic(self) -> bool:
        """Whether any of the answers were made up."""
        return self.assessments.synthetic

    @property
    def exact(self) -> bool:
        """Whether totals are exact; not so where a rule that is not rational has a part in them."""
        return self.table.totals.exact

    @cached_property
    def bands(self) -> tuple[str, ...]:
        """The official names of the bands, the lowest first; empty where there are none."""
        return tuple(band.name.id for band in self.instrument.root.bands or ())

    @cached_property
    def band_acceptability(self) -> Shares:
        """In what share of the draws each agency has each band; shape `[n, bands]`."""
        return Shares(self.band_counts, self.settings.draws)

    @cached_property
    def draw_ranks(self) -> npt.NDArray[np.uint16]:
        """The rank of each agency in each draw, 0 for none; uint16, shape `[draws, n]`."""
        return closed(self.drawn_ranks.by_row())

    @cached_property
    def rank_counts(self) -> npt.NDArray[np.int64]:
        """In how many draws each agency has each rank, from the first.

        Returns:
            int64, shape `[n, n]`, read-only; zeros for agencies without a rank.
        """
        return closed(self.drawn_ranks.counts())

    @cached_property
    def rank_acceptability(self) -> Shares:
        """In what share of the draws each agency has each rank; shape `[n, n]`."""
        return Shares(self.rank_counts, self.settings.draws)

    @cached_property
    def ranked(self) -> npt.NDArray[np.bool_]:
        """Which agencies have a rank in every draw; bool, shape `[n]`."""
        return closed(self.rank_counts.sum(axis=1) == self.settings.draws)

    @cached_property
    def mean_ranks(self) -> ExactColumn:
        """The mean rank of each agency; None without a rank in every draw."""
        sums = self.rank_counts @ np.arange(1, len(self) + 1)
        return ExactColumn(np.where(self.ranked, sums, 0), self.settings.draws, self.ranked)

    def percentile(self, percent: object) -> ExactColumn:
        """Return a percentile of the ranks of each agency.

        Between two ranks it is taken on the straight line, as numpy's `percentile` does by default:
        at `(draws - 1) * percent / 100` of the ranks in their order, counted from 0.

        Args:
            percent: from 0 to 100, a number in any form that the library reads.

        Returns:
            `n` numbers; None without a rank in every draw.

        Raises:
            NumberError: it is no number.
            ValueError: it is not from 0 to 100.
        """
        share = parse_number(percent) / 100
        if not 0 <= share <= 1:
            raise ValueError(f"a percentile is from 0 to 100, not {percent}")
        if share not in self._percentiles:
            self._percentiles[share] = self._percentile(share)
        return self._percentiles[share]

    @cached_property
    def _percentiles(self) -> dict[Fraction, ExactColumn]:
        """The percentiles that have been asked for; finding one serves every card."""
        return {}

    def _percentile(self, share: Fraction) -> ExactColumn:
        place = (self.settings.draws - 1) * share
        below = place.__floor__()
        rest = place - below
        last = self.settings.draws - 1
        cumulated = self._cumulated
        low = (cumulated <= below).sum(axis=1) + 1
        high = (cumulated <= min(below + 1, last)).sum(axis=1) + 1
        numbers = low * rest.denominator + rest.numerator * (high - low)
        return ExactColumn(np.where(self.ranked, numbers, 0), rest.denominator, self.ranked)

    @cached_property
    def _cumulated(self) -> npt.NDArray[np.int64]:
        """In how many draws each agency has each rank or a better one."""
        return np.cumsum(self.rank_counts, axis=1)

    def confidence(self, one: int | str, other: int | str) -> Fraction | None:
        """Return in what share of the draws one agency is above another, strictly.

        Args:
            one: a row, or the name or code of an agency.
            other: another.

        Returns:
            None where one of them does not have a rank in every draw.

        Raises:
            UnknownNameError: an agency is not in the table, or is there more than once.
            IndexError: there is no such row.
        """
        return self._share(one, other, np.less)

    def ties(self, one: int | str, other: int | str) -> Fraction | None:
        """Return in what share of the draws two agencies have the same rank; see `confidence`."""
        return self._share(one, other, np.equal)

    def _share(self, one: int | str, other: int | str, compare: np.ufunc) -> Fraction | None:
        first, second = self.row_of(one), self.row_of(other)
        if not (self.ranked[first] and self.ranked[second]):
            return None
        holds = compare(self.draw_ranks[:, first], self.draw_ranks[:, second])
        return Fraction(int(np.count_nonzero(holds)), self.settings.draws)

    def sampling_error(self, share: Fraction | float = Fraction(1, 2)) -> float:
        """Return the standard error of a share of draws, `sqrt(share * (1 - share) / draws)`.

        It is by how much a share would differ with another seed, typically; by the normal
        approximation, in 95 of 100 cases by less than twice as much. Of shares next to 0 or 1 that
        says little. Without a share, the largest that there can be.
        """
        return math.sqrt(float(share) * (1 - float(share)) / self.settings.draws)

    def drawn_weighting(self, draw: int) -> Given:
        """Return the weights of a draw, from 0, with which `score` gives the same ranks.

        (So it does where no answers were drawn.)

        Raises:
            IndexError: there is no such draw.
        """
        return weighting_of(self.tree, self.draws, range(self.settings.draws)[draw])

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """How firmly the answers and the rule behind every row are known."""
        return self.table.standings

    @property
    def standing(self) -> Standing:
        """The weakest standing of any row."""
        return weakest(self.standings)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What makes the standing no firmer."""
        return self.table.reasons

    def __len__(self) -> int:
        return len(self.assessments)

    def __iter__(self) -> Iterator[AgencyRobustness]:
        return (self.card(row) for row in range(len(self)))

    def row_of(self, who: int | str, keep: Callable[[RowFacts], bool] | None = None) -> int:
        """Return the row of an agency by its name or code, or check a row.

        Raises:
            UnknownNameError: as `ScoreTable.card_of`.
            IndexError: there is no such row.
        """
        if isinstance(who, str):
            return self.table.card_of(who, keep).row
        return range(len(self))[who]

    def card(self, row: int) -> AgencyRobustness:
        """Return what was found for a row, from 0."""
        return AgencyRobustness(result=self, row=row)

    def __getitem__(self, who: int | str) -> AgencyRobustness:
        """Return what was found for a row, or for the agency with this name or code.

        Raises:
            UnknownNameError: the agency is not in the table, or is there more than once.
            IndexError: there is no such row.
        """
        return self.card(self.row_of(who))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Robustness):
            return NotImplemented
        return (
            self.assessments == other.assessments
            and self.settings == other.settings
            and dict(self.draws) == dict(other.draws)
            and self.drawn_ranks == other.drawn_ranks
            and np.array_equal(self.band_counts, other.band_counts)
        )

    __hash__ = None  # type: ignore[assignment]

    # A read-only mapping can't be pickled; the constructor makes it anew. So is the tree.
    def __reduce__(self) -> tuple[Any, ...]:
        fields = {field.name: getattr(self, field.name) for field in attrs.fields(Robustness)}
        del fields["tree"]
        return _rebuilt, (self.tree.weighting, fields | {"draws": dict(self.draws)})

    def __repr__(self) -> str:
        made_up = ", synthetic" if self.synthetic else ""
        return (
            f"<Robustness of {len(self)} under {self.instrument.id}, {self.weighting.name}: "
            f"{self.settings.draws} draws, {self.standing}{made_up}>"
        )

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the result as text of at most `width` columns."""
        from meritindex.analysis.simulating.showing import table_document  # noqa: PLC0415

        return to_text(table_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the result as plain semantic HTML, escaped."""
        from meritindex.analysis.simulating.showing import table_document  # noqa: PLC0415

        return to_html(table_document(self, language))

    def _repr_html_(self) -> str:
        return self.to_html()


def _rebuilt(within: Weighting | Admissible, fields: dict[str, Any]) -> Robustness:
    tree = open_tree(fields["table"].instrument, within)
    return Robustness(tree=tree, **fields)
