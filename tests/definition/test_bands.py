from __future__ import annotations

from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    ASSUMED,
    OFFICIAL,
    band,
    check_fault,
    faults_of,
    limit,
    only_fault,
)
from meritindex.definition import Band, Bands, Limit, Rounding, RoundingMode
from meritindex.errors import DefinitionError
from meritindex.language import Text

HUNDREDTHS = Rounding(digits=2, basis=ASSUMED)
roundings = st.builds(
    Rounding, digits=st.integers(0, 3), basis=st.just(ASSUMED), mode=st.sampled_from(RoundingMode)
)


def printed_bands(ends: list[int], rounding: Rounding) -> Bands:
    """Return bands as a rule prints them: each end belongs to its band, and one step is between."""
    unit = rounding.unit
    return Bands(
        items=tuple(
            band(
                f"band {place}",
                None if place == 0 else limit((ends[place - 1] + 1) * unit),
                None if place == len(ends) else limit(ends[place] * unit),
            )
            for place in range(len(ends) + 1)
        ),
        rounding=rounding,
    )


def within(points: Fraction, one: Band) -> bool:
    """Compare points with the printed ends of a band, as a reader does."""
    lower, upper = one.lower, one.upper
    return (
        lower is None or (points >= lower.value if lower.inclusive else points > lower.value)
    ) and (upper is None or (points <= upper.value if upper.inclusive else points < upper.value))


@st.composite
def ends_and_points(draw: st.DrawFn) -> tuple[list[int], Rounding, Fraction]:
    """Draw ascending printed ends, a rounding, and points that are often right beside an end."""
    rounding = draw(roundings)
    ends = sorted(draw(st.sets(st.integers(-60, 60), min_size=1, max_size=6)))
    beside = draw(st.sampled_from(ends)) + draw(st.fractions(-2, 2, max_denominator=4))
    return ends, rounding, draw(st.just(beside * rounding.unit) | st.fractions(-80, 80))


class TestNumberNamed:
    def test_a_name_is_the_official_one_or_its_translation_in_any_case(self) -> None:
        found = Bands(items=(band("Cukup"), band("Baik", limit(1)), band("baik (en)", limit(2))))
        for name, number in (
            ("Cukup", 1),
            (" cukup ", 1),
            ("CUKUP (EN)", 1),
            ("baik", 2),
            # An official name comes before a translation of another one.
            ("Baik (en)", 3),
            ("Baik (en) (en)", 3),
            ("good", None),
            ("", None),
        ):
            assert found.number_named(name) == number, name

    def test_a_name_that_is_written_exactly_so_comes_first(self) -> None:
        found = Bands(items=(band("A"), band("a", limit(1))))
        assert [found.number_named(name) for name in "Aa"] == [1, 2]


class TestNumberOf:
    @pytest.mark.parametrize(
        ("points", "number"),
        [
            ("-1", 1),
            ("65.5", 1),
            ("174.5", 1),
            ("174.999999", 1),
            ("175", 2),
            ("249.5", 2),
            ("250", 3),
            ("324.5", 3),
            ("325", 4),
            ("410", 4),
        ],
    )
    @pytest.mark.parametrize("stated", ["lower ends", "upper ends", "both"])
    def test_points_that_are_not_rounded_meet_thresholds(
        self, points: str, number: int, stated: str
    ) -> None:
        thresholds = [175, 250, 325]
        bands = Bands(
            items=tuple(
                band(
                    name,
                    limit(thresholds[place - 1]) if place > 0 and stated != "upper ends" else None,
                    limit(thresholds[place], inclusive=False)
                    if place < 3 and stated != "lower ends"
                    else None,
                )
                for place, name in enumerate(["I", "II", "III", "IV"])
            )
        )
        assert bands.number_of(Fraction(points)) == number
        assert bands.band_of(Fraction(points)) is bands.items[number - 1]
        assert bands.thresholds == tuple((Fraction(value), True) for value in thresholds)

    @pytest.mark.parametrize(
        ("points", "number"),
        [
            ("-0.1", 1),
            ("0.40", 1),
            ("0.404999", 1),
            ("0.405", 2),
            ("0.41", 2),
            ("0.604999", 2),
            ("0.605", 3),
            ("1.004999", 3),
            ("1.005", 4),
            ("1.01", 4),
        ],
    )
    def test_points_are_rounded_before_they_meet_printed_ends(
        self, points: str, number: int
    ) -> None:
        bands = Bands(
            items=(
                band("a", None, limit("0.40")),
                band("b", limit("0.41"), limit("0.60")),
                band("c", limit("0.61"), limit("1.00")),
                band("d", limit("1.00", inclusive=False)),
            ),
            rounding=HUNDREDTHS,
        )
        assert bands.number_of(Fraction(points)) == number

    @given(ends_and_points())
    def test_agrees_with_the_rounded_value_beside_the_printed_ends(
        self, case: tuple[list[int], Rounding, Fraction]
    ) -> None:
        ends, rounding, points = case
        bands = printed_bands(ends, rounding)
        fitting = [one for one in bands if within(rounding.round(points), one)]
        assert fitting == [bands.band_of(points)]
        assert bands.items.index(fitting[0]) + 1 == bands.number_of(points)

    @given(
        st.lists(st.integers(-60, 60), min_size=1, max_size=5, unique=True),
        st.lists(st.sampled_from(["both", "lower", "upper"]), min_size=5, max_size=5),
        st.lists(st.booleans(), min_size=5, max_size=5),
        st.fractions(-70, 70, max_denominator=4),
    )
    def test_without_rounding_agrees_with_the_printed_ends(
        self, values: list[int], stated: list[str], inclusive: list[bool], points: Fraction
    ) -> None:
        values.sort()
        bands = Bands(
            items=tuple(
                band(
                    f"band {place}",
                    limit(values[place - 1], inclusive=inclusive[place - 1])
                    if place and stated[place - 1] != "upper"
                    else None,
                    limit(values[place], inclusive=not inclusive[place])
                    if place < len(values) and stated[place] != "lower"
                    else None,
                )
                for place in range(len(values) + 1)
            )
        )
        expected = 1 + sum(
            points >= value if own else points > value
            for value, own in zip(values, inclusive, strict=False)
        )
        assert bands.number_of(points) == expected
        assert within(points, bands.band_of(points))

    @given(ends_and_points(), st.data())
    def test_one_end_says_as_much_as_both(
        self, case: tuple[list[int], Rounding, Fraction], data: st.DataObject
    ) -> None:
        ends, rounding, points = case
        printed = printed_bands(ends, rounding)
        unit = rounding.unit
        lowers: list[Limit | None] = [None]
        uppers: list[Limit | None] = []
        for end in ends:
            lower, upper = data.draw(
                st.sampled_from(
                    [
                        (limit((end + 1) * unit), None),
                        (limit(end * unit, inclusive=False), None),
                        (None, limit(end * unit)),
                        (None, limit((end + 1) * unit, inclusive=False)),
                        (limit(end * unit, inclusive=False), limit(end * unit)),
                        (limit((end + 1) * unit), limit((end + 1) * unit, inclusive=False)),
                    ]
                )
            )
            lowers.append(lower)
            uppers.append(upper)
        uppers.append(None)
        items = tuple(
            band(f"band {place}", lower, upper)
            for place, (lower, upper) in enumerate(zip(lowers, uppers, strict=True))
        )
        bands = Bands(items=items, rounding=rounding)
        assert bands.thresholds == printed.thresholds
        assert bands.number_of(points) == printed.number_of(points)

    @given(ends_and_points(), st.fractions(0, 5))
    def test_is_monotone(self, case: tuple[list[int], Rounding, Fraction], more: Fraction) -> None:
        ends, rounding, points = case
        bands = printed_bands(ends, rounding)
        assert bands.number_of(points) <= bands.number_of(points + more)

    @given(ends_and_points())
    def test_every_band_can_be_reached(self, case: tuple[list[int], Rounding, Fraction]) -> None:
        ends, rounding, _ = case
        bands = printed_bands(ends, rounding)
        reached = {bands.number_of(end * rounding.unit) for end in [*ends, ends[-1] + 1]}
        assert reached == set(range(1, len(bands) + 1))

    def test_one_band_covers_the_line(self) -> None:
        bands = Bands(items=(band("all"),))
        assert bands.number_of(Fraction(-1000)) == bands.number_of(Fraction(1000)) == 1
        assert bands.thresholds == ()


class TestItems:
    BANDS = Bands(
        items=(
            band("a", None, limit(10, inclusive=False)),
            band("b", limit(10)),
            band("c", limit(20), limit(30)),
            band("d", limit(30, inclusive=False)),
        )
    )

    def test_a_set_of_bands_is_iterated_from_the_lowest(self) -> None:
        assert [str(one) for one in self.BANDS] == ["a", "b", "c", "d"]
        assert len(self.BANDS) == 4

    def test_a_band_is_called_by_its_indonesian_name(self) -> None:
        assert str(Band(name=Text("Tinggi", "High"))) == "Tinggi"

    @pytest.mark.parametrize(
        ("number", "values"), [(1, [10]), (2, [10, 20]), (3, [20, 30]), (4, [30])]
    )
    def test_the_limits_beside_a_band_are_those_of_its_seams(
        self, number: int, values: list[int]
    ) -> None:
        assert [one.value for one in self.BANDS.limits_beside(number)] == values

    @pytest.mark.parametrize("firmer", ["below", "above"])
    def test_where_both_bands_state_a_limit_the_firmer_statement_stands(self, firmer: str) -> None:
        upper = limit(10, inclusive=False)
        lower = limit(10)
        if firmer == "below":
            upper = attrs.evolve(upper, basis=OFFICIAL)
        else:
            lower = attrs.evolve(lower, basis=OFFICIAL)
        bands = Bands(items=(band("a", None, upper), band("b", lower)))
        for number in (1, 2):
            assert bands.limits_beside(number) == ((upper if firmer == "below" else lower),)

    def test_a_single_band_rests_on_no_limit(self) -> None:
        assert Bands(items=(band("all"),)).limits_beside(1) == ()


class TestRefusals:
    def test_no_band_at_all(self) -> None:
        check_fault(only_fault(DefinitionError, lambda: Bands(items=())), "bands-empty", None)

    def test_a_name_that_stands_twice(self) -> None:
        items = (band("a", None, limit(1)), band("a", limit(1, inclusive=False)))
        fault = only_fault(DefinitionError, lambda: Bands(items=items))
        check_fault(fault, "code-twice", "a", "a", "2", Text("nama kategori", "the band name"))

    def test_ends_that_are_not_open(self) -> None:
        items = (band("a", limit(0), limit(1)), band("b", limit(1, inclusive=False), limit(2)))
        below, above = faults_of(DefinitionError, lambda: Bands(items=items))
        check_fault(below, "bands-not-open", None, Text("a", "a (en)"))
        check_fault(above, "bands-not-open", None, Text("b", "b (en)"))

    @pytest.mark.parametrize("side", ["lower", "upper"])
    def test_a_limit_between_two_steps_of_the_rounding(self, side: str) -> None:
        between = limit("0.405", inclusive=side == "lower")
        items = (
            band("a", None, between if side == "upper" else None),
            band("b", between if side == "lower" else None, None),
        )
        fault = only_fault(DefinitionError, lambda: Bands(items=items, rounding=HUNDREDTHS))
        name = Text("b", "b (en)") if side == "lower" else Text("a", "a (en)")
        check_fault(fault, "bands-off-grid", None, "0.405", "0.01", name)

    def test_a_limit_between_two_steps_is_named_however_fine_it_is(self) -> None:
        items = (band("a"), band("b", limit("0.4000001")))
        fault = only_fault(DefinitionError, lambda: Bands(items=items, rounding=HUNDREDTHS))
        check_fault(fault, "bands-off-grid", None, "0.4000001")

    def test_a_seam_without_a_limit(self) -> None:
        fault = only_fault(DefinitionError, lambda: Bands(items=(band("a"), band("b"))))
        check_fault(fault, "bands-gap", None, Text("a", "a (en)"), Text("b", "b (en)"))

    def test_a_gap_in_print_names_the_limits_and_the_ways_out(self) -> None:
        items = (band("a", None, limit("0.4")), band("b", limit("0.41")))
        fault = only_fault(DefinitionError, lambda: Bands(items=items))
        assert fault.message == Text(
            "kategori a (sampai 0.4) dan b (mulai 0.41) menyisakan celah; bila nilai dibulatkan "
            "sebelum dibaca, nyatakan pembulatan (rounding) kategorinya; bila tidak, akhiri yang "
            "satu di tempat yang lain mulai (below/from)",
            "the bands a (en) (to 0.4) and b (en) (from 0.41) leave a gap; where points are "
            "rounded before they are read, state the rounding of the bands, else let one end where "
            "the other begins (below/from)",
        )

    @pytest.mark.parametrize(
        ("upper", "lower", "rounding", "expected"),
        [
            # Of what a rounding would not mend, or has not mended, it is not spoken.
            ("0.4", "0.42", HUNDREDTHS, ("(to 0.4)", "(from 0.42)", "leave a gap; let one end")),
            ("0.5", "0.42", None, ("(to 0.5)", "(from 0.42)", "overlap; let one end")),
        ],
    )
    def test_where_a_rounding_is_no_way_out(
        self, upper: str, lower: str, rounding: Rounding | None, expected: tuple[str, ...]
    ) -> None:
        items = (band("a", None, limit(upper)), band("b", limit(lower)))
        fault = only_fault(DefinitionError, lambda: Bands(items=items, rounding=rounding))
        assert all(words in fault.message.en for words in expected)
        assert "pembulatan" not in fault.message.id

    def test_ends_that_do_not_belong_to_their_bands(self) -> None:
        items = (
            band("a", None, limit(10, inclusive=False)),
            band("b", limit(10, inclusive=False)),
        )
        fault = only_fault(DefinitionError, lambda: Bands(items=items))
        check_fault(fault, "bands-gap", None, Text("(di bawah 10)", "(below 10)"))
        check_fault(fault, "bands-gap", None, Text("(di atas 10) men", "(above 10) leave a gap;"))
        assert "rounding" not in fault.message.en

    @pytest.mark.parametrize("second", [1, 0])
    def test_limits_that_do_not_ascend(self, second: int) -> None:
        items = (band("a"), band("b", limit(1)), band("c", limit(second)))
        fault = only_fault(DefinitionError, lambda: Bands(items=items))
        check_fault(fault, "bands-order", None, Text("b", "b (en)"), Text("c", "c (en)"))

    def test_without_rounding_a_band_may_be_a_single_point_and_no_less(self) -> None:
        def make(*, above: bool, beyond: bool) -> Bands:
            items = (
                band("a"),
                band("b", limit(1, inclusive=not above)),
                band("c", limit(1, inclusive=not beyond)),
            )
            return Bands(items=items)

        bands = make(above=False, beyond=True)
        numbers = [bands.number_of(Fraction(value)) for value in ("0.999", "1", "1.001")]
        assert numbers == [1, 2, 3]
        for above, beyond in [(False, False), (True, True), (True, False)]:
            fault = only_fault(
                DefinitionError,
                lambda above=above, beyond=beyond: make(above=above, beyond=beyond),
            )
            check_fault(fault, "bands-order", None, Text("b", "b (en)"), Text("c", "c (en)"))

    def test_a_seam_without_a_limit_does_not_hide_later_faults(self) -> None:
        items = (band("a"), band("b"), band("c", limit(2)), band("d", limit(1)))
        faults = faults_of(DefinitionError, lambda: Bands(items=items))
        assert [fault.code for fault in faults] == ["bands-gap", "bands-order"]

    def test_a_band_that_no_rounded_value_can_reach(self) -> None:
        # "up to 0.41" and "from 0.42" leave nothing for the band between them.
        items = (band("a", None, limit("0.41")), band("b"), band("c", limit("0.42")))
        fault = only_fault(DefinitionError, lambda: Bands(items=items, rounding=HUNDREDTHS))
        check_fault(fault, "bands-order", None, Text("b", "b (en)"))

    @pytest.mark.parametrize(
        ("upper", "upper_inclusive", "lower", "lower_inclusive", "rounding", "code"),
        [
            ("10", True, "10", False, None, None),
            ("10", False, "10", True, None, None),
            ("10", False, "10", False, None, "bands-gap"),
            ("10", True, "10", True, None, "bands-overlap"),
            ("10", True, "11", True, None, "bands-gap"),
            ("174", True, "175", True, None, "bands-gap"),
            ("11", False, "10", True, None, "bands-overlap"),
            ("11", True, "10", False, None, "bands-overlap"),
            ("0.40", True, "0.41", True, HUNDREDTHS, None),
            ("0.40", True, "0.40", False, HUNDREDTHS, None),
            ("0.41", False, "0.41", True, HUNDREDTHS, None),
            ("0.41", False, "0.40", False, HUNDREDTHS, None),
            ("0.40", True, "0.42", True, HUNDREDTHS, "bands-gap"),
            ("0.40", False, "0.41", True, HUNDREDTHS, "bands-gap"),
            ("0.40", False, "0.40", False, HUNDREDTHS, "bands-gap"),
            ("0.40", True, "0.41", False, HUNDREDTHS, "bands-gap"),
            ("0.40", True, "0.40", True, HUNDREDTHS, "bands-overlap"),
            ("0.41", True, "0.41", True, HUNDREDTHS, "bands-overlap"),
            ("0.41", True, "0.40", False, HUNDREDTHS, "bands-overlap"),
        ],
    )
    def test_gaps_and_overlaps(
        self,
        upper: str,
        upper_inclusive: bool,
        lower: str,
        lower_inclusive: bool,
        rounding: Rounding | None,
        code: str | None,
    ) -> None:
        items = (
            band("a", None, limit(upper, inclusive=upper_inclusive)),
            band("b", limit(lower, inclusive=lower_inclusive), None),
        )
        if code is None:
            assert len(Bands(items=items, rounding=rounding)) == 2
        else:
            fault = only_fault(DefinitionError, lambda: Bands(items=items, rounding=rounding))
            check_fault(fault, code, None, Text("a", "a (en)"), Text("b", "b (en)"))

    @given(
        st.lists(st.integers(0, 20), min_size=1, max_size=5, unique=True),
        st.data(),
        st.sampled_from([-3, -2, -1, 1, 2, 3]),
        roundings,
    )
    def test_moving_one_printed_end_leaves_a_gap_or_an_overlap(
        self, places: list[int], data: st.DataObject, shift: int, rounding: Rounding
    ) -> None:
        # Ends lie 10 steps apart, so that the order stays.
        ends = [10 * place for place in sorted(places)]
        items = list(printed_bands(ends, rounding).items)
        moved = data.draw(st.integers(1, len(ends)))
        lower = items[moved].lower
        assert lower is not None
        items[moved] = band("moved", limit(lower.value + shift * rounding.unit), items[moved].upper)
        fault = only_fault(DefinitionError, lambda: Bands(items=tuple(items), rounding=rounding))
        code = "bands-gap" if shift > 0 else "bands-overlap"
        check_fault(fault, code, None, Text("moved", "moved (en)"))
