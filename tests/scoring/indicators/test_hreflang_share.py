import pytest

from crawler.extract.facts import Alternate
from scoring.indicators.hreflang_share import hreflang_share, is_valid

CHINESE = "https://www.example.gov.cn/"


def editions(build, path="/", *, own="en", other="zh-CN", rel="alternate", chinese=CHINESE):
    return (Alternate(own, build.url(path), rel), Alternate(other, chinese, rel))


def measure(build, alternates, *pages, returned=True):
    back = editions(build) if returned else ()
    chinese = build.chinese(CHINESE, alternates=back)
    home = build.home(alternates=alternates)
    return hreflang_share.run(build.evidence(*pages, home=home, chinese_home=chinese, chinese_pages=[chinese]))


def test_valid_mutual_declarations_with_itself_among_them_are_right(build, outcome):
    found = measure(build, editions(build))
    assert outcome(found) == ("measured", 1)
    assert "en, zh-CN" in found.evidence[0].cue


@pytest.mark.parametrize(
    ("alternates", "words"),
    [
        ((), "declares no edition"),
        ({"other": "cn"}, "no language code"),
        ({"rel": "alternative"}, "instead of rel=“alternate”"),
        ({"path": "/other"}, "does not name itself"),
        ({"own": "fr"}, "does not name itself"),
    ],
)
def test_each_rule_that_is_broken_is_named(build, outcome, alternates, words):
    found = measure(build, editions(build, **alternates) if alternates else ())
    assert outcome(found) == ("measured", 0)
    assert words in found.evidence[0].cue


def test_a_declaration_that_is_not_returned_is_wrong_and_an_unseen_edition_is_taken_at_its_word(build, outcome):
    assert outcome(measure(build, editions(build), returned=False)) == ("measured", 0)
    unseen = editions(build, chinese="https://www.example.gov.cn/unseen")
    assert outcome(measure(build, unseen, returned=False)) == ("measured", 1)


def test_pages_that_declare_nothing_are_left_out_but_the_home_page(build, outcome):
    inner = build.page("/a", alternates=editions(build, "/a", chinese=CHINESE + "a"))
    assert outcome(measure(build, (), inner, build.page("/b"))) == ("measured", 0.5)


def test_the_only_edition_of_a_site_owes_none_and_an_unread_home_page_tells_nothing(build, outcome):
    assert outcome(hreflang_share.run(build.evidence(home=build.home()))) == ("not_applicable", None)
    unread = build.home(problems=("alternates: ValueError broken",))
    assert outcome(hreflang_share.run(build.evidence(home=unread))) == ("not_measured", None)


@pytest.mark.parametrize("tag", ["en", "zh-CN", "zh-Hant", "zh-Hans-CN", "pt-BR", "es-419", "ko", "nb"])
def test_language_codes_are_valid(tag):
    assert is_valid(tag)


@pytest.mark.parametrize("tag", ["kr", "jp", "cn", "en_US", "english", "", "zh-", "-en", "en--US"])
def test_country_codes_names_and_misspelt_tags_are_not(tag):
    assert not is_valid(tag)
