"""Time and memory of the pairing by the number of pages.

    python scripts/bench_pairing.py [250 500 ... 16000]

Each line pairs so many Chinese pages with half as many foreign ones, in a process of its own, on one core: generated
news with a text of dictionary words in front, as common as words are. `growth` is the time against the line before, to
be held against the growth of the pages.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import time
from itertools import accumulate
from multiprocessing import get_context
from pathlib import Path

# One core, as a worker has it.
os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent / "accuracy"))

from news import generate as news
from pairing_cases import news_cases

from scoring.pairing import dictionary as pair_dictionary
from scoring.pairing.pages import pair_pages

SIZES = (250, 500, 1000, 2000, 4000, 8000, 16_000)
WORDS = 150  # of filling in a Chinese page
SAID = 0.6  # share of them that the foreign page says too


def main() -> None:
    """Print a line a size."""
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    print("chinese  foreign  seconds  growth  (pages x)   peak MB   pairs  right")
    before: tuple[int, float] | None = None
    for size in sizes:
        with get_context("spawn").Pool(1) as pool:
            seconds, megabytes, pairs, right = pool.apply(measure, (size,))
        growth = f"x{seconds / before[1]:.1f}   (x{size / before[0]:.1f})" if before else ""
        print(
            f"{size:7}  {size // 2:7}  {seconds:7.1f}  {growth:16}  {megabytes:8.0f}  {pairs:6}  {right:6}", flush=True
        )
        before = size, seconds


def measure(size: int) -> tuple[float, float, int, int]:
    """Return processor seconds, peak memory added in MB, pairs found and right ones; the dictionary is there before."""
    rng = random.Random(size)  # noqa: S311 - a fixed draw
    vocabulary = sorted(pair_dictionary._meanings())
    rng.shuffle(vocabulary)
    vocabulary = vocabulary[:20_000] or ["政府"]
    zipf = list(accumulate(1 / rank for rank in range(1, len(vocabulary) + 1)))
    news.PER_KIND, news.FOREIGN = max(1, (size - 30) // 18), {"en": size // 2}
    pages, truth = news.generate(size)
    filling = {}
    for page in pages:
        if page["language"] == "zh":
            filling[page["url"]] = rng.choices(vocabulary, cum_weights=zipf, k=WORDS)
            page["text"] += "\n" + "".join(filling[page["url"]])
    source = dict(truth)
    for page in pages:
        if page["language"] == "en":
            words = filling.get(source.get(page["url"], ""), rng.choices(vocabulary, cum_weights=zipf, k=WORDS))
            said = [pair_dictionary.meanings(word)[:1] for word in words if rng.random() < SAID]
            page["text"] += "\n" + " ".join(word for first in said for word in first)
    (case,) = news_cases(pages, truth)
    used, start = _peak(), time.process_time()
    pairs = pair_pages(
        case.foreign,
        case.chinese,
        foreign_scope=case.scopes[0],
        chinese_scope=case.scopes[1],
        foreign_language="en",
    )
    seconds, found = time.process_time() - start, [pair for pair in pairs if pair.foreign_url and pair.chinese_url]
    right = sum((pair.foreign_url, pair.chinese_url) in case.truth for pair in found)
    return seconds, _peak() - used, len(found), right


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
