"""The demonstration's web, built from its content files and page designs: pure, deterministic, in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from waiwen.demo import oddities
from waiwen.demo.content import Column, Text, blocks
from waiwen.demo.site import SITES, DemoSite, Edition, read_sites, read_yaml
from waiwen.demo.web import Answer, DemoWeb, Dynamic, Secure, page

HOME_ITEMS = 6  # entries of a column that a home page shows

MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
}


def build_sites() -> DemoWeb:
    """Build every bundled site."""
    answers: dict[tuple[str, str], Answer] = {}
    dynamic: dict[tuple[str, str], Dynamic] = {}
    walls: dict[str, Answer] = {}
    dead: set[str] = set()
    secure: dict[str, Secure] = {}
    designs = _designs()
    words = read_yaml(SITES / "words.yaml")
    for site in read_sites():
        walls.update({host: oddities.wall(kind) for host, kind in site.settings.get("walls", {}).items()})
        dead.update(site.settings.get("dead", []))
        secure.update({host: Secure(**how) for host, how in site.settings.get("secure", {}).items()})
        for edition in site.editions.values():
            press = _Press(site, edition, designs, words)
            for path, answer in press.pages():
                key = (edition.host, path)
                if key in answers:
                    raise ValueError(f"two pages at http://{edition.host}{path}")
                answers[key] = answer
            if "calendar" in edition.settings:
                path = edition.base + "calendar"
                dynamic[edition.host, path] = oddities.calendar(path, edition.settings["calendar"])
            if edition.settings.get("answers_search"):
                dynamic[edition.host, edition.base + "search"] = press.found
        answers.update(_files(site))
    return DemoWeb(answers, dynamic, walls, frozenset(dead), secure)


def _designs() -> Environment:
    loader = FileSystemLoader(SITES / "designs", encoding="utf-8")
    designs = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    designs.filters["digits"] = lambda value: "".join(char for char in str(value) if char.isdecimal())
    return designs


def _files(site: DemoSite) -> Iterator[tuple[tuple[str, str], Answer]]:
    """Yield robots.txt files, downloads and pages written out in full."""
    for host, text in site.settings.get("robots", {}).items():
        yield (host, "/robots.txt"), page(text.encode(), kind="text/plain")
    for host, paths in site.settings.get("downloads", {}).items():
        for path in paths:
            yield (host, path), oddities.download(path)
    for host, paths in site.settings.get("raw", {}).items():
        for path, text in paths.items():
            yield (host, path), page(text.encode(), kind="text/html; charset=utf-8")


class _Press:
    """Prints the pages of one edition."""

    def __init__(self, site: DemoSite, edition: Edition, designs: Environment, words: dict[str, Any]) -> None:
        self.site = site
        self.edition = edition
        self.designs = designs
        self.words = words[edition.language]
        self.chinese_words = words["zh"]
        self.encoding = str(edition.settings.get("encoding", "utf-8"))

    def pages(self) -> Iterator[tuple[str, Answer]]:
        """Yield (path, answer) of every page of the edition."""
        home = next((column for column in self.edition.columns if column.slug == "home"), Column("home", "", ""))
        yield self.edition.home, self._print("home", home, home.lines, key="home")
        for column in self.edition.columns:
            if column is not home:
                yield self.edition.paths[column.slug], self._print("list", column, column.lines, key=column.slug)
            for text in column.texts:
                yield self.edition.paths[text.id], self._print("text", column, text.lines, text=text, key=text.id)
        yield from self._gateway()

    def found(self, query: str) -> Answer:
        """Answer a search: the list of the texts that hold what is sought (`q`), in any case."""
        sought = parse_qs(query).get("q", [""])[0].lower()
        texts = [text for _, text in self.edition.texts if sought in "\n".join([text.title, *text.lines]).lower()]
        column = Column("search", self.words["search"], "", texts=texts)
        return self._print("list", column, [], key="search")

    def _gateway(self) -> Iterator[tuple[str, Answer]]:
        gateway = self.edition.settings.get("gateway")
        if not gateway:
            return
        html = self._render("gateway.html", kind=gateway["kind"], target=gateway["home"])
        yield self.edition.base, self._answer(html)
        if gateway["kind"] == "frameset":
            yield self.edition.base + "top.html", self._answer(self._render("gateway.html", kind="top", target=""))

    def _print(self, kind: str, column: Column, lines: list[str], *, key: str, text: Text | None = None) -> Answer:
        title = text.title if text else column.name
        html = self._render(
            f"{self.edition.settings['design']}.html",
            kind=kind,
            column=column,
            text=text,
            title=title,
            body=self._body(lines),
            alternates=self._alternates(kind, text, key),
            url=self.edition.paths.get(key, self.edition.home),
        )
        return self._answer(html)

    def _answer(self, html: str) -> Answer:
        kind = str(self.edition.settings.get("content_type", "text/html"))
        more = tuple((name, str(value)) for name, value in self.edition.settings.get("headers", {}).items())
        answer = page(html.encode(self.encoding), kind=kind)
        return replace(answer, headers=(*answer.headers, *more), seconds=float(self.edition.settings.get("seconds", 0)))

    def _render(self, design: str, **own: Any) -> str:
        edition = self.edition
        left_in_chinese = own.get("kind") == "text" and edition.settings.get("article_menus") == "zh"
        frame = {
            "own": edition.settings,
            "words": self.words,
            "columns": [
                c for c in edition.columns if c.slug != "home" and c.slug not in edition.settings.get("hidden", [])
            ],
        }
        return self.designs.get_template(design).render(
            site=self.site.settings,
            edition=edition,
            paths=edition.paths,
            written=self._written,
            home_items=HOME_ITEMS,
            **(self._in_chinese(frame) if left_in_chinese else frame),
            **own,
        )

    def _in_chinese(self, frame: dict[str, Any]) -> dict[str, Any]:
        """Return menus and footer of a page as the Chinese edition has them, over this edition's addresses."""
        chinese = self.site.editions["zh"]
        names = {column.slug: column.name for column in chinese.columns}
        return {
            "own": {**frame["own"], "sponsor": self.site.settings["name"], "footer": chinese.settings["footer"]},
            "words": self.chinese_words,
            "columns": [replace(column, name=names.get(column.slug, column.name)) for column in frame["columns"]],
        }

    def _written(self, text: Text) -> str:
        """Return a text's date as the edition writes dates."""
        return written(text.day, str(self.edition.settings.get("date_style", "iso"))) if text.day else ""

    def _address(self, reference: str) -> str:
        """Return the path of `@id`; anything else is an address already."""
        return self.edition.paths[reference[1:]] if reference.startswith("@") else reference

    def _body(self, lines: list[str]) -> Markup:
        parts = [self._block(kind, contents) for kind, contents in blocks(lines, self._address)]
        return Markup("\n").join(parts)

    def _block(self, kind: str, contents: list[Markup]) -> Markup:
        if kind.startswith("@"):
            return Markup(self._render("parts.html", part=kind[1:]))  # noqa: S704 - an autoescaped template
        if kind == "ul":
            contents = [Markup("<li>{}</li>").format(item) for item in contents]
        return Markup("<{0}>{1}</{0}>").format(Markup(kind), Markup("").join(contents))  # noqa: S704 - a tag's name

    def _alternates(self, kind: str, text: Text | None, key: str) -> list[tuple[str, str]]:
        """Return (hreflang, address) of this page in every edition that has it, its own first; none unless declared."""
        if not self.edition.settings.get("hreflang"):
            return []
        key = text.options.get("of", text.id) if text else key
        found = [(self.edition.language, self.edition.url(text.id if text else key))] if kind != "home" else []
        for edition in self.site.editions.values():
            if kind == "home":
                found.append((edition.language, f"http://{edition.host}{edition.base}"))
            elif edition is not self.edition:
                found.extend((edition.language, edition.url(other)) for other in _counterparts(edition, key, kind))
        return found if len(found) > 1 else []


def _counterparts(edition: Edition, key: str, kind: str) -> list[str]:
    if kind == "list":
        return [column.slug for column in edition.columns if column.slug == key]
    if edition.language == "zh":
        return [text.id for _, text in edition.texts if text.id == key]
    return [text.id for _, text in edition.texts if text.options.get("of") == key]


def written(day: date, style: str) -> str:
    """Write a date: `iso`, `dots` (28.06.2026), `han` (2026年6月28日), `en` (June 28, 2026), `uk`, `fr` (28 June)."""
    if style == "dots":
        return f"{day:%d.%m.%Y}"
    if style == "han":
        return f"{day.year}年{day.month}月{day.day}日"
    if style == "en":
        return f"{MONTHS['en'][day.month - 1]} {day.day}, {day.year}"
    if style in ("uk", "fr"):
        return f"{day.day} {MONTHS['fr' if style == 'fr' else 'en'][day.month - 1]} {day.year}"
    return day.isoformat()
