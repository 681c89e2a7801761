"""Every example of the README, the documentation and the docstrings is executed.

Python examples are doctests in fenced blocks; `console` blocks are commands with what they print,
run one after the other in an empty directory of the document's own, where `...` stands for any
lines. A `toml` block that begins with the name of a file (`# mine.toml`) is written to it, behind
what earlier blocks have put there.
"""

import doctest
import importlib
import os
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import meritindex

HERE = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([HERE / "README.md", *(HERE / "docs").rglob("*.md")])
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
MODULES = [
    "meritindex",
    *(
        module.name
        for module in pkgutil.walk_packages(meritindex.__path__, "meritindex.")
        if module.name != "meritindex.__main__"
    ),
]


def test_there_are_documents() -> None:
    assert len(DOCUMENTS) > 10


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(HERE).as_posix())
def test_examples_of_a_document(path: Path, tmp_path: Path, monkeypatch) -> None:
    sybil = pytest.importorskip("sybil", reason="examples of the documents need sybil")
    from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

    def run_commands(example) -> None:
        for command, expected in commands(example.parsed):
            done = subprocess.run(
                command,
                shell=True,
                cwd=tmp_path,
                env=environment(),
                capture_output=True,
                text=True,
                check=False,
            )
            printed = done.stdout + done.stderr
            checker = doctest.OutputChecker()
            assert checker.check_output(expected, printed, doctest.ELLIPSIS), (
                f"{command}\nexpected:\n{expected}\nprinted:\n{printed}"
            )

    def write_file(example) -> None:
        name = re.match(r"# ([a-z-]+\.toml)\n", example.parsed)
        if name is not None:
            with (tmp_path / name[1]).open("a", encoding="utf-8") as file:
                file.write(f"{example.parsed}\n")

    monkeypatch.chdir(tmp_path)
    parsers = [
        CodeBlockParser(language="toml", evaluator=write_file),
        PythonCodeBlockParser(doctest_optionflags=FLAGS),
        CodeBlockParser(language="console", evaluator=run_commands),
    ]
    # Sybil warns of its own deprecated spellings through doctest; examples are what counts here.
    for name in needed(path.read_text(encoding="utf-8")):
        pytest.importorskip(name, reason=f"the examples of this document need {name}")
    document = sybil.Sybil(parsers=parsers).parse(path)
    for example in document.examples():
        example.evaluate()


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_docstrings(name: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    module = importlib.import_module(name)
    if tests := doctest.DocTestFinder().find(module):
        for extra in needed("".join(test.docstring for test in tests)):
            pytest.importorskip(extra, reason=f"the examples of this module need {extra}")
    results = doctest.testmod(module, optionflags=FLAGS)
    assert results.failed == 0


def needed(text: str) -> list[str]:
    """Return the optional modules that the examples of a text need, by its `needs:` comments.

    In a document it is `<!-- needs: openpyxl, pandas -->`, in a docstring `>>> # needs: openpyxl`.
    """
    comments = re.findall(r"(?:<!--|>>> #) needs: ([\w, ]+?)(?: -->|\n)", text)
    return [name.strip() for comment in comments for name in comment.split(",")]


def commands(block: str) -> list[tuple[str, str]]:
    """Return the commands of a console block, each with what it is to print."""
    found: list[tuple[str, str]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], ""))
        else:
            command, expected = found[-1]
            found[-1] = (command, f"{expected}{line}\n")
    return found


def environment() -> dict[str, str]:
    """Return an environment in which `meritindex` is the one that is being tested."""
    return {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONIOENCODING": "utf-8",
    }
