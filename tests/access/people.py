"""Each line of the access table as two people: one whose own place the things of the matrix lie in, and one elsewhere.

The things are about Margaret Hill, who lives in Rose House (Exe PCN, Test ICB) and is registered with Mill Practice;
for the co-opted line about Albert Okafor, for whom Dora Diet was co-opted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

TODAY = date(2026, 11, 16)


@dataclass(frozen=True)
class Line:
    """A line of the access table: who is in their own place, and who in another. Both act in the same role."""

    words: str
    own: str
    other: str
    about: str = "margaret"


LINES = (
    Line("carer", "carer", "ivy_carer"),
    Line("agency carer", "agency", "ivy_agency"),
    Line("home nurse", "nurse", "ivy_nurse"),
    Line("home senior", "senior", "ivy_senior"),
    Line("home manager", "manager", "ivy_manager"),
    Line("care coordinator", "coordinator", "tor_coordinator"),
    Line("clinician of the round", "clinician", "tor_clinician"),
    Line("pharmacist", "pharmacist", "tor_pharmacist"),
    Line("clinical lead", "lead", "tor_lead"),
    Line("PCN manager", "exe_manager", "tor_manager"),
    Line("registered practice, clinician", "gp", "outside_gp"),
    Line("registered practice, clerk", "clerk", "outside_clerk"),
    Line("community team member", "community", "stranger"),
    Line("co-opted", "co_opted", "stranger", about="albert"),
    Line("IG lead", "rose_ig", "ivy_ig"),
    Line("ICB officer", "icb", "other_icb"),
    Line("system administrator", "admin", "admin"),
)

HOME = frozenset({"carer", "agency carer", "home nurse", "home senior", "home manager"})
SENIOR = frozenset({"home nurse", "home senior", "home manager"})
CLINICIANS = frozenset({"clinician of the round", "pharmacist", "clinical lead"})
PCN = CLINICIANS | {"care coordinator"}
PRACTICE = frozenset({"registered practice, clinician", "registered practice, clerk"})
GUESTS = frozenset({"community team member", "co-opted"})
BLIND = frozenset({"PCN manager", "IG lead", "ICB officer", "system administrator"})
EVERYBODY = HOME | PCN | PRACTICE | GUESTS | BLIND
MANAGE_A_BODY = GUESTS | {
    "home manager",
    "PCN manager",
    "registered practice, clinician",
    "ICB officer",
    "system administrator",
}
"""Lines that say who acts for their body, and when it is at work: a team has no manager apart."""
RAISE_CONCERNS = HOME | PCN
"""Lines that raise and move concerns, add to them and record calls; who moves somebody put forward is among them."""
PUT_FORWARD = HOME | PCN | {"registered practice, clinician", "community team member"}
"""Lines that put one person forward for the round, and say that it is not needed any more."""
READ_WORKLISTS = HOME | PCN
"""Lines that read the day of a home, who needs seeing there, and its rounds."""
HAVE_TURNS = HOME | PCN | {"registered practice, clinician", "PCN manager"}
"""Lines for whom something may wait."""
SEES = HOME | PCN | PRACTICE | GUESTS
"""Lines that see the person at all: to the others nothing about them is here."""
READS_HOME = EVERYBODY - PRACTICE - {"co-opted", "system administrator"}
"""Lines to whom a home can be theirs; an agency carer and a community member read nothing about its service."""
