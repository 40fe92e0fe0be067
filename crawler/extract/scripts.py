"""Addresses within inline scripts: `location.href = '/en/'`, `window.open(root + '/en/')`. Read, never run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

_SCRIPT_LIMIT = 100_000  # characters of one script that are read
_MOST_TARGETS = 50
_TERM = r"""(?:'[^'\\\n]{0,1000}'|"[^"\\\n]{0,1000}"|[A-Za-z_$][\w$.]{0,60})"""
_SUM = rf"({_TERM}(?:\s{{0,9}}\+\s{{0,9}}{_TERM}){{0,6}})(?!\s{{0,9}}[+(\w$.])"
_LOCATION = r"(?<![\w$.])(?:(?:window|self|top|parent|document)\.){0,2}location"
_REDIRECT = re.compile(
    rf"{_LOCATION}(?:\.href)?\s{{0,9}}=(?!=)\s{{0,9}}{_SUM}|{_LOCATION}\.(?:replace|assign)\s{{0,9}}\(\s{{0,9}}{_SUM}"
)
_OPEN = re.compile(rf"(?<![\w$.])(?:window\.)?(?:open|navigate)\s{{0,9}}\(\s{{0,9}}{_SUM}")
_SETTING = re.compile(
    r"(?<![\w$.])([A-Za-z_$][\w$.]{0,60})\s{0,9}=\s{0,9}('[^'\\\n]{0,1000}'|\"[^\"\\\n]{0,1000}\")(?!\s{0,9}\+)"
)
_ONE_TERM = re.compile(_TERM)
_CALL = re.compile(r"^\s{0,20}(?:javascript\s{0,9}:)?\s{0,20}(?:return\s{1,9})?([A-Za-z_$][\w$]{0,60})\s{0,9}\(")
_BODY_LIMIT = 600  # characters after a function's opening brace that are taken for its body


def script_targets(script: str, *, redirects_only: bool = False) -> Iterator[str]:
    """Yield the addresses that a script sends its reader to, as written; `window.open` unless `redirects_only`.

    Sums of literals and of variables that the script sets to a literal are followed (the last setting counts);
    what cannot be told is left out.
    """
    text = script[:_SCRIPT_LIMIT].replace("\\'", "'").replace('\\"', '"').replace("\\/", "/")
    settings = {match[1]: match[2][1:-1] for match in _SETTING.finditer(text)}
    for pattern in (_REDIRECT,) if redirects_only else (_REDIRECT, _OPEN):
        for match in islice(pattern.finditer(text), _MOST_TARGETS):
            expression = next(group for group in match.groups() if group)
            target = _value(expression, settings)
            if target:
                yield target


def handler_target(handler: str, scripts: list[str]) -> str | None:
    """Return the address that an `onclick` or `javascript:` link leads to, one call into `scripts` followed."""
    direct = next(script_targets(handler), None)
    called = _CALL.match(handler[:200])
    if direct or called is None:
        return direct
    head = re.compile(rf"function\s{{1,9}}{re.escape(called[1])}\s{{0,9}}\(([^)]{{0,80}})\)\s{{0,9}}\{{")
    for script in scripts:
        match = head.search(script[:_SCRIPT_LIMIT])
        if match and not match[1].strip():  # with parameters, the address depends on the call
            body = script[match.end() : match.end() + _BODY_LIMIT].split("function", 1)[0]
            return next(script_targets(body), None)
    return None


def _value(expression: str, settings: dict[str, str]) -> str | None:
    parts: list[str] = []
    for term in _ONE_TERM.findall(expression):
        value = term[1:-1] if term[0] in "'\"" else settings.get(term)
        if value is None:
            return None
        parts.append(value)
    return "".join(parts)
