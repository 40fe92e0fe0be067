import hashlib
import json
from dataclasses import replace

from scoring.reports import write_reports
from scoring.reports.bundle import Provenance


def test_the_manifest_names_what_the_reports_were_made_from(report, tmp_path):
    write_reports(replace(report, provenance=Provenance("abc", {"2026-000.warc.gz": "0f" * 32})), tmp_path)
    told = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert (told["round"], told["cutoff"], told["rules_digest"]) == ("2026-spring", "2026-03-01", report.rules_digest)
    assert (told["roster_digest"], told["archive"]) == ("abc", {"2026-000.warc.gz": "0f" * 32})
    assert "+" in told["code_version"]
    for name, digest in told["tables"].items():
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == digest
    assert {path.name for path in tmp_path.glob("*.csv")} | {"tables.xlsx"} == told["tables"].keys()
