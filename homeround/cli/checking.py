"""What `homeround check` looks at."""

import stat
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import timezone

from homeround.cli.migrating import unfit_contents
from homeround.cli.readiness import (
    Fault,
    one_role,
    settings_unfit_for_live,
    triggers_missing,
    unmigrated,
    unsigned,
    unstamped,
)
from homeround.kernel import reviewed, stamp
from homeround.kernel.calendar.times import london_date

READABLE_BY_OTHERS = stat.S_IRWXG | stat.S_IRWXO
NOT_THERE_YET = ("invite", "backup", "restore")
"""Commands without which a live database cannot be run; they come with a later version."""


@dataclass
class Found:
    """What fails, and what only a demonstration may do without. `what`: the database in words."""

    what: str = "database"
    failing: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)


def looked_at() -> Found:
    """Look at everything. What cannot be asked of tables that are not there is not asked."""
    found = Found(failing=unmigrated())
    if found.failing:
        return found
    found.failing = triggers_missing() + unstamped() + overdue()
    if unstamped():
        return found
    is_live = stamp.is_live()
    found.what = "live database" if is_live else "demonstration"
    needed_live = [*settings_unfit_for_live(), *open_folders(), *unchecked(), *unsigned()]
    if is_live:
        found.failing += [*needed_live, *unfit_contents(), *commands_missing()]
    else:
        found.notes += [*needed_live, *one_role()]
    return found


def overdue() -> list[Fault]:
    """Reviewed data whose next review has passed."""
    return [
        Fault(f"Reviewed data is overdue: {name}.", "Have it looked at, and date the review.")
        for name in _reviewed_overdue()
    ]


def _reviewed_overdue() -> list[str]:
    import_rules()
    return reviewed.overdue(london_date(timezone.now()))


def import_rules() -> None:
    """Import the rules of every slice: reviewed data is on the list once its module is imported."""
    for app in apps.get_app_configs():
        if app.name.startswith("homeround.ehch."):
            import_module(f"{app.name}.rules")


def unchecked() -> list[Fault]:
    """Reviewed data that nobody but its author has looked at."""
    import_rules()
    names = sorted(name for name, one in reviewed.registered().items() if not one.checker)
    if not names:
        return []
    return [Fault(f"Nobody has checked the reviewed data {', '.join(names)}.", "Have each checked, and name who did.")]


def open_folders() -> list[Fault]:
    """The folder of the data, that of the database and its files, when others on this machine can look into them."""
    paths = {Path(settings.DATA_DIR)}
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        paths |= {file.parent, *file.parent.glob(f"{file.name}*")}
    opened = sorted(str(path) for path in paths if path.exists() and path.stat().st_mode & READABLE_BY_OTHERS)
    return [Fault(f"Others on this machine can look into {path}.", f"Run: chmod go= {path}") for path in opened]


def commands_missing() -> list[Fault]:
    """What a live database cannot do without and this version does not have."""
    return [
        Fault(
            f"This version has no 'homeround {name}' yet.", "Keep real people's data out of it until a version has it."
        )
        for name in NOT_THERE_YET
    ]
