"""What an answer is: a page to read, or a failure with its kind."""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urljoin, urlsplit

from w3lib.url import safe_url_string

from crawler.blocked import EMPTY, NOWHERE, SOFT_404, blocked_reason
from crawler.extract.links import without_userinfo
from crawler.model import Capture, Failure
from crawler.soft404 import soft_404

READ = 20_000  # characters of a page that are looked at
REDIRECTS = frozenset({301, 302, 303, 307, 308})

_OF_NOTHING = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
_MAINTENANCE = re.compile(
    r"系统维护|网站维护|正在维护|升级维护|维护中|under maintenance|scheduled maintenance", re.IGNORECASE
)
_MAX_LOCATION = 2000  # characters
# What the WHATWG's URL Standard drops: at the ends, and anywhere.
_BLANKS = "".join(map(chr, range(0x21)))
_BREAKS = re.compile(r"[\t\r\n]")
# What the WHATWG's MIME Sniffing Standard takes for HTML, after byte order mark and blanks.
_HTML_START = re.compile(
    rb"(?:<\?xml[^>]{0,200}>\s{0,200})?<(?:!--|(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style"
    rb"|title|b|body|br|p|meta)[\s>/])",
    re.IGNORECASE,
)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def failure_of_answer(capture: Capture, body_start: str) -> tuple[Failure, str] | None:
    """Say why an archived answer is no page to read, or None where it is one. Redirects are not failures.

    `body_start` is the beginning of the decoded body of an HTML page, READ characters of it; empty for what is none.
    """
    status = capture.status
    if capture.failure is not None:
        return capture.failure, capture.failure_note
    block = blocked_reason(status or 0, capture.headers, body_start)
    if block:
        return Failure.BLOCKED, block
    if status is None or status >= 400:
        closed = status == 503 and _MAINTENANCE.search(body_start[:READ])
        return Failure.HTTP_ERROR, f"answered {status}{' (maintenance)' if closed else ''}"
    if is_redirect(status):
        leads = redirect_target(capture.final_url, capture.header("Location") or "")
        return None if leads else (Failure.HTTP_ERROR, f"{NOWHERE} (answered {status})")
    if _is_empty(capture, body_start):
        return Failure.OTHER, f"{EMPTY} (answered {status})"
    words = soft_404(body_start[:READ]) if status == 200 else None
    return (Failure.HTTP_ERROR, f"{SOFT_404} (answered 200, says “{words}”)") if words else None


def _is_empty(capture: Capture, body_start: str) -> bool:
    if capture.digest == _OF_NOTHING:
        return True
    blank = not body_start.strip() and len(body_start) < READ
    return blank and capture.status == 200 and is_html(capture.header("Content-Type") or "", b"")


def is_redirect(status: int | None) -> bool:
    """Whether a status sends the reader elsewhere."""
    return status in REDIRECTS


def redirect_target(url: str, location: str) -> str | None:
    """Where a Location header leads from `url`, resolved as browsers do; None where that is no web page.

    `location` holds the header's bytes as Latin-1 characters. UTF-8 and any other charset are sent back byte
    for byte, escaped.
    """
    raw = _BREAKS.sub("", location[: _MAX_LOCATION * 2].strip(_BLANKS))
    if not raw:
        return None
    try:
        before, mark, after = raw.partition("?")
        joined = urljoin(url, _text_of(before).replace("\\", "/") + mark + _text_of(after))
        parts = urlsplit(joined)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
            return None
        target = without_userinfo(urldefrag(safe_url_string(joined)).url)
    except ValueError:
        return None
    return target if len(target) <= _MAX_LOCATION else None


def _text_of(raw: str) -> str:
    """UTF-8 as its characters, so that a host in Chinese is one; bytes of another charset escaped."""
    data = raw.encode("latin-1", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in data)


def is_html(content_type: str, body: bytes) -> bool:
    """Whether an answer is an HTML page: by its type, or by its first bytes.

    The bytes are asked where no type is stated, and where it is text/plain: a server that knows no better says
    that of everything.
    """
    kind = content_type.partition(";")[0].partition(",")[0].strip().lower()
    if kind and kind != "text/plain":
        return kind in ("text/html", "application/xhtml+xml")
    start = body[:1024]
    if start.startswith(_UTF16_MARKS):
        start = start[2:].replace(b"\x00", b"")
    return bool(_HTML_START.match(start.removeprefix(b"\xef\xbb\xbf").lstrip()))


def is_cut_off(body: bytes) -> bool:
    """Whether a page's end is missing."""
    tail = body[-2000:].lower()
    return is_html("", body) and b"</html" not in tail
