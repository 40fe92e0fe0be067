import pytest
from hypothesis import given
from hypothesis import strategies as st
from OpenSSL.SSL import Error as TlsError
from scrapy import exceptions
from twisted.internet import error
from twisted.python.failure import Failure as TwistedFailure
from twisted.web._newclient import ParseError, ResponseFailed, ResponseNeverReceived

from crawler.failures import GivenUp, failure_of_exception
from crawler.guard import PrivateAddress
from crawler.model import Failure
from crawler.notes import NOTE_LIMIT


def wrapped(fault: Exception) -> Exception:
    """As Scrapy hands it on: Twisted's list of reasons behind its own exception."""
    try:
        raise exceptions.DownloadFailedError("[<twisted ...>]") from ResponseNeverReceived([TwistedFailure(fault)])
    except exceptions.DownloadFailedError as found:
        return found


@pytest.mark.parametrize(
    ("fault", "kind", "note"),
    [
        (exceptions.CannotResolveHostError("x"), Failure.DNS, "The host name does not resolve."),
        (error.ConnectionRefusedError(), Failure.REFUSED, "The server refused the connection."),
        (exceptions.DownloadTimeoutError("x"), Failure.TIMEOUT, "No whole answer came within the time limit."),
        (wrapped(error.ConnectionLost()), Failure.NO_ANSWER, "The connection was reset before an answer came."),
        (
            wrapped(error.ConnectionDone()),
            Failure.NO_ANSWER,
            "The server closed the connection without a",
        ),
        (wrapped(ParseError("bad", b"x")), Failure.NO_ANSWER, "What the server sent is not HTTP."),
        (
            wrapped(TlsError([("SSL routines", "", "wrong version number")])),
            Failure.TLS,
            "No encrypted connection could be set up (wrong version number).",
        ),
        (TlsError(), Failure.TLS, "No encrypted connection could be set up."),
        (wrapped(PrivateAddress("x.cn", "10.0.0.1")), Failure.GUARD, "x.cn leads to 10.0.0.1, which is not a public"),
        (exceptions.IgnoreRequest("Forbidden by robots.txt"), Failure.ROBOTS, "robots.txt asks crawlers not to read"),
        (GivenUp(Failure.TOO_LARGE, "Too much."), Failure.TOO_LARGE, "Too much."),
        (ResponseFailed([]), Failure.NO_ANSWER, "The connection broke before an answer came."),
        (KeyError("a\x1b[31m\u202eb"), Failure.OTHER, "KeyError:"),
    ],
)
def test_a_failed_fetch_is_told_in_a_sentence(fault: Exception, kind: Failure, note: str) -> None:
    found, words = failure_of_exception(fault)
    assert (found, words[: len(note)]) == (kind, note)
    assert words.isprintable()


def test_exceptions_that_name_each_other_as_cause_end() -> None:
    first, second = ValueError("a"), ValueError("b")
    first.__cause__, second.__cause__ = second, first
    assert failure_of_exception(first)[0] is Failure.OTHER


@given(st.text())
def test_no_words_of_a_server_act_on_a_terminal(words: str) -> None:
    _, note = failure_of_exception(RuntimeError(words))
    assert len(note) <= NOTE_LIMIT
    assert not [char for char in note if char < " " or char == "\x7f"]
