"""Rule files of past years, and what became of their nodes from one to the next."""

from pathlib import Path

FOLDER = Path(__file__).parent


def edition_path(edition: int) -> Path:
    """Return where the rule file of a year's edition lies, whether there is one or not."""
    return FOLDER / f"{edition}.yaml"


def mapping_path(old: int, new: int) -> Path:
    """Return where the mapping between two editions lies, whether there is one or not."""
    return FOLDER / "mappings" / f"{old}-{new}.yaml"
