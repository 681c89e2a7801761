"""Write the pages that are made from data: one for each instrument, in both languages.

Run it as `python docs/generate.py` after a change of an instrument; a test fails while a page is
not current.
"""

from collections.abc import Iterator
from pathlib import Path

import meritindex as mi
from meritindex.language import LANGUAGES
from meritindex.layout import to_markdown
from meritindex.reporting import instrument_sheet

DOCS = Path(__file__).parent
FOLDERS = {"en": "instruments", "id": "id"}


def pages() -> Iterator[tuple[Path, str]]:
    """Yield every generated page: where it stands and what it says."""
    for instrument in mi.instruments():
        for language in LANGUAGES:
            place = DOCS / FOLDERS[language] / f"{instrument.id}.md"
            yield place, to_markdown(instrument_sheet(instrument, language)) + "\n"


if __name__ == "__main__":
    for place, text in pages():
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, encoding="utf-8")
