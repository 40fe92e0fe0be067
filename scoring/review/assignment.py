"""Who rates which version: the same every time, everybody as much as the others, and everybody beside everybody."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

Version = tuple[str, str]  # site id, language


def assigned(
    versions: Iterable[Version], reviewers: Sequence[str], each: int, seed: str
) -> dict[Version, tuple[str, ...]]:
    """Give every version `each` reviewers, of whom nobody has more than one version more than another.

    Among those with the least to do a digest of `seed`, version and name decides, so that neither the order of the
    names nor that of the sites matters, and pairs of reviewers change. Raises ValueError for too few reviewers.
    """
    names = sorted(set(reviewers))
    if len(names) < each:
        raise ValueError(f"{each} reviewers rate each version, but there are {len(names)}")
    load: Counter[str] = Counter()
    found: dict[Version, tuple[str, ...]] = {}
    for version in sorted(set(versions), key=lambda version: _drawn(seed, *version)):
        order = sorted(names, key=lambda name: (load[name], _drawn(seed, *version, name)))
        found[version] = tuple(order[:each])
        load.update(found[version])
    return dict(sorted(found.items()))


def _drawn(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
