"""A plot for who can't see it, and as a picture: its description, its SVG, and its HTML.

The description says in words what the plot shows. It stands in the SVG, and is the alternative text
wherever the library puts a plot into a page.
"""

from __future__ import annotations

import base64
import hashlib
import html
import io
import re
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DESCRIPTION = "meritindex_description"
_SHOWING = "_repr_html_"
_SALT = "meritindex"
_ID = re.compile(r' id="([^"]*)"')
_USE = re.compile(r'(?<=href="#)[^"]*|(?<=url\(#)[^)]*')


def describe(ax: Axes) -> str:
    """Return in words what a plot of this library shows: its alternative text.

    Args:
        ax: axes that a function of `mi.plot` has drawn in; of other axes the text is empty.

    Examples:
        >>> # needs: matplotlib
        >>> import meritindex as mi
        >>> card = mi.score(mi.sample())["Kota Surabaya"]
        >>> print(mi.plot.describe(mi.plot.ladder(card, language="en")))
        Kota Surabaya, 2026: ... SYNTHETIC DATA...
    """
    return str(getattr(ax, _DESCRIPTION, ""))


def set_description(ax: Axes, text: str) -> None:
    """Keep with the axes what describes their plot."""
    setattr(ax, _DESCRIPTION, text)


def show_in_notebooks(ax: Axes) -> None:
    """Have axes on a figure of their own shown by the notebook cell that they are the value of."""
    setattr(ax, _SHOWING, partial(to_html, ax))


def to_svg(ax: Axes) -> str:
    """Return the figure of a plot as an SVG element that can stand in a page, or in a file.

    The same plot gives the same text. Letters are drawn as shapes, so that no font is needed, and
    the description is in it. No two figures in a page share an id.

    Args:
        ax: axes that a function of `mi.plot` has drawn in; the whole figure that they are on.

    Examples:
        >>> # needs: matplotlib
        >>> import meritindex as mi
        >>> card = mi.score(mi.sample())["Kota Surabaya"]
        >>> picture = mi.plot.to_svg(mi.plot.ladder(card))
        >>> picture[:4], picture == mi.plot.to_svg(mi.plot.ladder(card))
        ('<svg', True)
    """
    import matplotlib as mpl  # noqa: PLC0415 - the caller has it

    stream = io.StringIO()
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    with mpl.rc_context({"svg.hashsalt": _SALT, "svg.fonttype": "path"}):
        ax.figure.canvas.print_figure(stream, format="svg", metadata=nothing)
    written = stream.getvalue()
    element = re.sub(r"<!--.*?-->\s*", "", written[written.index("<svg") :], flags=re.DOTALL)
    words = html.escape(describe(ax))
    element = element.replace("<svg ", '<svg role="img" ', 1)
    element = element.replace(">", f"><title>{words}</title>", 1) if words else element
    return _with_own_ids(element)


def to_html(ax: Axes) -> str:
    """Return the figure of a plot as an HTML image that holds all it needs."""
    picture = base64.b64encode(to_svg(ax).encode()).decode()
    words = html.escape(describe(ax))
    return f'<img src="data:image/svg+xml;base64,{picture}" alt="{words}">'


def _with_own_ids(element: str) -> str:
    """Return an element with ids that no other picture has; those unused are left out."""
    own = "m" + hashlib.sha256(element.encode()).hexdigest()[:8]
    used = frozenset(_USE.findall(element))
    kept = _ID.sub(lambda found: f' id="{own}-{found[1]}"' if found[1] in used else "", element)
    return _USE.sub(lambda found: f"{own}-{found[0]}", kept)
