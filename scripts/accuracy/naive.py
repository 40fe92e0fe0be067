"""What one writes first to read the facts of a page: well-known libraries, one call a fact, nothing tuned.

Two stacks. `NAMED` is BeautifulSoup, langdetect on the full text, htmldate's extensive mode, trafilatura and Scrapy's
LinkExtractor: date, language, main text and links, a few of the facts that `read_page` gives. `REST` adds what the
others take: the update date is a second question to htmldate, the language of the main text a second one to langdetect,
and all else is a search of BeautifulSoup's tree or a pattern on its text. Nothing is done twice that an author would
keep: one tree and one main text a page. All read the bytes of the page, as `read_page` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

import htmldate
import langdetect
import trafilatura
from bs4 import BeautifulSoup, Tag
from scrapy.http import HtmlResponse
from scrapy.linkextractors import LinkExtractor

_EXTRACTOR = LinkExtractor()
_DATE = re.compile(r"\d{4}[-./年]\d{1,2}[-./月]\d{1,2}")
_NETWORKS = ("weibo", "weixin", "facebook", "twitter", "x.com", "youtube", "instagram", "linkedin", "tiktok", "douyin")
_FILES = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".zip", ".rar", ".wps", ".ofd")
_LANGUAGES = ("English", "Français", "Русский", "Español", "Deutsch", "日本語", "한국어", "العربية", "Português", "EN")
_ON_TEXT = [
    re.compile(pattern)
    for pattern in (
        r"[\w.+-]+@[\w-]+\.[\w.]+",
        r"(?:\+?86[- ]?)?0?\d{2,3}[- ]?\d{7,8}",
        r"ICP备\d+号",
        r"公网安备\s*\d+号",
        r"网站标识码[:：]?\s*(\w{10})",
        r"(?:主办|Sponsored by|Hosted by)[:：]?\s*(.+)",
        r"(?:来源|Source)[:：]\s*(\S+)",
        r"(?:地址|Address)[:：]\s*(.+)",
    )
]


class NaivePage:
    """One page as the naive stack reads it; the tree and the main text are made by whoever asks first."""

    def __init__(self, body: bytes, url: str) -> None:
        self.body = body
        self.url = url

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page parsed by BeautifulSoup on lxml."""
        return BeautifulSoup(self.body, "lxml")

    @cached_property
    def main(self) -> str:
        """The main text as trafilatura finds it."""
        return trafilatura.extract(self.body, url=self.url) or ""


def published(page: NaivePage) -> object:
    """Return htmldate's publication day in its extensive mode, which is the default."""
    return htmldate.find_date(page.body, url=page.url, extensive_search=True, original_date=True)


def updated(page: NaivePage) -> object:
    """Return htmldate's day of the last change."""
    return htmldate.find_date(page.body, url=page.url, extensive_search=True, original_date=False)


def links(page: NaivePage) -> object:
    """Return the links that Scrapy's extractor finds."""
    return _EXTRACTOR.extract_links(HtmlResponse(page.url, body=page.body))


def rest(page: NaivePage) -> object:
    """Read tags, images, menus, lists, forms, accounts, attachments, switches, contacts and identity."""
    soup = page.soup
    text = soup.get_text("\n")
    anchors = [(str(anchor["href"]), anchor.get_text(" ", strip=True)) for anchor in soup.find_all("a", href=True)]
    rows = [(row, row.get_text(" ")) for row in soup.find_all(["li", "tr"])]
    return (
        [tag.get_text(strip=True) for tag in soup.find_all(["title", "h1", "h2", "h3", "h4", "h5", "h6"])],
        [(tag.get("name") or tag.get("property"), tag.get("content")) for tag in soup.find_all("meta")],
        [(tag.get("rel"), tag.get("hreflang"), tag.get("href")) for tag in soup.find_all("link")],
        [(image.get("src"), image.get("alt")) for image in soup.find_all("img")],
        [link.get_text(strip=True) for link in soup.select("nav a, [class*=nav] a, [class*=menu] a")],
        [(words, _DATE.findall(words)) for row, words in rows if row.a and _DATE.search(words)],
        [_form(form) for form in soup.find_all("form")],
        [href for href, _ in anchors if any(name in href for name in _NETWORKS)],
        [href for href, _ in anchors if href.lower().endswith(_FILES)],
        [href for href, label in anchors if label in _LANGUAGES],
        [pattern.findall(text) for pattern in _ON_TEXT],
    )


def _form(form: Tag) -> object:
    fields = form.find_all(["input", "select", "textarea", "button"])
    return form.get("action"), form.get("method"), [(field.get("name"), field.get("type")) for field in fields]


def _detected(text: str) -> str | None:
    try:
        return str(langdetect.detect(text))
    except langdetect.LangDetectException:
        return None


NAMED: dict[str, Callable[[NaivePage], object]] = {
    "BeautifulSoup": lambda page: page.soup.get_text(" "),
    "langdetect": lambda page: _detected(page.soup.get_text(" ")),
    "htmldate": published,
    "trafilatura": lambda page: page.main,
    "LinkExtractor": links,
}
REST: dict[str, Callable[[NaivePage], object]] = {
    "htmldate, updated": updated,
    "langdetect, main text": lambda page: _detected(page.main),
    "BeautifulSoup, the rest": rest,
}
"""To be asked after `NAMED`, whose tree and main text they share."""
