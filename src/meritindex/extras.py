"""What an optional dependency is missing for, said in one way everywhere.

The library itself needs attrs and numpy alone. All else is imported where it is used, within
`needing`, so that who has not installed it is told which extra to install.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from meritindex.language import Language, Text


class MissingExtraError(ImportError):
    """An optional dependency is not installed.

    Attributes:
        extra: the name of the extra of this project that brings it.
    """

    def __init__(self, extra: str, purpose: Text, library: str) -> None:
        self.extra = extra
        self._message = Text(
            '{purpose} memerlukan {library}; pasang dengan pip install "meritindex[{extra}]"',
            '{purpose} needs {library}; install it with pip install "meritindex[{extra}]"',
        ).fill(purpose=purpose, library=library, extra=extra)
        super().__init__(self._message.en, name=library)

    def in_language(self, language: Language) -> str:
        """Return what to install for what."""
        return self._message.in_language(language)


@contextlib.contextmanager
def needing(extra: str, purpose: Text) -> Iterator[None]:
    """Import what an extra brings.

    Args:
        extra: its name in this project.
        purpose: what it is needed for, as the subject of a sentence.

    Raises:
        MissingExtraError: it is not installed.

    Examples:
        >>> from meritindex.extras import needing
        >>> from meritindex.language import Text
        >>> with needing("excel", Text("Formulir", "A form")):
        ...     import no_such_module
        Traceback (most recent call last):
        ...
        meritindex.extras.MissingExtraError: A form needs no_such_module; ...
    """
    try:
        yield
    except ImportError as error:
        library = (error.name or extra).partition(".")[0]
        raise MissingExtraError(extra, purpose, library) from error
