"""A person about whom things are decided, one after the other: what the tests of this slice start from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from homeround.accounts.written import written
from homeround.directory.models import CareHome
from homeround.ehch.decisions.actions import Deciding, answer_query, decide, reply_to_decision, settle_dispute
from homeround.ehch.decisions.models import Ask
from homeround.ehch.decisions.queries import Applies, applies_now
from homeround.ehch.decisions.words import NEW
from homeround.ehch.residents.actions import record_departure
from homeround.ehch.residents.models import Resident, Stay
from homeround.kernel.audit.actor import SystemActor, acting
from tests.world import AT, World

TODAY = date(2026, 11, 16)


def lives_in_ivy_lodge_now(world: World, person: str, at: datetime) -> None:
    """Somebody of Rose House moves to the home of the other PCN, as the one person they are."""
    record_departure(by=world["nurse"], at=at, ref=person, kind="moved_home", left_on=TODAY)
    ivy = CareHome.objects.get(body=world.bodies["ivy"])
    columns = written(by=world["ivy_nurse"], at=at, held_for=ivy.pk)
    with acting(SystemActor("tests", "tests")):
        Stay.objects.create(
            resident=Resident.objects.get(ref=person), home=ivy, kind="permanent", place="residential",
            basis="living_here", **columns,
        )  # fmt: skip


@dataclass
class Case:
    """A person about whom things are decided, one after the other."""

    world: World
    at: datetime = AT
    made: dict[str, str] = field(default_factory=dict)

    @property
    def person(self) -> int:
        return Resident.objects.get(ref=self.world.residents["margaret"]).pk

    def decide(self, words: str, replaces: str = NEW, from_on: date = TODAY, stops: bool = False) -> str:
        decision = Deciding(
            "plan", words, "Needed.", "nothing", from_on, replaces=self.made.get(replaces, replaces), stops=stops
        )
        ref = decide(by=self.world["clinician"], at=self.at, ref=self.world.residents["margaret"], decision=decision)
        self.made[words] = ref
        return ref

    def reply(self, about: str, kind: str, **said: str) -> None:
        reply_to_decision(by=self.world["gp"], at=self.at, ref=self.ask(about), kind=kind, **said)

    def ask(self, about: str) -> str:
        """The ref of what the practice is asked."""
        return Ask.objects.get(decision__ref=self.made[about]).ref

    def answer(self, about: str, words: str) -> None:
        answer_query(by=self.world["clinician"], at=self.at, ref=self.ask(about), words=words)

    def dispute(self, words: str, meanwhile: str) -> None:
        self.reply(words, "do_not_adopt", words="No.", meanwhile=meanwhile)

    def settle_as(self, who: str, words: str) -> None:
        settle_dispute(by=self.world[who], at=self.at, ref=self.made[words], words="Agreed.", settled_as="decided")

    def settle(self, words: str, settled_as: str, from_now_on: str = "") -> None:
        settle_dispute(
            by=self.world["clinician"], at=self.at, ref=self.made[words], words="Agreed by phone.",
            settled_as=settled_as, from_now_on=from_now_on,
        )  # fmt: skip

    def applying(self, on: date = TODAY) -> list[Applies]:
        at = AT + (on - TODAY)
        return list(applies_now([self.person], at=at)[self.person])

    def does(self, on: date = TODAY) -> list[str]:
        """What the home does, without what was taken back and is said for a while not to be done."""
        return [line.does for line in self.applying(on) if not line.is_taken_back]

    def not_any_more(self, on: date = TODAY) -> list[str]:
        """What was taken back and is said for a while not to be done."""
        return [line.did for line in self.applying(on) if line.is_taken_back]
