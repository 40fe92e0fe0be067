"""One message to one mail server or webhook. What goes wrong is said without any secret in it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import smtplib
import ssl
import urllib.error
import urllib.request
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from http.client import HTTPException
from typing import Any
from urllib.parse import quote_plus, urlsplit

from crawler.errors import BadInput
from waiwen.alerts.events import Event
from waiwen.alerts.rule import Hook, Mail, secret
from waiwen.screen import safe

TIMEOUT = 20.0  # seconds that a server has for each answer
MOST_TEXT = 600  # characters of a message: in UTF-8 within the 2048 bytes that WeCom takes
_MOST_ANSWER = 65536  # bytes of a webhook's answer that are read


class NotDelivered(Exception):
    """The message did not arrive. The text may be shown and stored."""


def plain(text: str) -> str:
    """Crawled text made harmless: no control characters, and no tags, which chat programs obey (`<at ...>`)."""
    return safe(text).replace("<", "＜").replace(">", "＞")[:MOST_TEXT]


def send_mail(mail: Mail, event: Event, now: datetime) -> None:
    """Send an event by e-mail, as plain text. Raises NotDelivered."""
    message = EmailMessage()
    message["Subject"] = plain(f"[waiwen] {event.kind}: {event.subject}")[:150]
    message["From"], message["To"] = mail.sender, ", ".join(mail.to)
    message["Date"], message["Message-ID"] = format_datetime(now), make_msgid(domain=mail.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"{plain(event.text)}\n\n{now:%Y-%m-%d %H:%M %Z}\n")
    kind = smtplib.SMTP_SSL if mail.security == "ssl" else smtplib.SMTP
    extra: dict[str, Any] = {"context": ssl.create_default_context()} if mail.security == "ssl" else {}
    try:
        password = secret(mail.password_env) if mail.user else ""
        with kind(mail.host, mail.port, timeout=TIMEOUT, **extra) as server:
            if mail.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if mail.user:
                server.login(mail.user, password)
            server.send_message(message)
    except BadInput as fault:
        raise NotDelivered(str(fault)) from None
    except smtplib.SMTPResponseException as fault:  # a server's words may echo what it was sent
        raise NotDelivered(f"{mail.host}:{mail.port} refused it (SMTP {fault.smtp_code})") from None
    except (smtplib.SMTPException, OSError, ValueError) as fault:  # ValueError: a host or password beyond ASCII
        raise NotDelivered(f"{mail.host}:{mail.port}: {type(fault).__name__}") from None


def send_hook(hook: Hook, event: Event, now: datetime) -> None:
    """Post an event to a webhook. Raises NotDelivered."""
    try:
        url = secret(hook.url_env)
        key = secret(hook.secret_env) if hook.secret_env else ""
    except BadInput as fault:
        raise NotDelivered(str(fault)) from None
    if urlsplit(url).scheme not in ("http", "https"):
        raise NotDelivered(f"the environment variable {hook.url_env} holds no http(s) address")
    body, query = content_of(hook.preset, event, key, now)
    if query:
        url += ("&" if "?" in url else "?") + query
    _check_answer(hook, _post(url, json.dumps(body, ensure_ascii=False).encode()))


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A webhook's address holds a token: it is not carried elsewhere."""

    def redirect_request(self, *_: object) -> None:
        return None


def _post(url: str, body: bytes) -> bytes:
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "waiwen"}
    try:
        request = urllib.request.Request(url, body, headers)  # noqa: S310 - http and https only, checked before
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=TIMEOUT) as answer:
            content: bytes = answer.read(_MOST_ANSWER)
            return content
    except urllib.error.HTTPError as fault:
        raise NotDelivered(f"the webhook answered {fault.code}") from None
    except (OSError, ValueError, HTTPException) as fault:
        raise NotDelivered(f"the webhook could not be reached ({type(fault).__name__})") from None


def _check_answer(hook: Hook, answer: bytes) -> None:
    """Chat robots answer 200 to what they refuse, too, and say so in a code."""
    if hook.preset == "json":
        return
    try:
        told = json.loads(answer)
        code = told.get("code" if hook.preset == "feishu" else "errcode")
    except (ValueError, AttributeError):
        code = None
    if code != 0:
        told_code = code if isinstance(code, int) else "none"
        raise NotDelivered(f"the {hook.preset} robot refused it (code {told_code})")


def content_of(preset: str, event: Event, key: str, now: datetime) -> tuple[dict[str, Any], str]:
    """The JSON of a message, and what its address gets added. `key` signs it where it is not empty.

    Sources: Feishu open platform, "Custom bot usage guide"; DingTalk open platform, "Custom robot access" and
    "Security settings"; WeCom developer centre, document 91770.
    """
    text = plain(f"[waiwen] {event.kind}: {event.text}")
    if preset == "feishu":
        signed: dict[str, str] = {}
        if key:
            stamp = str(int(now.timestamp()))
            signed = {"timestamp": stamp, "sign": _sign(f"{stamp}\n{key}", "")}
        return {**signed, "msg_type": "text", "content": {"text": text}}, ""
    if preset in ("dingtalk", "wecom"):
        query = ""
        if key and preset == "dingtalk":
            stamp = str(int(now.timestamp() * 1000))
            query = f"timestamp={stamp}&sign={quote_plus(_sign(key, f'{stamp}' + chr(10) + key))}"
        return {"msgtype": "text", "text": {"content": text}}, query
    told = {"kind": event.kind, "subject": event.subject, "text": event.text, "amount": event.amount}
    return {"source": "waiwen", "time": now.isoformat(timespec="seconds"), **told}, ""


def _sign(key: str, message: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()).decode()
