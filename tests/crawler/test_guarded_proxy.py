"""The browser's way out: what it connects to, and when it stops."""

import http.client
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from crawler.guarded_proxy import GuardedProxy, Refused, public_only


@pytest.fixture
def server():
    """A server on loopback that gives 300,000 bytes, and notes (method, path, host header, body)."""
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            seen.append((self.command, self.path, self.headers["Host"], self.headers["Proxy-Connection"], body))
            self.send_response(200)
            self.send_header("X-Kept", "yes")
            self.end_headers()
            self.wfile.write(b"x" * 300_000)

        do_POST = do_GET  # noqa: N815 - http.server's name

        def log_message(self, *args):
            pass

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.seen = seen
    made.port = made.server_address[1]
    threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def ask(proxy, method, url, body=None):
    link = http.client.HTTPConnection("127.0.0.1", int(proxy.address.rpartition(":")[2]), timeout=10)
    link.request(method, url, body=body, headers={"Proxy-Connection": "keep-alive"})
    answer = link.getresponse()
    return answer.status, answer.getheader("X-Kept"), len(answer.read())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "169.254.169.254"])
def test_a_private_address_is_refused_however_it_is_written(host):
    with GuardedProxy(timeout=2.0) as proxy:
        assert ask(proxy, "GET", f"http://{host}:9/")[0] in (403, 502)  # 502 where the system knows no such name
        link = http.client.HTTPConnection("127.0.0.1", int(proxy.address.rpartition(":")[2]), timeout=10)
        link.set_tunnel(host.strip("[]"), 9)
        with pytest.raises(OSError, match=r"Tunnel connection failed: (403|502)"):
            link.request("GET", "/")
    assert proxy.refused or host not in ("127.0.0.1", "localhost")


def test_one_private_address_among_public_ones_refuses_the_host(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
    with pytest.raises(Refused):
        GuardedProxy().connect("mixed.example", 80)


def test_the_address_that_was_judged_is_the_one_connected_to(monkeypatch, server):
    answers = iter([("127.0.0.1", server.port), ("10.0.0.1", 80)])  # a name server that changes its answer
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *args, **kwargs: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", next(answers))]
    )
    proxy = GuardedProxy(lambda address, port: address == "127.0.0.1", timeout=2.0)
    with proxy.connect("changing.example", 80) as link:
        assert link.getpeername() == ("127.0.0.1", server.port)
    with pytest.raises(Refused):
        proxy.connect("changing.example", 80)


def test_requests_pass_with_their_bodies_and_without_the_headers_of_the_connection(server):
    with GuardedProxy(lambda *_: True, budget=10_000_000) as proxy:
        url = f"http://127.0.0.1:{server.port}/a?b=1"
        assert ask(proxy, "GET", url) == (200, "yes", 300_000)
        assert ask(proxy, "POST", url, b"q=1") == (200, "yes", 300_000)
    host = f"127.0.0.1:{server.port}"
    assert server.seen == [("GET", "/a?b=1", host, None, b""), ("POST", "/a?b=1", host, None, b"q=1")]


def test_where_the_budget_is_used_up_the_answer_ends(server):
    with GuardedProxy(lambda *_: True, budget=100_000) as proxy:
        assert ask(proxy, "GET", f"http://127.0.0.1:{server.port}/")[2] < 300_000


def test_the_rule_without_any_other_is_the_guards():
    assert public_only("93.184.216.34", 80)
    assert not public_only("127.0.0.1", 80)
