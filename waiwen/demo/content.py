"""The text format of the demonstration's contents, and its rendering to HTML.

    # news | News | 工作动态              a column: slug, name, column type (may be empty)
    Text before the first ## is the column page's own.
    ## 101 | Title | 2026-06-28 09:12 | of=101 source=...     a page: id, title, date (may be empty), options
    A line a paragraph; `### heading`, `- item`, `| cell | cell`, `[text](href)`, `@form` lines.

A title `=key` takes title and text from the pool of texts that sites share (`\\=` is a plain sign).
`{place}` and the like are filled in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup, escape

LINK = re.compile(r"\[([^\]\n]{1,200})\]\(([^)\s]{1,200})\)")
OPTION = re.compile(r"(\w+)=(\S+)")
BAR = re.compile(r" \|(?: |$)")
PLACEHOLDER = re.compile(r"\{(\w+)\}")

# Characters that a text file should not hold as they are.
SPECIAL = {"ESC": "\x1b", "BEL": "\x07", "RLO": "\u202e"}


@dataclass
class Text:
    """One page of text. `published` is `YYYY-MM-DD HH:MM`, or empty on an undated page."""

    id: str
    title: str
    published: str
    options: dict[str, str]
    lines: list[str] = field(default_factory=list)

    @property
    def day(self) -> date | None:
        """The publication date, None on an undated page."""
        return date.fromisoformat(self.published[:10]) if self.published else None


@dataclass
class Column:
    """A section of an edition: a list page with a text of its own before the list, either may be empty."""

    slug: str
    name: str
    type: str
    lines: list[str] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    @property
    def newest_first(self) -> list[Text]:
        """Its pages as a list page shows them: newest first, undated ones last in their order."""
        return sorted(self.texts, key=lambda text: text.published, reverse=True)


def parse_pool(source: str) -> dict[str, Text]:
    """Read a file of shared texts, by key; their placeholders stay for the sites to fill."""
    pool: dict[str, Text] = {}
    for line in source.splitlines():
        if line.startswith("## "):
            key, title = _fields(line[3:], 2)
            pool[key] = Text(key, title, "", {})
        elif line.strip():
            pool[key].lines.append(line.strip())
    return pool


def parse(source: str, pool: Mapping[str, Text], words: Mapping[str, str]) -> list[Column]:
    """Read a content file. `pool` holds shared texts by key, `words` what placeholders stand for."""
    columns: list[Column] = []
    lines: list[str] = []
    for line in source.splitlines():
        if line.startswith("# "):
            slug, name, kind = _fields(line[2:], 3)
            columns.append(Column(slug, name, kind))
            lines = columns[-1].lines
        elif line.startswith("## "):
            text = _text(line, pool, words)
            columns[-1].texts.append(text)
            lines = text.lines
        elif line.strip():
            lines.append(fill(line.strip(), words))
    return columns


def _text(line: str, pool: Mapping[str, Text], words: Mapping[str, str]) -> Text:
    name, title, published, rest = _fields(line[3:], 4)
    options = dict(OPTION.findall(rest))
    known = {**words, **options}
    if not title.startswith("="):
        return Text(name, fill(title.removeprefix("\\"), known), published, options)
    shared = pool[title[1:]]
    filled = [fill(line, known) for line in shared.lines]
    return Text(name, fill(shared.title, known), published, {**shared.options, **options}, filled)


def _fields(line: str, count: int) -> list[str]:
    """Split at `|` into `count` fields; missing ones are empty."""
    parts = [part.strip() for part in BAR.split(line, count - 1)]
    return parts + [""] * (count - len(parts))


def fill(line: str, words: Mapping[str, str]) -> str:
    """Replace `{word}` by what it stands for; an unknown word is a KeyError, so that none slips into a page."""
    return PLACEHOLDER.sub(lambda match: SPECIAL.get(match[1]) or words[match[1]].replace("_", " "), line)


def inline(line: str, address: Callable[[str], str]) -> Markup:
    """Escape a line and make its links. `address` resolves what stands in the brackets."""

    def link(match: re.Match[str]) -> str:
        return f'<a href="{escape(address(Markup(match[2]).unescape()))}">{match[1]}</a>'  # noqa: S704 - escaped below

    return Markup(LINK.sub(link, str(escape(line))))  # noqa: S704 - escaped above


def blocks(lines: list[str], address: Callable[[str], str]) -> Iterator[tuple[str, list[Markup]]]:
    """Yield (kind, contents) of a text's blocks: p, h3, ul, table or the name of a form (`@name`)."""
    items: list[Markup] = []
    kind = ""
    for line in [*lines, ""]:
        marker = {"- ": "ul", "| ": "table"}.get(line[:2], "")
        if items and marker != kind:
            yield kind, items
            items = []
        kind = marker
        if marker == "ul":
            items.append(inline(line[2:], address))
        elif marker == "table":
            items.extend(_cells(line, address))
        elif line.startswith("### "):
            yield "h3", [inline(line[4:], address)]
        elif line.startswith("@"):
            yield line, []
        elif line:
            yield "p", [inline(line, address)]


def _cells(line: str, address: Callable[[str], str]) -> list[Markup]:
    cells = [inline(cell.strip(), address) for cell in line.strip("| ").split(" | ")]
    return [Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(cell) for cell in cells))]
