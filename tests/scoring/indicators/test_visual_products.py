from scoring.indicators.visual_products import visual_products


def measure(build, *pages, items=(), failed=(), **home):
    home = build.home(items=list(items), **{"columns": {"News": ("/news", "news")}, **home})
    return visual_products.run(build.evidence(*pages, home=home, failed=list(failed)))


def test_all_three_kinds_are_measured_high_and_their_pages_cited(build, outcome):
    pages = [
        build.page(f"/{i}", title=title) for i, title in enumerate(["Infographics", "Videos", "Heyuan in Pictures"])
    ]
    found = measure(build, *pages)
    assert outcome(found) == ("measured", 3)
    assert [ref.capture for ref in found.evidence] == [page.ref.capture for page in pages]
    assert found.evidence[2].cue == "albums: Heyuan in Pictures"


def test_an_entry_of_a_list_announces_the_page_behind_it(build, outcome):
    page = build.page("/1", title="No. 1")
    found = measure(build, page, items=[build.item("/1", title="Photo gallery: the river in winter")])
    assert outcome(found) == ("measured", 1)


def test_what_nothing_announces_is_measured_low(build, outcome):
    assert outcome(measure(build, build.page("/1", title="Photovoltaic Power"))) == ("measured", 0)


def test_an_empty_a_chinese_and_a_vanished_gallery_are_measured_low(build, outcome):
    entry = build.item("/1", title="Photo gallery")
    assert outcome(measure(build, build.page("/1", text=build.short), items=[entry])) == ("measured", 0)
    assert outcome(measure(build, build.page("/1", body="zh-Hans"), items=[entry])) == ("measured", 0)
    assert outcome(measure(build, items=[entry], failed=[build.failed("/1")])) == ("measured", 0)


def test_a_gallery_that_was_not_fetched_leaves_it_open(build, outcome):
    assert outcome(measure(build, items=[build.item("/1", title="Photo gallery")])) == ("not_measured", None)
