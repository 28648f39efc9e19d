"""The tables, as Django knows them: keys point down, kept rows are never lost, version chains are chains."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q

from homeround.accounts.models import Written
from homeround.kernel.record.kept import Kept, Standing
from tests.architecture.source import height

OURS = [model for model in apps.get_models() if model.__module__.startswith("homeround.")]
KEPT = [model for model in OURS if issubclass(model, Kept)]
# A name for URLs: 16 random characters, never used again, standing or not.
UNIQUE_FOR_EVER = {"ref"}


def label(model: type[models.Model]) -> str:
    return model._meta.label


def keys(model: type[models.Model]) -> Iterator[Any]:
    """The foreign keys that a model itself declares or inherits, to tables of ours."""
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey | models.ManyToManyField):
            target = field.related_model
            if target.__module__.startswith("homeround."):
                yield field


def conditions(condition: Q | None) -> set[tuple[str, Any]]:
    """The comparisons that must all hold for a row to fall under a condition."""
    if condition is None or condition.negated or (condition.connector != Q.AND and len(condition.children) > 1):
        return set()
    found: set[tuple[str, Any]] = set()
    for child in condition.children:
        if isinstance(child, Q):
            found |= conditions(child)
        elif isinstance(child, tuple):
            found.add((child[0], str(child[1])))
    return found


def uniques(model: type[models.Model]) -> list[models.UniqueConstraint]:
    return [constraint for constraint in model._meta.constraints if isinstance(constraint, models.UniqueConstraint)]


def test_there_are_tables() -> None:
    assert KEPT, "no kept table: these tests look at nothing"


@pytest.mark.parametrize("model", OURS, ids=label)
def test_keys_point_down(model: type[models.Model]) -> None:
    own = height(model.__module__)
    for field in keys(model):
        target = field.related_model
        same_app = target._meta.app_label == model._meta.app_label
        assert same_app or height(target.__module__) < own, f"{field} points at {label(target)}, which is not below"


@pytest.mark.parametrize("model", OURS, ids=label)
def test_keys_that_leave_a_slice_cannot_be_followed_back(model: type[models.Model]) -> None:
    for field in keys(model):
        if field.related_model._meta.app_label != model._meta.app_label:
            assert field.remote_field.related_name == "+", f"{field} leaves its slice without related_name='+'"


@pytest.mark.parametrize("model", KEPT, ids=label)
def test_nothing_takes_a_kept_row_with_it(model: type[models.Model]) -> None:
    for field in keys(model):
        assert isinstance(field, models.ForeignKey), f"{field}: a kept row has rows of its own, not a hidden table"
        assert field.remote_field.on_delete is models.PROTECT, f"{field} must protect"


@pytest.mark.parametrize("model", OURS, ids=label)
def test_kept_rows_are_protected(model: type[models.Model]) -> None:
    for field in keys(model):
        if issubclass(field.related_model, Kept):
            assert field.remote_field.on_delete is models.PROTECT, f"{field} must protect"


@pytest.mark.parametrize("model", KEPT, ids=label)
def test_what_no_longer_stands_is_in_nobodys_way(model: type[models.Model]) -> None:
    for constraint in uniques(model):
        assert ("stands", "True") in conditions(constraint.condition), f"{constraint.name} does not ask for stands=True"
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            assert field.name in UNIQUE_FOR_EVER, f"{field} is unique whether the row stands or not"
    assert not model._meta.unique_together


@pytest.mark.parametrize("model", KEPT, ids=label)
def test_an_end_says_how(model: type[models.Model]) -> None:
    named = [constraint.name for constraint in model._meta.constraints]
    assert any(name.endswith("_end_is_told") for name in named), "repeat *Kept.Meta.constraints (kernel/record/kept.py)"


@pytest.mark.parametrize(
    "model", [table for table in KEPT if table.__module__.startswith("homeround.ehch.")], ids=label
)
def test_a_row_of_the_record_says_who_wrote_it(model: type[models.Model]) -> None:
    assert issubclass(model, Written)


CHAINS = [model for model in OURS if any(field.name == "supersedes" for field in model._meta.get_fields())]


@pytest.mark.parametrize("model", CHAINS, ids=label)
def test_a_version_chain_is_one_chain(model: type[models.Model]) -> None:
    """One version follows another, one is the first of its owner: NULL is not unique, so each needs its own rule."""
    followed_once = [unique for unique in uniques(model) if unique.fields == ("supersedes",)]
    first_once = [
        unique
        for unique in uniques(model)
        if unique.fields
        and "supersedes" not in unique.fields
        and conditions(unique.condition) & {("supersedes__isnull", "True"), ("supersedes", "None")}
    ]
    assert followed_once, "two versions could follow the same one"
    assert first_once, "one owner could have two first versions"


@pytest.mark.parametrize("model", OURS, ids=label)
def test_names_say_instant_or_day(model: type[models.Model]) -> None:
    theirs = [django for django in (AbstractUser, AbstractBaseSession) if issubclass(model, django)]
    inherited = {field.name for django in theirs for field in django._meta.get_fields()}
    for field in model._meta.concrete_fields:
        if field.name in inherited:
            continue
        if isinstance(field, models.DateTimeField):
            assert field.name.endswith(("_at", "_until")), f"{field} is an instant"
        elif isinstance(field, models.DateField):
            assert field.name == "on" or field.name.endswith("_on"), f"{field} is a day"


@pytest.mark.parametrize("model", OURS, ids=label)
def test_no_table_asks_the_clock(model: type[models.Model]) -> None:
    for field in model._meta.concrete_fields:
        assert not getattr(field, "auto_now", False), f"{field}: instants come in as at="
        assert not getattr(field, "auto_now_add", False), f"{field}: instants come in as at="


@pytest.mark.parametrize("model", KEPT, ids=label)
def test_what_stands_is_the_default(model: type[Kept]) -> None:
    """A list that forgets to ask shows no removed entry; a key still leads to one."""
    assert isinstance(model._default_manager, Standing), "objects: ClassVar = Standing.from_queryset(...)()"
    assert str(model._default_manager.all().query.where).count("stands") == 1
    assert not model.with_removed.all().query.where.children
    assert not model._base_manager.all().query.where.children
