"""Bands and what can be reached of them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import attrs

from meritindex.analysis.lint.attainable import Attainable
from meritindex.analysis.lint.findings import Finding, Severity, listed_codes, number
from meritindex.analysis.lint.lattice import UndecidedError
from meritindex.analysis.lint.subject import Subject, has_open_weights
from meritindex.definition import Band, Bands, Dimension, Rounding, RoundingMode
from meritindex.language import Text


@attrs.frozen
class _Look:
    """How far one dimension reaches into its bands."""

    dimension: Dimension
    bands: Bands
    # The numbers of the bands, from 1: that complete answers reach, and that anything reaches.
    reached: frozenset[int]
    possible: frozenset[int]
    # Whether the weights by which it was decided are all known.
    certain: bool
    low: Fraction
    high: Fraction
    attainable: Attainable | None


def check_bands(subject: Subject) -> Iterator[Finding]:
    """Look at every dimension with bands."""
    looks = [
        _look(subject, dimension, dimension.bands)
        for dimension in subject.instrument.dimensions
        if dimension.bands is not None
    ]
    yield from _unreachable(subject, looks)
    for look in looks:
        yield from _unattained(look)
        yield from _roundings(look)


def _look(subject: Subject, dimension: Dimension, bands: Bands) -> _Look:
    low, high = subject.widest(dimension)
    reached = _numbers(bands, low, high)
    attainable = subject.attainable(dimension)
    if attainable is not None:
        low, high = attainable.lowest, attainable.highest
        reached = frozenset(
            number for number in range(1, len(bands) + 1) if _reaches(attainable, bands, number)
        )
    possible = (
        frozenset(range(1, len(bands) + 1))
        if subject.enters_beyond(dimension)
        else _numbers(bands, *subject.instrument.entry_range(dimension))
    )
    # A cap may hold points back to its band wherever they are; whether it ever does is looked at
    # with the caps.
    held = {cap.band for cap in dimension.band_caps}
    capped = {number for number, band in enumerate(bands, 1) if band.name.id in held}
    certain = attainable is None or not has_open_weights(dimension)
    return _Look(
        dimension, bands, reached | capped, possible | capped, certain, low, high, attainable
    )


def _numbers(bands: Bands, low: Fraction, high: Fraction) -> frozenset[int]:
    return frozenset(range(bands.number_of(low), bands.number_of(high) + 1))


def _reaches(attainable: Attainable, bands: Bands, number: int) -> bool:
    """Say whether any points that can be reached are in a band."""
    first = attainable.lowest
    if number > 1:
        value, inclusive = bands.thresholds[number - 2]
        found = attainable.next_from(value, inclusive=inclusive)
        if found is None:
            return False
        first = found
    return bands.number_of(first) == number


_ENTERED = Text(
    "hanya nilai yang diisi langsung, atau jawaban yang kosong, dapat sampai ke sana",
    "only points that are entered, or answers that are missing, can get there",
)
_ENTRY_MAXIMUM = Text(
    "hanya nilai yang diisi langsung, yang boleh sampai {maximum}, dapat sampai ke sana",
    "only points that are entered, up to {maximum}, can get there",
)
_SHARED = Text(
    "{owner}, yang memakai kategori yang sama, dapat sampai ke sana",
    "{owner}, which uses the same bands, can get there",
)
_UNDER_WEIGHTS = Text(
    "dengan bobot lain dari yang belum dipublikasikan, itu mungkin berbeda",
    "with other weights for those that are not published, that may change",
)
_NEVER = Text(
    "nilai yang diisi langsung pun tidak dapat sampai ke sana",
    "points that are entered can't get there either",
)


def _unreachable(subject: Subject, looks: list[_Look]) -> Iterator[Finding]:
    """Yield the bands that no complete answers reach; dimensions that are alike share one."""
    groups: dict[tuple[Severity, Text, Text, Text, Text], list[str]] = {}
    for look in looks:
        for number_, band in enumerate(look.bands, 1):
            if number_ not in look.reached:
                severity, why = _why(subject, look, number_, looks)
                low, high = number(look.low), number(look.high)
                groups.setdefault((severity, band.name, low, high, why), []).append(
                    look.dimension.code
                )
    for (severity, name, low, high, why), codes in groups.items():
        message = Text(
            "kategori {name} di {codes} tidak dicapai jawaban lengkap mana pun: nilainya dari "
            "{low} sampai {high}; {why}",
            "the band {name} of {codes} is reached by no complete answers: points run from {low} "
            "to {high}; {why}",
        ).fill(name=name, codes=listed_codes(codes), low=low, high=high, why=why)
        yield Finding("band-unreachable", severity, codes[0], message)


def _why(subject: Subject, look: _Look, number_: int, looks: list[_Look]) -> tuple[Severity, Text]:
    """Return how grave it is that a band is not reached, and how it may be reached yet."""
    stated = look.dimension.entry_maximum
    if number_ in look.possible:
        low, high = subject.widest(look.dimension)
        if not look.certain and number_ in _numbers(look.bands, low, high):
            return Severity.WARNING, _UNDER_WEIGHTS
        _, high = subject.with_gaps(look.dimension)[look.dimension.code]
        beyond = stated is not None and number_ > look.bands.number_of(high)
        if beyond and stated is not None:
            return Severity.WARNING, _ENTRY_MAXIMUM.fill(maximum=number(stated.value))
        return Severity.WARNING, _ENTERED
    for other in looks:
        same = _ranges(other.bands) == _ranges(look.bands)
        if same and number_ in other.reached | other.possible:
            return Severity.WARNING, _SHARED.fill(owner=other.dimension.code)
    return Severity.ERROR, _NEVER


def _ranges(bands: Bands) -> tuple[tuple[str, ...], tuple[tuple[Fraction, bool], ...]]:
    return tuple(band.name.id for band in bands), bands.thresholds


def _unattained(look: _Look) -> Iterator[Finding]:
    """Yield the limits that no points of complete answers equal, though some pass them."""
    if look.attainable is None:
        return
    rounding = look.bands.rounding
    try:
        attainable = (
            look.attainable
            if rounding is None
            else Attainable(tuple(values.rounded(rounding) for values in look.attainable.sets))
        )
    except UndecidedError:
        return
    described: list[Text] = []
    for below, above in pairwise(look.bands):
        limit = _printed(below, above)
        nearest = attainable.last_to(limit), attainable.next_from(limit)
        if limit not in attainable and nearest[0] is not None and nearest[1] is not None:
            described.append(
                Text("{limit} ({less} lalu {more})", "{limit} ({less}, then {more})").fill(
                    limit=number(limit), less=number(nearest[0]), more=number(nearest[1])
                )
            )
    if described:
        message = Text(
            "tidak ada jawaban lengkap yang memberi {code} tepat pada batas kategori ini; dalam "
            "kurung, nilai terdekat di bawah dan di atasnya: {described}",
            "no complete answers put {code} exactly on these limits of its bands; in brackets the "
            "nearest points on both sides: {described}",
        ).fill(
            code=look.dimension.code,
            described=Text(
                "; ".join(each.id for each in described), "; ".join(each.en for each in described)
            ),
        )
        yield Finding("threshold-unattained", Severity.NOTE, look.dimension.code, message)


def _printed(below: Band, above: Band) -> Fraction:
    """Return the limit between two bands as it is printed."""
    limit = above.lower or below.upper
    assert limit is not None  # noqa: S101 (checked on construction)
    return limit.value


def _roundings(look: _Look) -> Iterator[Finding]:
    """Look whether the rounding of a dimension and that of its bands fit together."""
    own, before = look.dimension.rounding, look.bands.rounding
    if own is None or before is None:
        return
    if own.digits < before.digits:
        message = Text(
            "nilai {code} sudah dibulatkan ke {own} desimal, sehingga pembulatan ke {before} "
            "desimal sebelum kategori tidak berpengaruh",
            "the points of {code} are rounded to {own} decimals already, so that the rounding to "
            "{before} decimals before the bands has no effect",
        ).fill(code=look.dimension.code, own=own.digits, before=before.digits)
        yield Finding("rounded-twice", Severity.NOTE, look.dimension.code, message)
        return
    example = _disagreement(look.bands, own, before)
    if example is not None:
        message = Text(
            "nilai {code} dibulatkan dua kali, ke {own} lalu ke {before} desimal: {value} menjadi "
            "{once}, lalu masuk {twice}, padahal sekali pembulatan memberi {direct}",
            "the points of {code} are rounded twice, to {own} and then to {before} decimals: "
            "{value} becomes {once} and so falls in {twice}, where one rounding gives {direct}",
        ).fill(
            code=look.dimension.code,
            own=own.digits,
            before=before.digits,
            value=number(example),
            once=number(own.round(example)),
            twice=look.bands.band_of(own.round(example)).name,
            direct=look.bands.band_of(example).name,
        )
        yield Finding("rounded-twice", Severity.WARNING, look.dimension.code, message)


def _disagreement(bands: Bands, own: Rounding, before: Rounding) -> Fraction | None:
    """Return points that get another band when rounded twice than when rounded once."""
    if own.mode is before.mode and own.mode in (RoundingMode.DOWN, RoundingMode.UP):
        return None
    for threshold, _ in bands.thresholds:
        for quarters in (-2, -1, 1, 2):
            value = threshold + quarters * own.unit / 4
            if bands.number_of(own.round(value)) != bands.number_of(value):
                return value
    return None
