"""Machine-translation widgets: what a site offers in place of a foreign version of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qs, urlsplit

from crawler.extract.glossary import glossary, normalised
from crawler.extract.links import followable
from crawler.extract.nodes import Node
from crawler.extract.page import Page
from crawler.extract.visible import label_of
from crawler.model import Candidate

UNDETERMINED = "und"
_TRANSLATORS = (
    "translate.google.", "translate.googleapis.com", "translate.goog",
    "fanyi.baidu.com", "fanyi.youdao.com",
    "webtrans.yodao.com", "microsofttranslator.com", "translatetheweb.com", "bing.com/translator",
    "fanyi.sogou.com", "fanyi.qq.com",
    "translate.alibaba.com", "translate.yandex.",
)  # fmt: skip
_TARGET_KEYS = ("tl", "to", "_x_tr_tl", "langpair", "lang")
_GOOGLE = re.compile(r"google\.translate\.TranslateElement|google_translate_element|translate_a/element\.js")
_MICROSOFT = re.compile(
    r"microsofttranslator\.com/ajax|MicrosoftTranslatorWidget|translator\.bing|ssl\.microsofttranslator"
)
_INCLUDED = re.compile(r"includedLanguages['\"]?\s{0,9}:\s{0,9}['\"]([\w,\- ]{1,600})['\"]")
_TRANSLATE_JS = re.compile(
    r"translate\.(?:execute|selectLanguageTag|service\.use|changeLanguage)\s{0,9}[.(=]|translate(?:\.min)?\.js$"
)
_CHANGE = re.compile(r"translate\.changeLanguage\(\s{0,9}['\"]([A-Za-z_\-]{2,40})['\"]")
_SCRIPT_LIMIT = 100_000
_HINT = "ranslat"  # in every sign of a widget


def is_translator(url: str) -> bool:
    """Tell whether an address is a machine-translation service's."""
    if "trans" not in url and "fanyi" not in url:  # one is in every service's name
        return False
    parts = urlsplit(url)
    place = f"{parts.hostname or ''}{parts.path}"
    return any(_stands_in(service, place) for service in _TRANSLATORS)


def widgets(page: Page) -> Iterator[Candidate]:
    """Yield a candidate for each language that a widget or a translator's link offers.

    The address is the link, or the page's own with `#widget`; the language is `und` where the widget does not say.
    """
    hrefs = page.nodes.hrefs
    for element in page.nodes.of("a") if "trans" in hrefs or "fanyi" in hrefs else ():
        href = element.get("href")
        if "trans" in href or "fanyi" in href:
            url = followable(page, href)
            if url and is_translator(url) and (language := _target(url)):
                yield Candidate(language, url, label_of(element)[:60], "widget")
    here = page.url.partition("#")[0] + "#widget"
    for language in sorted(_embedded(page)):
        yield Candidate(language, here, "", "widget")


def _embedded(page: Page) -> set[str]:
    scripts = page.nodes.of("script")
    sources = [script.get("src")[:500] for script in scripts if script.get("src")][:200]
    inline = [(script.text or "")[:_SCRIPT_LIMIT] for script in scripts if "src" not in script.attributes][:50]
    acting = page.nodes.all if _HINT in page.decoded.text else ()
    handlers = (value[:500] for node in acting for value in _acting(node) if _HINT in value)
    spoken = [text for text in inline if _HINT in text]
    text = "\n".join([*(source for source in sources if _HINT in source), *spoken, *islice(handlers, 2000)])
    if not text:
        return set()
    named = {_tag(code) for code in _CHANGE.findall(text)}
    if _GOOGLE.search(text):
        named |= {_tag(code) for group in _INCLUDED.findall(text) for code in group.split(",")}
    languages = {tag for tag in named if tag and not tag.startswith("zh")}
    loads = any(_TRANSLATE_JS.search(source.partition("?")[0][-80:]) for source in sources)
    runs = loads and any(_TRANSLATE_JS.search(script) for script in spoken)
    offers = _GOOGLE.search(text) or _MICROSOFT.search(text) or runs
    return languages or ({UNDETERMINED} if offers and not named - {None} else set())


def _acting(node: Node) -> Iterator[str]:
    """Yield an element's handler and, of a link, its address."""
    if "onclick" in node.attributes:
        yield node.attributes["onclick"]
    if node.tag == "a" and "translate." in node.get("href"):
        yield node.attributes["href"]


def _target(url: str) -> str | None:
    """Return the language that a translator's link translates into; None for Chinese, `und` where it does not say."""
    query = parse_qs(urlsplit(url).query[:2000])
    codes = [query[key][0].rsplit("|", 1)[-1] for key in _TARGET_KEYS if key in query]
    tags = [tag for code in codes if (tag := _tag(code))]
    if tags:
        return None if tags[0].startswith("zh") else tags[0]
    return UNDETERMINED


def _tag(code: str) -> str | None:
    words = glossary()
    lower = code.strip().lower().replace("_", "-")
    if lower.startswith(("zh", "chinese")):
        return "zh"
    return words.codes.get(lower) or words.names.get(normalised(lower)) or words.codes.get(lower.split("-")[0])


def _stands_in(service: str, place: str) -> bool:
    if "/" in service:
        return service in place
    host = place.partition("/")[0]
    if service.endswith("."):
        return host.startswith(service) or f".{service}" in host
    return host == service or host.endswith(f".{service}")
