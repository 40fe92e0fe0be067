import re

import pytest

from crawler import failures
from crawler.blocked import advice
from crawler.extract.glossary import glossary
from crawler.model import Failure, Verdict
from crawler.verdict import _DEAD, _UNSEEN
from scoring.chinese.sentences import TABLES, _table, in_chinese, word_in_chinese
from scoring.pairing.declared import STRENGTH
from scoring.pairing.kinds import KINDS
from scoring.registry import registry
from scoring.reports.wording import LANGUAGES
from scoring.ruleset.loading import default_rules_path, load_rules
from scoring.unranked import SENTENCES

SLOT = re.compile(r"\{(\w+)\}")
PATTERNS = [pair for table in TABLES for pair in _table(table).items()]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("the newest page is dated 2026-06-01", "最新页面的日期为2026-06-01"),
        (
            "the visa pages tell 1 of 3: application; not found: residence, lost passport",
            "签证页面写明了3项中的1项：申请；未找到：居留、护照遗失",
        ),
        (
            "3 of 6 core articles of the Chinese version have a translated counterpart: laws 0 of 2, news 3 of 4; "
            "not found in translation: 防汛通知, 公告 ... (95% interval 19% to 81%; of those dated 2025-10-31 to "
            "2026-10-24 that the crawl took)",
            "中文版6篇核心文章中有3篇有译文：法规0/2、新闻3/4；未找到译文：防汛通知, 公告 ...（95%置信区间19%至81%；"
            "取采集到的2025-10-31至2026-10-24的文章）",
        ),
        ("It is a single page; nothing stands behind it.", "只有一个页面，没有下级内容。"),
        (
            "foreign versions could not be looked for: its home page could not be read (blocked: challenge page "
            "(answered 412))",
            "未能查找外文版：无法读取网站首页（被拦截：验证页面（返回412））",
        ),
        (
            "11 of 13 page bodies are Chinese (85%), under a foreign label.",
            "13个页面正文中有11个为中文（85%），却标为外文。",
        ),
    ],
)
def test_a_sentence_is_told_in_chinese_with_its_figures(english, chinese):
    assert in_chinese(english) == chinese


@pytest.mark.parametrize("sentence", ["", ".", "an analyst's own words", "the newest page is dated yesterday"])
def test_a_sentence_that_no_table_knows_has_no_chinese(sentence):
    assert in_chinese(sentence) is None


def test_a_site_s_own_words_are_copied_as_they_are():
    hostile = "=cmd()<script>alert(1)</script>{n}\\1"
    assert in_chinese(f"“{hostile}” opens") == f"“{hostile}”可以打开"


def test_words_that_look_like_many_sentences_in_one_come_to_an_end():
    assert in_chinese("; also seen: ".join(["x (a: b), y"] * 200) + "; and z") is None


@pytest.mark.parametrize(("english", "chinese"), PATTERNS)
def test_a_pattern_keeps_all_that_it_takes(english, chinese):
    assert set(SLOT.findall(chinese)) <= set(SLOT.findall(english))
    dropped = {slot for slot in SLOT.findall(english) if slot not in SLOT.findall(chinese)}
    assert not dropped or english.startswith("A machine-translation service"), dropped
    assert "。。" not in chinese
    assert not english.endswith(".")


SAMPLES = {
    "n": ("7", "7"),
    "day": ("2026-01-02", "2026-01-02"),
    "url": ("https://en.example.cn/a b", "https://en.example.cn/a b"),
    "id": ("days_since_update", "days_since_update"),
    "text": ("Ω", "Ω"),
    "word": ("visa", "签证"),
    "words": ("visa, none", "签证、无"),
    "note": ("no captured page carries a usable date", "已采集页面均无可用日期"),
    "notes": ("visa 1 of 2, laws 0 of 3", "签证1/2、法规0/3"),
}


def filled(pattern, side):
    return SLOT.sub(lambda slot: SAMPLES[slot[1].rstrip("0123456789")][side], pattern)


@pytest.mark.parametrize(("english", "chinese"), PATTERNS)
def test_no_pattern_stands_in_the_way_of_another(english, chinese):
    assert in_chinese(filled(english, 0)) == filled(chinese, 1)


def test_every_verdict_failure_and_advice_reads_in_chinese():
    said = [f"the en version {sentence}" for sentence in SENTENCES.values()]
    said += [*_DEAD.values(), *_UNSEEN.values(), *(told for *_, told in failures._SENTENCES)]
    said += [advice(kind, "", status) for kind in Failure for status in (404, 500, 403)]
    assert [sentence for sentence in said if in_chinese(sentence) is None] == []
    assert set(Verdict) - set(SENTENCES) == {Verdict.REAL}


def test_the_gates_of_the_bundled_rules_read_in_chinese():
    for gate in load_rules(default_rules_path(), registry()).gates:
        fired = f"{gate.reason} (the newest page is dated 2024-01-01; {gate.indicator} is 3, the gate fires from 2)"
        assert in_chinese(fired) is not None, gate.reason


def test_a_word_without_chinese_is_empty():
    assert (word_in_chinese("laws"), word_in_chinese("nosuch")) == ("法规", "")


def test_every_language_that_pages_name_has_its_word():
    assert {tag for tag in LANGUAGES if not word_in_chinese(tag)} == set()


def test_every_cue_of_a_pair_and_every_type_of_column_has_its_word():
    cues = {*STRENGTH, *KINDS, "title", "dates", "article number"}
    assert [word for word in sorted(cues | {*glossary().whole.values()}) if not word_in_chinese(word)] == []
