"""What is so about one stay now, for actions and pages that change it."""

from __future__ import annotations

from homeround.ehch.residents import rules
from homeround.ehch.residents.models import Stay, terms


def terms_of(stay_id: int) -> rules.Terms:
    """The terms of a stay as they are now: the newest change, else as written first."""
    stay = Stay.objects.filter(pk=stay_id).annotate(terms_now=terms()).values("terms_now").first()
    return rules.terms_in(stay["terms_now"] if stay else None)
