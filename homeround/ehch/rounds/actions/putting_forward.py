"""Put somebody forward for the round, move that to the right person, say why they need not be seen any more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from homeround.accounts.rights import Kind, Reach, Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import ended, said_again, written
from homeround.ehch.residents.access import PersonInSight, living_stays, see_resident
from homeround.ehch.residents.actions import correct
from homeround.ehch.residents.words import CorrectionKind
from homeround.ehch.rounds import rules
from homeround.ehch.rounds.access import see_put_forward, see_worklist
from homeround.ehch.rounds.models import NotNeeded, PutForward
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import Invalid, NotAllowed, NotHere

OVER: Final = (
    "They were seen since, have left, or somebody has said already that it is not needed. Nothing was changed. If they "
    "are to be seen, put them forward anew."
)


@action
def put_forward(*, by: Viewer, at: datetime, token: str | None = None, ref: str, asks: str, words: str) -> str:
    """Ask that a person be seen in the next round of their home, in one's own words (REQ-36). Returns the ref.

    `asks`: on whose behalf, a value of `words.Asks`; staff of a home ask for the person or for themselves. Raises
    NotHere, NotAllowed, Invalid (asks, words).
    """
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.LIVING)
    person.must_have(Right.PUT_FORWARD)
    _refuse(_problems(person, asks, words))
    return _keep(person, asks, words, by=by, at=at).ref


@action
def put_several_forward(
    *, by: Viewer, at: datetime, token: str | None = None, code: str, asks: str, people: Mapping[str, str]
) -> list[str]:
    """Put several people of the home with this code forward at once, as a home does that prepares its list (REQ-36).

    `people`: the words about each, by the person's ref. All of them or nobody. Returns the refs. Raises NotHere,
    NotAllowed, Invalid (asks, people, or the ref of whoever's words cannot be kept).
    """
    home = see_worklist(viewer=by, code=code, at=at)
    home.must_have(Right.PUT_FORWARD)
    if not people:
        raise Invalid(people=rules.SAY_FOR_WHOM)
    found = [see_resident(viewer=by, ref=ref, at=at, kind=Kind.LIVING) for ref in people]
    problems: dict[str, str] = {}
    for person, words in zip(found, people.values(), strict=True):
        if person.home_id != home.home_id:
            raise NotHere
        for field, sentence in _problems(person, asks, words).items():
            problems["asks" if field == "asks" else person.ref] = sentence
    _refuse(problems)
    return [_keep(who, asks, words, by=by, at=at).ref for who, words in zip(found, people.values(), strict=True)]


def _problems(person: PersonInSight, asks: str, words: str) -> dict[str, str]:
    in_a_home = person.viewer.reach is Reach.HOME
    return rules.problems_of_putting_forward(asks, words, in_a_home=in_a_home, lives_here=_lives_here(person))


def _keep(person: PersonInSight, asks: str, words: str, *, by: Viewer, at: datetime) -> PutForward:
    return PutForward.objects.create(
        resident_id=person.resident_id,
        home_id=person.where,
        asks=asks,
        words=words.strip(),
        **written(by=by, at=at, held_for=person.where),
    )


@action
def say_not_needed(*, by: Viewer, at: datetime, token: str | None = None, ref: str, because: str) -> str:
    """Say why somebody who was put forward need not be seen any more, or was put forward by mistake. Returns the ref.

    Whoever may put forward may; who is wanted after all is put forward anew. Raises NotHere, NotAllowed, Invalid
    (because).
    """
    seen = see_put_forward(viewer=by, ref=ref, at=at)
    seen.person.must_have(Right.PUT_FORWARD)
    _refuse(rules.problems_of_not_needed(because))
    open_now = PutForward.objects.open().filter(pk=seen.put_forward_id)
    if not PutForward.objects.filter(pk__in=open_now.values("pk")).update(**ended(by=by, at=at, how="not_needed")):
        raise NotAllowed(OVER)
    NotNeeded.objects.create(
        resident_id=seen.person.resident_id,
        put_forward_id=seen.put_forward_id,
        because=because.strip(),
        **written(by=by, at=at, held_for=seen.person.where),
    )
    return seen.ref


@action
def move_put_forward(*, by: Viewer, at: datetime, token: str | None = None, ref: str, to_ref: str, because: str) -> str:
    """Move it to the person whom it is about (H1). Returns the new ref.

    On the wrong person only "an entry was removed" is left. On the right one it stands anew, with who wrote it first
    and who moved it. Home and PCN move, as with a concern. Raises NotHere when either is out of sight, NotAllowed,
    Invalid (to_ref, because).
    """
    seen = see_put_forward(viewer=by, ref=ref, at=at)
    seen.person.must_have(Right.CONCERN)
    to = see_resident(viewer=by, ref=to_ref, at=at, kind=Kind.LIVING)
    to.must_have(Right.CONCERN)
    is_same = to.resident_id == seen.person.resident_id
    _refuse(rules.problems_of_moving_it(because, is_same=is_same, lives_here=_lives_here(to)))
    first = PutForward.objects.select_for_update().filter(pk=seen.put_forward_id).first()
    if first is None:
        raise NotAllowed(OVER)
    for row in (first, *NotNeeded.objects.filter(put_forward=first)):
        correct(row, kind=CorrectionKind.WRONG_PERSON, because=because.strip(), by=by, at=at)
    moved = PutForward.objects.create(
        resident_id=to.resident_id,
        **said_again(first, home_id=to.where, moved_from=first),
        **written(
            by=by, at=at, held_for=to.where, happened_at=first.happened_at, for_whom=first.for_whom_id or first.by_id
        ),
    )
    return moved.ref


def _lives_here(person: PersonInSight) -> bool:
    return living_stays().filter(pk=person.stay).exists()


def _refuse(problems: dict[str, str]) -> None:
    if problems:
        raise Invalid(**problems)
