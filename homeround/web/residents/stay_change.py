"""What is so about a stay, changed or put right: its kind, which care, when it is planned to end; the day expected."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase

from homeround.accounts.rights import Right
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import change_stay
from homeround.ehch.residents.queries import banner_of
from homeround.ehch.residents.words import StayBasis
from homeround.kernel.refusals import NotHere
from homeround.web.forms import Day, Form, MaybeDay, Text, Tick
from homeround.web.requests import PageRequest
from homeround.web.residents.changing import REASON, Changing, answer_change, back_to
from homeround.web.residents.stay import StayForm


class StayChangeForm(Form):
    """The stay of somebody who moved in: the day of that has a page of its own."""

    kind, planned_end_on, place = StayForm.kind, StayForm.planned_end_on, StayForm.place
    because = Text("Why is it changed?", hint=REASON, needed="Say why it is changed.", most=300)
    sure = Tick("I am sure", when_asked=True)


class ExpectedStayForm(Form):
    """The stay of somebody who is expected."""

    from_on = Day("When are they expected?", needed="Enter the day they are expected.")
    kind, planned_end_on, place = StayForm.kind, StayForm.planned_end_on, StayForm.place
    because, sure = StayChangeForm.because, StayChangeForm.sure


class LivingStayForm(Form):
    """The stay of somebody who lived here before they were written down."""

    from_on = MaybeDay("Since when do they live here?", hint="Leave empty if it is not known.")
    kind, planned_end_on, place = StayForm.kind, StayForm.planned_end_on, StayForm.place
    because, sure = StayChangeForm.because, StayChangeForm.sure


FORMS: dict[str, type[Form]] = {StayBasis.EXPECTED: ExpectedStayForm, StayBasis.LIVING_HERE: LivingStayForm}


def stay_change(request: PageRequest, ref: str) -> HttpResponseBase:
    """The form, filled in with what is so now."""
    person = see_resident(viewer=request.viewer, ref=ref, at=request.at)
    person.must_have(Right.MOVES)
    facts = banner_of(person)
    if facts.left or not facts.home:
        raise NotHere
    made = FORMS.get(facts.stay_basis, StayChangeForm)
    initial: dict[str, Any] = {"kind": facts.stay_kind, "place": facts.place}
    if facts.planned_end_on:
        initial["planned_end_on"] = facts.planned_end_on
    if "from_on" in made.fields and facts.from_on:
        initial["from_on"] = facts.from_on
    form: Any = made(request, subject=person.ref, back=back_to(person), initial=initial, rests_on=initial)

    def save() -> str:
        return change_stay(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=person.ref,
            kind=form.kind,
            place=form.place,
            planned_end_on=form.planned_end_on,
            because=form.because,
            from_on=form.from_on if "from_on" in made.fields else None,
            sure=form.sure,
        )

    title = f"Change the stay of {facts.identity.called}"
    return answer_change(request, form, save, facts, Changing(title, "Save"))
