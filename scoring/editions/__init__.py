"""Rule files of past years, and what became of their nodes from one to the next."""

from __future__ import annotations

from pathlib import Path

from scoring.ruleset.mapping import Mapping, read_mapping

FOLDER = Path(__file__).parent


def edition_path(edition: int) -> Path:
    """Return where the rule file of a year's edition lies, whether there is one or not."""
    return FOLDER / f"{edition}.yaml"


def mapping_path(old: int, new: int) -> Path:
    """Return where the mapping between two editions lies, whether there is one or not."""
    return FOLDER / "mappings" / f"{old}-{new}.yaml"


def bundled_mappings(old: int, new: int) -> tuple[Mapping, ...] | None:
    """Return the mappings that lead from one edition to another, the earliest first; None where none do.

    They are the same whichever of the two is the earlier. Empty for one and the same edition.
    """
    first, last = min(old, new), max(old, new)
    if first == last:
        return ()
    for path in sorted((FOLDER / "mappings").glob(f"{first}-*.yaml"), reverse=True):
        then = int(path.stem.partition("-")[2])
        if then <= last and (rest := bundled_mappings(then, last)) is not None:
            return (read_mapping(path), *rest)
    return None
