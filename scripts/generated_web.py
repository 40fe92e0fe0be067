"""A web of generated government sites, served from memory on loopback by a process of its own.

Every host of the form `sN.gov.example` is a site: a Chinese version at `/`, an English one at `/en/`, columns that
list articles by date, articles that link to others. Pages are rendered once and are the same on every host, so
that serving costs next to nothing and a benchmark measures the crawler. It answers as an HTTP proxy.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

COLUMNS = (
    ("news", "工作动态", "News"), ("policy", "政策法规", "Policies"), ("notices", "通知公告", "Notices"),
    ("about", "机构职能", "About Us"), ("leaders", "领导信息", "Leaders"), ("data", "统计数据", "Statistics"),
    ("invest", "投资指南", "Investment"), ("visa", "签证居留", "Visa"), ("travel", "旅游", "Travel"),
    ("living", "生活服务", "Living"), ("education", "教育", "Education"), ("faq", "常见问题", "FAQ"),
)  # fmt: skip
ROWS = 120  # links in the body of a page, beside thirty in its menus and its footer
NEWEST = date(2025, 11, 30)
_STYLE = "<style>" + "".join(f".c{n} li a{{color:#{n:03d};padding:{n}px 4px}}\n" for n in range(90)) + "</style>"
_WORDS = {
    "zh": "本市召开全市经济工作会议部署明年重点任务坚持稳中求进推动高质量发展",
    "en": "The city held its annual conference on economic work and set out the main tasks of the coming year. ",
}


class GeneratedWeb:
    """The pages of one site, `pages` in all, half of them English; each about 45 KB with 150 links."""

    def __init__(self, pages: int) -> None:
        self.pages: dict[str, bytes] = {}
        for language, prefix in (("zh", ""), ("en", "/en")):
            articles = [_article(prefix, number) for number in range(pages // 2 - len(COLUMNS) - 1)]
            self._add(f"{prefix}/", language, prefix, articles)
            for position, (folder, *_) in enumerate(COLUMNS):
                self._add(f"{prefix}/{folder}/", language, prefix, articles[position :: len(COLUMNS)])
            for number, path in enumerate(articles):
                ahead = (number * 37 + 1) % len(articles)
                self._add(path, language, prefix, (articles + articles)[ahead : ahead + ROWS])

    def _add(self, path: str, language: str, prefix: str, listed: list[str]) -> None:
        body = _page(path, language, prefix, listed[:ROWS]).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
        self.pages[path] = head.encode() + body

    @property
    def size(self) -> int:
        """Bytes of all answers."""
        return sum(map(len, self.pages.values()))


def _article(prefix: str, number: int) -> str:
    day = NEWEST - timedelta(days=number // 2)
    folder = COLUMNS[number % len(COLUMNS)][0]
    return f"{prefix}/{folder}/{day:%Y%m}/t{day:%Y%m%d}_{100000 + number}.html"


def _page(path: str, language: str, prefix: str, listed: list[str]) -> str:
    name = 1 if language == "zh" else 2
    menu = "".join(f'<li><a href="{prefix}/{column[0]}/">{column[name]}</a></li>' for column in COLUMNS)
    rows = "".join(
        f'<li class="row"><div class="t"><a href="{url}" target="_blank" title="{number}">'
        f"{_WORDS[language][:18]} {number} {url[-24:-5]}</a></div>"
        f"<span class='date'>2025-11-{number % 28 + 1:02d}</span></li>\n"
        for number, url in enumerate(listed)
    )
    text = "".join(
        f"<p class='MsoNormal'><span style='font-size:16px'>{_WORDS[language] * 4}</span></p>\n" for _ in range(40)
    )
    other = ("English", "/en/") if language == "zh" else ("中文", "/")
    return (
        f"<!DOCTYPE html><html lang='{language}'><head><meta charset='utf-8'><title>{path} - 某市人民政府</title>"
        f"{_STYLE}"
        f"<script>var page='{path}';{'function f(){return 1};' * 100}</script></head><body><div class='header'>"
        f"<div class='lang'><a href='{other[1]}'>{other[0]}</a></div><ul class='nav'>{menu}</ul></div>"
        f"<div class='wrap'><div class='crumbs'><a href='{prefix}/'>Home</a></div><h1>{path}</h1>"
        f"<div class='content'>{text}</div><ul class='list'>{rows}</ul></div><div class='footer'><ul>{menu}</ul>"
        "<p>主办单位：某市人民政府办公室 京ICP备00000000号</p></div></body></html>"
    )


_NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nnot found"


class _Connection(asyncio.Protocol):
    """One kept-alive connection; requests hold no body."""

    def __init__(self, web: GeneratedWeb) -> None:
        self._web = web
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while b"\r\n\r\n" in self._read:
            head, _, self._read = self._read.partition(b"\r\n\r\n")
            target = head.split(b" ", 2)[1].decode("latin-1")
            self._transport.write(self._web.pages.get(urlsplit(target).path, _NOT_FOUND))  # type: ignore[attr-defined]


async def _serve(pages: int) -> None:
    web = GeneratedWeb(pages)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(web), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], len(web.pages), web.size, flush=True)
    await server.serve_forever()


@contextmanager
def origin(pages: int) -> Iterator[tuple[str, int, float]]:
    """Serve sites of `pages` pages; yields the proxy's address, the pages of a site and their mean size in KB."""
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__)), "--pages", str(pages)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        port, count, size = map(int, process.stdout.readline().split())
        yield f"http://127.0.0.1:{port}", count, size / count / 1000
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, required=True)
    try:
        asyncio.run(_serve(parser.parse_args().pages))
    except KeyboardInterrupt:
        sys.exit(0)
