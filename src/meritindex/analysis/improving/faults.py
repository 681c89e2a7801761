"""How what is wrong with a wish is said; every fault of an improvement is made here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from meritindex.definition import Indicator
from meritindex.definition.checks import shown_code
from meritindex.errors import Fault, NumberError
from meritindex.language import Text
from meritindex.names import near_names
from meritindex.numbers import parse_number, quoted, shortest_text

# So many codes that may be meant are named.
_MOST_NEAR = 4


def wish_fault(  # noqa: PLR0913 - the parts of a fault, named at the call
    code: str,
    message: Text,
    *,
    place: Text,
    item: str | None = None,
    value: str | None = None,
    allowed: Text | None = None,
    agency: str | None = None,
    **fields: object,
) -> Fault:
    """Return a fault; its message may name `{item}`, `{value}`, `{allowed}` and other fields."""
    shown = None if item is None else shown_code(item)
    return Fault(
        code=code,
        message=message.fill(item=shown, value=value, allowed=allowed, agency=agency, **fields),
        place=place,
        agency=agency,
        item=shown,
        value=value,
        allowed=allowed,
    )


def read_number(value: object, place: Text, item: str | None = None) -> Fraction | Fault:
    """Read a number that may not be negative."""
    try:
        number = parse_number(value)
    except NumberError as error:
        wrong = error.faults[0]
        return Fault(
            code=wrong.code,
            message=wrong.message,
            place=place,
            item=None if item is None else shown_code(item),
            value=wrong.value,
            allowed=wrong.allowed,
        )
    if number < 0:
        return wish_fault(
            "number-negative",
            Text(
                "{value} negatif; yang diterima: {allowed}",
                "{value} is negative; allowed: {allowed}",
            ),
            place=place,
            item=item,
            value=shortest_text(number),
            allowed=Text("0 atau lebih", "0 or more"),
        )
    return number


def unknown_level(indicator: Indicator, level: object, place: Text) -> Fault:
    """Return the fault of a level that no step of an indicator leads to."""
    levels = indicator.levels
    lowest, highest = levels[0].value + 1, levels[-1].value
    return wish_fault(
        "step-unknown",
        Text(
            "{item} tidak mempunyai langkah ke tingkat {value}; yang diterima: {allowed}",
            "{item} has no step to level {value}; allowed: {allowed}",
        ),
        place=place,
        item=indicator.code,
        value=quoted(level),
        allowed=Text(f"{lowest} sampai {highest}", f"{lowest} to {highest}"),
    )


def unknown_item(
    code: object, place: Text, what: Text, codes: Iterator[str] | tuple[str, ...]
) -> Fault:
    """Return the fault of a code that stands for none of what is asked for."""
    known = tuple(codes)
    shown = ", ".join(known[:8]) + (f", … ({len(known)})" if len(known) > 8 else "")
    return wish_fault(
        "item-unknown",
        Text(
            "{value} bukan {what} dari instrumen ini; {near}yang ada: {allowed}",
            "{value} is no {what} of this instrument; {near}there are: {allowed}",
        ),
        place=place,
        item=code if isinstance(code, str) else None,
        value=quoted(code),
        allowed=Text.same(shown),
        near=near_codes(code, known),
        what=what,
    )


def near_codes(code: object, known: Sequence[str]) -> Text:
    """Return which codes may be meant, to be said before which there are; nothing where none is."""
    near = near_names(code, known, _MOST_NEAR) if isinstance(code, str) else []
    if not near:
        return Text.same("")
    return Text("mungkin: {codes}; ", "perhaps: {codes}; ").fill(codes=", ".join(near))
