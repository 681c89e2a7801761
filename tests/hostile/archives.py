"""Archives that lie, swell or hide something, built byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable

from workbook_builders import packed

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def stored(parts: dict[str, str | bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """Return the parts as an archive that is not compressed, or by another method."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def entry(
    name: str,
    packed_content: bytes,
    *,
    size: int,
    crc: int,
    method: int = 8,
    flags: int = 0,
    offset: int = 0,
) -> tuple[bytes, bytes]:
    """Return the local header and the entry of the directory."""
    raw = name.encode()
    common = struct.pack(
        "<HHHHHIIIHH", 20, flags, method, 0, 0, crc, len(packed_content), size, len(raw), 0
    )
    local = b"PK\x03\x04" + common + raw
    central = b"PK\x01\x02" + struct.pack("<H", 20) + common
    central += struct.pack("<HHHII", 0, 0, 0, 0, offset) + raw
    return local, central


def finished(body: bytes, directory: Iterable[bytes], count: int | None = None) -> bytes:
    """Return an archive of a body and its directory; `count` is how many entries it claims."""
    entries = list(directory)
    listed = b"".join(entries)
    number = len(entries) if count is None else count
    end = struct.pack("<HHHHIIH", 0, 0, number, number, len(listed), len(body), 0)
    return body + listed + b"PK\x05\x06" + end


def lying(parts: dict[str, str], name: str, *, size: int = 0, crc: int = 0) -> bytes:
    """Return an archive in which one entry is larger or other than the directory says."""
    body, directory = b"", []
    for part, text in parts.items():
        content = text.encode()
        deflated = deflate(content)
        lies = part == name
        local, central = entry(
            part,
            deflated,
            size=len(content) + (size if lies else 0),
            crc=zlib.crc32(content) ^ (crc if lies else 0),
            offset=len(body),
        )
        body += local + deflated
        directory.append(central)
    return finished(body, directory)


def overlapping(names: list[str], content: bytes) -> bytes:
    """Return an archive whose entries all share the bytes of one bomb."""
    deflated = deflate(content)
    facts = {"size": len(content), "crc": zlib.crc32(content)}
    local, _ = entry(names[0], deflated, **facts)
    directory = [entry(name, deflated, **facts)[1] for name in names]
    return finished(local + deflated, directory)


def nested(depth: int) -> bytes:
    """Return an archive in an archive in an archive, with zeros at the bottom."""
    content = packed({"zeros": bytes(2**20)})
    for _ in range(depth):
        content = packed({"inner.zip": content, "other.zip": content})
    return content


def deflate(content: bytes) -> bytes:
    """Return bytes as an archive compresses them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def deflated_zeros(megabytes: int) -> bytes:
    """Return so many megabytes of zeros as an archive compresses them, at no cost."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    # A part that ends at a byte and refers to nothing before it can stand there again and again.
    one = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return one * megabytes + deflate(b"")
