"""Instruments of other packages, found by an entry point."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import resources
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import attrs
import pytest

from builders import check_fault, only_fault
from meritindex import catalog
from meritindex.catalog import contributions
from meritindex.definition import Instrument
from meritindex.errors import DefinitionError, FileError, UnknownNameError

OWN = catalog.instrument("ism-2019")
OTHER = attrs.evolve(OWN, id="own-2027")


class Resource:
    """A file inside an archive: it can be read, and has no path."""

    def read_text(self, encoding: str) -> str:
        file = resources.files("meritindex.catalog") / "data" / "ism-2019.toml"
        return file.read_text(encoding=encoding).replace('id = "ism-2019"', 'id = "own-2027"', 1)


Contribute = Callable[..., None]


@pytest.fixture
def contribute(monkeypatch: pytest.MonkeyPatch) -> Iterator[Contribute]:
    """Return what makes objects of a module the contributed instruments, by their ids."""

    def install(*names: str, **objects: object) -> None:
        module = ModuleType("contributing_package")
        vars(module).update(objects)
        monkeypatch.setitem(sys.modules, "contributing_package", module)
        points = [
            EntryPoint(name, f"contributing_package:{value}", contributions.GROUP)
            for name, value in zip(names, objects, strict=False)
        ]
        monkeypatch.setattr(contributions, "entry_points", lambda group: points)

    def forget() -> None:
        contributions.contributed.cache_clear()
        contributions.load_contributed.cache_clear()

    forget()
    yield install
    forget()


def path_of_a_file(folder: Path) -> Path:
    path = folder / "own.toml"
    path.write_text(Resource().read_text("utf-8"), encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["instrument", "function", "path", "text", "resource"])
def test_an_instrument_may_be_given_in_several_ways(
    contribute: Contribute, kind: str, tmp_path: Path
) -> None:
    path = path_of_a_file(tmp_path)
    given: dict[str, object] = {
        "instrument": OTHER,
        "function": lambda: path,
        "path": path,
        "text": str(path),
        "resource": Resource(),
    }
    contribute("own-2027", it=given[kind])
    found = catalog.instrument("own-2027")
    assert isinstance(found, Instrument)
    assert found == OTHER
    assert catalog.instrument("own-2027") is found
    assert [one.id for one in catalog.instruments()] == ["ism-2026", "ism-2019", "own-2027"]
    assert not catalog.is_official(found)


def test_the_catalog_cannot_be_replaced(contribute: Contribute) -> None:
    changed = attrs.evolve(OWN, remarks=())
    contribute("ism-2019", it=changed)
    assert catalog.instrument("ism-2019") == OWN
    assert [one.id for one in catalog.instruments()] == ["ism-2026", "ism-2019"]


def test_an_id_that_nobody_contributes_is_refused_with_all_that_there_are(
    contribute: Contribute,
) -> None:
    contribute("own-2027", it=OTHER)
    fault = only_fault(UnknownNameError, lambda: catalog.instrument("own"))
    check_fault(fault, "instrument-unknown", None, '"own"', "ism-2026, ism-2019, own-2027")


def test_two_packages_with_the_same_id(contribute: Contribute) -> None:
    contribute("own-2027", "own-2027", one=OTHER, two=OTHER)
    fault = only_fault(DefinitionError, lambda: catalog.instrument("own-2027"))
    check_fault(
        fault,
        "instrument-twice",
        "own-2027",
        '"own-2027"',
        "contributing_package:one",
        "contributing_package:two",
    )


def test_a_package_that_is_found_twice_counts_once(
    contribute: Contribute, monkeypatch: pytest.MonkeyPatch
) -> None:
    contribute("own-2027", it=OTHER)
    points = contributions.entry_points(group=contributions.GROUP)
    monkeypatch.setattr(contributions, "entry_points", lambda group: [*points, *points])
    assert catalog.instrument("own-2027") == OTHER


def test_a_package_that_fails(contribute: Contribute) -> None:
    def fail() -> None:
        raise RuntimeError("no such luck")

    contribute("own-2027", it=fail)
    for action in (lambda: catalog.instrument("own-2027"), catalog.instruments):
        fault = only_fault(DefinitionError, action)
        check_fault(fault, "instrument-not-loaded", "own-2027", '"own-2027"', "no such luck")
    assert catalog.instrument("ism-2019") == OWN


@pytest.mark.parametrize(("thing", "shown"), [(OWN, '"ism-2019"'), (3.5, '"float"')])
def test_something_else_than_was_announced(
    contribute: Contribute, thing: object, shown: str
) -> None:
    contribute("own-2027", it=thing)
    fault = only_fault(DefinitionError, lambda: catalog.instrument("own-2027"))
    check_fault(fault, "instrument-id-differs", "own-2027", '"own-2027"', shown)


def test_a_file_that_is_not_there(contribute: Contribute, tmp_path: Path) -> None:
    contribute("own-2027", it=tmp_path / "none.toml")
    with pytest.raises(FileError):
        catalog.instrument("own-2027")


def test_what_is_installed_here_is_asked() -> None:
    # Whatever else is installed, the question is put to the real metadata.
    assert "ism-2026" not in contributions.contributed()
