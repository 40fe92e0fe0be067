from scoring.indicators.visa_forms import visa_forms

MENU = {"Visa": ("/column", "visa")}


def pages(build):
    """Three guides: two named by their titles, and one list of forms named by its links."""
    lost = build.page(
        "/1", title="If Your Passport Is Lost", column_type="visa", attachments=(build.attachment("/l.pdf"),)
    )
    forms = build.page(
        "/column",
        attachments=(
            build.attachment("/v.pdf", "Visa application form"),
            build.attachment("/r.pdf", "Residence permit form"),
        ),
    )
    return lost, forms


def measure(build, *opens, menu=MENU):
    lost, forms = pages(build)
    files = [build.file(lost, 0, opens=opens[0]), *(build.file(forms, i, opens=o) for i, o in enumerate(opens[1:]))]
    return visa_forms.run(build.evidence(lost, forms, home=build.home(columns=menu), attachments=files))


def test_forms_that_open_for_all_three_matters_are_measured_high_and_cited(build, outcome):
    found = measure(build, True, True, True)
    assert outcome(found) == ("measured", 3)
    assert found.evidence[0].cue == "application: Visa application form (pdf): opens"


def test_matters_without_a_form_that_opens_do_not_count(build, outcome):
    found = measure(build, False, True, False)
    assert outcome(found) == ("measured", 1)
    assert found.note.endswith("not found: residence, lost passport")


def test_guides_without_any_form_are_measured_low(build, outcome):
    assert outcome(visa_forms.run(build.column("visa", build.saved("visa")))) == ("measured", 0)


def test_forms_that_were_not_tried_leave_it_open(build, outcome):
    assert outcome(measure(build, True, None, False)) == ("not_measured", None)


def test_a_second_column_that_was_not_fetched_leaves_it_open(build, outcome):
    menu = {**MENU, "Residence": ("/residence", "visa")}
    assert outcome(measure(build, True, True, False, menu=menu)) == ("not_measured", None)
    assert outcome(measure(build, True, True, True, menu=menu)) == ("measured", 3)


def test_a_column_that_was_not_fetched_leaves_it_open(build, outcome):
    assert outcome(visa_forms.run(build.column("visa"))) == ("not_measured", None)


def test_a_version_without_visa_column_is_measured_low(build, outcome):
    home = build.home(columns={"News": ("/news", "news")})
    assert outcome(visa_forms.run(build.evidence(home=home))) == ("measured", 0)
