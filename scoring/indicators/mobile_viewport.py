"""Whether the home page is laid out for telephones.

What it measures
    Whether the home page declares a viewport of the device's width (`<meta name="viewport">` with
    `width=device-width`).
Why it matters
    Without it a telephone shows the desktop page at the size of a stamp.
Blind spots
    A declared viewport does not prove a good layout, and a separate mobile host is not seen.
"""

from scoring.evidence import Evidence, Measurement, measured, not_measured
from scoring.readings.features import excerpt, is_unread, passes_on
from scoring.registry import indicator


@indicator(unit="boolean", needs=["home"])
def mobile_viewport(evidence: Evidence) -> Measurement:
    """Measure on the home page, which a site's template makes like all others."""
    home = evidence.home
    if home is None or passes_on(home) or is_unread(home, "meta"):
        return not_measured("the home page's own content could not be read")
    viewport = home.facts.meta_tags.get("viewport", "")
    if "width=device-width" in "".join(viewport.split()).lower():
        note = "the home page is laid out by the width of the device"
        return measured(1, note=note, evidence=[home.ref.citing(f"viewport: {excerpt(viewport)}")])
    note = "the home page declares no viewport of the device's width"
    return measured(0, note=note, evidence=[home.ref.citing(f"viewport: {excerpt(viewport) or 'none'}")])
