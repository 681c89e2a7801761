"""The faults that are found in one file, and how what stands in it is shown in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

import attrs

from meritindex.definition.checks import shown_code
from meritindex.errors import Fault
from meritindex.language import Text
from meritindex.numbers import quoted

MAX_NAMES = 20  # in one fault
MAX_FAULTS = 1000  # that are named one by one; the others are counted


def as_written(value: object) -> str:
    """Return a value of the file as the file would write it, in short."""
    if isinstance(value, bool):
        return "true" if value else "false"
    # Never the content of a container, which can be large in ways that `str` refuses.
    if isinstance(value, list):
        return "[…]"
    return "{…}" if isinstance(value, dict) else quoted(value)


def names_text(names: Iterable[str], shown: Callable[[str], str] = shown_code) -> Text:
    """Return names as one text, cut where there are many, and each where it is long."""
    first = [shown(name) for name in islice(names, MAX_NAMES + 1)]
    return Text.same(", ".join([*first[:MAX_NAMES], "…"] if len(first) > MAX_NAMES else first))


@attrs.define
class Faults:
    """The faults found so far, and how many of them keep what they are in from being judged."""

    found: list[Fault] = attrs.field(factory=list)
    grave: int = 0
    count: int = 0

    def counted(self, *, light: bool) -> bool:
        """Count one more, and say whether it is to be named."""
        self.grave += not light
        self.count += 1
        return self.count <= MAX_FAULTS

    def listed(self, file: str) -> tuple[Fault, ...]:
        """Return the faults that are named, and how many others there are in the file."""
        if self.count <= MAX_FAULTS:
            return tuple(self.found)
        message = Text("{count} kesalahan lagi", "{count} more faults")
        message = message.fill(count=self.count - MAX_FAULTS)
        return (*self.found, Fault(code="faults-more", message=message, place=Text.same(file)))
