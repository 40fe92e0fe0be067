"""What the demonstration's web answers, as a pure function of host and target."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

HTML = "text/html"


@dataclass(frozen=True)
class Answer:
    """One HTTP answer: status, headers in order, raw body; `seconds` is how long its server takes."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    seconds: float = 0

    @property
    def content_type(self) -> str:
        """The media type without parameters, empty where there is none."""
        value = next((value for name, value in self.headers if name.lower() == "content-type"), "")
        return value.partition(";")[0].strip()


def unchanged(answer: Answer, known: str | None) -> Answer:
    """Return what whoever names an answer's ETag is told: 304 and no body. Any other gets the answer."""
    etag = next((value for name, value in answer.headers if name.lower() == "etag"), None)
    return replace(answer, status=304, body=b"") if etag and etag == known else answer


def page(body: bytes, *, status: int = 200, kind: str = HTML) -> Answer:
    """Return an answer with one header, its content type."""
    return Answer(status, (("Content-Type", kind),), body)


def moved(url: str) -> Answer:
    """Return a redirect."""
    return Answer(301, (("Location", url),), b"")


UNKNOWN_HOST = page(b"the demonstration has no such host\n", status=502, kind="text/plain")
NOT_FOUND = page(
    b"<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>", status=404
)

Dynamic = Callable[[str], Answer]  # from the query, without its question mark


@dataclass(frozen=True)
class Secure:
    """How a host speaks https: with a certificate that ends on `until`, for `name` (its own, unless given).

    With `leads_back`, every answer over https is a redirect to http.
    """

    until: date
    name: str = ""
    self_signed: bool = False
    leads_back: bool = False


@dataclass(frozen=True)
class DemoWeb:
    """All demonstration hosts.

    `answers` maps (host, path with query) to what stands there, `dynamic` (host, path) to a function of the
    query; a host of `secure` speaks https beside http; a host of `walls` gives the same answer to every request, and
    one of `dead` none at all.
    """

    answers: Mapping[tuple[str, str], Answer]
    dynamic: Mapping[tuple[str, str], Dynamic] = field(default_factory=dict)
    walls: Mapping[str, Answer] = field(default_factory=dict)
    dead: frozenset[str] = frozenset()
    secure: Mapping[str, Secure] = field(default_factory=dict)

    @property
    def hosts(self) -> frozenset[str]:
        """Every host that the demonstration knows, dead ones too."""
        return frozenset(host for host, _ in self.answers) | frozenset(self.walls) | self.dead

    def answer(self, host: str, target: str) -> Answer | None:
        """Return the answer to `target` (path and query) on `host`; None where the host never answers."""
        host = host.lower()
        if host in self.dead:
            return None
        if host in self.walls:
            return self.walls[host]
        if host not in self.hosts:
            return UNKNOWN_HOST
        found = self.answers.get((host, target))
        if found is not None:
            return found
        path, _, query = target.partition("?")
        make = self.dynamic.get((host, path))
        return make(query) if make else NOT_FOUND
