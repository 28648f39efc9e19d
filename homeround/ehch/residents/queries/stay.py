"""What is so about one stay now: its terms, and the days between which it was."""

from __future__ import annotations

from datetime import date

from django.db.models import OuterRef, Subquery

from homeround.ehch.residents import rules
from homeround.ehch.residents.models import Departure, Stay, first_day, terms


def terms_of(stay_id: int) -> rules.Terms:
    """The terms of a stay as they are now: the newest change, else as written first."""
    stay = Stay.objects.filter(pk=stay_id).annotate(terms_now=terms()).values("terms_now").first()
    return rules.terms_in(stay["terms_now"] if stay else None)


def stay_days(stay_id: int) -> tuple[date | None, date | None]:
    """The first day of a stay (None: not known) and the day it ended (None: it goes on). One statement."""
    left = Departure.objects.filter(stay=OuterRef("pk")).values("left_on")[:1]
    found = Stay.objects.filter(pk=stay_id).annotate(began_on=first_day(), left_on=Subquery(left))
    row = found.values_list("began_on", "left_on").first()
    return row or (None, None)
