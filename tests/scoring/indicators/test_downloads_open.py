from scoring.indicators.downloads_open import downloads_open


def measure(build, *opens, **given):
    page = build.page(attachments=tuple(build.attachment(f"/{i}.pdf", f"Form {i}") for i in range(len(opens))))
    files = [build.file(page, i, opens=state) for i, state in enumerate(opens)]
    return downloads_open.run(build.evidence(page, attachments=files), given)


def test_files_that_open_are_measured_high_and_their_answers_cited(build, outcome):
    found = measure(build, True, True, True)
    assert outcome(found) == ("measured", 1)
    assert found.evidence[0].url == build.url("/0.pdf")
    assert found.evidence[0].cue == "Form 0 (pdf): opens"


def test_files_that_are_gone_are_measured_low_and_cited(build, outcome):
    found = measure(build, False, True, False)
    assert outcome(found) == ("measured", 1 / 3)
    assert [ref.cue for ref in found.evidence] == ["Form 0 (pdf): does not open", "Form 2 (pdf): does not open"]
    assert found.interval[0] < 1 / 3 < found.interval[1]


def test_files_that_were_not_tried_say_nothing(build, outcome):
    assert outcome(measure(build, None, None)) == ("not_measured", None)
    assert outcome(measure(build, True, True, None, None)) == ("measured", 1)
    assert outcome(measure(build, False, None, None)) == ("not_measured", None)
    assert outcome(measure(build, False, None, None, fewest=1)) == ("measured", 0)


def test_a_version_without_files_has_nothing_to_open(build, outcome):
    assert outcome(measure(build)) == ("not_applicable", None)
