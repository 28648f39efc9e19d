"""The choices of this slice and what people read for them. Rules, tables, pages, forms and tests import from here."""

from collections.abc import Mapping
from typing import Final

from homeround.kernel.record.labelled import Labelled


class IdentityKind(Labelled):
    """What a claim states about who somebody is."""

    NAME = "name", "name"
    BIRTH_DATE = "birth_date", "date of birth"
    NHS_NUMBER = "nhs_number", "NHS number"


class ClaimStatus(Labelled):
    """How far a claim has been checked."""

    CLAIMED = "claimed", "as told"
    VERIFIED = "verified", "checked"


class StayKind(Labelled):
    """Why somebody lives in the home."""

    PERMANENT = "permanent", "permanent"
    TRIAL = "trial", "trial stay"
    RESPITE = "respite", "respite"
    DISCHARGE_TO_ASSESS = "discharge_to_assess", "discharge to assess"
    EMERGENCY = "emergency", "emergency placement"


class PlaceKind(Labelled):
    """What is provided in the place."""

    NURSING = "nursing", "nursing"
    RESIDENTIAL = "residential", "residential"


class StayBasis(Labelled):
    """How the stay is known: expected, moved in (starts a clock), already living here (starts none)."""

    EXPECTED = "expected", "expected"
    MOVED_IN = "moved_in", "moved in"
    LIVING_HERE = "living_here", "already living here"


class ArrivalKind(Labelled):
    """What starts the clock: an admission, or a return after a hospital episode."""

    MOVED_IN = "moved_in", "moved in"
    BACK_FROM_HOSPITAL = "back_from_hospital", "back from hospital"


class DepartureKind(Labelled):
    """How a stay ended, or the expectation of one."""

    MOVED_HOME = "moved_home", "moved to another home"
    LEFT = "left", "left"
    DIED = "died", "died"
    NOT_COMING = "not_coming", "is not coming"


LEAVING: Final = (DepartureKind.DIED, DepartureKind.MOVED_HOME, DepartureKind.LEFT)
"""How somebody who lives here goes, as the form asks; somebody expected dies or is not coming."""


class RegistrationKind(Labelled):
    """How somebody is registered with a practice, or why not."""

    PERMANENT = "permanent", "registered"
    TEMPORARY = "temporary", "registered temporarily"
    APPLIED_FOR = "applied_for", "applied for"
    NONE = "none", "not registered anywhere"
    NOT_KNOWN = "not_known", "not known"
    PRACTICE_CLOSED = "practice_closed", "practice has closed"
    OUTSIDE_ENGLAND = "outside_england", "registered outside England"


WITH_PRACTICE: Final = frozenset({RegistrationKind.PERMANENT, RegistrationKind.TEMPORARY})
"""Kinds of registration by which a practice is medically responsible."""

WHY_NOBODY: Final[Mapping[str, str]] = {
    RegistrationKind.APPLIED_FOR: "registration has been applied for",
    RegistrationKind.NONE: "not registered with any practice",
    RegistrationKind.NOT_KNOWN: "registration not known",
    RegistrationKind.PRACTICE_CLOSED: "the practice has closed",
    RegistrationKind.OUTSIDE_ENGLAND: "registered outside England",
}


class CorrectionKind(Labelled):
    """The four kinds of correction (trust.md)."""

    IN_ERROR = "in_error", "entered in error"
    WRONG_PERSON = "wrong_person", "wrong person"
    DISPUTED = "disputed", "disputed"
    IDENTITY = "identity", "identity corrected"


CORRECTED_WORDS: Final[Mapping[str, str]] = {
    "residents_departure": "Put right or taken back: how or when they went",
    "residents_arrival": "Put right or taken out: the day they moved in",
    "residents_stay": "Taken out: a move-in",
    "residents_identityclaim": "Put right: name, date of birth or NHS number",
    "residents_roomstart": "Put right: the room",
    "residents_registrationstart": "Put right: the GP practice",
    "residents_hospitalstay": "Taken back: gone to hospital",
    "residents_hospitalreturn": "Put right or taken back: back from hospital",
    "residents_hospitalnews": "Taken back: what was said in hospital",
    "residents_correction": "Put back: they had been taken out by mistake",
}
"""What a correction was about, by the table of what no longer stands."""

PUT_BACK: Final = "put_back"
"""In the place of the table: something else than the person's move-in had been removed by mistake."""

PUT_BACK_WORDS: Final = "Put back: an entry that had been removed by mistake"

WAYS_SEEN: Final[Mapping[str, str]] = {
    "look": "Opened",
    "list": "Shown on a list",
    "search": "Found by a search",
    "print": "Printed",
    "export": "Exported",
    "refused": "Refused: nothing was shown",
}
"""In which way somebody saw a person, by the kind of look that the log keeps."""

MOST: Final[Mapping[str, int]] = {
    "given": 100,
    "family": 100,
    "known_as": 60,
    "no_number_because": 200,
    "room": 20,
    "unit": 60,
    "gp_name": 120,
    "source": 120,
    "words": 200,
    "hospital": 120,
    "news": 500,
    "because": 300,
    "handover": 1000,
}
"""How many characters of each text are kept: the lengths of the columns."""

NEWS_WITHIN_DAYS: Final = 7
"""How often the home asks how somebody in hospital is [I]."""

EXPECTED_ENDED: Final = "moved in"
"""How an expected stay ended that a real one follows."""
