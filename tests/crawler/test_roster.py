from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import TableError
from crawler.roster import read_roster

BROKEN = Path(__file__).parents[1] / "fixtures" / "rosters"
ROW = "yiwu,义乌市人民政府,county,浙江,http://www.yiwu.gov.cn/"
HEADER = "id,name,cohort,region,url"


def write(folder: Path, text: str, codec: str = "utf-8") -> Path:
    path = folder / "sites.csv"
    path.write_bytes(text.encode(codec))
    return path


def complaint(path: Path) -> str:
    with pytest.raises(TableError) as caught:
        read_roster(path)
    return str(caught.value)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_roster_reads_the_same_in_every_encoding(tmp_path: Path, codec: str, newline: str) -> None:
    [site] = read_roster(write(tmp_path, newline.join([HEADER, ROW, ""]), codec))
    assert (site.id, site.name, site.cohort, site.region) == ("yiwu", "义乌市人民政府", "county", "浙江")
    assert site.url == "http://www.yiwu.gov.cn/"
    assert site.line == 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_header_tells_the_delimiter(tmp_path: Path, delimiter: str) -> None:
    text = f"{HEADER}\n{ROW}\n".replace(",", delimiter)
    assert read_roster(write(tmp_path, text))[0].region == "浙江"


def test_chinese_headers_are_understood(tmp_path: Path) -> None:
    text = "编号,名称,级别,地区,网址,外文版,提名,备注\n"
    text += "yiwu,义乌,county,浙江,http://www.yiwu.gov.cn/,en=http://english.yiwu.gov.cn/；ar=http://ar.yiwu.gov.cn/,张,好\n"
    [site] = read_roster(write(tmp_path, text))
    assert site.versions == (("en", "http://english.yiwu.gov.cn/"), ("ar", "http://ar.yiwu.gov.cn/"))
    assert (site.nominated_by, site.notes) == ("张", "好")


def test_further_columns_are_kept_under_their_own_names(tmp_path: Path) -> None:
    [site] = read_roster(write(tmp_path, f"{HEADER},Site Code,,\n{ROW},3307820001,,\n"))
    assert site.extra == (("Site Code", "3307820001"),)


def test_a_row_may_leave_its_last_cells_out(tmp_path: Path) -> None:
    [site] = read_roster(write(tmp_path, f"{HEADER},versions,notes\n{ROW}\n"))
    assert site.versions == ()
    assert site.notes == ""


def test_every_fault_is_told_at_once_with_its_line_and_what_to_do() -> None:
    said = complaint(BROKEN / "many_faults.csv").splitlines()
    assert said[0].endswith("many_faults.csv: 16 problems")
    faults = {line: [text for text in said[1:] if text.strip().startswith(f"line {line} ")] for line in range(2, 20)}
    assert {line: len(found) for line, found in faults.items() if found} == {
        3: 1, 4: 1, 5: 1, 9: 1, 10: 1, 12: 1, 13: 1, 14: 1, 15: 1, 16: 1, 17: 5, 18: 1,
    }  # fmt: skip
    for line, words in [
        (3, "id is empty"),
        (4, "name is empty"),
        (5, "'c/d' cannot name a file"),
        (9, "id 'YIWU' is that of line 2"),
        (10, "is that of line 2"),
        (12, "Write http://www.e.gov.cn/"),
        (13, "blank"),
        (14, "does not begin with http"),
        (15, "names no host"),
        (16, "url is empty"),
        (17, "Write ko"),
        (17, "'zh' is Chinese"),
        (17, "'xx1' is no language code"),
        (17, "'https://en.j.gov.cn/' is no version"),
        (17, "fr: 'fr.j.gov.cn' has no scheme"),
        (18, "has 8 cells, the header 7"),
    ]:
        assert any(words in fault for fault in faults[line]), (line, words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "missing_columns.csv",
            ["line 1", "column region (地区) is missing", "column url (网址) is missing", "The header has"],
        ),
        ("column_twice.csv", ["column id stands there twice"]),
        ("header_only.csv", ["no site"]),
        ("empty.csv", ["is empty", "id,name,cohort,region,url"]),
        ("open_quote.csv", ["line 2", "quotation mark"]),
        ("broken_byte.csv", ["line 3", "not UTF-8"]),
        ("workbook.csv", ["spreadsheet", "CSV UTF-8"]),
        ("utf16.csv", ["not a text file", "CSV UTF-8"]),
        ("no_encoding.csv", ["neither UTF-8 nor GB18030"]),
        ("no_such_file.csv", ["no such file"]),
        ("", ["is a directory"]),
    ],
)
def test_a_file_that_is_no_roster_is_told_apart(name: str, words: list[str]) -> None:
    said = complaint(BROKEN / name)
    assert all(word in said for word in words), said


def test_a_misspelt_column_is_suggested(tmp_path: Path) -> None:
    said = complaint(write(tmp_path, f"id,name,cohorts,regoin,url\n{ROW}\n"))
    assert "column cohort (级别) is missing. Did you mean it by cohorts?" in said
    assert "column region (地区) is missing. Did you mean it by regoin?" in said


def test_a_chinese_header_is_told_its_own_word(tmp_path: Path) -> None:
    said = complaint(write(tmp_path, "编号,单位名称,级别,地区,网址\na,A,county,east,http://a.gov.cn/\n"))
    assert "column name (名称) is missing. Did you mean it by 单位名称?" in said


def test_a_file_of_blank_cells_is_empty(tmp_path: Path) -> None:
    assert "is empty" in complaint(write(tmp_path, ",,,,\r\n,,,,\r\n"))


def test_a_header_below_blank_lines_is_named_by_its_own_line(tmp_path: Path) -> None:
    assert "line 3  column url (网址) is missing" in complaint(write(tmp_path, "\n\nid,name,cohort,region\na,b,c,d\n"))


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("en=http://www.yiwu.gov.cn/index.html", "address of the Chinese version"),
        ("en=http://a.gov.cn/;en=http://b.gov.cn/", "en stands there twice"),
        ("english=http://a.gov.cn/", "Write en"),
        ("en=", "en: is empty"),
    ],
)
def test_a_version_that_cannot_be_one_is_refused(tmp_path: Path, cell: str, words: str) -> None:
    assert words in complaint(write(tmp_path, f"{HEADER},versions\n{ROW},{cell}\n"))


@pytest.mark.parametrize(
    "url", ["http://a.gov.cn:99999/", "http://[::1/", "http://u:p@a.gov.cn/", "javascript:void(0)"]
)
def test_an_address_that_no_browser_should_open_is_refused(tmp_path: Path, url: str) -> None:
    assert "line 2  url" in complaint(write(tmp_path, f"{HEADER}\na,A,county,east,{url}\n"))


@pytest.mark.parametrize(
    "url", ["http://localhost:8000/zh/", "https://政务.cn/", "http://10.0.0.1/", "HTTP://A.gov.cn"]
)
def test_any_real_address_is_accepted(tmp_path: Path, url: str) -> None:
    assert read_roster(write(tmp_path, f"{HEADER}\na,A,county,east,{url}\n"))[0].url == url


@given(st.binary(max_size=300))
def test_no_file_makes_anything_but_a_table_error(tmp_path_factory: pytest.TempPathFactory, junk: bytes) -> None:
    path = tmp_path_factory.mktemp("junk") / "sites.csv"
    path.write_bytes(HEADER.encode() + b"\n" + junk)
    try:
        sites = read_roster(path)
    except TableError as fault:
        assert str(path) in str(fault)
    else:
        assert sites


def test_the_base_language_is_chinese_unless_the_roster_says_otherwise(tmp_path: Path) -> None:
    other = "rivers,Комитет рек,ministry,,http://rivers.gov.test/"
    sites = read_roster(write(tmp_path, f"{HEADER},base_language,versions\n{ROW},,\n{other},ru,zh=http://zh.test/\n"))
    assert [site.base_language for site in sites] == ["zh", "ru"]
    assert sites[1].versions == (("zh", "http://zh.test/"),)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("russian!,", "base_language 'russian!' is no language code"),
        ("ru,ru=http://ru.test/", "'ru' is the base language"),
    ],
)
def test_a_base_language_that_cannot_be_one_is_refused(tmp_path: Path, cells: str, words: str) -> None:
    assert words in complaint(write(tmp_path, f"{HEADER},base_language,versions\n{ROW},{cells}\n"))
