"""The changes between two instruments as a document of plain cells, in either language."""

from __future__ import annotations

from meritindex.analysis.changes import Change, ChangeKind, Value
from meritindex.analysis.differences import InstrumentDiff
from meritindex.analysis.readable import number_text
from meritindex.language import Language, Text
from meritindex.layout import Document, Heading, Listing, Paragraph, Part

_ENTERED_OR_GONE = (ChangeKind.ADDED, ChangeKind.REMOVED)


def diff_document(
    diff: InstrumentDiff, language: Language, names: tuple[str, str] | None = None
) -> Document:
    """Return the changes by kind; what changed alike in several places shares a line.

    Args:
        diff: the changes.
        language: that of the document.
        names: what the two instruments are called in its title; their ids by default.
    """
    title = Text("Perubahan dari {before} ke {after}", "Changes from {before} to {after}")
    before, after = names or (diff.before.id, diff.after.id)
    title = title.fill(before=before, after=after)
    parts: list[Part] = [Heading(title.in_language(language), 1)]
    if not diff.changes:
        nothing = Text("Tidak ada perubahan.", "Nothing changed.")
        return Document((*parts, Paragraph(nothing.in_language(language))))
    kinds = {change.kind: [] for change in diff.changes}  # type: dict[ChangeKind, list[Change]]
    for change in diff.changes:
        kinds[change.kind].append(change)
    for kind, changes in kinds.items():
        parts.append(Heading(f"{kind.label.in_language(language)} ({len(changes)})", 2))
        parts.append(Listing(tuple(_lines(changes, language))))
    return Document(tuple(parts))


def _lines(changes: list[Change], language: Language) -> list[str]:
    """Return a line for each change, or for several that differ only in where they are."""
    alike: dict[tuple[object, ...], list[Change]] = {}
    for change in changes:
        key = (change.field, change.labels, change.before, change.after)
        # Things that happen to have one name are still as many as they are.
        alike.setdefault((*key, change.where) if change.kind in _ENTERED_OR_GONE else key, [])
        alike[(*key, change.where) if change.kind in _ENTERED_OR_GONE else key].append(change)
    return [_line(group, language) for group in alike.values()]


def _line(group: list[Change], language: Language) -> str:
    change = group[0]
    head, *rest = (label.in_language(language) for label in change.labels)
    codes = ", ".join(each.where for each in group if each.where is not None)
    what = ", ".join(filter(None, (f"{head} {codes}".rstrip(), *rest)))
    return f"{what}: {_what_happened(change, language)}"


def _what_happened(change: Change, language: Language) -> str:
    before, after = (_written(value, language) for value in (change.before, change.after))
    if change.kind in _ENTERED_OR_GONE:
        return after or before
    if change.before is None:
        return Text("ditambahkan, ", "added, ").in_language(language) + after
    if change.after is None:
        return Text("dihapus, ", "removed, ").in_language(language) + before
    return f"{before} → {after}"


def _written(value: Value | None, language: Language) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, Text) else number_text(value)
    return text.in_language(language)
