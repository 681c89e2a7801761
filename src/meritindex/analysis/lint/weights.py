"""Weights: those that nobody published, and those that look like shares but don't fill a whole."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from meritindex.analysis.lint.findings import Finding, Severity, listed_codes, number
from meritindex.analysis.lint.subject import Subject
from meritindex.definition import Dimension
from meritindex.language import Text

_WHOLES = (Fraction(1), Fraction(100))


def check_weights(subject: Subject) -> Iterator[Finding]:
    """Look at the weights of each dimension."""
    for dimension in subject.holders:
        if dimension.rule is not None and dimension.rule.weighted:
            yield from _unpublished(dimension)
            yield from _incomplete(dimension)


_WEIGHTS_ARE = "weights of {codes} in {parent} are"


def _unpublished(dimension: Dimension) -> Iterator[Finding]:
    codes = [child.code for child in dimension.children if child.weight is None]
    rule = dimension.rule
    if not codes or rule is None or rule.whole is None:  # without a whole, none can be open
        return
    known = sum(
        (child.weight.value for child in dimension.children if child.weight is not None),
        Fraction(0),
    )
    where = codes[0] if len(codes) == 1 else dimension.code
    weights_are = "weight of {codes} in {parent} is" if len(codes) == 1 else _WEIGHTS_ARE
    message = Text(
        "bobot {codes} dalam {parent} belum dipublikasikan; yang diketahui berjumlah {known} dari "
        "{whole}, sehingga sisanya, {rest}, hanya dapat diasumsikan",
        f"the {weights_are} not published; those that are known add up to "
        "{known} of {whole}, so that the rest, {rest}, can only be assumed",
    )
    yield Finding(
        "weight-unpublished",
        Severity.WARNING,
        where,
        message.fill(
            codes=listed_codes(codes),
            parent=dimension.code,
            known=number(known),
            whole=number(rule.whole),
            rest=number(rule.whole - known),
        ),
    )


def _incomplete(dimension: Dimension) -> Iterator[Finding]:
    rule = dimension.rule
    if rule is None or rule.whole is not None or len(dimension.children) < 2:
        return
    weights = [child.weight.value for child in dimension.children if child.weight is not None]
    total = sum(weights, Fraction(0))
    for whole in _WHOLES:
        if _look_like_shares(weights, total, whole):
            message = Text(
                "bobot dalam {code} tampak seperti bagian dari {whole}, tetapi berjumlah {total}; "
                'bila memang bagian, nyatakan whole = "{plain}" pada rumusnya agar diperiksa',
                "the weights in {code} look like shares of {whole}, but add up to {total}; if they "
                'are shares, state whole = "{plain}" in the rule, so that it is checked',
            )
            yield Finding(
                "weights-incomplete",
                Severity.WARNING,
                dimension.code,
                message.fill(
                    code=dimension.code, whole=number(whole), total=number(total), plain=whole
                ),
            )


def _look_like_shares(weights: list[Fraction], total: Fraction, whole: Fraction) -> bool:
    """Say whether weights come close to a whole, without reaching it.

    Plain factors are no shares: all 1, or numbers that happen to be near 100 because there are many
    of them. A share is of some size, so at least one weighs a twentieth of the whole.
    """
    near = total != whole and abs(total - whole) * 10 <= whole
    factors = all(weight == 1 for weight in weights)
    return near and not factors and max(weights) < whole and max(weights) * 20 >= whole
