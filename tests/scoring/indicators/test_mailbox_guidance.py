from scoring.indicators.mailbox_guidance import mailbox_guidance

GUIDANCE = (
    "Please use this form for questions about public services. You may write in English or in French. "
    "Give an e-mail address, so that the office can reply to you. Do not use the form in an emergency. " * 2
)


def measure(evidence):
    return mailbox_guidance.run(evidence)


def test_sentences_that_tell_how_to_write_are_guidance_and_cited(build, outcome):
    found = measure(build.column("mailbox", build.page("/column", text=GUIDANCE)))
    assert outcome(found) == ("measured", 1)
    assert found.evidence[0].cue.startswith("Please use this form")


def test_a_bare_form_other_text_and_chinese_guidance_are_none(build, outcome):
    bare = build.page("/write", text="Name E-mail", forms=(build.form(),))
    assert outcome(measure(build.evidence(bare, home=build.home()))) == ("measured", 0)
    other = build.page("/column", text="The city lies by the sea and grows tea. " * 9)
    assert outcome(measure(build.column("mailbox", other))) == ("measured", 0)
    assert outcome(measure(build.column("mailbox", build.page("/column", text=GUIDANCE, body="zh")))) == ("measured", 0)
    assert outcome(measure(build.column("news", build.page("/column")))) == ("measured", 0)


def test_the_text_above_a_chinese_form_or_one_that_every_page_carries_is_no_guidance(build, outcome):
    home = build.home(columns={"News": ("/news", "news")})
    chinese = build.page("/docs", text=GUIDANCE, forms=(build.form(labels="问题描述 联系方式 反馈问题类型"),))
    assert outcome(measure(build.evidence(chinese, home=home))) == ("measured", 0)
    pages = [build.page(f"/docs/{number}", text=GUIDANCE, forms=(build.form(),)) for number in range(5)]
    assert outcome(measure(build.evidence(*pages, home=home))) == ("measured", 0)
    assert outcome(measure(build.evidence(pages[0], home=home))) == ("measured", 1)


def test_what_could_not_be_looked_at_is_not_measured(build, outcome):
    assert outcome(measure(build.column("mailbox"))) == ("not_measured", None)
    unknown = build.page("/column", text=GUIDANCE, body="und")
    assert outcome(measure(build.column("mailbox", unknown))) == ("not_measured", None)
    letters_only = build.page("/1", column_type="mailbox")
    assert outcome(measure(build.evidence(letters_only, home=build.home()))) == ("not_measured", None)
