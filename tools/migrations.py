"""Writes the one initial migration of each app anew from its models (`make migrations`, docs/adr/0010).

Django's own `makemigrations` writes them. Until the first release nobody's data hangs on them, so the old ones are
removed first; a conflict in one is settled by taking either side and running this. A table is created with all its
constraints and indexes at once: added one by one, each makes Django build the classes of every related model anew.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.migrations.operations.base import Operation

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = "0*_*.py"


def main() -> int:
    """Remove the migrations of our apps and write them anew. Return how the formatter ended."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django  # noqa: PLC0415 - the settings come first

    django.setup()
    from django.apps import apps  # noqa: PLC0415 - when Django is set up
    from django.core.management import call_command  # noqa: PLC0415
    from django.core.management.commands import makemigrations  # noqa: PLC0415
    from django.db.migrations.autodetector import MigrationAutodetector  # noqa: PLC0415

    class Together(MigrationAutodetector):
        """Puts what belongs to a table behind its creation, where Django takes it into the creation."""

        def _optimize_migrations(self) -> None:
            for label, written in self.migrations.items():
                for migration in written:
                    migration.operations = behind_its_table(migration.operations, label)
            super()._optimize_migrations()

    ours = [app for app in apps.get_app_configs() if app.name.startswith("homeround.") and app.models]
    folders = [Path(app.path) / "migrations" for app in ours]
    for folder in folders:
        for old in folder.glob(WRITTEN):
            old.unlink()
    command = makemigrations.Command()
    command.autodetector = Together
    call_command(command, *(app.label for app in ours), verbosity=1, include_header=False)
    ruff = Path(sys.executable).parent / "ruff"
    subprocess.run([ruff, "check", "--fix", "--quiet", *folders], check=False)
    return subprocess.run([ruff, "format", "--quiet", *folders], check=False).returncode


def behind_its_table(operations: list[Operation], label: str) -> list[Operation]:
    """The operations of an app, with each constraint and index behind the last operation that its table's fields need.

    Between others it would keep Django from taking fields into the creation of a table.
    """
    from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel  # noqa: PLC0415
    from django.db.migrations.optimizer import MigrationOptimizer  # noqa: PLC0415

    def table(operation: Operation) -> str:
        name = operation.name if isinstance(operation, CreateModel) else getattr(operation, "model_name", "")
        return str(name).lower()

    added = [operation for operation in operations if isinstance(operation, AddConstraint | AddIndex)]
    others = MigrationOptimizer().optimize([operation for operation in operations if operation not in added], label)
    making = CreateModel | AddField
    last = {table(made): place for place, made in enumerate(others) if isinstance(made, making)}
    ordered: list[Operation] = []
    for place, other in enumerate(others):
        ordered += [other, *(more for more in added if last[table(more)] == place)]
    return ordered


if __name__ == "__main__":
    sys.exit(main())
