"""Whether the home page comes over https, and whether http leads there.

What it measures
    Two signs, as a share: the version's home page answers by https, and the same address by http leads to https.
    A home page that http alone serves has neither.
Why it matters
    Over plain http anybody on the way can read what a visitor sends, and change what the page says.
Blind spots
    The home page alone is tried, once a round, from one place. Behind a proxy a refused connection may be the
    proxy's, and is not measured; so are time limits, blocks, and encryption that our side could not set up.
"""

from crawler.model import Failure
from scoring.evidence import Evidence, Measurement, Transport, measured, not_measured
from scoring.registry import indicator


@indicator(unit="share", needs=["home"])
def https_home(evidence: Evidence) -> Measurement:
    """Measure where both schemes gave an answer, or were refused one."""
    home, transport = evidence.home, evidence.transport
    assert home is not None
    if transport is None or not transport.url:
        return not_measured("the home page was not asked for by the other of http and https")
    secure = home.url.startswith("https:")
    served = True if secure else _served(transport)
    leads = _leads(transport) if secure else False
    if served is None or leads is None:
        return not_measured(f"{transport.url} tells nothing: {transport.note or 'the answer is no page'}")
    told = _told(transport)
    refs = [home.ref.citing("this page over https" if secure else "this page over plain http")]
    refs += [transport.ref.citing(told)] if transport.ref is not None else []
    serves = "opens over https" if served else "does not open over https"
    leading = "" if not served else ", and http leads there" if leads else ", but http does not lead there"
    note = f"the home page {serves}{leading} ({told})"
    return measured((served + leads) / 2, note=note, evidence=refs, n=2)


def _served(transport: Transport) -> bool | None:
    """Whether https gives a page; a refused connection says that it does not, silence tells nothing."""
    if transport.failure is None:
        return transport.ended.startswith("https:") and transport.is_page
    refused = transport.failure is Failure.REFUSED or (
        transport.failure is Failure.HTTP_ERROR and transport.status in (404, 410)
    )
    return False if refused else None


def _leads(transport: Transport) -> bool | None:
    """Whether http ends at https; where it is closed there is nothing left to lead there from."""
    if transport.failure is Failure.REFUSED:
        return True
    if transport.failure is None or transport.ended.startswith("https:"):
        return transport.ended.startswith("https:")
    return False if transport.failure is Failure.HTTP_ERROR else None


def _told(transport: Transport) -> str:
    ends = f" ends at {transport.ended}" if transport.ended not in ("", transport.url) else ""
    answer = "refused the connection" if transport.status is None else f"answered {transport.status}"
    return f"{transport.url}{ends or ' ' + answer}"
