"""To whom a review can be moved: somebody else of the home, who lived there on its day."""

from __future__ import annotations

from datetime import datetime

from homeround.ehch.residents.access import PersonInSight
from homeround.ehch.residents.queries import stay_days
from homeround.ehch.rounds import rules
from homeround.ehch.rounds.access import RoundInSight
from homeround.kernel.calendar.times import london_date


def problems_of_target(
    held: RoundInSight, wrong: PersonInSight, right: PersonInSight, reviewed_at: datetime
) -> dict[str, str]:
    """What stands against moving a review of `wrong`, written at that instant, to `right`, under `to_ref`. One
    statement.
    """
    if right.resident_id == wrong.resident_id:
        return {"to_ref": "It is about this person already. Choose the person it is about."}
    if right.stay_id is None or right.home_id != held.home.home_id:
        return {"to_ref": f"Choose somebody who lives in {held.home.name}."}
    from_on, left_on = stay_days(right.stay_id)
    return rules.problems_of_whom(
        london_date(reviewed_at), from_on=from_on, left_on=left_on, today=london_date(held.home.at)
    )
