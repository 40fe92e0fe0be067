"""What is odd about some demonstration sites: firewalls, an endless calendar, downloads."""

from __future__ import annotations

from urllib.parse import parse_qs

from waiwen.demo.web import NOT_FOUND, Answer, Dynamic, page

# After the two kinds of challenge that crawlers meet: a refusal with a status of its own, and a 200 whose page
# is nothing but a script that sets a cookie and loads the page again. The script here does nothing harmful.
REFUSAL = b"""<!DOCTYPE html><html><head><meta charset="utf-8"><title></title></head><body>
<script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=41827;$_ts.cd="qEqmrrAl";</script></body></html>"""

CHALLENGE = b"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta content="rv1Pq0" id="c7ZxW2aF" r="m">
<!--[if lt IE 9]><script r='m'>document.createElement("section")</script><![endif]-->
<script type="text/javascript" r='m'>
$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=90173;$_ts.cd="qhqErrAlDGVHrsVTxqLWqAVTqGqWqGqmqcqErk9l3A";
(function(){var _$a="__jsl_clearance_s=1782777600.113|0|demo%3D";document.cookie=_$a+";Max-age=3600;path=/";
setTimeout(function(){location.href=location.pathname+location.search},1500);})();</script></head><body></body></html>"""

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)

# The first bytes of an OLE2 file and of pictures: enough to be told by content, too little to open.
SIGNATURES = {
    "doc": ("application/msword", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)),
    "pdf": ("application/pdf", PDF),
    "jpg": ("image/jpeg", b"\xff\xd8\xff\xd9"),
    "gif": ("image/gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
}


def wall(kind: str) -> Answer:
    """Return what a firewall answers to every request: `412`, or `challenge` with status 200."""
    if kind == "412":
        return page(REFUSAL, status=412, kind="text/html; charset=utf-8")
    if kind == "challenge":
        return page(CHALLENGE, kind="text/html; charset=utf-8")
    raise ValueError(f"no such wall: {kind}")


def download(path: str) -> Answer:
    """Return a tiny file of the kind that the path's ending names."""
    kind, body = SIGNATURES[path.rpartition(".")[2]]
    return page(body, kind=kind)


def calendar(path: str, title: str) -> Dynamic:
    """Return a calendar that always offers one month more (`?month=2026-07`), as crawlers' traps do."""

    def month_page(query: str) -> Answer:
        asked = parse_qs(query).get("month", ["2026-06"])[0]
        year, _, month = asked.partition("-")
        if not (year.isdecimal() and month.isdecimal() and len(year) == 4 and 1 <= int(month) <= 12):
            return NOT_FOUND
        before, after = _shifted(int(year), int(month), -1), _shifted(int(year), int(month), 1)
        days = "".join(f"<td>{day}</td>" + ("</tr><tr>" if day % 7 == 0 else "") for day in range(1, 29))
        html = (
            f'<html lang="en"><head><meta charset="utf-8"><title>{title} {asked}</title></head><body><h1>{title}</h1>'
            f"<table><tr>{days}</tr></table><p>No events are announced for {asked}.</p>"
            f'<p><a href="{path}?month={before}">Previous month</a> <a href="{path}?month={after}">Next month</a></p>'
            "</body></html>"
        )
        return page(html.encode(), kind="text/html; charset=utf-8")

    return month_page


def _shifted(year: int, month: int, by: int) -> str:
    """Return the month `by` months away as YYYY-MM, the years going round within 1..9999."""
    months = year * 12 + month - 1 + by
    return f"{(months // 12 - 1) % 9999 + 1:04d}-{months % 12 + 1:02d}"
