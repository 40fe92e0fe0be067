"""Generated government sites with hundreds of pages a version, for figures that small sites cannot give.

Four sites whose versions differ in what indicators look at: how fresh the foreign pages are, how many Chinese articles
have a counterpart, how many carry no date, are not translated or lead nowhere. Columns are paged lists of twenty
entries with dates; articles name two others of their column. Always the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from generated_web import COLUMNS

from waiwen.demo import CUTOFF
from waiwen.demo.web import Answer, DemoWeb, page

A_LIST = 20  # entries
DAYS_APART = 4  # between two articles of a column, on the Chinese side


@dataclass(frozen=True)
class Shape:
    """One site. `behind` is the age of its newest foreign page in days; the shares are of foreign articles."""

    id: str
    name: str
    articles: int  # of the Chinese version
    translated: float  # the part of them that has a counterpart
    behind: int
    undated: float
    chinese_bodies: float
    dead: float  # entries of lists that lead nowhere

    @property
    def home(self) -> str:
        """The address of the Chinese home page."""
        return f"http://www.{self.id}.gov.example/"


SHAPES = (
    Shape("large1", "甲江市人民政府", 720, 0.60, 2, 0.02, 0.02, 0.01),
    Shape("large2", "乙江市人民政府", 600, 0.35, 20, 0.10, 0.10, 0.04),
    Shape("large3", "丙江市人民政府", 840, 0.25, 75, 0.25, 0.05, 0.10),
    Shape("large4", "丁江市人民政府", 480, 0.80, 140, 0.00, 0.30, 0.02),
)
_PLACES = "东山 南湖 西岭 北港 长桥 古塔 清泉 白石".split()
_NAMES = "Dongshan Nanhu Xiling Beigang Changqiao Guta Qingquan Baishi".split()
_ZH = (
    "{place}区召开第{n}次工作会议，研究部署{year}年重点任务。"
    "会议要求各部门改善服务，按期完成{n}项工程，方便市民和外国友人办事。"
)
_EN = (
    "{name} District held its {n}th working meeting on the main tasks of {year}. Departments were asked to improve "
    "their services and to finish {n} projects on time, for the people of the city and for its foreign guests. "
)


def roster() -> str:
    """The site list, as CSV."""
    rows = [f"{shape.id},{shape.name},prefecture,,{shape.home}" for shape in SHAPES]
    return "\n".join(["id,name,cohort,region,url", *rows]) + "\n"


def large_web() -> DemoWeb:
    """Build all sites."""
    answers: dict[tuple[str, str], Answer] = {}
    for shape in SHAPES:
        host = shape.home.split("/")[2]
        for path, html in _pages(shape):
            answers[host, path] = page(html.encode(), kind="text/html; charset=utf-8")
    return DemoWeb(answers)


@dataclass(frozen=True)
class _Article:
    number: int
    folder: str
    day: date
    stated: bool  # whether it carries its date
    chinese: bool  # whether its body is Chinese

    def path(self, prefix: str) -> str:
        return f"{prefix}/{self.folder}/t{100000 + self.number}.html"


def _pages(shape: Shape) -> Iterator[tuple[str, str]]:
    chance = Random(shape.id)  # noqa: S311 - the same web each time
    chinese, foreign = [], []
    for number in range(shape.articles):
        folder = COLUMNS[number % len(COLUMNS)][0]
        day = CUTOFF - timedelta(days=1 + DAYS_APART * (number // len(COLUMNS)))
        chinese.append(_Article(number, folder, day, stated=True, chinese=True))
        if chance.random() < shape.translated:
            stated, untranslated = chance.random() >= shape.undated, chance.random() < shape.chinese_bodies
            foreign.append(_Article(number, folder, day - timedelta(days=shape.behind), stated, untranslated))
    yield from _version(shape, chinese, "zh", "")
    yield from _version(shape, foreign, "en", "/en")


def _version(shape: Shape, articles: list[_Article], language: str, prefix: str) -> Iterator[tuple[str, str]]:
    chance = Random(f"{shape.id} {language}")  # noqa: S311
    newest = ""
    for folder, *names in COLUMNS:
        name = names[0 if language == "zh" else 1]
        own = [article for article in articles if article.folder == folder]
        newest += "".join(_row(article, language, prefix) for article in own[:2])
        count = max(1, -(-len(own) // A_LIST))
        for number in range(count):
            entries = ""
            for article in own[number * A_LIST : (number + 1) * A_LIST]:
                entries += _row(article, language, prefix)
                if chance.random() < shape.dead:
                    entries += f"<li><a href='gone{article.number}.html'>{_title(article, language)}</a></li>\n"
            ahead = f"<a href='index_{number + 1}.html'>Next</a>" if number + 1 < count else ""
            path = f"{prefix}/{folder}/" + (f"index_{number}.html" if number else "")
            yield path, _page(shape, language, prefix, name, f"<ul class='list'>{entries}</ul>{ahead}")
        for position, article in enumerate(own):
            near = "".join(_row(other, language, prefix) for other in own[position + 1 : position + 3])
            yield article.path(prefix), _page(shape, language, prefix, *_text(article, language, near))
    yield f"{prefix}/", _page(shape, language, prefix, shape.name, f"<ul class='list'>{newest}</ul>")


def _title(article: _Article, language: str) -> str:
    place = article.number % len(_PLACES)
    if language == "zh":
        return f"{_PLACES[place]}区召开第{article.number}次工作会议"
    return f"{_NAMES[place]} District holds its {article.number}th working meeting"


def _row(article: _Article, language: str, prefix: str) -> str:
    stated = f"<span class='date'>{article.day}</span>" if article.stated else ""
    return f"<li><a href='{article.path(prefix)}'>{_title(article, language)}</a>{stated}</li>\n"


def _text(article: _Article, language: str, near: str) -> tuple[str, str]:
    place = article.number % len(_PLACES)
    words = _ZH if language == "zh" or article.chinese else _EN
    filled = words.format(place=_PLACES[place], name=_NAMES[place], n=article.number, year=article.day.year)
    stated = f"<meta name='PubDate' content='{article.day} 09:00'>" if article.stated else ""
    return _title(article, language), f"{stated}<div class='content'><p>{filled * 4}</p></div><ul>{near}</ul>"


def _page(shape: Shape, language: str, prefix: str, title: str, body: str) -> str:
    name = 1 if language == "zh" else 2
    menu = "".join(f"<li><a href='{prefix}/{column[0]}/'>{column[name]}</a></li>" for column in COLUMNS)
    other = "<a href='/en/'>English</a>" if language == "zh" else "<a href='/'>中文</a>"
    return (
        f"<!DOCTYPE html><html lang='{language}'><head><meta charset='utf-8'><title>{title}</title></head><body>"
        f"<div class='header'>{other}<ul class='nav'>{menu}</ul></div><h1>{title}</h1>{body}"
        f"<div class='footer'><p>主办单位：{shape.name}</p></div></body></html>"
    )
