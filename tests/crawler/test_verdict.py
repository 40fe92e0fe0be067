from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.extract.facts import Charset, Language, Link, Onward, PageFacts
from crawler.model import Candidate, Capture, Failure, ForeignVersion, Verdict
from crawler.scope import Scope
from crawler.verdict import Body, Look, best_of, is_noise, judge

SITE = "http://www.yiwu.gov.cn/"
ENGLISH = "http://www.yiwu.gov.cn/english/"
LINK = Candidate("en", ENGLISH, "English", "link")
SCOPES = (Scope("zh", "yiwu.gov.cn", "/"), Scope("en", "yiwu.gov.cn", "/english/"), Scope("fr", "yiwu.gov.cn", "/fr/"))


def facts(url: str = ENGLISH, *, body: str = "en", chrome: str = "en", text: str = "word " * 60) -> PageFacts:
    return PageFacts(
        url=url,
        title="Yiwu",
        charset=Charset("utf-8", "utf-8"),
        language=Language(body, chrome, (), None),
        text=text,
        links=(Link(url + "a.html", "News", "nav"),),
    )


def capture(final_url: str = ENGLISH, *, status: int | None = 200, failure: Failure | None = None) -> Capture:
    moment = datetime(2026, 6, 1, tzinfo=UTC)
    return Capture(
        id=1,
        round="r",
        site_id="yiwu",
        version="en",
        purpose="candidate",
        url=ENGLISH,
        final_url=final_url,
        status=status,
        fetched=moment,
        headers=(),
        digest="sha256:1",
        warc_file="a.warc.gz",
        offset=0,
        length=1,
        elapsed=0.1,
        failure=failure,
    )


def seen(**changes: object) -> Look:
    look = Look(SITE, capture(), facts(), chinese_url=SITE, chinese_digest="sha256:0", scopes=SCOPES)
    return replace(look, **changes)  # type: ignore[arg-type]


def bodies(*languages: str, chars: int = 500) -> tuple[Body, ...]:
    return tuple(Body(f"{ENGLISH}{n}.html", language, chars) for n, language in enumerate(languages))


def verdict(candidate: Candidate = LINK, **changes: object) -> Verdict:
    return judge(candidate, seen(**changes))[0]


def test_a_version_in_its_language_is_real_before_and_after_its_crawl() -> None:
    assert judge(LINK, seen()) == (Verdict.REAL, "Its home page answers and is in en.")
    after = judge(LINK, seen(pages=bodies(*["en"] * 5), complete=True))
    assert after == (Verdict.REAL, "5 pages captured.")


def test_a_real_version_says_how_many_of_its_bodies_are_chinese() -> None:
    pages = bodies(*["zh-Hans"] * 40, *["en"] * 58) + bodies("und") + bodies("zh", chars=20)
    assert judge(LINK, seen(pages=pages, complete=True)) == (
        Verdict.REAL,
        "100 pages captured; 40 of 98 page bodies are Chinese (41%).",
    )


@pytest.mark.parametrize("how", ["widget", "link"])
def test_a_translation_service_is_a_widget_even_where_it_is_down(how: str) -> None:
    candidate = Candidate("en", "https://translate.google.com/translate?u=www.yiwu.gov.cn&tl=en", "English", how)
    assert verdict(candidate, failure=Failure.TIMEOUT) is Verdict.WIDGET


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (Failure.BLOCKED, Verdict.BLOCKED),
        (Failure.ROBOTS, Verdict.NOT_CAPTURED),
        (Failure.GUARD, Verdict.NOT_CAPTURED),
        (Failure.TOO_LARGE, Verdict.NOT_CAPTURED),
        (Failure.OTHER, Verdict.NOT_CAPTURED),
        (Failure.DNS, Verdict.DEAD),
        (Failure.REFUSED, Verdict.DEAD),
        (Failure.NO_ANSWER, Verdict.DEAD),
        (Failure.TIMEOUT, Verdict.NOT_CAPTURED),
        (Failure.TLS, Verdict.DEAD),
    ],
)
def test_a_failure_of_ours_is_never_the_sites(failure: Failure, expected: Verdict) -> None:
    assert verdict(capture=capture(status=None, failure=failure), home=None) is expected
    assert verdict(capture=None, failure=failure, home=None) is expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [(404, Verdict.DEAD), (410, Verdict.DEAD), (500, Verdict.DEAD), (502, Verdict.DEAD), (406, Verdict.NOT_CAPTURED)],
)
def test_only_an_answer_that_says_gone_or_broken_is_dead(status: int, expected: Verdict) -> None:
    failed = judge(LINK, seen(capture=capture(status=status, failure=Failure.HTTP_ERROR), home=None))
    assert failed[0] is expected
    assert str(status) in failed[1]


def test_what_was_never_fetched_or_is_no_page_is_not_captured() -> None:
    assert verdict(capture=None, home=None) is Verdict.NOT_CAPTURED
    assert verdict(home=None) is Verdict.NOT_CAPTURED


def test_a_label_that_leads_to_the_chinese_home_page_is_a_redirect() -> None:
    chinese = facts(SITE, body="zh-Hans", chrome="zh-Hans")
    assert verdict(capture=capture("https://yiwu.gov.cn/index.html"), home=chinese) is Verdict.REDIRECT
    same = replace(capture("http://en.yiwu.gov.cn/"), digest="sha256:0")
    assert verdict(capture=same, home=chinese) is Verdict.REDIRECT
    gateway = replace(facts(body="und", chrome="und", text=""), onward=(Onward("refresh", SITE),))
    assert verdict(home=gateway) is Verdict.REDIRECT


def test_a_redirect_into_another_versions_folder_names_it() -> None:
    french = facts("http://www.yiwu.gov.cn/fr/", body="fr", chrome="fr")
    found = judge(LINK, seen(capture=capture("http://www.yiwu.gov.cn/fr/"), home=french))
    assert found[0] is Verdict.REDIRECT
    assert "fr version" in found[1]


def test_a_redirect_to_another_folder_that_is_in_the_language_is_the_version() -> None:
    assert verdict(capture=capture("http://www.yiwu.gov.cn/portal/index.html")) is Verdict.REAL


def test_another_bodys_host_counts_only_when_the_roster_declares_it() -> None:
    paper = "http://yiwu.chinadaily.com.cn/"
    assert verdict(capture=capture(paper)) is Verdict.OTHER_HOST
    assert verdict(capture=capture(paper), declared=True) is Verdict.REAL
    assert verdict(Candidate("en", paper, "", "roster"), capture=capture(paper)) is Verdict.REAL
    assert verdict(capture=capture("http://english.yiwu.gov.cn/")) is Verdict.REAL


def test_four_fifths_of_at_least_three_bodies_make_chinese_content() -> None:
    assert verdict(pages=bodies("zh", "zh", "zh-Hans", "zh", "en")) is Verdict.CHINESE_CONTENT
    assert verdict(pages=bodies("zh", "zh", "zh", "en")) is Verdict.REAL
    assert verdict(pages=bodies("zh", "zh")) is Verdict.REAL
    assert "4 of 5 page bodies are Chinese (80%)" in judge(LINK, seen(pages=bodies(*["zh"] * 4, "en")))[1]


def test_before_the_crawl_both_text_and_menus_must_be_chinese() -> None:
    chinese = facts(body="zh", chrome="zh", text="义乌市" * 100)
    assert verdict(home=chinese) is Verdict.CHINESE_CONTENT
    assert verdict(home=facts(body="zh", chrome="en", text="义乌市" * 100)) is Verdict.REAL
    assert verdict(home=facts(body="zh", chrome="zh", text="义乌市" * 20)) is Verdict.REAL


def test_a_version_with_next_to_nothing_behind_its_home_page_is_a_stub() -> None:
    assert verdict(pages=bodies("en"), complete=True) is Verdict.STUB
    assert verdict(pages=bodies("en", "en", "und", "en", chars=79), complete=True) is Verdict.STUB
    assert verdict(pages=bodies("en", "en") + bodies("zh"), complete=True) is Verdict.STUB
    assert verdict(pages=bodies("en", "en", "en"), complete=True) is Verdict.REAL


def test_what_is_not_yet_or_could_not_be_seen_makes_no_stub() -> None:
    assert verdict(pages=bodies("en"), complete=False) is Verdict.REAL
    found = judge(LINK, seen(pages=bodies("en"), complete=True, unseen=12))
    assert found == (Verdict.REAL, "1 page captured; 12 more could not be seen.")


def test_a_page_that_only_scripts_fill_is_not_captured() -> None:
    shell = replace(facts(body="und", chrome="und", text=""), links=())
    assert verdict(home=shell, pages=bodies("und", chars=0), complete=True) is Verdict.NOT_CAPTURED


def test_a_guess_that_shows_no_english_is_noise() -> None:
    guess = replace(LINK, how="guess")
    found = verdict(guess, home=facts(body="zh", chrome="und"))
    assert is_noise(guess, found)
    assert is_noise(guess, Verdict.DEAD)
    assert not is_noise(guess, verdict(guess))
    assert not is_noise(LINK, Verdict.DEAD)


def test_the_best_candidate_stands_for_its_language() -> None:
    def version(language: str, url: str, found: Verdict) -> ForeignVersion:
        return ForeignVersion("yiwu", language, url, "", "link", found, "")

    dead, real = version("en", "a", Verdict.DEAD), version("en", "b", Verdict.REAL)
    stub, blocked = version("ko", "c", Verdict.STUB), version("ko", "d", Verdict.BLOCKED)
    also_real = version("en", "e", Verdict.REAL)
    assert best_of([dead, stub, real, blocked, also_real]) == (real, blocked)
