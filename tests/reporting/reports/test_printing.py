"""A browser prints a report: the pages are there, and what is on them is text."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib

import pytest

import meritindex as mi

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--no-pdf-header-footer",
)


@pytest.mark.skipif(BROWSER is None, reason="printing needs chromium")
def test_a_report_is_printed(sampled, tmp_path):
    page, printed = tmp_path / "batu.html", tmp_path / "batu.pdf"
    mi.agency_report(sampled["Kota Batu"], among=sampled).write(page, "id")
    subprocess.run(
        [
            *(BROWSER, *QUIET, f"--user-data-dir={tmp_path / 'profile'}"),
            *(f"--print-to-pdf={printed}", page.as_uri()),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    content = printed.read_bytes()
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    assert 5 <= len(re.findall(rb"/Type /Page\b", content)) <= 40
    # Letters, not pictures of letters.
    assert b"/Type /Font" in content
    assert sum(stream.count(b" Tj") + stream.count(b" TJ") for stream in streams(content)) > 500


def streams(content: bytes) -> list[bytes]:
    """Return the streams of a file that can be unpacked."""
    found = []
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return found
