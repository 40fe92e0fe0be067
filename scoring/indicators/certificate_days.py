"""Days that the home page's certificate still holds at the cut-off; none where browsers refuse it.

What it measures
    Days from the cut-off date to the end of the certificate that the host of the version's home page showed over
    https; 0 where the certificate has ended or not begun, is made out for other hosts, or is signed by itself.
Why it matters
    Before a page with a bad certificate a browser shows a warning that sends most readers away.
Blind spots
    Whether a reader's browser knows the issuer is not judged, nor whether the server sends its chain whole: which
    roots our machine trusts says nothing of a site. A proxy that opens encrypted connections shows its own.
"""

from datetime import UTC, datetime, time
from urllib.parse import urlsplit

from crawler.manners import SITE_ZONE
from crawler.model import Certificate, Failure
from scoring.evidence import Evidence, Measurement, measured, not_applicable, not_measured
from scoring.registry import indicator

_SECONDS = 86_400


@indicator(unit="days", needs=["home"])
def certificate_days(evidence: Evidence) -> Measurement:
    """Measure at the end of the cut-off day, on the certificate alone."""
    home, transport = evidence.home, evidence.transport
    assert home is not None
    if transport is None:
        return not_measured("the home page was not asked for by https")
    certificate, ref = transport.certificate, transport.certified
    if certificate is None or ref is None:
        if transport.failure is Failure.REFUSED and transport.url.startswith("https:"):
            return not_applicable(f"{transport.url} refused the connection, so there is no certificate", [home.ref])
        return not_measured("no certificate of the home page's host was seen")
    moment = datetime.combine(evidence.cutoff, time(23, 59, 59), SITE_ZONE)
    host = urlsplit(home.url).hostname or ""
    fault = _fault(certificate, host, moment)
    ends = datetime.fromisoformat(certificate.ends)
    days = 0 if fault else int((ends - moment).total_seconds() // _SECONDS)
    told = f"issued by {certificate.issuer or 'nobody named'}, ends on {ends.astimezone(UTC).date()}"
    note = f"the certificate of {host} {fault or f'holds {days} days more'} ({told})"
    return measured(days, note=note, evidence=[ref.citing(f"certificate {certificate.sha256[:16]}: {told}")], n=1)


def _fault(certificate: Certificate, host: str, moment: datetime) -> str:
    """Why browsers refuse it at a moment, empty where they do not for what stands in it."""
    if datetime.fromisoformat(certificate.ends) < moment:
        return "has ended"
    if datetime.fromisoformat(certificate.begins) > moment:
        return "has not begun"
    if not _fits(certificate, host):
        return "is made out for other hosts"
    return "is signed by itself" if certificate.self_signed else ""


def _fits(certificate: Certificate, host: str) -> bool:
    """Whether a certificate is for this host: one of its alternative names, or `*.` and one label (RFC 9525)."""
    wanted = host.lower().rstrip(".")
    parent = wanted.partition(".")[2]
    names = {name.lower().rstrip(".") for name in certificate.names}
    return wanted in names or ("." in parent and f"*.{parent}" in names)
