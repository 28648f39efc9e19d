"""Somebody goes to hospital, is still there, is back; and taking back what was a mistake (REQ-67; H32)."""

from __future__ import annotations

from django.http import HttpResponseBase

from homeround.accounts.rights import Right
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.ehch.residents.actions import (
    correct_return,
    go_to_hospital,
    note_hospital_news,
    return_from_hospital,
    withdraw_hospital,
    withdraw_hospital_news,
    withdraw_return,
)
from homeround.ehch.residents.queries import Banner, banner_of, last_return, news_of, said_on_return
from homeround.ehch.residents.rules import HOW_IT_WAS
from homeround.ehch.residents.words import StayBasis
from homeround.kernel.calendar.times import london_date, shown, shown_date
from homeround.kernel.refusals import NotHere
from homeround.web.forms import Choice, Day, Form, LongText, Option, Text, Tick
from homeround.web.presenters.person import away_words
from homeround.web.requests import PageRequest
from homeround.web.residents.changing import REASON, Changing, answer_change, back_to


class HospitalForm(Form):
    """When they went, and where to."""

    went_on = Day("On which day did they go?", needed="Enter the day they went.")
    hospital = Text("Which hospital?", hint="As far as you know", most=120)
    words = Text("Why?", most=200)
    sure = Tick("I am sure", when_asked=True)


class ReturnForm(Form):
    """When they came back, and whether they were admitted."""

    back_on = Day("On which day did they come back?", needed="Enter the day they came back.")
    how = Choice(
        "How was it?",
        tuple(Option(how, words) for how, words in HOW_IT_WAS.items()),
        hint="Whoever was admitted is assessed anew, and the days are counted from the day they came back",
        needed="Say whether they were admitted: that decides whether they are assessed anew.",
    )
    words = LongText("What was said, and which papers came with them?", hint="For whoever sees them next", most=500)
    sure = Tick("I am sure", when_asked=True)


class ReturnCorrectionForm(Form):
    """How it was rightly, and why it is changed."""

    back_on, how, words = ReturnForm.back_on, ReturnForm.how, ReturnForm.words
    because = Text("Why is it changed?", hint=REASON, needed="Say why it is changed.", most=300)
    sure = ReturnForm.sure


class NewsForm(Form):
    """What the hospital said."""

    words = LongText("What did the hospital say?", needed="Write what the hospital said.", most=500)


class MistakeForm(Form):
    """Why it was a mistake, and whether what was said is of somebody else."""

    because = Text("How did the mistake come about?", hint=REASON, needed="Say how it came about.", most=300)
    of_somebody_else = Tick(
        "What was written down about it is about somebody else",
        hint="Then nobody reads it here any more. Otherwise it stays readable, as taken back.",
    )


class NewsMistakeForm(Form):
    """Which of what was said, and why it was a mistake."""

    news = Choice("What is taken back?", needed="Choose what is taken back.", large=True)
    because, of_somebody_else = MistakeForm.because, MistakeForm.of_somebody_else


def hospital(request: PageRequest, ref: str) -> HttpResponseBase:
    """They have gone to hospital."""
    person, facts = _lives_here(request, ref)
    today = london_date(request.at)
    form = HospitalForm(request, subject=person.ref, back=back_to(person), initial={"went_on": today})

    def save() -> str:
        return go_to_hospital(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=person.ref,
            went_on=form.went_on,
            hospital=form.hospital,
            words=form.words,
            sure=form.sure,
        )

    title = f"{facts.identity.called}: gone to hospital"
    words = ("Their place stays theirs. They stand on every list as in hospital until you write that they are back.",)
    return answer_change(request, form, save, facts, Changing(title, "They are in hospital", words))


def hospital_return(request: PageRequest, ref: str) -> HttpResponseBase:
    """They are back; who was admitted has a new clock."""
    person, facts = _away(request, ref)
    said = said_on_return(person)
    initial = {"back_on": london_date(request.at), "words": said}
    form = ReturnForm(request, subject=person.ref, back=back_to(person), initial=initial)

    def save() -> str:
        return return_from_hospital(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=person.ref,
            back_on=form.back_on,
            how=form.how,
            words=form.words,
            sure=form.sure,
        )

    title = f"{facts.identity.called}: back from hospital"
    words = (_since(facts), *((OFFERED,) if said else ()))
    return answer_change(request, form, save, facts, Changing(title, "They are back", words))


def hospital_return_correction(request: PageRequest, ref: str) -> HttpResponseBase:
    """They are back, but not as it was written down: the form is filled in with what is recorded."""
    person, facts = _back(request, ref)
    now = last_return(person)
    if now is None:
        raise NotHere
    so = {"back_on": now.back_on, "how": now.how, "words": now.words}
    form = ReturnCorrectionForm(request, subject=person.ref, back=back_to(person), initial=so, rests_on=so)

    def save() -> str:
        return correct_return(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=person.ref,
            back_on=form.back_on,
            how=form.how,
            words=form.words,
            because=form.because,
            sure=form.sure,
        )

    words = (
        f"Recorded now: back from hospital on {shown_date(now.back_on)}. {HOW_IT_WAS[now.how]}.",
        "The days for assessment and plan are counted anew from the day you enter. What is done already stays done.",
    )
    title = f"{facts.identity.called}: put right “back from hospital”"
    return answer_change(request, form, save, facts, Changing(title, "Put it right", words))


def hospital_news(request: PageRequest, ref: str) -> HttpResponseBase:
    """They are still there, and what was said."""
    person, facts = _away(request, ref)
    form = NewsForm(request, subject=person.ref, back=back_to(person))

    def save() -> str:
        return note_hospital_news(by=request.viewer, at=request.at, token=form.token, ref=person.ref, words=form.words)

    title = f"{facts.identity.called}: still in hospital"
    return answer_change(request, form, save, facts, Changing(title, "Keep what was said", (_since(facts),)))


def hospital_removal(request: PageRequest, ref: str) -> HttpResponseBase:
    """They did not go."""
    person, facts = _away(request, ref)
    form = MistakeForm(request, subject=person.ref, back=back_to(person))

    def save() -> str:
        return withdraw_hospital(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=person.ref,
            because=form.because,
            of_somebody_else=form.of_somebody_else,
        )

    title = f"{facts.identity.called}: not in hospital, a mistake"
    return answer_change(request, form, save, facts, Changing(title, "They did not go", (_since(facts),)))


def hospital_return_removal(request: PageRequest, ref: str) -> HttpResponseBase:
    """They are not back."""
    person, facts = _back(request, ref)
    form = MistakeForm(request, subject=person.ref, back=back_to(person))

    def save() -> str:
        return withdraw_return(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=person.ref,
            because=form.because,
            of_somebody_else=form.of_somebody_else,
        )

    title = f"{facts.identity.called}: not back from hospital, a mistake"
    words = (
        "They are in hospital again, since the day they went. The days counted from their return count no more.",
        "They are back, but the day, how it was or what was said is wrong? Put “back from hospital” right instead.",
    )
    return answer_change(request, form, save, facts, Changing(title, "They are still in hospital", words))


def hospital_news_removal(request: PageRequest, ref: str) -> HttpResponseBase:
    """The hospital did not say that, or not of them."""
    person, facts = _lives_here(request, ref)
    said = news_of(person)
    if not said and request.method == "GET":
        raise NotHere
    form = NewsMistakeForm(
        request,
        subject=person.ref,
        back=back_to(person),
        initial={"news": said[0].key} if len(said) == 1 else {},
        options={"news": [Option(one.key, f"“{one.words}”", f"{one.by.shown}, {shown(one.at)}") for one in said]},
    )

    def save() -> str:
        return withdraw_hospital_news(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=person.ref,
            news=form.news,
            because=form.because,
            of_somebody_else=form.of_somebody_else,
        )

    title = f"{facts.identity.called}: take back what was said in hospital"
    return answer_change(request, form, save, facts, Changing(title, "Take it back"))


OFFERED = "What was written down when they were said to be back stands in the form. Change what is not so."


def _back(request: PageRequest, ref: str) -> tuple[PersonInSight, Banner]:
    """Who is back from hospital and lives here."""
    person, facts = _lives_here(request, ref)
    if facts.away is not None or not facts.was_away:
        raise NotHere
    return person, facts


def _lives_here(request: PageRequest, ref: str) -> tuple[PersonInSight, Banner]:
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at)
    person.must_have(Right.MOVES)
    facts = banner_of(person)
    if facts.left or facts.stay_basis == StayBasis.EXPECTED:
        raise NotHere
    return person, facts


def _away(request: PageRequest, ref: str) -> tuple[PersonInSight, Banner]:
    person, facts = _lives_here(request, ref)
    if facts.away is None and request.method == "GET":
        raise NotHere
    return person, facts


def _since(facts: Banner) -> str:
    if facts.away is None:
        return ""
    where = f", {facts.away.hospital}" if facts.away.hospital else ""
    return f"{away_words(facts.away)}{where}."
