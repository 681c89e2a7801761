"""One change between two instruments, and what kinds of changes there are."""

from __future__ import annotations

import enum
from fractions import Fraction

import attrs

from meritindex.language import Text


class ChangeKind(enum.StrEnum):
    """What a drafter calls a change."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RE_WEIGHTED = "re-weighted"
    RE_RULED = "re-ruled"
    RE_SCALED = "re-scaled"
    RE_BANDED = "re-banded"
    RE_GATED = "re-gated"
    RE_DATED = "re-dated"
    REWORDED = "reworded"
    RE_SOURCED = "re-sourced"
    OTHER = "other"

    @property
    def label(self) -> Text:
        """The kind for a reader, as a heading."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    ChangeKind.ADDED: Text("Ditambahkan", "Added"),
    ChangeKind.REMOVED: Text("Dihapus", "Removed"),
    ChangeKind.MOVED: Text("Dipindahkan", "Moved"),
    ChangeKind.RE_WEIGHTED: Text("Bobot", "Re-weighted"),
    ChangeKind.RE_RULED: Text("Rumus", "Re-ruled"),
    ChangeKind.RE_SCALED: Text("Skala", "Re-scaled"),
    ChangeKind.RE_BANDED: Text("Kategori", "Re-banded"),
    ChangeKind.RE_GATED: Text("Syarat berlaku", "Re-gated"),
    ChangeKind.RE_DATED: Text("Masa berlaku", "Re-dated"),
    ChangeKind.REWORDED: Text("Rumusan", "Reworded"),
    ChangeKind.RE_SOURCED: Text("Dasar", "Re-sourced"),
    ChangeKind.OTHER: Text("Lainnya", "Other"),
}

Value = Text | Fraction


@attrs.frozen(kw_only=True)
class Change:
    """One thing that differs between two instruments.

    Attributes:
        kind: what a drafter calls it.
        where: the code of the node, gate, derived figure or source; None for the instrument itself.
        field: what of it, as a path: `weight`, `scale.levels.2.criterion`, `bands.Baik.lower`.
        before: what it was, a text or an exact number; None for what was not there.
        after: what it became, likewise.
        labels: the path in words, from the outside in.
    """

    kind: ChangeKind
    where: str | None
    field: str
    before: Value | None
    after: Value | None
    labels: tuple[Text, ...] = attrs.field(repr=False)
