import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.pairing.figures import figures_and_days, folded

SCALED = [
    ("zh", "进出口总值1483亿元", "148300000000"),
    ("zh", "总产值3.86万亿元", "3860000000000"),
    ("zh", "常住人口4720万人", "47200000"),
    ("en", "reached 148.3 billion yuan", "148300000000"),
    ("en", "47.2 million residents", "47200000"),
    ("en", "covers 163,000 square kilometres", "163000"),
    ("ru", "внешняя торговля на 148,3 млрд юаней", "148300000000"),
    ("ru", "площадь 163 000 кв. км", "163000"),
    ("ja", "面積は2万6千平方キロ", "26000"),
    ("ja", "1億2000万円", "120000000"),
    ("ko", "2만 6천 제곱킬로미터", "26000"),
    ("fr", "1 234 millions de yuans", "1234000000"),
    ("es", "3,5 mil millones de yuanes", "3500000000"),
    ("de", "1.234,5 Mio. Yuan", "1234500000"),
    ("ar", "بلغت ٢٥٠ مليون يوان", "250000000"),
    ("zh", "装机容量811兆瓦", "811"),
    ("zh", "預算2兆元", "2000000000000"),
    ("ja", "予算は2兆円", "2000000000000"),
    ("ar", "بقدرة 811 ميغاواط", "811"),
    ("zh", "三个工作日", "3"),
    ("en", "within three days", "3"),
    ("zh", "电话：0399-5500066", "5500066"),
    ("en", "call +86-399-550-0066", "5500066"),
]


@pytest.mark.parametrize(("language", "text", "figure"), SCALED)
def test_a_figure_is_one_in_every_language(language: str, text: str, figure: str) -> None:
    assert figures_and_days(folded(text), language) == ([figure], [])


DAYS = [
    ("zh", "6月18日"),
    ("zh", "2026-06-18"),
    ("ja", "6月18日"),
    ("ko", "6월 18일"),
    ("en", "June 18"),
    ("en", "on 18th June, 2026"),
    ("en", "Jun. 18, 2026"),
    ("ru", "18 июня"),
    ("ru", "18.06.2026"),
    ("fr", "le 18 juin"),
    ("es", "el 18 de junio"),
    ("de", "am 18. Juni"),
    ("ar", "في ١٨ يونيو"),
]


@pytest.mark.parametrize(("language", "text"), DAYS)
def test_a_day_is_one_in_every_language(language: str, text: str) -> None:
    assert figures_and_days(folded(text), language)[1] == ["06-18"]


def test_the_may_of_permission_and_a_price_in_may_are_no_days() -> None:
    assert figures_and_days("Visitors may 5.5 per cent; May 3.5 billion", "en")[1] == []


def test_a_minute_of_the_clock_is_no_figure_but_a_full_hour_is() -> None:
    assert figures_and_days("Updated 10:25, from 22:00", "en")[0] == ["22"]


def test_chinese_numerals_that_list_digits_are_no_figures() -> None:
    assert figures_and_days("二〇二六年，百分之七十，第十二届", "zh")[0] == ["70", "12"]


@given(st.text(max_size=200), st.sampled_from("zh en ru ja ko fr ar es de xx".split()))
def test_no_text_breaks_the_reading(text: str, language: str) -> None:
    figures, days = figures_and_days(folded(text), language)
    assert all(figure for figure in figures) and all(len(day) == 5 for day in days)
