"""The template environment: it makes crawled text harmless once, for all pages."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from scoring.chinese.sentences import in_chinese, word_in_chinese
from scoring.reports import wording
from scoring.reports.bundle import RoundReport
from scoring.reports.paths import evidence_file
from scoring.reports.plaintext import clean_lines, safe_href, shorten, without_scheme
from scoring.reports.tables import warc_address


def _finalize(value: object) -> object:
    """Clean whatever a template prints; autoescaping comes after. A forgotten None prints as nothing."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return clean_lines(value)
    return "" if value is None else value


# The script of every page: all of them read without it.
SCRIPT = (Path(__file__).parent / "templates" / "report.js").read_text(encoding="utf-8")


def policy_digest(script: str) -> str:
    """Return how a Content-Security-Policy names an inline script, so that it runs and no other does."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


@cache
def environment() -> Environment:
    """Return the one template environment: autoescape always, undefined names are errors."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        fixed=wording.fixed,
        percent=wording.percent,
        plain=wording.plain,
        instant=wording.instant,
        shorten=shorten,
        without_scheme=without_scheme,
        href=safe_href,
        warc=warc_address,
        evidence_file=evidence_file,
        language_name=wording.language_name,
        in_chinese=in_chinese,
        word_in_chinese=word_in_chinese,
    )
    made.globals.update(SCRIPT=Markup(SCRIPT), SCRIPT_DIGEST=policy_digest(SCRIPT))  # noqa: S704 - a file of ours
    made.globals.update(
        counted=wording.counted,
        in_words=wording.in_words,
        in_both=wording.in_both,
        OUTCOMES=wording.OUTCOMES,
        VERDICTS=wording.VERDICTS,
    )
    return made


def render(template: str, report: RoundReport, **context: object) -> str:
    """Render a template with the round, its titles and what else it needs."""
    return environment().get_template(template).render(report=report, titles=report.titles, **context)
