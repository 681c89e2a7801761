"""What only a page draws: the summary, the index, bars, and the scale, each with its words."""

from __future__ import annotations

from fractions import Fraction

from meritindex.layout.as_html import html_cell, html_text
from meritindex.layout.graphic_parts import Bar, Contents, Fact, Facts, Mark, Scale, Stretch
from meritindex.layout.parts import Cell, Link
from meritindex.layout.wrapping import places

# A letter of a stretch's name is so wide, in shares of a scale on a phone.
_LETTER = Fraction(1, 46)
# A label this near to an end of the scale does not stand in its middle but begins or ends there.
_NEAR = Fraction(12, 100)
_TENTHS = 10


def page_cell(cell: Cell) -> str:
    """Return a cell as a page shows it: with its bar, or as a link within the page."""
    if isinstance(cell, Bar):
        # The text says what the bar draws.
        bar = f'<i style="width:{_percent(cell.share)}"></i>'
        return f'{html_text(cell.text)}<span class="bar" aria-hidden="true">{bar}</span>'
    if isinstance(cell, Link) and (cell.page or cell.anchor):
        target = cell.page or f"#{cell.anchor}"
        return f'<a href="{target}">{html_text(cell.text)}</a>'
    return html_cell(cell)


def page_facts(facts: Facts) -> str:
    """Return a summary as a list of descriptions."""
    return "\n".join(['<dl class="facts">', *map(_fact, facts.items), "</dl>"])


def _fact(fact: Fact) -> str:
    kind = ' class="leads"' if fact.leads else ""
    note = f'\n<dd class="note">{html_text(fact.note)}</dd>' if fact.note else ""
    return (
        f"<div{kind}><dt>{html_text(fact.label)}</dt>\n"
        f'<dd class="value">{html_text(fact.value)}</dd>{note}</div>'
    )


def page_contents(contents: Contents) -> str:
    """Return an index as the navigation of a page."""
    items = (
        f'<li><a href="#{anchor}">{html_text(text)}</a></li>' for text, anchor in contents.items
    )
    label = html_text(contents.label)
    return "\n".join([f'<nav aria-label="{label}">', "<ul>", *items, "</ul>", "</nav>"])


def page_scale(scale: Scale) -> str:
    """Return a scale as a picture, with its description for who does not see it.

    Places are in percent of its width, so that it fills any width while its letters keep their
    size. A name that would not fit its stretch on a phone stands below it, where there is room.
    """
    lines = ['<figure class="scale">', '<svg role="img" xmlns="http://www.w3.org/2000/svg">']
    lines.append(f"<title>{html_text(scale.title)}</title>")
    lines.append(f"<desc>{html_text(scale.description)}</desc>")
    lines += [line for stretch in scale.stretches for line in _stretch(stretch)]
    lines += _narrow_names(scale)
    lines += [line for mark in scale.marks for line in _mark(mark)]
    return "\n".join([*lines, "</svg>", "</figure>"])


def _stretch(stretch: Stretch) -> list[str]:
    width = stretch.end - stretch.start
    kind = ' class="holds"' if stretch.holds else ""
    lines = [
        f'<rect{kind} x="{_percent(stretch.start)}" y="28" width="{_percent(width)}" height="32"/>'
    ]
    if _fits(stretch):
        middle = _percent((stretch.start + stretch.end) / 2)
        label = html_text(stretch.label)
        lines.append(f'<text x="{middle}" y="49" text-anchor="middle">{label}</text>')
    return lines


def _fits(stretch: Stretch) -> bool:
    return places(stretch.label) * _LETTER <= stretch.end - stretch.start


def _narrow_names(scale: Scale) -> list[str]:
    """Return the names of stretches too narrow for them, from the right as far as there is room."""
    lines: list[str] = []
    free = Fraction(1)
    for stretch in reversed(scale.stretches):
        if _fits(stretch):
            continue
        width = places(stretch.label) * _LETTER
        middle = (stretch.start + stretch.end) / 2
        right = min(max(middle + width / 2, width), free)
        if right - width < 0 or right < stretch.start:
            continue
        free = right - width - _LETTER
        label = html_text(stretch.label)
        lines.append(f'<text x="{_percent(right)}" y="78" text-anchor="end">{label}</text>')
    return lines


def _mark(mark: Mark) -> list[str]:
    anchor = "middle"
    if mark.place < _NEAR:
        anchor = "start"
    elif mark.place > 1 - _NEAR:
        anchor = "end"
    place = _percent(mark.place)
    label = html_text(mark.label)
    return [
        # The line is open where it would strike through the name of a stretch.
        f'<line x1="{place}" y1="19" x2="{place}" y2="35"/>',
        f'<line x1="{place}" y1="54" x2="{place}" y2="65"/>',
        f'<text class="mark" x="{place}" y="15" text-anchor="{anchor}">{label}</text>',
    ]


def _percent(share: Fraction) -> str:
    """Return a share in percent with one decimal, as style sheets and pictures write it."""
    whole, tenth = divmod(round(share * 100 * _TENTHS), _TENTHS)
    return f"{whole}.{tenth}%"
