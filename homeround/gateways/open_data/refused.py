"""Why a file, or a row of it, is not taken: one clear sentence each."""

from pathlib import Path

from homeround.kernel.refusals import Refusal


class UnreadableFile(Refusal):
    """A file that is refused whole: cut short, damaged, hostile, or not one of the files Homeround reads."""


class BadRow(Exception):  # noqa: N818 - the row is bad, not the program
    """A row that cannot be believed; its text says why. The other rows are loaded."""


def unreadable(path: Path, why: str) -> UnreadableFile:
    """The refusal of a file, naming it. `why` continues the sentence after the name."""
    return UnreadableFile(f"{path.name} {why}")
