"""The facts of a page as `waiwen inspect` prints them; docs/inspect.md has them field by field."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from crawler.extract.facts import PageFacts


def as_json(facts: PageFacts) -> dict[str, Any]:
    """Return the facts ready for `json.dumps`: the fields of `PageFacts`, each as its record's fields.

    Three keys are more than fields: `text_chars`, `search` (the forms that are search boxes), and of a phone `dialled`.
    """
    written: dict[str, Any] = {field.name: _plain(getattr(facts, field.name)) for field in fields(facts)}
    written["language"]["share"] = {script: round(share, 4) for script, share in facts.language.share}
    written["identity"]["codes_agree"] = facts.identity.codes_agree
    for contact, shown in zip(facts.contacts, written["contacts"], strict=True):
        shown["dialled"] = contact.dialled
    for form, shown in zip(facts.forms, written["forms"], strict=True):
        shown["query_field"] = form.query_field
    written["text_chars"] = facts.text_chars
    written["search"] = [form for form in written["forms"] if form["kind"] == "search"]
    return written


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return value.isoformat() if isinstance(value, date) else value
