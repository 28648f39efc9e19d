"""What the banner shows about a person: made by a presenter, shown by templates/components/banner.jinja."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Banner:
    """Texts ready to be shown; empty means that the record does not hold it, and the banner says where to look instead.

    `name`: what they are called, with the family name; `formal_name` stands beside it where it is another.
    `room`: short, for the third line (`Room 12`). `place`: unit and home. `responsible_short` fits that line too: the
    registered practice, or who to call; `responsible` says all of it. `also_here` names whoever has a like name here.
    `away`: that they are in hospital, since when and where.
    """

    name: str
    place: str
    born: str
    responsible_short: str
    responsible: str
    room: str = ""
    formal_name: str = ""
    age: str = ""
    nhs_number: str = ""
    also_here: str = ""
    away: str = ""
    safety: str = ""
    cpr: str = ""
    matters: str = ""
    lead: str = ""
