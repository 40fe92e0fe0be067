"""Write the labelled news set: pages.jsonl (what is to be paired) and truth.tsv (what belongs together).

    python scripts/accuracy/news/generate.py [--seed 7] [--into DIR] [--fit-kinds | --held-out]

The Chinese side holds series of like items, several of one day and column. A foreign version translates about one in
three with a lag of 0 to 20 days (one in ten takes longer), summarises half of those, merges two now and then, omits
dates and figures, and carries items of the same kinds that no Chinese page has. truth.tsv names every Chinese page
that a foreign one renders; a pairing with one of them is right. Same seed, same bytes.
--held-out writes held_out_pages.jsonl and held_out_truth.tsv: other kinds, in languages that nothing was fitted on.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

sys.path.insert(0, str(Path(__file__).parent))

from writing import RECENTLY, SEVERAL, SEVERAL_YUAN, UPDATED, on_day, written, written_day

HERE = Path(__file__).parent
PER_KIND = 18  # Chinese items of a kind
FOREIGN = {"en": 60, "ru": 34, "ja": 34, "ko": 34}
HELD_OUT = {"fr": 40, "es": 40, "de": 40, "ar": 40}
ORIGINAL = 0.2  # share of foreign items without a Chinese source
MERGED, SUMMARY, UNDATED, VAGUE = 0.06, 0.5, 0.08, 0.25
LATE = 0.1  # share of foreign items that follow after more than 20 days
FIGURELESS = 0.15  # share of foreign texts that give no figures
HEADED = 0.3  # share of foreign texts that begin with the line of the last change, some days later
DAY_MATTERS = ("rain", "water", "policy", "transit")
FIRST_DAY, DAYS = date(2026, 1, 5), 120
COLUMNS = ("news", "notices", "counties")


@dataclass(frozen=True)
class Item:
    """One thing that happened, not yet told in any language."""

    kind: str
    day: date
    values: dict[str, Any] = field(hash=False)


def draw(kind: str, slots: dict[str, str], words: dict[str, Any], day: date, rng: random.Random) -> Item:
    """Fill the slots of a kind; two slots of one list differ."""
    values: dict[str, Any] = {}
    for slot, source in slots.items():
        name, *limits = source.split()
        if limits:
            values[slot] = (name, rng.randint(int(limits[0]), int(limits[1])))
        else:
            taken = [value for value in values.values() if isinstance(value, list)]
            values[slot] = rng.choice([word for word in words[name] if word not in taken])
    return Item(kind, day, values)


def tell(
    item: Item, pattern: dict[str, Any], language: str, number: int, *, vague: bool = False, figureless: bool = False
) -> list[str]:
    """Return title and sentences of an item in one language; `number` is the language's place in the word lists.

    A `vague` text does not name the day, a `figureless` one no figures.
    """
    vague = vague and item.kind not in DAY_MATTERS
    filled: dict[str, str] = {
        "day": RECENTLY[language] if vague else on_day(item.day, language),
        "date": written_day(item.day, language),
    }
    if figureless:
        filled |= {f"{slot}{tail}": SEVERAL[language] for slot in item.values for tail in ("", "_comma")}
        filled |= {"yuan": SEVERAL_YUAN[language]} if language in SEVERAL_YUAN else {}
    for slot, value in item.values.items():
        if isinstance(value, list):
            filled[slot] = value[number]
        elif not figureless:
            filled[slot] = written(*value, language)
            filled[f"{slot}_comma"] = filled[slot].replace(".", ",")
    lines = [line.format(**filled) for line in pattern[language]]
    return [line[:1].upper() + line[1:].replace(" on recently", " recently") for line in lines]


def generate(
    seed: int, fit_kinds: bool = False, *, held_out: bool = False
) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """Return the pages and the (foreign, Chinese) addresses that belong together."""
    source, foreign = ("held_out.yaml", HELD_OUT) if held_out else ("patterns.yaml", FOREIGN)
    data = YAML(typ="safe", pure=True).load((HERE / source).read_text("utf-8"))
    kinds = {name: kind for name, kind in data["kinds"].items() if kind.get("fit", False) or not fit_kinds}
    rng = random.Random(seed)  # noqa: S311 - a fixed draw
    items = [
        draw(name, kind["slots"], data["words"], FIRST_DAY + timedelta(rng.randrange(DAYS)), rng)
        for name, kind in kinds.items()
        for _ in range(PER_KIND)
    ]
    # Series of one day: alerts, visits and notices that differ in a name or a figure.
    items += [draw(one.kind, kinds[one.kind]["slots"], data["words"], one.day, rng) for one in rng.sample(items, 30)]
    pages, urls = [], []
    for number, item in enumerate(items):
        title, *lines = tell(item, kinds[item.kind], "zh", 0)
        published = None if rng.random() < UNDATED / 2 else item.day + timedelta(rng.randint(0, 1))
        urls.append(f"http://news.example/zh/{rng.randrange(10**9):09}.html")
        pages.append(_page(urls[number], "zh", title, lines, published, item.kind, rng))
    truth = []
    for language, count in foreign.items():
        for page, sources in _version(language, count, items, urls, data, kinds, rng):
            pages.append(page)
            truth += [(page["url"], source) for source in sources]
    return pages, truth


def _version(
    language: str,
    count: int,
    items: list[Item],
    urls: list[str],
    data: dict[str, Any],
    kinds: dict[str, Any],
    rng: random.Random,
) -> list[tuple[dict[str, Any], list[str]]]:
    number = data["languages"].index(language)
    free = list(range(len(items)))
    rng.shuffle(free)
    found = []
    for _ in range(count):
        if rng.random() < ORIGINAL:
            kind = rng.choice(sorted(kinds))
            day = FIRST_DAY + timedelta(rng.randrange(DAYS))
            told = [draw(kind, kinds[kind]["slots"], data["words"], day, rng)]
            sources = []
        else:
            chosen = [free.pop()]
            if rng.random() < MERGED:
                same = [one for one in free if items[one].kind == items[chosen[0]].kind]
                chosen += same[:1]
                free = [one for one in free if one not in chosen]
            told, sources = [items[one] for one in chosen], [urls[one] for one in chosen]
        manner = {"vague": rng.random() < VAGUE, "figureless": rng.random() < FIGURELESS}
        title, *lines = tell(told[0], kinds[told[0].kind], language, number, **manner)
        if rng.random() < SUMMARY:
            lines = lines[:1]
        for other in told[1:]:
            lines += tell(other, kinds[other.kind], language, number)[1:2]
        lag = rng.randint(21, 60) if rng.random() < LATE else rng.choice((0, 1, 1, 2, 3, 4, 6, 9, 14, 20))
        day = max(one.day for one in told) + timedelta(lag)
        if rng.random() < HEADED:
            lines = [UPDATED[language].format(written_day(day + timedelta(rng.randint(0, 3)), language)), *lines]
        published = None if rng.random() < UNDATED else day
        url = f"http://news.example/{language}/{rng.randrange(10**9):09}.html"
        found.append((_page(url, language, title, lines, published, told[0].kind, rng), sources))
    return found


def _page(
    url: str, language: str, title: str, lines: list[str], day: date | None, kind: str, rng: random.Random
) -> dict[str, Any]:
    return {
        "url": url,
        "language": language,
        "title": title,
        "text": "\n".join(lines),
        "published": day.isoformat() if day else None,
        "column": rng.choice(COLUMNS),
        "kind": kind,
    }


def main() -> None:
    """Write the two files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--into", type=Path, default=HERE)
    parser.add_argument("--fit-kinds", action="store_true", help="only the kinds that the score was fitted on")
    parser.add_argument("--held-out", action="store_true", help="the languages and kinds that nothing was fitted on")
    options = parser.parse_args()
    pages, truth = generate(options.seed, options.fit_kinds, held_out=options.held_out)
    begin = "held_out_" if options.held_out else ""
    lines = [json.dumps(page, ensure_ascii=False, sort_keys=True) for page in pages]
    (options.into / f"{begin}pages.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    rows = ["foreign\tchinese", *("\t".join(pair) for pair in truth)]
    (options.into / f"{begin}truth.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    print(f"{len(pages)} pages, {len(truth)} pairs")


if __name__ == "__main__":
    main()
