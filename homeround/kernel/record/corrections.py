"""What a correction may do to kept rows and nothing else may: turn `stands`, empty an end. H1.

A correction is one of four kinds (entered in error, wrong person, disputed, identity corrected) and writes its own row
with the reason; that action belongs to the slices. Here is only the mark the database asks for before it lets a kept
row change.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from homeround.kernel.audit.actor import correcting_mark
from homeround.kernel.record.actions import in_action


@contextmanager
def correcting() -> Iterator[None]:
    """Inside, the database lets `stands` turn and ends be emptied. RuntimeError outside an action."""
    if not in_action():
        raise RuntimeError("Only an action corrects the record.")
    with correcting_mark():
        yield
