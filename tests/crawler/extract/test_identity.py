from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.facts import Identity
from crawler.extract.identity import OWED_TAGS, identity
from crawler.extract.page import Page


def identity_of(html: str) -> Identity:
    return identity(Page(html.encode(), "https://www.hz.gov.cn/en/", fetched=datetime(2024, 5, 1, tzinfo=UTC)))


def test_the_three_copies_of_a_site_code_are_kept_apart() -> None:
    html = """<meta name="siteidcode" content="3301000007"><div class="footer">网站标识码：<span>3301000008</span></div>
    <script id="_jiucuo_" sitecode="3301000007" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script>"""
    found = identity_of(html)
    assert found.site_codes == (("meta", "3301000007"), ("footer", "3301000008"), ("script", "3301000007"))
    assert found.jiucuo == "3301000007"


def test_a_ministrys_code_and_the_link_of_the_error_report_are_read() -> None:
    link = "https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=bm14000002&url=x"
    found = identity_of(f'<p>Site Identification Code: bm14000002</p><a href="{link}"><img></a>')
    assert found.site_codes == (("footer", "bm14000002"), ("script", "bm14000002"))
    assert found.jiucuo == link


def test_filing_numbers_split_over_elements_are_read_whole() -> None:
    html = "<a>京<span>ICP</span>备<span>19054529</span>号<span>-1</span></a> 京公网安备<span>11010602060068</span>号"
    found = identity_of(html)
    assert (found.icp, found.police) == ("京ICP备19054529号-1", "京公网安备11010602060068号")


def test_filing_numbers_on_an_english_page_are_read() -> None:
    assert identity_of("<p>Zhejiang ICP No. 05000001-2</p>").icp == "Zhejiang ICP No. 05000001-2"


def test_a_police_number_in_a_link_counts_where_no_text_gives_it() -> None:
    html = '<a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=11010202000001"><img></a>'
    assert identity_of(html).police == "11010202000001"


def test_the_badge_is_found_as_a_link_and_in_an_escaped_script() -> None:
    badge = "https://bszs.conac.cn/sitename?method=show&id=081D1D6883"
    assert identity_of(f'<a href="{badge}"><img></a>').conac == badge
    script = """<script>document.write(unescape("%3Cscript src='https://dcs.conac.cn/js/33/000/0000/6042/CA33.js'%3E%3C/script%3E"))</script>"""
    assert identity_of(script).conac == "https://dcs.conac.cn/js/33/000/0000/6042/CA33.js"


def test_the_organiser_stops_where_the_next_fact_begins() -> None:
    chinese = identity_of("<p>主办单位：国务院办公厅\u3000运行维护单位：中国政府网运行中心</p>")
    english = identity_of(
        "<p>Copyright © Hangzhou. All rights reserved. Sponsored by: Hangzhou Municipal Government | Tel: 1</p>"
    )
    assert chinese.organiser == "国务院办公厅"
    assert english.organiser == "Hangzhou Municipal Government"


def test_a_fair_hosted_by_someone_is_not_the_sites_organiser() -> None:
    assert (
        identity_of("<p>The fair was hosted by the chamber of commerce and sponsored by a bank.</p>").organiser is None
    )
    assert identity_of("<p>博览会由省商务厅主办，吸引了众多客商。</p>").organiser is None


def test_a_page_that_says_nothing_of_its_owner_has_an_empty_identity() -> None:
    assert identity_of("<p>Hello, dial 3301000007 or read 47号") == Identity()


@given(st.text(alphabet="ICP备公网安0123456789号主办单位：:-< >Sponsoredby\n", max_size=400))
def test_no_text_breaks_identity(text: str) -> None:
    assert isinstance(identity_of(text), Identity)


def test_an_organiser_named_before_the_mark_is_read() -> None:
    assert identity_of("<p>巴彦淖尔市政府办公室（主办） 市大数据中心（承办）</p>").organiser == "巴彦淖尔市政府办公室"


def test_the_old_names_of_provinces_are_signs_too() -> None:
    for sign in "滇黔蜀陇":
        assert identity_of(f"<p>{sign}ICP备19054529号</p>").icp == f"{sign}ICP备19054529号"


def test_the_page_tags_that_say_something_are_listed_in_the_order_of_the_standard() -> None:
    html = """<meta name="pubdate" content="2026-05-01"><meta name="SITENAME" content="A">
    <meta name="ColumnName" content=""><meta name="ContentSource" content="null"><meta name="other" content="x">"""
    assert identity_of(html).tags == ("SiteName", "PubDate")
    assert [len(OWED_TAGS[kind]) for kind in ("home", "list", "article")] == [3, 7, 10]


def test_copies_of_the_site_code_agree_or_not() -> None:
    meta, footer = '<meta name="SiteIDCode" content="3301000007">', "<p>网站标识码：{}</p>"
    assert identity_of(meta + footer.format("3301000007")).codes_agree is True
    assert identity_of(meta + footer.format("3301000008")).codes_agree is False
    assert identity_of(meta).codes_agree is None
