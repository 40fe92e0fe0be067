from __future__ import annotations

from datetime import UTC, datetime

from crawler.extract.columns import columns
from crawler.extract.page import Page

BAR = """<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/gk/jigou.html">机构概况</a></li>
<li><a href="/gk/xinwen.html">新闻资讯</a></li><li><a href="/gk/fuwu.html">在线服务</a></li></ul>
<div class="boxes">{}</div></div>"""
ARTICLES = "".join(
    f'<p><a href="/show?id={n}">关于{n}月份开展全市安全生产大检查工作的通知</a></p>' for n in range(1, 8)
)


def page(body: str) -> Page:
    return Page(
        f"<body>{body}</body>".encode(), "http://www.linhai.gov.example/", fetched=datetime(2025, 12, 1, tzinfo=UTC)
    )


def found(body: str) -> list[tuple[str, str | None]]:
    return [(column.name, column.type) for column in columns(page(body))]


def panel(name: str, *entries: str) -> str:
    links = "".join(f'<span><a href="/list?id={name}{n}">{entry}</a></span>' for n, entry in enumerate(entries))
    return f'<div id="panel-{name}">{links}<div>{ARTICLES}</div></div>'


def test_panels_that_hang_under_a_bar_give_their_columns_without_their_articles() -> None:
    panels = [panel("jigou", "主要职责", "内设机构"), panel("xinwen", "部门动态"), panel("fuwu", "办事指南")]
    names = [name for name, _ in found(BAR.format("".join(panels)))]
    assert names == ["首页", "机构概况", "主要职责", "内设机构", "新闻资讯", "部门动态", "在线服务", "办事指南"]


def test_a_columns_panel_tells_what_an_unknown_name_in_it_is_about() -> None:
    panels = [panel("jigou", "天镜"), panel("xinwen", "部门动态"), panel("fuwu", "办事指南")]
    assert ("天镜", "organisation") in found(BAR.format("".join(panels)))


def test_short_titles_with_the_address_of_articles_are_no_columns() -> None:
    short = '<a href="/show?id=99">主要职责</a>'
    panels = [f'<div id="panel-{name}">{short}{ARTICLES}</div>' for name in ("jigou", "xinwen", "fuwu")]
    assert "主要职责" not in [name for name, _ in found(BAR.format("".join(panels)))]


def entries(folder: str, many: int = 4) -> str:
    return "".join(
        f'<li><a href="{folder}2025/t{n}.html">第{n}批稳外贸政策措施落地见效情况通报</a></li>' for n in range(many)
    )


def test_a_heading_over_entries_of_its_own_folder_is_a_column_whatever_it_is_called() -> None:
    assert found(f'<div><h2><a href="/lianbo/">海天联播</a></h2><ul>{entries("/lianbo/")}</ul></div>') == [
        ("海天联播", None)
    ]


def test_a_heading_over_entries_of_other_folders_and_the_sites_name_are_none() -> None:
    assert found(f'<div><h2><a href="/lianbo/">海天联播</a></h2><ul>{entries("/news/")}</ul></div>') == []
    assert found(f'<div><h1><a href="/">临海政府</a></h1><ul>{entries("/")}</ul></div>') == []


GAZETTE = '<a href="/gongbao/">政府公报</a>|<a href="/xxgk/">政府信息公开</a>|<a href="/fagui/">规章库</a>'


def test_short_links_that_stand_together_alone_are_columns_where_most_names_are_known() -> None:
    assert [name for name, _ in found(f"<div>{GAZETTE}</div>")] == ["政府公报", "政府信息公开", "规章库"]


def test_a_path_to_the_page_and_links_within_words_are_no_block_of_columns() -> None:
    assert found(f"<div>{GAZETTE.replace('|', '&gt;')}</div>") == []
    assert found(f"<div>另见 {GAZETTE}</div>") == []
    assert found(f'<div class="footer">{GAZETTE}</div>') == []


def test_links_to_several_hosts_or_to_articles_are_no_block_of_columns() -> None:
    assert found(f"<div>{GAZETTE.replace('/xxgk/', 'http://www.zhonghai.gov.example/xxgk/')}</div>") == []
    assert found(f"<div>{GAZETTE.replace('/xxgk/', '/xxgk/t20251103_12.html')}</div>") == []
