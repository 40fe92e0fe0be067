"""Elements written out as HTML again, cut to what a reader of forms asks for."""

from __future__ import annotations

from collections.abc import Collection
from html import escape

from crawler.extract.nodes import Node

_LEFT_OUT = frozenset({"script", "style", "noscript", "template", "svg", "math", "canvas", "iframe", "object", "br"})
_EMPTY = frozenset({"area", "base", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr"})
_DEEPEST = 200  # elements within each other that are written; parsers give up on more
_LONGEST = 2_000  # characters of an attribute or a text


def markup(node: Node, attributes: Collection[str]) -> str:
    """Return an element as HTML with these attributes alone, without scripts and styles."""
    parts: list[str] = []
    opened: list[Node] = []
    inside = node.within()
    at = 0
    while at < len(inside):
        inner = inside[at]
        while opened and opened[-1].end <= inner.index:
            _close(opened.pop(), node, parts)
        if inner.tag in _LEFT_OUT or len(opened) >= _DEEPEST:
            parts.append(f" {_escaped(inner.tail)}")
            at += inner.end - inner.index
            continue
        parts.append(_opening(inner, attributes))
        if inner.text:
            parts.append(_escaped(inner.text))
        opened.append(inner)
        at += 1
    while opened:
        _close(opened.pop(), node, parts)
    return "".join(parts)


def _opening(node: Node, attributes: Collection[str]) -> str:
    if not node.attributes:
        return f"<{node.tag}>"
    kept = ((name, value) for name, value in node.attributes.items() if name in attributes)
    return f"<{node.tag}" + "".join(f' {name}="{escape(value[:_LONGEST])}"' for name, value in kept) + ">"


def _close(node: Node, outermost: Node, parts: list[str]) -> None:
    if node.tag not in _EMPTY:
        parts.append(f"</{node.tag}>")
    if node.tail and node is not outermost:
        parts.append(_escaped(node.tail))


def _escaped(text: str | None) -> str:
    return escape(text[:_LONGEST], quote=False) if text else ""
