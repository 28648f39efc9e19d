"""Migrations are what the models say, and hold no words (docs/adr/0010)."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

OURS = [app for app in apps.get_app_configs() if app.name.startswith("homeround.") and app.models]


def test_migrations_are_what_the_models_say() -> None:
    written = MigrationLoader(None)
    changes = MigrationAutodetector(written.project_state(), ProjectState.from_apps(apps)).changes(written.graph)
    ours = [app.label for app in OURS if app.label in changes]
    assert not ours, f"run `make migrations`: {', '.join(ours)}"


@pytest.mark.parametrize("app", OURS, ids=lambda app: app.label)
def test_an_app_has_one_initial_migration_without_labels(app: object) -> None:
    files = sorted((Path(app.path) / "migrations").glob("0*.py"))  # type: ignore[attr-defined]
    assert [file.name for file in files] == ["0001_initial.py"]
    assert "choices=" not in files[0].read_text(encoding="utf-8")
