"""Spelling by Hunspell dictionaries, where the package and a dictionary of the language are installed.

Nothing is downloaded. Which dictionaries were used is part of every result, because another machine may have others.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

# Where systems keep dictionaries; `chunspell` brings an American English one of its own.
FOLDERS = ("/usr/share/hunspell", "/usr/share/myspell", "/usr/share/myspell/dicts", "/usr/local/share/hunspell")
# A word counts as right where any of a language's dictionaries has it: both English editions, for one.
DICTIONARIES = MappingProxyType({
    "en": ("en_US", "en_GB"), "fr": ("fr", "fr_FR"), "de": ("de_DE", "de_DE_frami"), "es": ("es", "es_ES"),
    "it": ("it_IT",), "pt": ("pt_PT", "pt_BR"), "ru": ("ru_RU",),
})  # fmt: skip
INSTALL = "install `waiwen[spell]` and the system's dictionary, such as the Debian package hunspell-en-us"
# Words of this field that dictionaries lack; names are not looked at.
_KNOWN = frozenset("yuan renminbi jiao hukou hotline hotlines biomedicine interprovincial deregistration".split())
# British spellings, so that a machine with the American dictionary alone does not call them wrong.
_BRITISH = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"our(?=$|s$|ed$|ing$|able$|ite$|hood$|ful|less)", "or"),
        (r"is(?=e$|es$|ed$|ing$|ation)", "iz"),
        (r"ys(?=e$|es$|ed$|ing$)", "yz"),
        (r"(?<=[^aeiou])re(?=$|s$|d$)", "er"),
        (r"ll(?=ed$|ing$|er$|ers$)", "l"),
        (r"ogue(?=$|s$)", "og"),
        (r"ence(?=s?$)", "ense"),
        (r"ise(?=$|s$|d$)", "ice"),
        (r"ol(?=$|s$|ment)", "oll"),
        (r"amme(?=$|s$)", "am"),
        (r"ae|oe", "e"),
    )
)  # fmt: skip
_WORD = re.compile(r"(?<![\w@./#'’-])[^\W\d_]{4,30}(?![\w@./#'’-])")
# What no prose holds between two blanks: addresses, paths, calls, assignments, brackets inside, camelCase, options.
_CODE = re.compile(
    r"://|&&|www\.|[=<>{}$\\|_@^~*`]|::|->|\w[(\[]\w*[)\]]|\w\(|[a-z][A-Z]|\d[a-z]|[a-z]\d|^[-/.]+\w|\w:\S|\w/\w+/"
)
_CODE_SHARE = 0.25  # of the parts of a line, from which the whole line is code
_COMMENT = re.compile(r"\s*(?://|#!|/\*|\$ |>>> |<!--)")


def words_of(text: str) -> list[str]:
    """Return the words of a text that are looked at: of four letters or more, in lower case as written.

    Capitalised words may be names; parts of addresses, of hyphenated and of apostrophised words are not looked at, nor
    are names of programs and lines of code.
    """
    return [word for line in text.splitlines() for word in _WORD.findall(_prose_of(line)) if word.islower()]


def _prose_of(line: str) -> str:
    """Return a line without what is code in it, empty where the line is code."""
    parts = line.split()
    prose = [part for part in parts if not _CODE.search(part)]
    if _COMMENT.match(line) or len(parts) - len(prose) >= _CODE_SHARE * len(parts):
        return ""
    return " ".join(prose)


@cache
def speller(language: str) -> tuple[Callable[[str], bool], tuple[str, ...]] | None:
    """Return a function that tells whether a word is spelt right, and the dictionaries that it asks; None without any.

    `language` is a tag's primary part. Raises nothing: a dictionary that does not load is none.
    """
    if language not in DICTIONARIES or find_spec("hunspell") is None:
        return None
    from hunspell import Hunspell  # noqa: PLC0415 - an extra

    loaded = []
    for name in DICTIONARIES[language]:
        folder = _folder_of(name)
        if folder is not None:
            loaded.append((name, Hunspell(name, hunspell_data_dir=str(folder))))
    if not loaded:
        return None

    def is_right(word: str) -> bool:
        spellings = {word, *(_american(word) if language == "en" else ())}
        return word in _KNOWN or any(book.spell(spelling) for _, book in loaded for spelling in sorted(spellings))

    return is_right, tuple(name for name, _ in loaded)


def _american(word: str) -> set[str]:
    return {pattern.sub(by, word) for pattern, by in _BRITISH}


def _folder_of(name: str) -> Path | None:
    spec = find_spec("hunspell")
    own = [str(Path(spec.origin).parent / "dictionaries")] if spec is not None and spec.origin else []
    folders = (Path(folder) for folder in (*FOLDERS, *own))
    return next((f for f in folders if (f / f"{name}.dic").is_file() and (f / f"{name}.aff").is_file()), None)
