"""Who wrote something, in which capacity: a value that pages show and rules compare, never a text to be parsed.

A list of one statement carries its authors as a column (`author_columns`), and `Author.of_columns` reads it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models.functions import JSONObject

from homeround.accounts.models import Membership
from homeround.accounts.rights import ROLE_WORDS, Role
from homeround.accounts.viewer import Viewer

TITLES: Final = frozenset({"Dr", "Mr", "Mrs", "Ms", "Miss", "Mx", "Prof", "Professor", "Sister", "Matron"})


@dataclass(frozen=True)
class Author:
    """A person in the capacity they acted in. Two are the same when `membership_id` is; the name is for showing."""

    membership_id: int
    name: str
    role: Role
    body: str

    @property
    def shown(self) -> str:
        """Who and in which capacity: `Amina Yusuf, care coordinator, Exe Valley PCN`."""
        return f"{self.name}, {self.role_words}, {self.body}"

    @property
    def role_words(self) -> str:
        """The role in words for a page."""
        return ROLE_WORDS[self.role]

    @property
    def first_name(self) -> str:
        """How a colleague speaks of them: the first word of the name; `Dr Marsh` for who goes by a title."""
        words = self.name.split()
        return f"{words[0]} {words[-1]}" if words[0].rstrip(".") in TITLES and len(words) > 1 else words[0]

    def is_viewer(self, viewer: Viewer) -> bool:
        """Whether this is who looks now, in this very capacity."""
        return self.membership_id == viewer.membership_id

    @classmethod
    def of(cls, membership: Membership) -> Author:
        """The author a membership is; its user and body are loaded (`select_related("by__user", "by__body")`)."""
        return cls(membership.pk, membership.user.name, Role(membership.role), membership.body.name)

    @classmethod
    def of_viewer(cls, viewer: Viewer) -> Author:
        """Who looks now, as the author of what they are about to write."""
        return cls(viewer.membership_id, viewer.name, viewer.role, viewer.body_name)

    @classmethod
    def of_columns(cls, columns: Mapping[str, Any] | None) -> Author | None:
        """The author in a column made by `author_columns`; None where nobody was found. Other keys are left alone."""
        if columns is None or columns["author"] is None:
            return None
        return cls(columns["author"], columns["author_name"], Role(columns["author_role"]), columns["author_body"])


def author_columns(key: str = "by", **more: Any) -> JSONObject:
    """The author that a foreign key to a membership leads to, as one column of a subquery, with `more` beside it:

    `Subquery(replies.values(found=author_columns("by", words="words"))[:1])`.
    """
    return JSONObject(
        author=f"{key}__pk",
        author_name=f"{key}__user__name",
        author_role=f"{key}__role",
        author_body=f"{key}__body__name",
        **more,
    )
