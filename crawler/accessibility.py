"""What axe-core finds on a page that is open in the browser: read from a page that may be hostile, kept as JSON."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from functools import cache
from importlib import resources
from typing import Any

from crawler.model import Examination, Violation
from crawler.notes import printable

IMPACTS = ("minor", "moderate", "serious", "critical")
# The rules of WCAG 2.1, levels A and AA; axe-core's best practices are no standard.
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
SECONDS = 8.0
_MOST_RULES = 200
_MOST_EXAMPLE = 120  # characters
_RULE = re.compile(r"[a-z][a-z0-9-]{1,60}")
_VERSION = re.compile(r"\d{1,4}(?:\.\d{1,4}){1,3}")

# Frames are not looked into, and nothing is asked for.
RUN = """async ([tags, seconds]) => {
  const late = new Promise((_, refuse) => setTimeout(() => refuse(new Error("late")), 1000 * seconds));
  const options = {resultTypes: ["violations"], runOnly: {type: "tag", values: tags}, iframes: false, preload: false};
  const found = await Promise.race([window.axe.run(document, options), late]);
  return {version: window.axe.version, violations: found.violations.map(violation => ({
    rule: violation.id, impact: violation.impact, elements: violation.nodes.length,
    example: String(violation.nodes[0].target[0]).slice(0, 500),
  }))};
}"""


@cache
def script() -> str:
    """The source of axe-core."""
    return resources.files("crawler").joinpath("vendor/axe-core/axe.min.js").read_text(encoding="utf-8")


def examination_of(found: Any) -> Examination | None:
    """Read what the page gave back, None where it is nothing that axe-core would give."""
    try:
        listed = [_violation(raw) for raw in found["violations"][:_MOST_RULES]]
        version = str(found["version"])
    except (TypeError, KeyError, ValueError):
        return None
    if not _VERSION.fullmatch(version):
        return None
    return Examination(version, tuple(sorted(listed, key=lambda v: (-IMPACTS.index(v.impact), v.rule))))


def packed(examination: Examination) -> bytes:
    """An examination as JSON."""
    return json.dumps(asdict(examination), ensure_ascii=False, indent=1, sort_keys=True).encode()


def unpacked(body: bytes) -> Examination | None:
    """An examination from JSON, None where it is none."""
    try:
        return examination_of(json.loads(body))
    except ValueError:
        return None


def _violation(raw: Any) -> Violation:
    rule, impact, elements = raw["rule"], raw["impact"], raw["elements"]
    if not isinstance(rule, str) or not _RULE.fullmatch(rule) or impact not in IMPACTS or type(elements) is not int:
        raise ValueError("no violation")
    return Violation(rule, impact, max(1, min(elements, 1_000_000)), printable(str(raw["example"]))[:_MOST_EXAMPLE])
