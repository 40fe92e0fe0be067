"""Content-Encoding undone, for spiders and for readers of the archive alike: both see the same page."""

from __future__ import annotations

import zlib
from collections.abc import Callable

try:  # not asked for, yet some servers send it
    import brotli  # type: ignore[import-untyped]
except ImportError:
    brotli = None

# A body is never unpacked beyond this; compression bombs end here. Bytes.
MAX_BODY = 16 * 1024 * 1024
TOO_LARGE = f"The answer is larger than the {MAX_BODY // 1024 // 1024} MB that we store."
# What we ask servers for: what every installation can unpack.
ACCEPTED = "gzip, deflate"

_MAX_LAYERS = 3  # `gzip, gzip` is seen; more is a bomb
_STEP = 4096  # bytes; of a packing that is broken, so much is lost before the break


def unpack(body: bytes, encoding: str | None) -> bytes:
    """Undo a Content-Encoding (gzip, deflate, br where brotli is installed; also several), up to MAX_BODY bytes.

    What is not packed as it says is returned as it is; of a packing that breaks off, what came out.
    """
    layers = [layer.strip().lower() for layer in (encoding or "").split(",")][-_MAX_LAYERS:]
    for layer in reversed(layers):
        body = _undo(body, layer.removeprefix("x-"))
    return body[:MAX_BODY]


def _undo(body: bytes, layer: str) -> bytes:
    readers: dict[str, Callable[[bytes], bytes]] = {"gzip": _gunzip, "deflate": _inflate, "br": _unbrotli}
    reader = readers.get(layer)
    if reader is None:
        return body
    return reader(body) or body


def _gunzip(body: bytes) -> bytes:
    """Every member in turn; zeros or junk behind the last are left."""
    found = b""
    while body.startswith(b"\x1f\x8b") and len(found) < MAX_BODY:
        member, rest = _inflated(body, zlib.MAX_WBITS | 16, MAX_BODY - len(found))
        found, body = found + member, rest or b""
    return found


def _inflate(body: bytes) -> bytes:
    """As the standard asks (zlib, and gzip by mistake), or without a header, as some servers send it.

    Plain text is no stream without a header, but may begin like one: only a whole one counts.
    """
    found, _ = _inflated(body, zlib.MAX_WBITS | 32, MAX_BODY)
    if found:
        return found
    found, rest = _inflated(body, -zlib.MAX_WBITS, MAX_BODY)
    return b"" if rest is None else found


def _inflated(body: bytes, wbits: int, limit: int) -> tuple[bytes, bytes | None]:
    """What came out, and the bytes behind the end of the stream: None where it broke before."""
    reader, found, position = zlib.decompressobj(wbits=wbits), bytearray(), 0
    try:
        while position < len(body) and len(found) < limit and not reader.eof:
            found += reader.decompress(body[position : position + _STEP], limit - len(found))
            position += _STEP
    except zlib.error:
        return bytes(found), None
    return bytes(found), reader.unused_data + body[position:]


def _unbrotli(body: bytes) -> bytes:
    if brotli is None:
        return b""
    reader, found = brotli.Decompressor(), bytearray()
    try:
        found += reader.process(body, output_buffer_limit=_STEP)
        while not reader.is_finished() and len(found) < MAX_BODY:
            more = reader.process(b"", output_buffer_limit=_STEP)
            if not more:
                break
            found += more
    except brotli.error:
        pass
    return bytes(found[:MAX_BODY])
