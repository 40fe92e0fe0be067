"""The bundled demonstration: fictional government sites, served by host name on loopback."""

from datetime import date
from pathlib import Path

CUTOFF = date(2026, 6, 30)
"""The "today" of the demonstration; no page is dated after it."""

ROSTER = Path(__file__).parent / "sites.csv"
"""The list of the demonstration sites."""

EXPECTED = Path(__file__).parent / "expected.yaml"
"""The facts of these sites that a round should find; its header says where each comes from."""
