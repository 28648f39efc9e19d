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
