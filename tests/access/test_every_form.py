"""Every form and every address, whatever is typed into it: done, or refused with the reason at its field; never a
fault, and every page that shows what was taken still answers (H35, H38; REQ-87).

The forms are those that the pages show. A small profile runs in the suite, always the same; HOMEROUND_TEST_EXAMPLES=200
tries more, and other values each time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from homeround.web.forms import Form
from tests import databases
from tests.access.filling import NASTY, OURS, Filled, anyhow, errors_of, forms_of, good, usual
from tests.access.people import LINES
from tests.access.test_pages import OWN_PAGES, PAGES, address
from tests.web.signing_in import sign_in
from tests.world import AT, World

EXAMPLES: Final = int(os.environ.get("HOMEROUND_TEST_EXAMPLES", "0"))
ON_SQLITE: Final = databases.chosen() == databases.SQLITE
"""What is typed by chance is tried with fewer values on PostgreSQL, what databases take differently with as many."""

BOUNDED: Final = settings(
    max_examples=EXAMPLES or (2 if ON_SQLITE else 1),
    deadline=None,
    database=None,
    derandomize=not EXAMPLES,
    phases=(Phase.generate, Phase.shrink) if EXAMPLES else (Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
SHOWN_ON: Final = ("home_today", "worklist", "resident")
"""Pages on which most of what is taken shows; a larger profile asks them all. What a page makes of a value
has nothing to do with the database: once is enough.
"""
PARTS_OF_A_DAY: Final = ("-day", "-month", "-year", "-time")
SAVED: Final = frozenset({200, 204, 303})
REFUSED: Final = frozenset({400, 403, 404, 405, 409, 422, 429})
Pages = dict[str, tuple[Client, str]]
"""By its name, somebody signed in to whom a page opens, and its address."""
OWN: Final = {line.words: line.own for line in LINES}


class _Undone(Exception):  # noqa: N818 - takes back what was done, so that the next example finds the same
    pass


@contextmanager
def taken_back() -> Iterator[None]:
    """What happens inside has not happened."""
    try:
        with transaction.atomic():
            yield
            raise _Undone
    except _Undone:
        pass


@pytest.fixture
def pages(world: World, addressed: dict[str, str], let_in: None) -> Pages:
    """Every page's address, and somebody signed in to whom it opens: the one who may do most."""
    clients: dict[str, Client] = {}
    found = {}
    order = ["clinician of the round", "home manager", "registered practice, clinician", *OWN]
    for name in PAGES.keys() | OWN_PAGES.keys():
        opens = PAGES[name].opens or PAGES[name].sent_on if name in PAGES else OWN_PAGES[name]
        who = OWN[next(words for words in order if words in opens)]
        if who not in clients:
            clients[who] = sign_in(world[who], at=AT)
        thing = addressed[PAGES[name].thing] if name in PAGES else ""
        found[name] = (clients[who], address(name, thing, world) if name in PAGES else reverse(name))
    return found


def forms_met(pages: Pages) -> list[tuple[str, Client, Filled]]:
    """Every form that stands on one of the pages, once, with who meets it."""
    met: dict[str, tuple[str, Client, Filled]] = {}
    for name, (client, url) in sorted(pages.items()):
        for form in forms_of(client.get(url)):
            met.setdefault(form.action, (name, client, form))
    return list(met.values())


def answered(client: Client, form: Filled, content: dict[str, Any]) -> Any:
    """The answer to what was sent, which is never a fault; what is refused stands at its field."""
    answer = client.post(form.action, content)
    assert answer.status_code in SAVED | REFUSED, (form.action, answer.status_code, content)
    if answer.status_code == 422:
        where, wrong = errors_of(answer)
        assert where, (form.action, content)
        assert not wrong, (form.action, wrong, content)
    return answer


def leads_somewhere(answer: Any, client: Client) -> bool:
    """Whether it was taken; then the page that it leads to answers."""
    if answer.status_code != 303:
        return False
    led = client.get(answer["Location"], follow=True)
    assert led.status_code in {200, 404}, answer["Location"]
    return True


def still_answers(pages: Pages, answer: Any, client: Client) -> None:
    """Every page that may show what was taken answers."""
    if not leads_somewhere(answer, client):
        return
    for name in PAGES if EXAMPLES else SHOWN_ON if ON_SQLITE else ():
        asked, url = pages[name]
        assert asked.get(url, follow=True).status_code in {200, 403, 404}, (name, url)


NOT_ON_A_PAGE_OF_THESE: Final = frozenset({"GrantForm", "ReceivedForm", "ExpectedStayForm", "LivingStayForm"})
"""Forms of pages of the tests, and of another role or stay on an address that is met. A variant of a form that is met
(for whoever types for somebody) counts as met.
"""


def test_whatever_is_typed_is_taken_or_refused_at_its_field(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every form of the code, on the page it stands on: filled in well but for a few fields; with what only looks like
    a number in each box; with hidden fields that are not ours; and two forms one after the other.
    """
    met: set[type[Form]] = set()
    begin = Form.__init__

    def noted(self: Form, *args: Any, **kwargs: Any) -> None:
        met.add(type(self))
        begin(self, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(Form, "__init__", noted)
        forms = forms_met(pages)
    shown = {base for form in met for base in form.__mro__ if base is not Form}
    missed = {form.__name__ for form in _subclasses(Form) if not shown & {form, *form.__bases__}}
    assert missed <= NOT_ON_A_PAGE_OF_THESE, missed - NOT_ON_A_PAGE_OF_THESE

    faults = []
    for name, client, form in forms:
        for trial in (_typed_anyhow, _box_by_box, _not_ours):
            try:
                trial(form, client, pages)
            except Exception as fault:  # noqa: BLE001 - all forms are tried, then all faults named
                faults.append(f"{name}: {type(fault).__name__}: {fault}"[:1500])
    assert not faults, "\n\n".join(faults)
    _two_in_any_order(forms, pages)


def _typed_anyhow(form: Filled, client: Client, pages: Pages) -> None:
    @BOUNDED
    @given(anyhow(form))
    def typed(content: dict[str, Any]) -> None:
        with taken_back():
            still_answers(pages, answered(client, form, content), client)

    typed()


def _box_by_box(form: Filled, client: Client, pages: Pages) -> None:
    """What `isdigit` takes for a number, and what is too long for one, in each box.

    Words go into all boxes for words at once, unless that is refused, and then into one after the other.
    """
    boxes = [box for box in form.fields.values() if box.kind in {"text", "textarea", "hidden"} and box.name not in OURS]
    words = [box.name for box in boxes if box.kind != "hidden" and not box.name.endswith(PARTS_OF_A_DAY)]
    for value in NASTY if EXAMPLES else ("2²",):
        with taken_back():
            answer = answered(client, form, usual(form) | dict.fromkeys(words, value))
            still_answers(pages, answer, client)
        alone = [box for box in boxes if answer.status_code != 303 or box.name not in words]
        for box in alone:
            with taken_back():
                odd = "9" * 5000 if box.kind == "hidden" and not EXAMPLES else value
                leads_somewhere(answered(client, form, {**usual(form), box.name: odd}), client)


def _not_ours(form: Filled, client: Client, _: Pages) -> None:
    """Hidden fields that somebody made up."""
    for ours in ("signature", "token"):
        for value in (*NASTY, "", "x" * 300) if EXAMPLES else ("a\x00b" * 300,):
            with taken_back():
                answered(client, form, {**form.hidden, ours: value, "words": "typed"})


def _two_in_any_order(forms: list[tuple[str, Client, Filled]], pages: Pages) -> None:
    """Two forms opened at one time by two people, sent one after the other."""
    two = st.tuples(st.integers(0, len(forms) - 1), st.integers(0, len(forms) - 1))

    @settings(BOUNDED, max_examples=EXAMPLES or (15 if ON_SQLITE else 5))
    @given(two, st.data())
    def sent(which: tuple[int, int], data: st.DataObject) -> None:
        with taken_back():
            for number in which:
                _, client, form = forms[number]
                answer = answered(client, form, data.draw(good(form)))
            still_answers(pages, answer, client)

    sent()


CHARSETS: Final = (
    "application/x-www-form-urlencoded; charset=utf-7",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=no-such",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=a; charset=idna",
    "application/json; charset=utf-32",
    "text/plain",
    "",
)
BODIES: Final = (
    b"",
    b"words=%ff%fe",
    b"words=\xff\xfe",
    b"words=%00&token=%u1234",
    b"--a\r\n\r\n--a--",
    b"\x00" * 40,
    b"{",
)
HEADERS: Final = (
    {"accept-language": "x" * 500},
    {"x-forwarded-for": "not, an, address"},
    {"x-asked-by": "form"},
    {"hx-request": "true", "hx-current-url": "%zz"},
    {"referer": "http://[::1"},
    {"range": "bytes=9-1"},
    {"if-modified-since": "never"},
    {"accept-encoding": "br;q=x"},
)


def test_bodies_that_cannot_be_read_and_headers_that_mean_nothing(pages: Pages) -> None:
    for number, (name, (client, url)) in enumerate(pages.items()):
        for kind in CHARSETS if EXAMPLES else CHARSETS[number % 9 :: 9]:
            for body in BODIES if EXAMPLES else BODIES[2:3]:
                with taken_back():
                    answer = client.generic("POST", url, body, content_type=kind)
                    assert answer.status_code in SAVED | REFUSED | {413, 415}, (name, kind, body)
        for headers in HEADERS if EXAMPLES else HEADERS[number % 8 :: 8]:
            answer = client.get(url, headers=headers)
            assert answer.status_code < 500, (name, headers)


def test_queries_that_mean_nothing(pages: Pages) -> None:
    names = ("kept", "page", "reason", "saved", "gap", "area", "next", "q", "done", "why", "week", "sort")
    for number, (name, (client, url)) in enumerate(pages.items()):
        for value in NASTY if EXAMPLES else ("\x00²", "9" * 40)[number % 2 :: 2]:
            answer = client.get(url, dict.fromkeys(names, value))
            assert answer.status_code < 500, (name, value)


def test_addresses_that_lead_nowhere(pages: Pages, world: World) -> None:
    for text in NASTY if EXAMPLES else ("2²", "a\x00b", "9" * 5000):
        for name in PAGES:
            answer = pages[name][0].get(address(name, text, world) if "/" not in text else "/nowhere")
            assert answer.status_code in {303, 404}, (name, text)


def _subclasses(of: type[Any]) -> set[type[Any]]:
    return {subclass for child in of.__subclasses__() for subclass in {child, *_subclasses(child)}}
