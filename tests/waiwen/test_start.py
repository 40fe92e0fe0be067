"""Every command starts the whole command line: what only some need is loaded by those."""

import subprocess
import sys

HEAVY = ("scrapy", "twisted", "altair", "vl_convert", "pypinyin", "xlsxwriter", "alembic", "playwright")


def test_the_command_line_is_there_without_what_only_crawls_and_reports_need():
    code = f"import sys, waiwen.cli; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
