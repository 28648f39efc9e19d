"""Who wrote something: a person in a role at a body, as a value. Never a text that somebody takes apart again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from homeround.accounts.rights import ROLE_WORDS, Role

TITLES: Final = frozenset({"Dr", "Mr", "Mrs", "Ms", "Miss", "Mx", "Prof", "Professor", "Sister", "Matron"})


@dataclass(frozen=True)
class Author:
    """The membership somebody wrote in. Two memberships are of the same person acting for the same body when `user_id`
    and `body_id` are (`Viewer.acts_as`); the name is for showing.

    Plain Python, so that rules may hold one.
    """

    membership_id: int
    name: str
    role: Role
    body: str
    user_id: int
    body_id: int

    @property
    def role_words(self) -> str:
        """The role in words: `clinician of the round`."""
        return ROLE_WORDS[self.role]

    @property
    def shown(self) -> str:
        """Who, in which role, of which body: `Priya Shah, clinician of the round, Exe Valley PCN`."""
        return f"{self.name}, {self.role_words}, {self.body}"

    @property
    def first_name(self) -> str:
        """`Priya`: as people who work together speak of her; `Dr Marsh` for who goes by a title."""
        return first_name_of(self.name)


def first_name_of(name: str) -> str:
    """What colleagues call somebody of this name: the first name, or title and family name."""
    words = name.split()
    return f"{words[0]} {words[-1]}" if words[0].rstrip(".") in TITLES and len(words) > 1 else words[0]


def author_of(membership: Any) -> Author:
    """The author of a membership whose user and body are loaded."""
    return Author(
        membership.pk,
        membership.user.name,
        Role(membership.role),
        membership.body.name,
        membership.user_id,
        membership.body_id,
    )


def author_columns(prefix: str) -> dict[str, str]:
    """The columns of an author for a `JSONObject` in a subquery; `prefix` is the key to the membership, as `by`."""
    return {
        "membership_id": f"{prefix}__id",
        "name": f"{prefix}__user__name",
        "role": f"{prefix}__role",
        "body": f"{prefix}__body__name",
        "user_id": f"{prefix}__user_id",
        "body_id": f"{prefix}__body_id",
    }


def author_in(found: Mapping[str, Any]) -> Author:
    """The author of what a `JSONObject` with `author_columns` gave."""
    role = Role(found["role"])
    return Author(found["membership_id"], found["name"], role, found["body"], found["user_id"], found["body_id"])
