"""An alert's rule: which events it tells, to whom, how often. Secrets stand in the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from crawler.errors import BadInput
from waiwen.alerts.events import KINDS, Event

Preset = Literal["json", "feishu", "dingtalk", "wecom"]
Security = Literal["starttls", "ssl", "none"]
SIGNED: tuple[Preset, ...] = ("feishu", "dingtalk")
_ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Mail(BaseModel):
    """A mail server and the addresses. `password_env` names the variable that holds the password."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    to: tuple[str, ...]
    sender: str
    host: str = "localhost"
    port: int = 25
    security: Security = "none"
    user: str = ""
    password_env: str = ""


class Hook(BaseModel):
    """A webhook. `url_env` and `secret_env` name the variables that hold its address and its signing secret."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url_env: str
    preset: Preset = "json"
    secret_env: str = ""


class Rule(BaseModel):
    """What an alert tells. `thresholds`: kind → the amount from which on an event is told."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kinds: tuple[str, ...]
    mail: Mail | None = None
    hook: Hook | None = None
    thresholds: dict[str, float] = {}
    every_hours: float = 24.0

    def wants(self, event: Event) -> bool:
        """Whether the event is to be told."""
        least = self.thresholds.get(event.kind)
        return event.kind in self.kinds and (least is None or event.amount is None or event.amount >= least)


def check_rule(rule: Rule) -> None:
    """Raise one BadInput with all that is wrong with a rule."""
    wrong = [f"--on {kind}: no such event. There are {', '.join(KINDS)}" for kind in rule.kinds if kind not in KINDS]
    if not rule.kinds:
        wrong.append(f"--on: names no event. There are {', '.join(KINDS)}")
    if (rule.mail is None) == (rule.hook is None):
        wrong.append("give either --email or --webhook-env")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", rule.name):
        wrong.append("NAME: letters, digits, - and _, at most 40")
    if rule.mail:
        addresses = [*rule.mail.to, rule.mail.sender]
        wrong += [f"{address!r}: no e-mail address" for address in addresses if not _ADDRESS.fullmatch(address)]
        if rule.mail.user and rule.mail.security == "none":
            wrong.append("--smtp-user: a password is sent over --smtp-security starttls or ssl only")
        if bool(rule.mail.user) != bool(rule.mail.password_env):
            wrong.append("--smtp-user and --smtp-password-env: give both or neither")
    if rule.hook and rule.hook.secret_env and rule.hook.preset not in SIGNED:
        wrong.append(f"--secret-env: only {' and '.join(SIGNED)} robots take a signature")
    named = [rule.mail.password_env] if rule.mail else [rule.hook.url_env, rule.hook.secret_env] if rule.hook else []
    # Not echoed: whoever gives an address or a password here by mistake must not find it in a log.
    wrong += [
        "an option that ends in -env takes a variable's name, not what it holds" for name in named if not _ok(name)
    ]
    if wrong:
        raise BadInput.listing(f"alert {rule.name!r}", wrong)


def _ok(name: str) -> bool:
    return not name or _VARIABLE.fullmatch(name) is not None


def secret(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """What a variable holds. Raises BadInput where it is not set."""
    held = environment.get(name, "")
    if not held:
        raise BadInput(f"the environment variable {name} is not set, or empty")
    return held


PRESETS: tuple[str, ...] = get_args(Preset)
