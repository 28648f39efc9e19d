"""By which relationship a viewer sees a person, and how long a former home still reads."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from homeround.kernel.reviewed import Reviewed, register


class Relationship(StrEnum):
    """By which relationship a viewer may see a person; shown as the answer to "why can I see this?"."""

    LIVES_HERE = "they live in your home"
    LIVED_HERE = "they lived in your home"
    SERVED = "your PCN serves the home they live in"
    WAS_SERVED = "your PCN served the home they lived in"
    REGISTERED = "they are registered with your practice"
    MDT = "you are on the MDT of their home"
    CO_OPTED = "you were co-opted for them"


FORMER: Final = frozenset({Relationship.LIVED_HERE, Relationship.WAS_SERVED})
"""Relationships of the past: they show the stay that was, and nothing that came after it (trust.md, "In time")."""

FORMER_HOME_READS: Final = timedelta(weeks=8)
"""How long a home and its PCN still read, and complete, the stay of somebody who left; the dead stay with them."""

LOOKS_GO_BACK: Final = timedelta(weeks=12)
"""How far back a look is shown to whoever reviews looks; the log itself goes back to its beginning."""

SEEING_REVIEWED: Final = register(
    "how long a former home reads",
    Reviewed(
        source="design decision on access in time; no published rule",
        licence="our own",
        mode="shipped",
        evidence="I",
        author="the authors of Homeround",
        checker="",
        reviewed_on=date(2026, 11, 21),
        next_review_on=date(2027, 11, 30),
    ),
)
