"""A web on loopback: an HTTP proxy that answers for any host name, from a dictionary."""

import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class Loopback:
    """`answers` maps an address to (status, headers, body) or to a function of the request's headers that gives
    them; all else is 404. `hits` collects (address, request headers, monotonic time) in the order of arrival.
    """

    def __init__(self):
        self.answers = {}
        self.hits = []

    def page(self, url, body, **headers):
        self.answers[url] = (200, {name.replace("_", "-"): value for name, value in headers.items()}, body.encode())

    def validated(self, url, body, etag):
        """A page that answers 304 to whoever names its ETag."""
        headers = {"ETag": etag}

        def answer(asked):
            if asked.get("If-None-Match") == etag:
                return 304, headers, b""
            return 200, headers, body.encode()

        self.answers[url] = answer

    def asked(self, url):
        return [headers for hit, headers, _ in self.hits if hit == url]

    @property
    def proxy(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}"


@contextmanager
def serving():
    web = Loopback()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            headers = {name.title().replace("Etag", "ETag"): value for name, value in self.headers.items()}
            web.hits.append((self.path, headers, time.monotonic()))
            answer = web.answers.get(self.path, (404, {}, b"<html><body>no such page</body></html>"))
            status, named, body = answer(headers) if callable(answer) else answer
            self.send_response(status)
            for name, value in ({"Content-Type": "text/html; charset=utf-8"} | named).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    web.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web.server.daemon_threads = True
    thread = threading.Thread(target=web.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield web
    web.server.shutdown()
    thread.join()
    web.server.server_close()


@pytest.fixture
def loopback():
    with serving() as web:
        yield web


@pytest.fixture(scope="module")
def loopback_web():
    """The same for all tests of a module, where one crawl serves them all."""
    with serving() as web:
        yield web
