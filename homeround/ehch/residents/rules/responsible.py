"""Who is medically responsible for a person: the registered practice, or nobody known and why (REQ-19)."""

from dataclasses import dataclass
from datetime import date

from homeround.ehch.residents.words import WHY_NOBODY, RegistrationKind
from homeround.kernel.calendar.times import shown_date


@dataclass(frozen=True)
class Registration:
    """A start of registration as the rules see it. `kind` is a value of `words.RegistrationKind`; `closed_on` the day
    on which the practice closed and `is_dormant` that it sees nobody, by the register.
    """

    kind: str
    practice_id: int | None
    practice: str
    gp_name: str
    phone: str
    until_on: date | None
    last_confirmed_on: date | None
    source: str
    closed_on: date | None = None
    is_dormant: bool = False


@dataclass(frozen=True)
class Responsible:
    """Who is medically responsible: a practice and perhaps a named GP, or nobody known (`practice` empty) and why."""

    practice_id: int | None
    practice: str
    gp_name: str
    phone: str
    why_nobody: str
    last_confirmed_on: date | None = None

    @property
    def is_known(self) -> bool:
        """Whether anybody is known to be medically responsible."""
        return self.practice_id is not None


def responsible_for(registration: Registration | None, on: date) -> Responsible:
    """Who is medically responsible on a day, from the registration current then (REQ-19). Never anybody else.

    A temporary registration past its last day is nobody known: it is not silently extended. A practice that has closed
    is nobody's from the day of its closing (the register's `closed_on`), and one that is dormant nobody's at all, until
    somebody says which is the new one.
    """
    if registration is None:
        return Responsible(None, "", "", "", "registration not recorded here")
    if registration.kind == RegistrationKind.TEMPORARY and registration.until_on and registration.until_on < on:
        return Responsible(None, "", "", "", f"temporary registration ended on {shown_date(registration.until_on)}")
    if registration.kind in WHY_NOBODY or registration.practice_id is None:
        return Responsible(None, "", "", "", WHY_NOBODY.get(registration.kind, "registration not known"))
    if registration.closed_on is not None and registration.closed_on <= on:
        return Responsible(None, "", "", "", f"{registration.practice} closed on {shown_date(registration.closed_on)}")
    if registration.is_dormant:
        return Responsible(None, "", "", "", f"{registration.practice} is given as dormant by its register")
    return Responsible(
        registration.practice_id,
        registration.practice,
        registration.gp_name,
        registration.phone,
        "",
        registration.last_confirmed_on,
    )
