"""A demo that was built by `homeround demo`, and copies of it for tests that change it."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.installation import Installation, built_demo, copied


@pytest.fixture(scope="session")
def demo() -> Installation:
    """The demo of this test run; nobody changes it."""
    return built_demo()


@pytest.fixture
def copy_of_demo(demo: Installation, request: pytest.FixtureRequest) -> Iterator[Installation]:
    """A copy to change."""
    with ExitStack() as open_until_the_end:
        name = f"{demo.name}_{abs(hash(request.node.nodeid)) % 10**8}"
        yield open_until_the_end.enter_context(copied(demo, name))
