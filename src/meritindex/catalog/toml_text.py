"""Writing TOML for a reader: one entry a line, small tables inline, long ones spread out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

Value: TypeAlias = "str | int | dt.date | Sequence[Value] | Mapping[str, Value]"

LINE = 100

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def table_text(
    path: Sequence[str], entries: Mapping[str, Value], *, in_a_list: bool = False
) -> str:
    """Return a table with its header; without a path, the entries alone."""
    header = ".".join(map(_key, path))
    lines = [line for key, value in entries.items() for line in _entry(_key(key), value)]
    if header:
        lines.insert(0, f"[[{header}]]" if in_a_list else f"[{header}]")
    return "\n".join(lines) + "\n"


def _entry(key: str, value: Value) -> Iterator[str]:
    """Yield the lines of an entry; what does not fit in one is spread out."""
    line = f"{key} = {_inline(value)}"
    if isinstance(value, Mapping):
        if len(line) <= LINE:
            yield line
        else:
            for name, item in value.items():
                yield from _entry(f"{key}.{_key(name)}", item)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        several_tables = len(value) > 1 and isinstance(value[0], Mapping)
        if len(line) <= LINE and not several_tables:
            yield line
        else:
            yield f"{key} = ["
            yield from (f"  {_inline(item)}," for item in value)
            yield "]"
    else:
        yield line


def _inline(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(key)} = {_inline(item)}" for key, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, Sequence):
        return f"[{', '.join(map(_inline, value))}]"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else _string(name)


def _string(text: str) -> str:
    plain = text.isprintable() and _ESCAPES.keys().isdisjoint(text)
    return f'"{text if plain else "".join(map(_mark, text))}"'


def _mark(mark: str) -> str:
    """Return one character; what can't be seen, or turns the direction of a line, is spelled."""
    if mark in _ESCAPES:
        return _ESCAPES[mark]
    # TOML has no way to spell half a character; the reader of the file refuses it.
    if mark.isprintable() or "\ud800" <= mark <= "\udfff":
        return mark
    return f"\\u{ord(mark):04X}" if ord(mark) < 2**16 else f"\\U{ord(mark):08X}"
