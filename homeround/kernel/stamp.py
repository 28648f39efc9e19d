"""Whether this database is a demo or live: stamped once, for ever; the database refuses any change. H17, trust.md.

A demo holds only NHS numbers of the range that is never issued (999), a live database none of them. An unstamped
database is neither: whoever asks gets Unstamped, and `homeround run` does not start.
"""

import getpass
from datetime import datetime
from functools import cache
from typing import Final, Literal

from homeround.kernel.audit.actor import SystemActor, acting
from homeround.kernel.models import Stamp
from homeround.kernel.record import nhs_number
from homeround.kernel.record.refs import new_ref
from homeround.kernel.refusals import Invalid

Kind = Literal["demo", "live"]
DEMO: Final[Kind] = "demo"
LIVE: Final[Kind] = "live"


class Unstamped(RuntimeError):  # noqa: N818 - the state, in the words of the field
    """The database has not been stamped: `homeround migrate` does it."""


class LiveDatabase(RuntimeError):  # noqa: N818 - what it is
    """Something that is for demonstrations, tests or benches was asked of a live database."""


def put(kind: Kind, at: datetime) -> Kind:
    """Stamp the database if it has no stamp, and say what it is. An existing stamp stands, whatever `kind` asks."""
    stands = Stamp.objects.first()
    if stands is None:
        with acting(SystemActor("migrate", getpass.getuser())):
            Stamp.objects.create(kind=kind, installation=new_ref(), stamped_at=at)
    forget()
    return this_is()


def this_is() -> Kind:
    """`demo` or `live`; asked once a process. Raises Unstamped."""
    return LIVE if _stamp()[0] == LIVE else DEMO


def is_demo() -> bool:
    """Is this a demonstration? Raises Unstamped."""
    return this_is() == DEMO


def is_live() -> bool:
    """Are real people's data in here? Raises Unstamped."""
    return this_is() == LIVE


def installation() -> str:
    """The random ref of this installation, the same in every copy of the database. Raises Unstamped."""
    return _stamp()[1]


def stamped_at() -> datetime:
    """When the database was stamped (UTC). Raises Unstamped."""
    return _stamp()[2]


def refuse_live(what: str) -> None:
    """Raise LiveDatabase when this database is live; `what` is what was asked for: `Demo data`."""
    if is_live():
        raise LiveDatabase(f"{what}: not on a live database.")


def check_nhs_number(number: str) -> None:
    """Refuse, as Invalid(nhs_number=...), a real number in a demo and a test number in a live database.

    `number` is ten digits, as kernel.nhs_number.parse gives them.
    """
    is_test = nhs_number.is_test(number)
    if is_demo() and not is_test:
        raise Invalid(nhs_number="This is a demonstration: it takes only test numbers, which begin with 999.")
    if is_live() and is_test:
        raise Invalid(nhs_number="Numbers that begin with 999 are for tests. Enter the person's own NHS number.")


def forget() -> None:
    """Ask the database again: after stamping, and between tests."""
    _stamp.cache_clear()


@cache
def _stamp() -> tuple[str, str, datetime]:
    stamp = Stamp.objects.first()
    if stamp is None:
        raise Unstamped("This database is not stamped demo or live yet: run `homeround migrate`.")
    return stamp.kind, stamp.installation, stamp.stamped_at
