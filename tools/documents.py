"""Writes the documents that are made from the code: the map of requirements and the access table. `make docs`.

python -m tools.documents            writes them
python -m tools.documents --check    names those that are out of date, exit 1
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from tools import access_table, requirements_map

ROOT: Final = Path(__file__).resolve().parent.parent
MADE: Final[Mapping[str, Callable[[], str]]] = {
    "docs/domain/requirements.md": requirements_map.page,
    "docs/ig/access-table.md": access_table.page,
}


def out_of_date() -> list[str]:
    """Documents that differ from what the code says now."""
    return [name for name, page in MADE.items() if not _same(ROOT / name, page())]


def write() -> None:
    """Write each of them."""
    for name, page in MADE.items():
        (ROOT / name).write_text(page(), encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Write or check; return the exit code."""
    if arguments == ["--check"]:
        differ = out_of_date()
        for name in differ:
            print(f"{name} is out of date: run `make docs`.")
        return 1 if differ else 0
    write()
    return 0


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
