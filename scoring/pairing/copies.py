"""One text at several addresses of a version: who puts an article into two columns owes one translation of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from scoring.column_map import CORE_TYPES
from scoring.evidence import PageEvidence
from scoring.pairing.declared import Side

_AFTER_HEADLINE = re.compile(r"[_|｜]|--|\s[-–—]\s")  # a title goes on with its column and site


def without_copies(side: Side, paired: Collection[str]) -> Side:
    """Return a side in which an article of one headline and one text stands once.

    Its pages that are `paired` (keys) stand; where none is, the first in a core column, else the first by date and
    address. The text alone would not do: a page that only offers a file to download says what others say.
    """
    alike: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for key, page in side.pages.items():
        if page.is_article:
            alike[_headline(page), page.facts.text].append(key)
    dropped: set[str] = set()
    for keys in alike.values():
        kept = {key for key in keys if key in paired} or {min(keys, key=lambda key: _order(key, side.pages[key]))}
        dropped.update(set(keys) - kept)
    return replace(side, pages={key: page for key, page in side.pages.items() if key not in dropped})


def _headline(page: PageEvidence) -> str:
    return _AFTER_HEADLINE.split(page.facts.title, maxsplit=1)[0].strip()


def _order(key: str, page: PageEvidence) -> tuple[bool, date, str]:
    return page.column_type not in CORE_TYPES, page.published or date.max, key
