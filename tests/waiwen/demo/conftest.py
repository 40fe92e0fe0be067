import pytest

from waiwen.demo.build import build_sites
from waiwen.demo.web import DemoWeb


@pytest.fixture(scope="session")
def web() -> DemoWeb:
    return build_sites()
