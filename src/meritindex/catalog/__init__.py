"""Which rules exist, who is assessed, and what has been published: the data of the library."""

from __future__ import annotations

from functools import cache
from importlib import resources

from meritindex.catalog.directory import DIRECTORY_SOURCE, agencies, agency, find_agency
from meritindex.catalog.loading import instrument_from_text, load_instrument
from meritindex.catalog.published import published_results
from meritindex.definition import Instrument
from meritindex.errors import Fault, UnknownNameError
from meritindex.language import Text
from meritindex.numbers import quoted

_IDS = ("ism-2026", "ism-2019")

__all__ = [
    "DIRECTORY_SOURCE",
    "agencies",
    "agency",
    "find_agency",
    "instrument",
    "instruments",
    "is_official",
    "load_instrument",
    "published_results",
]


def instruments() -> tuple[Instrument, ...]:
    """Return the instruments of the catalog, the newest first.

    Examples:
        >>> [instrument.id for instrument in instruments()]
        ['ism-2026', 'ism-2019']
    """
    return tuple(instrument(name) for name in _IDS)


def instrument(name: str) -> Instrument:
    """Return the instrument of the catalog with this id.

    Raises:
        UnknownNameError: there is none.
    """
    if name not in _IDS:
        raise UnknownNameError(
            Fault(
                code="instrument-unknown",
                message=Text(
                    "instrumen {name} tidak ada; yang ada: {allowed}",
                    "there is no instrument {name}; there are: {allowed}",
                ).fill(name=quoted(name), allowed=", ".join(_IDS)),
                value=quoted(name),
                allowed=Text.same(", ".join(_IDS)),
            )
        )
    return _load(name)


@cache
def _load(name: str) -> Instrument:
    file = resources.files("meritindex.catalog") / "data" / f"{name}.toml"
    return instrument_from_text(file.read_text(encoding="utf-8"), file.name)


def is_official(candidate: Instrument) -> bool:
    """Say whether an instrument is, to the last letter, the catalog's own of that id.

    Any variant is unofficial, and no file can claim otherwise.
    """
    return candidate.id in _IDS and candidate == instrument(candidate.id)
