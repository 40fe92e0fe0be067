import pytest

from scoring.pairing.glossary import glossary_of, hanja_readings

SAMPLES = [
    ("en", "The State Council issued a notice on sister cities.", {"国务院", "通知", "友好城市"}),
    ("ru", "Министр встретился с послом Монголии; подписан меморандум.", {"部长", "会见", "大使", "蒙古国", "备忘录"}),
    ("ja", "外資系企業を支える補助金", {"外资企业", "补贴"}),
    ("ko", "외국인투자기업 보조금", {"外资企业", "补贴"}),
    ("fr", "Le ministre a signé un mémorandum avec une ville jumelée.", {"部长", "备忘录", "友好城市"}),
    ("ar", "وقع الوزير مذكرة تفاهم مع مدينة صديقة", {"签署", "部长", "谅解备忘录", "友好城市"}),
    ("es", "El alcalde inauguró la feria de empleo.", {"市长", "招聘会"}),
    ("de", "Der Bürgermeister eröffnete die Messe; die Autobahn ist fertig.", {"市长", "博览会", "高速公路"}),
]


@pytest.mark.parametrize(("language", "text", "terms"), SAMPLES)
def test_a_foreign_text_names_the_terms_in_any_form_of_the_word(language: str, text: str, terms: set[str]) -> None:
    assert terms <= set(glossary_of(language).foreign(text))


def test_a_chinese_text_names_long_terms_and_those_within_them() -> None:
    assert list(glossary_of("en").chinese("副市长出席")) == ["副市长", "市长"]


def test_a_chinese_term_of_one_character_is_named_as_often_as_it_stands() -> None:
    assert list(glossary_of("en").chinese("竹海与竹器")) == ["竹", "竹"]


def test_there_are_terms_enough() -> None:
    assert len(glossary_of("en").terms) >= 300
    assert all(len(glossary_of(language).terms) >= 200 for language in "ru ja ko fr ar es de".split())
    assert not glossary_of("th").terms


def test_korean_readings_are_single_syllables_of_single_characters() -> None:
    readings = hanja_readings()
    assert readings["政"] == ("정",)
    assert all(len(char) == 1 and all("가" <= syllable <= "힣" for syllable in read) for char, read in readings.items())
