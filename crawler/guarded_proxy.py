"""A proxy on loopback that the browser reaches the web through: the private-address guard where it connects.

A browser follows redirects, frames and what scripts ask for by itself, and resolves names by itself. With this
proxy as its only way out every connection is judged here, by the address that is really connected to, so that
neither a redirect nor a DNS server that changes its answer leads past the guard.
"""

from __future__ import annotations

import http.client
import selectors
import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from crawler.addresses import is_public

# (resolved address, port) → whether we may connect to it.
Allows = Callable[[str, int], bool]

_CHUNK = 1 << 16
_MOST_SENT = 1 << 20  # bytes of a request's body
# Headers of a connection, not of a message (RFC 9110, 7.6.1): they end at a proxy.
_HOP_BY_HOP = frozenset(
    "connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding "
    "upgrade".split()
)


class Refused(Exception):
    """The host leads to an address that we do not connect to."""


def public_only(address: str, port: int) -> bool:
    """The guard's own rule: addresses on the public internet, any port."""
    return is_public(address)


class GuardedProxy:
    """Serves while the context lasts. `timeout` is for connecting and for silence, in seconds.

    `budget` is how many bytes may still come from the web; where it is used up, connections end. Set it before
    every page.
    """

    def __init__(self, allows: Allows = public_only, *, timeout: float = 30.0, budget: int = 0) -> None:
        self.allows = allows
        self.timeout = timeout
        self.budget = budget
        self.refused: list[str] = []  # "host:port (address)" of what the guard kept out, in order
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.gate = self

    @property
    def address(self) -> str:
        """Where the browser finds it, as `http://127.0.0.1:PORT`."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> GuardedProxy:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def connect(self, host: str, port: int) -> socket.socket:
        """Connect to a host. One private address among public ones refuses the whole host. Raises Refused, OSError."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        for *_, place in found:
            if not self.allows(str(place[0]), port):
                self.refused.append(f"{host}:{port} ({place[0]})")
                raise Refused(host)
        fault: OSError | None = None
        for family, kind, protocol, _, place in found:
            link = socket.socket(family, kind, protocol)
            link.settimeout(self.timeout)
            try:
                link.connect(place)
            except OSError as error:
                link.close()
                fault = error
            else:
                return link
        raise fault or OSError("no address")

    def spend(self, count: int) -> bool:
        """Count bytes that came; False once the budget is used up."""
        with self._lock:
            self.budget -= count
            return self.budget > 0


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    gate: GuardedProxy

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a browser that hangs up is no event."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    # HTTP/1.0: a connection a request, so that no second request rides on one that was judged for another host.
    protocol_version = "HTTP/1.0"
    timeout = 60.0  # seconds in which the browser takes or sends nothing

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Write nothing to the terminal: addresses are crawled text."""

    def do_CONNECT(self) -> None:
        host, _, port = self.path.rpartition(":")
        link = self._connect(host.strip("[]"), port)
        if link is None:
            return
        with link:
            self.send_response_only(200, "Connection established")
            self.end_headers()
            self._tunnel(link)

    def do_GET(self) -> None:
        """Pass a plain-text request on, with its own connection."""
        try:
            parts = urlsplit(self.path)
            host, port = parts.hostname or "", parts.port or 80
        except ValueError:
            host = ""
        if not host or parts.scheme != "http":
            self._refuse(400)
            return
        link = self._connect(host, str(port))
        if link is None:
            return
        upstream = http.client.HTTPConnection(host, port)
        upstream.sock = link
        try:
            self._ask(upstream, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
            self._answer(upstream.getresponse())
        except (OSError, http.client.HTTPException, ValueError):
            self.close_connection = True
        finally:
            upstream.close()

    do_HEAD = do_POST = do_OPTIONS = do_GET  # noqa: N815

    def _connect(self, host: str, port: str) -> socket.socket | None:
        try:
            return self.server.gate.connect(host, int(port))
        except Refused:
            self._refuse(403)
        except (OSError, ValueError, OverflowError):  # UnicodeError of a host's name is a ValueError
            self._refuse(502)
        return None

    def _refuse(self, status: int) -> None:
        self.send_response_only(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _ask(self, upstream: http.client.HTTPConnection, target: str) -> None:
        upstream.putrequest(self.command, target, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            if name.lower() not in _HOP_BY_HOP:
                upstream.putheader(name, value)
        upstream.putheader("Connection", "close")
        size = int(self.headers.get("Content-Length") or 0)
        if not 0 <= size <= _MOST_SENT:
            raise ValueError("the request is too large")
        upstream.endheaders(self.rfile.read(size) if size else None)

    def _answer(self, response: http.client.HTTPResponse) -> None:
        self.send_response_only(response.status, response.reason)
        for name, value in response.getheaders():
            if name.lower() not in _HOP_BY_HOP:
                self.send_header(name, " ".join(value.split()))
        self.send_header("Connection", "close")
        self.end_headers()
        while data := response.read1(_CHUNK):
            self.wfile.write(data)
            if not self.server.gate.spend(len(data)):
                break

    def _tunnel(self, link: socket.socket) -> None:
        """Pass bytes both ways until one side ends, falls silent, or the budget is used up."""
        with selectors.DefaultSelector() as ready:
            ready.register(self.connection, selectors.EVENT_READ, link)
            ready.register(link, selectors.EVENT_READ, self.connection)
            while events := ready.select(self.server.gate.timeout):
                for key, _ in events:
                    source, target = key.fileobj, key.data
                    assert isinstance(source, socket.socket)
                    try:
                        data = source.recv(_CHUNK)
                        target.sendall(data)
                    except OSError:
                        return
                    if not data or (source is link and not self.server.gate.spend(len(data))):
                        return
