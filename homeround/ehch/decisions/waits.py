"""What waits for somebody about decisions: a GP's question, a dispute, silence past its day, a follow-up due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat

from homeround.accounts.models import Membership
from homeround.ehch.alignment.access import acting_in
from homeround.ehch.alignment.models import lead_of
from homeround.ehch.decisions.models import (
    Ask,
    Confirmation,
    Decision,
    Dispute,
    FollowUp,
    FollowUpEnding,
    QueryAnswer,
    Reply,
    Settlement,
)
from homeround.ehch.decisions.models.asking import asked_now, expected_by
from homeround.ehch.decisions.models.deciding import in_force_on, words_decided
from homeround.ehch.decisions.models.following_up import (
    asks_if_needed,
    who_does_it,
    with_sides,
    words_to_be_done,
)
from homeround.ehch.decisions.models.news import (
    answers_not_so,
    disputes_fallen_not_read,
    settlements_not_read,
    settlements_not_read_by_pcn,
    withdrawals_not_read,
)
from homeround.ehch.decisions.rules import NOT_TO_BE_DONE
from homeround.ehch.decisions.words import ASKED_BY, DISPUTED_BY, ENDED_SINCE, REPLACED_SINCE
from homeround.ehch.residents.access import home_now, practice_of, seen_in, still_seen
from homeround.ehch.residents.models import RegistrationStart, Stay
from homeround.ehch.residents.waits import NOBODY, wait_rows
from homeround.kernel.record.columns import as_text


def waits(*, homes: list[int], at: datetime, today: date, left_since: datetime) -> list[Any]:
    """`gp_question` and `dispute`, for whoever decided; `silence` of a practice past its day, for the clinical lead
    too; `follow_up` that is due, of the home, and `follow_up_pcn`, of the PCN; `came_back`, what could not be done;
    `still_needed`, what is asked because of a decision that does not apply any more; `settled_by_practice`;
    `not_theirs`; `decision_to_confirm`. What a practice still owes is owed also when the person has left.
    """
    decider = Coalesce("decision__for_whom", "decision__by")
    by_decider: dict[str, Any] = {
        "home": "seen_to_in",
        "member": still_here(at, "seen_to_in"),
        "ref": "decision__ref",
        "words": _decided(today),
        "whom": Coalesce("decision__for_whom__user__name", "decision__by__user__name"),
    }
    theirs = seen_in(homes, "decision__home", left_since, today)
    asks = (
        open_asks(None)
        .filter(theirs)
        .annotate(
            seen_to_in=home_now("decision__home"),
            waits_for=decider,
            question_at=Subquery(open_question().values("recorded_at")[:1]),
            said_by=Subquery(open_question().values("practice")[:1]),
            said_by_name=Subquery(open_question().values("practice__body__name")[:1]),
            practice_now=practice_of("resident", at),
            practice=practice_of("resident", at, "practice__body__name"),
        )
    )
    silent = asks.filter(~Exists(own_question()), due__lt=today, practice__isnull=False)
    in_dispute = Dispute.objects.filter(theirs, ended_at=None, decision__ended_at=None)
    disputes = _with_who_disputes(in_dispute, at).annotate(seen_to_in=home_now("decision__home"), waits_for=decider)
    asked = by_decider | {"words": _said_by(ASKED_BY, _decided(today))}
    questions = asks.filter(question_at__isnull=False)
    return [
        wait_rows(questions, kind="gp_question", since="question_at", **asked),
        wait_rows(disputes, kind="dispute", since="recorded_at", **(by_decider | {"words": _disputed()})),
        wait_rows(
            silent,
            kind="silence",
            since="recorded_at",
            home="seen_to_in",
            member=lead_of("seen_to_in", at),
            due_on="due",
            ref="decision__ref",
            words=_decided(today),
            whom="practice",
        ),
        _follow_ups(homes=homes, today=today, at=at, left_since=left_since),
        _came_back(homes=homes, today=today, at=at, left_since=left_since),
        _still_needed(homes=homes, today=today, at=at, left_since=left_since),
        _settled_by_practice(homes=homes, at=at, today=today, left_since=left_since),
        _not_theirs(homes=homes, at=at, today=today, left_since=left_since),
        _to_confirm(homes=homes, at=at, today=today, left_since=left_since),
    ]


def open_asks(homes: Iterable[int] | None) -> QuerySet[Any]:
    """The asks that are seen to in these homes (None: all) that nothing ended, of decisions that were not withdrawn.

    Each has `due`, the day by which a reply is expected (`expected_by`).
    """
    asks: QuerySet[Any] = Ask.objects.filter(ended_at=None, decision__ended_at=None)
    if homes is not None:
        asks = seen_to_in(asks, list(homes))
    found: QuerySet[Any] = asks.annotate(due=expected_by())
    return found


def seen_to_in(rows: QuerySet[Any], homes: list[int]) -> QuerySet[Any]:
    """Those of these rows about decisions that one of these homes and its PCN see to, in the column `seen_to_in`: the
    home where the person lives now, or the one where it was decided when they live nowhere any more.
    """
    ever = Stay.objects.filter(home__in=homes).order_by().values("resident")
    theirs = rows.filter(resident__in=ever).annotate(seen_to_in=home_now("decision__home"))
    found: QuerySet[Any] = theirs.filter(seen_to_in__in=homes)
    return found


def open_question() -> QuerySet[Reply]:
    """The practice's newest reply to the ask of the query around it, when it is a question that nobody answered."""
    replies = Reply.objects.filter(ask=OuterRef("pk"))
    later = Reply.objects.filter(ask=OuterRef("ask"), pk__gt=OuterRef("pk"))
    answers = QueryAnswer.objects.filter(reply=OuterRef("pk"))
    return replies.filter(~Exists(later), ~Exists(answers), kind="query")


def own_question() -> QuerySet[Reply]:
    """The same, of the practice that is asked now: it is not late while that waits. One of the practice before rests
    no clock.
    """
    asked = open_question().annotate(asked_now=Coalesce(asked_now("ask"), "practice"))
    return asked.filter(practice=F("asked_now"))


def _with_who_disputes(disputes: QuerySet[Any], at: datetime) -> QuerySet[Any]:
    """Disputes with the practice of now and the one that does not adopt the decision: what `_said_by` reads."""
    found: QuerySet[Any] = disputes.annotate(
        practice_now=practice_of("resident", at),
        said_by=F("reply__practice"),
        said_by_name=F("reply__practice__body__name"),
    )
    return found


def _disputed() -> Case:
    """What the home does meanwhile, of a dispute of `_with_who_disputes`."""
    return _said_by(DISPUTED_BY, "meanwhile")


def _said_by(before: str, words: Any) -> Case:
    """These words of a row with `said_by` and `practice_now`; which practice it was that said so, where it is not the
    practice of now.
    """
    start, _, end = before.partition("{practice}")
    named = Concat(as_text(start), "said_by_name", as_text(end), words, output_field=TextField())
    return Case(When(said_by=F("practice_now"), then=words), default=named, output_field=TextField())


def _decided(today: date) -> Any:
    """What was decided, of an ask; that a later decision has taken its place, or that it has ended, is said first."""
    of_the_thread = Decision.objects.filter(thread=Coalesce(OuterRef("decision__thread"), OuterRef("decision")))
    replaced = of_the_thread.filter(in_force_on(today), pk__gt=OuterRef("decision"), ended_at=None)
    marks = {f"{REPLACED_SINCE} ": Exists(replaced), f"{ENDED_SINCE} ": Q(decision__until_on__lt=today)}
    decided = words_decided("decision__")
    marked = [When(when, then=Concat(as_text(mark), decided, output_field=TextField())) for mark, when in marks.items()]
    return Case(*marked, default=decided, output_field=TextField())


def _follow_ups(*, homes: list[int], today: date, at: datetime, left_since: datetime) -> Any:
    theirs = FollowUp.objects.open().filter(seen_in(homes, "home", left_since, today))
    due = with_sides(theirs.filter(due_on__lte=today), today, at)
    kind = Case(
        When(owner_body=F("home_id"), then=Value("follow_up")),
        default=Value("follow_up_pcn"),
        output_field=CharField(),
    )
    return wait_rows(
        due.annotate(waits_for=Case(When(owner_body=F("doer"), then=F("owner")))),
        kind=kind,
        since=Coalesce("asked_first_at", "recorded_at"),
        home="seen_to_in",
        body="doer",
        member=still_here(at, "seen_to_in"),
        due_on="due_on",
        words=words_to_be_done(),
        whom=who_does_it(),
    )


def _still_needed(*, homes: list[int], today: date, at: datetime, left_since: datetime) -> Any:
    """`still_needed`: what is to be done, also when it is not due, because of a decision that does not apply any more.

    It waits for the side that asked, which alone ends it; by name for who asked first.
    """
    settled = Settlement.objects.filter(dispute__decision=OuterRef("decision")).order_by("-pk").values("recorded_at")
    theirs = FollowUp.objects.open().filter(seen_in(homes, "home", left_since, today)).filter(asks_if_needed())
    in_question = theirs.annotate(in_question_since=Coalesce("decision__ended_at", Subquery(settled[:1])))
    asked = with_sides(in_question, today, at)
    return _for_who_asked(asked, at, kind="still_needed", since="in_question_since", whom=who_does_it())


def _settled_by_practice(*, homes: list[int], at: datetime, today: date, left_since: datetime) -> Any:
    """`settled_by_practice`: the registered practice settled a dispute without whoever had decided; until they, or for
    a leaver a colleague, have read it.
    """
    decision = "dispute__decision"
    theirs = settlements_not_read_by_pcn().filter(seen_in(homes, f"{decision}__home", left_since, today))
    columns = {"since": "recorded_at", "words": "words", "whom": "by__user__name"}
    return _for_the_decider(theirs, at, decision, kind="settled_by_practice", **columns)


def _not_theirs(*, homes: list[int], at: datetime, today: date, left_since: datetime) -> Any:
    """`not_theirs`: the practice that did not adopt it never was theirs, so what it said fell; until whoever decided,
    or for a leaver a colleague, has read it. What was settled with it stays in force until somebody takes it back.
    """
    decision = "ask__decision"
    theirs = disputes_fallen_not_read().filter(seen_in(homes, f"{decision}__home", left_since, today))
    columns = {"since": "fell_at", "words": f"{decision}__decided", "whom": "practice__body__name"}
    return _for_the_decider(theirs, at, decision, kind="not_theirs", **columns)


def _for_the_decider(rows: Any, at: datetime, decision: str, **columns: Any) -> Any:
    """What others made of the decision that the column `decision` of these rows names: for whoever decided, while they
    act there.
    """
    decider = Coalesce(f"{decision}__for_whom", f"{decision}__by")
    return wait_rows(
        rows.annotate(seen_to_in=home_now(f"{decision}__home"), waits_for=decider),
        home="seen_to_in",
        member=still_here(at, "seen_to_in"),
        ref=f"{decision}__ref",
        **columns,
    )


def _came_back(*, homes: list[int], today: date, at: datetime, left_since: datetime) -> Any:
    """`came_back`: what could not be done, for whoever asked for it, until they ask anew or leave it."""
    endings = FollowUpEnding.objects.filter(follow_up=OuterRef("pk"), how="cannot", ended_at=None)
    back = FollowUp.objects.came_back(seen_in(homes, "follow_up__home", left_since, today)).annotate(
        back_at=Subquery(endings.values("recorded_at")[:1]),
        back_by=Subquery(endings.values("by__user__name")[:1]),
    )
    return _for_who_asked(with_sides(back, today, at), at, kind="came_back", since="back_at", whom="back_by")


def _for_who_asked(follow_ups: Any, at: datetime, **columns: Any) -> Any:
    """Follow-ups of `with_sides` that wait for the side that asked; by name, while who asked first acts there."""
    return wait_rows(
        follow_ups.annotate(waits_for=Coalesce("asked_first_by", "for_whom", "by")),
        home="seen_to_in",
        body="asking_side",
        member=still_here(at, "seen_to_in"),
        words="words",
        **columns,
    )


def _to_confirm(*, homes: list[int], at: datetime, today: date, left_since: datetime) -> Any:
    """`decision_to_confirm`: a decision that a colleague typed, for the clinician whose it is."""
    confirmed = Confirmation.objects.filter(decision=OuterRef("pk"))
    unconfirmed = Decision.objects.filter(~Exists(confirmed), ended_at=None, for_whom__isnull=False, home__in=homes)
    typed = unconfirmed.filter(still_seen("home", left_since, today))
    return wait_rows(
        typed.annotate(waits_for=F("for_whom")),
        kind="decision_to_confirm",
        since="recorded_at",
        member=still_here(at, "home"),
        words="decided",
        whom="for_whom__user__name",
    )


def still_here(at: datetime, home: str) -> Any:
    """The membership `waits_for` of a row while it acts in the home named by the column `home`, or the one in which the
    same person acts there in the same role now; else nobody: what a leaver owned passes to the role, and so does what
    belonged to a PCN that serves the home no more.
    """
    acting: Any = acting_in(home, at)
    named = OuterRef(OuterRef("waits_for"))
    role = Subquery(Membership.objects.filter(pk=named).values("role"))
    again = acting.same_as(named).filter(role=role).order_by("-pk").values("pk")[:1]
    is_open = Exists(acting.filter(pk=OuterRef("waits_for")))
    return Case(When(is_open, then=F("waits_for")), default=Coalesce(Subquery(again), NOBODY))


def waits_of_practice(*, practice: int, at: datetime) -> list[Any]:
    """What a practice sees to about its patients of today: `dispute`, what nobody has settled so far, also when the
    practice of before does not adopt it; `withdrawn_since` and `settled_since`, what others made of a decision;
    `answer_not_so`, an answer that it read and that was taken back.
    """
    once = RegistrationStart.objects.filter(practice=practice).order_by().values("resident")
    open_now = _with_who_disputes(Dispute.objects.filter(ended_at=None, decision__ended_at=None), at)
    return [
        _of_practice(rows, once, practice, at, kind=kind, since=since, through=through, words=words)
        for kind, rows, since, through, words in (
            ("dispute", open_now, "recorded_at", "decision__", _disputed()),
            ("withdrawn_since", withdrawals_not_read(practice), "recorded_at", "decision__", _not_to_be_done()),
            ("settled_since", settlements_not_read(practice), "recorded_at", "dispute__decision__", "words"),
            ("answer_not_so", answers_not_so(practice), "taken_back_at", "reply__ask__decision__", _not_so()),
        )
    ]


def _not_so() -> Concat:
    """An answer that was taken back: never as if it held."""
    return Concat(as_text("Do not go by it: “"), Cast("words", TextField()), as_text("”"), output_field=TextField())


def _not_to_be_done() -> Case:
    """What was decided, in the words that say that it is not to be done (`rules.NOT_TO_BE_DONE`)."""
    said = [
        When(decision__ended_how=source.value, then=Concat(as_text(before), "decision__decided", as_text(after)))
        for source, words in NOT_TO_BE_DONE.items()
        for before, after in [words.split("{did}")]
    ]
    return Case(*said, default="decision__decided", output_field=TextField())


def _of_practice(
    rows: QuerySet[Any], once: Any, practice: int, at: datetime, *, kind: str, since: str, through: str, words: Any
) -> Any:
    theirs = rows.filter(resident__in=once).annotate(practice_now=practice_of("resident", at))
    decider = Coalesce(f"{through}for_whom__user__name", f"{through}by__user__name")
    return wait_rows(
        theirs.filter(practice_now=practice),
        kind=kind,
        since=since,
        home=f"{through}home_id",
        ref=f"{through}ref",
        words=words,
        whom=decider if kind == "dispute" else "by__user__name",
    )
