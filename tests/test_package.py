"""The package as a whole: its public names, what importing it costs, and what no module may do."""

from __future__ import annotations

import ast
import enum
import inspect
import runpy
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import meritindex

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path(meritindex.__file__).resolve().parent
MODULES = sorted(PACKAGE.rglob("*.py"))


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


# Names


@pytest.mark.parametrize("name", meritindex.__all__)
def test_every_name_resolves_and_is_described(name):
    value = getattr(meritindex, name)
    assert value is getattr(meritindex, name)
    if inspect.isclass(value):
        assert vars(value)["__doc__"]
        assert not (issubclass(value, enum.Enum) and value.__doc__ == enum.Enum.__doc__)
    elif callable(value):
        assert inspect.getdoc(value)


def test_names_are_listed_once_and_in_order():
    names = meritindex.__all__
    assert len(set(names)) == len(names)
    assert dir(meritindex) == sorted(names)


def test_a_name_that_is_not_there():
    with pytest.raises(AttributeError, match=r"module 'meritindex' has no attribute 'scores'"):
        _ = meritindex.scores
    assert not hasattr(meritindex, "numpy")


def test_the_lists_of_names_agree():
    tree = tree_of(PACKAGE / "__init__.py")
    (typing_block,) = (node for node in tree.body if isinstance(node, ast.If))
    typed = {}
    for node in typing_block.body:
        assert isinstance(node, ast.ImportFrom)
        for alias in node.names:
            assert alias.asname is None
            typed[alias.name] = node.module.split(".")[1]
    assert typed == meritindex._HOME_OF
    assert sum(map(len, meritindex._HOMES.values())) == len(meritindex._HOME_OF)
    assert set(meritindex.__all__) == {"__version__", *typed}


def test_a_star_brings_the_public_names():
    names: dict[str, object] = {}
    exec("from meritindex import *", names)
    assert set(meritindex.__all__) <= set(names)


def test_version_is_the_projects():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert meritindex.__version__ == project["version"]


# What importing costs


def loaded_by(code: str) -> set[str]:
    """Return the modules that some code loads in a fresh process."""
    program = f"import sys\nbefore = set(sys.modules)\n{code}\nprint(*(set(sys.modules) - before))"
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(ended.stdout.split())


def test_importing_is_light():
    loaded = loaded_by("import meritindex")
    assert {name for name in loaded if name.startswith("meritindex")} == {"meritindex"}
    heavy = {
        "numpy",
        "attr",
        "attrs",
        "tomllib",
        "json",
        "csv",
        "argparse",
        "datetime",
        "fractions",
    }
    assert not loaded & heavy


def test_definitions_come_without_numpy():
    loaded = loaded_by("import meritindex as mi; mi.instrument('ism-2026'); mi.agencies(); mi.Text")
    assert "meritindex.catalog" in loaded
    assert not loaded & {"numpy", "meritindex.assessment", "meritindex.scoring", "argparse"}


def test_scoring_comes_without_the_command_line():
    loaded = loaded_by("import meritindex as mi; mi.score(mi.sample())")
    assert "numpy" in loaded
    assert not loaded & {"argparse", "meritindex.cli", "meritindex.reporting"}


# What no module may do

_ACTING_CALLS = {"print", "input", "open", "breakpoint", "exec", "eval"}
_ACTING_MODULES = {"asyncio", "ftplib", "getpass", "http", "locale", "logging", "requests"}
_ACTING_MODULES |= {
    "smtplib",
    "socket",
    "ssl",
    "subprocess",
    "time",
    "urllib.request",
    "webbrowser",
}
_CLOCK = {"now", "today", "utcnow", "localtime", "perf_counter", "fromtimestamp"}


def actions(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (f"import {name.name}" for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield f"import {node.module}"
            yield from (f"import {node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield f"call {node.func.id}"
        elif isinstance(node, ast.Attribute):
            yield f"attribute {node.attr}"


FORBIDDEN = {f"call {name}" for name in _ACTING_CALLS}
FORBIDDEN |= {f"import {name}" for name in _ACTING_MODULES}
FORBIDDEN |= {f"attribute {name}" for name in _CLOCK}


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(PACKAGE)) for path in MODULES])
def test_no_module_prints_or_reads_clock_locale_or_network(path):
    found = FORBIDDEN & set(actions(tree_of(path)))
    if path.parent.name == "cli":
        found.discard("call print")
    if path == PACKAGE / "analysis" / "improving" / "stopwatch.py":
        # How long something takes, not what time it is; and only where the caller sets a limit.
        found.discard("import time")
    assert not found


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(PACKAGE)) for path in MODULES])
def test_every_module_says_what_it_is_for(path):
    assert ast.get_docstring(tree_of(path))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import time", "import time"),
        ("from urllib import request", "import urllib.request"),
        ("print(1)", "call print"),
        ("datetime.now()", "attribute now"),
    ],
)
def test_the_search_finds_what_is_forbidden(source, found):
    assert FORBIDDEN & set(actions(ast.parse(source))) == {found}


# As a program


def test_running_the_package(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["meritindex", "template", "ism-2019"])
    with pytest.raises(SystemExit) as end:
        runpy.run_module("meritindex", run_name="__main__")
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith("agency,")


def test_importing_the_program_runs_nothing(capsys):
    runpy.run_module("meritindex.__main__", run_name="meritindex.program")
    assert capsys.readouterr() == ("", "")
