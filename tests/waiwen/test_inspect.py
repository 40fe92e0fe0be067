import json
import re
from dataclasses import fields, is_dataclass
from pathlib import Path

from crawler.extract import facts as facts_module
from crawler.model import Candidate

ROOT = Path(__file__).parents[2]

KEYS = (
    "url title charset language published updated text_chars versions columns items forms contacts social search "
    "identity problems"
).split()
BODY = "市政府召开常务会议，研究部署防汛工作。" * 5
PAGE = f"""<html><head><meta charset="gb2312"><title>朱镕基</title>
<meta name="PubDate" content="2026-06-20 10:00"></head><body><div class="top">
<a href="/en/">English</a> <a href="javascript:StranBody()">繁體</a></div><p>{BODY}</p></body></html>"""


def test_every_key_is_there_a_json_object_a_line(waiwen, tmp_path):
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_bytes(PAGE.encode("gb18030"))
    code, out, _ = waiwen("inspect", tmp_path / "a.html", tmp_path / "b.html", "--json")
    assert code == 0
    first, second = (json.loads(line) for line in out.splitlines())
    assert set(KEYS) <= first.keys()
    assert {**first, "url": ""} == {**second, "url": ""}


def test_the_facts_of_a_page_with_its_address(waiwen, tmp_path):
    (tmp_path / "a.html").write_bytes(PAGE.encode("gb18030"))
    _, out, _ = waiwen(
        "inspect", tmp_path / "a.html", "--json", "--url", "http://www.a.gov.cn/x.html", "--fetched", "2026-06-30"
    )
    facts = json.loads(out)
    assert facts["charset"] == {"declared": "gb2312", "used": "gb18030"}
    assert facts["published"]["date"] == "2026-06-20"
    assert facts["published"]["cue"] == "meta:PubDate"
    assert facts["language"]["body"] == "zh-Hans"
    assert [(v["language"], v["url"]) for v in facts["versions"]] == [("en", "http://www.a.gov.cn/en/")]


def test_what_a_page_holds_cannot_steer_the_terminal(waiwen, tmp_path):
    (tmp_path / "a.html").write_bytes(PAGE.replace("朱镕基", "\x1b[31mred\x07\u202e").encode())
    for options in ((), ("--json",)):
        _, out, _ = waiwen("inspect", tmp_path / "a.html", *options)
        assert "\x1b" not in out
        assert "\x07" not in out
        assert "\u202e" not in out


def test_a_file_that_is_not_there_is_bad_input(waiwen, tmp_path):
    code, _, err = waiwen("inspect", tmp_path / "none.html")
    assert code == 2
    assert "none.html" in err


def test_one_address_cannot_be_that_of_two_files(waiwen, tmp_path):
    (tmp_path / "a.html").write_text("x")
    code, _, err = waiwen("inspect", tmp_path / "a.html", tmp_path / "a.html", "--url", "http://a/")
    assert code == 2
    assert "--url" in err


def test_the_documentation_names_every_field():
    words = set(re.findall(r"`([a-z_]+)`", (ROOT / "docs" / "inspect.md").read_text(encoding="utf-8")))
    records = [
        kind for kind in vars(facts_module).values() if is_dataclass(kind) and kind.__module__ == facts_module.__name__
    ]
    missing = {f"{kind.__name__}.{field.name}" for kind in [*records, Candidate] for field in fields(kind)
               if field.name not in words}  # fmt: skip
    assert missing == set()


def test_the_documentation_and_the_output_have_the_same_keys(waiwen, tmp_path):
    (tmp_path / "a.html").write_text("<p>x")
    _, out, _ = waiwen("inspect", tmp_path / "a.html", "--json")
    text = (ROOT / "docs" / "inspect.md").read_text(encoding="utf-8")
    named = {key for line in text.splitlines() if line.startswith("- ") for key in re.findall(r"`([a-z_]+)`", line)}
    wrapped = set(re.findall(r"(?:\. |^  )`([a-z_]+)`:", text, re.MULTILINE))
    assert json.loads(out).keys() <= named | wrapped
