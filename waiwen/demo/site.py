"""A demonstration site as its files describe it: settings (site.yaml) and the texts of each edition (LANGUAGE.txt)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from waiwen.demo.content import Column, Text, parse, parse_pool

SITES = Path(__file__).parent / "sites"


@dataclass(frozen=True)
class Edition:
    """One language edition: its settings and columns. The column `home` holds the home page's own text."""

    language: str
    settings: Mapping[str, Any]
    columns: tuple[Column, ...]

    @property
    def host(self) -> str:
        """The host that it stands on."""
        return str(self.settings["host"])

    @property
    def base(self) -> str:
        """The path of its home page, `/` or `/en/`."""
        return str(self.settings.get("base", "/"))

    @property
    def home(self) -> str:
        """The path where the home page's content stands; differs from `base` behind a gateway."""
        gateway = self.settings.get("gateway")
        return str(gateway["home"]) if gateway else self.base

    @cached_property
    def paths(self) -> dict[str, str]:
        """Path of each text by id, and of each column by slug."""
        paths = {column.slug: self._column_path(column) for column in self.columns}
        for column, text in self.texts:
            if text.id in paths:
                raise ValueError(f"{self.host}: the id {text.id} is used twice")
            paths[text.id] = self._text_path(column, text)
        return paths

    @property
    def texts(self) -> Iterator[tuple[Column, Text]]:
        """Every text with its column, in file order."""
        return ((column, text) for column in self.columns for text in column.texts)

    def _column_path(self, column: Column) -> str:
        if column.slug == "home":
            return self.home
        return self.base + str(self.settings.get("column", "{slug}/")).format(slug=column.slug)

    def _text_path(self, column: Column, text: Text) -> str:
        day = text.published[:10]
        pattern = text.options.get("path") or str(self.settings.get("article", "{slug}/{id}.html"))
        return self.base + pattern.format(
            slug=column.slug, id=text.id, ymd=day.replace("-", ""), ym=day[:7].replace("-", "")
        )

    def url(self, key: str) -> str:
        """Return the absolute address of a text or column."""
        return f"http://{self.host}{self.paths[key]}"


@dataclass(frozen=True)
class DemoSite:
    """A site: its settings and its editions by language, Chinese first."""

    id: str
    settings: Mapping[str, Any]
    editions: Mapping[str, Edition]


def read_yaml(path: Path) -> Any:
    """Read one YAML 1.2 file."""
    return YAML(typ="safe", pure=True).load(path.read_text("utf-8"))


def read_sites() -> list[DemoSite]:
    """Read every site under `sites/`, by id."""
    pools = {path.suffixes[0][1:]: parse_pool(path.read_text("utf-8")) for path in sorted(SITES.glob("shared.*.txt"))}
    return [_read_site(path.parent, pools) for path in sorted(SITES.glob("*/site.yaml"))]


def _read_site(folder: Path, pools: Mapping[str, Mapping[str, Text]]) -> DemoSite:
    settings = read_yaml(folder / "site.yaml")
    editions = {}
    for language, own in settings.get("editions", {}).items():
        source = (folder / f"{language}.txt").read_text("utf-8")
        columns = parse(source, pools.get(language, {}), settings.get("words", {}))
        editions[language] = Edition(language, own, tuple(columns))
    _leave_in_chinese(editions)
    return DemoSite(folder.name, settings, editions)


def _leave_in_chinese(editions: Mapping[str, Edition]) -> None:
    """Give the texts marked `body=zh` the Chinese text that they should translate (`of=`)."""
    chinese = {text.id: text for _, text in editions["zh"].texts} if "zh" in editions else {}
    for edition in editions.values():
        for _, text in edition.texts:
            if text.options.get("body") == "zh":
                text.lines = chinese[text.options["of"]].lines
