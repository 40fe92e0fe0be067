"""What a page offers its reader beside its text: files, forms, ways to reach the body, accounts and chats."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Chat:
    """A live chat: `kind` is the service that runs it, or link; `cue` the host or the words that tell it."""

    kind: str
    url: str
    cue: str


@dataclass(frozen=True)
class Attachment:
    """A link to a file. `kind` is its format (`pdf`, `docx`), `size` what the page says of it in bytes, `cue` what
    tells both.
    """

    url: str
    anchor: str
    kind: str
    size: int | None
    cue: str


@dataclass(frozen=True)
class Form:
    """A form. `fields` are (name, type), `labels` its visible words, `kind` is search, mailbox or other.

    `url` is where it sends to, absolute, empty where a script does; `language` that of its labels, `und` where they are
    few; `hidden` are name and value of what it sends unasked.
    """

    action: str
    method: str
    fields: tuple[tuple[str, str], ...]
    labels: str
    kind: str
    url: str = ""
    language: str = "und"
    hidden: tuple[tuple[str, str], ...] = ()

    @property
    def query_field(self) -> str | None:
        """The name of the field that takes what is sought; None where this is no search box that asks by GET."""
        if self.kind != "search" or self.method != "get" or not self.url:
            return None
        return next((name for name, kind in self.fields if name and kind in ("text", "search")), None)


@dataclass(frozen=True)
class Contact:
    """A way to reach the body. `kind` is phone, hotline, email, address, or hours (when it is open), as written;
    `international` says that a phone is written as +86 ... .
    """

    kind: str
    value: str
    international: bool = False

    @property
    def dialled(self) -> str | None:
        """A phone's number as dialled from abroad (`+861012345678`); None for hotlines and what is no phone."""
        if self.kind != "phone":
            return None
        digits = "".join(char for char in self.value if char.isascii() and char.isdigit()).removeprefix("00")
        if self.international and digits.startswith("86"):
            return f"+86{digits[2:].lstrip('0')}"
        return f"+{digits}" if self.international else f"+86{digits.lstrip('0')}"


@dataclass(frozen=True)
class SocialLink:
    """An account on a social network."""

    network: str
    url: str
