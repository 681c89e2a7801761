"""Named ranges of points: bands and their limits.

A set of bands covers the whole line, without gap or overlap. It may be written by thresholds
("from 250", "below 325") or, where points are rounded before they are compared, by the printed
ends ("0.00 to 0.40", "0.41 to 0.60"); what reads as a gap in print is none on the rounded grid.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import attrs

from meritindex.definition.checks import as_tuple, check_distinct, fault, shown_code
from meritindex.definition.rounding import Rounding
from meritindex.definition.sources import Basis
from meritindex.errors import DefinitionError, Fault
from meritindex.language import Text
from meritindex.numbers import parse_number, shortest_text


@attrs.frozen
class Limit:
    """One end of a band; `inclusive` says whether the value itself belongs to the band."""

    value: Fraction = attrs.field(converter=parse_number)
    basis: Basis
    inclusive: bool = attrs.field(default=True, kw_only=True)


@attrs.frozen(kw_only=True)
class Band:
    """A named range of points; an end that is None is open.

    The official name is the Indonesian one, and `str(band)` is that name.
    """

    name: Text
    lower: Limit | None = None
    upper: Limit | None = None

    def __str__(self) -> str:
        return self.name.id


@attrs.frozen(kw_only=True)
class Bands:
    """A set of bands from the lowest to the highest, with the rounding that comes before them.

    Raises:
        DefinitionError: no band at all, a name that stands twice, ends that are not open or not
            in order, a gap, an overlap, or a limit between two steps of the rounding.
    """

    items: tuple[Band, ...] = attrs.field(converter=as_tuple)
    rounding: Rounding | None = None

    def __attrs_post_init__(self) -> None:
        if faults := tuple(self._faults()):
            raise DefinitionError(faults)

    def __iter__(self) -> Iterator[Band]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def thresholds(self) -> tuple[tuple[Fraction, bool], ...]:
        """From where each band but the lowest begins, ascending, for points before rounding.

        Each is a value and whether that value itself belongs to the upper band.
        """
        return tuple(self._threshold(below, above) for below, above in pairwise(self.items))

    def number_of(self, points: Fraction) -> int:
        """Return the number of the band that `points` fall in, 1 for the lowest."""
        return 1 + sum(
            points >= value if inclusive else points > value for value, inclusive in self.thresholds
        )

    def number_named(self, name: str) -> int | None:
        """Return the number of the band of a name, 1 for the lowest; None where there is none.

        A name is the official one or its translation, whatever its case. One that is written
        exactly so comes first, then the official ones.
        """
        said = name.strip()
        word = said.casefold()
        ways = (
            [band.name.id == said for band in self],
            [band.name.id.casefold() == word for band in self],
            [band.name.en.casefold() == word for band in self],
        )
        return next((1 + way.index(True) for way in ways if any(way)), None)

    def band_of(self, points: Fraction) -> Band:
        """Return the band that `points` fall in."""
        return self.items[self.number_of(points) - 1]

    def limits_beside(self, number: int) -> tuple[Limit, ...]:
        """Return the limits on which membership in band `number` (from 1) rests.

        Where both bands at a seam state it, the firmer statement stands.
        """
        around = self.items[max(0, number - 2) : number + 1]
        return tuple(
            max(
                (limit for limit in (below.upper, above.lower) if limit is not None),
                key=lambda limit: limit.basis.standing.firmness,
            )
            for below, above in pairwise(around)
        )

    def _threshold(self, below: Band, above: Band) -> tuple[Fraction, bool]:
        value, inclusive = self._beginning(below, above)
        if self.rounding is None:
            return value, inclusive
        return self.rounding.least_reaching(int(value / self.rounding.unit))

    def _beginning(self, below: Band, above: Band) -> tuple[Fraction, bool]:
        """Return from where the upper band begins, for points after rounding.

        The second item says whether the value itself belongs to it, as on the rounded grid it does.
        """
        if above.lower is not None:
            value, inclusive = above.lower.value, above.lower.inclusive
        else:
            # Only the lower band states the limit they share (checked on construction).
            assert below.upper is not None  # noqa: S101
            value, inclusive = below.upper.value, not below.upper.inclusive
        if self.rounding is None or inclusive:
            return value, inclusive
        return value + self.rounding.unit, True

    def _faults(self) -> Iterator[Fault]:
        if not self.items:
            yield fault("bands-empty", Text("tidak ada kategori", "there is no band"))
            return
        yield from check_distinct(
            (band.name.id for band in self.items), Text("nama kategori", "the band name")
        )
        if self.items[0].lower is not None:
            yield fault(
                "bands-not-open",
                Text(
                    "kategori terendah {name} harus terbuka ke bawah",
                    "the lowest band {name} must be open downward",
                ).fill(name=_shown(self.items[0])),
            )
        if self.items[-1].upper is not None:
            yield fault(
                "bands-not-open",
                Text(
                    "kategori tertinggi {name} harus terbuka ke atas",
                    "the highest band {name} must be open upward",
                ).fill(name=_shown(self.items[-1])),
            )
        if self.rounding is not None:
            yield from self._off_grid(self.rounding)
        previous: tuple[Fraction, bool] | None = None
        for below, above in pairwise(self.items):
            if above.lower is None and below.upper is None:
                yield self._seam_fault(
                    "bands-gap",
                    below,
                    above,
                    "tanpa batas; nyatakan di mana salah satunya berakhir atau mulai (below/from)",
                    "have no limit; state where one of them ends or begins (below/from)",
                )
                continue
            value, inclusive = self._beginning(below, above)
            begins = (value, not inclusive)
            if previous is not None and begins <= previous:
                yield self._seam_fault(
                    "bands-order",
                    below,
                    above,
                    "tidak berurutan naik",
                    "are not in ascending order",
                )
            previous = begins
            if above.lower is not None and below.upper is not None:
                yield from self._seam(below, below.upper, above, above.lower)

    def _off_grid(self, rounding: Rounding) -> Iterator[Fault]:
        for band in self.items:
            for limit in (band.lower, band.upper):
                if limit is not None and (limit.value / rounding.unit).denominator != 1:
                    yield fault(
                        "bands-off-grid",
                        Text(
                            "batas {value} dari {name} tidak terletak pada kelipatan {unit}",
                            "the limit {value} of {name} is not a multiple of {unit}",
                        ).fill(
                            value=shortest_text(limit.value),
                            name=_shown(band),
                            unit=shortest_text(rounding.unit),
                        ),
                    )

    def _seam(self, below: Band, upper: Limit, above: Band, lower: Limit) -> Iterator[Fault]:
        """Check where two bands meet; on a rounded grid, the distance is counted in steps."""
        unit = Fraction(0) if self.rounding is None else self.rounding.unit
        # The first value that belongs to the upper band, and the first above the lower one.
        begins = lower.value if lower.inclusive else lower.value + unit
        ends = upper.value + unit if upper.inclusive else upper.value
        touching = unit > 0 or upper.inclusive != lower.inclusive
        if begins > ends or (begins == ends and not touching and not upper.inclusive):
            # Ends as they stand in print ("to 0.40", "from 0.41") meet once there is a rounding.
            printed = self.rounding is None and upper.inclusive and lower.inclusive
            way_out = _ROUND_OR_JOIN if printed else _JOIN
            yield self._seam_fault(
                "bands-gap",
                below,
                above,
                f"menyisakan celah; {way_out.id}",
                f"leave a gap; {way_out.en}",
            )
        elif begins < ends or not touching:
            yield self._seam_fault(
                "bands-overlap",
                below,
                above,
                f"bertumpang tindih; {_JOIN.id}",
                f"overlap; {_JOIN.en}",
            )

    @staticmethod
    def _seam_fault(code: str, below: Band, above: Band, indonesian: str, english: str) -> Fault:
        message = Text(
            f"kategori {{below}} dan {{above}} {indonesian}",
            f"the bands {{below}} and {{above}} {english}",
        )
        return fault(
            code,
            message.fill(
                below=_ending(below, below.upper, _UPPER), above=_ending(above, above.lower, _LOWER)
            ),
        )


# How a limit is read that belongs to its band, and one that does not.
_UPPER = Text("sampai {value}", "to {value}"), Text("di bawah {value}", "below {value}")
_LOWER = Text("mulai {value}", "from {value}"), Text("di atas {value}", "above {value}")

_JOIN = Text(
    "akhiri yang satu di tempat yang lain mulai (below/from)",
    "let one end where the other begins (below/from)",
)
_ROUND_OR_JOIN = Text(
    "bila nilai dibulatkan sebelum dibaca, nyatakan pembulatan (rounding) kategorinya; bila tidak, "
    f"{_JOIN.id}",
    "where points are rounded before they are read, state the rounding of the bands, else "
    f"{_JOIN.en}",
)


def _ending(band: Band, limit: Limit | None, words: tuple[Text, Text]) -> Text:
    """Return the name of a band with the limit at its seam, where it states one."""
    if limit is None:
        return _shown(band)
    end = words[0 if limit.inclusive else 1].fill(value=shortest_text(limit.value))
    return Text("{name} ({end})", "{name} ({end})").fill(name=_shown(band), end=end)


def _shown(band: Band) -> Text:
    """Return the name of a band as a fault shows it, cut where it is long."""
    return Text(shown_code(band.name.id), shown_code(band.name.en))
