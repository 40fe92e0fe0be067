from dataclasses import replace

from crawler.discovery import candidates, guesses
from crawler.extract.facts import Alternate, Charset, Language, PageFacts
from crawler.model import Candidate

SITE = "http://www.yiwu.gov.cn/"
ENGLISH = "http://www.yiwu.gov.cn/english/"
LINK = Candidate("en", ENGLISH, "English", "link")


HOME = PageFacts(SITE, "Yiwu", Charset("utf-8", "utf-8"), Language("zh", "zh", (), None))


def test_what_the_roster_declares_comes_first_and_a_version_comes_once() -> None:
    home = replace(
        HOME,
        versions=(
            Candidate("en", "https://yiwu.gov.cn/english/index.html", "English", "link"),
            Candidate("ko", "http://kr.yiwu.gov.cn/", "한국어", "link"),
            Candidate("en", SITE + "#widget", "", "widget"),
        ),
        alternates=(
            Alternate("kr", "http://kr.yiwu.gov.cn/index.html", "alternate"),
            Alternate("zh-CN", SITE, "alternate"),
            Alternate("x-default", SITE, "alternate"),
            Alternate("fr-FR", "http://www.yiwu.gov.cn/fr/", "alternative"),
        ),
    )
    found = candidates(home, declared=[("en", ENGLISH)], site_url=SITE)
    assert [(c.language, c.how, c.anchor) for c in found] == [
        ("en", "roster", "English"),
        ("ko", "hreflang", "한국어"),
        ("fr", "hreflang", ""),
        ("en", "widget", ""),
    ]
    assert found[0].url == ENGLISH


def test_a_second_place_of_a_language_is_kept_for_when_the_first_is_dead() -> None:
    other = Candidate("en", "http://english.yiwu.gov.cn/", "EN", "link")
    home = replace(HOME, versions=(LINK, other))
    assert candidates(home, site_url=SITE) == (LINK, other)


def test_traditional_chinese_is_no_foreign_version() -> None:
    tags = (Alternate("zh-TW", SITE + "big5/", "alternate"), Alternate("zh", SITE, "alternate"))
    home = replace(HOME, versions=(Candidate("zh-Hant", SITE + "tw/", "繁體", "link"),), alternates=tags)
    assert candidates(home, site_url=SITE) == ()


def test_guesses_are_the_usual_addresses_of_an_english_version() -> None:
    assert [guess.url for guess in guesses("http://www.yiwu.gov.cn/index.html")] == [
        "http://en.yiwu.gov.cn/",
        "http://english.yiwu.gov.cn/",
        "http://www.yiwu.gov.cn/en/",
        "http://www.yiwu.gov.cn/english/",
    ]
    assert {guess.how for guess in guesses(SITE)} == {"guess"}


def test_guesses_stay_within_what_is_the_sites_own() -> None:
    assert [guess.url for guess in guesses("https://seata.io/zh-cn/index.html")] == [
        "https://seata.io/en/",
        "https://seata.io/en-us/",
    ]
    assert [guess.url for guess in guesses("http://www.x.gov.cn/bureau/")] == [
        "http://www.x.gov.cn/bureau/en/",
        "http://www.x.gov.cn/bureau/english/",
    ]
    assert [guess.url for guess in guesses("http://127.0.0.1:8000/")] == [
        "http://127.0.0.1:8000/en/",
        "http://127.0.0.1:8000/english/",
    ]
    assert guesses("http://x.gov.cn:81/")[0].url == "http://en.x.gov.cn:81/"
