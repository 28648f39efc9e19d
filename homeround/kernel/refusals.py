"""What the service refuses, in words a person can act on.

An action or a door raises one of these; one middleware (and the command line) shows it. `status` is the HTTP
status, `words` is one plain sentence or more for the person. Neither ever carries an identifier of a resident:
refusals reach logs.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final


class Refusal(Exception):  # noqa: N818 - the domain's word; nothing went wrong in the program
    """Something that was asked for and is not done. Nothing was changed by the request that raised it."""

    status: int = 400

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class NotHere(Refusal):
    """There is no such thing, or none that this viewer may know of: never told apart (trust.md, "No oracle")."""

    status = 404

    def __init__(self) -> None:
        super().__init__("There is nothing here.")


class MovedTo(Refusal):
    """The entry is elsewhere now, with whoever it is about, and the viewer may see both places: `page` and `ref` say
    where. Whoever may not see both is told NotHere.
    """

    status = 409

    def __init__(self, page: str, ref: str) -> None:
        super().__init__("This was moved to the person it is about. Nothing was changed by what you sent.")
        self.page = page
        self.ref = ref


class NotAllowed(Refusal):
    """The thing may be known to the viewer, but this is not theirs to see or do. `words` says whose it is."""

    status = 403


class Invalid(Refusal):
    """What was typed cannot be kept. `problems` gives, for each field, a sentence: what is wrong and what to do."""

    status = 422

    def __init__(self, **problems: str) -> None:
        if not problems:
            raise ValueError("Invalid needs at least one field with its sentence")
        super().__init__(" ".join(problems.values()))
        self.problems: Mapping[str, str] = problems


class TooManyTries(Refusal):
    """Something was tried too often in a short time. `words` says what, and how long to wait."""

    status = 429


FOLLOWS: Final = (
    "Nothing of yours is lost or saved yet. Compare, change what you want, and save: yours then follows theirs."
)
"""Said where a second version is taken after the first."""


class ChangedMeanwhile(Refusal):
    """Somebody else saved first. `stands` is what is kept now, field by field, to be shown beside what was typed.

    `then` says how whoever was second goes on: `FOLLOWS` only where saving again is taken, else the way that there is.
    """

    status = 409

    def __init__(self, what: str, by: str, at: datetime, stands: Mapping[str, str], *, then: str) -> None:
        super().__init__(f"{what} was changed by {by} while you were writing. {then}")
        self.what = what
        self.by = by
        self.at = at
        self.stands = stands
        self.then = then


class SaidOtherwise(Refusal):
    """The same form was sent before with other content. `first` is what was kept then, field by field."""

    status = 409

    def __init__(self, first: Mapping[str, str]) -> None:
        super().__init__("This form was already sent, with other words. The first stands until you choose.")
        self.first = first
