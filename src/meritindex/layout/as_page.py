"""A document as a whole HTML page: one file to open, print or send, which needs nothing else.

The page has no script and asks no network for anything; its Content-Security-Policy has browsers
hold it to that. It follows the light or dark setting of the reader.
"""

from __future__ import annotations

from html import escape

import attrs

from meritindex.language import Language
from meritindex.layout.as_html import to_html
from meritindex.layout.cells import clean
from meritindex.layout.parts import Document, Heading, Paragraph, Part, Table

# Cells of tables say their alignment in a style of their own.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_STYLE = """\
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #ffffff; --line: #c4c4c4;
  --shade: #f1f3f5; --link: #0b4f9e; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e8e8; --paper: #15181c; --line: #4a4f55; --shade: #22272d; --link: #8ec1ff; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
main { max-width: 64rem; margin: 0 auto; padding: 1rem; overflow-wrap: break-word; }
h1, h2, h3, h4 { line-height: 1.25; margin: 1.75rem 0 0.5rem; break-after: avoid; }
h1 { font-size: 1.6rem; margin-top: 0.5rem; }
h2 { font-size: 1.3rem; }
h3 { font-size: 1.1rem; }
p, ul { margin: 0.5rem 0; max-width: 46rem; }
ul { padding-left: 1.25rem; }
li { margin: 0.2rem 0; }
a { color: var(--link); }
.table { overflow-x: auto; margin: 1rem 0 0.5rem; }
.table:focus-visible { outline: 2px solid var(--link); }
.notes { font-size: 0.875rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 0.25rem 0; }
th, td { padding: 0.3rem 0.5rem; vertical-align: top; border-bottom: 1px solid var(--line);
  overflow-wrap: normal; }
thead th { background: var(--shade); vertical-align: bottom; }
tbody th { font-weight: inherit; }
td[style$="right"] { white-space: nowrap; }
@media (max-width: 40rem) {
  main { padding: 0.75rem; }
  th, td { font-size: 0.9rem; padding: 0.3rem 0.4rem; }
}
@media print {
  :root { --ink: #000000; --paper: #ffffff; --line: #999999; --shade: #ffffff; --link: #000000; }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  p, ul { max-width: none; }
  .table { overflow: visible; }
  thead { display: table-header-group; }
  tr, li { break-inside: avoid; }
}
"""


def to_page(document: Document, language: Language, title: str) -> str:
    """Return a document as a whole HTML page, which ends in a line break.

    A table that is wider than the screen is scrolled by itself, by hand or by keyboard.

    Args:
        document: what the page shows.
        language: in which its texts are; browsers and screen readers are told.
        title: of the page, escaped here. The heading that opens the document becomes the main one;
            where none opens it, the title does.

    Examples:
        >>> from meritindex.layout import Document, Paragraph, to_page
        >>> page = to_page(Document((Paragraph("a < b"),)), "id", "R&D")
        >>> page.splitlines()[:2]
        ['<!DOCTYPE html>', '<html lang="id">']
        >>> "<h1>R&amp;D</h1>" in page, "<p>a &lt; b</p>" in page
        (True, True)
    """
    shown = escape(clean(title), quote=True)
    parts = document.parts
    if parts and isinstance(parts[0], Heading):
        parts = (attrs.evolve(parts[0], level=1), *parts[1:])
    has_top = any(isinstance(part, Heading) and part.level == 1 for part in parts)
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{language}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{shown}</title>",
        f"<style>\n{_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        *([] if has_top else [f"<h1>{shown}</h1>"]),
        *map(_part, parts),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _part(part: Part) -> str:
    if not isinstance(part, Table):
        return to_html(part)
    # Notes stay where they are while the table is scrolled, and who has no mouse can scroll it.
    name = "" if part.caption is None else f' aria-label="{escape(clean(part.caption))}"'
    table = to_html(attrs.evolve(part, notes=()))
    notes = "\n".join(to_html(Paragraph(note)) for note in part.notes)
    lines = ['<div class="table" tabindex="0" role="group"' + name + ">", table, "</div>"]
    return "\n".join([*lines, *([f'<div class="notes">\n{notes}\n</div>'] if notes else [])])
