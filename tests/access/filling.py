"""The forms of a page as they stand on it, and what people and machines may put into them.

Read from the page and not from the code: buttons of one press, options that come with the person, and fields that a
page adds are met too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final

from hypothesis import strategies as st

from homeround.kernel.record import nhs_number
from tests.world import AT

OURS: Final = frozenset({"csrfmiddlewaretoken", "signature", "token"})


@dataclass
class Field:
    """One name under which a form sends: what kind of control, what may be chosen, what stands in it."""

    kind: str
    name: str
    options: list[str] = field(default_factory=list)
    value: str = ""


@dataclass
class Filled:
    """A form of a page: its address and its fields by name."""

    action: str
    fields: dict[str, Field] = field(default_factory=dict)

    @property
    def hidden(self) -> dict[str, str]:
        """What the page tells itself."""
        return {name: field.value for name, field in self.fields.items() if field.kind == "hidden"}


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Filled] = []
        self.ids: set[str] = set()
        self.errors: list[str] = []
        self.loose_errors = 0
        self._form: Filled | None = None
        self._select: Field | None = None
        self._area: Field | None = None
        self._in_errors = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.add(given["id"])
        if "nhsuk-error-summary__list" in given.get("class", ""):
            self._in_errors = 1
        elif self._in_errors and tag == "li":
            self.loose_errors += 1
        elif self._in_errors and tag == "a":
            self.loose_errors -= 1
            self.errors.append(given.get("href", "").removeprefix("#"))
        if tag == "form" and given.get("method") == "post":
            self._form = Filled(given.get("action", ""))
            self.forms.append(self._form)
        elif self._form is not None:
            self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        assert self._form is not None
        name = given.get("name", "")
        if tag == "option" and self._select is not None:
            self._select.options.append(given.get("value", ""))
            if "selected" in given:
                self._select.value = given.get("value", "")
        elif name and tag in {"input", "textarea", "select", "button"}:
            kind = given.get("type", "text") if tag == "input" else tag
            known = self._form.fields.setdefault(name, Field(kind, name))
            if tag == "select":
                self._select = known
            elif tag == "textarea":
                self._area = known
            elif kind in {"radio", "checkbox", "button"}:
                known.options.append(given.get("value", "on"))
                known.value = given.get("value", "on") if "checked" in given else known.value
            else:
                known.value = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None
        elif tag == "ul":
            self._in_errors = 0

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data


def forms_of(page: Any) -> list[Filled]:
    """Every form of a page that is sent with POST, but those of the shell (lock, sign out, drafts)."""
    shell = ("/lock", "/sign-out", "/drafts", "/capacity")
    return [form for form in _read(page).forms if form.action and not form.action.startswith(shell)]


def errors_of(page: Any) -> tuple[list[str], list[str]]:
    """The ids that the error summary leads to, and what is wrong with the summary itself: ids that are not there, and
    sentences that lead nowhere.
    """
    read = _read(page)
    missing = [error for error in read.errors if error not in read.ids]
    return read.errors, missing + ["a sentence without a field"] * read.loose_errors


def _read(page: Any) -> _Forms:
    read = _Forms()
    read.feed(page.content.decode())
    return read


NASTY: Final = (
    "2²", "①", "12³", "٣", "9" * 40, "9" * 5000, "-1", "1e9", "NaN", "\x00", "a\x00b", "\u202eabc", "ab\u202ecd",
    "\u200b", "\u3164", "\ud7ff\ue000", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👩🏽‍⚕️", "İıẞﬁ", "<script>alert(1)</script>",
    "{{ 7*7 }}", "%s %(x)s %00", "' OR 1=1 --", "\\",
    "x" * 201, "W" * 4001, "a\x0bb\x0cc", "\x1b[0m", "\r\n\r\n", "NULL", "\u0301", "\ufffe\uffff", "𝟙𝟚", "é" * 4000,
)  # fmt: skip
"""What broke forms before, here or elsewhere, and what only looks like a number."""

PRINTABLE: Final = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
ANYTHING: Final = st.one_of(st.sampled_from(NASTY), PRINTABLE, st.text(st.characters(exclude_categories=["Cs"])))
DAYS: Final = st.one_of(st.integers(-3, 40).map(str), ANYTHING)
YEARS: Final = st.one_of(
    st.sampled_from(["2026", "1938", "1", "0026", "9999", "10000", "2062", "1850", "2150"]), ANYTHING
)
NUMBERS: Final = st.integers(0, nhs_number.MADE_AT_MOST - 1).map(nhs_number.made)


def good(form: Filled) -> st.SearchStrategy[dict[str, Any]]:
    """A form as somebody fills it in who means well: any words, any answer on offer, a day about today."""
    return st.fixed_dictionaries({name: _good(field) for name, field in form.fields.items()})


def _good(field: Field) -> st.SearchStrategy[Any]:
    if field.kind == "hidden":
        return st.just(field.value)
    if field.kind in {"radio", "select", "button"}:
        return st.sampled_from([option for option in field.options if option] or [""])
    if field.kind == "checkbox":
        return st.lists(st.sampled_from(field.options), unique=True)
    for ending, value in _DAY_PARTS.items():
        if field.name.endswith(ending):
            return st.just(field.value or value)
    if field.name == "nhs_number":
        return st.one_of(st.just(""), NUMBERS)
    return st.one_of(st.just(field.value), PRINTABLE) if field.value else PRINTABLE


def usual(form: Filled) -> dict[str, Any]:
    """A form filled in well, always the same: the first answer on offer, plain words, a day about today."""
    return {name: _usual(field) for name, field in form.fields.items()}


def _usual(field: Field) -> Any:
    if field.kind in {"radio", "select", "button"}:
        return next((option for option in field.options if option), "")
    if field.kind == "checkbox":
        return []
    for ending, value in _DAY_PARTS.items():
        if field.name.endswith(ending):
            return field.value or value
    if field.kind == "hidden" or field.name == "nhs_number":
        return field.value
    return field.value or "Plain words"


_DAY_PARTS: Final = {"-day": "16", "-month": "11", "-time": "09:30", "born_on-year": "1938", "-year": str(AT.year)}


def anyhow(form: Filled) -> st.SearchStrategy[dict[str, Any]]:
    """A form filled in well, but for up to three fields that hold anything; what the page tells itself too."""
    names = [name for name in form.fields if name not in OURS]
    if not names:
        return good(form)
    changed = st.lists(st.sampled_from(names), max_size=3, unique=True).flatmap(
        lambda chosen: st.fixed_dictionaries({name: _anything(form.fields[name]) for name in chosen})
    )
    return st.builds(lambda well, ill: {**well, **ill}, good(form), changed)


def _anything(field: Field) -> st.SearchStrategy[Any]:
    if field.name.endswith(("-day", "-month")):
        return DAYS
    if field.name.endswith("-year"):
        return YEARS
    return st.one_of(ANYTHING, st.lists(ANYTHING, max_size=2))
