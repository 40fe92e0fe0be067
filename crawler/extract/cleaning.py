"""Text as a reader sees it: without what is invisible, every run of blanks one blank."""

from __future__ import annotations

import re

# Control characters, soft hyphen, zero-width characters, bidi marks, embeddings, overrides and isolates, BOM.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]"
)


def clean(text: str) -> str:
    """Drop control, zero-width and bidi characters and make every run of blanks one blank."""
    plain = " ".join(text.split())
    return plain if is_clean(plain) else " ".join(_INVISIBLE.sub("", text).split())


def is_clean(text: str) -> bool:
    """Tell whether text that holds no blanks but single ones has nothing that `clean` would drop."""
    return text.isprintable() and "\ufffd" not in text and "\ufffc" not in text
