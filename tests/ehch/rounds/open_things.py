"""Every kind of thing that can wait, opened in the small world: shared by tests of turns, calm words, first pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from homeround.ehch.decisions import words
from homeround.ehch.decisions.actions import (
    Asking,
    Deciding,
    answer_query,
    ask_follow_up,
    cannot_follow_up,
    decide,
    reply_to_decision,
    settle_dispute,
    take_back_answer,
    withdraw_decision,
)
from homeround.ehch.decisions.models import Ask
from homeround.ehch.deterioration.actions import mark_read, move_concern, raise_concern, record_call, remove_concern
from homeround.ehch.residents.actions import Place, Somebody, expect_resident, go_to_hospital, record_departure
from homeround.ehch.residents.actions.registering import Registering, register_with
from homeround.ehch.residents.rules import FORMER_HOME_READS
from homeround.ehch.rounds.actions import (
    Reviewing,
    close_round,
    move_review,
    open_round,
    put_forward,
    record_review,
)
from homeround.ehch.rounds.models import Round
from tests.world import AT, World

NEVER = frozenset[str]()


@dataclass(frozen=True)
class OpenThing:
    """How a kind is opened, and whose turn it is at once and once it is late, by the names of the world's people.

    `late_after` is how long it takes from `AT` until it is late (nothing: at once).
    """

    open: Callable[[World], object]
    now: frozenset[str]
    late: frozenset[str]
    late_after: timedelta
    ends_after: timedelta | None = None
    """From when nobody sees the person any more, and it waits for nobody."""

    def after(self, later: timedelta) -> frozenset[str]:
        """Whose turn it is once it is late."""
        return NEVER if self.ends_after is not None and later > self.ends_after else self.late


def _concern(world: World, *, help_now: bool = False, is_read: bool = False) -> str:
    ref = raise_concern(
        by=world["carer"], at=AT, ref=world.residents["winifred"], words="Not herself.", help_now=help_now
    )
    if is_read:
        mark_read(by=world["coordinator"], at=AT, ref=ref)
    return ref


def _phoned(world: World) -> None:
    ref = _concern(world, help_now=True)
    record_call(
        by=world["carer"],
        at=AT,
        ref=ref,
        service="NHS 111",
        spoke_to="a nurse",
        words="Keep her still.",
        happened_at=AT,
    )


def _left_unanswered(world: World) -> None:
    ref = world.residents["winifred"]
    raise_concern(by=world["carer"], at=AT, ref=ref, words="Not herself.", help_now=False)
    record_departure(by=world["nurse"], at=AT, ref=ref, kind="moved_home", left_on=AT.date())


def _came_back(world: World) -> None:
    asking = Asking("Weigh her", "home", AT.date() + timedelta(days=200))
    ref = ask_follow_up(by=world["clinician"], at=AT, ref=world.residents["winifred"], asking=asking)
    cannot_follow_up(by=world["nurse"], at=AT, ref=ref, words="No scales.")


def _decided(world: World, who: str = "winifred", typed_by: str = "", until_on: date | None = None) -> str:
    decision = decide(
        by=world[typed_by or "clinician"],
        for_whom=world["clinician"].membership_id if typed_by else None,
        at=AT,
        ref=world.residents[who],
        decision=Deciding(
            "plan",
            "Walk daily",
            because="Legs swell.",
            before="Sits all day.",
            in_force_from_on=AT.date(),
            replaces=words.NEW,
            until_on=until_on,
        ),
    )
    return Ask.objects.get(decision__ref=decision).ref


def _replied(world: World, kind: str, **said: str) -> None:
    reply_to_decision(by=world["gp"], at=AT, ref=_decided(world), kind=kind, **said)


def _withdrawn(world: World) -> None:
    ask = Ask.objects.get(ref=_decided(world))
    withdraw_decision(by=world["clinician"], at=AT, ref=ask.decision.ref, because="Wrong chart.")


def _settled(world: World) -> None:
    ask = Ask.objects.get(ref=_decided(world))
    reply_to_decision(by=world["gp"], at=AT, ref=ask.ref, kind="do_not_adopt", words="No.", meanwhile="As before.")
    settle_dispute(
        by=world["clinician"], at=AT, ref=ask.decision.ref, words="Agreed on the phone.",
        settled_as="meanwhile",
    )  # fmt: skip


def _settled_by_practice(world: World) -> None:
    ask = Ask.objects.get(ref=_decided(world))
    reply_to_decision(by=world["gp"], at=AT, ref=ask.ref, kind="do_not_adopt", words="No.", meanwhile="As before.")
    settle_dispute(by=world["gp"], at=AT, ref=ask.decision.ref, words="I decide this.", settled_as="meanwhile")


def _answer_not_so(world: World) -> None:
    ask = Ask.objects.get(ref=_decided(world))
    reply_to_decision(by=world["gp"], at=AT, ref=ask.ref, kind="query", words="How much?")
    answer_query(by=world["clinician"], at=AT, ref=ask.ref, words="Morphine.")
    reply_to_decision(by=world["gp"], at=AT, ref=ask.ref, kind="read")
    take_back_answer(by=world["clinician"], at=AT, ref=ask.ref, because="Of somebody else.")


def _not_theirs(world: World) -> None:
    ask = Ask.objects.get(ref=_decided(world))
    reply_to_decision(by=world["gp"], at=AT, ref=ask.ref, kind="do_not_adopt", words="No.", meanwhile="As before.")
    register_with(
        by=world["nurse"], at=AT, ref=world.residents["winifred"], because="Another family’s letter.",
        registration=Registering("permanent", world.code("far")), was_wrong=True,
    )  # fmt: skip


def _still_needed(world: World) -> None:
    """Asked of the home in a review whose decision was withdrawn: it is not due for weeks."""
    decision = Deciding("plan", "Walk daily", "Legs swell.", "Sits.", AT.date(), replaces=words.NEW)
    asking = Asking("Weigh her", "home", (AT + timedelta(days=100)).date())
    _reviewed(world, Reviewing(how="in_person", outcome="plan_changed", decision=decision, follow_up=asking))
    newest = Ask.objects.latest("pk").decision.ref
    withdraw_decision(by=world["clinician"], at=AT, ref=newest, because="Wrong chart.")


def _answer_gone(world: World) -> None:
    ref = _concern(world)
    decision = Deciding("plan", "Walk daily", "Legs swell.", "Sits.", AT.date(), replaces=words.NEW)
    _reviewed(world, Reviewing(how="in_person", outcome="plan_changed", decision=decision, answers=(ref,)))
    withdraw_decision(by=world["clinician"], at=AT, ref=Ask.objects.get().decision.ref, because="Wrong chart.")


def _answered_wrongly(world: World, *, moved: bool) -> str:
    """A review that decided something in answer to a concern which is then moved to Albert, or removed."""
    ref = _concern(world)
    decision = Deciding("plan", "Thickened fluids only", "Coughs.", "Thin.", AT.date(), replaces=words.NEW)
    _reviewed(world, Reviewing(how="in_person", outcome="plan_changed", decision=decision, answers=(ref,)))
    if moved:
        move_concern(by=world["nurse"], at=AT, ref=ref, to_ref=world.residents["albert"], because="The wrong room.")
    else:
        remove_concern(by=world["nurse"], at=AT, ref=ref, because="Typed twice.")
    return ref


def _follow_up(world: World, owner: str) -> str:
    return ask_follow_up(
        by=world["clinician"], at=AT, ref=world.residents["winifred"], asking=Asking("Weigh her", owner, AT.date())
    )


def held_on(world: World, at: datetime, **other: Any) -> str:
    """A round of Rose House opened by its clinician."""
    return open_round(
        by=world["clinician"],
        at=at,
        code=world.code("rose"),
        mode="in_person",
        home_representative="Nell Nurse",
        medical_input="Dr Hart, by phone",
        **other,
    )


def _reviewed(world: World, review: Reviewing, **other: Any) -> None:
    held = held_on(world, AT)
    record_review(
        **{"by": world["clinician"]} | other, at=AT, ref=held, person=world.residents["winifred"], review=review
    )


def _not_reached(world: World) -> None:
    _reviewed(world, Reviewing(how="", outcome="not_reached"))


def _typed(world: World) -> None:
    _reviewed(
        world,
        Reviewing(how="in_person", outcome="no_change"),
        by=world["coordinator"],
        for_whom=world["clinician"].membership_id,
    )


def _moved(world: World) -> None:
    """A review that decided something, moved to somebody else without its decision: it is to be decided again."""
    decision = Deciding("plan", "Walk daily", "Legs swell.", "Sits.", AT.date(), replaces=words.NEW)
    _reviewed(world, Reviewing(how="in_person", outcome="plan_changed", decision=decision))
    move_review(
        by=world["clinician"],
        at=AT,
        ref=Round.objects.get().ref,
        person=world.residents["winifred"],
        to_ref=world.residents["albert"],
        because="Chosen by mistake",
    )


def _missed(world: World) -> None:
    then = AT - timedelta(days=14)
    ref = held_on(world, then)
    seen = Reviewing(how="in_person", outcome="no_change")
    record_review(by=world["clinician"], at=then, ref=ref, person=world.residents["albert"], review=seen)
    close_round(by=world["clinician"], at=then, ref=ref)


def _expected(world: World) -> None:
    expect_resident(
        by=world["nurse"],
        at=AT - timedelta(days=2),
        code=world.code("rose"),
        who=Somebody("Ella", "Expected", date(1940, 1, 1), no_number_because="not told yet"),
        stay=Place(kind="respite", place="residential", room="30"),
        registration=Registering("not_known"),
        expected_on=(AT - timedelta(days=1)).date(),
    )


def _put_forward(who: str, asks: str, world: World) -> None:
    put_forward(by=world[who], at=AT, ref=world.residents["winifred"], asks=asks, words="Walks less than in May.")


CARERS = frozenset({"carer", "agency", "nurse", "senior", "manager"})
SENIORS = frozenset({"nurse", "senior", "manager"})
CLINICIANS = frozenset({"clinician", "pharmacist", "lead"})
PCN = CLINICIANS | {"coordinator"}
OF_THE_PRACTICE = frozenset({"gp", "gp_colleague"})
AT_ONCE = timedelta(0)

OPEN_THINGS: Mapping[str, OpenThing] = {
    **{
        f"asked_by_{asks}": OpenThing(
            partial(_put_forward, who, asks), CLINICIANS, PCN | SENIORS, timedelta(days=8)
        )
        for asks, who in (("clinician", "gp"), ("person", "carer"), ("staff", "nurse"))
    },
    "to_be_phoned": OpenThing(lambda world: _concern(world, help_now=True), PCN | CARERS, PCN | CARERS, AT_ONCE),
    "phoned": OpenThing(_phoned, PCN, PCN | SENIORS, timedelta(hours=4)),
    "unread": OpenThing(_concern, PCN, PCN | SENIORS, timedelta(hours=4)),
    "unanswered": OpenThing(lambda world: _concern(world, is_read=True), PCN, PCN | SENIORS, timedelta(days=1)),
    "answer_gone": OpenThing(_answer_gone, PCN, PCN | SENIORS, timedelta(days=1)),
    "answered_not_theirs": OpenThing(
        partial(_answered_wrongly, moved=True), CLINICIANS, CLINICIANS, timedelta(days=1)
    ),
    "answered_in_error": OpenThing(
        partial(_answered_wrongly, moved=False), CLINICIANS, CLINICIANS, timedelta(days=1)
    ),
    "gp_question": OpenThing(lambda world: _replied(world, "query", words="Since when?"), PCN, PCN, timedelta(days=2)),
    "dispute": OpenThing(
        lambda world: _replied(world, "do_not_adopt", words="No.", meanwhile="As before."),
        CLINICIANS | {"gp", "gp_colleague"},
        CLINICIANS | {"gp", "gp_colleague"},
        timedelta(days=7),
    ),
    "answer_not_so": OpenThing(_answer_not_so, OF_THE_PRACTICE, OF_THE_PRACTICE, timedelta(days=2)),
    "withdrawn_since": OpenThing(_withdrawn, OF_THE_PRACTICE, OF_THE_PRACTICE, timedelta(days=7)),
    "settled_by_practice": OpenThing(_settled_by_practice, CLINICIANS, CLINICIANS, timedelta(days=7)),
    "not_theirs": OpenThing(_not_theirs, CLINICIANS, CLINICIANS, timedelta(days=7)),
    "still_needed": OpenThing(_still_needed, PCN, PCN, timedelta(days=2)),
    "settled_since": OpenThing(_settled, OF_THE_PRACTICE, OF_THE_PRACTICE, timedelta(days=7)),
    "handover": OpenThing(
        _left_unanswered, SENIORS, SENIORS, timedelta(days=1), FORMER_HOME_READS
    ),
    "handover_pcn": OpenThing(_left_unanswered, PCN, PCN, timedelta(days=1), FORMER_HOME_READS),
    "nobody_responsible": OpenThing(
        lambda world: _replied(world, "not_our_patient"),
        SENIORS | {"coordinator", "exe_manager"},
        SENIORS | {"coordinator", "exe_manager"},
        AT_ONCE,
    ),
    "silence": OpenThing(_decided, NEVER, frozenset({"coordinator", "lead", "exe_manager"}), timedelta(days=8)),
    "follow_up": OpenThing(lambda world: _follow_up(world, "home"), CARERS, CARERS, timedelta(hours=15)),
    "follow_up_pcn": OpenThing(
        lambda world: _follow_up(world, "pcn"), frozenset({"coordinator"}), PCN | {"exe_manager"}, timedelta(hours=15),
    ),
    "to_confirm": OpenThing(
        _typed, frozenset({"clinician"}), frozenset({"clinician", "coordinator"}), timedelta(days=3)
    ),
    "decision_to_confirm": OpenThing(
        lambda world: _decided(world, typed_by="coordinator"), frozenset({"clinician"}),
        frozenset({"clinician", "coordinator"}), timedelta(days=3),
    ),
    "see_again": OpenThing(
        lambda world: _reviewed(
            world, Reviewing(how="in_person", outcome="no_change", see_again_on=(AT + timedelta(days=4)).date())
        ),
        CLINICIANS, CLINICIANS, timedelta(days=5),
    ),
    "decision_ends": OpenThing(
        lambda world: _decided(world, until_on=(AT + timedelta(days=4)).date()), CLINICIANS, CLINICIANS,
        timedelta(days=5),
    ),
    "came_back": OpenThing(_came_back, PCN, PCN, timedelta(days=2)),
    "decide_again": OpenThing(_moved, CLINICIANS, CLINICIANS, timedelta(days=2)),
    "assessment": OpenThing(lambda world: None, NEVER, PCN | SENIORS, timedelta(days=5)),
    "plan": OpenThing(lambda world: None, NEVER, PCN | SENIORS, timedelta(days=5)),
    "not_reached": OpenThing(_not_reached, CLINICIANS, CLINICIANS, timedelta(days=7)),
    "round_open": OpenThing(
        lambda world: held_on(world, AT), NEVER, PCN | SENIORS | {"exe_manager"}, timedelta(hours=15)
    ),
    "round_missed": OpenThing(_missed, PCN | SENIORS | {"exe_manager"}, PCN | SENIORS | {"exe_manager"}, AT_ONCE),
    "in_hospital": OpenThing(
        lambda world: go_to_hospital(
            by=world["nurse"], at=AT, ref=world.residents["winifred"], went_on=AT.date(), hospital="Royal Infirmary"
        ),
        SENIORS,
        SENIORS | {"coordinator"},
        timedelta(days=7),
    ),
    "expected": OpenThing(_expected, SENIORS, SENIORS, AT_ONCE),
}  # fmt: skip
"""Each kind of `rules.TURNS`. Margaret's assessment and plan run since she moved in."""
