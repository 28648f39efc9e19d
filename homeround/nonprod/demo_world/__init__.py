"""The demonstration: a small made-up part of the country, with people, rounds, decisions and replies of past weeks.

Words: *places* (its bodies: invented, or real ones of Devon), *staff* (who signs in), *timeline* (what happens, in the
order in which it happened). Everything but bodies and sign-ins is done by actions, with instants counted back from
the one the demo is built at. Residents and staff are invented; NHS numbers are of the range that is never issued.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from homeround.nonprod.demo_world.living import let_live
from homeround.nonprod.demo_world.places import Places
from homeround.nonprod.demo_world.staff import Staff, hire
from homeround.nonprod.demo_world.timeline import Timeline
from homeround.nonprod.demo_world.weeks import let_weeks_pass


def build(find_places: Callable[[datetime], Places], *, at: datetime) -> Staff:
    """Build the whole demo around these places, or nothing of it; `at` is now."""
    with transaction.atomic():
        places = find_places(at)
        staff = hire(places, at=at)
        timeline = Timeline(at)
        people = let_live(timeline, places, staff)
        let_weeks_pass(timeline, places, staff, people)
        timeline.run()
    return staff
