"""A web of faults on loopback: real TCP, an address of its own for every fault, ports chosen by the system.

Every fault owns an address of 127.0.10.0/24, so that faults are hosts apart: each has its robots.txt and its pace.
"""

from __future__ import annotations

import contextlib
import gzip
import selectors
import socket
import ssl
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType

Headers = tuple[tuple[str, str], ...]
HTML = (("Content-Type", "text/html; charset=utf-8"),)
LONG = 30.0  # seconds that a silent fault stays silent: far beyond the time limit of the tests


@dataclass(frozen=True)
class Asked:
    """A request as it came: `times` counts the requests for this path so far, this one included."""

    method: str
    path: str
    headers: dict[str, str]
    times: int


class Wire:
    """The connection that a fault writes its answer to."""

    def __init__(self, connection: socket.socket, origins: Mapping[str, str], stopped: threading.Event) -> None:
        self._connection = connection
        self._stopped = stopped
        self.origins = origins

    def send(self, data: bytes) -> None:
        """Write bytes as they are."""
        self._connection.sendall(data)

    def head(self, status: str, headers: Headers = ()) -> None:
        """Write a status line and headers."""
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers), "Connection: close", "", ""]
        self.send("\r\n".join(lines).encode("latin-1"))

    def answer(self, body: bytes | str = b"", status: str = "200 OK", headers: Headers = HTML) -> None:
        """Write a whole answer with its true length."""
        data = body.encode() if isinstance(body, str) else body
        self.head(status, (*headers, ("Content-Length", str(len(data)))))
        self.send(data)

    def redirect(self, location: str, status: str = "302 Found") -> None:
        """Write a redirect."""
        self.answer(b"", status, (("Location", location),))

    def reset(self) -> None:
        """End the connection with RST."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._connection.close()

    def wait(self, seconds: float) -> bool:
        """Stay silent; whether the server still runs."""
        return not self._stopped.wait(seconds)

    def drip(self, data: bytes, pause: float) -> None:
        """Write byte by byte."""
        for position in range(len(data)):
            self.send(data[position : position + 1])
            if not self.wait(pause):
                return


Serve = Callable[[Wire, Asked], None]


def page(title: str = "A page", body: str = "", head: str = "") -> str:
    """A small page with enough to read that nobody takes it for a challenge."""
    text = "The people's government of the county publishes its news and services here. " * 4
    return f"<!DOCTYPE html><html><head>{head}<title>{title}</title></head><body><p>{text}</p>{body}</body></html>"


def packed(text: str) -> bytes:
    """Gzip, the same bytes every time."""
    return gzip.compress(text.encode(), mtime=0)


@dataclass(frozen=True)
class Host:
    """What a fault's address does: `serve` its paths, `robots` its robots.txt (404 where there is none). None
    has a site map.

    `mute` hosts are spoken to before they read anything; `tls` wraps them in TLS; `closed` has no listener.
    """

    serve: Serve
    robots: Serve | None = None
    mute: bool = False
    tls: ssl.SSLContext | None = None
    closed: bool = False


class FaultServer:
    """Serves every host until it is closed; counts what it was asked."""

    def __init__(self, hosts: Mapping[str, Host], network: str = "127.0.10") -> None:
        self._hosts = hosts
        self._stopped = threading.Event()
        self._selector = selectors.DefaultSelector()
        self._lock = threading.Lock()
        self.asked: Counter[tuple[str, str]] = Counter()
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        self.origins: dict[str, str] = {}
        for position, (name, host) in enumerate(hosts.items(), 1):
            listener = socket.create_server((f"{network}.{position}", 0), backlog=64)
            address, port = listener.getsockname()
            self.origins[name] = f"http{'s' if host.tls or host.mute else ''}://{address}:{port}"
            if host.closed:
                listener.close()
            else:
                self._selector.register(listener, selectors.EVENT_READ, name)
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> FaultServer:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._stopped.set()
        self._thread.join()
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        self._selector.close()

    def _accept(self) -> None:
        while not self._stopped.is_set():
            for key, _ in self._selector.select(0.1):
                connection, _ = key.fileobj.accept()  # type: ignore[union-attr]
                threading.Thread(target=self._speak, args=(key.data, connection), daemon=True).start()

    def _speak(self, name: str, connection: socket.socket) -> None:
        host = self._hosts[name]
        # Clients go away in the midst of an answer: that is what they are here for.
        with contextlib.suppress(OSError, ValueError), contextlib.closing(connection):
            connection.settimeout(LONG)
            if host.mute:
                with self._lock:
                    self.asked[name, "/"] += 1
                host.serve(Wire(connection, self.origins, self._stopped), Asked("", "/", {}, self.asked[name, "/"]))
                return
            spoken = host.tls.wrap_socket(connection, server_side=True) if host.tls else connection
            asked = self._read(name, spoken)
            own = {"/robots.txt": host.robots or _nothing, "/sitemap.xml": _nothing}
            serve = own.get(asked.path, host.serve)
            with contextlib.closing(spoken):
                serve(Wire(spoken, self.origins, self._stopped), asked)
                self._drain(spoken)

    def _read(self, name: str, connection: socket.socket) -> Asked:
        data = b""
        while b"\r\n\r\n" not in data:
            chunk = connection.recv(65536)
            if not chunk:
                raise ConnectionError
            data += chunk
        lines = data.decode("latin-1").split("\r\n")
        method, path, _ = lines[0].split(" ", 2)
        headers = {key.lower(): value.strip() for key, _, value in (line.partition(":") for line in lines[1:] if line)}
        with self._lock:
            self.asked[name, path] += 1
            self.requests.append((name, path, headers))
            return Asked(method, path, headers, self.asked[name, path])

    def _drain(self, connection: socket.socket) -> None:
        """Let the client read all before the connection ends: closing with unread input resets it."""
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_WR)
            connection.settimeout(1)
            end = time.monotonic() + 1
            while time.monotonic() < end and connection.recv(65536):
                pass


def _nothing(wire: Wire, asked: Asked) -> None:
    wire.answer("no", "404 Not Found")
