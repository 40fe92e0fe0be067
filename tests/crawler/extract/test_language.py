from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.language import canonical, identify, language_of, same_language, script_shares
from crawler.extract.page import Page

SENTENCES = {
    "en": "The municipal government published its annual work report on Monday.",
    "fr": "Le gouvernement municipal a publié lundi son rapport annuel de travail.",
    "de": "Die Stadtverwaltung hat am Montag ihren jährlichen Arbeitsbericht veröffentlicht.",
    "es": "El gobierno municipal publicó el lunes su informe anual de trabajo.",
    "pt": "O governo municipal publicou na segunda-feira o seu relatório anual de trabalho.",
    "it": "Il governo municipale ha pubblicato lunedì la sua relazione annuale di lavoro.",
    "vi": "Chính quyền thành phố đã công bố báo cáo công tác hàng năm vào thứ Hai.",
    "ru": "Городское правительство опубликовало в понедельник ежегодный отчёт о работе.",
    "uk": "Міський уряд опублікував у понеділок щорічний звіт про свою роботу.",
    "mn": "Хотын засаг захиргаа өнгөрсөн онд үзүүлсэн үйлчилгээний тухай мэдээлэл нийтлэв.",
    "kk": "Қала әкімдігі дүйсенбі күні жылдық жұмыс есебін жариялады.",
    "ar": "نشرت حكومة المدينة تقرير عملها السنوي يوم الاثنين.",
    "fa": "دولت شهر گزارش کار سالانه خود را روز دوشنبه منتشر کرد.",
    "ur": "شہری حکومت نے پیر کے روز اپنی سالانہ کارکردگی رپورٹ شائع کی ہے۔",
    "th": "รัฐบาลเทศบาลเผยแพร่รายงานการทำงานประจำปีเมื่อวันจันทร์",
    "ko": "시 정부는 월요일에 연례 업무 보고서를 발표했습니다.",
    "ja": "市政府は月曜日に年次活動報告書を発表しました。",
    "zh-Hans": "市政府星期一发布年度工作报告，总结过去一年的发展。",
    "zh-Hant": "市政府星期一發布年度工作報告，總結過去一年的發展。",
    "el": "Η κυβέρνηση της πόλης δημοσίευσε την ετήσια έκθεσή της.",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_in_its_language(language: str) -> None:
    assert identify(SENTENCES[language]) == language


def test_traditional_chinese_is_not_korean_and_kanji_between_kana_are_japanese() -> None:
    assert identify("繁體中文網頁的內容與簡體中文網頁相同") == "zh-Hant"
    assert identify("観光情報をお知らせします。市長挨拶はこちらです。") == "ja"


def test_chinese_that_is_the_same_in_both_scripts_is_just_chinese() -> None:
    assert identify("通知公告 人口 工作 大会 地名 天文 中文 上下 左右".replace("会", "典")) == "zh"


@pytest.mark.parametrize("text", ["", "   ", "2015-05-01 12:30", "News", "Home About", "市长", "!?…", "\u3000"])
def test_what_is_too_short_to_tell_is_undetermined(text: str) -> None:
    assert identify(text) == "und"


def test_the_same_text_gives_the_same_answer_whatever_was_asked_before() -> None:
    text = "Portal informativo sobre investimento e comércio"
    first = identify(text)
    for other in SENTENCES.values():
        identify(other)
    assert identify(text) == first


def test_headlines_in_capitals_are_read() -> None:
    assert identify("THE MUNICIPAL GOVERNMENT HAS PUBLISHED ITS ANNUAL WORK REPORT") == "en"


def test_decomposed_vietnamese_is_vietnamese() -> None:
    assert identify(unicodedata.normalize("NFD", SENTENCES["vi"])) == "vi"


def test_an_english_page_with_a_fifth_of_chinese_names_is_english() -> None:
    text = (SENTENCES["en"] + "\n") * 5 + "联系电话地址邮编首页" * 2
    assert 0.15 < dict(script_shares(text))["Hani"] < 0.4
    assert identify(text) == "en"


def test_a_chinese_page_under_an_english_menu_is_chinese() -> None:
    assert identify("Home\nAbout us\nServices\nContact\n" + SENTENCES["zh-Hans"] * 2) == "zh-Hans"


def test_code_listings_do_not_make_a_chinese_manual_english() -> None:
    listing = "\n".join(f"private final String name{n} = config.getString(KEY_{n});" for n in range(40))
    text = f"{SENTENCES['zh-Hans']}\n{listing}\n{SENTENCES['zh-Hans']}"
    assert dict(script_shares(text))["Latn"] > 0.5
    assert identify(text) == "zh-Hans"


def test_shares_count_a_han_character_as_one_and_a_word_as_one_and_a_half() -> None:
    assert script_shares("北京市 Beijing city") == (("Hani", 0.5), ("Latn", 0.5))
    assert script_shares("Москва 北京市政府 X") == (("Hani", 0.625), ("Cyrl", 0.1875), ("Latn", 0.1875))
    assert script_shares("ソウル 서울 kr") == (("Kana", 0.4615), ("Hang", 0.3077), ("Latn", 0.2308))


def test_text_without_letters_has_no_shares() -> None:
    assert script_shares("2015-05-01 — 12:30") == ()


def test_a_word_with_an_accent_or_an_apostrophe_is_one_word() -> None:
    assert script_shares("l'été 北京市") == (("Hani", 0.6667), ("Latn", 0.3333))


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_shares_are_parts_of_a_whole_largest_first_and_any_text_has_an_answer(text: str) -> None:
    shares = [share for _, share in script_shares(text)]
    assert shares == sorted(shares, reverse=True)
    assert not shares or abs(sum(shares) - 1) < 0.01
    assert identify(text) == identify(text)


def test_a_pages_language_is_told_by_content_while_its_tag_is_only_reported() -> None:
    page = Page(b'<html lang="en-US"><body>x', "http://e.gov.cn/", fetched=datetime(2015, 6, 1, tzinfo=UTC))
    fact = language_of(page, SENTENCES["zh-Hans"], SENTENCES["en"])
    assert (fact.body, fact.chrome, fact.declared) == ("zh-Hans", "en", "en-US")
    assert fact.share == (("Hani", 1.0),)
    assert fact.share_of("Latn") == 0.0


def test_a_page_without_a_language_tag_declares_none() -> None:
    page = Page(b'<html lang=" "><body>x', "http://e.gov.cn/", fetched=datetime(2015, 6, 1, tzinfo=UTC))
    assert language_of(page, "", "").declared is None


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        ("en", "en"), ("EN", "en"), ("eng", "en"), ("en-us", "en"), ("en_US", "en"), ("english", "en"),
        ("kr", "ko"), ("jp", "ja"), ("fra", "fr"), ("esp", "es"), ("vn", "vi"), ("ru", "ru"), ("deu", "de"),
        ("pt-br", "pt-BR"), ("pt_PT", "pt"), ("cn", "zh"), ("zh", "zh"),
        ("zh-cn", "zh-Hans"), ("zh_CN", "zh-Hans"), ("zh-hans", "zh-Hans"), ("zh-Hans-HK", "zh-Hans"),
        ("zh-tw", "zh-Hant"), ("zh-hk", "zh-Hant"), ("zh-hant-tw", "zh-Hant"), ("big5", "zh-Hant"), ("tw", "zh-Hant"),
        ("", None), (None, None), ("index", None), ("x-default", None), ("e n", None), ("en-", None), ("中文", None),
        ("a" * 40, None), ("xx", None),
    ],
)  # fmt: skip
def test_codes_as_found_in_the_wild_become_tags(code: str | None, tag: str | None) -> None:
    assert canonical(code) == tag


def test_chinese_is_one_language_in_either_script_and_undetermined_is_no_language() -> None:
    assert same_language("zh-Hans", "zh")
    assert same_language("pt-BR", "pt")
    assert not same_language("en", "fr")
    assert not same_language("und", "und")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A ocupar o último lugar do pódio, está a equipa da casa.", "pt"),
        ("Mas onde será que ele se escondeu?", "pt"),
        ("Ahora respondo a la demanda ocasional.", "es"),
        ("Enquiries regarding the visa office", "en"),
        ("衞生署提醒市民，綫上平台裏面設有多個展覽廳。", "zh-Hant"),
        ("國人赴海外旅遊前，請務必確認護照效期。", "zh-Hant"),
    ],
)
def test_a_short_sentence_is_told_from_its_neighbours(text: str, language: str) -> None:
    assert identify(text) == language
