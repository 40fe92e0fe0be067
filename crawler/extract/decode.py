"""Bytes → text: one decoder for the house, so that nothing else ever guesses a charset.

No statistical detector is asked: they fail on short text, and a wrong guess cannot be told from a right one.
What the bytes prove (a byte order mark, valid multibyte UTF-8) is believed before what the page claims.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from email.message import Message

from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding, to_unicode

_HEAD = 4096  # how much of a body is searched for a <meta> charset, as w3lib does; HTML asks for the first 1,024 bytes
_UTF8 = "utf-8"
_CHINESE = "gb18030"  # gb2312 and gbk are read as their superset: pages that declare them hold 镕, 堃, 㛃
_LATIN = "cp1252"  # many servers add ISO-8859-1 to every page unasked
# Python also "decodes" punycode, unicode_escape and EBCDIC; no browser does.
_WEB_CODEC = re.compile(
    r"utf-8(-sig)?|utf-(16|32)(-[lb]e)?|gb18030|hz|big5(hkscs)?|euc_\w+|iso8859-\d+|iso2022_\w+"
    r"|cp(125\d|8\d\d|932|949|950)|koi8-\w|mac-\w+|shift_\w+|ptcp154|kz1048|tis-620"
)
_WRITTEN = re.compile(
    rb"""<meta\b[^>]{0,500}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w-]{1,40})|<\?xml\b[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w-]{1,40})""",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[A-Za-z0-9][\w.:-]{0,39}", re.ASCII)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_NEARLY = 0.02  # share of broken characters up to which a body is still UTF-8: a CMS cuts a title within a character
_ENOUGH = 20  # characters beyond ASCII from which that share means something


@dataclass(frozen=True)
class Decoded:
    """The text, the charset that was declared (None if none), the one used, and what went wrong.

    `declared` is the name as it was written, in lower case; `used` is Python's name of the codec.
    """

    text: str
    declared: str | None
    used: str
    problems: tuple[str, ...] = ()


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Decode a page's bytes; never raises.

    The first of these that fits: byte order mark; UTF-8 with a multibyte sequence; the charset declared by
    header, then <meta>; gb18030; at last whichever of these reads most, U+FFFD in place of the rest, which is a
    problem. A body that was cut within its last character still fits. ASCII is what it was declared to be, or UTF-8.
    """
    names = _declared_names(body, content_type)
    declared = names[0] if names else None
    known = [codec for codec in map(_codec, names) if codec and (b"\x00" in body[:_HEAD] or not _is_wide(codec))]
    text, used, losses = _read(body, known)
    problems = _claims(names, used) + ((f"{losses} byte sequences could not be decoded",) if losses else ())
    return Decoded(text, declared, used, problems)


def _read(body: bytes, declared: list[str]) -> tuple[str, str, int]:
    """Return the text, the codec that read it and how many byte sequences it could not read."""
    marked, mark = read_bom(body)
    if marked and mark:
        return _lossy(body[len(mark) :], marked)
    return _read_ascii(body, declared) if body.isascii() else _read_unmarked(body, declared)


def _read_ascii(body: bytes, declared: list[str]) -> tuple[str, str, int]:
    """Read seven-bit bytes: as they are, but for UTF-16 and the escaping charsets (hz, ISO-2022)."""
    wide = _lost_mark(body)
    for codec in [wide] if wide else declared:
        if (text := _strict(body, codec)) is not None:
            return text, codec, 0
    return body.decode("ascii"), _UTF8, 0


def _read_unmarked(body: bytes, declared: list[str]) -> tuple[str, str, int]:
    if wide := _lost_mark(body):
        return _lossy(body, wide)
    text = _strict(body, _UTF8)
    if text and not text.isascii():
        return text, _UTF8, 0
    utf8 = _lossy(body, _UTF8)
    beyond_ascii = len(utf8[0]) - len(utf8[0].encode("ascii", "ignore"))
    if beyond_ascii >= _ENOUGH and utf8[0].count("\ufffd") <= beyond_ascii * _NEARLY:
        return utf8
    for codec in [*declared, _CHINESE]:
        if (text := _strict(body, codec)) is not None:
            return text, codec, 0
    attempts = [*(_lossy(body, codec) for codec in declared), utf8, _lossy(body, _CHINESE)]
    return min(attempts, key=lambda attempt: attempt[2])


def _strict(body: bytes, codec: str) -> str | None:
    """Decode without a loss, an unfinished last character aside; None where that fails."""
    try:
        return codecs.getincrementaldecoder(codec)("strict").decode(body, final=False)
    except (UnicodeError, LookupError, ValueError):
        return None


def _lossy(body: bytes, codec: str) -> tuple[str, str, int]:
    """Decode with U+FFFD for what cannot be read, and count how often that was."""
    text = _strict(body, codec)
    if text is not None:
        return text, codec, 0
    text = to_unicode(body, codec)
    return text, codec, max(1, text.count("\ufffd"))


def _claims(names: list[str], used: str) -> tuple[str, ...]:
    """Say where the declarations contradict the bytes or each other."""
    if not names:
        return ()
    declared, codec = names[0], _codec(names[0])
    if codec is None:
        return (f"declared {declared}, which is no charset that we know; is {used}",)
    problems = () if codec == used else (f"declared {declared}, is {used}",)
    rivals = tuple(f"declared {declared} and {name}" for name in names[1:] if _codec(name) != codec)
    return problems + rivals


def _declared_names(body: bytes, content_type: str | None) -> list[str]:
    """Return the charset names of header and page as written, in lower case, the more credible first."""
    header, meta = _header_name(content_type), _meta_name(body[:_HEAD])
    if header and meta and _codec(header) == _LATIN:
        return [meta, header]
    return [name for name in (header, meta) if name]


def _header_name(content_type: str | None) -> str | None:
    if not content_type:
        return None
    message = Message()
    message["content-type"] = " ".join(content_type[:300].split())
    charset = message.get_param("charset")
    match = _LABEL.match(charset.strip(" \"'")) if isinstance(charset, str) else None
    return match.group().lower() if match else None


def _meta_name(head: bytes) -> str | None:
    """Return the name in <meta> or the XML declaration. w3lib says which tag counts, a pattern how it was written."""
    resolved = html_body_declared_encoding(head)
    found = [first or second for first, second in _WRITTEN.findall(_COMMENT.sub(b"", head))]
    names = [name.decode("ascii", "ignore").lower() for name in found]
    if resolved:
        return next((name for name in names if name and resolve_encoding(name) == resolved), resolved)
    return next((name for name in names if name), None)


def _lost_mark(body: bytes) -> str | None:
    """Return the codec of markup in UTF-16 whose byte order mark is missing, else None."""
    if not body.startswith((b"<\x00", b"\x00<")):
        return None
    return "utf-16-le" if body[0] else "utf-16-be"


def _is_wide(codec: str) -> bool:
    """Tell UTF-16 and UTF-32: where ASCII markup holds no NUL, the page is neither, whatever it declares."""
    return codec.startswith(("utf-16", "utf-32"))


def _codec(name: str) -> str | None:
    """Return the codec that reads what is declared as `name`, or None for a name that the web does not know."""
    try:
        codec = resolve_encoding(name)
    except (ValueError, UnicodeError):  # a name with a NUL or beyond ASCII
        return None
    if codec is None or not _WEB_CODEC.fullmatch(codec):
        return None
    return f"{codec}-le" if codec in ("utf-16", "utf-32") else codec  # as browsers do; Python would ask the machine
