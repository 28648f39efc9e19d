"""What applies now about people: the one reading, for every page, list, print and message that says what to do (H27).

Who may read what of it is for the page: carers read what the home does and that it is in dispute, never the decision
that is disputed (`web/presenters/applies.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, JSONObject, TruncDate, TruncWeek

from homeround.accounts.author import Author, author_columns, author_in, author_of
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.decisions import rules
from homeround.ehch.decisions.access import why_in_question
from homeround.ehch.decisions.models import Decision, Dispute, Settlement
from homeround.ehch.decisions.models.asking import done_otherwise, open_disputes
from homeround.ehch.decisions.models.deciding import in_force_on, not_withdrawn, with_thread
from homeround.ehch.decisions.queries.asked import WRITERS, ask_state, due_on, with_ask
from homeround.ehch.decisions.words import ANSWERED_WHAT, TAKEN_BACK, AskState, DecisionState, SettledAs
from homeround.ehch.residents.access import living_in, living_stays, reviews_seen
from homeround.ehch.residents.models import Correction, HospitalReturn
from homeround.kernel.calendar.times import LONDON, london_date, start_of_day
from homeround.kernel.prepared import prepared


@dataclass(frozen=True)
class Applies:
    """One thing that the home does about a person, or stops doing, now or from a day to come.

    `does` are its words, `by` is whoever said them (the decider; the registered GP while it is in dispute; whoever
    settled it), `decided_by` the decider and `typed_by` who typed it for them. `state` is what the registered GP has
    said, None when nobody is asked. `not_this` is what was decided and does not apply, because it is in dispute: only
    for those who read decisions. `did` is what the home did of something that was taken back.
    `until_on` is the last day of what is done as it was decided; None where nobody named one, or it was settled.
    `again_on`: from when it applies again, after what had replaced it for some days. `back_on`: since when the
    person is back from hospital, where this was said before, and nobody has seen them in a round since. `before`:
    what was written to have applied before something that was withdrawn or has ended, where no decision on the
    same thing is left that could apply again by itself. `not_any_more`: what the home did of it until lately
    (`rules.not_any_more`). `changed_on`: the day on which what the home does of it last became so. `rests_on` is what
    it answered, where that puts it in question (`words.ANSWERED_WHAT`), until a clinician says that it holds.
    """

    person: int
    decision_ref: str
    kind: str
    does: str
    source: rules.Source
    since_on: date
    until_on: date | None
    is_coming: bool
    by: Author
    decided_by: Author
    typed_by: Author | None
    is_confirmed: bool
    state: AskState | None
    answer_by_on: date | None
    practice: str
    not_this: str = ""
    did: str = ""
    again_on: date | None = None
    back_on: date | None = None
    before: str = ""
    not_any_more: tuple[str, ...] = ()
    changed_on: date | None = None
    rests_on: str = ""

    @property
    def is_in_dispute(self) -> bool:
        """Whether the registered GP does not adopt what was decided, and it is not settled."""
        return self.source is rules.Source.MEANWHILE

    @property
    def is_stopped(self) -> bool:
        """Whether this says that something stops."""
        return self.source is rules.Source.STOPPED

    @property
    def is_taken_back(self) -> bool:
        """Whether this says that something is not to be done: it was withdrawn, corrected, or another person's."""
        return self.source in rules.NOT_TO_BE_DONE

    @property
    def can_be_replaced(self) -> bool:
        """Whether a decision can take its place: it is done, and what is in dispute is settled first."""
        return not (self.is_stopped or self.is_in_dispute or self.is_taken_back or self.has_ended)

    @property
    def has_ended(self) -> bool:
        """Whether this says that something was for some days only, and they have passed."""
        return self.source is rules.Source.ENDED


def applies_now(people: Iterable[int], *, at: datetime) -> dict[int, tuple[Applies, ...]]:
    """What applies at an instant about each of these people, disputes first; one statement.

    Nobody about whom nothing applies is left out: they have an empty tuple.
    """
    asked, since = sorted(set(people)), _shown_since(at)
    if len(asked) == 1:
        rows = _about_one(resident=asked[0], at=at, since=since)
    else:
        rows = _about_these(residents=asked, at=at, since=since)
    return dict.fromkeys(asked, ()) | _by_person(rows, at)


def applies_in(home: HomeInSight) -> dict[int, tuple[Applies, ...]]:
    """What applies now about everybody who lives in a home in sight and about whom something applies; one statement.

    Names are left to the caller, whose list of the home's people is logged.
    """
    living_in(home=home)  # refuses a viewer who reads nothing about them
    return _by_person(_about_home(home=home.home_id, at=home.at, since=_shown_since(home.at)), home.at)


def unsettled(people: Iterable[int], *, at: datetime) -> frozenset[int]:
    """Those of these people about whom the registered GP has asked something, or does not adopt it, and nobody has
    answered: "seen, no change" in one press is not offered for them. One statement.
    """
    found = applies_now(people, at=at)
    return frozenset(who for who, lines in found.items() if any(rules.is_unsettled(line.state) for line in lines))


@prepared
def _about_one(*, resident: int, at: datetime, since: datetime) -> QuerySet[Any]:
    return _applying(at, since).filter(resident=resident)


@prepared
def _about_these(*, residents: list[int], at: datetime, since: datetime) -> QuerySet[Any]:
    return _applying(at, since).filter(resident__in=residents)


@prepared
def _about_home(*, home: int, at: datetime, since: datetime) -> QuerySet[Any]:
    living = living_stays().filter(home=home).values("resident")
    return _applying(at, since).filter(resident__in=living)


def _shown_since(at: datetime) -> datetime:
    """From when on what was taken back may still be shown; the rule decides by the day."""
    return at - rules.STOPPED_SHOWN - timedelta(days=1)


def _applying(at: datetime, since: datetime) -> QuerySet[Any]:
    """The newest decision in force of each thread, those that start later, and those that were taken back since, with
    what came of them. One that had been replaced when it was withdrawn was not done any more.
    """
    on = london_date(at)
    later = Decision.objects.filter(
        not_withdrawn(at), in_force_on(on), thread=OuterRef("thread_of"), pk__gt=OuterRef("pk")
    )
    done = ~Exists(later) | ~Q(ended_how=DecisionState.WITHDRAWN.value)
    taken_back = Q(ended_how__in=[how.value for how in TAKEN_BACK], ended_at__lte=at, ended_at__gt=since) & done
    disputes = Dispute.objects.filter(decision=OuterRef("pk"), recorded_at__lte=at)
    looked_at = reviews_seen().filter(resident=OuterRef("resident"), recorded_at__lte=at)
    looked_at = looked_at.annotate(on=TruncDate("happened_at", tzinfo=LONDON)).filter(on__gte=OuterRef("ends_week_on"))
    said = Q(until_on=None) | Q(until_on__gte=london_date(since)) | Exists(disputes) | ~Exists(looked_at)
    ended = Decision.objects.filter(
        not_withdrawn(at), ~done_otherwise(at), thread=OuterRef("thread_of"), pk__gt=OuterRef("pk"), until_on__lt=on
    )
    decisions = (
        with_thread()
        .annotate(
            ends_week_on=TruncWeek("until_on", output_field=DateField()),
            ended_since_on=Subquery(ended.order_by("-until_on").values("until_on")[:1]),
            is_looked_at=Exists(looked_at),
            before_the_thread=Coalesce(F("thread__before"), F("before")),
            in_question_as=why_in_question(),
        )
        .filter(not_withdrawn(at) & ~Exists(later) & said | taken_back, in_force_from_on__isnull=False)
    )
    settled = Settlement.objects.filter(dispute__decision=OuterRef("pk"), recorded_at__lte=at)
    back = HospitalReturn.objects.filter(resident=OuterRef("resident"), recorded_at__lte=at)
    seen = {"resident": OuterRef("resident"), "happened_at__gt": OuterRef("back_at"), "recorded_at__lte": at}
    found: QuerySet[Any] = (
        with_ask(decisions, at)
        .annotate(
            dispute=_newest(open_disputes(at), meanwhile="meanwhile"),
            settlement=_newest(
                settled, settled_as="settled_as", from_now_on="from_now_on", meanwhile="dispute__meanwhile"
            ),
            fallen_dispute=_fallen(
                Dispute.with_removed.filter(decision=OuterRef("pk")), since, at, meanwhile="meanwhile"
            ),
            fallen_settlement=_fallen(
                Settlement.with_removed.filter(dispute__decision=OuterRef("pk")),
                since,
                at,
                settled_as="settled_as",
                from_now_on="from_now_on",
                meanwhile="dispute__meanwhile",
            ),
            back_at=Subquery(back.order_by("-happened_at", "-pk").values("happened_at")[:1]),
        )
        .annotate(is_seen_since=Exists(reviews_seen().filter(**seen)))
        .select_related(*WRITERS)
        .order_by("pk")
    )
    return found


def _newest(rows: QuerySet[Any], **columns: str) -> Subquery:
    day = Cast(TruncDate("recorded_at", tzinfo=LONDON), CharField())
    return Subquery(rows.order_by("-pk").values(found=JSONObject(on=day, **columns, **author_columns("by")))[:1])


def _fallen(rows: QuerySet[Any], since: datetime, at: datetime, **columns: str) -> Subquery:
    """Of these rows the one that was taken back last, between two instants, with the day."""
    table = rows.model._meta.db_table  # noqa: SLF001 - Django's own name for it
    corrections = Correction.objects.filter(table=table, row=OuterRef("pk"), recorded_at__gt=since, recorded_at__lte=at)
    taken_back = rows.filter(stands=False).annotate(fell_at=Subquery(corrections.values("recorded_at")[:1]))
    fell_on = Cast(TruncDate("fell_at", tzinfo=LONDON), CharField())
    newest = taken_back.filter(fell_at__isnull=False).order_by("-fell_at", "-pk")
    return Subquery(newest.values(found=JSONObject(fell_on=fell_on, **columns))[:1])


def _by_person(rows: Iterable[Any], at: datetime) -> dict[int, tuple[Applies, ...]]:
    """Of each thread the newest that applies, and what is to come after it. `rows` come in the order of writing.

    What was taken back, or has ended, takes nobody's place in its thread; what was taken back is not said against the
    same words that apply now. What was written to have applied before the thread is said where nothing of the thread
    is in force any more: else the decision beneath applies again by itself.
    """
    on = london_date(at)
    threads: dict[tuple[int, int], list[Applies]] = {}
    found: dict[int, list[Applies]] = {}
    gaps: list[tuple[tuple[int, int], Applies]] = []
    in_force: set[tuple[int, int]] = set()
    for row in rows:
        facts = _facts(row, at)
        line = _applies(row, facts, on)
        of_thread = (row.resident_id, row.thread_of)
        if facts.ended_as or rules.has_ended(facts, on):
            gaps.extend([(of_thread, line)] if line else [])
            continue
        if line is None or not line.is_coming:
            in_force.add(of_thread)
        thread = threads.setdefault(of_thread, [])
        if line is None or not line.is_coming:
            thread.clear()
        if line is not None:
            thread.append(line)
    for (who, thread_of), line in gaps:
        is_gap = (who, thread_of) not in in_force
        found.setdefault(who, []).append(line if is_gap else replace(line, before=""))
    for (who, _), of_it in threads.items():
        found.setdefault(who, []).extend(of_it)
    return {
        person: tuple(
            sorted(_without_what_is_done(lines), key=lambda line: rules.order(line.source, line.since_on, on))
        )
        for person, lines in found.items()
    }


def _again_on(since_on: date, last_on: date | None) -> date | None:
    """From when something applies again, after what had replaced it up to a last day; None: nothing had."""
    return None if last_on is None or since_on > last_on else last_on + timedelta(days=1)


def _without_what_is_done(lines: list[Applies]) -> list[Applies]:
    """Without what was taken back and has been decided again in the same words: it is done."""
    done = {line.does for line in lines if not (line.is_taken_back or line.is_stopped)}
    return [line for line in lines if not (line.is_taken_back and line.did in done)]


def _ended_as(row: Any, at: datetime) -> rules.Source | None:
    """How the decision of a row had been taken back by then."""
    is_ended = row.ended_at is not None and row.ended_at <= at and row.ended_how in TAKEN_BACK
    return rules.Source(row.ended_how) if is_ended else None


def _facts(row: Any, at: datetime) -> rules.AppliesFacts:
    dispute, settlement, ended_as = row.dispute or {}, row.settlement or {}, _ended_as(row, at)
    return rules.AppliesFacts(
        decided=row.decided,
        in_force_from_on=row.in_force_from_on,
        stops=row.stops,
        meanwhile=dispute.get("meanwhile") or settlement.get("meanwhile", ""),
        settled_meanwhile=settlement.get("meanwhile", ""),
        is_in_dispute=row.meanwhile is not None,
        disputed_on=_day(dispute),
        settled_as=settlement.get("settled_as", ""),
        from_now_on=settlement.get("from_now_on", ""),
        settled_on=_day(settlement),
        ended_as=ended_as,
        ended_on=london_date(row.ended_at) if ended_as else None,
        until_on=row.until_on,
        is_looked_at=row.is_looked_at,
        before=row.before,
        fell=_fell(row),
    )


def _fell(row: Any) -> tuple[tuple[str, date], ...]:
    """What was said about a dispute of the row and was taken back since, each with the day; in words that were to be
    done: a settlement as it was decided says nothing of its own.
    """
    found = []
    if dispute := row.fallen_dispute:
        found.append((dispute["meanwhile"], _fell_on(dispute)))
    if settlement := row.fallen_settlement:
        did = {SettledAs.OTHERWISE: settlement["from_now_on"], SettledAs.MEANWHILE: settlement["meanwhile"]}
        found.append((did.get(settlement["settled_as"], ""), _fell_on(settlement)))
    return tuple(found)


def _fell_on(found: dict[str, Any]) -> date:
    return date.fromisoformat(found["fell_on"])


def _applies(row: Any, facts: rules.AppliesFacts, on: date) -> Applies | None:
    dispute, settlement = row.dispute or {}, row.settlement or {}
    words = rules.what_applies(facts, on)
    if words is None:
        return None
    decided_by = author_of(row.for_whom or row.by)
    over = rules.not_any_more(facts, words.does, on)
    again_on = _again_on(words.since_on, row.ended_since_on)
    days = [again_on or words.since_on, *(day for _, day in facts.fell)]
    said_by = {rules.Source.MEANWHILE: dispute, rules.Source.SETTLED: settlement}.get(words.source, {})
    if words.source is rules.Source.STOPPED and settlement:
        said_by = settlement
    return Applies(
        person=row.resident_id,
        decision_ref=row.ref,
        kind=row.kind,
        does=words.does,
        source=words.source,
        since_on=words.since_on,
        until_on=row.until_on if rules.is_as_decided(facts) else None,
        is_coming=words.since_on > on,
        by=author_in(said_by) if said_by else decided_by,
        decided_by=decided_by,
        typed_by=author_of(row.by) if row.for_whom else None,
        is_confirmed=row.is_confirmed or bool(said_by or facts.ended_as),
        state=ask_state(row, on) if row.ask and not facts.ended_as else None,
        answer_by_on=due_on(row) if row.ask else None,
        practice=row.practice_name or "",
        not_this=row.decided if words.source is rules.Source.MEANWHILE else "",
        did=rules.last_done(facts) if facts.ended_as else "",
        again_on=again_on,
        before=row.before_the_thread if words.source in rules.LEAVES_A_GAP else "",
        back_on=_from_before_hospital(row, words.source, said_by),
        not_any_more=over,
        changed_on=max((day for day in days if day <= on), default=None),
        rests_on="" if words.source not in rules.OF_THE_DECIDER else ANSWERED_WHAT.get(row.in_question_as, ""),
    )


def _from_before_hospital(row: Any, source: rules.Source, said_by: dict[str, Any]) -> date | None:
    """The day of return where the words are from before it; None for what is not to be done any more in any case."""
    if row.back_at is None or source in rules.SHOWN_A_WHILE:
        return None
    on = _day(said_by)
    said_at = start_of_day(on) if on else row.happened_at
    is_before = rules.is_from_before(said_at, row.back_at, is_seen_since=row.is_seen_since)
    return london_date(row.back_at) if is_before else None


def _day(found: dict[str, Any]) -> date | None:
    return date.fromisoformat(found["on"]) if found else None
