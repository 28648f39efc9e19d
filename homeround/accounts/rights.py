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


class Right(StrEnum):
    """A thing that a capacity may do, as it completes "you may ...". Each is asked for somewhere: a test looks."""

    CONCERN = "raise concerns, move them and record calls"
    REMOVING = "remove what others raised or recorded in error"
    MOVES = "record who moves in, leaves, comes back and dies, and rooms"
    REGISTERING = "say which practice somebody is registered with"
    OBLIGATIONS = "say that what is due after an arrival is done"
    JOINING = "be added to one person’s team"
    CO_OPTION = "add a clinician to one person’s team for 24 hours"
    FOLLOW_UPS = "ask for follow-ups and mark them done"
    TYPING_FOR = "type for a named clinician"
    ANSWERING = "read and answer concerns and questions for the PCN"
    CLINICAL_ENTRIES = "write reviews and other clinical entries in their competence"
    LEADING_ROUNDS = "lead rounds"
    LEADING_HOMES = "be the clinical lead of a home"
    DECIDING = "decide in their competence, and settle disputes"
    REPLIES = "reply to decisions, ask and not adopt"
    RECEIVED = "mark decisions as received and pass them on"
    WORKLIST = "read who needs seeing, and rounds"
    PUT_FORWARD = "put somebody forward for the round"
    ROUNDS = "hold rounds or type them, and see the week of the PCN"
    WAITING = "see how long practices take to reply"
    COVER = "say who leads and covers a home"
    HOURS = "say when their organisation is at work"
    ALIGNMENTS = "decide which PCN serves a home"
    AREA = "read cover and standards of their area"
    OWN_LOOKS = "read who looked at a person of the home"
    LOOKS = "review looks for their organisation"
    GRANTING = "say who acts for their organisation"
    FIRST_MANAGER = "make an organisation’s first manager"
    INSTALLATION = "see to the installation and what people say is wrong"


class Reach(StrEnum):
    """Whose information a capacity may reach at all, before any right is asked: what the doors look at."""

    HOME = "the home they work in"
    PCN = "the homes that their PCN serves today"
    PRACTICE = "the patients registered with their practice"
    TEAM = "the homes whose MDT they are on"
    AREA = "the homes of their area"
    LOG = "the log of their organisation"
    PERSON = "the one person whose team they were added to"
    INSTALLATION = "the installation, and nobody in it"


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
    """One line of the access table: whom it reaches, what it reads of each kind, what it may do, where it lands.

    `first_page` is the name of the page that answers this role's first question (web/first_page.py).
    """

    words: str
    reach: Reach
    reads: Mapping[Kind, Extent]
    rights: frozenset[Right]
    first_page: str

    def extent(self, kind: Kind) -> Extent:
        """How much of `kind` this capacity reads; `NONE` when the table says no."""
        return self.reads.get(kind, Extent.NONE)

    def reads_any(self, kind: Kind) -> bool:
        """Whether anything of `kind` may be read at all."""
        return self.extent(kind) is not Extent.NONE

    def may(self, right: Right) -> bool:
        """Whether this capacity has a right."""
        return right in self.rights

    @property
    def sees_people(self) -> bool:
        """Whether it reaches people at all: a PCN manager reaches homes and nobody in them."""
        return self.extent(Kind.IDENTITY) is Extent.ALL


def _line(words: str, reach: Reach, cells: tuple[Extent, ...], *rights: Right, first: str = "") -> Capacity:
    return Capacity(words, reach, dict(zip(Kind, cells, strict=True)), frozenset(rights), first)


_NO, _YES, _CIRCLE = Extent.NONE, Extent.ALL, Extent.CIRCLE
_CARER_CELLS = (_YES, _YES, Extent.HOME_PART, _CIRCLE, Extent.OWN_HOME, Extent.OWN_HOME)
_AGENCY_CELLS = (_YES, _YES, Extent.HOME_PART, _NO, _NO, _NO)
_HOME_CELLS = (_YES, _YES, _YES, _CIRCLE, Extent.OWN_HOME, Extent.OWN_HOME)
_MANAGER_CELLS = (_YES, _YES, _YES, Extent.CIRCLE_NOT_SELF, Extent.OWN_HOME, Extent.OWN_HOME)
_CLINICIAN_CELLS = (_YES, _YES, _YES, _CIRCLE, Extent.OWN_PCN, Extent.OWN_PCN)
_COORDINATOR_CELLS = (_YES, _YES, Extent.DECISIONS, _CIRCLE, Extent.OWN_PCN, Extent.OWN_PCN)
_PRACTICE_CELLS = (_YES, _YES, _YES, _CIRCLE, _NO, _NO)

_CARE = (Right.CONCERN, Right.WORKLIST, Right.PUT_FORWARD)
_NURSE = (*_CARE, Right.REMOVING, Right.MOVES, Right.REGISTERING, Right.OBLIGATIONS, Right.FOLLOW_UPS, Right.CO_OPTION)
_PCN_CARE = (
    Right.CONCERN,
    Right.ANSWERING,
    Right.FOLLOW_UPS,
    Right.WORKLIST,
    Right.PUT_FORWARD,
    Right.ROUNDS,
    Right.WAITING,
    Right.JOINING,
)
_CLINICIAN = (
    *_PCN_CARE,
    Right.REMOVING,
    Right.CLINICAL_ENTRIES,
    Right.OBLIGATIONS,
    Right.DECIDING,
    Right.LEADING_ROUNDS,
    Right.CO_OPTION,
)

RIGHTS: Mapping[Role, Capacity] = {
    Role.CARER: _line(
        "carer, own home, signed in by name and password", Reach.HOME, _CARER_CELLS, *_CARE, first="home_today"
    ),
    Role.AGENCY_CARER: _line("agency carer, for the booking", Reach.HOME, _AGENCY_CELLS, *_CARE, first="home_today"),
    Role.HOME_NURSE: _line("home nurse", Reach.HOME, _HOME_CELLS, *_NURSE, first="home_today"),
    Role.HOME_SENIOR: _line("senior carer", Reach.HOME, _HOME_CELLS, *_NURSE, first="home_today"),
    Role.HOME_MANAGER: _line(
        "home manager",
        Reach.HOME,
        _MANAGER_CELLS,
        *_NURSE,
        Right.OWN_LOOKS,
        Right.WAITING,
        Right.HOURS,
        Right.GRANTING,
        first="home_today",
    ),
    Role.COORDINATOR: _line(
        "care coordinator, aligned PCN",
        Reach.PCN,
        _COORDINATOR_CELLS,
        *_PCN_CARE,
        Right.REGISTERING,
        Right.TYPING_FOR,
        first="pcn_week",
    ),
    Role.ROUND_CLINICIAN: _line("clinician of the round", Reach.PCN, _CLINICIAN_CELLS, *_CLINICIAN, first="my_rounds"),
    Role.PHARMACIST: _line("clinical pharmacist", Reach.PCN, _CLINICIAN_CELLS, *_CLINICIAN, first="my_rounds"),
    Role.CLINICAL_LEAD: _line(
        "clinical lead", Reach.PCN, _CLINICIAN_CELLS, *_CLINICIAN, Right.LEADING_HOMES, first="my_homes"
    ),
    Role.PCN_MANAGER: _line(
        "PCN manager",
        Reach.PCN,
        (_NO, _NO, _NO, _NO, Extent.OWN_PCN, Extent.OWN_PCN_COUNTS),
        Right.COVER,
        Right.HOURS,
        Right.WAITING,
        Right.GRANTING,
        first="our_pcn",
    ),
    Role.PRACTICE_CLINICIAN: _line(
        "registered practice, clinician",
        Reach.PRACTICE,
        _PRACTICE_CELLS,
        Right.REPLIES,
        Right.DECIDING,
        Right.PUT_FORWARD,
        Right.JOINING,
        Right.HOURS,
        Right.GRANTING,
        first="awaiting_reply",
    ),
    Role.PRACTICE_CLERK: _line(
        "registered practice, clerk",
        Reach.PRACTICE,
        (_YES, _NO, Extent.AWAITING, _NO, _NO, _NO),
        Right.RECEIVED,
        first="awaiting_reply",
    ),
    Role.COMMUNITY_MEMBER: _line(
        "community team member, while on the home's MDT",
        Reach.TEAM,
        _PRACTICE_CELLS,
        Right.PUT_FORWARD,
        Right.JOINING,
        Right.HOURS,
        Right.GRANTING,
        first="asked_of_me",
    ),
    Role.IG_LEAD: _line(
        "information-governance lead of an organisation",
        Reach.LOG,
        (Extent.NAME_IN_LOG, _NO, _NO, _NO, Extent.OWN_BODY, _NO),
        Right.LOOKS,
        first="who_looked",
    ),
    Role.ICB_OFFICER: _line(
        "ICB officer",
        Reach.AREA,
        (_NO, _NO, _NO, _NO, Extent.AREA, Extent.AREA_COUNTS),
        Right.ALIGNMENTS,
        Right.AREA,
        Right.HOURS,
        Right.GRANTING,
        first="cover",
    ),
    Role.ADMINISTRATOR: _line(
        "system administrator",
        Reach.INSTALLATION,
        (_NO, _NO, _NO, _NO, Extent.HEALTH, _NO),
        Right.FIRST_MANAGER,
        Right.INSTALLATION,
        Right.HOURS,
        Right.GRANTING,
        first="system",
    ),
}

CO_OPTED: Capacity = _line("co-opted: one person, until a date", Reach.PERSON, _PRACTICE_CELLS)

BODY_KINDS: Mapping[Reach, frozenset[str]] = {
    Reach.HOME: frozenset({"home"}),
    Reach.PCN: frozenset({"pcn"}),
    Reach.PRACTICE: frozenset({"practice"}),
    Reach.TEAM: frozenset({"team"}),
    Reach.AREA: frozenset({"icb"}),
    Reach.LOG: frozenset({"home", "pcn", "practice", "provider", "icb", "team"}),
    Reach.INSTALLATION: frozenset({"installation"}),
}
"""The kinds of body that can give somebody a role with this reach."""

SPEAKS_FOR: Mapping[str, Role] = {
    "home": Role.HOME_MANAGER,
    "pcn": Role.COORDINATOR,
    "practice": Role.PRACTICE_CLINICIAN,
}
"""By kind of body, the role to whom falls what nobody by name owns: called first, asked first."""

CALLED_IN_A_HOME: Mapping[Role, str] = {Role.HOME_NURSE: "the nurse", Role.HOME_MANAGER: "the manager"}
"""Who in a home is called when somebody needs help now, the nearest first, in words."""


def roles_with(right: Right) -> frozenset[Role]:
    """The roles that have a right, for a query of memberships."""
    return frozenset(role for role, capacity in RIGHTS.items() if capacity.may(right))


def roles_reaching(reach: Reach) -> frozenset[Role]:
    """The roles that reach people this way, for a query of memberships."""
    return frozenset(role for role, capacity in RIGHTS.items() if capacity.reach is reach and capacity.sees_people)


def needs_second_step(role: Role) -> bool:
    """Whether this role must sign in with a second step: administrators and anyone acting beyond
    one home (trust.md).
    """
    return RIGHTS[role].reach is not Reach.HOME


def may_hold(role: Role, body_kind: str) -> bool:
    """Whether a body of this kind can give somebody this role."""
    return body_kind in BODY_KINDS[RIGHTS[role].reach]
