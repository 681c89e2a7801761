"""The one grammar in which numbers are read and written.

A number is a sign, ASCII digits and at most one decimal mark, or a fraction `b/c` with an optional
whole part (`a b/c`); at most 18 digits in all. There are no exponents, underscores, thousands
separators, infinities or NaNs. Everything is read into a `Fraction`, so nothing is lost; a float
is read by its shortest decimal, the one that Python prints.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from numbers import Integral, Real

from meritindex.errors import Fault, NumberError
from meritindex.language import Language, Text

MAX_DIGITS = 18

_DECIMAL = re.compile(r"([+-]?)([0-9]+)(?:[.,]([0-9]+))?")
_FRACTION = re.compile(r"([+-]?)(?:([0-9]+) +)?([0-9]+)/([0-9]+)")

GRAMMAR = Text(
    id="angka seperti 12, 0,75, 0.75 atau 2 1/3, paling banyak 18 digit",
    en="a number such as 12, 0.75, 0,75 or 2 1/3, with at most 18 digits",
)


def parse_number(value: object) -> Fraction:
    """Read a number exactly.

    Args:
        value: a text in the grammar of this module (point or comma as decimal mark), an `int`, a
            `Fraction`, a `Decimal`, or a `float` (read by its shortest decimal); numpy's too. A
            `bool` is not a number.

    Raises:
        NumberError: the value is not in the grammar, or has more than 18 digits.

    Examples:
        >>> parse_number("37,5"), parse_number("2 1/3"), parse_number(0.1)
        (Fraction(75, 2), Fraction(7, 3), Fraction(1, 10))
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, str):
        return _parse_text(value.strip(), value.strip())
    if isinstance(value, bool):
        raise _not_a_number(value)
    if isinstance(value, Integral):  # numpy's integers too
        if abs(int(value)) < 10**MAX_DIGITS:
            return Fraction(int(value))
        raise _too_many_digits(value)
    decimal = _as_decimal(value)
    if decimal is None or not decimal.is_finite():
        raise _not_a_number(value)
    if abs(decimal.adjusted()) > MAX_DIGITS:  # not to be spelled out: there is no end of zeros
        raise _too_many_digits(value)
    return _parse_text(f"{decimal:f}", value)


def _as_decimal(value: object) -> Decimal | None:
    """Return a value that is no whole number as the decimal that it is written by, if any."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, float):
        # The shortest text that reads back as this number; a subtype may print another.
        return Decimal(float.__repr__(value))
    if not isinstance(value, Real):
        return None
    try:  # numpy's other floats print their shortest text as well
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _parse_text(text: str, value: object) -> Fraction:
    """Read a text; `value` is what was given, for the fault."""
    if match := _DECIMAL.fullmatch(text):
        sign, whole, decimals = match[1], match[2], match[3] or ""
        if len(whole) + len(decimals) > MAX_DIGITS:
            raise _too_many_digits(value)
        return Fraction(int(sign + whole + decimals), 10 ** len(decimals))
    if match := _FRACTION.fullmatch(text):
        sign, whole, numerator, denominator = match[1], match[2] or "0", match[3], match[4]
        if len(match[2] or "") + len(numerator) + len(denominator) > MAX_DIGITS:
            raise _too_many_digits(value)
        # What is longer holds a flood of blanks.
        if int(denominator) and len(text) <= 2 * MAX_DIGITS:
            magnitude = int(whole) + Fraction(int(numerator), int(denominator))
            return -magnitude if sign == "-" else magnitude
    raise _not_a_number(value)


def _not_a_number(value: object) -> NumberError:
    return _number_error(
        "not-a-number",
        Text(
            id="{value} bukan angka; yang diterima: {allowed}",
            en="{value} is not a number; allowed: {allowed}",
        ),
        value,
    )


def _too_many_digits(value: object) -> NumberError:
    return _number_error(
        "too-many-digits",
        Text(
            id="{value}: terlalu banyak digit; paling banyak {limit}",
            en="{value}: too many digits; at most {limit}",
        ),
        value,
    )


def _number_error(code: str, message: Text, value: object) -> NumberError:
    shown = quoted(value)
    message = message.fill(value=shown, allowed=GRAMMAR, limit=MAX_DIGITS)
    return NumberError(Fault(code=code, message=message, value=shown, allowed=GRAMMAR))


def quoted(value: object, limit: int = 40) -> str:
    """Return a value as it was given, cut to a readable length; texts stand in quotation marks.

    What a terminal would not print as it stands (control and direction marks) is spelled out.

    Examples:
        >>> quoted("tiga"), quoted(3)
        ('"tiga"', '3')
    """
    if isinstance(value, int) and abs(value) >= 10**limit:
        return f"[{type(value).__name__}]"
    try:
        text = value[: limit + 1] if isinstance(value, str) else str(value)
    except (ValueError, RecursionError):  # a number of thousands of digits inside, or a deep nest
        return f"[{type(value).__name__}]"
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    text = "".join(
        mark if mark.isprintable() else mark.encode("unicode_escape").decode() for mark in text
    )
    return f'"{text}"' if isinstance(value, str) else text


def exact_text(value: Fraction) -> str:
    """Write a number exactly: `327`, or `653/2`."""
    return str(value)


def round_half_up(value: Fraction, digits: int) -> Fraction:
    """Round to `digits` decimals; a half goes up, toward plus infinity.

    Examples:
        >>> round_half_up(Fraction("0.125"), 2), round_half_up(Fraction("-0.125"), 2)
        (Fraction(13, 100), Fraction(-3, 25))
    """
    unit = 10**digits
    return Fraction(
        (2 * value.numerator * unit + value.denominator) // (2 * value.denominator), unit
    )


def decimal_text(value: Fraction, places: int = 6, *, fixed: bool = False) -> str:
    """Write a number as a decimal with a point, rounded half up to `places` for display.

    Trailing zeros are left out, unless `fixed`.

    Examples:
        >>> decimal_text(Fraction(653, 2)), decimal_text(Fraction(2, 3))
        ('326.5', '0.666667')
        >>> decimal_text(Fraction(1), 2, fixed=True)
        '1.00'
    """
    scaled = round_half_up(value, places) * 10**places
    digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
    whole, decimals = (digits[:-places], digits[-places:]) if places else (digits, "")
    if not fixed:
        decimals = decimals.rstrip("0")
    return ("-" if scaled < 0 else "") + whole + ("." + decimals if decimals else "")


def shortest_text(value: Fraction) -> str:
    """Write a number so that it can't be mistaken for another: with all the decimals it needs.

    What more than 18 decimals would not write exactly is written as a fraction.

    Examples:
        >>> shortest_text(Fraction("99.9999999")), shortest_text(Fraction(2, 3))
        ('99.9999999', '2/3')
    """
    decimals = decimals_of(value)
    if decimals is None or decimals > MAX_DIGITS:
        return exact_text(value)
    return decimal_text(value, decimals)


def localized(decimal: str, language: Language) -> str:
    """Return a decimal text with the decimal mark of `language`: Indonesian writes a comma."""
    return decimal.replace(".", ",") if language == "id" else decimal


def decimals_of(value: Fraction) -> int | None:
    """Return how many decimals write `value` exactly, or None when no finite number does.

    Examples:
        >>> decimals_of(Fraction("37.25")), decimals_of(Fraction(1, 3))
        (2, None)
    """
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def least_integer(limit: Fraction, *, inclusive: bool = True) -> int:
    """Return the least integer that reaches a limit, or, where it is exclusive, passes it.

    Examples:
        >>> least_integer(Fraction(5, 2)), least_integer(Fraction(3), inclusive=False)
        (3, 4)
    """
    return limit.__ceil__() if inclusive else limit.__floor__() + 1
