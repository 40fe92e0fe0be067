"""Every command starts the whole command line: what only some need is loaded by those."""

import subprocess
import sys

HEAVY = ("scrapy", "twisted", "altair", "vl_convert", "pypinyin", "xlsxwriter", "alembic", "playwright")


def test_the_command_line_is_there_without_what_only_crawls_and_reports_need():
    code = f"import sys, waiwen.cli; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_stopping_it_while_it_loads_leaves_no_traceback():
    program = (
        "import sys\n"
        "class Stop:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'waiwen.cli': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stop())\n"
        "from waiwen.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (3, "")
