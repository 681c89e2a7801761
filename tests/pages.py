"""Reading a page as strictly as can be: balanced, with sound ids, links, headings and tables."""

from __future__ import annotations

import itertools
import re
from html.parser import HTMLParser

import attrs

VOID = {"meta"}
# SVG elements that are written with a slash.
EMPTY = {"rect", "line"}
TEXT = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "dt", "dd", "div", "caption", "th", "td"}

_CLASS = (
    r"(?:table(?: cards| compared)?|notes|hint|facts|leads|value|note|scale|holds|mark|bar|skip"
)
_CLASS += r"|warning|fault|(?:s[1-6])?(?: ?pair)?)"
# What every attribute of a page may be. Nothing of the data is in any but the free ones.
ALLOWED = {
    "lang": r"id|en",
    "charset": r"utf-8",
    "http-equiv": r"Content-Security-Policy",
    "name": r"viewport|referrer",
    "class": _CLASS,
    "id": r"[a-z][a-z0-9-]*",
    "href": r"#[a-z][a-z0-9-]*|[a-z0-9-]+\.(?:html|md)|https?://[^\s\"'<>]+",
    "style": r"text-align:(?:left|right)|width:[0-9]+\.[0-9]%",
    "scope": r"col|row",
    "role": r"group|note|img|table|rowgroup|row|columnheader|rowheader|cell",
    "tabindex": r"0",
    "aria-hidden": r"true",
    "xmlns": r"http://www\.w3\.org/2000/svg",
    "text-anchor": r"start|middle|end",
    **dict.fromkeys(("x", "width"), r"[0-9]+\.[0-9]%"),
    **dict.fromkeys(("x1", "x2"), r"[0-9]+\.[0-9]%"),
    **dict.fromkeys(("y", "y1", "y2", "height"), r"[0-9]+"),
}
FREE = {"aria-label", "data-label", "content"}
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "main", "nav", "a", "p", "div", "span"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "li", "dl", "dt", "dd", "i", "figure"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "svg", "desc", "rect", "line"),
    "text",
}


@attrs.define
class Element:
    """An element: its name, attributes, what is open around it, and the text in it."""

    tag: str
    given: dict[str, str | None]
    inside: tuple[str, ...]
    text: str = ""


class Page(HTMLParser):
    """A page that was read; whatever is not sound about it fails an assertion."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[Element] = []
        self.elements: list[Element] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        assert len(set(names)) == len(names)
        element = Element(tag, dict(attributes), tuple(each.tag for each in self.open))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attributes):
        assert tag in EMPTY
        self.elements.append(Element(tag, dict(attributes), tuple(each.tag for each in self.open)))

    def handle_endtag(self, tag):
        assert self.open.pop().tag == tag

    def handle_data(self, data):
        for element in self.open:
            element.text += data

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_pi = unknown_decl = handle_comment

    def all(self, *tags: str) -> list[Element]:
        """Return the elements with these names, in the order of the page."""
        return [each for each in self.elements if each.tag in tags]

    def of_class(self, name: str) -> list[Element]:
        """Return the elements of a class."""
        return [each for each in self.elements if name in (each.given.get("class") or "").split()]

    @property
    def headings(self) -> list[tuple[int, str]]:
        """The headings with their levels."""
        return [
            (int(each.tag[1]), each.text) for each in self.elements if re.match("h[1-6]", each.tag)
        ]

    @property
    def main(self) -> str:
        """The text of the page itself."""
        (main,) = self.all("main")
        return main.text


def check_page(html: str) -> Page:
    """Read a page and check everything that must hold of any."""
    page = Page(html)
    check_elements(page)
    check_outline(page)
    check_links(page)
    check_tables(page)
    check_graphics(page)
    return page


def check_elements(page: Page) -> None:
    """Nothing but what the layout writes, and nothing of the data but texts."""
    for element in page.elements:
        assert element.tag in ELEMENTS, element
        for name, value in element.given.items():
            if name not in FREE:
                assert name in ALLOWED, (element.tag, name)
                assert re.fullmatch(ALLOWED[name], value or ""), (name, value)
    (policy,) = (each for each in page.elements if "http-equiv" in each.given)
    assert (policy.given["content"] or "").startswith(
        "default-src 'none'; style-src 'unsafe-inline'"
    )


def check_outline(page: Page) -> None:
    """One main heading, which comes first, and no level left out; one main part."""
    levels = [level for level, _ in page.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert len(page.all("main")) == 1
    assert page.all("html")[0].given["lang"] in {"id", "en"}


def check_links(page: Page) -> None:
    """Ids are unique, and what leads to one arrives."""
    ids = [each.given["id"] for each in page.elements if "id" in each.given]
    assert len(set(ids)) == len(ids)
    for link in page.all("a"):
        address = link.given["href"] or ""
        assert link.text.strip() or not address.startswith("#")
        assert not address.startswith("#") or address[1:] in ids, address
    for index in page.all("nav"):
        assert index.given["aria-label"]
        assert page.of_class("skip")[0].given["href"] == "#content"


def check_tables(page: Page) -> None:
    """Every head has a scope; every box that is scrolled can be reached, and has a name."""
    for head in page.all("th"):
        assert head.given["scope"] == ("col" if "thead" in head.inside else "row")
    boxes = page.of_class("table")
    assert len(boxes) == len(page.all("table"))
    assert all(box.given["tabindex"] == "0" and box.given["role"] == "group" for box in boxes)
    for box in page.of_class("cards"):
        assert box.tag == "div"


def check_graphics(page: Page) -> None:
    """Every picture is described, and what is drawn besides is said in words beside it."""
    for picture in page.all("svg"):
        assert picture.given["role"] == "img"
    assert len(page.all("desc")) == len(page.all("svg"))
    assert all(each.text.strip() for each in page.all("desc"))
    for bar in page.of_class("bar"):
        assert bar.given["aria-hidden"] == "true"
        assert bar.inside[-1] in {"td", "th"}
