"""Whether a few lines tell how to reach somebody: a telephone number, an e-mail address, a postal address."""

from __future__ import annotations

import re

from scoring.readings.facets import says

_PHONE = re.compile(r"(?<![\w-])\+?\(?\d[\d\s()\-–—]{5,18}\d(?![\w-])")
_MAIL = re.compile(r"[\w.+-]{1,64}\s?(?:@|\[at\]|\(at\))\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_FEWEST_DIGITS = 7


def has_phone_or_mail(words: str) -> bool:
    """Tell whether the words hold a telephone number of at least seven digits or an e-mail address."""
    numbers = (re.sub(r"\D", "", match[0]) for match in _PHONE.finditer(words))
    return any(len(digits) >= _FEWEST_DIGITS for digits in numbers) or bool(_MAIL.search(words))


def has_contact(words: str, language: str) -> bool:
    """Tell whether the words say how to reach somebody in any of the three ways."""
    return has_phone_or_mail(words) or says("organisation", "address", words, language)
