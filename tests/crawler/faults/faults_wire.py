"""Connections that break, answers that are not what they say, encryption that fails."""

# ruff: noqa: E501  (a fault a line reads as a table)

from __future__ import annotations

import datetime
import gzip
import ipaddress
import ssl
import tempfile
import zlib
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from faultcases import Fault, at_first, body, raw
from faultserver import HTML, Asked, Wire, packed, page

from crawler.archive.packing import MAX_BODY
from crawler.model import Failure

PAGE = page("Opening hours")
DATA = PAGE.encode()
NO_ANSWER, TIMEOUT, TOO_LARGE = Failure.NO_ANSWER, Failure.TIMEOUT, Failure.TOO_LARGE
TOO_MUCH = "The answer is larger than the 16 MB that we store."
LATE = "No whole answer came within the time limit."
CLOSED = "The server closed the connection without a whole answer."


@cache
def self_signed() -> ssl.SSLContext:
    """A server's context with a certificate that nobody else vouches for, for another host, and out of date."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "elsewhere.example")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
        .not_valid_after(datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("10.9.8.7"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "both.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
        context.load_cert_chain(path)
    return context


def silent(wire: Wire, asked: Asked) -> None:
    """Say nothing."""
    wire.wait(30)


def endless(wire: Wire, asked: Asked) -> None:
    """A page that never ends."""
    wire.head("200 OK", HTML)
    while wire.wait(0):
        wire.send(b"<p>More and more.</p>" * 50_000)


def chunks(data: bytes) -> object:
    """Chunks as written here."""

    def serve(wire: Wire, asked: Asked) -> None:
        wire.head("200 OK", (*HTML, ("Transfer-Encoding", "chunked")))
        wire.send(data)

    return serve


def sized(size: int, data: bytes = DATA) -> object:
    """A body under a Content-Length of its own."""

    def serve(wire: Wire, asked: Asked) -> None:
        wire.head("200 OK", (*HTML, ("Content-Length", str(size))))
        wire.send(data)

    return serve


def deflated(text: bytes) -> bytes:
    """Deflate without the header that the standard asks for."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(text) + packer.flush()


BOMB = gzip.compress(b"0" * (MAX_BODY * 3), mtime=0)
CHUNKED = b"%x\r\n%s\r\n" % (len(DATA), DATA)
HALF = page("Half", "<p>and so on</p>" * 20).encode()[:500]

FAULTS = (
    Fault("wire-reset", "connection reset", "exception", lambda w, a: w.reset(), NO_ANSWER, None, "The connection was reset before an answer came, asked for robots.txt.", asked=0, robots=lambda w, a: w.reset()),
    Fault("wire-reset-page", "connection reset, robots.txt apart", "exception", lambda w, a: w.reset(), NO_ANSWER, None, "The connection was reset before an answer came.", asked=2),
    Fault("wire-reset-once", "connection reset, then the page", "exception", at_first(lambda w, a: w.reset()), asked=2),
    Fault("wire-closed", "connection closed without an answer", "exception", lambda w, a: None, NO_ANSWER, None, CLOSED, asked=2),
    Fault("wire-half-header", "connection closed within the header", "exception", raw(b"HTTP/1.1 200 OK\r\nContent-Ty"), NO_ANSWER, None, CLOSED, asked=2),
    Fault("wire-not-http", "an answer that is not HTTP", "exception", raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), NO_ANSWER, None, "What the server sent is not HTTP.", asked=2),
    Fault("wire-silent", "no answer", "time limit", silent, TIMEOUT, None, LATE, asked=2, late=True),
    Fault("wire-slow-header", "a header that drips", "time limit", lambda w, a: w.drip(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 999, 0.2), TIMEOUT, None, LATE, asked=2, late=True),
    Fault("wire-slow-body", "a body that drips", "time limit", lambda w, a: (w.head("200 OK", HTML), w.drip(DATA * 9, 0.2)), TIMEOUT, None, LATE, asked=2, late=True),
    Fault("wire-refused", "a port that nobody listens at", "exception", silent, Failure.REFUSED, None, "The server refused the connection, asked for robots.txt.", asked=0, closed=True),
    Fault("wire-dns", "a name that does not resolve", "exception", silent, Failure.DNS, None, "The host name does not resolve, asked for robots.txt.", asked=0, url="http://nowhere.invalid/"),
    Fault("wire-header-many", "10,000 headers", "read", body(PAGE, **{f"X-{n}": "y" for n in range(10_000)})),
    Fault("wire-header-huge", "a header of 1 MB", "exception", body(PAGE, X="y" * 1_000_000), NO_ANSWER, None, CLOSED, asked=2),
    Fault("tls-plain", "plain HTTP at an https address", "exception", raw(b"HTTP/1.1 400 Bad Request\r\n\r\n"), Failure.TLS, None, "No encrypted connection could be set up", mute=True),
    Fault("tls-own", "a certificate that is self-signed, out of date and another host's", "not held against reading", body(PAGE), tls=self_signed()),
    Fault("size-endless", "a body that never ends", "size limit", endless, TOO_LARGE, None, TOO_MUCH),
    Fault("size-huge", "a Content-Length of 100 GB", "header", sized(10**11), TOO_LARGE, None, TOO_MUCH),
    Fault("size-bomb", "a gzip bomb", "size limit while unpacking", body(BOMB, Content_Encoding="gzip"), TOO_LARGE, 200, TOO_MUCH),
    Fault("size-short", "a Content-Length that is too small", "read up to there, as browsers do", sized(len(DATA) - 20)),
    Fault("size-long", "a Content-Length that is too large, the page being whole", "what came is read", sized(len(DATA) + 99)),
    Fault("size-cut", "a page that breaks off", "no </html>", sized(9_999, HALF), asked=2),
    Fault("size-cut-once", "a page that breaks off, then the whole", "no </html>", at_first(sized(9_999, HALF)), asked=2),
    Fault("chunk-bad", "a chunk whose size is no number", "what came is read", chunks(CHUNKED + b"zz\r\nmore")),
    Fault("chunk-cut", "chunks without the last", "what came is read", chunks(CHUNKED)),
    Fault("pack-gzip", "gzip", "unpacked", body(packed(PAGE), Content_Encoding="gzip")),
    Fault("pack-gzip-lie", "plain text called gzip", "read as it is", body(PAGE, Content_Encoding="gzip")),
    Fault("pack-gzip-cut", "gzip that breaks off", "what came out is read", body(packed(PAGE)[:-9], Content_Encoding="gzip")),
    Fault("pack-gzip-twice", "gzip within gzip", "unpacked", body(gzip.compress(packed(PAGE), mtime=0), Content_Encoding="gzip, gzip")),
    Fault("pack-deflate-raw", "deflate without its header", "unpacked", body(deflated(DATA), Content_Encoding="deflate")),
    Fault("pack-deflate-gzip", "gzip called deflate", "unpacked", body(packed(PAGE), Content_Encoding="deflate")),
    Fault("pack-unknown", "a Content-Encoding that is a charset", "read as it is", body(PAGE, Content_Encoding="utf-8")),
    Fault("type-none", "no Content-Type", "first bytes", body(PAGE, kind="")),
    Fault("type-plain", "HTML called text/plain", "first bytes", body(b"\xef\xbb\xbf" + DATA, kind="text/plain")),
    Fault("type-twice", "two types in one header", "the first", body(PAGE, kind="text/html, text/html; charset=utf-8")),
)  # fmt: skip
