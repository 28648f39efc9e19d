"""What the banner shows about a person: made by a presenter from read models, shown by
templates/components/banner.jinja.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Banner:
    """Texts ready to be shown; empty means that the record does not hold it, and the banner says where to look instead.

    `place`: unit and room first, then the home. `responsible_short` fits one line: the registered practice, or whom to
    ring.
    """

    name: str
    place: str
    born: str
    responsible_short: str
    responsible: str
    preferred_name: str = ""
    age: str = ""
    nhs_number: str = ""
    also_here: str = ""
    safety: str = ""
    cpr: str = ""
    matters: str = ""
    lead: str = ""
