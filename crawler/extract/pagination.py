"""The further pages of a list that only a script names: createPageHTML(20, 0, "index", "html").

Pages that links lead to, by a number, 下一页 or Next, are among the page's links already.
"""

from __future__ import annotations

import re

from crawler.extract.facts import Link
from crawler.extract.links import followable
from crawler.extract.page import Page

MOST_PAGES = 9
"""Pages of one list that are named beyond the present one; the budget decides how many are fetched."""
_SCRIPT_LIMIT = 50_000
# How the content systems of government sites write their pager: pages, present page from 0, name, ending; the first
# page has no number. Some give the pager's element first.
_CALL = re.compile(
    r"createPageHTML\(\s*(?:['\"][^'\"]{0,40}['\"]\s*,\s*)?(?P<pages>\d{1,4})\s*,\s*(?P<present>\d{1,4})\s*,"
    r"\s*['\"](?P<name>[\w-]{1,40})['\"]\s*,\s*['\"](?P<ending>s?html?|jsp|aspx?|php)['\"]"
)


def scripted_pages(page: Page) -> tuple[Link, ...]:
    """Return the list's following pages as links, at most MOST_PAGES, then the first; empty where none is named."""
    for script in page.nodes.of("script"):
        text = (script.text or "")[:_SCRIPT_LIMIT]
        if "createPageHTML" in text and (call := _CALL.search(text)):
            pages, present = int(call["pages"]), int(call["present"])
            numbers = [*range(present + 1, min(pages, present + 1 + MOST_PAGES)), *([0] if present else [])]
            return tuple(filter(None, (_link(page, call, number) for number in numbers)))
    return ()


def _link(page: Page, call: re.Match[str], number: int) -> Link | None:
    leaf = f"{call['name']}_{number}" if number else call["name"]
    url = followable(page, f"./{leaf}.{call['ending']}")
    return Link(url, str(number + 1), "body") if url else None
