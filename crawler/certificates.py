"""What a server's certificate says of itself, as it came with an answer over https.

Whether somebody whom readers trust has signed it is not asked: which roots this machine knows says nothing of a
site. A certificate that signs itself is told, for no reader's browser takes it.
"""

from __future__ import annotations

from contextlib import suppress

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from scrapy.http import Response

from crawler.model import TRANSPORT, Certificate
from crawler.notes import printable

# Captures of these purposes keep the certificate: one a home page is enough.
_NOTED = frozenset({"home", "candidate", TRANSPORT})
_MOST_NAMES = 50


def noted(purpose: str, response: Response) -> Certificate | None:
    """The certificate to keep with a capture, None where there is none or the purpose asks for none."""
    if purpose not in _NOTED or response.certificate is None:
        return None
    with suppress(ValueError, TypeError, AttributeError):  # a certificate that nobody can read
        return certificate_of(response.certificate.original.to_cryptography())
    return None


def certificate_of(found: x509.Certificate) -> Certificate:
    """Read a certificate. Raises ValueError where it is broken."""
    return Certificate(
        subject=_common_name(found.subject),
        issuer=_common_name(found.issuer),
        names=_names(found),
        begins=found.not_valid_before_utc.isoformat(),
        ends=found.not_valid_after_utc.isoformat(),
        self_signed=_is_self_signed(found),
        sha256=found.fingerprint(hashes.SHA256()).hex(),
    )


def _names(found: x509.Certificate) -> tuple[str, ...]:
    """The hosts and addresses that it is for; browsers read no other field."""
    try:
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, x509.DuplicateExtension):
        return ()
    hosts = names.get_values_for_type(x509.DNSName)
    addresses = [str(address) for address in names.get_values_for_type(x509.IPAddress)]
    return tuple(printable(name) for name in (*hosts, *addresses)[:_MOST_NAMES])


def _common_name(name: x509.Name) -> str:
    named = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME) or list(name)
    return printable(str(named[0].value)) if named else ""


def _is_self_signed(found: x509.Certificate) -> bool:
    if found.issuer != found.subject:
        return False
    try:
        found.verify_directly_issued_by(found)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return True
