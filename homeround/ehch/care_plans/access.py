"""Who may say that an obligation of an arrival was done, and for whom."""

from __future__ import annotations

from homeround.accounts.rights import Right
from homeround.ehch.residents.access import CHOOSE_CLINICIAN, PersonInSight
from homeround.kernel.refusals import Invalid, NotAllowed


def must_mark_done(person: PersonInSight, for_whom: int | None) -> None:
    """Raises NotAllowed, or Invalid (for_whom), unless the viewer may say that an obligation was done.

    The clinicians of the PCN may (clinical entries), and the home's nurses, seniors and manager (they record moves):
    home staff are core members of the MDT (REQ-58), they hold the document, and their own record started the clock.
    Carers may not. A coordinator types for a named clinician of the PCN, who then answers for it; nobody else types for
    somebody.
    """
    writes = person.capacity.rights
    if for_whom is None and writes & {Right.OBLIGATIONS}:
        return
    if Right.TYPING_FOR in writes:
        if for_whom is None:
            raise Invalid(for_whom=CHOOSE_CLINICIAN)
        person.must_type_for(for_whom)
        return
    if for_whom is not None and writes & {Right.OBLIGATIONS}:
        raise Invalid(for_whom="You write this for yourself. Only a coordinator types for somebody else.")
    raise NotAllowed(
        f"As {person.viewer.role_words} you do not say that this is done. A nurse, senior or manager of the home "
        "does, or a clinician of the PCN."
    )


def may_mark_done(person: PersonInSight) -> bool:
    """Whether a page offers it."""
    return bool(person.capacity.rights & {Right.OBLIGATIONS, Right.TYPING_FOR})


def must_take_back(person: PersonInSight) -> None:
    """Raises NotAllowed unless the viewer may say that an obligation is not done after all: whoever says that it is."""
    if not may_mark_done(person):
        raise NotAllowed(
            f"As {person.viewer.role_words} you do not take this back. A nurse, senior or manager of the home does, or "
            "the PCN."
        )
