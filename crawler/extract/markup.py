"""Elements written out as HTML again, cut to what a reader of forms asks for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from html import escape

from crawler.extract.nodes import Node

_LEFT_OUT = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "canvas", "iframe", "object", "br", "option",
})  # fmt: skip
_EMPTY = frozenset({"area", "base", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr"})
_FIELDS = frozenset({"form", "input", "select", "textarea", "button"})
_TYPED = frozenset({"input", "textarea"})
APART = "\x1f"
"""Keeps the words of two elements apart, where tags would cost more."""
_DEEPEST = 200  # elements within each other that are written; parsers give up on more
_LONGEST = 2_000  # characters of an attribute or a text


def markup(node: Node, attributes: Collection[str]) -> str:
    """Return an element as HTML with these attributes alone, without scripts, styles and options.

    Tags are those of fields, and outside of forms of what holds them; of all else the words alone are there.
    """
    inside = node.within()
    typed = [] if node.tag == "form" else [inner.index for inner in inside if inner.tag in _TYPED]
    parts: list[str] = []
    opened: list[tuple[Node, str]] = []  # with what closes it
    at = 0
    while at < len(inside):
        inner = inside[at]
        while opened and opened[-1][0].end <= inner.index:
            parts += _closing(*opened.pop(), node)
        if inner.tag in _LEFT_OUT or len(opened) >= _DEEPEST:
            parts.append(f" {_escaped(inner.tail)}")
            at += inner.end - inner.index
            continue
        is_written = inner.tag in _FIELDS or bisect_left(typed, inner.end) > bisect_left(typed, inner.index)
        parts.append(_opening(inner, attributes) if is_written else APART)
        if inner.text:
            parts.append(_escaped(inner.text))
        closing = "" if inner.tag in _EMPTY else f"</{inner.tag}>"
        opened.append((inner, closing if is_written else APART))
        at += 1
    while opened:
        parts += _closing(*opened.pop(), node)
    return "".join(parts)


def _opening(node: Node, attributes: Collection[str]) -> str:
    kept = ((name, value) for name, value in node.attributes.items() if name in attributes)
    return f"<{node.tag}" + "".join([f' {name}="{escape(value[:_LONGEST])}"' for name, value in kept]) + ">"


def _closing(node: Node, closing: str, outermost: Node) -> tuple[str, ...]:
    return (closing, _escaped(node.tail)) if node.tail and node is not outermost else (closing,)


def _escaped(text: str | None) -> str:
    return escape(text[:_LONGEST], quote=False) if text and not text.isspace() else ""
