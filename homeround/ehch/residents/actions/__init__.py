"""What can be done about who lives where: arriving, moving rooms, registering, leaving, and seeing for a while.

One file a noun; callers import the verbs from here.
"""

from homeround.ehch.residents.actions.arriving import expect_resident, move_in, record_living_here
from homeround.ehch.residents.actions.co_opting import co_opt
from homeround.ehch.residents.actions.correcting import correct
from homeround.ehch.residents.actions.leaving import record_departure
from homeround.ehch.residents.actions.registering import disown, register_with
from homeround.ehch.residents.actions.rooms import move_room

__all__ = [
    "co_opt",
    "correct",
    "disown",
    "expect_resident",
    "move_in",
    "move_room",
    "record_departure",
    "record_living_here",
    "register_with",
]
