"""Parts and cells that only a whole page can draw: bars, shades, a scale, a summary, an index.

Each says in words what it draws; every other form shows these words (`basic.basic_parts`).
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import attrs

Anchor = str
"""What a link within a page leads to: small letters, digits and dashes. Never made from data."""

_ANCHOR = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
# A page beside this one, in the same folder: no path leads out of it.
_PAGE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.(?:html|md)")


def is_anchor(_: object, attribute: attrs.Attribute[Any], anchor: Anchor | None) -> None:
    """Check that an anchor is one, or None.

    Raises:
        ValueError: it is not.
    """
    if anchor is not None and _ANCHOR.fullmatch(anchor) is None:
        raise ValueError(f"{attribute.name} is {anchor!r}, but must be small letters and digits")


def is_page(_: object, attribute: attrs.Attribute[Any], page: str | None) -> None:
    """Check that the name of a page is that of one beside this, or None.

    Raises:
        ValueError: it is not.
    """
    if page is not None and _PAGE.fullmatch(page) is None:
        raise ValueError(f"{attribute.name} is {page!r}, but must be the name of a page")


def _is_share(_: object, attribute: attrs.Attribute[Any], share: Fraction) -> None:
    if not 0 <= share <= 1:
        raise ValueError(f"{attribute.name} is {share}, but must be from 0 to 1")


@attrs.frozen
class Bar:
    """A cell with a number, and a bar beside it that is as long as its share of a whole.

    Raises:
        ValueError: a share that is not from 0 to 1.
    """

    text: str
    share: Fraction = attrs.field(validator=_is_share)


@attrs.frozen
class Shade:
    """A cell with a number, the darker (on a dark page, the lighter) the greater its share.

    Raises:
        ValueError: a share that is not from 0 to 1.
    """

    text: str
    share: Fraction = attrs.field(validator=_is_share)


@attrs.frozen
class Fact:
    """One line of a summary: what it is about, what is so, and a remark on it.

    `leads` marks what a reader is to see first.
    """

    label: str
    value: str
    note: str = ""
    leads: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen
class Facts:
    """A summary: what a reader wants to know first."""

    items: tuple[Fact, ...]


@attrs.frozen(kw_only=True)
class Stretch:
    """A named part of a scale, from 0 (its left end) to 1; `holds` says that the mark is in it."""

    label: str
    start: Fraction = attrs.field(validator=_is_share)
    end: Fraction = attrs.field(validator=_is_share)
    holds: bool = False


@attrs.frozen(kw_only=True)
class Mark:
    """A place on a scale, from 0 (its left end) to 1, with what it says."""

    label: str
    place: Fraction = attrs.field(validator=_is_share)


@attrs.frozen(kw_only=True)
class Scale:
    """A line with named stretches, and marks on it; `description` says the same in words."""

    title: str
    description: str
    stretches: tuple[Stretch, ...]
    marks: tuple[Mark, ...] = ()


@attrs.frozen
class Contents:
    """An index of a page: texts, and the anchors that they lead to. Other forms leave it out."""

    label: str
    items: tuple[tuple[str, Anchor], ...]
