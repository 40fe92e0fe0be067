"""Whether a plainly fetched page shows its reader nothing because scripts build it in the browser."""

from __future__ import annotations

import re
from itertools import islice

from crawler.extract.links import followable, onward
from crawler.extract.page import Page
from crawler.extract.visible import visible_text

# How the note of such a page begins: it counts as not seen, never as empty.
NEEDS_BROWSER = "needs a browser"
# How the note of one begins that a browser was tried on.
UNSHOWN = f"{NEEDS_BROWSER}, and ours"

# A heading, a "loading" or a copyright line is no content; the shortest real pages (notices) hold more. Characters.
_SHELL_TEXT = 100
# A record number and a link to the makers may stand in the shell.
_SHELL_LINKS = 2
# Without a sign by name, a script alone speaks for a shell only where there is nothing else at all.
_BARE_TEXT = 20
_MOST_SCRIPTS = 50
_MOST_NOTICES = 10
_NOTICE = 500  # characters of a <noscript> that are read

_MOUNTS = re.compile(r"(?:app|root|main-?app|q-app|app-root|__next|__nuxt|___gatsby|svelte|vue-?app|react-?root)", re.I)
_CUSTOM_MOUNTS = ("app-root", "router-outlet", "router-view", "ng-view")
_ASKS_FOR_SCRIPTS = re.compile(
    r"(?:enabl|requir|turn on|activat|without|support|disabled|need)[^<>]{0,60}java ?script"
    r"|java ?script[^<>]{0,60}(?:enabl|requir|turned|disabled|need|support)"
    r"|(?:启用|开启|打开|允许|支持|禁用|需要|啟用|開啟)[^<>]{0,20}(?:java ?script|脚本|腳本)"
    r"|java ?script[^<>]{0,30}(?:启用|开启|打开|禁用|支持|被禁)",
    re.I,
)
_SHOWN = ("object", "embed", "frame", "form", "video", "svg", "canvas")
_SHOWN_WITH_SOURCE = ("img", "iframe")


def needs_browser(page: Page) -> str | None:
    """Say why a page shows no content to a reader without scripts, or None where it shows some.

    Only pages with next to no visible text and links count, and only with a sign that scripts fill them: a notice
    that asks for JavaScript, an empty element that frameworks mount on, or scripts and nothing else. A page that
    sends its reader on by itself (refresh, script, frame) is a gateway, not one that needs a browser.
    """
    if _links(page) > _SHELL_LINKS:
        return None
    text = "".join(visible_text(page.nodes.root, _SHELL_TEXT * 4).split())
    return None if len(text) >= _SHELL_TEXT or onward(page) else _sign(page)


def shows_nothing(page: Page) -> bool:
    """Whether a page holds neither a text, a link nor anything else to see: no content even where scripts have run."""
    text = "".join(visible_text(page.nodes.root, _BARE_TEXT * 4).split())
    if len(text) >= _BARE_TEXT or _links(page) or page.nodes.of(*_SHOWN):
        return False
    return not any("src" in node.attributes for node in page.nodes.of(*_SHOWN_WITH_SOURCE))


def _sign(page: Page) -> str | None:
    for notice in page.nodes.of("noscript")[:_MOST_NOTICES]:
        words = "".join(text for node in notice.within() for text in (node.text, node.tail) if text)
        if _ASKS_FOR_SCRIPTS.search(words[:_NOTICE]):
            return "it asks for JavaScript and shows neither text nor links without"
    if not any(script.get("src") or script.text for script in page.nodes.of("script")[:_MOST_SCRIPTS]):
        return None
    mount = _mount(page)
    if mount:
        return f"its scripts fill the empty element {mount}, and without them it shows neither text nor links"
    if shows_nothing(page):
        return "it holds scripts and neither text nor links"
    return None


def _mount(page: Page) -> str | None:
    """The element that a framework mounts on, where it holds no more than a placeholder."""
    body = next(iter(page.nodes.of("body")), None)
    named = (node for node in body.within()[1:] if node.get("id")) if body else iter(())
    for node in islice(named, 200):
        name = node.get("id")
        if len(name) <= 30 and _MOUNTS.fullmatch(name) and len(visible_text(node, _SHELL_TEXT)) < _SHELL_TEXT:
            return f"#{name}"
    return next((f"<{name}>" for name in _CUSTOM_MOUNTS if page.nodes.of(name)), None)


def _links(page: Page) -> int:
    """Followable links of the page, counted no further than is needed."""
    count = 0
    for link in page.nodes.of("a", "area")[:200]:
        count += followable(page, link.attributes.get("href")) is not None
        if count > _SHELL_LINKS:
            break
    return count
