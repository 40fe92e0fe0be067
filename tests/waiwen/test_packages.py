"""What is installed is what the oldest Python that we name can have."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[2]
OLDEST = "3.11.0"
PINNED = re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE)


def test_the_oldest_python_is_the_one_that_the_project_names():
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"] == ">=3.11"


def wanted_python(name, version):
    """What a pinned package says of Python, as far as that very version is installed here."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return None
    return found.metadata.get("Requires-Python") if found.version == version else None


def test_every_pinned_package_can_be_had_by_the_oldest_python():
    told = {f"{name}=={version}": wanted_python(name, version) for name, version in PINNED}
    assert sum(wanted is not None for wanted in told.values()) > 50
    assert {name: wanted for name, wanted in told.items() if wanted and OLDEST not in SpecifierSet(wanted)} == {}
