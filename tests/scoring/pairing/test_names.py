import pytest

from scoring.pairing.names import NameFinder, arabic, foreign_names, korean, russian

FOUND = [
    ("en", "Mayor Cheng Wangshu met guests in Lanjiang.", "市长程望舒在澜江会见客人", {"chengwangshu", "lanjiang"}),
    ("en", "Leaders of Xi'an and Chóngqìng came.", "西安、重庆领导来访", {"xian", "chongqing"}),
    ("en", "The people of Shanxian planted trees.", "单县群众植树", {"shanxian"}),
    ("ru", "По словам министра Цуй Ванчуаня, озеро чистое.", "部长崔望川表示", {"цуйванчуань", "ванчуань"}),
    ("ru", "Гости приехали в Ланьцзян.", "客人来到澜江", {"ланьцзян"}),
    ("ko", "쑹링시는 베이위안성 동부에 있다.", "松岭市位于北原省东部", {"쑹링", "베이위안"}),
    ("ar", "زار الوفد مدينة تشونغتشينغ", "代表团访问重庆", {"تشنغتشنغ"}),
]


@pytest.mark.parametrize(("language", "foreign", "chinese", "names"), FOUND)
def test_a_chinese_name_is_found_in_the_spelling_of_the_language(
    language: str, foreign: str, chinese: str, names: set[str]
) -> None:
    assert names <= set(NameFinder(foreign_names(foreign, language), language).find(chinese))


def test_one_character_alone_is_no_name() -> None:
    assert list(NameFinder(["xian"], "en").find("县")) == []
    assert list(NameFinder(["xian"], "en").find("西安县")) == ["xian"]


def test_words_in_lower_case_and_words_that_spell_nothing_chinese_are_no_names() -> None:
    assert list(foreign_names("the women and men of Washington changed banana bread", "en")) == []


def test_syllables_follow_the_published_tables() -> None:
    assert [russian(syllable) for syllable in "xi zhuang hui lü er yuan".replace("ü", "v").split()] == [
        "си",
        "чжуан",
        "хуэй",
        "люй",
        "эр",
        "юань",
    ]
    assert [korean(syllable) for syllable in "song zhang xiang yuan qing shi zi".split()] == [
        "쑹",
        "장",
        "샹",
        "위안",
        "칭",
        "스",
        "쯔",
    ]
    assert arabic("jiang") == arabic("gang") == "غنغ"
