"""A rule file as YAML 1.2: read it, and know on which line each thing stands."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from crawler.errors import RulesError

# What the parser says of the commonest slips, and what to do about them.
ADVICE = (
    ("'\\t'", "a tab indents this line. YAML takes blanks only"),
    ("mapping values are not allowed", "a colon or an indent is out of place here. Quote a text that holds `: `"),
    (
        "could not find expected ':'",
        "a key without a colon and a blank behind it. Write `key: value`; a full-width ： is no colon",
    ),
    ("expected ',' or", "a bracket opens here and is not closed, or a comma is missing in it"),
    ("unexpected end of stream", "a quote opens here and is not closed"),
    ("another document", "a second document begins here with `---`. One file holds one rule set"),
    ("undefined alias", "a value that begins with * is an alias in YAML. Put quotes around it"),
    ("cannot start any token", "a value cannot begin with this character. Put quotes around it"),
    ("<block end>", "this line is not indented like its neighbours"),
)
# Of these the parser tells where it noticed; to blame is where the thing began.
BEGUN_EARLIER = ("expected ',' or", "unexpected end of stream", "could not find expected ':'")
# What a Chinese keyboard writes for YAML's own signs.
FULL_WIDTH = {"，": ",", "｛": "{", "｝": "}", "［": "[", "］": "]", "“": '"', "”": '"', "＃": "#", "－": "-"}
ODD_INDENT = re.compile(r" *[\u3000\u00a0]")


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong; `line` is 0 where no line is to blame."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}  {self.text}" if self.line else self.text


def rules_error(path: Path, problems: Iterable[Problem]) -> RulesError:
    """Build the one error that lists every problem, by line; those without a line come last."""
    ordered = sorted(set(problems), key=lambda problem: (problem.line or math.inf, problem.text))
    error = RulesError.listing(str(path), [str(problem) for problem in ordered])
    assert isinstance(error, RulesError)
    return error


@dataclass(frozen=True)
class Stanza:
    """A mapping of the file with its line. It gives what has the expected type, and nothing else."""

    mapping: CommentedMap
    line: int = 1

    def line_of(self, key: str) -> int:
        """Return the line of a key, the stanza's own where the key is missing or merged in."""
        return _key_line(self.mapping, key) or self.line

    def text(self, key: str) -> str:
        """Return a text, empty where there is none."""
        value = self.mapping.get(key)
        return str(value) if isinstance(value, str) else ""

    def number(self, key: str) -> Fraction | None:
        """Return a number exactly as it is written: 0.1 is a tenth."""
        return exact(self.mapping.get(key))

    def stanza(self, key: str) -> Stanza | None:
        """Return the mapping under a key."""
        value = self.mapping.get(key)
        return Stanza(value, self.line_of(key)) if isinstance(value, CommentedMap) else None

    def stanzas(self, key: str) -> list[Stanza]:
        """Return the mappings in the list under a key."""
        value = self.mapping.get(key)
        if not isinstance(value, CommentedSeq):
            return []
        return [Stanza(item, value.lc.item(i)[0] + 1) for i, item in enumerate(value) if isinstance(item, CommentedMap)]

    def texts(self, key: str) -> list[tuple[str, int]]:
        """Return the texts in the list under a key, each with its line."""
        value = self.mapping.get(key)
        if not isinstance(value, CommentedSeq):
            return []
        return [(str(item), value.lc.item(i)[0] + 1) for i, item in enumerate(value) if isinstance(item, str)]


def exact(value: Any) -> Fraction | None:
    """Return the number that was written, None for what is no finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return Fraction(repr(float(value)))
    except (OverflowError, ValueError):
        return None  # inf, nan, or more digits than a float can hold


def suggestion(name: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that was probably meant."""
    by_lower = {candidate.lower(): candidate for candidate in candidates}
    close = difflib.get_close_matches(name.lower(), sorted(by_lower), n=1, cutoff=0.6)
    return by_lower[close[0]] if close else None


def line_at(tree: CommentedMap, place: Sequence[str | int]) -> int:
    """Return the line of the innermost part of `place` that the file holds. Steps that it lacks are passed over."""
    line = 1
    node: Any = tree
    for step in place:
        if isinstance(node, CommentedMap) and step in node:
            line = _key_line(node, step) or line
            node = node[step]
        elif isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
            line = node.lc.item(step)[0] + 1
            node = node[step]
    return line


def read_tree(path: Path) -> tuple[CommentedMap, bytes, list[Problem]]:
    """Read a rule file: its tree, its bytes, and what is wrong with its keys.

    Raises RulesError where it is no YAML mapping.
    """
    raw = _read_bytes(path)
    text = _decode(path, raw)
    key_problems: list[Problem] = []
    try:
        key_problems = _key_problems(YAML().compose(text))
        yaml = YAML(typ="rt")
        yaml.allow_duplicate_keys = True  # reported above, all of them
        tree = yaml.load(text)
    except Exception as fault:  # noqa: BLE001 - on odd input the parser raises all sorts
        raise rules_error(path, key_problems or [_yaml_problem(fault, text)]) from None
    if tree is None:
        raise rules_error(path, [Problem(1, "the file is empty. Start from the rule file that comes with waiwen")])
    if not isinstance(tree, CommentedMap):
        found = "a list" if isinstance(tree, CommentedSeq) else "a single value"
        raise rules_error(
            path, [Problem(1, f"the file holds {found}, not keys. A rule file begins with `edition: 2026`")]
        )
    return tree, raw, key_problems


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise rules_error(path, [Problem(0, "is a directory. Name the rule file in it")])
        return path.read_bytes()
    except FileNotFoundError:
        advice = "no such file. Check the path, or leave it out to use the rules that come with waiwen"
        raise rules_error(path, [Problem(0, advice)]) from None
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise rules_error(path, [Problem(0, f"cannot be read: {reason}")]) from None


def _decode(path: Path, raw: bytes) -> str:
    nul = raw.find(b"\0")
    if nul >= 0:
        line = raw.count(b"\n", 0, nul) + 1
        raise rules_error(path, [Problem(line, "not a text file (it holds a zero byte). A rule file is YAML in UTF-8")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        text = f"not UTF-8 text (byte 0x{raw[fault.start]:02x}). Save the file as UTF-8"
        raise rules_error(path, [Problem(line, text)]) from None


def _yaml_problem(fault: Exception, text: str) -> Problem:
    if isinstance(fault, RecursionError):
        return Problem(1, "lists or keys are nested too deep to be a rule file")
    if isinstance(fault, ReaderError):
        line = text.count("\n", 0, fault.position) + 1
        return Problem(line, "a control character stands here that no text may hold. Delete it")
    if not isinstance(fault, MarkedYAMLError):
        return Problem(0, f"a value cannot be read: {fault}. Put quotes around it")
    problem = fault.problem or "cannot be parsed"
    began = fault.context_mark if any(sign in problem for sign in BEGUN_EARLIER) else None
    mark = began or fault.problem_mark or fault.context_mark
    line = mark.line + 1 if mark else 0
    around = text.splitlines()[max(line - 2, 0) : line]
    for number, written in enumerate(around, line - len(around) + 1):
        if ODD_INDENT.match(written):
            return Problem(number, "not valid YAML: a full-width blank indents this line. YAML takes plain blanks only")
    advice = next((advice for sign, advice in ADVICE if sign in problem), problem)
    return Problem(line, f"not valid YAML: {advice}{_full_width(around[-1:])}")


def _full_width(lines: Sequence[str]) -> str:
    found = next((sign for sign in FULL_WIDTH for line in lines if sign in line), None)
    return f". A full-width {found} is no {FULL_WIDTH[found]}" if found else ""


def _key_problems(root: Node | None) -> list[Problem]:
    problems = []
    waiting, seen = [root], set()
    while waiting:
        node = waiting.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, SequenceNode):
            waiting.extend(node.value)
        elif isinstance(node, MappingNode):
            first: dict[str, int] = {}
            for key, value in node.value:
                waiting.append(value)
                line = key.start_mark.line + 1
                if not isinstance(key, ScalarNode):
                    problems.append(Problem(line, "a list or a mapping stands here for a key. Keys are plain words"))
                elif key.value in first:
                    text = f"key `{key.value}` stands here again, first on line {first[key.value]}. Remove one"
                    problems.append(Problem(line, text))
                else:
                    first[key.value] = line
    return problems


def _key_line(mapping: CommentedMap, key: Any) -> int | None:
    try:
        line: int = mapping.lc.key(key)[0]
    except (KeyError, TypeError, AttributeError):
        return None  # merged in from elsewhere
    return line + 1


def shown(value: Fraction | float) -> str:
    """Write a number as a person would: 4.5, 30."""
    number = float(value)
    return str(int(number)) if number.is_integer() else re.sub(r"\.?0+$", "", f"{number:.9f}")


def flow(value: object) -> str:
    """Write a part of a rule file in one line, as YAML does."""
    if value is None:
        return "the default"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(held)}" for key, held in value.items()) + "}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(flow(held) for held in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return shown(value) if isinstance(value, float) else str(value)
