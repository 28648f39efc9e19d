"""Is it the same person? What is known about people of the home who may be the one being written down, and the answers
(H10).
"""

from __future__ import annotations

from datetime import date
from typing import Final

from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.residents import rules
from homeround.ehch.residents.actions import Somebody
from homeround.ehch.residents.queries import KnownHere, known_here
from homeround.ehch.residents.words import DepartureKind
from homeround.kernel.calendar.times import shown_date
from homeround.web.forms import Form, Option
from homeround.web.forms.fields import Unanswerable

NOBODY: Final = "no:"
TYPED: Final = ":typed"
OF_WHO: Final = ("given", "family", "known_as", "born_on", "nhs_number")


def ask(form: Form, home: HomeInSight) -> list[KnownHere]:
    """Put the answers on offer into a form that was sent: those who may be the same. Returns them."""
    if not form.is_sent:
        return []
    known = known_here(home, _typed(form).facts)
    form.options["same_person"] = tuple(_options(known, _typed(form).facts)) if known else ()
    return known


def answered(value: str) -> rules.Answered:
    """What was answered, as the action takes it; nothing was asked, or nothing answered yet, when empty."""
    if not value:
        return rules.Answered()
    if value.startswith(NOBODY):
        return rules.Answered(apart_from=tuple(value.removeprefix(NOBODY).split(",")))
    return rules.Answered(same_as=value.removesuffix(TYPED), typed_is_right=value.endswith(TYPED))


def _options(known: list[KnownHere], typed: rules.Facts) -> list[Option]:
    found = []
    for person in known:
        yes, facts = f"Yes, it is {person.identity.called}", _facts(person)
        otherwise = rules.differing(typed, person.facts)
        if not otherwise:
            found.append(Option(person.ref, yes, facts))
            continue
        recorded = "; ".join(f"{what} {here}" for what, (here, _) in otherwise.items())
        new = "; ".join(f"{what} {there}" for what, (_, there) in otherwise.items())
        found.append(Option(person.ref, f"{yes}, and what is recorded is right: {recorded}", facts))
        found.append(Option(person.ref + TYPED, f"{yes}, and what I typed is right: {new}", facts))
    nobody = NOBODY + ",".join(person.ref for person in known)
    return [
        *found,
        Option(nobody, "No, it is somebody else", "Both are kept, and both are marked so that nobody mixes them up."),
    ]


def _facts(person: KnownHere) -> str:
    """What is known about somebody, in one line: enough to tell who it is."""
    identity = person.identity
    born = shown_date(identity.born_on) if identity.born_on else "on a day not recorded here"
    parts = [
        f"Formally {identity.formal}" if identity.formal else "",
        f"Born {born}",
        f"NHS number {identity.nhs_number}",
        _where(person),
        "Has the NHS number you typed" if person.likeness.number else "",
    ]
    return ". ".join(part for part in parts if part) + "."


def _where(person: KnownHere) -> str:
    room = rules.room_words(person.room)
    day = shown_date(person.on) if person.on else "a day not recorded here"
    if person.taken_out:
        return f"Was taken out of the record on {day}, had {room}" if room else f"Was taken out of the record on {day}"
    if person.lives_here:
        return f"Lives here, {room}"
    if person.is_expected:
        return f"Expected here on {day}"
    if person.died:
        return f"Died {day}, lived here in {room}"
    if person.left == DepartureKind.NOT_COMING:
        return "Was expected here and did not come"
    return f"Lived here until {day}, {room}"


def _typed(form: Form) -> Somebody:
    """Who was typed, as far as it can be read: what cannot is the form's to refuse."""
    read: dict[str, object] = {}
    for name in OF_WHO:
        try:
            read[name] = form.fields[name].read(form.typed)
        except Unanswerable:
            read[name] = None
    born_on = read["born_on"]
    return Somebody(
        given=str(read["given"] or ""),
        family=str(read["family"] or ""),
        born_on=born_on if isinstance(born_on, date) else None,
        known_as=str(read["known_as"] or ""),
        nhs_number=str(read["nhs_number"] or ""),
    )
