"""Instruments that other packages contribute, by the entry point `meritindex.instruments`.

A package names an instrument by its id, and says where it is:

    [project.entry-points."meritindex.instruments"]
    kepegawaian-2027 = "my_package:INSTRUMENT"

The object is the path of an instrument file (or `importlib.resources.files(...) / "it.toml"`), an
`Instrument`, or a function without arguments that returns one of these. Loading an entry point runs
that package's own code, as importing it would; an instrument file runs none. The instruments of the
library's own catalog can't be replaced.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from meritindex.catalog.loading import instrument_from_text, load_instrument
from meritindex.definition import Instrument
from meritindex.errors import DefinitionError, Fault, MeritIndexError
from meritindex.language import Text
from meritindex.numbers import quoted

GROUP = "meritindex.instruments"


@cache
def contributed() -> Mapping[str, EntryPoint]:
    """Return the instruments that installed packages contribute, by id, each not yet loaded.

    Raises:
        DefinitionError: two packages contribute the same id.
    """
    found: dict[str, EntryPoint] = {}
    faults: list[Fault] = []
    for point in entry_points(group=GROUP):
        other = found.setdefault(point.name, point)
        # A package that is found twice, such as one installed for editing, says the same twice.
        if other.value != point.value:
            message = Text(
                "instrumen {id} disumbangkan dua kali: {one} dan {other}",
                "the instrument {id} is contributed twice: by {one} and by {other}",
            ).fill(id=quoted(point.name), one=other.value, other=point.value)
            faults.append(_fault("instrument-twice", message, point))
    if faults:
        raise DefinitionError(faults)
    return found


@cache
def load_contributed(name: str) -> Instrument:
    """Return the contributed instrument with this id, which must be among `contributed()`.

    Raises:
        DefinitionError: the package can't be loaded, its object is nothing that an instrument is
            read from, or the instrument has another id.
        FileError: its file can't be read.
    """
    point = contributed()[name]
    try:
        instrument = _instrument_from(point.load(), name)
    except MeritIndexError:
        raise
    except Exception as error:
        message = Text(
            "instrumen {id} dari {value} tidak dapat dimuat: {why}",
            "the instrument {id} of {value} can't be loaded: {why}",
        ).fill(id=quoted(name), value=point.value, why=quoted(f"{error!r}", 200))
        raise DefinitionError(_fault("instrument-not-loaded", message, point)) from error
    if not isinstance(instrument, Instrument) or instrument.id != name:
        what = instrument.id if isinstance(instrument, Instrument) else type(instrument).__name__
        message = Text(
            "{value} seharusnya memberi instrumen {id}, bukan {what}",
            "{value} should give the instrument {id}, not {what}",
        ).fill(id=quoted(name), value=point.value, what=quoted(what))
        raise DefinitionError(_fault("instrument-id-differs", message, point))
    return instrument


def _instrument_from(thing: object, name: str) -> object:
    """Return what an entry point stands for: an instrument, unless it is something else."""
    if callable(thing):
        thing = thing()
    if isinstance(thing, str | os.PathLike):
        return load_instrument(thing)
    read_text = getattr(thing, "read_text", None)  # a resource inside an archive
    if read_text is not None:
        return instrument_from_text(read_text(encoding="utf-8"), f"{name}.toml")
    return thing


def _fault(code: str, message: Text, point: EntryPoint) -> Fault:
    return Fault(code=code, message=message, place=Text.same(point.value), item=point.name)
