"""What the command line shows, kept as text: `python tests/golden/regenerate.py` writes it anew.

A change in these files is a change in what people read; look at it before committing it.
"""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterator
from pathlib import Path

from meritindex.cli import main
from meritindex.language import LANGUAGES

HERE = Path(__file__).resolve().parent
CUT = "[…]"

# The words of each command, and how many of its first and last lines are kept (None for all). Help
# on single commands is not among them: Python 3.13 lays it out in another way.
COMMANDS: dict[str, tuple[tuple[str, ...], int | None]] = {
    "help": (("--help",), None),
    "instruments": (("instruments",), None),
    "score-sample": (("score", "--sample"), 40),
    "score-sample-by-province": (("score", "--sample", "--by", "province"), 40),
    "bounds-sample": (("bounds", "--sample"), 40),
    "bounds-agency": (("bounds", "--sample", "--agency", "Kota Malang"), None),
    "robustness-agency": (
        ("robustness", "--sample", "--agency", "Kabupaten Natuna", "--draws", "1000"),
        None,
    ),
    "improve-sample": (("improve", "--sample"), 40),
    "improve-agency": (
        ("improve", "--sample", "Kabupaten Bangka Tengah", "--alternatives", "2"),
        None,
    ),
    "board-sample": (("board", "--sample", "--by", "province"), 40),
    "board-group": (("board", "--sample", "--by", "kanreg", "--group", "VII"), None),
    "board-agency": (("board", "--sample", "--by", "province", "--agency", "Kota Bekasi"), None),
    "influence-swap": (
        ("influence", "--sample", "--swap", "a7", "Kota Madiun", "Riau"),
        None,
    ),
    "influence-bands": (("influence", "--sample", "--band-changes", "a7", "Kabupaten Maros"), None),
    "influence-verify": (
        ("influence", "--sample", "--verify-first", "--agency", "Kota Malang"),
        None,
    ),
    "explain": (("explain", "--sample", "Kota Surabaya"), None),
    "show-ism-2019": (("show", "ism-2019"), None),
    "refused": (("score", "--sample", "--weighting", "stated"), None),
}


def texts() -> Iterator[tuple[Path, str]]:
    """Yield every file with the text that belongs into it."""
    for name, (words, kept) in COMMANDS.items():
        for language in LANGUAGES:
            yield HERE / f"{name}.{language}.txt", shown((*words, "--lang", language), kept)


def shown(words: tuple[str, ...], kept: int | None) -> str:
    """Return what a command prints and how it ends, its middle cut out."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        try:
            code = main(words)
        except SystemExit as end:
            code = end.code
    lines = output.getvalue().splitlines()
    if kept is not None and len(lines) > 2 * kept:
        lines = [*lines[:kept], CUT, *lines[-kept:]]
    quoted = " ".join(f'"{word}"' if " " in word else word for word in words)
    return "\n".join([f"$ meritindex {quoted}", *lines, f"[{code}]"]) + "\n"


if __name__ == "__main__":
    os.environ["COLUMNS"] = "80"  # argparse fits its help to the terminal
    for path, text in texts():
        path.write_text(text, encoding="utf-8", newline="\n")
