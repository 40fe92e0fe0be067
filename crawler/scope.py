"""Which version of a site an address belongs to, and when two addresses are the same page.

A version is a place on the web: a host, or a folder of one. Government sites name these places with codes
and words that are not BCP 47 (`/mfa_eng/`, `kr.`, `/english/`); the glossary knows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

import tldextract

from crawler.extract.glossary import glossary

_REGIONAL = re.compile(r"([a-z]{2})[-_]([a-z]{2}|hans|hant)")
_LANGUAGE_PARAMETERS = frozenset("lang language locale lan l".split())
_INDEX_FILE = re.compile(r"(?:index|default)\.(?:s?html?|jspx?|php|aspx?|do|action)", re.IGNORECASE)
_SESSION_NAMES = frozenset("jsessionid phpsessid aspsessionid sessionid session_id sid".split())
_TRACKING_NAMES = frozenset("spm scm fbclid gclid".split())
_PORT = re.compile(r"(?<=[^:]):\d{0,5}$")
_PATH_SAFE = "/:@!$&'()*+,;=~"
_DEFAULT_PORTS = {"http": 80, "https": 443}

# Reserved for examples and tests, so in no list; the demonstration sites stand under them.
_RESERVED = ("example", "gov.example", "test", "gov.test")
# The list inside the package: nothing is fetched.
_suffixes = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, extra_suffixes=_RESERVED)


@dataclass(frozen=True)
class Scope:
    """The place of one version.

    `host` is in lower case, without a leading `www.` and with its port unless that is the default. `prefix`
    is a path that ends in `/` for a folder, or the stem of a file at the root (`/english`), or the address
    of a page with the parameter that chooses the language (`/?lang=en`).
    """

    language: str
    host: str
    prefix: str


def scope_of_home(language: str, url: str, *, base: bool, site_url: str = "") -> Scope:
    """Tell the place of a version from its home page.

    `base` says that this is the version in the site's base language. `site_url` is that version's home page, where
    it is known: a foreign version on another host of the same body has that host to itself.
    """
    parts = _split(url)
    host, path = _host(parts), parts.path or "/"
    folders = path.rpartition("/")[0].split("/")[1:]
    if path.rpartition("/")[2] and "." not in path.rpartition("/")[2]:
        folders.append(path.rpartition("/")[2])
    for position, folder in reversed(list(enumerate(folders))):
        if _names(folder, language):
            return Scope(language, host, "/" + "/".join(folders[: position + 1]) + "/")
    if base or has_own_host(language, url, site_url):
        return Scope(language, host, "/")
    return Scope(language, host, _home_prefix(language, parts, host == _host(_split(site_url))))


def has_own_host(language: str, url: str, site_url: str = "") -> bool:
    """Whether a version's host is its own: named for the language, or one more host of the same body.

    The bare host of a registered domain (`www.x.gov.cn`) is a body's main site and never a version's own.
    """
    host = _host(_split(url)).partition(":")[0]
    if _names(host.split(".")[0], language):
        return True
    other = _host(_split(site_url)).partition(":")[0]
    domain = registered_domain(host)
    return bool(other) and host not in (other, domain) and domain == registered_domain(other)


def owner_of(url: str, scopes: Iterable[Scope]) -> Scope | None:
    """Return the scope with the longest prefix that holds `url`, the first of equals, or None.

    http and https, `www.` or not, and upper or lower case make no difference.
    """
    parts = _split(url)
    host, best = _host(parts), None
    for scope in scopes:
        if scope.host == host and _holds(scope, parts) and (best is None or len(scope.prefix) > len(best.prefix)):
            best = scope
    return best


@lru_cache(maxsize=1 << 16)  # one page is asked about by many indicators
def page_key(url: str) -> str:
    """Return what identifies a page, whichever way its address is written.

    The scheme, `www.`, a fragment, an index file's name, a trailing slash, session ids and campaign
    parameters do not count; the order of parameters does not either. Never raises.
    """
    parts = _split(url)
    path = re.sub(r"/{2,}", "/", _quoted(parts.path.partition(";")[0], _PATH_SAFE))
    folder, _, name = path.rpartition("/")
    path = folder if _INDEX_FILE.fullmatch(name) else path.rstrip("/")
    fields = (field for field in parts.query.split("&") if field and _counts(field))
    query = "&".join(sorted(_quoted(field, _PATH_SAFE.replace("&", "")) for field in fields))
    return f"{_host(parts)}{path or '/'}" + (f"?{query}" if query else "")


def path_within(url: str, scope: Scope) -> str:
    """Return a page's key below its version's prefix, without host: the same for two pages of one shape."""
    return path_of_key(page_key(url), scope)


def path_of_key(key: str, scope: Scope) -> str:
    """Return the part of a page's key below its version's prefix, as `path_within`."""
    path = key[key.find("/") :]
    prefix = scope.prefix.rstrip("/")
    return path[len(prefix) :].lstrip("/") if path.lower().startswith(prefix.lower()) else path.lstrip("/")


def registered_domain(host: str) -> str:
    """Return the domain that a body registered (`en.yiwu.gov.cn` is yiwu.gov.cn's); an address stays as it is.

    A port is dropped. What has no registered domain (`localhost`, a public suffix) is returned whole.
    """
    name = _PORT.sub("", host).strip("[]").lower().rstrip(".")
    if is_address(name):
        return name
    found = _suffixes(name)
    return f"{found.domain}.{found.suffix}" if found.domain and found.suffix else name


def host_of(url: str) -> str:
    """Return an address's host in lower case, with its port unless that is the default, without `www.`."""
    return _host(_split(url))


def is_address(host: str) -> bool:
    """Whether a host is an IP address and not a name."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _names(label: str, language: str) -> bool:
    """Whether a folder or host label names this language: `en`, `en-us`, `english`, `mfa_eng`, `zh_CN`."""
    base, lowered = language.lower().split("-")[0], label.lower()
    if _means(lowered, base):
        return True
    regional = _REGIONAL.fullmatch(lowered)
    if regional:
        return _means(regional[1], base)
    words = re.split(r"[-_.]", lowered)
    return len(words) > 1 and (_means(words[-1], base) or (len(words[0]) > 2 and _means(words[0], base)))


def _means(word: str, base: str) -> bool:
    return word == base or glossary().codes.get(word, "").split("-")[0] == base


def _home_prefix(language: str, parts: SplitResult, on_chinese_host: bool) -> str:
    path = parts.path or "/"
    for field in parts.query.split("&"):
        name, _, value = field.partition("=")
        if name.lower() in _LANGUAGE_PARAMETERS and _names(value, language):
            return f"{path}?{field}"
    folder, _, name = path.rpartition("/")
    if not folder and on_chinese_host and name and not _INDEX_FILE.fullmatch(name):
        # A file beside the Chinese home page: its folder is the whole site, so only its own name is safe.
        return f"/{name.partition('.')[0]}"
    return f"{folder}/"


def _holds(scope: Scope, parts: SplitResult) -> bool:
    prefix, _, parameter = scope.prefix.partition("?")
    path = (parts.path or "/").lower()
    if parameter:
        return path.startswith(prefix.lower()) and parameter in parts.query.split("&")
    return path.startswith(prefix.lower()) or f"{path}/" == prefix.lower()


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url.strip())
    except ValueError:  # a broken IPv6 host
        return SplitResult("", "", url, "", "")


def _host(parts: SplitResult) -> str:
    try:
        name, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:  # a port that is no number
        return parts.netloc.lower()
    name = f"[{name}]" if ":" in name else name.removeprefix("www.")
    return name if port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f"{name}:{port}"


def _quoted(text: str, safe: str) -> str:
    """Write escapes one way; other encodings than UTF-8 are kept byte for byte."""
    return quote(unquote_to_bytes(text.encode("utf-8", "surrogatepass")), safe=safe)


def _counts(field: str) -> bool:
    name = field.partition("=")[0].lower()
    return not (name in _SESSION_NAMES or name in _TRACKING_NAMES or name.startswith(("utm_", "aspsessionid")))
