"""Tables, trees and paragraphs of plain cells, written as text, HTML, a page or Markdown.

This is the one place where what a person reads is laid out and escaped. It knows no score and no
language: every cell arrives as a finished, already localized text. What a cell says is shown
literally in every form; nothing in it can move a cursor, open a tag or start a list.
"""

from meritindex.layout.as_html import to_html
from meritindex.layout.as_markdown import to_markdown
from meritindex.layout.as_page import to_page
from meritindex.layout.as_text import Role, Style, to_text
from meritindex.layout.basic import basic_parts
from meritindex.layout.graphic_parts import (
    Bar,
    Contents,
    Fact,
    Facts,
    Mark,
    Scale,
    Shade,
    Stretch,
)
from meritindex.layout.levels import titled
from meritindex.layout.parts import (
    BasicPart,
    Branch,
    Cell,
    Column,
    Document,
    Heading,
    Link,
    Listing,
    Paragraph,
    Part,
    Table,
    Tone,
)

__all__ = [
    "Bar",
    "BasicPart",
    "Branch",
    "Cell",
    "Column",
    "Contents",
    "Document",
    "Fact",
    "Facts",
    "Heading",
    "Link",
    "Listing",
    "Mark",
    "Paragraph",
    "Part",
    "Role",
    "Scale",
    "Shade",
    "Stretch",
    "Style",
    "Table",
    "Tone",
    "basic_parts",
    "titled",
    "to_html",
    "to_markdown",
    "to_page",
    "to_text",
]
