"""What is said of an optional dependency that is not there."""

from __future__ import annotations

import pytest

from meritindex.extras import MissingExtraError, needing
from meritindex.language import Text

PURPOSE = Text("Formulir Excel", "An Excel form")


def test_it_says_what_to_install_in_both_languages() -> None:
    with pytest.raises(MissingExtraError) as caught, needing("excel", PURPOSE):
        import no_such_module  # noqa: F401
    error = caught.value
    assert error.extra == "excel"
    assert isinstance(error.__cause__, ModuleNotFoundError)
    assert str(error) == error.in_language("en")
    assert error.in_language("en") == (
        'An Excel form needs no_such_module; install it with pip install "meritindex[excel]"'
    )
    assert error.in_language("id") == (
        'Formulir Excel memerlukan no_such_module; pasang dengan pip install "meritindex[excel]"'
    )


def test_where_python_names_no_module_the_extra_is_named() -> None:
    with pytest.raises(MissingExtraError, match="needs excel;"), needing("excel", PURPOSE):
        raise ImportError


def test_what_is_there_is_imported() -> None:
    with needing("excel", PURPOSE):
        import json
    assert json.loads("1") == 1


def test_other_errors_stay_what_they_are() -> None:
    with pytest.raises(ZeroDivisionError), needing("excel", PURPOSE):
        _ = 1 / 0
