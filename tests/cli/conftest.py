"""Copies of a demo that was built by `homeround demo`."""

from collections.abc import Iterator

import pytest

from tests import installation
from tests.installation import Installation


@pytest.fixture(scope="session")
def demo() -> Iterator[Installation]:
    """One for tests that change nothing in it."""
    with installation.copy_of_demo() as copy:
        yield copy


@pytest.fixture
def copy_of_demo() -> Iterator[Installation]:
    """One to change."""
    with installation.copy_of_demo() as copy:
        yield copy
