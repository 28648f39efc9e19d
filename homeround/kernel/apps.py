"""The kernel as a Django app: what it does when a connection opens and when tables change."""

import sqlite3
from typing import Any, cast

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class KernelConfig(AppConfig):
    """What any NHS service needs; knows nothing of care homes."""

    name = "homeround.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        connection_created.connect(_give_functions, dispatch_uid="homeround.kernel")
        pre_migrate.connect(_before_migration, sender=self, dispatch_uid="homeround.kernel")
        post_migrate.connect(_after_migration, sender=self, dispatch_uid="homeround.kernel")


def _give_functions(connection: BaseDatabaseWrapper, **_: Any) -> None:
    from homeround.kernel.audit.triggers_sqlite import register_functions  # noqa: PLC0415 - once models are loaded

    if connection.vendor == "sqlite":
        register_functions(cast("sqlite3.Connection", connection.connection))


def _before_migration(using: str, plan: list[Any], **_: Any) -> None:
    """A table that a trigger names cannot be changed. What a data migration writes meanwhile is not logged: none writes
    kept rows.
    """
    from homeround.kernel.audit import triggers  # noqa: PLC0415 - once models are loaded

    if plan:
        triggers.drop(connections[using])


def _after_migration(using: str, **_: Any) -> None:
    from homeround.kernel.audit import roles, triggers  # noqa: PLC0415 - once models are loaded

    triggers.install(connections[using])
    role = roles.application_role()
    if role is not None:
        roles.grant_application_role(connections[using], role)
