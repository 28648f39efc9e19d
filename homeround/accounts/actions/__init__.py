"""What can be done about people who sign in: give and end roles, make accounts, help somebody to sign in again, and say
that something is wrong.
"""

from homeround.accounts.actions.memberships import LONGEST, cut_off, end_membership, grant_membership
from homeround.accounts.actions.ways_in import help_to_sign_in, invite, use_way_in
from homeround.accounts.actions.wrong import LONGEST_COMPLAINT, say_something_is_wrong, see_what_is_wrong

__all__ = [
    "LONGEST",
    "LONGEST_COMPLAINT",
    "cut_off",
    "end_membership",
    "grant_membership",
    "help_to_sign_in",
    "invite",
    "say_something_is_wrong",
    "see_what_is_wrong",
    "use_way_in",
]
