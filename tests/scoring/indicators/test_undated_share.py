from datetime import date

from scoring.indicators.undated_share import undated_share


def articles(build, dated, undated):
    day = date(2026, 10, 1)
    pages = [build.page(f"/d/{i}", published=day, column_type="news") for i in range(dated)]
    return pages + [build.page(f"/u/{i}", title=f"Undated {i}", column_type="laws") for i in range(undated)]


def test_a_version_that_dates_everything_has_no_undated_share(build, outcome):
    found = undated_share.run(build.evidence(*articles(build, 6, 0)))
    assert outcome(found) == ("measured", 0)
    assert "2026-10-01" in found.evidence[0].cue


def test_undated_articles_are_counted_and_cited(build, outcome):
    pages = articles(build, 1, 7)
    found = undated_share.run(build.evidence(*pages))
    assert outcome(found) == ("measured", 7 / 8)
    assert found.n == 8
    assert [ref.capture for ref in found.evidence] == [page.ref.capture for page in pages[1:6]]


def test_a_date_that_the_list_gives_is_a_date(build, outcome):
    pages = [build.page(f"/{i}", published=date(2026, 1, 1), own_date=False, column_type="news") for i in range(5)]
    assert outcome(undated_share.run(build.evidence(*pages))) == ("measured", 0)


def test_fewer_than_five_articles_say_nothing(build, outcome):
    assert outcome(undated_share.run(build.evidence(*articles(build, 0, 4)))) == ("not_measured", None)


def test_lists_short_pages_and_the_home_page_are_no_articles(build, outcome):
    other = [
        build.page("/list", items=5, column_type="news"),
        build.page("/short-list", items=2, column_type="news"),
        build.page("/stub", text=build.short, column_type="news"),
    ]
    found = undated_share.run(build.evidence(*articles(build, 5, 0), *other, home=build.home()))
    assert outcome(found) == ("measured", 0)
    assert found.n == 5


def test_an_article_whose_dates_we_failed_to_read_is_left_out(build, outcome):
    failed = build.page("/broken", column_type="news", problems=("dates: ValueError broken",))
    found = undated_share.run(build.evidence(*articles(build, 5, 0), failed))
    assert outcome(found) == ("measured", 0)
    assert found.n == 5


def test_a_standing_text_needs_no_date_but_a_listed_one_does(build, outcome):
    standing = build.page("/about", column_type="overview")
    listed = build.page("/x/1", title="Listed")
    list_page = build.page("/x", items=[build.item("/x/1")], text=build.short)
    found = undated_share.run(build.evidence(*articles(build, 5, 0), standing, list_page, listed))
    assert outcome(found) == ("measured", 1 / 6)
