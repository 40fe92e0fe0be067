from scoring.indicators.policy_downloads import policy_downloads


def measure(build, *opens, **options):
    files = tuple(build.attachment(f"/{i}.pdf", f"Measures {i}") for i in range(len(opens)))
    page = build.page("/column", attachments=files, **options)
    tried = [build.file(page, i, opens=state) for i, state in enumerate(opens)]
    return policy_downloads.run(build.column("laws", page, attachments=tried))


def test_a_law_that_can_be_downloaded_is_measured_high_and_its_file_cited(build, outcome):
    found = measure(build, False, True)
    assert outcome(found) == ("measured", 1)
    assert [ref.cue for ref in found.evidence] == ["Measures 1 (pdf): opens"]


def test_files_that_are_gone_and_pages_without_files_are_measured_low(build, outcome):
    assert outcome(measure(build, False)) == ("measured", 0)
    assert outcome(measure(build)) == ("measured", 0)


def test_a_file_of_another_column_does_not_count(build, outcome):
    form = build.page("/visa", attachments=(build.attachment(),))
    law = build.page("/column", column_type="laws")
    home = build.home(columns={"Laws": ("/column", "laws")})
    found = policy_downloads.run(build.evidence(law, form, home=home, attachments=[build.file(form)]))
    assert outcome(found) == ("measured", 0)


def test_files_on_a_chinese_page_do_not_count(build, outcome):
    assert outcome(measure(build, True, body="zh-Hans")) == ("measured", 0)


def test_a_file_that_was_not_tried_and_a_column_that_was_not_fetched_leave_it_open(build, outcome):
    assert outcome(measure(build, None)) == ("not_measured", None)
    assert outcome(policy_downloads.run(build.column("laws"))) == ("not_measured", None)
