"""What can be read about residents: who they are, where they live, who is responsible; and who has looked.

Callers import from here.
"""

from homeround.ehch.residents.queries.banner import Banner, banner_of
from homeround.ehch.residents.queries.expected import Expected, expected_in, expected_stay
from homeround.ehch.residents.queries.gone import Gone, gone_lately
from homeround.ehch.residents.queries.handover import Handover, handed_over
from homeround.ehch.residents.queries.hospital import News, Returned, last_return, news_of, said_on_return
from homeround.ehch.residents.queries.identity import Away, Identity, Went, identities, numbers_for_tests
from homeround.ehch.residents.queries.looks import LookedAt, LookLine, WhoLooked, looked_at_lately, who_looked
from homeround.ehch.residents.queries.patients import HelpedWith, Patient, Patients, co_opted_for, patients_of
from homeround.ehch.residents.queries.people import Living, list_of, living_here
from homeround.ehch.residents.queries.rows import entry_rows, last_recorded, sign_rows, with_taken_back
from homeround.ehch.residents.queries.same_person import KnownHere, kept_apart, known_here
from homeround.ehch.residents.queries.stay import stay_days, terms_of
from homeround.ehch.residents.queries.taken_out import TakenOut, taken_out_of
from homeround.ehch.residents.queries.timeline import entries, signs

__all__ = [
    "Away",
    "Banner",
    "Expected",
    "Gone",
    "Handover",
    "HelpedWith",
    "Identity",
    "KnownHere",
    "Living",
    "LookLine",
    "LookedAt",
    "News",
    "Patient",
    "Patients",
    "Returned",
    "TakenOut",
    "Went",
    "WhoLooked",
    "banner_of",
    "co_opted_for",
    "entries",
    "entry_rows",
    "expected_in",
    "expected_stay",
    "gone_lately",
    "handed_over",
    "identities",
    "kept_apart",
    "known_here",
    "last_recorded",
    "last_return",
    "list_of",
    "living_here",
    "looked_at_lately",
    "news_of",
    "numbers_for_tests",
    "patients_of",
    "said_on_return",
    "sign_rows",
    "signs",
    "stay_days",
    "taken_out_of",
    "terms_of",
    "who_looked",
    "with_taken_back",
]
