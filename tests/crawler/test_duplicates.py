from crawler.duplicates import COPIES, DuplicateWatch, pattern_of

HOST = "http://a.gov.example"


def watch(*pages):
    found = DuplicateWatch()
    for url, body in pages:
        found.came(HOST + url, body)
    return found


def test_numbers_and_values_do_not_make_another_pattern():
    assert pattern_of(f"{HOST}/n/t20251103_1.html") == pattern_of(f"{HOST}/n/t20251104_22.html")
    assert pattern_of(f"{HOST}/l?b=1&a=x") == pattern_of(f"{HOST}/l?a=y&b=2")
    assert pattern_of(f"{HOST}/l?a=1") != pattern_of(f"{HOST}/l?b=1")
    assert pattern_of("http://[broken") == "http://[broken"


def test_a_pattern_is_stopped_after_enough_copies_of_one_page():
    pages = [(f"/l?facet={number}", b"same") for number in range(COPIES + 1)]
    assert watch(*pages[:-1]).reason(f"{HOST}/l?facet=99") is None
    assert watch(*pages).reason(f"{HOST}/l?facet=99").startswith(f"{COPIES} addresses of one pattern")
    assert watch(*pages).reason(f"{HOST}/other") is None


def test_pages_that_differ_by_a_clock_are_copies_where_a_program_makes_them():
    clocks = [(f"/l?session={n}", f"the page, at 10:{n:02}".encode()) for n in range(20)]
    assert watch(*clocks).reason(f"{HOST}/l?session=99") is not None


def test_tables_that_differ_by_their_figures_are_pages_of_their_own():
    months = [(f"/tj/2025{n:02}/t1.html", f"GDP {n} billion".encode()) for n in range(1, 13)]
    assert watch(*months).reason(f"{HOST}/tj/202601/t1.html") is None


def test_new_pages_among_the_copies_keep_a_pattern_open():
    mixed = [(f"/n/{n}.html", b"gone" if n % 2 else b"article %d" % n) for n in range(60)]
    assert watch(*mixed).reason(f"{HOST}/n/99.html") is None
