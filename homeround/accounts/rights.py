"""The access table: role by kind of information, readable by an information-governance officer on one screen.

Pure Python. The doors (`ehch.alignment.access`, `ehch.residents.access`) decide *whose* information a viewer may reach;
this table decides *which kinds* of it, and what the viewer may write. `docs/ig/access-table.md` is generated from here.
A change here is a reviewed change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A kind of information."""

    IDENTITY = "A"
    LIVING = "B"
    CLINICAL = "C"
    RESTRICTED = "D"
    SERVICE = "E"
    COUNTS = "F"


KIND_WORDS: Mapping[Kind, str] = {
    Kind.IDENTITY: "identity and alerts: name, birth date, NHS number, room, registered GP, allergies, CPR line",
    Kind.LIVING: "living: what matters, concerns, observations, follow-ups the home owes, plan and wishes",
    Kind.CLINICAL: "clinical: assessments, medicines, round notes, decisions and replies, referrals",
    Kind.RESTRICTED: "restricted or private entries: the named circle only",
    Kind.SERVICE: "facts about the service",
    Kind.COUNTS: "counts",
}


class Extent(StrEnum):
    """How much of a kind a capacity may read, inside the relationship its door requires."""

    NONE = "no"
    ALL = "yes"
    HOME_PART = "what the home must do"
    DECISIONS = "decisions, follow-ups"
    AWAITING = "title and due date of what awaits a reply"
    CIRCLE = "when named in the circle"
    CIRCLE_NOT_SELF = "when named in the circle, never one about themselves"
    NAME_IN_LOG = "name only, in the log"
    OWN_HOME = "own home"
    OWN_PCN = "own PCN"
    OWN_PCN_COUNTS = "own PCN, as counts"
    OWN_BODY = "own organisation"
    AREA = "own area"
    AREA_COUNTS = "counts by area"
    HEALTH = "health of the system"


class Writing(StrEnum):
    """A thing that a capacity may write down."""

    CONCERN = "concern"
    OBSERVATION = "observation"
    NOTES = "notes"
    CHECK_IN = "check-in"
    MOVES = "moves"
    CO_OPTION = "co-option of 24 hours"
    FOLLOW_UPS = "follow-ups"
    TYPING_FOR = "typing for a named clinician"
    CLINICAL_ENTRIES = "clinical entries in their competence"
    COVER = "cover and arrangements"
    REPLIES = "replies, requests"
    RECEIVED = "received, passed to"
    ALIGNMENTS = "decides alignments"
    LOOKS = "reviews looks"
    OWN_LOOKS = "reads who looked"
    GRANTS = "grants, corrections"
    FIRST_MANAGER = "invites an organisation's first manager"


class Role(StrEnum):
    """What a membership lets somebody act as."""

    CARER = "carer"
    AGENCY_CARER = "agency_carer"
    HOME_NURSE = "home_nurse"
    HOME_SENIOR = "home_senior"
    HOME_MANAGER = "home_manager"
    COORDINATOR = "coordinator"
    ROUND_CLINICIAN = "round_clinician"
    PHARMACIST = "pharmacist"
    CLINICAL_LEAD = "clinical_lead"
    PCN_MANAGER = "pcn_manager"
    PRACTICE_CLINICIAN = "practice_clinician"
    PRACTICE_CLERK = "practice_clerk"
    COMMUNITY_MEMBER = "community_member"
    IG_LEAD = "ig_lead"
    ICB_OFFICER = "icb_officer"
    ADMINISTRATOR = "administrator"


ROLE_WORDS: Mapping[Role, str] = {
    Role.CARER: "carer",
    Role.AGENCY_CARER: "agency carer",
    Role.HOME_NURSE: "home nurse",
    Role.HOME_SENIOR: "senior carer",
    Role.HOME_MANAGER: "home manager",
    Role.COORDINATOR: "care coordinator",
    Role.ROUND_CLINICIAN: "clinician of the round",
    Role.PHARMACIST: "clinical pharmacist",
    Role.CLINICAL_LEAD: "clinical lead",
    Role.PCN_MANAGER: "PCN manager",
    Role.PRACTICE_CLINICIAN: "GP of the registered practice",
    Role.PRACTICE_CLERK: "practice clerk",
    Role.COMMUNITY_MEMBER: "community team member",
    Role.IG_LEAD: "information-governance lead",
    Role.ICB_OFFICER: "ICB officer",
    Role.ADMINISTRATOR: "system administrator",
}


@dataclass(frozen=True)
class Capacity:
    """One line of the access table: what it reads of each kind, and what it writes."""

    words: str
    reads: Mapping[Kind, Extent]
    writes: frozenset[Writing]

    def extent(self, kind: Kind) -> Extent:
        """How much of `kind` this capacity reads; `NONE` when the table says no."""
        return self.reads.get(kind, Extent.NONE)

    def reads_any(self, kind: Kind) -> bool:
        """Whether anything of `kind` may be read at all."""
        return self.extent(kind) is not Extent.NONE


def _line(words: str, cells: tuple[Extent, ...], *writes: Writing) -> Capacity:
    return Capacity(words, dict(zip(Kind, cells, strict=True)), frozenset(writes))


_NO, _YES, _CIRCLE = Extent.NONE, Extent.ALL, Extent.CIRCLE
_CARE = (Writing.CONCERN, Writing.OBSERVATION, Writing.NOTES)
_HOME = (*_CARE, Writing.CHECK_IN, Writing.MOVES, Writing.FOLLOW_UPS, Writing.CO_OPTION)
_CLINICIAN_CELLS = (_YES, _YES, _YES, _CIRCLE, Extent.OWN_PCN, Extent.OWN_PCN)
_CLINICIAN_WRITES = (*_CARE, Writing.FOLLOW_UPS, Writing.CLINICAL_ENTRIES, Writing.CO_OPTION)
_HOME_CELLS = (_YES, _YES, _YES, _CIRCLE, Extent.OWN_HOME, Extent.OWN_HOME)

RIGHTS: Mapping[Role, Capacity] = {
    Role.CARER: _line(
        "carer, own home, signed in by name and password",
        (_YES, _YES, Extent.HOME_PART, _CIRCLE, Extent.OWN_HOME, Extent.OWN_HOME),
        *_CARE,
    ),
    Role.AGENCY_CARER: _line("agency carer, for the booking", (_YES, _YES, Extent.HOME_PART, _NO, _NO, _NO), *_CARE),
    Role.HOME_NURSE: _line("home nurse", _HOME_CELLS, *_HOME),
    Role.HOME_SENIOR: _line("senior carer", _HOME_CELLS, *_HOME),
    Role.HOME_MANAGER: _line(
        "home manager",
        (_YES, _YES, _YES, Extent.CIRCLE_NOT_SELF, Extent.OWN_HOME, Extent.OWN_HOME),
        *_HOME,
        Writing.OWN_LOOKS,
    ),
    Role.COORDINATOR: _line(
        "care coordinator, aligned PCN",
        (_YES, _YES, Extent.DECISIONS, _CIRCLE, Extent.OWN_PCN, Extent.OWN_PCN),
        *_CARE,
        Writing.CHECK_IN,
        Writing.FOLLOW_UPS,
        Writing.TYPING_FOR,
    ),
    Role.ROUND_CLINICIAN: _line("clinician of the round", _CLINICIAN_CELLS, *_CLINICIAN_WRITES),
    Role.PHARMACIST: _line("clinical pharmacist", _CLINICIAN_CELLS, *_CLINICIAN_WRITES),
    Role.CLINICAL_LEAD: _line("clinical lead", _CLINICIAN_CELLS, *_CLINICIAN_WRITES),
    Role.PCN_MANAGER: _line("PCN manager", (_NO, _NO, _NO, _NO, Extent.OWN_PCN, Extent.OWN_PCN_COUNTS), Writing.COVER),
    Role.PRACTICE_CLINICIAN: _line(
        "registered practice, clinician", (_YES, _YES, _YES, _CIRCLE, _NO, _NO), Writing.REPLIES
    ),
    Role.PRACTICE_CLERK: _line(
        "registered practice, clerk", (_YES, _NO, Extent.AWAITING, _NO, _NO, _NO), Writing.RECEIVED
    ),
    Role.COMMUNITY_MEMBER: _line(
        "community team member, while on the home's MDT",
        (_YES, _YES, _YES, _CIRCLE, _NO, _NO),
        Writing.NOTES,
    ),
    Role.IG_LEAD: _line(
        "information-governance lead of an organisation",
        (Extent.NAME_IN_LOG, _NO, _NO, _NO, Extent.OWN_BODY, _NO),
        Writing.LOOKS,
        Writing.GRANTS,
    ),
    Role.ICB_OFFICER: _line("ICB officer", (_NO, _NO, _NO, _NO, Extent.AREA, Extent.AREA_COUNTS), Writing.ALIGNMENTS),
    Role.ADMINISTRATOR: _line("system administrator", (_NO, _NO, _NO, _NO, Extent.HEALTH, _NO), Writing.FIRST_MANAGER),
}

CO_OPTED: Capacity = _line("co-opted: one person, until a date", (_YES, _YES, _YES, _CIRCLE, _NO, _NO), Writing.NOTES)

HOME_ROLES = frozenset({Role.CARER, Role.AGENCY_CARER, Role.HOME_NURSE, Role.HOME_SENIOR, Role.HOME_MANAGER})
PCN_CARE_ROLES = frozenset({Role.COORDINATOR, Role.ROUND_CLINICIAN, Role.PHARMACIST, Role.CLINICAL_LEAD})
CLINICAL_ROLES = frozenset({Role.ROUND_CLINICIAN, Role.PHARMACIST, Role.CLINICAL_LEAD})
PRACTICE_ROLES = frozenset({Role.PRACTICE_CLINICIAN, Role.PRACTICE_CLERK})

BODY_KINDS: Mapping[Role, frozenset[str]] = {
    **dict.fromkeys(HOME_ROLES, frozenset({"home"})),
    **dict.fromkeys(PCN_CARE_ROLES, frozenset({"pcn"})),
    Role.PCN_MANAGER: frozenset({"pcn"}),
    **dict.fromkeys(PRACTICE_ROLES, frozenset({"practice"})),
    Role.COMMUNITY_MEMBER: frozenset({"team"}),
    Role.IG_LEAD: frozenset({"home", "pcn", "practice", "provider", "icb", "team"}),
    Role.ICB_OFFICER: frozenset({"icb"}),
    Role.ADMINISTRATOR: frozenset({"installation"}),
}


def needs_second_step(role: Role) -> bool:
    """Whether this role must sign in with a second step: administrators and anyone acting beyond
    one home (trust.md).
    """
    return role not in HOME_ROLES


def may_hold(role: Role, body_kind: str) -> bool:
    """Whether a body of this kind can give somebody this role."""
    return body_kind in BODY_KINDS[role]
