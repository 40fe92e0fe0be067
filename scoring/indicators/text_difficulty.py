"""How hard the version's texts are to read: LIX.

What it measures
    Words a sentence plus the per cent of words of more than six letters, over the article pages in the version's
    language together (LIX, after C. H. Björnsson, Läsbarhet, 1968); at least 300 words. Around 40 is a newspaper,
    above 60 the language of laws.
Why it matters
    Many readers of a foreign version read it in their second language.
Blind spots
    The formula counts letters and full stops and understands nothing. It is defined for languages in Latin script;
    texts without full stops, such as tables, look hard. Flesch's formula is not used: it counts syllables, which
    spelling does not tell surely, and it serves English alone.
"""

import re

from scoring.evidence import Evidence, Measurement, PageEvidence, measured, not_applicable, not_measured
from scoring.readings.features import captured_pages, is_in_language
from scoring.registry import indicator

FEWEST = 300  # words
LONG = 6  # letters; a longer word is a long one
LATIN = frozenset("da de en es fi fr is it nl no pt sv".split())
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_END = re.compile(r"[.!?:](?=\s|$)|\n+")


@indicator(unit="score", needs=["pages"])
def text_difficulty(evidence: Evidence) -> Measurement:
    """Measure on all articles together; lists and menus are no texts."""
    if evidence.language.partition("-")[0] not in LATIN:
        return not_applicable(f"the formula is not defined for the language “{evidence.language}”")
    articles = [page for page in captured_pages(evidence) if page.is_article and is_in_language(page, evidence)]
    counted = [(page, _counts(page)) for page in articles]
    words, long, sentences = (sum(counts[at] for _, counts in counted) for at in (0, 1, 2))
    if words < FEWEST or not sentences:
        return not_measured(f"the captured articles hold only {words} words, at least {FEWEST} are needed")
    lix = words / sentences + 100 * long / words
    hardest = sorted(counted, key=lambda found: (-_lix(*found[1]), found[0].url))[:3]
    note = f"LIX {lix:.0f} over {words} words in {sentences} sentences of {len(articles)} pages"
    refs = [page.ref.citing(f"LIX {_lix(*counts):.0f}") for page, counts in hardest]
    return measured(round(lix, 1), note=note, evidence=refs, n=words)


def _counts(page: PageEvidence) -> tuple[int, int, int]:
    """Return words, words of more than six letters, and sentences."""
    words = _WORD.findall(page.facts.text)
    sentences = sum(bool(_WORD.search(part)) for part in _END.split(page.facts.text))
    return len(words), sum(sum(map(str.isalpha, word)) > LONG for word in words), sentences


def _lix(words: int, long: int, sentences: int) -> float:
    return words / sentences + 100 * long / words if words and sentences else 0.0
