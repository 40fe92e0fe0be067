"""Certificates of the demonstration's hosts: made up, the same to the byte every time, trusted by nobody."""

from __future__ import annotations

import hashlib
import ssl
import tempfile
import threading
from datetime import UTC, datetime, time
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from waiwen.demo.web import Secure

BEGINS = datetime(2026, 1, 1, tzinfo=UTC)
ISSUER = "Demonstration CA"


class Certificates:
    """A TLS context a host, made when it is first asked for."""

    def __init__(self) -> None:
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._lock = threading.Lock()

    def context(self, host: str, secure: Secure) -> ssl.SSLContext:
        """The context that a host of the demonstration speaks TLS by."""
        with self._lock:
            if host not in self._contexts:
                self._contexts[host] = _context(host, secure)
            return self._contexts[host]


def certificate(host: str, secure: Secure) -> x509.Certificate:
    """Return the host's certificate; Ed25519 signs without randomness."""
    name = secure.name or host
    issuer, signer = (name, host) if secure.self_signed else (ISSUER, ISSUER)
    built = x509.CertificateBuilder(
        issuer_name=_named(issuer),
        subject_name=_named(name),
        public_key=_key(host).public_key(),
        serial_number=int.from_bytes(hashlib.sha256(f"serial {host}".encode()).digest()[:8]) | 1,
        not_valid_before=BEGINS,
        not_valid_after=datetime.combine(secure.until, time(), UTC),
    ).add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    return built.sign(_key(signer), None)


def _key(name: str) -> Ed25519PrivateKey:
    """A key made of a name: no secret, and none is needed."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"waiwen demonstration {name}".encode()).digest())


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])


def _context(host: str, secure: Secure) -> ssl.SSLContext:
    pem = serialization.Encoding.PEM
    key = _key(host).private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory(prefix="waiwen-demo-") as folder:
        both = Path(folder, "both.pem")  # the library reads files only
        both.write_bytes(key + certificate(host, secure).public_bytes(pem))
        context.load_cert_chain(both)
    return context
