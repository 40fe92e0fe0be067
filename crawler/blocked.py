"""Answers of firewalls, challenges and login walls, told apart from the site's own pages; and what to advise.

A block says that we were kept out. It is never held against a site, so a doubtful page counts as a page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.model import Failure

LOGIN = "login wall"
RATE_LIMIT = "rate limit"
CHALLENGE = "challenge page"
REFUSAL = "firewall refusal"

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
_SETS_COOKIE = re.compile(r"document\.cookie\s{0,5}=")
_RELOADS = re.compile(r"location\.reload\s{0,5}\(")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_ANCHOR = re.compile(r"<a\s", re.IGNORECASE)
# A challenge has one field at most; a page with more is a form of the site's own, captcha or not.
_FIELD = re.compile(
    r"<textarea|<select|<input\b(?![^>]{0,300}type\s{0,3}=\s{0,3}[\"']?(?:hidden|submit|button|image))", re.IGNORECASE
)
_COOKIE_OF_CHOICE = re.compile(
    r"document\.cookie\s{0,5}=\s{0,5}[\"'`]?\s{0,5}\w{0,20}(?:lang|locale|culture)", re.IGNORECASE
)


def blocked_reason(status: int, headers: Sequence[tuple[str, str]], body_text_start: str) -> str | None:
    """Say what kept us out, or None where the site itself answered.

    `body_text_start` is the beginning of the decoded body, markup included; 20,000 characters are read.
    The reason begins with LOGIN, RATE_LIMIT, CHALLENGE or REFUSAL.
    """
    named = _STATUSES.get(status)
    if named:
        return f"{named} (answered {status})"
    lowered = {name.lower(): value.lower() for name, value in headers}
    if "challenge" in lowered.get("cf-mitigated", ""):
        return f"{CHALLENGE} (Cloudflare)"
    if 300 <= status < 400:
        return None
    markup = body_text_start[:_READ]
    text, scripts = _shown_and_scripts(markup)
    chars, links = len("".join(text.split())), len(_ANCHOR.findall(markup))
    if links > _CHALLENGE_LINKS or chars > _NOTICE_TEXT or len(_FIELD.findall(markup)) > 1:
        return None
    challenge = _challenge(markup, scripts, links) if chars <= _CHALLENGE_TEXT else None
    challenge = challenge or _notice(text)
    if challenge is None and status == 503 and "cloudflare" in lowered.get("server", "") + text.lower():
        challenge = f"{CHALLENGE} (Cloudflare, answered 503)"
    return challenge


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
    lowered = " ".join(text.lower().split())
    found = next((notice for notice in _NOTICES if notice in lowered), None)
    return f"{REFUSAL} (the page says “{found}”)" if found else None


def _shown_and_scripts(markup: str) -> tuple[str, str]:
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
}


def advice(failure: Failure, note: str = "", status: int | None = None) -> str:
    """Tell a site's owner in a sentence or two what to do about a failed fetch.

    `note` is the failure's note (for a block, what `blocked_reason` said), `status` the HTTP status.
    """
    if failure is Failure.BLOCKED:
        return next((text for kind, text in _BLOCK_ADVICE.items() if note.startswith(kind)), _ADVICE[failure])
    if failure is not Failure.HTTP_ERROR:
        return _ADVICE[failure]
    if status in (404, 410):
        return f"The page does not exist (answered {status}). Correct or remove the links to it, or restore the page."
    if status is not None and status >= 500:
        return f"The server failed (answered {status}). Look into its error log for this address."
    return f"The server gave no page (answered {status}). Check that this address serves readers without a login."
