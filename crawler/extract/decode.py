"""Bytes → text: one decoder for the house, so that nothing else ever guesses a charset."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Decoded:
    """The text, the charset that was declared (None if none), the one used, and what went wrong."""

    text: str
    declared: str | None
    used: str
    problems: tuple[str, ...] = ()


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Decode a page's bytes; never raises."""
    return Decoded(body.decode("utf-8", "replace"), None, "utf-8")
