"""Share of pages whose declared charset is missing or not the one that they are written in.

What it measures
    Captured pages that declare no charset, or another than the one that reads them, over all captured pages. The
    gb2312, gbk and gb18030 family counts as one, as browsers treat it.
Why it matters
    A wrong or missing declaration turns a page into garbage on a foreign system.
Blind spots
    A page of plain ASCII reads well under any declaration, and so hides a wrong one.
"""

from scoring.evidence import Evidence, Measurement, PageEvidence, measured, not_measured
from scoring.readings.features import cited, excerpt, is_unread
from scoring.registry import indicator

# Names that browsers treat as one charset (WHATWG Encoding Standard); spelled without hyphens and case.
FAMILIES = {
    **dict.fromkeys(("gb2312", "gb231280", "csgb2312", "euccn", "gbk", "xgbk", "cp936", "ms936", "gb18030"), "gb18030"),
    **dict.fromkeys(("utf8", "utf8sig", "unicode11utf8"), "utf8"),
    **dict.fromkeys(("ascii", "usascii", "latin1", "iso88591", "cp1252", "windows1252"), "windows1252"),
    **dict.fromkeys(("big5", "big5hkscs", "cnbig5", "xxbig5", "csbig5"), "big5"),
    **dict.fromkeys(("shiftjis", "sjis", "xsjis", "windows31j", "cp932", "ms932"), "shiftjis"),
    **dict.fromkeys(("euckr", "ksc5601", "ksc56011987", "cp949", "windows949", "uhc"), "euckr"),
    **dict.fromkeys(("windows1251", "cp1251", "xcp1251"), "windows1251"),
    **dict.fromkeys(("windows1256", "cp1256", "xcp1256"), "windows1256"),
}


@indicator(unit="share", needs=["pages"])
def charset_mismatch_share(evidence: Evidence) -> Measurement:
    """Measure on every page that we could decode."""
    pages = [page for page in evidence.pages if not is_unread(page, "charset")]
    if not pages:
        return not_measured("the charset of no captured page could be told")
    wrong = [page for page in pages if not _declares_rightly(page)]
    return measured(
        len(wrong) / len(pages),
        note=f"{len(wrong)} of {len(pages)} pages declare no charset or a wrong one",
        evidence=cited(wrong or pages, _cue),
        n=len(pages),
    )


def _declares_rightly(page: PageEvidence) -> bool:
    charset = page.facts.charset
    return charset.declared is not None and _family(charset.declared) == _family(charset.used)


def _family(name: str) -> str:
    plain = "".join(char for char in name.lower() if char.isalnum())
    return FAMILIES.get(plain, plain)


def _cue(page: PageEvidence) -> str:
    return f"declared {excerpt(page.facts.charset.declared or 'nothing', 40)}, used {page.facts.charset.used}"
