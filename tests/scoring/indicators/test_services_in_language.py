from crawler.extract.facts import Link
from scoring.indicators.services_in_language import services_in_language

ZH = "https://www.example.gov.cn"
MENU = {"Visa": ("/visa", "visa"), "Travel": ("/travel", "tourism"), "Invest": ("/invest", "investment")}


def measure(build, *pages, menu=MENU, **parts):
    return services_in_language.run(build.evidence(*pages, home=build.home(columns=menu), **parts))


def test_services_in_the_language_are_measured_high(build, outcome):
    found = measure(build, *(build.page(path) for path, _ in MENU.values()))
    assert outcome(found) == ("measured", 1)
    assert found.n == 3


def test_menu_entries_over_chinese_pages_are_measured_low_and_cited(build, outcome):
    pages = [build.page(path, body="zh-Hans") for path, _ in MENU.values()]
    found = measure(build, *pages)
    assert outcome(found) == ("measured", 0)
    assert found.evidence[0].cue == "Chinese: A page"


def test_a_link_from_a_service_to_a_chinese_page_counts_against_it(build, outcome):
    link = Link(f"{ZH}/banshi", "Apply here", "body")
    menu_link = Link(f"{ZH}/other", "中文", "nav")
    visa = build.page("/visa", links=(link, menu_link))
    chinese = [build.chinese(f"{ZH}/banshi"), build.chinese(f"{ZH}/other")]
    found = measure(build, visa, build.page("/travel"), chinese_pages=chinese)
    assert outcome(found) == ("measured", 2 / 3)
    assert found.evidence[0].cue == "links into Chinese: Apply here"


def test_a_link_back_to_the_chinese_home_page_does_not_count(build, outcome):
    home = build.chinese()
    visa = build.page("/visa", links=(Link(f"{ZH}/", "Chinese", "body"),))
    found = measure(build, visa, build.page("/travel"), chinese_home=home, chinese_pages=[home])
    assert outcome(found) == ("measured", 1)


def test_a_version_without_services_has_nothing_to_measure(build, outcome):
    assert outcome(measure(build, menu={"News": ("/news", "news")})) == ("not_applicable", None)


def test_services_that_were_not_fetched_leave_it_open(build, outcome):
    assert outcome(measure(build)) == ("not_measured", None)
    assert outcome(measure(build, build.page("/visa"), menu={"Visa": ("/visa", "visa")})) == ("not_measured", None)
