"""Which rules exist, who is assessed, and what has been published: the data of the library."""

from __future__ import annotations

from functools import cache
from importlib import resources

from meritindex.catalog.commitments import commitments, load_commitments
from meritindex.catalog.contributions import contributed, load_contributed
from meritindex.catalog.crosswalks import crosswalk, load_crosswalk
from meritindex.catalog.dates import instrument_on
from meritindex.catalog.directory import DIRECTORY_SOURCE, agencies, agency, find_agency
from meritindex.catalog.dumping import dump_instrument
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
    "commitments",
    "crosswalk",
    "dump_instrument",
    "find_agency",
    "instrument",
    "instrument_on",
    "instruments",
    "is_official",
    "load_commitments",
    "load_crosswalk",
    "load_instrument",
    "published_results",
]


def instruments() -> tuple[Instrument, ...]:
    """Return the instruments of the catalog, the newest first, then those of other packages.

    Other installed packages contribute instruments by the entry point `meritindex.instruments`.

    Raises:
        DefinitionError: a contributed instrument can't be loaded.
        FileError: its file can't be read.

    Examples:
        >>> [instrument.id for instrument in instruments()]
        ['ism-2026', 'ism-2019']
    """
    return tuple(instrument(name) for name in _names())


def _names() -> tuple[str, ...]:
    """Return the ids of all instruments, those of the catalog first."""
    return (*_IDS, *sorted(set(contributed()) - set(_IDS)))


def instrument(name: str) -> Instrument:
    """Return the instrument with this id: of the catalog, or contributed by another package.

    Raises:
        UnknownNameError: there is none.
        DefinitionError: a contributed instrument can't be loaded.
        FileError: its file can't be read.
    """
    if name in _IDS:
        return _load(name)
    if name in contributed():
        return load_contributed(name)
    allowed = ", ".join(_names())
    raise UnknownNameError(
        Fault(
            code="instrument-unknown",
            message=Text(
                "instrumen {name} tidak ada; yang ada: {allowed}",
                "there is no instrument {name}; there are: {allowed}",
            ).fill(name=quoted(name), allowed=allowed),
            value=quoted(name),
            allowed=Text.same(allowed),
        )
    )


@cache
def _load(name: str) -> Instrument:
    file = resources.files("meritindex.catalog") / "data" / f"{name}.toml"
    return instrument_from_text(file.read_text(encoding="utf-8"), file.name)


def is_official(candidate: Instrument) -> bool:
    """Say whether an instrument is, to the last letter, the catalog's own of that id.

    Any variant is unofficial, and no file can claim otherwise.
    """
    return candidate.id in _IDS and candidate == instrument(candidate.id)
