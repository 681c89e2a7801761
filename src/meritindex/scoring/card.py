"""The result for one agency."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

import attrs

from meritindex.assessment import Assessment, AssessmentSet
from meritindex.definition import Agency, Dimension, Instrument, MissingPolicy, Standing, Weighting
from meritindex.language import Language, Text
from meritindex.layout import to_html, to_text
from meritindex.scoring.explanation import Explanation, explain
from meritindex.scoring.formulas import brief
from meritindex.scoring.plans import Scores, ScoringPlan
from meritindex.scoring.remarks import row_remarks
from meritindex.scoring.standing import (
    Reason,
    RowShape,
    band_grounds,
    grounds,
    reasons,
    row_shape,
    standing_of,
)
from meritindex.scoring.states import MissingItem, Status, missing_items, statuses


@attrs.frozen(kw_only=True)
class DimensionScore:
    """What one dimension is worth for one agency.

    `points` lie between `minimum` and `maximum` on the dimension's own scale, and are None where
    they are not known; `band` is the official name.
    """

    code: str
    name: Text
    points: Fraction | None
    exact: bool
    minimum: Fraction
    maximum: Fraction
    band: str | None
    status: Status
    standing: Standing


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ScoreCard:
    """The result for one agency: points, band, standing, and what they rest on.

    A card is a row of a table: `score(one)` and `score(many)[i]` are equal. Ranks belong to tables.

    Attributes:
        assessments: the set that holds the answers.
        scores: what was computed for the set.
        row: which of the set.
    """

    assessments: AssessmentSet
    scores: Scores
    row: int

    @property
    def plan(self) -> ScoringPlan:
        """The plan that computed the card."""
        return self.scores.plan

    @property
    def instrument(self) -> Instrument:
        """The instrument under which it was scored."""
        return self.plan.instrument

    @property
    def weighting(self) -> Weighting:
        """Where the weights come from."""
        return self.plan.weighting

    @property
    def agency(self) -> Agency:
        """Who was scored."""
        return self.assessments.facts[self.row].agency

    @property
    def synthetic(self) -> bool:
        """Whether the answers were made up."""
        return self.assessments.facts[self.row].synthetic

    @cached_property
    def assessment(self) -> Assessment:
        """The answers."""
        return self.assessments[self.row]

    @property
    def total(self) -> Fraction | None:
        """The total, exactly; None where it can't be known."""
        return self.scores.total[self.row]

    @property
    def exact(self) -> bool:
        """Whether the total is exact; not so where a rule that is not rational has a part in it."""
        return self.scores.total.exact

    @property
    def band(self) -> str | None:
        """The official name of the total's band; None where the total is not known."""
        return self._band(self.instrument.root)

    @cached_property
    def dimensions(self) -> Mapping[str, DimensionScore]:
        """The dimensions below the root, by code, in the instrument's order."""
        found = self._statuses
        return MappingProxyType(
            {
                dimension.code: DimensionScore(
                    code=dimension.code,
                    name=dimension.name,
                    points=self.scores.columns[dimension.code][self.row],
                    exact=self.scores.columns[dimension.code].exact,
                    minimum=self.plan.ranges[dimension.code][0],
                    maximum=self.plan.ranges[dimension.code][1],
                    band=self._band(dimension),
                    status=found[dimension.code],
                    standing=standing_of(grounds(self.plan, self._shape, dimension)),
                )
                for dimension in self.instrument.dimensions[1:]
            }
        )

    @cached_property
    def standing(self) -> Standing:
        """How firmly the total is known: the weakest standing that entered it."""
        return standing_of(grounds(self.plan, self._shape, self.instrument.root))

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """What makes the standing no firmer."""
        return reasons(grounds(self.plan, self._shape, self.instrument.root))

    @cached_property
    def band_standing(self) -> Standing | None:
        """How firmly the band is known: the weakest of the total and of the limits beside it."""
        number = int(self.scores.bands[self.row])
        if not number:
            return None
        root = self.instrument.root
        return standing_of((*grounds(self.plan, self._shape, root), *band_grounds(root, number)))

    @cached_property
    def band_reasons(self) -> tuple[Reason, ...]:
        """What makes the band less firmly known than the total; empty where nothing does."""
        known = self.band_standing
        if known is None or known >= self.standing:
            return ()
        return reasons(band_grounds(self.instrument.root, int(self.scores.bands[self.row])))

    @cached_property
    def missing(self) -> tuple[MissingItem, ...]:
        """What nobody has answered, in the order of the instrument; gates last."""
        return tuple(missing_items(self.plan, self.assessments, self.row, self._statuses))

    @property
    def needed(self) -> tuple[str, ...]:
        """The codes of what is missing and keeps points from being known."""
        return tuple(item.code for item in self.missing if item.policy is MissingPolicy.UNKNOWN)

    @cached_property
    def derived(self) -> Mapping[str, Fraction]:
        """The figures that follow from the total by a fixed factor; empty without a total."""
        total = self.total
        if total is None:
            return MappingProxyType({})
        return MappingProxyType(
            {figure.code: total * figure.factor.value for figure in self.instrument.derived}
        )

    @property
    def remarks(self) -> tuple[Text, ...]:
        """What is to be minded about the assessment, such as a year before the instrument's."""
        return row_remarks(self.instrument, self.assessments.facts[self.row])

    def explain(self) -> Explanation:
        """Return why every node is worth what it is worth, down to the sources."""
        return explain(self.scores, self.assessments, self.row, self._statuses, self._shape)

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the card as text of at most `width` columns."""
        from meritindex.scoring.showing import card_document  # noqa: PLC0415 - it shows this

        return to_text(card_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the card as plain semantic HTML, escaped."""
        from meritindex.scoring.showing import card_document  # noqa: PLC0415 - it shows this

        return to_html(card_document(self, language))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ScoreCard):
            return NotImplemented
        return (
            self.plan == other.plan
            and self.assessment == other.assessment
            and all(
                self.scores.columns[code][self.row] == other.scores.columns[code][other.row]
                for code in self.scores.columns
            )
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        total = brief(self.total, exact=self.exact)
        made_up = ", synthetic" if self.synthetic else ""
        return (
            f"<ScoreCard of {self.agency.name} under {self.instrument.id}: {total}, {self.band}, "
            f"{self.standing}{made_up}>"
        )

    def _repr_html_(self) -> str:
        return self.to_html()

    @cached_property
    def _statuses(self) -> dict[str, Status]:
        return statuses(self.plan, self.assessments, self.row)

    @cached_property
    def _shape(self) -> RowShape:
        return row_shape(self.assessments.facts[self.row], self._statuses)

    def _band(self, dimension: Dimension) -> str | None:
        if dimension.bands is None:
            return None
        number = int(self.scores.bands_of(dimension.code)[self.row])
        return dimension.bands.items[number - 1].name.id if number else None
