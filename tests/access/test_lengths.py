"""No text is too long for a database: each argument of each action in turn, far longer than any field keeps, is refused
by name, or kept whole. A constraint of the database is never the only check (REQ-87).
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Mapping
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Length

from homeround.kernel.record import actions as kernel_actions
from homeround.kernel.record.words import AS_GIVEN, LONGEST
from homeround.kernel.refusals import Refusal
from tests.access.acting import about_whom, every_action, ready
from tests.access.people import LINES
from tests.access.rows import ROWS
from tests.world import World

LONG = "x" * LONGEST
NO_TEXT = AS_GIVEN | {"ref", "to_ref", "code", "person"}
"""Arguments that name a thing: what is not there is not here."""


class _Undone(Exception):  # noqa: N818 - takes back what was done
    pass


class Lengthened:
    """Makes the text at one place of what an action is given too long, and notes its name."""

    def __init__(self, place: int, optional: Mapping[str, str]) -> None:
        self.place = place
        self.optional = optional
        self.seen = 0
        self.name = ""

    def __call__(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Also the texts that the row of the access matrix leaves out: nothing forgets a new field here."""
        everything = {**self.optional, **given}
        return {key: value if key in NO_TEXT else self._long(value, key) for key, value in everything.items()}

    def _long(self, value: Any, name: str) -> Any:
        if type(value) is str:
            self.seen += 1
            if self.seen - 1 == self.place:
                self.name = name
                return LONG
            return value
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            fields = {
                field.name: self._long(getattr(value, field.name), field.name) for field in dataclasses.fields(value)
            }
            return dataclasses.replace(value, **fields)
        if isinstance(value, list | tuple):
            return type(value)(self._long(item, name) for item in value)
        return value


def optional_texts(name: str) -> dict[str, str]:
    """The texts that an action takes and can do without."""
    taken = inspect.signature(every_action()[name]).parameters.values()
    return {argument.name: argument.default for argument in taken if type(argument.default) is str}


def too_long() -> list[str]:
    """Columns that hold more than they may; SQLite would keep it."""
    found = []
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, models.CharField) and column.max_length:
                rows = model._base_manager.annotate(_length=Length(column.attname))
                if rows.filter(_length__gt=column.max_length).exists():
                    found.append(f"{model._meta.db_table}.{column.attname}")
    return found


@pytest.mark.parametrize("name", ROWS)
def test_a_text_that_is_too_long_is_refused_by_name_or_kept_whole(
    name: str, world: World, things: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ROWS[name]
    ready(name, world, things)
    line = next(line for line in LINES if line.words in row.may)
    on = about_whom(line, world, things)
    faults: list[str] = []
    optional, place = optional_texts(name), 0
    while True:
        lengthen = Lengthened(place, optional)
        with monkeypatch.context() as patch:
            patch.setattr(kernel_actions, "tidied", lengthen)
            try:
                with transaction.atomic():
                    row.do(world, on, world[line.own])
                    faults.extend(f"{lengthen.name}: {column}" for column in too_long())
                    raise _Undone
            except (_Undone, Refusal):
                pass
            except Exception as fault:  # noqa: BLE001 - all arguments are tried, then all faults named
                faults.append(f"{lengthen.name}: {type(fault).__name__}: {fault}"[:300])
        if place >= lengthen.seen:
            break
        place += 1
    assert not faults
