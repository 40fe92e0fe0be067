import pytest

from scoring.readings.listed_bodies import listed_bodies


def names(page, language="en"):
    return [body.name for body in listed_bodies(page, language)]


def test_rows_of_a_table_are_bodies_with_their_cells(build):
    bodies = listed_bodies(build.saved("organisation"), "en")
    assert [body.name for body in bodies] == [
        "Foreign Affairs Office",
        "Bureau of Commerce",
        "Bureau of Education",
        "Bureau of Culture",
    ]
    assert [body.is_reachable for body in bodies] == [True, True, True, False]
    assert [body.has_function for body in bodies] == [True, True, False, True]


def test_names_before_a_colon_have_the_rest_of_their_line(build):
    text = "We have 37 departments. Foreign Affairs Office: +86-499-600-0111. Bureau of Commerce: foreign trade.\nX"
    bodies = listed_bodies(build.page(text=text), "en")
    assert [(body.name, body.lines) for body in bodies] == [
        ("Foreign Affairs Office", ("+86-499-600-0111.",)),
        ("Bureau of Commerce", ("foreign trade.",)),
    ]


def test_sentences_and_headings_of_tables_are_no_bodies(build):
    text = (
        "The government has a general office and 36 departments.\nDepartment\nOffice\nAddress\nAdministration of roads"
    )
    assert names(build.page(text=text, title="Government")) == []


def test_a_page_about_one_body_is_that_body(build):
    page = build.page(text="It looks after visitors.\n1 Quay Street", title="Foreign Affairs Office")
    (body,) = listed_bodies(page, "en")
    assert body.is_reachable and body.has_function


@pytest.mark.parametrize(
    ("language", "name", "line"),
    [
        ("fr", "Bureau du commerce", "Investissements étrangers, tél. +86-399-555-0102"),
        ("ru", "Управление коммерции", "Иностранные инвестиции"),
        ("ja", "商務局", "外商投資と貿易"),
        ("ko", "상무국", "외국인 투자와 무역"),
        ("es", "Oficina de Comercio", "Inversión extranjera"),
        ("de", "Amt für Handel", "Investitionen aus dem Ausland"),
    ],
)
def test_other_languages_name_bodies_in_their_own_way(build, language, name, line):
    (body,) = listed_bodies(build.page(text=f"{name}\n{line}", title="x"), language)
    assert (body.name, body.lines) == (name, (line,))
