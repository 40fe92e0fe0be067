"""What an indicator is told of a version's files and of where it leads out of the site."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.extract.offers import Attachment
from crawler.model import Failure
from scoring.evidence import AttachmentEvidence, EvidenceRef, LinkCheck

REF = EvidenceRef(1, "http://en.a.cn/", datetime(2026, 5, 1, tzinfo=UTC), "sha256:0", "a.warc.gz", 0)
CHECK = LinkCheck("http://en.a.cn/f.pdf", "Form", REF, REF, 200, None, "", "application/pdf", 5000, is_page=False)
LINK = Attachment("http://en.a.cn/f.pdf", "Form", "pdf", 4096, "address .pdf, text “4 KB”")


@pytest.mark.parametrize(
    ("status", "failure", "answers"),
    [
        (200, None, True),
        (404, Failure.HTTP_ERROR, False),
        (410, Failure.HTTP_ERROR, False),
        (502, Failure.HTTP_ERROR, False),
        (200, Failure.HTTP_ERROR, False),  # says that it is no page
        (401, Failure.HTTP_ERROR, None),
        (403, Failure.BLOCKED, None),
        (None, Failure.DNS, None),
        (None, Failure.TIMEOUT, None),
        (None, Failure.ROBOTS, None),
    ],
)
def test_only_an_answer_that_says_so_makes_a_link_dead(status, failure, answers):
    assert replace(CHECK, status=status, failure=failure).answers is answers


def test_a_file_that_was_not_tried_is_neither_open_nor_shut_and_has_the_size_its_page_states():
    file = AttachmentEvidence(REF, LINK, None)
    assert (file.opens, file.size) == (None, 4096)


def test_a_file_that_opens_has_the_size_that_the_server_states():
    file = AttachmentEvidence(REF, LINK, CHECK)
    assert (file.opens, file.size) == (True, 5000)


def test_a_web_page_in_the_place_of_a_file_tells_nothing():
    file = AttachmentEvidence(REF, LINK, replace(CHECK, is_page=True))
    assert (file.opens, file.size) == (None, 4096)


def test_a_file_that_is_gone_does_not_open():
    gone = replace(CHECK, status=404, failure=Failure.HTTP_ERROR, size=120)
    file = AttachmentEvidence(REF, LINK, gone)
    assert (file.opens, file.size) == (False, 4096)
