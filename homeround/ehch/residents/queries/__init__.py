"""What can be read about residents: who they are, where they live, who is responsible; and who has looked.

Callers import from here.
"""

from homeround.ehch.residents.queries.expected import Expected, expected_in, expected_stay
from homeround.ehch.residents.queries.looks import LookedAt, LookLine, WhoLooked, looked_at_lately, who_looked
from homeround.ehch.residents.queries.people import (
    Banner,
    Identity,
    Living,
    banner_of,
    entries,
    entry_rows,
    identities,
    last_recorded,
    list_of,
    living_here,
    numbers_for_tests,
    sign_rows,
    signs,
)
from homeround.ehch.residents.queries.reached import HelpedWith, Patient, co_opted_for, patients_of

__all__ = [
    "Banner",
    "Expected",
    "HelpedWith",
    "Identity",
    "Living",
    "LookLine",
    "LookedAt",
    "Patient",
    "WhoLooked",
    "banner_of",
    "co_opted_for",
    "entries",
    "entry_rows",
    "expected_in",
    "expected_stay",
    "identities",
    "last_recorded",
    "list_of",
    "living_here",
    "looked_at_lately",
    "numbers_for_tests",
    "patients_of",
    "sign_rows",
    "signs",
    "who_looked",
]
