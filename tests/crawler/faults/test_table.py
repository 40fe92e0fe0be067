from table import DOCUMENT, document


def test_the_page_on_faults_is_true():
    assert DOCUMENT.read_text("utf-8") == document(), "renew it with: python tests/crawler/faults/table.py"
