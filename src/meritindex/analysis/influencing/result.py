"""What makes agencies differ: `influence`, and everything that can be asked of its result."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property

import attrs
import numpy as np

from meritindex.analysis.influencing.changes import WeightChange, changed
from meritindex.analysis.influencing.elements import Element, elements
from meritindex.analysis.influencing.siblings import Siblings, siblings_of
from meritindex.analysis.influencing.sobol import SobolIndices, SobolOutput, sobol_of
from meritindex.analysis.influencing.swaps import BandChange, Swap, band_changes_of, swap_of
from meritindex.analysis.influencing.together import (
    Alpha,
    Correlations,
    alpha_of,
    correlations_of,
)
from meritindex.analysis.influencing.verifying import VerifyFirst, verify_first
from meritindex.analysis.influencing.worth import Worth
from meritindex.assessment import AnswerPolicy, Assessment, AssessmentSet
from meritindex.definition import Admissible, Agency, Instrument, Weighting
from meritindex.definition.checks import shown_code
from meritindex.errors import AssessmentError, Fault, UnknownNameError, WeightingError
from meritindex.language import Language, Text
from meritindex.layout import to_html, to_text
from meritindex.scoring import ScoreTable, score


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Influence:
    """What makes the totals of agencies differ, and what ranks and bands hang on.

    Made by `influence`. Agencies are named as in a score table: by a name or code, or by the row.

    Attributes:
        scored: the scores of all agencies.
    """

    scored: ScoreTable

    @property
    def instrument(self) -> Instrument:
        """The instrument under which all were scored."""
        return self.scored.instrument

    @property
    def weighting(self) -> Weighting:
        """Where the weights come from."""
        return self.scored.weighting

    @property
    def synthetic(self) -> bool:
        """Whether any of the answers were made up."""
        return self.scored.synthetic

    @cached_property
    def table(self) -> ScoreTable:
        """The scores of the agencies with a total: those that enter everything here."""
        return self.scored.rows(np.flatnonzero(self.scored.totals.known))

    @cached_property
    def without_total(self) -> tuple[Agency, ...]:
        """The agencies that are left out, because their total is not known."""
        known = self.scored.totals.known.tolist()
        agencies = zip(self.scored.agencies, known, strict=True)
        return tuple(agency for agency, has_total in agencies if not has_total)

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Every dimension below the root, indicator and measure, in the instrument's order."""
        return tuple(elements(self._worth))

    def __getitem__(self, code: str) -> Element:
        """Return one of the elements.

        Raises:
            UnknownNameError: there is none with this code below the root.
        """
        for element in self.elements:
            if element.code == code:
                return element
        message = Text("{code} bukan unsur di bawah {root}", "{code} is no element below {root}")
        shown = shown_code(code)
        raise UnknownNameError(
            Fault(
                code="unknown-element",
                message=message.fill(code=shown, root=self.instrument.root.code),
                item=shown,
            )
        )

    def alpha(self, code: str | None = None) -> Alpha:
        """Return Cronbach's alpha of the children of a dimension.

        Args:
            code: of the dimension; None for the root.

        Raises:
            UnknownNameError: there is no such dimension.

        Examples:
            >>> import meritindex as mi
            >>> found = influence(mi.sample()).alpha("a1")
            >>> found.items, found.agencies, round(float(found.value), 2)
            (('a1q1', 'a1q2', 'a1q3'), 519, 0.9)
        """
        return alpha_of(self._worth, self.instrument.dimension(code or self.instrument.root.code))

    def correlations(self, code: str | None = None) -> Correlations:
        """Return the correlations between the children of a dimension.

        Args:
            code: of the dimension; None for the root.

        Raises:
            UnknownNameError: there is no such dimension.
        """
        dimension = self.instrument.dimension(code or self.instrument.root.code)
        return correlations_of(self._worth, dimension)

    def whole(self, code: str) -> Fraction:
        """Return the most that the weight of an element can be: then its siblings have none.

        Raises:
            UnknownNameError: the instrument has no such code.
            WeightingError: it has no weight, or no siblings to share with.
        """
        return self._siblings(code).whole

    def without(self, code: str) -> WeightChange:
        """Return what becomes of ranks and bands when an element counts for nothing.

        Its weight is shared among its siblings in proportion. (What is missing stays missing.)

        Raises:
            UnknownNameError: the instrument has no such code.
            WeightingError: it has no weight, or nobody to share it among.

        Examples:
            >>> import meritindex as mi
            >>> influence(mi.sample()).without("a7")
            <WeightChange of a7 from 40/3 to 0: 496 ranks, 27 bands>
        """
        return self.shifted(code, to=0)

    def shifted(self, code: str, *, to: object) -> WeightChange:
        """Return what becomes of ranks and bands when a weight is another.

        Its siblings share what is left of the whole in proportion. In a sum of plain factors, which
        has no whole, the range of the sum stays.

        Args:
            code: whose weight.
            to: the weight, from 0 to the whole; a number, or a text such as `12,5`.

        Raises:
            UnknownNameError: the instrument has no such code.
            NumberError: `to` is no number.
            WeightingError: `to` is outside, or the element has no weight or no siblings to share
                with.
            AssessmentError: points of which a mean can't be taken get a weight.
        """
        siblings = self._siblings(code)
        return changed(self.table, siblings, siblings.checked(to))

    @cached_property
    def removals(self) -> tuple[WeightChange, ...]:
        """What becomes of ranks and bands without each element that can be taken out."""
        return tuple(found for found in self._removals if isinstance(found, WeightChange))

    @cached_property
    def not_removable(self) -> tuple[Fault, ...]:
        """Why the other elements can't be taken out."""
        return tuple(found for found in self._removals if isinstance(found, Fault))

    def swap(self, code: str, one: str | int, other: str | int) -> Swap:
        """Return at which weights of an element two agencies have the same total, exactly.

        Its siblings share what is left of the whole in proportion.

        Raises:
            UnknownNameError: there is no such code or agency, or several of that name.
            AssessmentError: an agency has no total, or both are one.
            WeightingError: the element has no weight or no siblings to share with, or totals are no
                plain function of it: a rule above it is no sum, something on the way is rounded or
                bounded, or the total is not exact.

        Examples:
            >>> import meritindex as mi
            >>> one, other = "Kabupaten Nagan Raya", "Kabupaten Aceh Tamiang"
            >>> found = influence(mi.sample())
            >>> crossing, = found.swap("a2", one, other).crossings
            >>> crossing.weight
            Fraction(5072, 175)
            >>> table = found.shifted("a2", to=crossing.weight).table_after
            >>> table[one].total == table[other].total
            True
        """
        rows = [self._row(one), self._row(other)]
        if rows[0] == rows[1]:
            message = Text("{name} tidak bertukar dengan dirinya", "{name} can't swap with itself")
            raise self._refused("agency-twice", message, rows[0])
        return swap_of(self.scored.rows(np.array(rows)), self._siblings(code))

    def band_changes(self, code: str, agency: str | int) -> tuple[BandChange, ...]:
        """Return at which weights of an element an agency changes its band, exactly; ascending.

        Its siblings share what is left of the whole in proportion.

        Raises:
            UnknownNameError: as of `swap`.
            AssessmentError: the agency has no total, or totals have no bands.
            WeightingError: as of `swap`; or a cap of the band depends on points that change.
        """
        row = self._row(agency)
        if self.instrument.root.bands is None:
            message = Text("{name}: nilainya tanpa kategori", "{name}: totals have no bands")
            raise self._refused("bands-none", message, row)
        return band_changes_of(self.scored.rows(np.array([row])), self._siblings(code))

    def verify_first(
        self,
        agency: str | int | None = None,
        policy: AnswerPolicy | None = None,
        *,
        draws: int = 1000,
        seed: int = 0,
    ) -> VerifyFirst:
        """Return which open answers most likely change bands; see `verify_first`.

        Agencies without a total are among them: often, that is what an open answer does.
        """
        return verify_first(self.scored, agency, policy=policy, draws=draws, seed=seed)

    def sobol(
        self,
        region: Admissible | None = None,
        of: str | int | None = None,
        *,
        output: SobolOutput | str = SobolOutput.RANK,
        samples: int = 1024,
        seed: int = 0,
    ) -> SobolIndices:
        """Return how much of the variance of a rank each open weight accounts for.

        The weights of a dimension are not independent, for they share a whole; Sobol indices are of
        independent factors. So each open weight has a factor `u`, uniform from 0 to 1, and the
        weights are made of all factors: where they share a whole, each is its least plus a multiple
        of `-log(1 - u)`, but not above its most, and the multiple is the one that fills the whole.
        (Where nothing but the whole limits them, that is uniform on all weights that fill it; where
        ends of intervals bind, it is not.) Where the rule states no whole, a weight lies between
        its ends in proportion to `u`. The index of a weight is that of its factor.

        Ranks are those of the agencies with a total, their answers as they are.

        Args:
            region: what is known of the weights; None for all that is published. Nothing but an
                interval for each.
            of: the agency whose rank or total it is; None for the mean shift of the ranks of all
                agencies against the weighting of this influence.
            output: of an agency, its `rank` or its `total`.
            samples: how many base samples, a power of two; the output is worked out at as many
                times the number of open weights plus two.
            seed: a whole number from 0.

        Raises:
            ImportError: SALib is not there: `pip install "meritindex[sobol]"`.
            WeightingError: no weight is open, the open weights are tied by an order or a sum, or
                the region is refused; or the samples or the seed are.
            AssessmentError: the agency has no total, or not under every weighting.
            UnknownNameError: there is no such agency, or there are several.
            ValueError: `output` is `total` and no agency is named, or is something else.
        """
        output = SobolOutput(output)
        row = None if of is None else self._place(of)
        if row is None and output is SobolOutput.RANK:
            output = SobolOutput.SHIFT
        if (row is None) != (output is SobolOutput.SHIFT):
            raise ValueError(f"the {output} is not of {'all agencies' if row is None else 'one'}")
        return sobol_of(
            self.table,
            Admissible() if region is None else region,
            row,
            output,
            samples=samples,
            seed=seed,
        )

    def __repr__(self) -> str:
        made_up = ", synthetic" if self.synthetic else ""
        return (
            f"<Influence in {len(self.table)} of {len(self.scored)} under {self.instrument.id}, "
            f"{self.weighting.name}, {self.scored.standing}{made_up}>"
        )

    def to_text(self, language: Language = "id", width: int = 80) -> str:
        """Return the influence as text of at most `width` columns."""
        from meritindex.analysis.influencing.page import (  # noqa: PLC0415 - it shows this
            influence_document,
        )

        return to_text(influence_document(self, language), width)

    def to_html(self, language: Language = "id") -> str:
        """Return the influence as plain semantic HTML, escaped."""
        from meritindex.analysis.influencing.page import (  # noqa: PLC0415 - it shows this
            influence_document,
        )

        return to_html(influence_document(self, language))

    def _repr_html_(self) -> str:
        return self.to_html()

    @cached_property
    def _worth(self) -> Worth:
        return Worth(self.table)

    @cached_property
    def _removals(self) -> tuple[WeightChange | Fault, ...]:
        found: list[WeightChange | Fault] = []
        for node in self.instrument.nodes[1:]:
            try:
                found.append(self.without(node.code))
            except WeightingError as error:
                found += error.faults
        return tuple(found)

    def _siblings(self, code: str) -> Siblings:
        return siblings_of(self.scored.plan, code)

    def _row(self, who: str | int) -> int:
        """Return the row of an agency, which must have a total."""
        row = self.scored[who].row
        if not self.scored.totals.known[row]:
            message = Text("nilai {name} tidak diketahui", "the total of {name} is not known")
            raise self._refused("agency-without-total", message, row)
        return row

    def _place(self, who: str | int) -> int:
        """Return the row of an agency among those that have a total."""
        return int(self.scored.totals.known[: self._row(who)].sum())

    def _refused(self, code: str, message: Text, row: int) -> AssessmentError:
        name = self.scored.agencies[row].name
        return AssessmentError(Fault(code=code, message=message.fill(name=name), agency=name))


def influence(
    assessments: Assessment | AssessmentSet | Iterable[Assessment],
    weighting: Weighting | None = None,
) -> Influence:
    """Find out what makes the totals of agencies differ.

    Only agencies whose total is known enter; `without_total` names the others.

    Args:
        assessments: the answers of several agencies.
        weighting: where the weights come from; None for the instrument's default.

    Raises:
        WeightingError: the weighting does not give every weight.
        AssessmentError: fewer than two agencies have a total, or all totals are the same, so that
            there are no differences to explain; or the assessments do not make a set.

    Examples:
        >>> import meritindex as mi
        >>> found = influence(mi.sample())
        >>> found
        <Influence in 519 of 546 under ism-2026, equal-remainder, assumed, synthetic>
        >>> top = [found[code] for code in ("maturity", "satisfaction", "correction")]
        >>> sum(element.effective for element in top) == 1
        True
    """
    if isinstance(assessments, Assessment):
        assessments = [assessments]
    found = Influence(scored=score(assessments, weighting))
    totals = found.table.totals
    if len(totals) < 2:
        few = Text(
            "{count} penilaian mempunyai nilai yang diketahui; pengaruh memerlukan paling sedikit "
            "dua",
            "{count} assessments have a total that is known; influence needs at least two",
        )
        raise AssessmentError(
            Fault(
                code="influence-too-few",
                message=few.fill(count=len(totals)),
                value=str(len(totals)),
                allowed=Text("paling sedikit 2", "at least 2"),
            )
        )
    if (totals.numerators == totals.numerators[0]).all():
        same = Text(
            "nilai semua penilaian sama, sehingga tidak ada perbedaan untuk dijelaskan",
            "all totals are the same, so that there are no differences to explain",
        )
        raise AssessmentError(Fault(code="influence-no-differences", message=same))
    return found
