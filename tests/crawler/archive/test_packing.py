import gzip
import zlib
from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive.packing import MAX_BODY, unpack

TEXT = b"<html><p>The county publishes its news here.</p></html>" * 50


def without_header(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def zipped(body: bytes) -> bytes:
    """gzip without the time of day: tests are named after what they are given, and every run names them alike."""
    return gzip.compress(body, mtime=0)


@pytest.mark.parametrize(
    ("packed", "stated"),
    [
        (zipped(TEXT), "gzip"),
        (zipped(TEXT), "X-GZIP"),
        (zipped(TEXT) + b"junk behind the end", "gzip"),
        (zipped(TEXT[:99]) + zipped(TEXT[99:]), "gzip"),
        (zlib.compress(TEXT), "deflate"),
        (without_header(TEXT), "deflate"),
        (zipped(TEXT), "deflate"),
        (zipped(zlib.compress(TEXT)), "deflate, gzip"),
        (TEXT, "gzip"),
        (TEXT, "deflate"),
        (TEXT, "br"),
        (TEXT, "identity"),
        (TEXT, "utf-8"),
        (TEXT, ""),
        (TEXT, None),
    ],
)
def test_a_body_is_read_however_it_is_packed(packed: bytes, stated: str | None) -> None:
    assert unpack(packed, stated) == TEXT


def test_brotli_is_undone_where_it_is_installed() -> None:
    brotli = pytest.importorskip("brotli")
    assert unpack(brotli.compress(TEXT), "br") == TEXT
    assert len(unpack(brotli.compress(b"0" * (MAX_BODY + 9)), "br")) == MAX_BODY


def test_what_stands_before_a_break_is_kept() -> None:
    text = b"".join(blake2b(bytes([n % 256, n // 256])).digest() for n in range(1000))
    packed = gzip.compress(text)
    for cut in (packed[:30_000], packed[:30_000] + b"\xff" * 9_000):
        assert text.startswith(unpack(cut, "gzip")[:20_000])


def test_a_bomb_ends_at_the_limit_however_deep() -> None:
    assert len(unpack(gzip.compress(gzip.compress(b"0" * (MAX_BODY + 9))), "gzip, gzip")) == MAX_BODY


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "gzip, deflate, br, gzip", "x"]))
def test_no_body_breaks_the_unpacker(body: bytes, stated: str) -> None:
    assert unpack(body, stated) == unpack(body, stated)
