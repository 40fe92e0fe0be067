"""Every row of the table: what is recorded, how often it was asked for, what the owner is told."""

import re

import pytest
from conftest import FAULTS

from crawler.blocked import advice
from crawler.model import Failure

NAMES = [fault.name for fault in FAULTS]
LIBRARY_WORDS = re.compile(r"twisted|scrapy|openssl|0x[0-9a-f]{6}|<class|Error\b|Failure|Traceback|[\x00-\x1f\x7f]")
# Asked for anew by the site itself, or not there to be asked.
NOT_COUNTED = ("tls-plain", "redirect-itself", "redirect-cookie", "redirect-circle")


@pytest.mark.parametrize("name", NAMES)
def test_a_fault_is_recorded_as_the_table_says(web, name):
    seen = web.seen(name)
    fault = seen.fault
    kind, note = seen.told
    assert (kind, seen.home.capture.status) == (fault.failure, fault.status), note
    assert note.startswith(fault.note)
    assert (seen.home.facts is None) == (fault.failure is not None)


@pytest.mark.parametrize("name", [fault.name for fault in FAULTS if fault.failure])
def test_the_owner_is_told_what_to_do(web, name):
    seen = web.seen(name)
    kind, note = seen.told
    assert advice(kind, note, seen.home.capture.status) == seen.fault.advice
    assert note
    assert not LIBRARY_WORDS.search(note)


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(("trap-", "tls-plain"))])
def test_a_fault_is_asked_for_again_only_where_that_can_help(web, name):
    seen = web.seen(name)
    assert web.server.asked[name, "/"] == seen.fault.asked


def test_an_encrypted_connection_that_failed_is_not_tried_again(web):
    assert web.server.asked["tls-plain", "/"] == 1


def test_every_kind_of_failure_has_its_fault():
    assert {fault.failure for fault in FAULTS} == {*Failure, None} - {Failure.GUARD}
