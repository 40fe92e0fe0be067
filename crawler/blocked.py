"""Answers of firewalls, challenges and login walls, told apart from the site's own pages; and what to advise.

A block says that we were kept out. It is never held against a site, so a doubtful page counts as a page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from crawler.extract.needs_browser import NEEDS_BROWSER, UNSHOWN
from crawler.model import Failure

LOGIN = "login wall"
RATE_LIMIT = "rate limit"
CHALLENGE = "challenge page"
REFUSAL = "firewall refusal"
GEOGRAPHIC = "geographic block"

# How the notes of other failures begin whose advice is their own.
EMPTY = "empty answer"
SOFT_404 = "not-found page"
NOWHERE = "redirect to no web page"
REDIRECTS = "The address redirects"
UNREADABLE_ROBOTS = "robots.txt cannot be read"

# Statuses that firewalls in front of government sites answer crawlers with. 521 is also Cloudflare's
# "origin is down"; from there, too, we have seen nothing of the site.
_STATUSES = {401: LOGIN, 407: LOGIN, 403: REFUSAL, 412: CHALLENGE, 429: RATE_LIMIT, 521: CHALLENGE}

_READ = 20_000  # characters looked at
# A challenge shows its reader next to nothing. Real short pages (gateways, notices) hold no marker below.
_CHALLENGE_TEXT = 200
_CHALLENGE_LINKS = 3
_NOTICE_TEXT = 600

_SCRIPT_MARKERS = (
    "$_ts",  # Ruishu (瑞数)
    "acw_sc__v",  # Alibaba Cloud
    "__jsl_clearance",  # Jiasule (加速乐)
    "wzws",  # 网站卫士
    "cf-challenge",
    "_cf_chl_opt",
    "yunsuo_session",  # 云锁
    "_waf_challenge",
)
_CAPTCHA = re.compile(r"geetest|recaptcha|hcaptcha|turnstile", re.IGNORECASE)
_NOTICES = (
    "安全验证",
    "访问验证",
    "人机验证",
    "请输入验证码继续",
    "访问被拦截",
    "请求被拦截",
    "访问被阻断",
    "疑似攻击",
    "网站防火墙",
    "云防御",
    "checking your browser",
    "verify you are human",
    "complete the captcha",
    "enable javascript and cookies to continue",
    "request rejected",
    "your support id is",
    "attention required! | cloudflare",
)
_ABROAD = (
    "not available in your country",
    "not available in your region",
    "unavailable in your country",
    "unavailable in your region",
    "blocked in your country",
    "blocked from your country",
    "country or region your ip",
    "您所在的地区",
    "您所在地区",
    "您所在的区域",
    "境外ip",
    "境外访问",
    "海外访问",
    "仅限中国大陆",
    "仅限境内",
)
_SETS_COOKIE = re.compile(r"document\.cookie\s{0,5}=")
_RELOADS = re.compile(r"location\.reload\s{0,5}\(")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_ANCHOR = re.compile(r"<a\s", re.IGNORECASE)
# A challenge has one field at most; a page with more is a form of the site's own, captcha or not.
_FIELD = re.compile(
    r"<textarea|<select|<input\b(?![^>]{0,300}type\s{0,3}=\s{0,3}[\"']?(?:hidden|submit|button|image))", re.IGNORECASE
)
_PASSWORD = re.compile(r"<input\b[^>]{0,300}type\s{0,3}=\s{0,3}[\"']?password", re.IGNORECASE)
_COOKIE_OF_CHOICE = re.compile(
    r"document\.cookie\s{0,5}=\s{0,5}[\"'`]?\s{0,5}\w{0,20}(?:lang|locale|culture)", re.IGNORECASE
)


def blocked_reason(status: int, headers: Sequence[tuple[str, str]], body_text_start: str) -> str | None:
    """Say what kept us out, or None where the site itself answered.

    `body_text_start` is the beginning of the decoded body, markup included; 20,000 characters are read.
    The reason begins with LOGIN, RATE_LIMIT, CHALLENGE, REFUSAL or GEOGRAPHIC.
    """
    markup = body_text_start[:_READ]
    named = _STATUSES.get(status)
    if named:
        abroad = named == REFUSAL and _said(_ABROAD, shown_and_scripts(markup)[0][:_NOTICE_TEXT])
        return f"{GEOGRAPHIC if abroad else named} (answered {status})"
    lowered = {name.lower(): value.lower() for name, value in headers}
    if "challenge" in lowered.get("cf-mitigated", ""):
        return f"{CHALLENGE} (Cloudflare)"
    if 300 <= status < 400:
        return None
    return _by_content(markup) or _by_cloudflare(status, lowered, markup)


def _by_content(markup: str) -> str | None:
    """Recognise a page that shows its reader next to nothing but a firewall's or a login's doing."""
    text, scripts = shown_and_scripts(markup)
    chars, links = len("".join(text.split())), len(_ANCHOR.findall(markup))
    if links > _CHALLENGE_LINKS or chars > _NOTICE_TEXT:
        return None
    if chars <= _CHALLENGE_TEXT and _PASSWORD.search(markup):
        return f"{LOGIN} (the page is a form for a password)"
    if len(_FIELD.findall(markup)) > 1:
        return None
    return (_challenge(markup, scripts, links) if chars <= _CHALLENGE_TEXT else None) or _notice(text)


def _by_cloudflare(status: int, headers: Mapping[str, str], markup: str) -> str | None:
    if status == 503 and len(_ANCHOR.findall(markup)) <= _CHALLENGE_LINKS:
        text = shown_and_scripts(markup)[0].lower()
        if len("".join(text.split())) <= _NOTICE_TEXT and "cloudflare" in headers.get("server", "") + text:
            return f"{CHALLENGE} (Cloudflare, answered 503)"
    return None


def _challenge(markup: str, scripts: str, links: int) -> str | None:
    """Recognise a page that is a script and nothing else."""
    lowered = scripts.lower()
    marker = next((marker for marker in _SCRIPT_MARKERS if marker in lowered), None)
    if marker:
        return f"{CHALLENGE} (script with {marker})"
    if len(markup) >= _READ:  # the text may stand below: only a firewall's own names are proof
        return None
    if links == 0 and _CAPTCHA.search(markup):
        return f"{CHALLENGE} (captcha)"
    if _SETS_COOKIE.search(scripts) and _RELOADS.search(scripts) and not _COOKIE_OF_CHOICE.search(scripts):
        return f"{CHALLENGE} (script that sets a cookie and reloads)"
    return None


def _notice(text: str) -> str | None:
    """Recognise a firewall's words on a page that says little else."""
    for kind, notices in ((GEOGRAPHIC, _ABROAD), (REFUSAL, _NOTICES)):
        found = _said(notices, text)
        if found:
            return f"{kind} (the page says “{found}”)"
    return None


def _said(notices: Sequence[str], text: str) -> str | None:
    lowered = " ".join(text.lower().split())
    return next((notice for notice in notices if notice in lowered), None)


def shown_and_scripts(markup: str) -> tuple[str, str]:
    """Split markup into what a reader sees and what scripts hold, in one pass."""
    shown, scripts, position = [], [], 0
    lowered = markup.lower()
    while True:
        starts = [(at, name) for name in ("script", "style") if (at := lowered.find(f"<{name}", position)) >= 0]
        if not starts:
            break
        start, name = min(starts)
        end = lowered.find(f"</{name}", start)
        end = len(markup) if end < 0 else end
        shown.append(markup[position:start])
        if name == "script":
            scripts.append(markup[start:end])
        position = min(len(markup), end + len(name) + 2)
    shown.append(markup[position:])
    return _TAG.sub(" ", " ".join(shown)), "\n".join(scripts)


_ADVICE = {
    Failure.DNS: "The host name does not resolve. Check the DNS record, or correct links to this host.",
    Failure.REFUSED: "The server refused the connection. Check that the web service runs and its port is open.",
    Failure.NO_ANSWER: "The connection broke before an answer came. Check the server and what stands before it.",
    Failure.TIMEOUT: "No answer came within the time limit. Check the server's load and its reachability from outside.",
    Failure.TLS: "The encrypted connection could not be set up. Renew the certificate and offer TLS 1.2 or later.",
    Failure.BLOCKED: "A firewall answered in the site's place. Let the assessment's address or user agent pass.",
    Failure.ROBOTS: "robots.txt asks crawlers not to read this page. Allow it if it should be assessed.",
    Failure.GUARD: "The address leads into a private network. Publish it under a public address, or correct the link.",
    Failure.TOO_LARGE: "The answer is larger than we store. Offer large files as downloads and keep pages small.",
    Failure.OTHER: "The fetch failed for a reason of our own or unknown. Nothing is held against the site.",
}
_BLOCK_ADVICE = {
    LOGIN: "The page asks for a login. Pages meant for the public should be readable without one.",
    RATE_LIMIT: "The site limits how fast it may be read. Repeat the round with a longer delay, or raise the limit.",
    CHALLENGE: "A firewall asked for a script or captcha that a browser passes. Exempt the assessment's user agent.",
    REFUSAL: "A firewall refused us. Let the assessment's address or user agent pass, then repeat the round.",
    GEOGRAPHIC: "The site answers only some countries. Readers of a foreign version are abroad: let them in.",
}
_NOTE_ADVICE = {
    UNSHOWN: "Only scripts show this page's text, and they failed with us. Serve the text in the page itself.",
    NEEDS_BROWSER: "Only scripts show this page's text. Whoever assesses: `apt-get install chromium`, "
    "`pip install 'waiwen[browser]'`, then `waiwen render` and `waiwen crawl`.",
    EMPTY: "The server answered without any content. Look into what stands before it, then repeat the round.",
    REDIRECTS: "The address redirects without end. Serve the page to readers who keep no cookies, too.",
    NOWHERE: "The redirect's Location is missing or no web address. Let it name an http or https page.",
    SOFT_404: "The page does not exist, yet answers 200. Answer 404, and correct or remove the links to it.",
    UNREADABLE_ROBOTS: "robots.txt fails, and so keeps every crawler away. Let it answer 200, or 404 for no rules.",
}


def advice(failure: Failure, note: str = "", status: int | None = None) -> str:
    """Tell a site's owner in a sentence or two what to do about a failed fetch.

    `note` is the failure's note (for a block, what `blocked_reason` said), `status` the HTTP status.
    """
    kinds = _BLOCK_ADVICE if failure is Failure.BLOCKED else _NOTE_ADVICE
    told = next((text for kind, text in kinds.items() if note.startswith(kind)), None)
    if told or failure is not Failure.HTTP_ERROR:
        return told or _ADVICE[failure]
    if status in (404, 410):
        return f"The page does not exist (answered {status}). Correct or remove the links to it, or restore the page."
    if status is not None and status >= 500 and "maintenance" in note:
        return f"The site was under maintenance (answered {status}). Repeat the round when it is over."
    if status is not None and status >= 500:
        return f"The server failed (answered {status}). Look into its error log for this address."
    return f"The server gave no page (answered {status}). Check that this address serves readers without a login."
