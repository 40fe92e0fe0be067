import pytest

from waiwen.demo.content import blocks, inline, parse, parse_pool

POOL = parse_pool("## flood | {place} prepares\nOn {day} the rain came.\n")


def as_is(reference: str) -> str:
    return reference


def test_columns_and_texts_are_read_in_order() -> None:
    columns = parse(
        "# news | News | 工作动态\nIntro\n## 1 | A title | 2026-06-01 09:00 | of=7\nBody\n# faq | FAQ |\n", {}, {}
    )

    assert [(c.slug, c.name, c.type, c.lines) for c in columns] == [
        ("news", "News", "工作动态", ["Intro"]),
        ("faq", "FAQ", "", []),
    ]
    text = columns[0].texts[0]
    assert (text.id, text.title, text.published, text.options, text.lines) == (
        "1", "A title", "2026-06-01 09:00", {"of": "7"}, ["Body"],
    )  # fmt: skip


def test_a_shared_text_is_filled_with_the_sites_words_and_the_texts_options() -> None:
    text = parse("# news | News |\n## 1 | =flood | 2026-06-01 09:00 | day=June_1", POOL, {"place": "Yunhe"})[0].texts[0]

    assert text.title == "Yunhe prepares"
    assert text.lines == ["On June 1 the rain came."]


def test_an_unknown_placeholder_is_an_error_so_that_none_reaches_a_page() -> None:
    with pytest.raises(KeyError):
        parse("# news | News |\n## 1 | =flood | 2026-06-01 09:00", POOL, {"place": "Yunhe"})


def test_an_undated_text_has_no_day_and_comes_last() -> None:
    column = parse("# n | N |\n## 1 | Undated |\n## 2 | Dated | 2026-06-01 09:00", {}, {})[0]

    assert [(text.id, text.day is None) for text in column.newest_first] == [("2", False), ("1", True)]


def test_markup_in_a_text_is_escaped_and_links_are_made() -> None:
    line = inline("<b> & [a form](/files/a.pdf?x=1&y=2)", as_is)

    assert line == '&lt;b&gt; &amp; <a href="/files/a.pdf?x=1&amp;y=2">a form</a>'


def test_lines_of_one_kind_make_one_block() -> None:
    found = [
        (kind, len(contents)) for kind, contents in blocks(["p", "- a", "- b", "| x | y |", "### h", "@mailbox"], as_is)
    ]

    assert found == [("p", 1), ("ul", 2), ("table", 1), ("h3", 1), ("@mailbox", 0)]
