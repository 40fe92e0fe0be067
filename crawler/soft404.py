"""Pages that answer 200 and say that they do not exist."""

from __future__ import annotations

import re

from crawler.blocked import shown_and_scripts

MAX_TEXT = 200  # characters; a page that says more is a page, whatever words it holds

_SAYS = (
    r"(?:错误)?404(?:错误|页面|not ?found|error|page|[-_:：| ]){0,6}",
    r"(?:error ?)404",
    r"(?:the )?page (?:you (?:requested|are looking for) )?(?:was |is |could )?(?:not be |not )found",
    r"not ?found",
    r"(?:对不起|抱歉|很抱歉)?[，,！! ]{0,3}(?:您|你)?(?:所|要)?(?:访问|浏览|查找|请求)?的?(?:页面|网页|内容)"
    r"(?:不存在|未找到|找不到|已删除|已被删除|不见了)",
    r"(?:无法|没有)?找不?到(?:该|您|你)?(?:要|所)?(?:访问|查找|请求)?的?(?:页面|网页)",
)
_WHOLE = re.compile(rf"(?:{'|'.join(_SAYS)})", re.IGNORECASE)
# Beyond what needs no title to be believed on an almost empty page.
_PHRASES = (
    "page not found",
    "404 not found",
    "the page you requested could not be found",
    "the page you are looking for",
    "页面不存在",
    "网页不存在",
    "页面未找到",
    "页面找不到",
    "找不到页面",
    "找不到该页",
    "无法找到该页",
    "页面已删除",
    "页面已被删除",
)
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,300})", re.IGNORECASE)
# What stands before this is the page's own part of a title; behind it, the site's name.
_SITE_NAME = re.compile(r"[-_—–|·]")


def soft_404(markup: str) -> str | None:
    """Return the words by which a page says that it does not exist, or None.

    A title that says nothing else is enough; so is a phrase on a page with almost no text. `markup` is the
    beginning of the decoded page.
    """
    found = _TITLE.search(markup)
    title = " ".join(found[1].split()) if found else ""
    own = _SITE_NAME.split(title)[0].strip(" ,.!！。，…:：")
    if own and _WHOLE.fullmatch(own):
        return own[:80]
    text = " ".join(shown_and_scripts(markup)[0].split()).lower()
    if len(text.replace(" ", "")) > MAX_TEXT:
        return None
    return next((phrase for phrase in _PHRASES if phrase in text), None)
