"""Writes the one initial migration of each app anew from its models (`make migrations`, docs/adr/0010).

Django's own `makemigrations` writes them. Until the first release nobody's data hangs on them, so the old ones are
removed first; a conflict in one is settled by taking either side and running this.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = "0*_*.py"


def main() -> int:
    """Remove the migrations of our apps and write them anew. Return how the formatter ended."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django  # noqa: PLC0415 - the settings come first

    django.setup()
    from django.apps import apps  # noqa: PLC0415 - when Django is set up
    from django.core.management import call_command  # noqa: PLC0415

    ours = [app for app in apps.get_app_configs() if app.name.startswith("homeround.") and app.models]
    folders = [Path(app.path) / "migrations" for app in ours]
    for folder in folders:
        for old in folder.glob(WRITTEN):
            old.unlink()
    call_command("makemigrations", *(app.label for app in ours), verbosity=1, include_header=False)
    ruff = Path(sys.executable).parent / "ruff"
    subprocess.run([ruff, "check", "--fix", "--quiet", *folders], check=False)
    return subprocess.run([ruff, "format", "--quiet", *folders], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
