"""The pictures of the documentation, made in its build by the code that stands beside them.

Where a page says `<!-- picture: ax -->`, the build puts the plot that `ax` is once the Python
examples above have been executed, with its description as the alternative text. No picture is kept
in the repository, so that none can show another thing than the code.
"""

import doctest
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import meritindex as mi

_MARK = re.compile(r"^<!-- picture: (\w+) -->$", re.MULTILINE)
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|])")


def on_files(files: Any, config: Any) -> Any:
    """Add the pictures to the files of the site, and name them in the pages that show them."""
    from mkdocs.structure.files import File

    for file in list(files.documentation_pages()):
        page = file.content_string
        if not _MARK.search(page):
            continue
        folder = PurePosixPath(file.src_uri).parent / "pictures"
        for number, (ax, mark) in enumerate(drawn(page), 1):
            name = f"{PurePosixPath(file.src_uri).stem}-{number}.svg"
            picture = File.generated(config, str(folder / name), content=mi.plot.to_svg(ax))
            files.append(picture)
            words = _MARKDOWN.sub(r"\\\1", mi.plot.describe(ax))
            page = page.replace(mark, f"![{words}](pictures/{name})", 1)
        file.content_string = page
    return files


def drawn(page: str) -> Iterator[tuple[Any, str]]:
    """Execute the examples of a page, and yield every plot that it shows with its mark."""
    names: dict[str, Any] = {}
    start = 0
    for mark in _MARK.finditer(page):
        for block in _BLOCK.finditer(page, start, mark.start()):
            for example in doctest.DocTestParser().get_examples(block[1]):
                exec(compile(example.source, "<page>", "exec"), names)  # noqa: S102 - our own page
        start = mark.end()
        yield names[mark[1]], mark[0]
