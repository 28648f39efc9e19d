"""The viewer: the one membership somebody acts in now. Given to every door, query and action."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from homeround.accounts.author import Author
from homeround.accounts.rights import RIGHTS, ROLE_WORDS, Capacity, Extent, Kind, Reach, Right, Role
from homeround.directory.words import BodyKind


class ActsFor(Protocol):
    """A membership, or what stands for one: whose it is, and at which body."""

    @property
    def user_id(self) -> int: ...

    @property
    def body_id(self) -> int: ...


@dataclass(frozen=True)
class Viewer:
    """A person acting in one capacity. Rights are this role's alone, never the union of two.

    `until` is when the membership ends (UTC); a viewer is made anew for every request, so an end bites on the next one.
    """

    membership_id: int
    user_id: int
    username: str
    name: str
    role: Role
    body_id: int
    body_kind: BodyKind
    body_code: str
    body_name: str
    until: datetime

    @property
    def capacity(self) -> Capacity:
        """The line of the access table for this role."""
        return RIGHTS[self.role]

    @property
    def role_words(self) -> str:
        """The role in words for a page."""
        return ROLE_WORDS[self.role]

    def reads(self, kind: Kind) -> bool:
        """Whether this role reads anything of a kind, inside a relationship."""
        return self.capacity.extent(kind) is not Extent.NONE

    def may(self, right: Right) -> bool:
        """Whether this role has a right, in its own place."""
        return self.capacity.may(right)

    @property
    def reach(self) -> Reach:
        """Whose information this role may reach at all: what the doors look at."""
        return self.capacity.reach

    def acts_as(self, who: ActsFor) -> bool:
        """Whether a membership, over or not, is of the same person acting for the same body: whoever was cut off by
        mistake and added again, or whose role was granted anew, goes on with what was theirs. Rights are the role's.
        """
        return (who.user_id, who.body_id) == (self.user_id, self.body_id)

    @property
    def author(self) -> Author:
        """Who looks now, as the author of what they are about to write."""
        return Author(self.membership_id, self.name, self.role, self.body_name, self.user_id, self.body_id)

    @property
    def shown(self) -> str:
        """Who and in which capacity, for the header and for "by": `Amina Yusuf, care coordinator, Exe Valley PCN`."""
        return self.author.shown
