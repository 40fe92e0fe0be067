import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.residue import residue

SENTENCE = "The city government published its report."


def test_words_left_in_chinese_are_found_where_they_stand() -> None:
    text = f"{SENTENCE}\n市政府今天召开会议，部署工作。\n{SENTENCE}"
    (left,) = residue(text, "en")
    assert text[left.start : left.end] == left.text == "市政府今天召开会议，部署工作"
    assert not left.is_gloss


@pytest.mark.parametrize("text", ["The Yangtze (长江) is long.", "It is called “长江” there.", "Yangtze （ 长江 ）"])
def test_a_name_in_brackets_or_quotes_is_a_gloss(text: str) -> None:
    (left,) = residue(text, "en")
    assert (left.text, left.is_gloss) == ("长江", True)


def test_a_sentence_in_brackets_is_no_gloss() -> None:
    (left,) = residue("The notice (关于进一步做好全市外国人服务管理工作的通知) says so.", "en")
    assert not left.is_gloss


def test_nothing_is_left_over_in_chinese_or_where_the_language_is_not_known() -> None:
    assert residue("市政府今天召开会议", "zh-Hans") == residue("市政府今天召开会议", "und") == ()


def test_hanja_words_are_found_in_korean_and_a_single_sign_is_nothing() -> None:
    assert [left.text for left in residue("시 정부는 회의를 열었다. 联系电话 한국어 中", "ko")] == ["联系电话"]


def test_of_a_japanese_text_only_lines_in_simplified_chinese_count() -> None:
    chinese, japanese = "市政府今天召开会议，部署防汛工作和安全检查", "国際観光都市計画推進委員会設置要綱"
    text = f"市政府は会議を開きました。\n東京都千代田区霞が関一丁目\n{chinese}\n{japanese}"
    assert [left.text for left in residue(text, "ja")] == [chinese]


@given(st.text(max_size=200), st.sampled_from(["en", "ja", "ko", "ru"]))
def test_offsets_always_hold_the_text(text: str, language: str) -> None:
    assert all(text[left.start : left.end] == left.text for left in residue(text, language))
