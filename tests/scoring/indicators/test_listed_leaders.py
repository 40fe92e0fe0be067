import pytest

from scoring.readings.listed_leaders import NamesOnPages, chinese_leaders, listed_leaders


def read(build, text, language="en"):
    return [(leader.office, leader.name) for leader in listed_leaders([build.page(text=text)], language)]


def test_a_leader_has_the_lines_up_to_the_next(build):
    leaders = listed_leaders([build.saved("leaders")], "en")
    assert [leader.name for leader in leaders] == ["Shen Ruochuan", "Su Yanqing", "Lu Minggao"]
    assert [leader.has_portfolio for leader in leaders] == [True, True, False]
    assert [leader.is_reachable for leader in leaders] == [True, False, False]


@pytest.mark.parametrize(
    "text",
    [
        "Mayor: Shen Ruochuan",
        "Mayor Shen Ruochuan is in charge of everything.",
        "Shen Ruochuan, Mayor",
        "Shen Ruochuan (Mayor)",
        "Mayor\nShen Ruochuan\nEducation",
    ],
)
def test_office_and_name_stand_side_by_side_in_many_ways(build, text):
    assert read(build, text) == [("Mayor", "Shen Ruochuan")]


@pytest.mark.parametrize(
    "text",
    [
        "Mayor's Mailbox",
        "The mayor is elected.",
        "Mayor Meets Chilean Copper Delegation",
        "Mayor",
        "Write to the Director General Office of Heyuan City People",
    ],
)
def test_what_is_no_name_is_no_leader(build, text):
    assert read(build, text) == []


def test_two_leaders_in_one_line_are_told_apart_and_the_longer_office_counts(build):
    text = "Vice Governor An Ruosu is in charge of commerce; Vice Governor Wei Qingya is in charge of water."
    assert read(build, text) == [("Vice Governor", "An Ruosu"), ("Vice Governor", "Wei Qingya")]


def test_what_several_pages_say_of_a_leader_adds_up(build):
    pages = [
        build.page(text="Mayor Shen Ruochuan is in charge of finance."),
        build.page(text="Mayor: Shen Ruochuan\nE-mail: mayor@heyuan.gov.example"),
    ]
    (leader,) = listed_leaders(pages, "en")
    assert leader.has_portfolio and leader.is_reachable
    assert leader.page is pages[0]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fr", "Maire : Shen Ruochuan", ("Maire", "Shen Ruochuan")),
        ("ru", "Мэр: Шэнь Жочуань", ("Мэр", "Шэнь Жочуань")),
        ("ja", "市長：沈若川", ("市長", "沈若川")),
        ("ko", "시장: 선뤄촨", ("시장", "선뤄촨")),
    ],
)
def test_leaders_are_read_in_other_languages(build, language, text, found):
    assert read(build, text, language) == [found]


def test_chinese_names_stand_alone_behind_an_office_and_begin_with_a_surname(build):
    page = build.saved("leaders_zh", "https://www.example.gov.cn/leaders/")
    assert list(chinese_leaders([page])) == ["沈若川", "苏砚青", "陆鸣皋", "单望"]


def test_a_name_of_two_characters_may_be_spaced(build):
    assert list(chinese_leaders([build.chinese(text="市长：单　望\n副市长：欧阳若")])) == ["单望", "欧阳若"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Mayor Shen Ruochuan"),
        ("en", "Ruochuan Shen, Mayor"),
        ("ru", "Мэр Шэнь Жочуань"),
        ("ja", "市長 沈若川"),
        ("ko", "시장 선뤄촨"),
    ],
)
def test_a_chinese_name_is_found_as_the_language_spells_it(build, language, text):
    pytest.importorskip("pypinyin")
    names = NamesOnPages([build.page(text=text)], language)
    assert names.holds("沈若川")
    assert not names.holds("陆鸣皋")


def test_part_of_a_name_is_not_the_name(build):
    pytest.importorskip("pypinyin")
    assert not NamesOnPages([build.page(text="Mayor Shen Ruo")], "en").holds("沈若川")
    assert NamesOnPages([build.page(text="Mayor Shan Wang")], "en").holds("单望")
