"""The eight signers of the catalog beside made-up assessments, kept as text.

Run this file from the folder of the tests to write the texts anew:
`python analysis/progressing/signers.py`. A change in them is a change in what people read.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import attrs

import meritindex as mi
from meritindex.analysis.progressing import ProgressTable, progress
from meritindex.catalog.commitments import commitments
from meritindex.language import LANGUAGES

HERE = Path(__file__).resolve().parent


def sampled(year: int, seed: int) -> mi.AssessmentSet:
    """Return made-up answers of the signers in a year."""
    names = {each.agency for each in commitments()}
    found = mi.sample(seed).where(lambda facts: facts.agency in names)
    return attrs.evolve(
        found, facts=tuple(attrs.evolve(each, year=year, date=None) for each in found.facts)
    )


def signers() -> ProgressTable:
    """Return the courses of the signers through two made-up years, and their commitments."""
    return progress(
        [sampled(2026, 2026), sampled(2027, 3)],
        commitments=commitments(),
        as_of=dt.date(2027, 12, 31),
    )


if __name__ == "__main__":
    for language in LANGUAGES:
        text = signers().to_text(language) + "\n"
        (HERE / f"signers.{language}.txt").write_text(text, encoding="utf-8", newline="\n")
