"""The published JSON Schema of instrument files, and what it finds wrong with one."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).resolve().parents[1] / "docs"
SCHEMA: dict[str, Any] = json.loads((DOCS / "schema" / "instrument.schema.json").read_text("utf-8"))


@cache
def validator() -> Any:
    jsonschema = pytest.importorskip("jsonschema", reason="the schema is tested with jsonschema")
    return jsonschema.Draft202012Validator(SCHEMA)


def schema_faults(parsed: dict[str, Any]) -> list[str]:
    """Return the first thing that the schema finds wrong with the content of a file."""
    errors = islice(validator().iter_errors(plain(parsed)), 1)
    return [f"{error.json_path}: {error.message}" for error in errors]


def plain(parsed: dict[str, Any]) -> dict[str, Any]:
    """Return the content of a file as JSON would hold it: a date is a text, where one belongs."""
    force = parsed.get("in_force")
    if not isinstance(force, dict):
        return parsed
    dates = {key: str(value) for key, value in force.items() if type(value) is dt.date}
    return {**parsed, "in_force": {**force, **dates}}
