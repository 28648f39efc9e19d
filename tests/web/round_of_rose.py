"""A round of Rose House as the pages meet it: a concern, the round, a review that changes the plan; many residents."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from homeround.ehch.decisions.actions import Asking, Deciding
from homeround.ehch.decisions.queries import awaiting_reply
from homeround.ehch.decisions.words import NEW
from homeround.ehch.deterioration.actions import raise_concern
from homeround.ehch.residents.actions import Place, Somebody, record_living_here
from homeround.ehch.residents.actions.registering import Registering
from homeround.ehch.rounds.actions import Reviewing, open_round, record_review
from homeround.kernel.audit.noticed import looking
from homeround.kernel.record import nhs_number
from tests.world import AT, World

WORRY = "Not eating since Friday"
DRINKS = "Offer a drink every hour and write down how much."
CHANGE = Reviewing(
    how="in_person",
    outcome="plan_changed",
    notes="Chest clear, drinking little.",
    wanted="She wants to stay in her room this week.",
    decision=Deciding(
        kind="plan",
        decided=DRINKS,
        because="Drinks less than a litre a day.",
        before="Drinks at meals.",
        in_force_from_on=AT.date(),
        replaces=NEW,
    ),
    follow_up=Asking(words="Weigh her", owner="home", due_on=date(2026, 11, 20)),
)


def worry(world: World, who: str = "margaret", at: datetime = AT) -> str:
    """A carer's concern; returns its ref."""
    return raise_concern(by=world["carer"], at=at, ref=world.residents[who], words=WORRY, help_now=False)


def begin(world: World, at: datetime = AT, mode: str = "in_person") -> str:
    """An open round; returns its ref."""
    return open_round(
        by=world["clinician"], at=at, code=world.code("rose"), mode=mode, home_representative="Nell Nurse",
        medical_input="Dr Hart, by phone",
    )  # fmt: skip


def change_plan(world: World, held: str, who: str = "margaret", at: datetime = AT) -> str:
    """A review that changes the plan of somebody; returns the ref of what their practice is asked."""
    record_review(by=world["clinician"], at=at, ref=held, person=world.residents[who], review=CHANGE)
    practice = "outside_gp" if who == "albert" else "gp"
    with looking():
        return awaiting_reply(viewer=world[practice], at=at)[-1].ref


def see(world: World, held: str, who: str = "margaret", at: datetime = AT, **review: Any) -> None:
    """A clinician sees somebody in the round and changes nothing."""
    reviewing = Reviewing("in_person", "no_change", **review)
    record_review(by=world["clinician"], at=at, ref=held, person=world.residents[who], review=reviewing)


def crowd(world: World, home: str, number: int) -> None:
    """Let `number` more people live in a home."""
    for serial in range(number):
        record_living_here(
            by=world["manager" if home == "rose" else "ivy_manager"],
            at=AT - timedelta(days=40),
            code=world.code(home),
            who=Somebody(
                f"Person{serial}",
                f"Of the Crowd{serial}",
                date(1940, 1, 1) + timedelta(serial),
                nhs_number=nhs_number.made(500 + serial),
            ),
            stay=Place(kind="permanent", place="residential", room=str(100 + serial)),
            living_since=date(2025, 1, 1),
            registration=Registering("permanent", world.code("mill"), gp_name=""),
        )


def typed_review(**changed: Any) -> dict[str, Any]:
    """A full review as a clinician types it."""
    typed = {
        "how": "in_person", "outcome": "plan_changed", "notes": "Chest clear.", "wanted": "To stay in her room.",
        "decided": DRINKS, "replaces": NEW, "before": "Drinks at meals.", "because": "Drinks little.",
        "in_force_from_on-day": "16", "in_force_from_on-month": "11", "in_force_from_on-year": "2026",
        "follow_up": "Weigh her", "owner": "home",
        "due_on-day": "20", "due_on-month": "11", "due_on-year": "2026",
    }  # fmt: skip
    return {name: value for name, value in (typed | changed).items() if value is not None}
