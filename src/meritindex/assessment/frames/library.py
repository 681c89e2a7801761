"""The library through which every data frame is read and written, imported where it is used."""

from __future__ import annotations

from typing import Any

from meritindex.extras import needing
from meritindex.language import Text

_DATA_FRAMES = Text("Data frame", "A data frame")


def narwhals() -> Any:  # noqa: ANN401 - a module, of which mypy knows nothing where it is absent
    """Return narwhals.

    Raises:
        MissingExtraError: it is not installed.
    """
    with needing("frames", _DATA_FRAMES):
        import narwhals as library  # noqa: PLC0415 - an optional dependency
    return library
