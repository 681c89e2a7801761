"""Where a number is read, and how firmly: standings, sources, and figures that carry both."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from fractions import Fraction

import attrs

from meritindex.definition.checks import as_tuple, refuse
from meritindex.language import Text
from meritindex.numbers import parse_number


class Standing(enum.StrEnum):
    """How firmly something is known; members compare from weakest to firmest.

    Examples:
        >>> Standing.ASSUMED < Standing.DRAFT < Standing.OFFICIAL
        True
    """

    ASSUMED = "assumed"
    RECONSTRUCTED = "reconstructed"
    DRAFT = "draft"
    REPORTED = "reported"
    OFFICIAL = "official"

    @property
    def firmness(self) -> int:
        """The place in the order, 0 for the weakest."""
        return _ORDER.index(self)

    @property
    def label(self) -> Text:
        """The name of the standing for a reader."""
        return _STANDING_LABELS[self]

    def __lt__(self, other: str) -> bool:
        return self.firmness < Standing(other).firmness

    def __le__(self, other: str) -> bool:
        return self.firmness <= Standing(other).firmness

    def __gt__(self, other: str) -> bool:
        return self.firmness > Standing(other).firmness

    def __ge__(self, other: str) -> bool:
        return self.firmness >= Standing(other).firmness


_ORDER = tuple(Standing)
_STANDING_LABELS = {
    Standing.ASSUMED: Text("asumsi", "assumed"),
    Standing.RECONSTRUCTED: Text("rekonstruksi", "reconstructed"),
    Standing.DRAFT: Text("rancangan", "draft"),
    Standing.REPORTED: Text("diberitakan", "reported"),
    Standing.OFFICIAL: Text("resmi", "official"),
}


def weakest(standings: Iterable[Standing]) -> Standing:
    """Return the weakest of the standings; of none at all, `OFFICIAL`.

    Examples:
        >>> weakest([Standing.OFFICIAL, Standing.DRAFT])
        <Standing.DRAFT: 'draft'>
    """
    return min(standings, default=Standing.OFFICIAL)


@attrs.frozen(kw_only=True)
class Source:
    """Something that can be read: a regulation, a page, a data file; `code` names it."""

    code: str
    title: Text
    url: str | None = None


@attrs.frozen(kw_only=True)
class Basis:
    """On what a number or a rule rests: a standing with its sources, or a reason.

    What is assumed must say why; everything firmer must name at least one source by its code.

    Raises:
        DefinitionError: neither holds.
    """

    standing: Standing = attrs.field(converter=Standing)
    sources: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)
    reason: Text | None = None

    def __attrs_post_init__(self) -> None:
        if self.standing is Standing.ASSUMED and self.reason is None:
            raise refuse(
                "reason-missing",
                Text("yang diasumsikan harus menyebut alasannya", "what is assumed must say why"),
            )
        if self.standing is not Standing.ASSUMED and not self.sources:
            raise refuse(
                "source-missing",
                Text(
                    "status {standing} memerlukan sumber",
                    "the standing {standing} needs a source",
                ).fill(standing=self.standing.label),
            )


@attrs.frozen
class Figure:
    """A number with its basis; the number is read by `meritindex.numbers.parse_number`."""

    value: Fraction = attrs.field(converter=parse_number)
    basis: Basis
