"""The kinds of body, and what an import puts before a person, with their words. Plain Python."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from homeround.kernel.record.labelled import Labelled


class BodyKind(Labelled):
    """What a body is. A code is unique within its kind: CQC and ODS number their own."""

    REGION = "region", "NHS England region"
    ICB = "icb", "Integrated care board"
    SUB_ICB = "sub_icb", "Sub-ICB location"
    PCN = "pcn", "Primary care network"
    PRACTICE = "practice", "GP practice"
    PROVIDER = "provider", "Care provider"
    HOME = "home", "Care home"
    TEAM = "team", "Team"
    INSTALLATION = "installation", "This installation"


class ProposalKind(StrEnum):
    """What is proposed about a body."""

    CLOSES = "closes"
    DORMANT = "dormant"
    SUCCEEDS = "succeeds"


@dataclass(frozen=True)
class Proposed:
    """A proposal as an import makes it: about which body, its end, or the home that it succeeds."""

    what: ProposalKind
    body_id: int
    ends_on: date | None = None
    other_id: int | None = None


def in_words(what: str, named: str, *, ends_on: date | None, other: str = "") -> str:
    """A proposal as a person reads it; `named` is kind, code and name of the body."""
    if what == ProposalKind.CLOSES:
        return f"{named} is given as closed on {ends_on}"
    if what == ProposalKind.DORMANT:
        return f"{named} is given as dormant or only proposed"
    return f"{named} looks like a new registration of {other}"
