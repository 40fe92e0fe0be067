"""Start a new indicator: its module, its test, a folder for its pages, and its stanza (commented out) in the rule file.

python scripts/new_indicator.py NAME [--group GROUP] [--unit UNIT]

Writes nothing where anything is in the way. Exit codes: 0 done, 2 bad input.
"""

from __future__ import annotations

import argparse
import keyword
import re
import sys
from collections.abc import Sequence
from pathlib import Path

SCALES = {
    "boolean": "{boolean: true}",
    "share": "{share: more}",
    "days": "{full: 7, zero: 180}",
    "count": "{full: 10, zero: 0}",
    "pages": "{full: 10, zero: 0}",
    "score": "{full: 100, zero: 0}",
    "seconds": "{full: 1, zero: 15}",
}

MODULE = '''"""One sentence that says what it is, ending with a full stop.

What it measures
    The quantity: what is counted over what, in which unit, and from how many pages at least.
Why it matters
    What a reader loses where the value is poor.
Blind spots
    What it cannot see, and what it may take for something else.
"""

from scoring.evidence import Evidence, Measurement, not_measured
from scoring.registry import indicator


@indicator(unit="{unit}", needs=["pages"])
def {name}(evidence: Evidence) -> Measurement:
    """Say in one line what the code cannot: a choice that it makes, and why."""
    return not_measured(f"not written yet, for {{len(evidence.pages)}} pages")
'''

TEST = """import pytest

from scoring.indicators.{name} import {name}


def test_a_good_version_is_measured_high_and_the_page_is_cited(build, outcome):
    page = build.page("/page")
    found = {name}.run(build.evidence(page, home=build.home()))
    assert outcome(found) == ("measured", 1)
    assert page.ref.capture in [ref.capture for ref in found.evidence]


def test_a_poor_version_is_measured_low_and_the_page_is_cited(build, outcome):
    pytest.fail("build a version that deserves the lowest value, and show that it gets it")


def test_what_was_not_captured_is_not_held_against_the_site(build, outcome):
    assert outcome({name}.run(build.evidence())) == ("not_measured", None)
"""

PAGES = """Small pages of our own for `{name}`, each named for what is odd about it. Delete this folder where the
indicator reads no page beyond the facts that others read.
"""

STANZA = """  # - id: {name}
  #   title: {{en: {title}, zh: 中文名称}}
  #   group: {group}
  #   weight: 1 # points, decimals allowed; take them from the others of the group: every level adds up
  #   scale: {scale}
  #   status: proposed
"""


class Refused(Exception):
    """The indicator cannot be started; the message says why and what to do."""


def check_name(name: str) -> None:
    """Raise Refused unless `name` can name a module, a function and a stanza."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,63}", name) or keyword.iskeyword(name):
        raise Refused(f"{name!r} is no name for an indicator: use small letters, digits and underscores")
    if name.startswith(("check_", "has_", "is_")):
        raise Refused(f"{name!r}: indicators are named by the quantity, such as broken_link_share")


def groups_of(rules: str) -> list[str]:
    """Return the groups that the rule file's indicators stand in, in its order."""
    return list(dict.fromkeys(re.findall(r"^    group: *([a-z][a-z0-9_]*)", rules, re.MULTILINE)))


def with_stanza(rules: str, stanza: str, group: str) -> str:
    """Return the rule file with `stanza` after the last indicator of `group`."""
    lines = rules.splitlines(keepends=True)
    last = max(i for i, line in enumerate(lines) if re.match(rf"    group: *{group}\b", line))
    end = next((i for i in range(last, len(lines)) if not lines[i].startswith("    ")), len(lines))
    return "".join([*lines[:end], stanza, *lines[end:]])


def start(root: Path, name: str, group: str | None, unit: str) -> str:
    """Write the files and return what to tell the author. Raises Refused before anything is written."""
    check_name(name)
    module = root / "scoring" / "indicators" / f"{name}.py"
    test = root / "tests" / "scoring" / "indicators" / f"test_{name}.py"
    rule_file = root / "indicators.yaml"
    rules = rule_file.read_text(encoding="utf-8")
    for path in (module, test):
        if path.exists():
            raise Refused(f"{path.relative_to(root)} exists already; choose another name or edit it")
    if re.search(rf"^[ #]*- id: *{name}\b", rules, re.MULTILINE):
        raise Refused(f"indicators.yaml has a stanza `{name}` already")
    if group is not None and group not in groups_of(rules):
        raise Refused(f"no indicator stands in a group {group!r}; groups are {', '.join(groups_of(rules))}")
    title = name.replace("_", " ").capitalize()
    stanza = STANZA.format(name=name, title=title, group=group or "GROUP", scale=SCALES[unit])
    pages = root / "tests" / "fixtures" / "pages" / name
    pages.mkdir(parents=True, exist_ok=True)
    (pages / "README.md").write_text(PAGES.format(name=name), encoding="utf-8")
    module.write_text(MODULE.format(name=name, unit=unit), encoding="utf-8")
    test.write_text(TEST.format(name=name), encoding="utf-8")
    report = [f"wrote {path.relative_to(root)}" for path in (module, test, pages)]
    if group is None:
        report.append(f"add to indicators.yaml, under one of the groups {', '.join(groups_of(rules))}:")
    else:
        rule_file.write_text(with_stanza(rules, stanza, group), encoding="utf-8")
        report.append("added to indicators.yaml, commented out until its weight is taken from the group's others:")
    return "\n".join([*report, "", stanza.rstrip(), "", "next: docs/adding-an-indicator.md, step 2"])


def main(arguments: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Run the command line; `root` is the checkout, by default the one that this file stands in."""
    parser = argparse.ArgumentParser(description="Start a new indicator: module, test and stanza.")
    parser.add_argument("name", help="its id, named by the quantity: days_since_update")
    parser.add_argument("--group", help="the group of indicators.yaml that it goes under; without it, only printed")
    parser.add_argument("--unit", choices=sorted(SCALES), default="share")
    given = parser.parse_args(arguments)
    try:
        print(start(root or Path(__file__).resolve().parents[1], given.name, given.group, given.unit))
    except Refused as refusal:
        print(f"new_indicator: {refusal}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
