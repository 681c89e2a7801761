"""The results for many agencies: points, bands, ranks, and one card for each."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from meritindex import catalog
from meritindex.assessment import NOT_APPLICABLE, AssessmentSet, RowFacts
from meritindex.definition import Agency, Instrument, Standing, Weighting, weakest
from meritindex.errors import Fault, UnknownNameError
from meritindex.language import Language, Text, listed
from meritindex.layout import to_html, to_text
from meritindex.names import near_names
from meritindex.numbers import quoted
from meritindex.scoring.card import ScoreCard
from meritindex.scoring.column import ExactColumn
from meritindex.scoring.plans import Scores, ScoringPlan
from meritindex.scoring.standing import (
    Ground,
    Reason,
    grounds,
    reasons,
    row_shape,
    standing_of,
)
from meritindex.scoring.states import statuses

Rows = npt.NDArray[np.intp]

# So many agencies that may be meant are named.
_MOST_NEAR = 5


class GroupBy(enum.StrEnum):
    """By what a table can be grouped."""

    PROVINCE = "province"
    KIND = "kind"
    KANREG = "kanreg"

    @property
    def label(self) -> Text:
        """The grouping for a reader."""
        return _GROUPINGS[self]

    def of(self, agency: Agency) -> str | None:
        """Return the group of an agency (`city`, `Jambi`, `VII`); None where it is not known."""
        if self is GroupBy.KIND:
            return None if agency.kind is None else agency.kind.value
        return agency.province if self is GroupBy.PROVINCE else agency.regional_office

    def label_of(self, agency: Agency) -> Text | None:
        """Return the group of an agency for a reader."""
        if self is GroupBy.KIND and agency.kind is not None:
            return agency.kind.label
        name = self.of(agency)
        return None if name is None else Text.same(name)


_GROUPINGS = {
    GroupBy.PROVINCE: Text("provinsi", "province"),
    GroupBy.KIND: Text("jenis instansi", "kind of agency"),
    GroupBy.KANREG: Text("kantor regional", "regional office"),
}


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ScoreTable:
    """The results for many agencies under one plan.

    Indexing by a number or by a name (or code) of an agency gives its `ScoreCard`.

    Attributes:
        assessments: the answers.
        scores: what was computed, in arrays.
    """

    assessments: AssessmentSet
    scores: Scores

    @property
    def plan(self) -> ScoringPlan:
        """The plan that computed the table."""
        return self.scores.plan

    @property
    def instrument(self) -> Instrument:
        """The instrument under which all were scored."""
        return self.plan.instrument

    @property
    def weighting(self) -> Weighting:
        """Where the weights come from."""
        return self.plan.weighting

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """Who was scored; one a row."""
        return self.assessments.agencies

    @property
    def synthetic(self) -> bool:
        """Whether any of the answers were made up."""
        return self.assessments.synthetic

    @property
    def left_out(self) -> tuple[Fault, ...]:
        """The faults of rows that were left out on request."""
        return self.assessments.left_out

    @property
    def totals(self) -> ExactColumn:
        """The totals, exactly."""
        return self.scores.total

    @property
    def dimensions(self) -> Mapping[str, ExactColumn]:
        """The points of every dimension below the root, by code."""
        return self.scores.dimensions

    @cached_property
    def bands(self) -> tuple[str | None, ...]:
        """The official name of every total's band; None where the total is not known."""
        return self.bands_of(self.instrument.root.code)

    def bands_of(self, code: str) -> tuple[str | None, ...]:
        """Return the official name of the band of a dimension for every row; None without one."""
        bands = self.instrument.dimension(code).bands
        names = np.array([None, *(band.name.id for band in bands or ())], dtype=object)
        return tuple(names[self.scores.bands_of(code)].tolist())

    @cached_property
    def ranks(self) -> tuple[int | None, ...]:
        """The competition ranks (1, 2, 2, 4) by the total; None where it is not known."""
        ranks = self.scores.ranks.tolist()
        if self.totals.known.all():
            return tuple(ranks)
        return tuple(rank or None for rank in ranks)

    @property
    def standing(self) -> Standing:
        """The weakest standing of any row."""
        return weakest(self.standings)

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """How firmly every total is known."""
        by_shape = {key: standing_of(items) for key, items in self._grounds.items()}
        return tuple(by_shape[key] for key in self._keys)

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """What makes the standing of the table no firmer."""
        found = dict.fromkeys(item for items in self._grounds.values() for item in items)
        return reasons(found)

    def __len__(self) -> int:
        return len(self.assessments)

    def __iter__(self) -> Iterator[ScoreCard]:
        return (self.card(row) for row in range(len(self)))

    def card(self, row: int) -> ScoreCard:
        """Return the card of a row, from 0."""
        return ScoreCard(assessments=self.assessments, scores=self.scores, row=row)

    def __getitem__(self, who: int | str) -> ScoreCard:
        """Return the card of a row, or of the agency with this name or code.

        Raises:
            UnknownNameError: the agency is not in the table, or is there more than once (several
                years or stages); then ask by the row, or by `card_of`.
            IndexError: there is no such row.
        """
        return self.card_of(who) if isinstance(who, str) else self.card(range(len(self))[who])

    def card_of(self, who: str, keep: Callable[[RowFacts], bool] | None = None) -> ScoreCard:
        """Return the card of the agency with this name or code.

        Args:
            who: a name as the table has it, or a name or code of the directory.
            keep: which of several assessments is meant, by its facts.

        Raises:
            UnknownNameError: the agency is not in the table, or `keep` accepts none of its
                assessments or several; the fault lists what there is to choose from.

        Examples:
            >>> import meritindex as mi
            >>> points = {"total": 250}
            >>> years = [mi.Assessment(agency="Kota Malang", instrument="ism-2019", year=year,
            ...                        points=points) for year in (2021, 2022)]
            >>> mi.score(years).card_of("Kota Malang", lambda facts: facts.year == 2022)
            <ScoreCard of Kota Malang under ism-2019: 250, Baik, reported>
        """
        rows = self._rows_of(who)
        kept = [row for row in rows if keep is None or keep(self.assessments.facts[row])]
        if len(kept) == 1:
            return self.card(kept[0])
        choices = listed([self.assessments.facts[row].occasion for row in kept or rows], "; ")
        near: list[str] = []
        if not rows:
            code = "agency-not-in-table"
            message = Text("{name} tidak ada dalam tabel", "{name} is not in the table")
            # Where it is an agency of the directory, no other one is meant.
            if not who.strip()[:1].isdigit() and catalog.find_agency(who).code is None:
                near = near_names(who, (agency.name for agency in self.agencies), _MOST_NEAR)
            if near:
                choices = Text.same("; ".join(near))
                message = Text(
                    "{name} tidak ada dalam tabel; mungkin: {choices}",
                    "{name} is not in the table; perhaps: {choices}",
                )
        elif kept:
            code = "agency-twice-in-table"
            message = Text(
                "{name} ada {count} kali dalam tabel: {choices}",
                "{name} is in the table {count} times: {choices}",
            )
        else:
            code = "assessment-not-in-table"
            message = Text(
                "penilaian {name} itu tidak ada dalam tabel; yang ada: {choices}",
                "there is no such assessment of {name} in the table; there are: {choices}",
            )
        raise UnknownNameError(
            Fault(
                code=code,
                message=message.fill(name=quoted(who), count=len(kept), choices=choices),
                agency=self.agencies[rows[0]].name if rows else who,
                value=who,
                allowed=choices if rows or near else None,
            )
        )

    def _rows_of(self, who: str) -> list[int]:
        """Return the rows of an agency: by its name as the table has it, else by the directory."""
        name = who.strip().casefold()
        named = [row for row, other in enumerate(self.agencies) if other.name.casefold() == name]
        if named:
            return named
        found = catalog.find_agency(None, who) if name[:1].isdigit() else catalog.find_agency(who)
        return [row for row, other in enumerate(self.agencies) if other == found]

    def to_rows(self) -> list[dict[str, object]]:
        """Return one flat dictionary a row, for a data frame.

        The keys are `agency`, `code`, `kind`, `province`, `year`, `stage`, `synthetic`, `total`,
        `band`, `rank`, `standing`, and the codes of the dimensions; points are `Fraction`s or None.

        Examples:
            >>> import meritindex as mi
            >>> row = mi.score(mi.sample()).to_rows()[0]
            >>> row["agency"], row["code"], row["synthetic"]
            ('Aceh', '11', True)
        """
        columns = {code: list(column) for code, column in self.dimensions.items()}
        return [
            {
                "agency": facts.agency.name,
                "code": facts.agency.code,
                "kind": None if facts.agency.kind is None else facts.agency.kind.value,
                "province": facts.agency.province,
                "year": facts.year,
                "stage": None if facts.stage is None else facts.stage.value,
                "synthetic": facts.synthetic,
                "total": total,
                "band": band,
                "rank": rank,
                "standing": str(standing),
                **{code: column[row] for code, column in columns.items()},
            }
            for row, (facts, total, band, rank, standing) in enumerate(
                zip(
                    self.assessments.facts,
                    self.totals,
                    self.bands,
                    self.ranks,
                    self.standings,
                    strict=True,
                )
            )
        ]

    def to_frame(self, backend: str = "pandas") -> Any:  # noqa: ANN401 - of the caller's library
        """Return the table as a data frame, one row an assessment.

        The columns are those of `to_rows`, and `total_exact`. Points are floats, to look at and
        to plot; `total_exact` is the total to the last digit, as `Fraction` reads it (`61/80`).
        What is not known is the null of the library. `band` and `standing` are ordered categories,
        from the lowest band and the weakest standing; in pyarrow, which orders none, texts.

        Args:
            backend: `pandas`, `polars` or `pyarrow`.

        Raises:
            ValueError: the backend is none of these.
            MissingExtraError: narwhals (extra `frames`) or the library asked for is not installed.

        Examples:
            >>> # needs: narwhals, polars
            >>> import meritindex as mi
            >>> frame = mi.score(mi.sample()).to_frame("polars")
            >>> frame.select("agency", "total_exact", "band", "rank").row(1)
            ('Kabupaten Aceh Selatan', '119017/140000', 'Tinggi', 23)
        """
        from meritindex.scoring.frames.table_frame import table_frame  # noqa: PLC0415

        return table_frame(self, backend)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the table over by the Arrow protocol, as `to_frame("pyarrow")` has it."""
        return self.to_frame("pyarrow").__arrow_c_stream__(requested_schema)

    def groups(self, by: GroupBy | str) -> Mapping[str | None, ScoreTable]:
        """Return the table of every group, in the order in which they first occur.

        Ranks in such a table are within the group; agencies whose group is not known are under
        None.

        Args:
            by: `province`, `kind` or `kanreg`.
        """
        return MappingProxyType(
            {group: self.rows(places) for group, places in self._places(by).items()}
        )

    def ranks_within(self, by: GroupBy | str) -> tuple[int | None, ...]:
        """Return the competition rank of every row within its group.

        None without a total, and where the group is not known.
        """
        found: list[int | None] = [None] * len(self)
        for group, places in self._places(by).items():
            if group is not None:
                for place, rank in zip(places.tolist(), self.rows(places).ranks, strict=True):
                    found[place] = rank
        return tuple(found)

    def _places(self, by: GroupBy | str) -> dict[str | None, Rows]:
        """Return the rows of every group, in the order in which the groups first occur."""
        grouping = GroupBy(by)
        places: dict[str | None, list[int]] = {}
        for row, agency in enumerate(self.agencies):
            places.setdefault(grouping.of(agency), []).append(row)
        return {group: np.array(rows, dtype=np.intp) for group, rows in places.items()}

    def rows(self, places: Rows) -> ScoreTable:
        """Return the table of some of the rows; ranks are among those alone."""
        scores = Scores(
            self.plan,
            {code: column[places] for code, column in self.scores.columns.items()},
            {code: limits.rows(places) for code, limits in self.scores.band_limits.items()},
        )
        return ScoreTable(assessments=self.assessments.rows(places), scores=scores)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ScoreTable):
            return NotImplemented
        return self.assessments == other.assessments and self.scores == other.scores

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        made_up = ", synthetic" if self.synthetic else ""
        return (
            f"<ScoreTable of {len(self)} under {self.instrument.id}, {self.weighting.name}, "
            f"{self.standing}{made_up}>"
        )

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the table as text of at most `width` columns."""
        from meritindex.scoring.showing import table_document  # noqa: PLC0415 - it shows this

        return to_text(table_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the table as plain semantic HTML, escaped."""
        from meritindex.scoring.showing import table_document  # noqa: PLC0415 - it shows this

        return to_html(table_document(self, language))

    def _repr_html_(self) -> str:
        return self.to_html()

    @cached_property
    def _keys(self) -> tuple[object, ...]:
        """What decides about the standing of a row; rows with equal keys share their grounds."""
        assessments = self.assessments
        masks = [np.where(assessments.levels < NOT_APPLICABLE, 0, assessments.levels)]
        masks += [column.known[:, np.newaxis] for column in assessments.measures.values()]
        masks += [column.known[:, np.newaxis] for column in assessments.entries.values()]
        masks += [mask[:, np.newaxis] for mask in assessments.undetermined.values()]
        marks = np.ascontiguousarray(np.hstack([mask.astype(np.uint8) for mask in masks]))
        return tuple(
            (row.tobytes(), facts.standing, facts.standings)
            for row, facts in zip(marks, assessments.facts, strict=True)
        )

    @cached_property
    def _grounds(self) -> dict[object, tuple[Ground, ...]]:
        """The grounds of the total, by the key of a row."""
        found: dict[object, tuple[Ground, ...]] = {}
        for row, key in enumerate(self._keys):
            if key not in found:
                facts = self.assessments.facts[row]
                shape = row_shape(facts, statuses(self.plan, self.assessments, row))
                found[key] = tuple(grounds(self.plan, shape, self.instrument.root))
        return found
