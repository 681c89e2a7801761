"""Putting the nodes of an instrument file together, from the root down."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from meritindex.catalog.forms import weight_form
from meritindex.catalog.names import Names
from meritindex.catalog.reading_nodes import Draft
from meritindex.catalog.reading_rules import Share
from meritindex.catalog.tables import Table
from meritindex.definition import Dimension, Figure, Measure, Node
from meritindex.language import Text

MAX_DEPTH = 12

_NOT_AMONG = Text(
    "{value} tidak ada di antara dimensi, indikator, dan ukuran",
    "{value} is not among the dimensions, indicators and measures",
)
# What stands beside the rule: only measures do.
_BESIDE = {
    "bonuses": (
        "bonus-not-a-measure",
        Text(
            "{value} bukan ukuran (measures), dan hanya ukuran yang dapat ditambahkan",
            "{value} is not a measure, and only measures can be added",
        ),
    ),
    "deductions": (
        "deduction-not-a-measure",
        Text(
            "{value} bukan ukuran (measures), dan hanya ukuran yang dapat dikurangkan",
            "{value} is not a measure, and only measures can be deducted",
        ),
    ),
}
_NO_WEIGHT = {
    Share.NONE: Text(
        "tidak boleh ada: akar, tambahan dan pengurangan tidak berbobot",
        "must not be stated: the root, bonuses and deductions have no weight",
    ),
    Share.UNUSED: Text(
        "tidak boleh ada: rumus dimensi di atasnya tidak memakai bobot",
        "must not be stated: the rule of the parent uses no weights",
    ),
}
_SAME_WEIGHT = Text(
    "tidak boleh ada: dimensi di atasnya memberi semua unsurnya bobot yang sama",
    "must not be stated: the parent gives all children the same weight",
)


@attrs.define
class NodeTree:
    """The nodes of a file, where each has been placed, and which of them are not weighed."""

    names: Names
    drafts: dict[str, Draft]
    stands_in: dict[str, str] = attrs.field(factory=dict)
    unweighed: set[str] = attrs.field(factory=set)

    def root(self) -> Node | None:
        """Return the root with all below it, or None where a fault keeps it from being made."""
        file = self.names.file
        code = file.get("root", str, Text("kode dimensi", "the code of a dimension"))
        if code in self.drafts and self.drafts[code].kind is Dimension:
            self.stands_in[code] = "root"
            return self._node(code, Share.NONE, 1)
        self.names.unclear.add("nodes")
        if code is not None and (self.names.are_known or code in self.drafts):
            message = Text("{value} bukan dimensi", "{value} is not a dimension")
            file.complain("root-not-a-dimension", message, "root", value=code)
        return None

    def check_unused(self) -> None:
        """Report the nodes that stand nowhere."""
        lost = {code: draft for code, draft in self.drafts.items() if code not in self.stands_in}
        named = {
            name
            for draft in lost.values()
            for name in (*draft.children, *draft.bonuses, *draft.deductions)
        }
        # Those that nobody names come first: what hangs below them is not lost on its own account.
        for code in (*(code for code in lost if code not in named), *lost):
            if code not in self.stands_in:
                if "nodes" not in self.names.unclear:
                    message = Text("tidak ada di dimensi mana pun", "stands in no dimension")
                    lost[code].table.fault("node-unused", message)
                self.stands_in[code] = "-"
                self._node(code, Share.OPEN, 1)

    def check_weights(self, weights: Table) -> None:
        """Report the codes in the table of a weighting that stand for nothing that is weighed."""
        for code in weights.entries:
            if code in self.unweighed or (self.names.are_known and code not in self.drafts):
                message = Text(
                    "{value} tidak diboboti dalam instrumen ini",
                    "{value} has no weight in this instrument",
                )
                weights.complain("weight-unknown-code", message, code, value=code)

    def _node(self, code: str, share: Figure | Share, depth: int) -> Node | None:
        """Return a node with all below it, or None where a fault keeps it from being made."""
        draft = self.drafts[code]
        table = draft.table
        if depth > MAX_DEPTH and draft.kind is Dimension:
            message = Text(
                "lebih dari {limit} tingkat dimensi", "more than {limit} levels of dimensions"
            )
            table.complain("too-deep", message, limit=MAX_DEPTH)
            self.names.unclear.add("nodes")
            return None
        before = table.faults.grave
        if code in self.names.twice:
            share = Share.OPEN
        fields: dict[str, object] = {"weight": self._weight(code, draft, share)}
        self._check_conditions(draft)
        sound = table.faults.grave == before and code not in self.names.twice
        if draft.kind is Dimension:
            for key, codes, part in (
                ("children", draft.children, draft.share),
                ("bonuses", draft.bonuses, Share.NONE),
                ("deductions", draft.deductions, Share.NONE),
            ):
                nodes = self._nodes(draft.table, key, codes, part, depth + 1)
                sound = sound and None not in nodes
                fields[key] = nodes
        return draft.make(**fields) if sound and draft.make is not None else None

    def _nodes(
        self, table: Table, key: str, codes: Sequence[str], share: Figure | Share, depth: int
    ) -> tuple[Node | None, ...]:
        return tuple(self._child(table, key, code, share, depth) for code in codes)

    def _child(
        self, table: Table, key: str, code: str, share: Figure | Share, depth: int
    ) -> Node | None:
        if code not in self.drafts:
            self.names.unclear.add("nodes")
            if self.names.are_known:
                table.complain("node-unknown", _NOT_AMONG, key, value=code)
            return None
        if code in self.stands_in:
            message = Text("{value} sudah ada di {other}", "{value} already stands in {other}")
            table.complain("node-twice", message, key, value=code, other=self.stands_in[code])
            return None
        self.stands_in[code] = table.place(key)
        if key in _BESIDE and self.drafts[code].kind is not Measure:
            fault, message = _BESIDE[key]
            table.complain(fault, message, key, value=code)
            self._node(code, Share.OPEN, depth)
            return None
        return self._node(code, share, depth)

    def _check_conditions(self, draft: Draft) -> None:
        """Report the caps of a dimension that depend on what is not in the file.

        Where it is not below the dimension, the definition refuses it.
        """
        for code, condition in draft.conditions:
            if code not in self.drafts and self.names.are_known:
                condition.complain("node-unknown", _NOT_AMONG, "node", value=code)

    def _weight(self, code: str, draft: Draft, share: Figure | Share) -> Figure | None:
        """Return the weight of a node: its own, or the one that its parent gives all children."""
        table, stated = draft.table, draft.table.has("weight")
        if share is Share.OPEN:
            return draft.weight
        if share is Share.STATED:
            if not stated:
                table.raw("weight", weight_form())
            return draft.weight
        if isinstance(share, Figure):
            if stated:
                table.fault("weight-not-allowed", _SAME_WEIGHT, "weight")
            return share
        self.unweighed.add(code)
        if stated:
            table.fault("weight-not-allowed", _NO_WEIGHT[share], "weight")
        return None
