import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.scope import Scope, host_of, owner_of, page_key, path_within, registered_domain, scope_of_home

SITE = "http://www.yiwu.gov.cn/"


def prefix(language: str, url: str, *, base: bool = False, site_url: str = SITE) -> str:
    return scope_of_home(language, url, base=base, site_url=site_url).prefix


@pytest.mark.parametrize(
    ("language", "url", "expected"),
    [
        ("en", "http://www.yiwu.gov.cn/english/index.html", "/english/"),
        ("en", "http://www.yiwu.gov.cn/mfa_eng/", "/mfa_eng/"),
        ("en", "http://www.yiwu.gov.cn/en-us", "/en-us/"),
        ("en", "http://www.yiwu.gov.cn/en/view/pages/index/index.html", "/en/"),
        ("ko", "http://www.yiwu.gov.cn/lang/kr/index.jsp", "/lang/kr/"),
        ("en", "http://www.yiwu.gov.cn/guangzhouinternational/index.html", "/guangzhouinternational/"),
    ],
)
def test_a_version_in_a_folder_ends_where_its_folder_does(language: str, url: str, expected: str) -> None:
    assert prefix(language, url) == expected


def test_a_folder_named_for_another_language_is_not_the_versions_own() -> None:
    assert prefix("fr", "http://www.yiwu.gov.cn/en/french/index.html") == "/en/french/"
    assert prefix("en", "http://www.yiwu.gov.cn/it/notes/index.html") == "/it/notes/"


@pytest.mark.parametrize(
    ("language", "url"),
    [
        ("en", "http://english.yiwu.gov.cn/home/main.html"),
        ("ja", "http://jp.yiwu.gov.cn/a/b/"),
        ("en", "http://international.yiwu.gov.cn/home/index.html"),
    ],
)
def test_a_version_on_a_host_of_its_own_has_all_of_it(language: str, url: str) -> None:
    assert prefix(language, url) == "/"


def test_a_folder_on_the_main_host_of_the_parent_body_is_not_the_whole_host() -> None:
    assert prefix("en", "http://www.beijing.gov.cn/fgw/index.html", site_url="http://fgw.beijing.gov.cn/") == "/fgw/"


def test_a_folder_on_a_newspapers_host_is_not_the_whole_host() -> None:
    assert prefix("en", "http://www.chinadaily.com.cn/m/yiwu/index.html") == "/m/yiwu/"


def test_the_chinese_version_has_the_host_unless_its_folder_names_it() -> None:
    assert prefix("zh", "http://www.yiwu.gov.cn/col/index.html", base=True) == "/"
    assert prefix("zh", "https://seata.io/zh-cn/index.html", base=True) == "/zh-cn/"


def test_a_file_beside_the_chinese_home_page_does_not_claim_the_whole_site() -> None:
    english = scope_of_home("en", "http://www.yiwu.gov.cn/english.html", base=False, site_url=SITE)
    chinese = scope_of_home("zh", SITE, base=True)
    assert owner_of("http://www.yiwu.gov.cn/zwgk/a.html", (english, chinese)) == chinese
    assert owner_of("http://www.yiwu.gov.cn/english.html", (english, chinese)) == english


def test_a_version_chosen_by_a_parameter_owns_only_pages_with_it() -> None:
    english = scope_of_home("en", "http://www.yiwu.gov.cn/?lang=en", base=False, site_url=SITE)
    chinese = scope_of_home("zh", SITE, base=True)
    assert owner_of("http://www.yiwu.gov.cn/news.jsp?id=3&lang=en", (chinese, english)) == english
    assert owner_of("http://www.yiwu.gov.cn/news.jsp?id=3", (chinese, english)) == chinese


ROOT = Scope("zh", "yiwu.gov.cn", "/")
ENGLISH = Scope("en", "yiwu.gov.cn", "/en/")
FRENCH = Scope("fr", "yiwu.gov.cn", "/en/fr/")


@pytest.mark.parametrize(
    ("url", "owner"),
    [
        ("https://WWW.yiwu.gov.cn/EN/a.html", ENGLISH),
        ("http://yiwu.gov.cn/en", ENGLISH),
        ("http://yiwu.gov.cn/en/fr/", FRENCH),
        ("http://yiwu.gov.cn/environment/a.html", ROOT),
        ("http://yiwu.gov.cn:80/a", ROOT),
        ("http://yiwu.gov.cn:8080/a", None),
        ("http://en.yiwu.gov.cn/", None),
        ("http://[::1/", None),
    ],
)
def test_the_longest_prefix_owns_an_address(url: str, owner: Scope | None) -> None:
    assert owner_of(url, (ROOT, ENGLISH, FRENCH)) == owner
    assert owner_of(url, (FRENCH, ENGLISH, ROOT)) == owner


def test_an_english_root_leaves_the_folders_of_other_languages_alone() -> None:
    scopes = [
        scope_of_home("en", "https://hexo.io/", base=False, site_url="https://hexo.io/zh-cn/"),
        scope_of_home("zh", "https://hexo.io/zh-cn/", base=True),
        scope_of_home("ru", "https://hexo.io/ru/", base=False, site_url="https://hexo.io/zh-cn/"),
    ]
    owners = [owner_of(f"https://hexo.io/{path}", scopes) for path in ("docs/", "zh-cn/docs/", "ru/docs/")]
    assert [owner.language for owner in owners if owner] == ["en", "zh", "ru"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.x.gov.cn/a/index.html", "https://x.gov.cn/a/"),
        ("http://x.gov.cn/a", "http://x.gov.cn/a/#top"),
        ("http://x.gov.cn/Default.aspx", "http://X.GOV.CN"),
        ("http://x.gov.cn/a.jsp;jsessionid=9F?b=2&a=1", "http://x.gov.cn/a.jsp?a=1&b=2"),
        ("http://x.gov.cn/a?id=1&spm=a.b&utm_source=wx&PHPSESSID=9", "http://x.gov.cn/a?id=1"),
        ("http://x.gov.cn/seata golang.html", "http://x.gov.cn/seata%20golang.html"),
        ("http://x.gov.cn/%e4%b8%ad", "http://x.gov.cn/中"),
        ("http://x.gov.cn//a//b.html", "http://x.gov.cn/a/b.html"),
    ],
)
def test_two_ways_to_write_an_address_are_one_page(one: str, other: str) -> None:
    assert page_key(one) == page_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://x.gov.cn/a?id=1", "http://x.gov.cn/a?id=2"),
        ("http://x.gov.cn/a", "http://y.gov.cn/a"),
        ("http://x.gov.cn/a", "http://x.gov.cn:8080/a"),
        ("http://x.gov.cn/News", "http://x.gov.cn/news"),
        ("http://x.gov.cn/s?q=%D6%D0", "http://x.gov.cn/s?q=%CE%C4"),
        ("http://x.gov.cn/index.html", "http://x.gov.cn/index2.html"),
    ],
)
def test_different_pages_keep_different_keys(one: str, other: str) -> None:
    assert page_key(one) != page_key(other)


@given(st.text(max_size=200))
def test_no_address_is_too_broken_for_a_key(tail: str) -> None:
    key = page_key("http://www.x.gov.cn/" + tail)
    assert key == page_key("http://www.x.gov.cn/" + tail)
    assert key.startswith("x.gov.cn/")
    assert page_key(tail) == page_key(tail)


@given(st.lists(st.sampled_from("abc"), max_size=5), st.permutations(["x=1", "y=2", "z=%20"]))
def test_a_key_is_its_own_key(folders: list[str], fields: list[str]) -> None:
    key = page_key(f"https://x.gov.cn/{'/'.join(folders)}?{'&'.join(fields)}")
    assert page_key(f"http://{key}") == key


def test_the_path_within_a_version_leaves_its_place_out() -> None:
    english, chinese = Scope("en", "seata.io", "/en-us/"), Scope("zh", "seata.io", "/zh-cn/")
    assert path_within("https://seata.io/en-us/docs/x.html", english) == "docs/x.html"
    assert path_within("https://seata.io/zh-cn/docs/x.html", chinese) == "docs/x.html"
    assert path_within("https://seata.io/en-us/index.html", english) == ""
    assert path_within("https://seata.io/docs/x.html", Scope("zh", "seata.io", "/")) == "docs/x.html"


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("english.yiwu.gov.cn", "yiwu.gov.cn"),
        ("en.beijing.gov.cn.evil.com", "evil.com"),
        ("localhost:8000", "localhost"),
        ("127.0.0.1:80", "127.0.0.1"),
        ("[::1]:80", "::1"),
        ("gov.cn", "gov.cn"),
    ],
)
def test_the_registered_domain_is_what_a_body_registered(host: str, domain: str) -> None:
    assert registered_domain(host) == domain


def test_a_host_keeps_a_port_of_its_own_only() -> None:
    assert host_of("https://WWW.X.gov.cn:443/a") == "x.gov.cn"
    assert host_of("http://x.gov.cn:8080/a") == "x.gov.cn:8080"
