"""What happened in the demo's homes in the past weeks: concerns, rounds with their reviews, decisions, replies."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from homeround.accounts.viewer import Viewer
from homeround.ehch.decisions.actions import (
    Asking,
    Deciding,
    answer_query,
    complete_follow_up,
    decide,
    mark_received,
    reply_to_decision,
    settle_dispute,
)
from homeround.ehch.decisions.models import Ask, FollowUp
from homeround.ehch.decisions.words import NEW, SettledAs
from homeround.ehch.deterioration.actions import mark_read, raise_concern, record_call
from homeround.ehch.residents.actions import go_to_hospital, return_from_hospital
from homeround.ehch.residents.rules import ADMITTED
from homeround.ehch.rounds.access import see_worklist
from homeround.ehch.rounds.actions import Reviewing, close_round, open_round, put_forward, record_review
from homeround.ehch.rounds.queries.worklist import worklist_rows
from homeround.ehch.rounds.rules import must_have_outcome
from homeround.kernel.calendar.times import london_date
from homeround.nonprod.demo_world.living import People
from homeround.nonprod.demo_world.places import Places
from homeround.nonprod.demo_world.said import (
    CONCERNS,
    IN_HOSPITAL,
    NOTES,
    PUT_FORWARD,
    TOLD,
    Admitted,
    PutForward,
    Told,
    Worry,
)
from homeround.nonprod.demo_world.staff import Staff
from homeround.nonprod.demo_world.timeline import Timeline

GPS = {"mill": "grace", "quay": "gil", "moor": "olga", "ford": "omar"}


@dataclass(frozen=True)
class Rounds:
    """The weekly round of one home: day and hour, who leads, in which weeks (a week that is not named was missed), and
    how many people are seen each time beyond those who must be.
    """

    home: str
    weekday: int
    hour: int
    leader: str
    weeks_ago: tuple[int, ...]
    seen: int
    quiet: int = 0
    """How many of the home's people nobody has put forward for a long time."""


ROUNDS = (
    Rounds("large", 1, 10, "priya", (8, 6, 5, 4, 3, 2, 1, 0), seen=14, quiet=5),
    Rounds("small", 2, 14, "priya", (7, 4, 2), seen=3),
    Rounds("split", 3, 10, "priya", (6, 5, 4, 3, 2), seen=5, quiet=3),
    Rounds("middle", 4, 11, "theo", (5, 4, 3, 2, 1, 0), seen=6, quiet=6),
)


def let_weeks_pass(timeline: Timeline, places: Places, staff: Staff, people: People) -> None:
    """Put everything that happened on the timeline; one round is open now."""
    weeks = _Weeks(timeline, places, staff, people)
    for rounds in ROUNDS:
        for weeks_ago in rounds.weeks_ago:
            weeks.hold(rounds, weeks_ago)
    for worry in CONCERNS:
        weeks.worry(worry)
    for asked in PUT_FORWARD:
        weeks.put_forward(asked)
    for admitted in IN_HOSPITAL:
        weeks.go_to_hospital(admitted)
    weeks.leave_one_open()
    weeks.decide_yesterday()


class _Weeks:
    def __init__(self, timeline: Timeline, places: Places, staff: Staff, people: People) -> None:
        self.timeline = timeline
        self.places = places
        self.staff = staff
        self.people = people
        self.concerns: dict[str, list[str]] = {}
        """The refs of open concerns, by person."""
        self.turn: dict[str, int] = {}
        """How far the rounds of a home have come through its people."""

    def worry(self, worry: Worry) -> None:
        """Somebody raises a concern, somebody is phoned when help is needed now, and the coordinator reads it."""

        def raised(at: datetime) -> None:
            person = self.people.ref[worry.about]
            ref = raise_concern(
                by=self.staff[worry.by], at=at, ref=person, words=worry.words, help_now=worry.spoke_to != ""
            )
            self.concerns.setdefault(person, []).append(ref)
            if worry.spoke_to:
                record_call(
                    by=self.staff[worry.by],
                    at=at + timedelta(minutes=10),
                    ref=ref,
                    service=worry.service,
                    spoke_to=worry.spoke_to,
                    words=worry.told,
                )
            if worry.reader:
                reads = self.staff[worry.reader]
                self.timeline.put(at + timedelta(hours=1), lambda later: mark_read(by=reads, at=later, ref=ref))

        at = self.timeline.days_ago(worry.days_ago, worry.hour)
        if worry.days_ago == 0:
            at = self.timeline.now - timedelta(minutes=60 + 5 * worry.hour)
        self.timeline.put(at, raised)

    def put_forward(self, asked: PutForward) -> None:
        """Somebody is put forward for the next round."""

        def put(at: datetime) -> None:
            put_forward(
                by=self.staff[asked.by], at=at, ref=self.people.ref[asked.about], asks=asked.asks, words=asked.words
            )

        self.timeline.put(self.timeline.days_ago(asked.days_ago, hour=17), put)

    def go_to_hospital(self, admitted: Admitted) -> None:
        """Somebody goes to hospital, and comes back or is there still."""
        by = self.staff[admitted.by]

        def went(at: datetime) -> None:
            go_to_hospital(
                by=by,
                at=at,
                ref=self.people.ref[admitted.about],
                went_on=london_date(at),
                hospital=admitted.hospital,
                words=admitted.words,
            )

        def came_back(at: datetime) -> None:
            ref = self.people.ref[admitted.about]
            return_from_hospital(by=by, at=at, ref=ref, back_on=london_date(at), how=ADMITTED)

        self.timeline.put(self.timeline.days_ago(admitted.days_ago, hour=18), went)
        if admitted.back_days_ago is not None:
            self.timeline.put(self.timeline.days_ago(admitted.back_days_ago, hour=14), came_back)

    def hold(self, rounds: Rounds, weeks_ago: int) -> None:
        """A round is held from beginning to end."""

        def held(at: datetime) -> None:
            ref = self._open(rounds, at)
            told = [story for story in TOLD if (story.home, story.weeks_ago) == (rounds.home, weeks_ago)]
            for number, person in enumerate(self._put_forward(rounds, at)):
                story = next((story for story in told if self._fits(story, person)), None)
                if story is not None:
                    told.remove(story)
                self._review(rounds, ref, person, story, at + timedelta(minutes=4 * number))
            close_round(by=self.staff[rounds.leader], at=at + timedelta(hours=2), ref=ref)

        at = self.timeline.in_week(weeks_ago, rounds.weekday, rounds.hour)
        if at + timedelta(hours=2) <= self.timeline.now:
            self.timeline.put(at, held)

    def leave_one_open(self) -> None:
        """The round of the home with people of many practices was opened a little while ago."""
        split = next(rounds for rounds in ROUNDS if rounds.home == "split")

        def opened(at: datetime) -> None:
            ref = self._open(split, at)
            for person in self._put_forward(split, at)[:2]:
                self._review(split, ref, person, None, at + timedelta(minutes=10))

        self.timeline.put(self.timeline.now - timedelta(minutes=40), opened)

    def decide_yesterday(self) -> None:
        """A decision of yesterday whose reply is awaited, and not late on any day the demo is built."""
        self.timeline.put(self.timeline.days_ago(1, hour=16), self._decided_yesterday)

    def _decided_yesterday(self, at: datetime) -> None:
        for home, number in (("large", 0), ("split", 2)):
            decide(
                by=self.staff["priya"],
                at=at,
                ref=self.people.ref[home, number],
                decision=Deciding(
                    "plan",
                    "Weigh weekly; fortified milk twice a day; call us at another kilogram lost.",
                    because="Lost 2 kg in a month.",
                    before="Weigh monthly.",
                    in_force_from_on=london_date(at),
                    replaces=NEW,
                ),
            )

    def _open(self, rounds: Rounds, at: datetime) -> str:
        leader = self.staff[rounds.leader]
        return open_round(
            by=leader,
            at=at,
            code=self.places.named(rounds.home).code,
            mode="video" if rounds.home == "small" else "in_person",
            home_representative="the nurse or senior on duty",
            medical_input="" if rounds.home == "small" else "GP of the PCN, by phone after the round",
            no_medical_input_because="The GP was called away." if rounds.home == "small" else "",
        )

    def _put_forward(self, rounds: Rounds, at: datetime) -> list[str]:
        """Those who must be seen, then the next few in turn; the quiet ones never."""
        home = see_worklist(viewer=self.staff[rounds.leader], code=self.places.named(rounds.home).code, at=at)
        rows = [row for row in worklist_rows(home) if not row.away]
        must = [row.ref for row in rows if must_have_outcome(row.reasons)]
        here = {row.ref for row in rows}
        numbered = sorted(number for home, number in self.people.ref if home == rounds.home)
        usual = [self.people.ref[rounds.home, number] for number in numbered[: len(numbered) - rounds.quiet]]
        start = self.turn.get(rounds.home, 0)
        turn = [usual[(start + step) % len(usual)] for step in range(rounds.seen)]
        self.turn[rounds.home] = start + rounds.seen
        return must + [ref for ref in turn if ref in here and ref not in must]

    def _fits(self, told: Told, person: str) -> bool:
        """What is told of a reply happens to somebody whose practice can give it."""
        return not told.reply or self.people.practice[person] in GPS

    def _review(self, rounds: Rounds, ref: str, person: str, told: Told | None, at: datetime) -> None:
        leader = self.staff[rounds.leader]
        on = london_date(at)
        review = Reviewing(how="video" if rounds.home == "small" else "in_person", outcome="no_change")
        if told is not None:
            asking = None
            if told.asked:
                due_on = max(on, london_date(self.timeline.now) + timedelta(days=told.due_in_days))
                asking = Asking(told.asked, told.of, due_on)
            review = Reviewing(
                how=review.how,
                outcome=told.outcome,
                notes=told.because,
                decision=Deciding(told.kind, told.decided, told.because, told.before, on, replaces=NEW),
                follow_up=asking,
                answers=tuple(self.concerns.pop(person, ())),
            )
        else:
            notes = NOTES[sum(map(ord, person)) % len(NOTES)]
            review = Reviewing(
                how=review.how, outcome="no_change", notes=notes, answers=tuple(self.concerns.pop(person, ()))
            )
        record_review(by=leader, at=at, ref=ref, person=person, review=review)
        if told is not None:
            self._what_followed(told, person, at)

    def _what_followed(self, told: Told, person: str, at: datetime) -> None:
        leader = self.staff["theo" if told.home == "middle" else "priya"]
        ask = Ask.objects.filter(resident__ref=person).order_by("-pk").first()
        practice = self.people.practice[person]
        if told.reply == "received":
            clerk = self.staff["oona" if practice == "moor" else "carl"]
            if ask and practice in {"mill", "moor"}:
                self.timeline.put(at + timedelta(hours=5), lambda later: mark_received(by=clerk, at=later, ref=ask.ref))
        elif told.reply and ask and practice in GPS:
            self._reply(told, ask, self.staff[GPS[practice]], leader, at)
        if told.done_after_days is not None:
            follow_up = FollowUp.objects.filter(resident__ref=person).order_by("-pk").get()
            owner = self.staff[{"large": "nell", "split": "pat", "middle": "sana", "small": "lee"}[told.home]]
            self.timeline.put(
                at + timedelta(days=told.done_after_days),
                lambda later: complete_follow_up(by=owner, at=later, ref=follow_up.ref, words=told.came_of_it),
            )

    def _reply(self, told: Told, ask: Ask, gp: Viewer, leader: Viewer, at: datetime) -> None:
        kind = {"settled": "do_not_adopt", "answered": "query"}.get(told.reply, told.reply)
        self.timeline.put(
            at + timedelta(days=2),
            lambda later: reply_to_decision(
                by=gp, at=later, ref=ask.ref, kind=kind, words=told.words, meanwhile=told.meanwhile
            ),
        )
        if told.reply == "settled":
            words = f"Agreed with {gp.name} by phone: half of it for two more weeks, then stop."
            decision = ask.decision.ref
            self.timeline.put(
                at + timedelta(days=5),
                lambda later: settle_dispute(
                    by=leader,
                    at=later,
                    ref=decision,
                    words=words,
                    settled_as=SettledAs.OTHERWISE,
                    from_now_on="Half of the sedative every night for two weeks, then none.",
                ),
            )
        if told.reply == "answered":
            words = "Yes, every Monday; the list is in the office."
            self.timeline.put(
                at + timedelta(days=3), lambda later: answer_query(by=leader, at=later, ref=ask.ref, words=words)
            )
