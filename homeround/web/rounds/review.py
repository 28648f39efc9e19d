"""The review of one person in a round: with them how and what came of it, what changes for the home, follow-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.queries import clinicians_of
from homeround.accounts.rights import Kind, Right
from homeround.ehch.decisions.actions import Asking, Deciding
from homeround.ehch.decisions.queries import Applies, applies_now
from homeround.ehch.decisions.rules import follow_up_by
from homeround.ehch.deterioration.queries import last_words_about
from homeround.ehch.deterioration.words import Phone
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.ehch.residents.queries import banner_of
from homeround.ehch.residents.rules import Entry
from homeround.ehch.rounds.access import RoundInSight, see_round
from homeround.ehch.rounds.actions import Reviewing, record_review
from homeround.ehch.rounds.queries import PersonRecord, ReviewStands, record_of, review_stands, round_mode, round_page
from homeround.ehch.rounds.words import WITHOUT_SEEING
from homeround.kernel.calendar import bank_holidays
from homeround.kernel.calendar.times import london_date, shown
from homeround.web.forms import Choice, Choices, Form, HiddenNumber, LongText, MaybeDay, Option, Tick, answer
from homeround.web.forms.given_back import given_back
from homeround.web.presenters.applies import replaces_options
from homeround.web.presenters.concerns import words_of
from homeround.web.presenters.person import banner
from homeround.web.presenters.record import newest_words
from homeround.web.presenters.rounds import DECISION_OF, OUTCOMES, OWNERS, WAYS, colleagues, ways_in
from homeround.web.requests import PageRequest
from homeround.web.rounds.confirming import confirming_form
from homeround.web.rounds.person import about
from homeround.web.session.page_access import during_open_round

ON_DECISION = ("decided", "replaces", "stops", "before", "because", "in_force_from_on", "until_on")
ON_FOLLOW_UP = ("follow_up", "owner", "due_on")


class ReviewForm(Form):
    """The three things of a review. Only the first is always answered."""

    for_whom = Choice("Whose review is this?", needed="Choose the clinician whose review you type.", as_list=True)
    how = Choice("How were you with them?", WAYS, needed="Say how you were with them, or that you were not.")
    outcome = Choice("What came of it?", OUTCOMES, needed="Choose what came of it.")
    answers = Choices("Which concerns does this answer?")
    notes = LongText("What did you find?", rows=3)
    wanted = LongText("What do they want?", hint="In their words, or their family’s.", rows=2, most=1000)
    see_again_on = MaybeDay("See them again on", hint="They are a must on the list of that week.")
    decided = LongText(
        "What is different from now on?",
        hint="What the home does. The registered GP is asked about exactly these words.",
        rows=3,
    )
    replaces = Choice("What does this replace?", hint="Chosen from what applies now.")
    stops = Tick("What I chose stops, and nothing takes its place")
    before = LongText("What applied before?", hint="Needed when it is new. Write “nothing” if nothing did.", rows=2)
    because = LongText("Why?", rows=2)
    in_force_from_on = MaybeDay("From which day?")
    until_on = MaybeDay(
        "Until which day?",
        hint="Its last day, for example of a course of tablets. Empty: until it is changed. After it, what this "
        "replaces applies again.",
    )
    follow_up = LongText("What is to be done?", rows=2, most=1000)
    owner = Choice("Who does it?", OWNERS, inline=True)
    due_on = MaybeDay("By when?")
    read_version = HiddenNumber()
    read_to = HiddenNumber()
    open_concerns: frozenset[str] = frozenset()

    def check(self) -> Mapping[str, str]:
        """A decision without its day would reach nobody; a day without a decision says nothing."""
        if self.decided and self.in_force_from_on is None:
            return {"in_force_from_on": "Say from which day this applies: the registered GP is asked about it."}
        if not self.decided and (self.before or self.because or self.until_on):
            return {"decided": "Say what is different from now on, or empty the boxes below it."}
        if self.follow_up and not self.owner:
            return {"owner": "Choose who does it: the home, or the PCN."}
        if self.owner and not self.follow_up:
            return {"follow_up": "Say what is to be done, or leave the follow-up out."}
        return {}

    def reviewing(self) -> Reviewing:
        """The review as it was typed."""
        decision = Deciding(
            kind=DECISION_OF.get(self.outcome, "other"),
            decided=self.decided,
            because=self.because,
            before=self.before,
            in_force_from_on=self.in_force_from_on,
            replaces=self.replaces,
            stops=self.stops,
            until_on=self.until_on,
        )
        return Reviewing(
            how=self.how,
            outcome=self.outcome,
            notes=self.notes,
            wanted=self.wanted,
            see_again_on=self.see_again_on,
            decision=decision if self.decided else None,
            follow_up=Asking(self.follow_up, self.owner, self.due_on) if self.follow_up else None,
            answers=tuple(ref for ref in self.answers if ref in self.open_concerns),
            read_version=self.read_version,
            read_to=self.read_to or 0,
        )

    @property
    def says_when_again(self) -> bool:
        """Whether a day is typed on which they are to be seen again."""
        return any(self.typed.get(part, [""])[-1] for part in self.fields["see_again_on"].parts)

    def is_open(self, *names: str) -> bool:
        """Whether a folded part of the form has something in it, or wrong with it."""
        kept = [name for name in names if not name.endswith("_on")]
        return any(self.problems.get(name) for name in names) or any(self.shown(name).value for name in kept)


class ReviewFormOfClinician(ReviewForm):
    """A clinician writes their own."""

    for_whom = Choice("Whose review is this?", as_list=True)


@during_open_round
@require_http_methods(["GET", "POST"])
def review(request: PageRequest, ref: str, person: str) -> HttpResponseBase:
    """Review one person, or change the review that there is."""
    held = see_round(viewer=request.viewer, ref=ref, at=request.at)
    who = see_resident(viewer=request.viewer, ref=person, at=request.at, kind=Kind.CLINICAL)
    types_for = request.viewer.may(Right.TYPING_FOR)
    if not types_for:
        who.must_have(Right.CLINICAL_ENTRIES)
    stands, record = review_stands(held, who), record_of(who)
    applies = applies_now([who.resident_id], at=request.at)[who.resident_id]
    if not stands.may_change or not held.is_open:
        facts = {
            "who": banner(banner_of(who), request.at),
            "review": stands,
            "round_ref": held.ref,
            "held": held,
            "round": round_page(held) if not held.is_open else None,
            "kept": given_back(request),
        }
        return render(request, "rounds/review_by_another.jinja", facts, status=403)
    form = _form(request, held, who, stands, record, applies)

    def save() -> str:
        record_review(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=held.ref,
            person=who.ref,
            review=form.reviewing(),
            for_whom=int(form.for_whom) if types_for else None,
        )
        return f"{reverse('round', args=[held.ref])}?saved=yes"

    def context() -> Mapping[str, object]:
        facts = banner_of(who)
        return {
            "who": banner(facts, request.at),
            "types_for": types_for,
            "has_review": stands.version is not None,
            "has_own": stands.is_own,
            "to_confirm": stands.to_confirm,
            "typed_by": stands.by,
            "confirming": confirming_form(request, held, who) if stands.to_confirm else None,
            **about(held, who, record, applies),
        }

    return answer(request, form, save, "rounds/review.jinja", context)


HELP: Final = {
    Phone.TO_BE_PHONED: "Help was asked for, and nobody has written down who was called. ",
    Phone.SPOKEN: "Help was called. ",
}
"""What stands before who raised an urgent concern: nobody ticks it as if it were an ordinary one (REQ-87)."""


def _asked_by(entry: Entry) -> str:
    return f"{HELP.get(Phone(entry.on), '')}{entry.by}, {shown(entry.at)}"


def _form(
    request: PageRequest,
    held: RoundInSight,
    who: PersonInSight,
    stands: ReviewStands,
    record: PersonRecord,
    applies: tuple[Applies, ...],
) -> ReviewForm:
    still_open = {entry.ref for entry in record.of("concern", only_open=True)}
    to_be_phoned = {entry.ref for entry in record.of("concern") if entry.on == Phone.TO_BE_PHONED}
    sent, newest = set(request.POST.getlist("answers")), newest_words(record)
    concerns = [
        Option(entry.ref, words_of(entry.words, newest.get(entry.ref, "")), hint=_asked_by(entry))
        for entry in record.of("concern")
        if entry.ref in still_open | sent
    ]
    on = london_date(request.at)
    initial: dict[str, object] = {
        "how": stands.how or ("not_with" if stands.outcome in WITHOUT_SEEING else ""),
        "for_whom": str(stands.reviewer or ""),
        "outcome": stands.outcome,
        "answers": tuple(still_open - to_be_phoned),
        "notes": stands.notes,
        "wanted": stands.wanted,
        "see_again_on": stands.see_again_on,
        "in_force_from_on": on,
        "due_on": follow_up_by(on, bank_holidays.ENGLAND),
        "read_version": stands.version,
        "read_to": last_words_about(who) if record.of("added") else 0,
    }
    options: dict[str, Sequence[Option]] = {
        "answers": concerns,
        "how": ways_in(round_mode(held)),
        "replaces": replaces_options({who.resident_id: applies}),
    }
    back = reverse("round", args=[held.ref])
    if request.viewer.may(Right.TYPING_FOR):
        options["for_whom"] = colleagues(clinicians_of(body_id=request.viewer.body_id, at=request.at))
        form = ReviewForm(request, subject=who.ref, back=back, initial=initial, options=options)
    else:
        form = ReviewFormOfClinician(request, subject=who.ref, back=back, initial=initial, options=options)
    form.open_concerns = frozenset(still_open)
    return form
