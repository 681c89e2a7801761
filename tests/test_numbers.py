from __future__ import annotations

import enum
import re
from decimal import ROUND_CEILING, ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from math import inf, isfinite, nan
from numbers import Real

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builders import check_fault, only_fault
from meritindex.errors import NumberError
from meritindex.numbers import (
    GRAMMAR,
    MAX_DIGITS,
    decimal_text,
    decimals_of,
    exact_text,
    localized,
    parse_number,
    quoted,
    round_half_up,
    shortest_text,
)

# Numbers that have at most 18 digits as a decimal and as a fraction as well.
short_decimals = st.builds(
    lambda units, places: Fraction(units, 10**places),
    st.integers(-(10**9) + 1, 10**9 - 1),
    st.integers(0, 8),
)
short_fractions = st.builds(
    Fraction, st.integers(-(10**9) + 1, 10**9 - 1), st.integers(1, 10**9 - 1)
)


class TestParseNumber:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("0", "0"),
            ("12", "12"),
            ("+12", "12"),
            ("-12", "-12"),
            ("-0", "0"),
            ("007", "7"),
            ("0.75", "3/4"),
            ("0,75", "3/4"),
            ("-0,75", "-3/4"),
            ("  37,5\n", "75/2"),
            ("2/3", "2/3"),
            ("-2/3", "-2/3"),
            ("+2/3", "2/3"),
            ("2 1/3", "7/3"),
            ("2   1/3", "7/3"),
            ("-2 1/3", "-7/3"),
            ("4/2", "2"),
            ("0/5", "0"),
            ("999999999999999999", "999999999999999999"),
            ("0.00000000000000001", "1/100000000000000000"),
            ("123456789/987654321", "123456789/987654321"),
        ],
    )
    def test_reads_the_grammar(self, text: str, expected: str) -> None:
        assert parse_number(text) == Fraction(expected)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            " ",
            "-",
            ".5",
            "5.",
            "1.2.3",
            "1,2,3",
            "1.000,5",
            "1_000",
            "1e3",
            "1E3",
            "0x10",
            "inf",
            "-Infinity",
            "nan",
            "--1",
            "+-1",
            "- 1",
            "1 2",
            "1/0",
            "0/0",
            "2 1/0",
            "1/-2",
            "1/2/3",
            "1/2.5",
            "1,5/2",
            "1 / 2",
            "2\t1/3",
            "2\n1/3",
            "½",
            "²",
            "١٢",
            "\uff11\uff12",
            "१२",
            "1\u00a0000",
            "1\u200b",
            "1" + 40 * " " + "1/3",
            "1\x00",
            "tiga",
        ],
    )
    def test_refuses_what_is_not_in_the_grammar(self, text: str) -> None:
        fault = only_fault(NumberError, lambda: parse_number(text))
        check_fault(fault, "not-a-number", None, quoted(text.strip()), GRAMMAR)
        assert fault.value == quoted(text.strip())
        assert fault.allowed == GRAMMAR

    @pytest.mark.parametrize(
        "text",
        [
            "1234567890123456789",
            "0.123456789012345678",
            "1234567890/123456789",
            "1 12345678901234567/1",
            "1234567890123456789/0",
            "-" + 5000 * "9",
            "1," + 5000 * "0",
        ],
    )
    def test_says_so_where_there_are_too_many_digits(self, text: str) -> None:
        fault = only_fault(NumberError, lambda: parse_number(f" {text}"))
        check_fault(fault, "too-many-digits", None, quoted(text), "18")
        assert fault.value == quoted(text)
        assert fault.allowed == GRAMMAR
        assert "terlalu banyak digit; paling banyak 18" in fault.message.id
        assert "too many digits; at most 18" in fault.message.en

    @pytest.mark.parametrize("value", [True, False, None, [], set(), b"1", 1j, object, (1, 2)])
    def test_refuses_what_is_no_number(self, value: object) -> None:
        fault = only_fault(NumberError, lambda: parse_number(value))
        check_fault(fault, "not-a-number", None, quoted(value), GRAMMAR)

    @pytest.mark.parametrize(
        "value", [inf, -inf, nan, np.float32("inf"), np.float16("nan"), np.longdouble("inf")]
    )
    def test_refuses_floats_that_are_not_finite(self, value: float) -> None:
        fault = only_fault(NumberError, lambda: parse_number(value))
        check_fault(fault, "not-a-number", None, quoted(value), GRAMMAR)

    @pytest.mark.parametrize(
        "value", [1e18, -1e300, 5e-324, 1e-18, np.float64(1e18), np.float32(1e30)]
    )
    def test_refuses_floats_of_too_many_digits(self, value: float) -> None:
        fault = only_fault(NumberError, lambda: parse_number(value))
        check_fault(fault, "too-many-digits", None, quoted(value), "18")

    @pytest.mark.parametrize(
        "text",
        ["NaN", "sNaN", "-sNaN123", "Infinity", "-Infinity"],
    )
    def test_refuses_decimals_that_are_not_finite(self, text: str) -> None:
        assert only_fault(NumberError, lambda: parse_number(Decimal(text))).code == "not-a-number"

    @pytest.mark.parametrize(
        "text", ["1E+18", "1E+999999", "1E-999999", "1E-18", "0E-100", "1." + "1" * 5000]
    )
    def test_refuses_decimals_of_too_many_digits(self, text: str) -> None:
        fault = only_fault(NumberError, lambda: parse_number(Decimal(text)))
        assert fault.code == "too-many-digits"

    @pytest.mark.parametrize(
        ("text", "expected"),
        [("-0", "0"), ("1E+17", "100000000000000000"), ("1.50", "3/2"), ("-25E-3", "-1/40")],
    )
    def test_reads_decimals_however_they_are_written(self, text: str, expected: str) -> None:
        assert parse_number(Decimal(text)) == Fraction(expected)

    def test_reads_whole_numbers_up_to_18_digits(self) -> None:
        assert parse_number(10**MAX_DIGITS - 1) == 10**MAX_DIGITS - 1
        assert parse_number(1 - 10**MAX_DIGITS) == 1 - 10**MAX_DIGITS
        for value in (10**MAX_DIGITS, -(10**MAX_DIGITS), 10**5000):
            fault = only_fault(NumberError, lambda value=value: parse_number(value))
            check_fault(fault, "too-many-digits", None, quoted(value), "18")

    def test_reads_a_whole_number_of_a_subtype(self) -> None:
        assert parse_number(enum.IntEnum("Numbers", "one two")["two"]) == 2  # type: ignore[misc]

    @pytest.mark.parametrize("kind", [np.uint8, np.int16, np.int64, np.uint64])
    def test_reads_the_whole_numbers_of_numpy(self, kind: type[np.integer]) -> None:
        assert parse_number(kind(120)) == 120
        assert type(parse_number(kind(120)).numerator) is int

    @pytest.mark.parametrize(
        ("value", "code"),
        [
            (np.bool_(1), "not-a-number"),
            (np.complex128(1), "not-a-number"),
            (np.int64(10**18), "too-many-digits"),
            (np.uint64(2**64 - 1), "too-many-digits"),
        ],
    )
    def test_refuses_what_numpy_holds_beyond_the_grammar(self, value: object, code: str) -> None:
        assert only_fault(NumberError, lambda: parse_number(value)).code == code

    @pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64, np.longdouble])
    @pytest.mark.parametrize("text", ["0.5", "0.1", "-37.5", "0", "100", "0.0001"])
    def test_reads_the_floats_of_numpy_by_their_shortest_decimal(
        self, kind: type[np.floating], text: str
    ) -> None:
        assert parse_number(kind(text)) == Fraction(text)

    def test_refuses_a_number_of_another_kind_that_is_not_written_as_one(self) -> None:
        class Third:
            def __str__(self) -> str:
                return "a third"

        Real.register(Third)
        fault = only_fault(NumberError, lambda: parse_number(Third()))
        check_fault(fault, "not-a-number", None, "a third", GRAMMAR)

    def test_takes_fractions_as_they_are(self) -> None:
        value = Fraction(10**30 + 1, 3)
        assert parse_number(value) is value

    @pytest.mark.parametrize("length", [37, 4299, 4301, 5000, 100_000])
    @pytest.mark.parametrize("unit", ["9", "0", " 1", "1/", "٣"])
    def test_refuses_long_texts_quickly_and_quotes_only_their_beginning(
        self, length: int, unit: str
    ) -> None:
        text = "1" + unit * length
        fault = only_fault(NumberError, lambda: parse_number(text))
        assert fault.value is not None
        assert len(fault.value) <= 42

    @given(value=st.one_of(short_decimals, short_fractions))
    def test_round_trips_through_exact_text(self, value: Fraction) -> None:
        assert parse_number(exact_text(value)) == value

    @given(value=short_decimals, fixed=st.booleans(), language=st.sampled_from(["id", "en"]))
    def test_round_trips_through_decimal_text(
        self, value: Fraction, fixed: bool, language: str
    ) -> None:
        text = localized(decimal_text(value, 8, fixed=fixed), language)  # type: ignore[arg-type]
        assert parse_number(text) == value

    @given(value=short_decimals)
    def test_point_and_comma_text_and_decimal_say_the_same(self, value: Fraction) -> None:
        text = decimal_text(value, 8)
        assert parse_number(text.replace(".", ",")) == parse_number(Decimal(text)) == value

    @given(
        sign=st.sampled_from(["", "+", "-"]),
        whole=st.integers(0, 999_999),
        numerator=st.integers(0, 999_999),
        denominator=st.integers(1, 999_999),
    )
    def test_a_sign_holds_for_the_whole_of_a_mixed_number(
        self, sign: str, whole: int, numerator: int, denominator: int
    ) -> None:
        magnitude = whole + Fraction(numerator, denominator)
        expected = -magnitude if sign == "-" else magnitude
        assert parse_number(f"{sign}{whole} {numerator}/{denominator}") == expected

    @given(st.integers(-(10**8), 10**8), st.integers(0, 7))
    @example(3, 1)
    def test_floats_are_read_by_their_shortest_decimal(self, units: int, places: int) -> None:
        value = Fraction(units, 10**places)
        assert parse_number(float(value)) == value

    @given(st.floats())
    @example(-0.0)
    @example(0.1 + 0.2)
    @example(1e17)
    @example(1e-7)
    def test_a_float_is_read_as_the_number_that_python_prints_or_refused(
        self, value: float
    ) -> None:
        try:
            found = parse_number(value)
        except NumberError as error:
            code = "too-many-digits" if isfinite(value) else "not-a-number"
            assert error.faults[0].code == code  # noqa: PT017
        else:
            assert found == Fraction(repr(value))
            assert float(found) == value

    @given(st.floats(-1000, 1000).map(lambda value: round(value, 6)))
    def test_a_numpy_float_is_read_like_any_float(self, value: float) -> None:
        assert parse_number(np.float64(value)) == parse_number(value)

    @given(st.text() | st.text(alphabet="0123456789+-., /eE_٣\uff15 ½"))
    @example("1\n")
    def test_texts_are_read_or_refused_with_a_number_error(self, text: str) -> None:
        try:
            found = parse_number(text)
        except NumberError as error:
            assert error.faults[0].allowed == GRAMMAR  # noqa: PT017
        else:
            read = text.strip().replace(",", ".")
            assert re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?|[+-]?([0-9]+ +)?[0-9]+/[0-9]+", read)
            parts = read.lstrip("+-").split()
            magnitude = sum((Fraction(part) for part in parts), Fraction(0))
            assert found == (-magnitude if read.startswith("-") else magnitude)

    @given(
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(),
            st.decimals(),
            st.complex_numbers(),
            st.binary(),
            st.dates(),
            st.lists(st.integers() | st.text()),
        )
    )
    def test_junk_raises_nothing_but_a_number_error(self, value: object) -> None:
        try:
            assert parse_number(value) == value
        except NumberError as error:
            (fault,) = error.faults
            assert fault.value is not None
            assert len(fault.value) <= 42

    @pytest.mark.parametrize(
        "value", [[10**5000], (10**5000,), {"a": -(10**5000)}], ids=["list", "tuple", "dict"]
    )
    def test_a_collection_with_a_huge_number_is_junk_as_well(self, value: object) -> None:
        assert only_fault(NumberError, lambda: parse_number(value)).code == "not-a-number"


def nested(depth: int) -> list[object]:
    """Return lists within lists."""
    value: list[object] = []
    for _ in range(depth):
        value = [value]
    return value


class TestQuoted:
    def test_what_nests_too_deep_to_be_written_is_named_by_its_type(self) -> None:
        assert quoted(nested(100_000)) == "[list]"

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("tiga", '"tiga"'),
            ("a\nb\rc\td", '"a\\nb\\rc\\td"'),
            ("\x1b[31m", '"\\x1b[31m"'),
            ("a\u202eb", '"a\\u202eb"'),
            ("\ud800", '"\\ud800"'),
            ("Ĉ—😀", '"Ĉ—😀"'),
            (3, "3"),
            (None, "None"),
            (10**40 - 1, "9" * 40),
            (10**40, "[int]"),
            pytest.param(-(10**5000), "[int]", id="huge"),
            ("x" * 40, '"' + "x" * 40 + '"'),
            ("x" * 41, '"' + "x" * 39 + '…"'),
            (["x" * 50], "['" + "x" * 37 + "…"),
        ],
    )
    def test_shows_a_value_as_given_within_a_readable_length(
        self, value: object, expected: str
    ) -> None:
        assert quoted(value) == expected

    def test_the_limit_can_be_chosen(self) -> None:
        assert quoted("abcdef", 3) == '"ab…"'


def test_exact_text_writes_whole_numbers_and_fractions() -> None:
    assert exact_text(Fraction(327)) == "327"
    assert exact_text(Fraction(-653, 2)) == "-653/2"


class TestRounding:
    @given(short_decimals, st.integers(0, 8))
    @example(Fraction("-0.125"), 2)
    @example(Fraction("0.125"), 2)
    @example(Fraction("-0.5"), 0)
    def test_a_half_goes_toward_plus_infinity(self, value: Fraction, digits: int) -> None:
        # In the decimal module "half up" is away from zero, which differs below zero.
        mode = ROUND_HALF_UP if value >= 0 else ROUND_HALF_DOWN
        expected = Decimal(decimal_text(value, 8)).quantize(
            Decimal(1).scaleb(-digits), rounding=mode, context=Context(prec=50)
        )
        assert round_half_up(value, digits) == Fraction(expected)

    @given(st.fractions(), st.integers(0, 8))
    def test_nothing_on_the_grid_is_nearer(self, value: Fraction, digits: int) -> None:
        step = Fraction(1, 10**digits)
        rounded = round_half_up(value, digits)
        assert (rounded / step).denominator == 1
        assert -step / 2 <= value - rounded < step / 2


class TestDecimalText:
    @pytest.mark.parametrize(
        ("value", "places", "fixed", "expected"),
        [
            ("653/2", 6, False, "326.5"),
            ("2/3", 6, False, "0.666667"),
            ("-2/3", 6, False, "-0.666667"),
            ("-1/2", 6, False, "-0.5"),
            ("1", 2, True, "1.00"),
            ("1", 2, False, "1"),
            ("100", 0, False, "100"),
            ("5/2", 0, True, "3"),
            ("-5/2", 0, True, "-2"),
            ("-1/1000", 2, False, "0"),
            ("-1/1000", 2, True, "0.00"),
            ("0", 6, False, "0"),
            ("120", 1, False, "120"),
        ],
    )
    def test_writes_a_point_and_no_trailing_zeros_unless_fixed(
        self, value: str, places: int, fixed: bool, expected: str
    ) -> None:
        assert decimal_text(Fraction(value), places, fixed=fixed) == expected

    @given(st.fractions(), st.integers(0, 9), st.booleans())
    def test_writes_the_rounded_number(self, value: Fraction, places: int, fixed: bool) -> None:
        text = decimal_text(value, places, fixed=fixed)
        assert Fraction(text) == round_half_up(value, places)
        decimals = text.partition(".")[2]
        assert len(decimals) == places if fixed else not decimals.endswith("0")
        assert text.lstrip("-0.") or not text.startswith("-")


class TestShortestText:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("0", "0"),
            ("-0.0000001", "-0.0000001"),
            ("99.9999999", "99.9999999"),
            ("1250", "1250"),
            ("-2/3", "-2/3"),
            (f"1/{10**18}", "0." + "0" * 17 + "1"),
            (f"1/{10**19}", f"1/{10**19}"),
        ],
    )
    def test_writes_all_the_decimals_or_a_fraction(self, value: str, expected: str) -> None:
        assert shortest_text(Fraction(value)) == expected

    @given(st.fractions())
    def test_no_two_numbers_are_written_alike(self, value: Fraction) -> None:
        assert Fraction(shortest_text(value)) == value


def test_indonesian_writes_a_comma() -> None:
    assert localized("326.5", "id") == "326,5"
    assert localized("326.5", "en") == "326.5"


class TestDecimalsOf:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [("0", 0), ("12", 0), ("1/8", 3), ("1/5", 1), ("1/250", 3), ("1/3", None), ("7/30", None)],
    )
    def test_counts_what_writes_the_number_exactly(self, value: str, expected: int | None) -> None:
        assert decimals_of(Fraction(value)) == expected

    @given(short_decimals)
    def test_is_the_least_that_does(self, value: Fraction) -> None:
        decimals = decimals_of(value)
        assert decimals is not None
        assert Fraction(decimal_text(value, decimals)) == value
        if decimals:
            down = Decimal(decimal_text(value, decimals)).quantize(
                Decimal(1).scaleb(1 - decimals), rounding=ROUND_CEILING, context=Context(prec=50)
            )
            assert Fraction(down) != value
