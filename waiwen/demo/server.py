"""The demonstration's web server on loopback: an HTTP proxy, and a plain server by Host header."""

from __future__ import annotations

import email.utils
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from waiwen.demo.build import build_sites
from waiwen.demo.certificates import Certificates
from waiwen.demo.web import Answer, DemoWeb, Secure, moved, page, unchanged

Hit = tuple[str, str, int]  # host, path with query, status (0 where the connection was closed)

REFUSED = page(b"this host of the demonstration speaks plain http only\n", status=502, kind="text/plain")
READ_ONLY = page(b"the demonstration takes no messages\n", status=405, kind="text/plain")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "waiwen-demo"
    sys_version = ""
    server: _Server
    secure: Secure | None = None  # inside a tunnel

    def do_GET(self) -> None:
        host, target = self._asked_for()
        leads_back = self.secure is not None and self.secure.leads_back
        answer = moved(f"http://{host}{target}") if leads_back else self.server.web.answer(host, target)
        if answer is None:
            self.server.note((host, target, 0))
            self.close_connection = True
            return
        answer = unchanged(answer, self.headers.get("If-None-Match"))
        self.server.note((host, target, answer.status))
        time.sleep(answer.seconds)
        self._send(answer)

    do_HEAD = do_GET  # noqa: N815 - named by http.server

    def do_POST(self) -> None:
        self.rfile.read(min(int(self.headers.get("Content-Length") or 0), 1 << 20))
        self._send(READ_ONLY)

    def do_CONNECT(self) -> None:
        """Open a tunnel and speak TLS at its end, where the host does."""
        host = self.path.partition(":")[0].lower()
        secure = self.server.web.secure.get(host)
        if secure is None:
            self._send(REFUSED)
            return
        self.send_response_only(200)
        self.end_headers()
        self.secure = secure
        self.request = self.connection = self.server.certificates.context(host, secure).wrap_socket(
            self.connection, server_side=True
        )
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
        self.close_connection = False

    def _asked_for(self) -> tuple[str, str]:
        """Return host and target of an absolute-form (proxy) or origin-form (plain) request."""
        asked = urlsplit(self.path)
        host = asked.hostname or self.headers.get("Host", "").partition(":")[0]
        target = (asked.path or "/") + (f"?{asked.query}" if asked.query else "")
        return host.lower(), target

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def date_time_string(self, timestamp: float | None = None) -> str:
        return email.utils.formatdate(timestamp, usegmt=True)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by http.server
        """Keep the console quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, web: DemoWeb, hits: list[Hit] | None, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.web = web
        self.hits = hits
        self.certificates = Certificates()
        self._lock = threading.Lock()

    def note(self, hit: Hit) -> None:
        if self.hits is not None:
            with self._lock:
                self.hits.append(hit)

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep the console quiet when a client hangs up."""


class DemoServer:
    """Serve the demonstration sites on 127.0.0.1 and a port (0: a free one) while the context lasts.

    Point a crawler's proxy at `proxy_url`, or ask the port itself with a Host header. `web` is what to
    serve (the bundled sites unless given); `hits` collects (host, path with query, status), 0 for a closed connection.
    """

    def __init__(self, web: DemoWeb | None = None, *, hits: list[Hit] | None = None, port: int = 0) -> None:
        self.web = web if web is not None else build_sites()
        self.hits = hits
        self._asked_port = port
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> int:
        """The port it listens on; only inside the context."""
        if self._server is None:
            raise RuntimeError("the demonstration server is not running: use it as a context manager")
        return int(self._server.server_address[1])

    @property
    def proxy_url(self) -> str:
        """What to give a crawler as its HTTP proxy, as http://127.0.0.1:PORT."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._server = _Server(self.web, self.hits, self._asked_port)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None and self._thread is not None
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._server = None
