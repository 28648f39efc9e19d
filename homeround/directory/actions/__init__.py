"""What can be done in the directory: taking a file in, and deciding what an import proposes."""

from homeround.directory.actions.deciding import accept_proposals, decline_proposals, reopen_proposals
from homeround.directory.actions.taking_in import Tell, take_in
from homeround.directory.actions.writing import (
    amend_bodies,
    end_links,
    enter_bodies,
    enter_links,
    note_edition,
    propose,
    withdraw_proposals,
)

__all__ = [
    "Tell",
    "accept_proposals",
    "amend_bodies",
    "decline_proposals",
    "end_links",
    "enter_bodies",
    "enter_links",
    "note_edition",
    "propose",
    "reopen_proposals",
    "take_in",
    "withdraw_proposals",
]
