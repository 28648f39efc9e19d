"""What can be done about who lives where: arriving, moving rooms, registering, leaving, and seeing for a while; and the
way back from each.

One file a noun; callers import the verbs from here.
"""

from homeround.ehch.residents.actions.arriving import Place, expect_resident, move_in, record_living_here
from homeround.ehch.residents.actions.co_opting import co_opt, end_co_option
from homeround.ehch.residents.actions.correcting import correct, reopen
from homeround.ehch.residents.actions.hospital import (
    correct_return,
    go_to_hospital,
    note_hospital_news,
    return_from_hospital,
    withdraw_hospital,
    withdraw_hospital_news,
    withdraw_return,
)
from homeround.ehch.residents.actions.identity import correct_identity
from homeround.ehch.residents.actions.leaving import correct_departure, hand_over, record_departure, withdraw_departure
from homeround.ehch.residents.actions.putting_back import put_back_move_in
from homeround.ehch.residents.actions.registering import Registering, disown, register_with
from homeround.ehch.residents.actions.rooms import correct_room, move_room
from homeround.ehch.residents.actions.stays import change_stay, correct_arrival_day, withdraw_move_in
from homeround.ehch.residents.actions.who import Somebody

__all__ = [
    "Place",
    "Registering",
    "Somebody",
    "change_stay",
    "co_opt",
    "correct",
    "correct_arrival_day",
    "correct_departure",
    "correct_identity",
    "correct_return",
    "correct_room",
    "disown",
    "end_co_option",
    "expect_resident",
    "go_to_hospital",
    "hand_over",
    "move_in",
    "move_room",
    "note_hospital_news",
    "put_back_move_in",
    "record_departure",
    "record_living_here",
    "register_with",
    "reopen",
    "return_from_hospital",
    "withdraw_departure",
    "withdraw_hospital",
    "withdraw_hospital_news",
    "withdraw_move_in",
    "withdraw_return",
]
