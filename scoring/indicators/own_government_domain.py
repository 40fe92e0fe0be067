"""Whether the version stands on the body's own government domain.

What it measures
    Whether the version's home page answers on a host under a government domain (`.gov.cn`) that belongs to the same
    registered domain as the Chinese version. Where no page of it shows anything, nothing stands there to be judged.
Why it matters
    Readers abroad tell a government by its domain. A version on a newspaper's host can vanish with a contract.
Blind spots
    A province's shared portal for its cities is another body's host here too. Who operates the server is not seen.
    Written for Chinese sites, and not applicable to sites of another base language: not every country has `.gov`.
"""

import re

from crawler.model import CHINESE
from crawler.scope import host_of, registered_domain
from scoring.evidence import Evidence, Measurement, measured, not_applicable, not_measured
from scoring.readings.features import has_substance, in_base_language
from scoring.registry import indicator

_GOVERNMENT = re.compile(r"(?:.+\.)?gov(?:\.[a-z]+)?")


@indicator(unit="boolean", needs=["home"])
def own_government_domain(evidence: Evidence) -> Measurement:
    """Measure by the host that answered as the version's home page."""
    assert evidence.home is not None
    if not in_base_language(CHINESE, evidence):
        return not_applicable("government domains are told for Chinese sites only")
    if not any(map(has_substance, evidence.pages)):
        return not_measured("no captured page of the version shows anything")
    host = host_of(evidence.home.url)
    body = registered_domain(host_of(evidence.chinese_home.url if evidence.chinese_home else evidence.site.url))
    is_government = _GOVERNMENT.fullmatch(host) is not None
    is_own = registered_domain(host) == body
    says = "is" if is_government else "is not"
    note = (
        f"the version's host {host} {says} under a government domain and {'is' if is_own else 'is not'} the body's own"
    )
    return measured(is_government and is_own, note=note, evidence=[evidence.home.ref.citing(f"host: {host}")])
