"""What can be done about cover, and how a start that was entered in error is taken back. Callers import from here."""

from homeround.ehch.alignment.actions.covering import align_home, name_lead, place_on_mdt, set_hours, take_off_mdt
from homeround.ehch.alignment.actions.taking_back import take_back_alignment, take_back_hours, take_back_lead

__all__ = [
    "align_home",
    "name_lead",
    "place_on_mdt",
    "set_hours",
    "take_back_alignment",
    "take_back_hours",
    "take_back_lead",
    "take_off_mdt",
]
