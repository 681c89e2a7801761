"""What changed from one assessment of an agency to its next, and how much of it is performance."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from itertools import chain

import attrs

from meritindex.analysis.premises import codes_text
from meritindex.analysis.progressing.bridging import (
    Names,
    Side,
    answer_reasons,
    carried,
    fits,
    scale_reasons,
    single_names,
)
from meritindex.analysis.progressing.occasions import Direction, Occasion, period_words
from meritindex.analysis.progressing.parts import (
    Counterpart,
    DimensionChange,
    ItemChange,
    counterparts,
    dimension_changes,
    item_changes,
    reworded,
)
from meritindex.definition import Crosswalk, Standing, weakest
from meritindex.errors import Fault, NotComparableError
from meritindex.language import Text


@attrs.frozen(kw_only=True)
class Split:
    """How much of a difference of totals comes from what: the exact Shapley split of two factors.

    With the answers before and after under both instruments there are four totals. Each factor is
    what changing it alone does to the total, in the mean of the two orders in which the two can be
    changed; so neither comes first.

    Attributes:
        performance: what comes from the answers.
        instrument_effect: what comes from the rules by which they are scored.

    Examples:
        >>> from fractions import Fraction
        >>> split = Split.of(Fraction(10), Fraction(14), Fraction(11), Fraction(19))
        >>> split.performance, split.instrument_effect, split.total
        (Fraction(6, 1), Fraction(3, 1), Fraction(9, 1))
    """

    performance: Fraction
    instrument_effect: Fraction

    @classmethod
    def of(
        cls, before: Fraction, after_answers: Fraction, after_rules: Fraction, after: Fraction
    ) -> Split:
        """Return the split of the difference between the first and the last of four totals.

        Args:
            before: the old answers under the old rules.
            after_answers: the new answers under the old rules.
            after_rules: the old answers under the new rules.
            after: the new answers under the new rules.
        """
        answers = (after_answers - before) + (after - after_rules)
        rules = (after_rules - before) + (after - after_answers)
        return cls(performance=answers / 2, instrument_effect=rules / 2)

    @property
    def total(self) -> Fraction:
        """The whole difference: the sum of the two parts."""
        return self.performance + self.instrument_effect


@attrs.frozen(kw_only=True, repr=False)
class PeriodChange:
    """What changed from one assessment of an agency to its next.

    Attributes:
        before: the earlier assessment.
        after: the later one.
        crosswalk: what corresponds under their two instruments, where the caller said so.
    """

    before: Occasion
    after: Occasion
    crosswalk: Crosswalk | None = None

    @property
    def label(self) -> Text:
        """The period for a reader."""
        return period_words(self.before, self.after)

    @property
    def same_rules(self) -> bool:
        """Whether both were scored by the same instrument and weights."""
        return self.before.card.plan == self.after.card.plan

    @property
    def comparable(self) -> bool:
        """Whether the totals of the two can be compared: both known, and on one footing."""
        return not self.reasons

    @property
    def reasons(self) -> tuple[Text, ...]:
        """Why the totals can't be compared; empty where they can."""
        return self._found if isinstance(self._found, tuple) else ()

    def split(self) -> Split:
        """Return how much of the difference comes from the answers, and how much from the rules.

        Where the rules are the same, all of it comes from the answers.

        Raises:
            NotComparableError: the totals can't be compared; every reason is listed.
        """
        if isinstance(self._found, Split):
            return self._found
        message = Text("{agency}, {period}: {reason}", "{agency}, {period}: {reason}")
        name = self.after.agency.name
        raise NotComparableError(
            Fault(
                code="not-comparable",
                message=message.fill(agency=name, period=self.label, reason=reason),
                agency=name,
            )
            for reason in self._found
        )

    @property
    def difference(self) -> Fraction | None:
        """By how much the total rose, exactly; None where the totals can't be compared."""
        return self._found.total if isinstance(self._found, Split) else None

    @property
    def performance(self) -> Fraction | None:
        """What of the difference comes from the answers."""
        return self._found.performance if isinstance(self._found, Split) else None

    @property
    def instrument_effect(self) -> Fraction | None:
        """What of the difference comes from other rules or weights; 0 where they are the same."""
        return self._found.instrument_effect if isinstance(self._found, Split) else None

    @property
    def direction(self) -> Direction | None:
        """Which way the total went; None where the totals can't be compared."""
        return None if self.difference is None else Direction.of(self.difference)

    @property
    def bands(self) -> tuple[str | None, str | None]:
        """The official names of the bands before and after."""
        return self.before.band, self.after.band

    @property
    def exact(self) -> bool:
        """Whether both totals are exact; not so where a rule that is not rational has a part."""
        return self.before.card.exact and self.after.card.exact

    @property
    def standing(self) -> Standing:
        """The weaker standing of the two totals."""
        return weakest((self.before.standing, self.after.standing))

    @property
    def synthetic(self) -> bool:
        """Whether answers of either were made up."""
        return self.before.card.synthetic or self.after.card.synthetic

    @cached_property
    def dimensions(self) -> tuple[DimensionChange, ...]:
        """What became of every dimension that both have; empty under rules that don't compare."""
        return (
            tuple(dimension_changes(self.before, self.after, self._names)) if self._bridged else ()
        )

    @cached_property
    def items(self) -> tuple[ItemChange, ...]:
        """The indicators and measures of which the answer is another now, in their order."""
        return tuple(item_changes(self.before, self.after, self._names)) if self._bridged else ()

    @cached_property
    def counterparts(self) -> tuple[Counterpart, ...]:
        """What corresponds by the crosswalk, side by side, each on its own scale.

        These are no differences: there is no conversion from the one scale to the other.
        """
        if self.crosswalk is None or self.same_rules or not self._crosswalk_fits:
            return ()
        return tuple(counterparts(self.before, self.after, self.crosswalk))

    @cached_property
    def remarks(self) -> tuple[Text, ...]:
        """What is to be minded: other stages, and criteria in other words."""
        return tuple(self._remarks())

    def _remarks(self) -> Iterator[Text]:
        if self.before.stage is not self.after.stage:
            text = Text(
                "tahapnya berbeda: {before}, kemudian {after}",
                "the stages differ: {before}, then {after}",
            )
            yield text.fill(before=self.before.stage_label, after=self.after.stage_label)
        if self._bridged and not self.same_rules:
            codes = reworded(self.before, self.after, self._names)
            if codes:
                text = Text(
                    "rumusan kriteria berubah pada {codes}; tingkat yang sama dianggap setara",
                    "the criteria of {codes} are in other words; the same level is taken as equal",
                )
                yield text.fill(codes=codes_text(codes))

    def __repr__(self) -> str:
        return f"<PeriodChange of {self.after.agency.name}, {self.label.en}: {self.difference}>"

    @property
    def _bridged(self) -> bool:
        """Whether the answers of each can be put under the rules of the other."""
        return self.same_rules or not self._rule_reasons

    @property
    def _crosswalk_fits(self) -> bool:
        crosswalk = self.crosswalk
        return crosswalk is not None and fits(
            crosswalk, self.before.instrument, self.after.instrument
        )

    @cached_property
    def _names(self) -> Names:
        """What parts of the earlier instrument are called in the later; None: the same."""
        if self.crosswalk is None or self.same_rules or not self._crosswalk_fits:
            return None
        return single_names(self.crosswalk, self.before.instrument)

    @property
    def _names_back(self) -> Names:
        """What parts of the later instrument are called in the earlier; None: the same."""
        names = self._names
        return None if names is None else {other: code for code, other in names.items()}

    @cached_property
    def _sides(self) -> tuple[Side, Side]:
        occasions = (self.before, self.after)
        ids = [each.instrument.id for each in occasions]
        if ids[0] == ids[1]:
            ids = [f"{each.instrument.id} ({each.when})" for each in occasions]
        first, second = (
            Side(plan=each.card.plan, name=name) for each, name in zip(occasions, ids, strict=True)
        )
        return first, second

    @cached_property
    def _rule_reasons(self) -> tuple[Text, ...]:
        """Why the answers of one can't be put under the rules of the other."""
        old, new = self._sides
        found = [
            *scale_reasons(old, new),
            *answer_reasons(self.before.card.assessment, old, new, self._names),
            *answer_reasons(self.after.card.assessment, new, old, self._names_back),
        ]
        if found and self.crosswalk is not None and not self._crosswalk_fits:
            other = Text(
                "padanan yang diberikan adalah untuk {one} dan {other}",
                "the crosswalk that was given is for {one} and {other}",
            )
            sides = (self.crosswalk.source.instrument, self.crosswalk.target.instrument)
            found.append(other.fill(one=sides[0], other=sides[1]))
        return tuple(found)

    @cached_property
    def _found(self) -> Split | tuple[Text, ...]:
        """Return the split, or why there is none."""
        reasons = [] if self.same_rules else [*self._rule_reasons]
        before, after = self.before.total, self.after.total
        reasons += [
            _unknown_total(each) for each in (self.before, self.after) if each.total is None
        ]
        if reasons or before is None or after is None:
            return tuple(reasons)
        if self.same_rules:
            return Split.of(before, after, before, after)
        old, new = self._sides
        renewed = carried(self.before.card.assessment, old, new, self._names)
        restored = carried(self.after.card.assessment, new, old, self._names_back)
        if isinstance(renewed, Fraction) and isinstance(restored, Fraction):
            return Split.of(before, restored, renewed, after)
        refused = [each for each in (renewed, restored) if isinstance(each, tuple)]
        return tuple(dict.fromkeys(chain.from_iterable(refused)))


def _unknown_total(occasion: Occasion) -> Text:
    """Return that a total is not known, and for want of what."""
    message = Text(
        "nilai {when} tidak diketahui: belum ada {codes}",
        "the total of {when} is not known: {codes} missing",
    )
    return message.fill(when=occasion.when_words, codes=codes_text(occasion.card.needed))
