from datetime import date

from pairpages import BRIDGE, ZH_BRIDGE, ZH_RAIN, chinese, matched, page


def test_a_list_of_headlines_is_no_translation_of_an_article() -> None:
    listed = page("/en/news/", text=BRIDGE, title="", items=9, day=date(2026, 5, 10))
    stub = page("/en/stub.html", text="The Yunhe bridge was opened.", title="", day=date(2026, 5, 10))
    assert matched([listed, stub], [chinese("/xw/2.html", text=ZH_BRIDGE, title="", day=date(2026, 5, 9))]) == []


def test_index_pages_that_share_the_words_of_a_menu_are_no_pair() -> None:
    """A page of a few undated words names what every index names: the site, a leader, a service."""
    index = page("/en/invest/", text="Doing Business\nGovernment and Mayor of Yunhe", title="Doing Business - Yunhe")
    gateway = page("/en/", text="Yunhe", title="Yunhe, City of Bridges")
    menu = "云河市人民政府\n市长\n办事服务\n"
    others = [
        chinese(f"/{name}/", text=menu + name, title=f"{name} - 云河")
        for name in ("市长之窗", "全部服务", "机构", "公开")
    ]
    frame = [page(f"/en/{n}/", text=f"Government of Yunhe\nMayor\nServices\n{n}", title="Yunhe") for n in range(4)]
    assert matched([index, gateway, *frame], others) == []


def test_a_column_page_by_the_menu_is_no_translation_of_an_article() -> None:
    text = (
        "The Office of Foreign Affairs of Yunhe issues the notice of the Dragon Boat Festival holiday, June 19 to 21."
    )
    notice = chinese(
        "/tz/1.html", text="云河市外事办公室关于端午节放假的通知：6月19日至21日放假。", day=date(2026, 6, 15)
    )
    column, article = page("/en/notices/", text=text), page("/en/notices/1.html", text=text)
    home = page("/en/", depth=0, menu=("/en/notices/",))
    assert matched([home, column], [notice]) == []
    assert [found[:2] for found in matched([home, article], [notice])] == [("/en/notices/1.html", "/tz/1.html")]


def test_a_dated_page_that_a_menu_leads_to_is_still_an_article() -> None:
    text = (
        "The Office of Foreign Affairs of Yunhe issues the notice of the Dragon Boat Festival holiday, June 19 to 21."
    )
    notice = chinese(
        "/tz/1.html", text="云河市外事办公室关于端午节放假的通知：6月19日至21日放假。", day=date(2026, 6, 15)
    )
    foreign = [page("/en/", depth=0, menu=("/en/top.html",)), page("/en/top.html", text=text, day=date(2026, 6, 16))]
    assert [found[:2] for found in matched(foreign, [notice])] == [("/en/top.html", "/tz/1.html")]


def test_lists_that_name_the_same_are_a_pair() -> None:
    text, zh_text = f"{BRIDGE}\nThe river station measured 23.4 metres.", f"{ZH_BRIDGE}\n水文站水位23.4米。"
    listed = page("/en/n/index_2.html", text=text, title="", items=6)
    others = [chinese("/xw/p2.html", text=zh_text, title="", items=7), chinese("/tz/", text=ZH_RAIN, title="", items=5)]
    assert [found[:2] for found in matched([listed], others)] == [("/en/n/index_2.html", "/xw/p2.html")]


def test_columns_of_two_core_types_are_no_pair_however_alike_their_words() -> None:
    """A page of leaders names their duties, which other columns are about."""
    duties = "Industry, commerce and the bamboo industry of Yunhe; the office of the mayor answers within 5 days."
    zh_duties = "负责云河市工业、商务、竹产业；市长办公室5日内答复。"
    business = page("/en/invest/", text=duties, title="Bamboo industry and commerce of Yunhe")
    others = [chinese("/ld/", text=zh_duties, title="云河市竹产业、商务"), chinese("/lv/", text=ZH_RAIN, title="旅游")]

    def found(ours: str | None, theirs: str | None) -> list[tuple[str, str, tuple[str, ...]]]:
        home = page("/en/", depth=0, menu=("/en/invest/",), types=(ours,))
        return matched([home, business], [chinese("/", depth=0, menu=("/ld/",), types=(theirs,)), *others])[1:]

    assert [pair[:2] for pair in found("business", "business")] == [("/en/invest/", "/ld/")]
    assert [pair[:2] for pair in found("business", None)] == [("/en/invest/", "/ld/")]
    assert found("business", "leaders") == []
