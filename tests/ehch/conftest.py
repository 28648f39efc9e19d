"""The world of the tests, and a reader whose looks are noticed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from homeround.kernel.audit.noticed import Looks, looking
from tests.world import World, build


@pytest.fixture
def world(db: None) -> World:
    """The small named world, built through the actions."""
    return build()


@pytest.fixture
def looks() -> Iterator[Looks]:
    """Doors may be opened for reading; what they noticed is here."""
    with looking() as noticed:
        yield noticed
