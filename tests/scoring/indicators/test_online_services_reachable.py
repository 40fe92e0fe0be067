from crawler.model import Failure
from scoring.evidence import LinkCheck
from scoring.indicators.online_services_reachable import online_services_reachable

PORTAL = "https://zwfw.example.gov.cn/en"


def measure(build, *addresses, pages=(), anchor="Apply online", **parts):
    source = build.page("/services", links=tuple(build.link(address, anchor) for address in addresses))
    return online_services_reachable.run(build.evidence(source, *pages, **parts))


def check(build, failure=None, status=200):
    page = build.ref("/services")
    return LinkCheck(PORTAL, "Apply online", page, build.ref(PORTAL), status, failure, "", "text/html", None, True)


def test_services_that_answer_are_measured_high_and_their_links_cited(build, outcome):
    found = measure(build, "/form", PORTAL, pages=[build.page("/form")], outbound=[check(build)])
    assert outcome(found) == ("measured", 1)
    assert found.evidence[0].cue == f"Apply online: {build.url('/form')}"


def test_services_that_are_gone_are_measured_low_and_cited(build, outcome):
    found = measure(build, "/form", PORTAL, failed=[build.failed("/form")], outbound=[check(build)])
    assert outcome(found) == ("measured", 1 / 2)
    assert [ref.cue for ref in found.evidence] == [f"Apply online: {build.url('/form')}"]
    gone = check(build, Failure.HTTP_ERROR, 404)
    assert outcome(measure(build, PORTAL, outbound=[gone])) == ("measured", 0)


def test_a_host_that_does_not_answer_us_says_nothing(build, outcome):
    silent = check(build, Failure.TIMEOUT, None)
    assert outcome(measure(build, PORTAL, outbound=[silent])) == ("not_measured", None)
    assert outcome(measure(build, PORTAL)) == ("not_measured", None)
    failed = [build.failed("/form", Failure.BLOCKED, 403)]
    assert outcome(measure(build, "/form", failed=failed)) == ("not_measured", None)


def test_a_version_that_links_to_no_online_service_has_nothing_to_reach(build, outcome):
    assert outcome(measure(build, "/form", anchor="Read more")) == ("not_applicable", None)
