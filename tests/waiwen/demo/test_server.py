import http.client
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives import serialization

from waiwen.demo.certificates import certificate
from waiwen.demo.server import DemoServer
from waiwen.demo.web import Answer, DemoWeb


@pytest.fixture(scope="module")
def server(web: DemoWeb) -> Iterator[DemoServer]:
    with DemoServer(web, hits=[]) as running:
        yield running


def through_proxy(server: DemoServer, url: str, method: str = "GET") -> tuple[int, bytes]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": server.proxy_url}))
    try:
        with opener.open(urllib.request.Request(url, method=method), timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read()


def test_as_a_proxy_it_serves_each_site_under_its_own_host_name(server: DemoServer) -> None:
    chinese = through_proxy(server, "http://www.yunhe.gov.example/")
    english = through_proxy(server, "http://english.yunhe.gov.example/")

    assert chinese[0] == english[0] == 200
    assert "市情概况".encode() in chinese[1]
    assert b"About Yunhe" in english[1]


def test_as_a_plain_server_it_goes_by_the_host_header(server: DemoServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", "/news/101.html", headers={"Host": "english.yunhe.gov.example"})

    assert b"Direct Flights Link Yunhe and Frankfurt" in connection.getresponse().read()


def test_a_head_request_gets_the_length_and_no_body(server: DemoServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("HEAD", "http://www.yunhe.gov.example/")
    answer = connection.getresponse()

    assert answer.read() == b""
    assert int(answer.headers["Content-Length"]) > 1000


def test_a_dead_host_closes_the_connection_without_an_answer(server: DemoServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", "http://www.beizhan.gov.example/")

    with pytest.raises(http.client.RemoteDisconnected):
        connection.getresponse()


@pytest.mark.parametrize("path", ["/", "/robots.txt", "/english/index.html"])
def test_a_firewall_refuses_every_page_alike(server: DemoServer, path: str) -> None:
    status, body = through_proxy(server, f"http://www.nwa.gov.example{path}")

    assert status == 412
    assert b"$_ts" in body


def test_a_challenge_answers_200_with_nothing_but_a_script(server: DemoServer) -> None:
    status, body = through_proxy(server, "http://www.pubin.gov.example/anything")

    assert status == 200
    assert b"document.cookie" in body
    assert body.endswith(b"<body></body></html>")


def test_an_unknown_host_is_a_bad_gateway(server: DemoServer) -> None:
    assert through_proxy(server, "http://www.nowhere.example/")[0] == 502


def test_a_page_that_is_not_there_is_404(server: DemoServer) -> None:
    assert through_proxy(server, "http://www.yunhe.gov.example/nothing.html")[0] == 404


def test_it_takes_no_messages_and_no_tunnels(server: DemoServer) -> None:
    assert through_proxy(server, "http://english.yunhe.gov.example/mailbox/submit", "POST")[0] == 405
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("CONNECT", "www.yunhe.gov.example:443")
    assert connection.getresponse().status == 502


def test_hits_tell_host_path_and_status(web: DemoWeb) -> None:
    hits: list[tuple[str, str, int]] = []
    with DemoServer(web, hits=hits) as server:
        through_proxy(server, "http://en.zean.gov.example/calendar?month=2026-07")
        through_proxy(server, "http://www.yunhe.gov.example/gone")

    assert hits == [("en.zean.gov.example", "/calendar?month=2026-07", 200), ("www.yunhe.gov.example", "/gone", 404)]


def test_outside_its_context_it_has_no_address(web: DemoWeb) -> None:
    with pytest.raises(RuntimeError, match="not running"):
        _ = DemoServer(web).proxy_url


def test_who_names_the_etag_of_what_it_holds_is_told_that_nothing_changed() -> None:
    body = Answer(200, (("Content-Type", "text/html"), ("ETag", '"1"')), b"<p>once</p>")
    with DemoServer(DemoWeb({("a.example", "/"): body}), hits=[]) as running:
        told = []
        for known in ('"1"', '"0"'):
            connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=10)
            connection.request("GET", "/", headers={"Host": "a.example", "If-None-Match": known})
            answer = connection.getresponse()
            told.append((answer.status, answer.read()))
    assert told == [(304, b""), (200, b"<p>once</p>")]


def test_a_host_that_speaks_tls_answers_through_a_tunnel_with_its_own_certificate(server: DemoServer) -> None:
    held = ssl.create_default_context()
    held.check_hostname, held.verify_mode = False, ssl.CERT_NONE
    connection = http.client.HTTPSConnection("127.0.0.1", server.port, timeout=10, context=held)
    connection.set_tunnel("english.yunhe.gov.example")
    connection.request("GET", "/news/101.html")

    shown = connection.sock.getpeercert(binary_form=True)
    assert shown == certificate(
        "english.yunhe.gov.example", server.web.secure["english.yunhe.gov.example"]
    ).public_bytes(serialization.Encoding.DER)
    assert b"Direct Flights Link Yunhe and Frankfurt" in connection.getresponse().read()


def test_other_hosts_are_refused_a_tunnel(server: DemoServer) -> None:
    connection = http.client.HTTPSConnection("127.0.0.1", server.port, timeout=10)
    connection.set_tunnel("www.mianxi.gov.example")
    with pytest.raises(OSError, match="502"):
        connection.request("GET", "/")
