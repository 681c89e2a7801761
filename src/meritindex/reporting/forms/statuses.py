"""What a form says of an answer while one types: answered, missing, not applicable, or wrong."""

from __future__ import annotations

from meritindex.definition import MissingPolicy
from meritindex.language import Text
from meritindex.reporting.forms.form import Form, Leaf
from meritindex.reporting.sheet_formulas.expressions import text

ANSWERED_WORD = Text("terisi", "answered")
MISSING_WORD = Text("belum diisi", "missing")
ABSENT_WORD = Text("tidak berlaku", "not applicable")
WAITING_WORD = Text("menunggu", "waits for")
CHECK_WORD = Text("periksa", "check")

_WAITING = Text("menunggu pertanyaan pembuka", "waits for an opening question")
_CLEAR = Text("tidak berlaku; kosongkan jawabannya", "not applicable; clear the answer")
_CHECK = Text("periksa: tidak diterima", "check: not accepted")
_NO_NUMBER = Text("periksa: ketik sebagai angka", "check: type it as a number")
_EMPTY = {
    MissingPolicy.UNKNOWN: MISSING_WORD,
    MissingPolicy.ZERO: Text("kosong: dihitung nol", "empty: counts as zero"),
    MissingPolicy.LOWEST: Text("kosong: dihitung terendah", "empty: counts as the lowest"),
    MissingPolicy.DROP: Text("kosong: di luar bobot", "empty: left out of the weights"),
}


def leaf_status(  # noqa: PLR0913 - what is known of the answer
    form: Form,
    leaf: Leaf,
    typed: str,
    *,
    given: str,
    problem: str,
    absent: str = "0",
    waiting: str = "0",
) -> str:
    """Return the formula of what has become of an answer, in words.

    Args:
        form: the form.
        leaf: what is answered.
        typed: the cell that is typed into.
        given: a cell that is 1 where there is an answer that is allowed.
        problem: one that is 1 where something else stands there.
        absent: one that is 1 where the leaf does not apply.
        waiting: one that is 1 where a gate leaves that open.
    """

    def said(word: Text) -> str:
        return text(word.in_language(form.language))

    check = f"IF(ISTEXT({typed}),{said(_NO_NUMBER)},{said(_CHECK)})"
    answered = f"IF({given}=1,{said(ANSWERED_WORD)},{said(_EMPTY[form.policy(leaf)])})"
    if absent == waiting == "0":
        return f"IF({problem}=1,{check},{answered})"
    empty = f'IFERROR(TRIM({typed}&"")="",FALSE)'
    out = f"IF({empty},{said(ABSENT_WORD)},{said(_CLEAR)})"
    return (
        f"IF({absent}=1,{out},IF({problem}=1,{check},IF({waiting}=1,{said(_WAITING)},{answered})))"
    )
