"""Entries of the home page that are dated within the two weeks to the cut-off.

What it measures
    Distinct addresses that the home page lists, or links to from its body, and that a list or the page itself dates
    within the 14 calendar days that end with the cut-off date.
Why it matters
    The home page is what most readers see; site checks ask for ten updates there in two weeks, and read an undated
    entry as an old one.
Blind spots
    Entries that a script writes, or that stand in pictures, are not seen. A home page that links to nothing but its
    menus, such as a gateway, has nothing to measure; where entries carry no date anywhere, or one that carries none
    could not be opened, nothing is said.
"""

from crawler.scope import page_key
from scoring.evidence import Evidence, Measurement, not_applicable, not_measured
from scoring.readings.dated_updates import count_within, dated_updates
from scoring.readings.features import is_unread, passes_on
from scoring.readings.unseen_entries import kept_from_us
from scoring.registry import indicator


@indicator(unit="count", needs=["home"], parameters={"window_days": 14})
def home_updates_in_14_days(evidence: Evidence, window_days: int) -> Measurement:
    """Count what the home page offers; the date may stand on the page behind the link."""
    home = evidence.home
    if home is None or passes_on(home) or is_unread(home, "items", "links"):
        return not_measured("the entries of the home page could not be read")
    menu = {page_key(column.url) for column in home.facts.columns}
    urls = [*(item.url for item in home.facts.items), *(link.url for link in home.facts.links if link.place == "body")]
    entries = {page_key(url) for url in urls} - menu
    if not entries:
        return not_applicable("the home page lists nothing but its menus", [home.ref.citing("no list of entries")])
    dated = [update for update in dated_updates(evidence) if update.key in entries]
    lost = kept_from_us(evidence) & entries - {update.key for update in dated}
    if lost:
        return not_measured(
            f"{len(lost)} of {len(entries)} entries of the home page carry no date and could not be opened"
        )
    if not dated:
        return not_measured(f"none of the {len(entries)} entries of the home page carries a usable date")
    return count_within(dated, window_days, evidence.cutoff, "dated entries of the home page")
