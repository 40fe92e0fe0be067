"""Share of the version's words that are misspelt.

What it measures
    Over the article pages in the version's language: words of four letters or more in lower case that none of the
    language's Hunspell dictionaries has, over all such words; at least 300. American and British English both count
    as right. Not looked at are capitalised words, which may be names, addresses and file names, lines that look like
    code, and words that the page shows as code (`<code>`, `<pre>` and the like).
Why it matters
    Misspelt words are the first sign that nobody who knows the language has read the page.
Blind spots
    A wrong word that exists is not told, nor is grammar. Terms that the dictionary lacks look misspelt. Dictionaries
    differ between machines; the note names those that were used. Korean, Japanese, Chinese, Thai and Arabic are not
    scored.
"""

from collections import Counter

from scoring.evidence import Evidence, EvidenceRef, Measurement, PageEvidence, measured, not_applicable, not_measured
from scoring.readings.features import MOST_CITED, captured_pages, is_in_language
from scoring.readings.spelling import DICTIONARIES, INSTALL, speller, words_of
from scoring.registry import indicator

FEWEST = 300  # words
OFTEN = 3  # pages on which a word is a term of the site, not a slip


@indicator(unit="share", needs=["pages"])
def misspelled_share(evidence: Evidence) -> Measurement:
    """Measure on all articles together; a word that the site writes again and again is its own term."""
    language = evidence.language.partition("-")[0]
    if language not in DICTIONARIES:
        return not_applicable(f"spelling is not scored in the language “{evidence.language}”")
    found = speller(language)
    if found is None:
        return not_measured(f"no spelling dictionary of “{language}” on the measuring machine: {INSTALL}")
    is_right, names = found
    articles = [page for page in captured_pages(evidence) if page.is_article and is_in_language(page, evidence)]
    words = [(page, _words_on(page)) for page in articles]
    total = sum(len(own) for _, own in words)
    if total < FEWEST:
        return not_measured(f"the captured articles hold only {total} words to look at, at least {FEWEST} are needed")
    wrong = {word for word in {word for _, own in words for word in own} if not is_right(word)}
    pages_of = Counter(word for _, own in words for word in set(own) if word in wrong)
    slips = {word for word, pages in pages_of.items() if pages < OFTEN}
    count = sum(word in slips for _, own in words for word in own)
    refs: list[EvidenceRef] = []
    for page, own in words:
        if on_page := sorted(slips.intersection(own)):
            refs.append(page.ref.citing(f"not in the dictionary: {', '.join(on_page[:8])}"))
    refs = refs[:MOST_CITED] or [articles[0].ref.citing("every word is in the dictionary")]
    note = f"{count} of {total} words are not in the dictionary ({', '.join(names)})"
    note += f", such as {', '.join(sorted(slips)[:5])}" if slips else ""
    return measured(count / total, note=note, evidence=refs, n=total)


def _words_on(page: PageEvidence) -> list[str]:
    code = frozenset(page.facts.code_words)
    return [word for word in words_of(page.facts.text) if word not in code]
