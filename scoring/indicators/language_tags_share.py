"""Share of pages whose declared language is the language of their body.

What it measures
    Captured pages whose `<html lang>` names the language of their body, compared by the language part of the tag
    (`en-US` is `en`), over captured pages whose body's language could be told.
Why it matters
    Screen readers, browsers' translators and search engines go by the tag.
Blind spots
    Parts in another language that are tagged one by one are not looked at. A page that declares nothing does not
    match, nor does a tag that is none (`en_US`, `english`).
"""

from crawler.extract.language_codes import same_language
from scoring.evidence import Evidence, Measurement, PageEvidence, measured, not_measured
from scoring.readings.features import cited, is_decided
from scoring.registry import indicator


@indicator(unit="share", needs=["pages"])
def language_tags_share(evidence: Evidence) -> Measurement:
    """Measure on every page whose body's language could be told."""
    told = [page for page in evidence.pages if is_decided(page.facts.language.body)]
    if not told:
        return not_measured("no captured page has enough text to tell its language")
    wrong = [page for page in told if not _matches(page)]
    right = len(told) - len(wrong)
    return measured(
        right / len(told),
        note=f"{right} of {len(told)} pages declare the language that they are written in",
        evidence=cited(wrong or told, _cue),
        n=len(told),
    )


def _matches(page: PageEvidence) -> bool:
    return same_language(page.facts.language.declared or "", page.facts.language.body)


def _cue(page: PageEvidence) -> str:
    language = page.facts.language
    declared = "no lang" if language.declared is None else f'lang="{language.declared}"'
    return f"{declared}, written in {language.body}"
