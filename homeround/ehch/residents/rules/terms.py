"""What is so about a stay: its kind, which care, from which day, and until when it is planned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Terms:
    """What is so about a stay now. `from_on` is the day expected, moved in on, or lived here since; None: not known."""

    kind: str = ""
    place: str = ""
    from_on: date | None = None
    planned_end_on: date | None = None


def terms_in(found: Mapping[str, str | None] | None) -> Terms:
    """The terms as `models.terms` gives them, in JSON; nothing found is a stay without terms."""
    if not found:
        return Terms()
    return Terms(
        kind=found["kind"] or "",
        place=found["place"] or "",
        from_on=_day(found["from_on"]),
        planned_end_on=_day(found["planned_end_on"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
