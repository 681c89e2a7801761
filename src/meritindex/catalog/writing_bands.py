"""The bands of an instrument as the entries of an instrument file, each set written once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from meritindex.catalog.reading_scales import resting_on
from meritindex.catalog.toml_text import Value
from meritindex.catalog.writing_parts import (
    Entries,
    basis_entries,
    number_text,
    rounding_entries,
    text_value,
)
from meritindex.definition import Band, Bands, Basis, Dimension, Limit
from meritindex.language import Text

_ANY = Basis(standing="assumed", reason=Text.same("-"))


def band_sets(dimensions: Iterable[Dimension]) -> tuple[dict[str, Entries], dict[str, Value]]:
    """Return the sets of bands by name, and for each dimension how it refers to one of them.

    Bands that differ only by the one basis on which all limits rest are the same set, used on
    another basis.
    """
    sets: dict[str, Entries] = {}
    uses: dict[str, Value] = {}
    alike: dict[Bands, dict[Bands, str]] = {}
    for dimension in dimensions:
        bands = dimension.bands
        if bands is None:
            continue
        written = alike.setdefault(resting_on(bands, _ANY), {})
        bases = set(_bases(bands))
        if bands in written:
            uses[dimension.code] = written[bands]
        elif written and len(bases) == 1:
            first = next(iter(written.values()))
            uses[dimension.code] = {"use": first, **basis_entries(bases.pop())}
        else:
            written[bands] = dimension.code
            sets[dimension.code] = _set_entries(bands, dimension.basis)
            uses[dimension.code] = dimension.code
    return sets, uses


def _bases(bands: Bands) -> list[Basis]:
    limits = (limit for band in bands for limit in (band.lower, band.upper))
    return [limit.basis for limit in limits if limit is not None]


def _set_entries(bands: Bands, otherwise: Basis) -> Entries:
    """Return a set of bands; on the basis `otherwise` where no limit has any."""
    counted = Counter(_bases(bands)).most_common(1)
    usual = counted[0][0] if counted else otherwise
    entries = basis_entries(usual)
    if bands.rounding is not None:
        entries["rounding"] = rounding_entries(bands.rounding)
    return {**entries, "items": [_band_entries(band, usual) for band in bands]}


def _band_entries(band: Band, usual: Basis) -> Entries:
    bases = {limit.basis for limit in (band.lower, band.upper) if limit is not None}
    own = bases.pop() if len(bases) == 1 else usual
    entries: Entries = {"name": text_value(band.name)}
    for limit, inclusive, exclusive in ((band.lower, "from", "above"), (band.upper, "to", "below")):
        if limit is not None:
            entries[inclusive if limit.inclusive else exclusive] = _limit_value(limit, own)
    return entries if own == usual else {**entries, **basis_entries(own)}


def _limit_value(limit: Limit, basis: Basis) -> Value:
    """Return the end of a band: a number, with its basis where that is another."""
    number = number_text(limit.value)
    return number if limit.basis == basis else {"value": number, **basis_entries(limit.basis)}
