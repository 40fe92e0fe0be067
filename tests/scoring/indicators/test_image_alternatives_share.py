from crawler.extract.facts import Image
from scoring.indicators.image_alternatives_share import image_alternatives_share


def measure(build, *alts, place="body", **options):
    images = tuple(Image(build.url(f"/i/{i}.jpg"), alt, place) for i, alt in enumerate(alts))
    return image_alternatives_share.run(build.evidence(build.page(images=images, **options)))


def test_texts_in_the_language_and_decorations_are_measured_high(build, outcome):
    assert outcome(measure(build, "The old bridge", "Tea hills", "", "Map", "Mayor")) == ("measured", 1)


def test_missing_and_chinese_texts_are_measured_low_and_cited(build, outcome):
    found = measure(build, "The old bridge", None, "古桥风光", None, "市长")
    assert outcome(found) == ("measured", 1 - 4 / 5)
    assert found.evidence[0].cue.endswith("no alt")


def test_few_images_and_unread_ones_are_not_measured(build, outcome):
    assert outcome(measure(build, None, None)) == ("not_measured", None)
    assert outcome(measure(build, *[None] * 6, problems=("images: ValueError broken",))) == ("not_measured", None)


def test_pages_without_images_but_badges_have_nothing_to_measure(build, outcome):
    assert outcome(measure(build)) == ("not_applicable", None)
    assert outcome(measure(build, *[None] * 6, place="footer")) == ("not_applicable", None)
