"""A concern about Margaret Hill, and one that needs help now."""

from __future__ import annotations

import pytest

from homeround.ehch.deterioration.actions import raise_concern
from tests.ehch.deterioration.concerns import raising
from tests.world import World


@pytest.fixture
def concern(world: World) -> str:
    return raise_concern(**raising(world))


@pytest.fixture
def urgent(world: World) -> str:
    return raise_concern(**raising(world, help_now=True))
