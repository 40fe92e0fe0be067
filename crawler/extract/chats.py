"""Signs that a reader can talk to somebody now: a live chat's script or frame, a link that is called one."""

from __future__ import annotations

import re

from crawler.extract.glossary import glossary, normalised
from crawler.extract.links import followable
from crawler.extract.offers import Chat
from crawler.extract.page import Page
from crawler.extract.visible import words_of

_MOST = 20
_LONGEST_NAME = 40  # characters of a link that may be called a chat
_HOSTS = {
    "tawk.to": "tawk", "livechatinc.com": "livechat", "zopim.com": "zendesk", "zdassets.com": "zendesk",
    "intercom.io": "intercom", "crisp.chat": "crisp", "tidio.co": "tidio", "53kf.com": "53kf", "kf5.com": "kf5",
    "meiqia.com": "meiqia", "qiyukf.com": "qiyu", "udesk.cn": "udesk", "sobot.com": "sobot", "easemob.com": "easemob",
    "live800.com": "live800", "looyuoms.com": "looyu", "wpa.qq.com": "qq",
}  # fmt: skip
_HOST = re.compile("|".join(re.escape(host) for host in _HOSTS))
_CHATBOT = re.compile(r"/(?:znwd|znkf|zxkf|jqr|znjqr|chatbot|live-?chat|online-?chat)(?=[/._?]|$)", re.IGNORECASE)


def chats(page: Page) -> tuple[Chat, ...]:
    """Return the live chats that a page offers, each once: `kind` is the service's name, or `link`."""
    found: dict[tuple[str, str], Chat] = {}
    hrefs = page.nodes.hrefs
    loaded = page.nodes.of("script", "iframe")
    told = "\n".join([hrefs, *(node.get("src")[:500] or (node.text or "")[:5_000] for node in loaded)])
    is_hosted = any(host in told for host in _HOSTS) or _CHATBOT.search(hrefs) is not None
    for node in page.nodes.of("script", "iframe", "a") if is_hosted else page.nodes.of("a"):
        if not is_hosted and not _is_called_chat(words_of(node)):
            continue
        address = node.get("href") if node.tag == "a" else node.get("src")
        hosted = _HOST.search(address[:500]) if address else None
        if hosted is None and node.tag == "script" and node.text and "src" not in node.attributes:
            hosted = _HOST.search(node.text[:5_000])
        if hosted:
            kind = _HOSTS[hosted[0]]
            found.setdefault((kind, ""), Chat(kind, followable(page, address) or page.url, hosted[0]))
        elif node.tag == "a" and (name := words_of(node)) and (_CHATBOT.search(address[:500]) or _is_called_chat(name)):
            url = followable(page, address) or page.url  # a script may open it
            found.setdefault(("link", name), Chat("link", url, name[:_LONGEST_NAME]))
        if len(found) >= _MOST:
            break
    return tuple(found.values())


def _is_called_chat(name: str) -> bool:
    return len(name) <= _LONGEST_NAME and glossary().whole.get(normalised(name)) == "chat"
