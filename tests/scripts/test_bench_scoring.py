import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_scoring_benchmark_runs():
    command = [sys.executable, str(ROOT / "scripts" / "bench_scoring.py"), "--sites", "60", "--runs", "20"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert done.returncode == 0, done.stderr
    assert "scored" in done.stdout
