"""The Jinja environment of all pages: the NHS design system's macros, our own filters, and what every page knows."""

from dataclasses import is_dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import get_script_prefix, get_urlconf, reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, UndefinedError
from jinja2.utils import missing

from homeround.ehch.deterioration.words import NO_WORDS_YET
from homeround.kernel.calendar.times import LONDON, london_date, shown, shown_date
from homeround.kernel.delivery import heartbeat
from homeround.kernel.record.nhs_number import shown as nhs_number_shown
from homeround.web.demonstration import is_demonstration
from homeround.web.navigation import KEY_OFF, Link, navigation
from homeround.web.presenters.browsers import browser_words
from homeround.web.session.sign_in_state import SignInState, sign_in_state_of
from homeround.web.shell.printed import shown_in


class MissingField(ChainableUndefined):
    """For tests: a field that a value of ours (a dataclass) does not have is a mistake in a template, and on the screen
    it would stand as empty. Absent keys of what the design system's macros are given, and of forms, stay empty.
    """

    def __init__(self, hint: Any = None, obj: Any = missing, name: Any = None, exc: Any = UndefinedError) -> None:
        super().__init__(hint, obj, name, exc)
        if is_dataclass(obj):
            raise UndefinedError(f"{type(obj).__name__} has no {name}")


def environment(**options: Any) -> Environment:
    """Make the environment. The design system's macros read deep, absent parameters: hence ChainableUndefined."""
    options["undefined"] = MissingField if getattr(settings, "MISSING_FIELDS_RAISE", False) else ChainableUndefined
    options["trim_blocks"] = True
    options["lstrip_blocks"] = True
    made = Environment(**options)  # noqa: S701 - Django's backend switches autoescape on
    loaders = [made.loader] if made.loader is not None else []
    made.loader = ChoiceLoader([*loaders, PackageLoader("nhsuk_frontend_jinja")])
    made.globals.update(static=static, url=_url)
    made.filters.update(
        when=when,
        clock=clock,
        day=shown_date,
        day_of=day_of,
        nhs_number=nhs_number_shown,
        plural=plural,
        capitalize_first=capitalize_first,
        quoted=quoted,
        browser=browser_words,
    )
    return made


def shell(request: HttpRequest) -> dict[str, object]:
    """What every template knows: who is looking, and what the browser needs to trust the page's own scripts."""
    standing = sign_in_state_of(request)
    return {
        "cspNonce": getattr(request, "csp_nonce", ""),
        "reference": getattr(request, "reference", ""),
        "at": getattr(request, "at", None),
        "standing": standing,
        "viewer": standing.viewer,
        "places": places_of(request, standing),
        "shown": lambda: shown_in(request),
        "demonstration": is_demonstration(),
        "told_once": lambda: told_once(request) if standing.is_signed_in else [],
        "is_first_page": is_first_page(request, standing),
        "reminders_stopped": lambda: heartbeat.signs(request.at),  # type: ignore[attr-defined]
    }


def is_first_page(request: HttpRequest, standing: SignInState) -> bool:
    """Whether somebody has come where their role lands: what everybody must know stands there (H51)."""
    match = request.resolver_match
    if standing.viewer is None or standing.locked or match is None:
        return False
    return match.url_name == standing.viewer.capacity.first_page


def places_of(request: HttpRequest, standing: SignInState) -> list[Link]:
    """The navigation of whoever is there, unlocked and in a capacity."""
    if standing.viewer is None or standing.locked:
        return []
    match = request.resolver_match
    with_key = request.COOKIES.get(KEY_OFF) != "off"
    return navigation(standing.viewer, (match.url_name if match else None) or "", with_key=with_key)


TOLD: Final = "told"


def told_once(request: HttpRequest) -> list[str]:
    """What an answer before this one has to say, once; allauth's own messages are not ours."""
    return [str(message) for message in messages.get_messages(request) if message.extra_tags == TOLD]


def when(at: datetime) -> str:
    """An instant: `Sat 21 Nov 2026, 14:02`."""
    return shown(at)


def clock(at: datetime) -> str:
    """The time of day alone, in London: `14:02`."""
    return f"{at.astimezone(LONDON):%H:%M}"


def day_of(at: datetime) -> str:
    """The London day of an instant: `Sat 21 Nov 2026`."""
    return shown_date(london_date(at))


def plural(count: int, one: str, many: str | None = None) -> str:
    """`1 person`, `3 people`."""
    return f"{count} {one if count == 1 else (many or one + 's')}"


def capitalize_first(words: str) -> str:
    """The first letter large, the rest as it is (Jinja's `capitalize` makes PCN into Pcn)."""
    return words[:1].upper() + words[1:]


def quoted(words: str) -> str:
    """What somebody said, in quotation marks; that there are no words yet is said by nobody."""
    return words if words == NO_WORDS_YET else f"“{words}”"


def _url(name: str, *args: object, **kwargs: object) -> str:
    within = (get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    return _address(within, name, tuple(map(str, args)), tuple((key, str(value)) for key, value in kwargs.items()))


@lru_cache(maxsize=10_000)
def _address(within: tuple[str, str], name: str, args: tuple[str, ...], kwargs: tuple[tuple[str, str], ...]) -> str:
    """Put an address together once: a list has two for each row, and the same rows come again with the next look."""
    return reverse(name, within[0], args=args or None, kwargs=dict(kwargs) or None)
