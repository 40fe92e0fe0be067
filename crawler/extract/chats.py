"""Signs that a reader can talk to somebody now: a live chat's script or frame, a link that is called one."""

from __future__ import annotations

import re

from crawler.extract.column_names import column_type, is_named_whole
from crawler.extract.facts import Chat
from crawler.extract.links import followable
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
    for node in page.nodes.of("script", "iframe", "a"):
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
    return len(name) <= _LONGEST_NAME and is_named_whole(name) and column_type(name) == "chat"
