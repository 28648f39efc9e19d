"""A demo that was built by `homeround demo`, and a copy of it."""

from collections.abc import Iterator

import pytest

from tests.installation import Installation, built_demo, copied


@pytest.fixture
def copy_of_demo(request: pytest.FixtureRequest) -> Iterator[Installation]:
    """A copy of the demo of this test run, to change."""
    demo = built_demo()
    with copied(demo, f"{demo.name}_{abs(hash(request.node.nodeid)) % 10**8}") as copy:
        yield copy
