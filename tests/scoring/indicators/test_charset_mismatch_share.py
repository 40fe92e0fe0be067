import pytest

from scoring.indicators.charset_mismatch_share import charset_mismatch_share


def measure(build, *charsets):
    pages = [build.page(f"/{i}", charset=charset) for i, charset in enumerate(charsets)]
    return charset_mismatch_share.run(build.evidence(*pages))


@pytest.mark.parametrize(
    ("declared", "used"),
    [
        ("utf-8", "utf-8"),
        ("UTF8", "utf-8"),
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("x-gbk", "gb2312"),
        ("iso-8859-1", "cp1252"),
        ("Shift_JIS", "cp932"),
        ("ks_c_5601-1987", "euc-kr"),
        ("koi8-r", "KOI8-R"),
    ],
)
def test_aliases_and_families_of_one_charset_agree(build, outcome, declared, used):
    assert outcome(measure(build, (declared, used))) == ("measured", 0)


@pytest.mark.parametrize(
    ("declared", "used"),
    [(None, "utf-8"), ("", "utf-8"), ("gb2312", "utf-8"), ("utf-8", "gb18030"), ("nonsense", "utf-8")],
)
def test_a_missing_or_wrong_declaration_is_counted_and_cited(build, outcome, declared, used):
    found = measure(build, ("utf-8", "utf-8"), (declared, used))
    assert outcome(found) == ("measured", 1 / 2)
    assert [ref.url for ref in found.evidence] == [build.url("/1")]
    assert f"used {used}" in found.evidence[0].cue


def test_without_pages_nothing_is_measured(build, outcome):
    assert outcome(measure(build)) == ("not_measured", None)


def test_a_page_that_we_failed_to_decode_is_left_out(build, outcome):
    failed = build.page("/b", charset=(None, "utf-8"), problems=("charset: LookupError broken",))
    found = charset_mismatch_share.run(build.evidence(build.page("/a"), failed))
    assert outcome(found) == ("measured", 0)
    assert found.n == 1
    assert outcome(charset_mismatch_share.run(build.evidence(failed))) == ("not_measured", None)
