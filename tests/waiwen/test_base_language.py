"""A site list of another country: what is foreign is what is not the site's own language."""

import csv
import sys
from pathlib import Path

import pytest

from waiwen.workspace import open_workspace

sys.path.insert(0, str(Path(__file__).parents[1] / "crawler"))
from conftest import loopback  # noqa: F401 - the web on loopback of the crawler's tests

HOME = "http://www.rivers.gov.example/"
ROSTER = f"id,name,cohort,region,url,base_language\nrivers,Комитет рек,ministry,Север,{HOME},ru\n"
SWITCHES = '<a href="/">Русский</a> <a href="/en/">English</a> <a href="/zh/">中文</a>'

NEWS = {
    "ru": {
        "most.html": "8 мая открыто движение по мосту Северный. Его длина 1204 метра, стоимость 730 млн рублей. На "
        "церемонии открытия выступил мэр города, он поблагодарил строителей и пожелал всем безопасной дороги.",
        "pavodok.html": "12 мая уровень воды на гидрологическом посту Каменка достиг 634 сантиметров. Комитет просит "
        "жителей 27 сёл не выходить на лёд и следить за сообщениями о паводке, которые выходят каждые три часа.",
        "yarmarka.html": "В субботу 19 мая на набережной пройдёт ярмарка вакансий. Участвуют 48 работодателей, они "
        "предложат 2600 рабочих мест. Вход свободный, консультации юристов бесплатные весь день.",
    },
    "en": {
        "1.html": "The Severny bridge was opened to traffic on May 8. It is 1,204 metres long and cost 730 million "
        "roubles. The mayor of the city spoke at the ceremony, thanked the builders and wished everybody a safe trip.",
        "2.html": "On May 12 the water at the Kamenka gauge reached 634 centimetres. The committee asks the "
        "people of "
        "27 villages to keep off the ice and to follow the flood reports that appear every three hours of the day.",
        "3.html": "Visitors who come for the first time may ask at the river station for a map of the walks "
        "along the "
        "banks, for the hours of the boats and for a place where they can leave their bicycles for an afternoon.",
    },
    "zh": {
        "a.html": "5月8日，谢韦尔内大桥建成通车。大桥全长1204米，"
        "总投资7.3亿卢布。市长出席通车仪式并讲话，感谢全体建设者，"
        "祝愿大家出行平安。大桥设双向六车道，两侧有步行道，通车后群众过河不再绕行，两岸往来更加方便，欢迎广大市民前往参观。",
        "b.html": "5月12日，卡缅卡水文站水位达634厘米。委员会提醒27个村的居民不要到冰面上活动，"
        "密切关注每三小时发布一次的汛情通报，"
        "遇到险情请立即拨打值班电话，服从当地政府的统一安排，及时转移到安全地带，并照顾好家中的老人和孩子。",
        "c.html": "第一次来到这里的游客可以在河港领取沿岸步行路线图，了解游船班次，"
        "并寄存自行车。工作人员每天上午九点到下午五点值班，"
        "可以用中文回答问题，也可以代为预订附近的旅馆和餐厅，节假日照常开放，欢迎各国朋友前来观光游览。",
    },
}
FRAME = {"ru": "Комитет рек и озёр", "en": "Committee of Rivers and Lakes", "zh": "河湖委员会"}
ABOUT = {
    "ru": "Комитет отвечает за реки и озёра области, за мосты и причалы, за прогноз паводков и за безопасность "
    "на воде. "
    "Он публикует сводки о воде, объявления и документы, отвечает на письма жителей и принимает посетителей по будням.",
    "en": "The committee looks after the rivers and lakes of the region, its bridges and piers, flood forecasts and "
    "safety on the water. It publishes reports and notices, answers letters and receives visitors on working days.",
    "zh": "委员会负责全州的河流、湖泊、桥梁和码头，发布汛情预报，管理水上安全，"
    "公布水情公报、通知和文件，答复居民来信，"
    "工作日接待来访。外国朋友如有问题，可以来信或来电咨询，我们将尽快用中文答复，谢谢大家的关心和支持，欢迎常来。",
}


def document(language: str, title: str, body: str) -> str:
    return (
        f'<html lang="{language}"><head><meta charset="utf-8"><title>{title} - {FRAME[language]}</title></head><body>'
        f"<nav>{SWITCHES}</nav><h1>{title}</h1><div>{body}</div></body></html>"
    )


@pytest.fixture
def rivers(loopback, tmp_path):  # noqa: F811
    """A site in Russian with an English and a Chinese version; the addresses of their articles share nothing."""
    for language, news in NEWS.items():
        base = HOME if language == "ru" else f"{HOME}{language}/"
        links = " ".join(f'<a href="{base}{path}">{path}</a>' for path in news)
        loopback.page(base, document(language, FRAME[language], f"<p>{ABOUT[language]}</p>{links}"))
        for path, text in news.items():
            loopback.page(f"{base}{path}", document(language, FRAME[language], f"<p>{text}</p>"))
    (tmp_path / "sites.csv").write_text(ROSTER, encoding="utf-8")
    return loopback


def rows(tmp_path: Path, name: str) -> list[dict[str, str]]:
    with (tmp_path / "ws" / "reports" / "r" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_russian_site_is_audited_for_its_english_and_chinese_versions(waiwen, rivers, tmp_path):
    options = ("--round", "r", "--cutoff", "2026-06-30", "--delay", "0", "--max-pages", "20", "--workers", "1")
    folder = ("--workspace", tmp_path / "ws", "--proxy", rivers.proxy)
    code, _, told = waiwen("audit", tmp_path / "sites.csv", *folder, *options)
    assert code == 0, told
    found = {v.language: v.verdict.value for v in open_workspace(tmp_path / "ws").archive.versions("r", "rivers")}
    assert found == {"en": "real", "zh": "real"}
    pairs = {
        (row["foreign_url"].removeprefix(HOME), row["chinese_url"].removeprefix(HOME))
        for row in rows(tmp_path, "pairs.csv")
    }
    assert {("en/1.html", "most.html"), ("en/2.html", "pavodok.html")} <= pairs
    assert {("zh/a.html", "most.html"), ("zh/b.html", "pavodok.html")} <= pairs
    assert {("en/3.html", ""), ("zh/c.html", "")} <= pairs
    measured = {(row["language"], row["indicator"]): row for row in rows(tmp_path, "measurements.csv")}
    assert measured["zh", "untranslated_share"]["value"] in ("0", "0.0")
    assert {measured[language, "identity_footer"]["outcome"] for language in ("en", "zh")} == {"not_applicable"}
