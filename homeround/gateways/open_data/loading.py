"""From a file that was read to the directory. All files are read before the first is loaded."""

from datetime import datetime

from homeround.directory.actions import Tell, take_in
from homeround.directory.rows import Taken, TakenIn
from homeround.gateways.open_data.reading import FileRead
from homeround.kernel.audit.actor import SystemActor


def load(file: FileRead, *, by: SystemActor, at: datetime, tell: Tell | None = None, is_whole: bool = False) -> TakenIn:
    """Load one file that was read; the rows it set aside and rejected are counted with the others.

    Raises Refusal for a file with far fewer rows than the last of its kind, unless it `is_whole`.
    """
    result = take_in(file.edition, by=by, at=at, tell=tell, is_whole=is_whole)
    for kind, count in file.set_aside.items():
        taken = result.kinds.setdefault(kind, Taken())
        taken.set_aside += count
        taken.read += count
    for rejected in file.rejected:
        taken = result.kinds.setdefault(rejected.kind, Taken())
        taken.rejected += 1
        taken.read += 1
    return result
