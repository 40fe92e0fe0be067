"""What an answer is: a page to read, or a failure with its kind."""

from __future__ import annotations

from crawler.blocked import blocked_reason
from crawler.model import Capture, Failure


def failure_of_answer(capture: Capture, body_start: str) -> tuple[Failure, str] | None:
    """Say why an archived answer is no page to read, or None where it is one. Redirects are not failures.

    `body_start` is the beginning of the decoded body.
    """
    if capture.failure is not None:
        return capture.failure, capture.failure_note
    block = blocked_reason(capture.status or 0, capture.headers, body_start)
    if block:
        return Failure.BLOCKED, block
    if capture.status is None or capture.status >= 400:
        return Failure.HTTP_ERROR, f"answered {capture.status}"
    return None


def is_html(content_type: str, body: bytes) -> bool:
    """Whether an answer is an HTML page: by its type, or by its first bytes where it states none."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind:
        return kind in ("text/html", "application/xhtml+xml")
    return body[:512].lstrip().lower().startswith((b"<!doctype html", b"<html"))
