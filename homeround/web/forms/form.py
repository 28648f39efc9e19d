"""A form: its fields, what was typed into them, what is wrong, and the hidden fields that make it safe to send."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, Final, TypeVar, cast

from django.middleware.csrf import get_token

from homeround.kernel.calendar import times
from homeround.kernel.refusals import Invalid
from homeround.web.forms.drafts import KeptText, typed_in
from homeround.web.forms.fields import Choice, Choices, Field, Option, Text, Tick, Unanswerable
from homeround.web.forms.lookup import OFFERED, Lookup
from homeround.web.forms.signature import (
    SIGNATURE,
    TOKEN,
    Signature,
    new_token,
    opened_at,
    signature_for,
    signature_in,
    token_in,
)
from homeround.web.forms.when import MaybeMoment
from homeround.web.requests import PageRequest

T = TypeVar("T")
KEPT: Final = "kept"

NOW_LASTS: Final = timedelta(hours=1)
"""How long after a page was opened its answer "just now" is still taken for now [I]."""


@dataclass(frozen=True)
class Shown:
    """A field as a macro shows it: with what was typed, the options on offer, and what is wrong with it."""

    field: Field[Any]
    typed: Mapping[str, Sequence[str]]
    options: tuple[Option, ...]
    problem: str

    @property
    def value(self) -> str:
        """What was typed, when it is one text."""
        return self.part("")

    @property
    def values(self) -> Sequence[str]:
        """What was ticked."""
        return self.typed.get(self.field.name, ())

    def part(self, name: str) -> str:
        """What was typed in one box of several."""
        sent = self.typed.get(f"{self.field.name}-{name}" if name else self.field.name) or [""]
        return sent[-1]

    @property
    def label(self) -> str:
        """The question, saying when it need not be answered."""
        when_asked = isinstance(self.field, Choice) and self.field.when_asked
        is_a_line = isinstance(self.field, Text) and self.field.one_of_many
        optional = not (self.field.needed or when_asked or is_a_line or isinstance(self.field, Tick))
        return f"{self.field.label} (optional)" if optional else self.field.label

    @property
    def asks_which(self) -> bool:
        """Whether the time typed exists twice, and the page must ask which was meant."""
        return isinstance(self.field, MaybeMoment) and self.field.asks_which(self.typed)

    @property
    def is_shown(self) -> bool:
        """Whether the page shows it yet."""
        field = self.field
        only_when_asked = isinstance(field, Tick | Choice) and field.when_asked
        return not only_when_asked or bool(self.problem) or any(self.values)


Groups = tuple[tuple[str, tuple[str, ...]], ...]
"""Headings, each with the names of the fields below it, in the order of a page."""


class Form:
    """One form, opened by one person in one capacity, about one subject. Subclass it with fields, in the order of the
    page.

    `rests_on`: what the page shows by which it is answered (what is recorded, what was replied). Where that is
    otherwise by the time it is sent, nothing is saved: the page is shown anew, with what was typed. `problems_of` says
    under which field the problem of an action's argument is shown, where the names differ. Override `check` for what
    two fields say together. `on_page` groups the fields of a long form. `kept_as_typed` switches the draft off (a
    password).
    """

    fields: ClassVar[Mapping[str, Field[Any]]] = {}
    problems_of: ClassVar[Mapping[str, str]] = {}
    drafted: ClassVar[bool] = True
    on_page: ClassVar[Groups] = ()

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        own = {name: value for name, value in vars(cls).items() if isinstance(value, Field)}
        cls.fields = {**cls.fields, **own}

    def __init__(
        self,
        request: PageRequest,
        *,
        subject: str = "",
        back: str = "",
        initial: Mapping[str, Any] | None = None,
        options: Mapping[str, Iterable[Option]] | None = None,
        rests_on: Mapping[str, object] | None = None,
    ) -> None:
        self.request = request
        self.subject = subject
        self.back = back
        self.options = {
            name: tuple((options or {}).get(name, getattr(field, "options", ()))) for name, field in self.fields.items()
        }
        self.initial: dict[str, list[str]] = {}
        for name, value in (initial or {}).items():
            self.initial.update(self.fields[name].written(value))
        self.problems: dict[str, str] = {}
        self.kept: list[KeptText] = []
        self.uses: KeptText | None = None
        self._answers: dict[str, Any] = {}
        self.is_sent = request.method == "POST"
        self.typed: Mapping[str, Sequence[str]] = typed_in(request.POST) if self.is_sent else self.initial
        self.token = (token_in(request.POST) if self.is_sent else "") or new_token()
        self.rests_on = rests_on or {}
        self.own_signature: Signature = signature_for(
            request.viewer, form=request.path, subject=subject, rests_on=self.rests_on
        )

    # --- what was sent ---------------------------------------------------------------------------------------------

    @property
    def belongs(self) -> bool:
        """Whether what was sent is this form, opened by this person in this capacity about this subject."""
        return signature_in(self.request.POST) == self.own_signature

    @property
    def is_overtaken(self) -> bool:
        """Whether what the page showed, and the answer rests on, is otherwise by now."""
        sent = signature_in(self.request.POST)
        return sent is not None and sent.shown != self.own_signature.shown

    def read(self) -> bool:
        """Read every field; False when something cannot be taken, and `problems` then says what."""
        closed = self._closed()
        for name, field in self.fields.items():
            try:
                if name in closed:
                    self._answers[name] = field.nothing
                    continue
                self._answers[name] = self._of_now(field, self._on_offer(field, self._read(field)))
            except Unanswerable as problem:
                self.problems[name] = str(problem)
        if not self.problems:
            self.problems.update(self.check())
        return not self.problems

    def _read(self, field: Field[Any]) -> Any:
        return field.read_at(self.typed, self.request.at) if isinstance(field, Lookup) else field.read(self.typed)

    def check(self) -> Mapping[str, str]:
        """Problems that only several fields together show: field name to sentence."""
        return {}

    def answer_to(self, field: Field[T]) -> T:
        """The answer to a field of a form that was read."""
        return cast(T, self._answers[field.name])

    def _closed(self) -> frozenset[str]:
        """Fields that stand under an answer that was not given: they are not asked."""
        opened = {
            option.reveals
            for name, offered in self.options.items()
            for option in offered
            if option.value in self.typed.get(name, ())
        }
        return self.revealed - opened

    def _on_offer(self, field: Field[Any], answer: Any) -> Any:
        if isinstance(field, Choice | Choices):
            offered = {option.value for option in self.options[field.name]}
            chosen = {answer} if isinstance(answer, str) else set(answer)
            if not chosen - {""} <= offered:
                raise Unanswerable("Choose one of the answers on the page.")
        return answer

    def _of_now(self, field: Field[Any], answer: Any) -> Any:
        """An answer that speaks of the moment is taken only from a page that was opened in the last hour."""
        if not isinstance(answer, str) or answer not in self._that_mean_now(field.name):
            return answer
        opened = opened_at(self.request.POST)
        if opened is not None and self.request.at - opened > NOW_LASTS:
            self.typed = {**self.typed, field.name: []}
            raise Unanswerable(f"This page was opened {times.shown(opened)}. {field.needed}")
        return answer

    def _that_mean_now(self, name: str) -> frozenset[str]:
        return frozenset(option.value for option in self.options.get(name, ()) if option.means_now)

    # --- what is shown again ----------------------------------------------------------------------------------------

    def refuse(self, refusal: Invalid) -> None:
        """Show what an action would not take, each sentence at its field; what fits no field stands in the summary."""
        for name, sentence in refusal.problems.items():
            self.problems[self.problems_of.get(name, name)] = sentence

    def renew(self) -> None:
        """Start a new sending of the same text: a new token, and hidden fields as the page would write them now."""
        self.token = new_token()
        hidden = {name: self.initial.get(name, [""]) for name, field in self.fields.items() if field.kind == "hidden"}
        self.typed = {**self.typed, **hidden}

    def fill_with(self, kept: KeptText) -> None:
        """Put back what was kept, over what the page would have shown: this is that opened form again, with its token.

        Hidden fields stay the page's own.
        """
        own = {name for name, field in self.fields.items() if field.kind == "hidden"}
        self.typed = {**self.initial, **{name: sent for name, sent in kept.typed.items() if name not in own}}
        if self.request.at - kept.saved_at > NOW_LASTS:
            old = {name for name, sent in self.typed.items() if self._that_mean_now(name).intersection(sent)}
            self.typed = {name: [] if name in old else sent for name, sent in self.typed.items()}
        self.token = kept.token
        self.uses = kept

    def shown(self, name: str) -> Shown:
        """One field, for its macro."""
        field = self.fields[name]
        options = self.options[name]
        if isinstance(field, Lookup) and self.is_sent:
            options = tuple(field.found(self.typed, self.request.at)[:OFFERED])
        return Shown(field, self.typed, options, self.problems.get(name, ""))

    @property
    def signature(self) -> str:
        """The hidden field that ties the form."""
        return self.own_signature.written()

    @property
    def csrf(self) -> str:
        """The hidden field against foreign pages."""
        return get_token(self.request)

    @property
    def revealed(self) -> frozenset[str]:
        """Fields that stand under the answer that opens them."""
        return frozenset(option.reveals for offered in self.options.values() for option in offered if option.reveals)

    @property
    def error_list(self) -> list[dict[str, str]]:
        """The error summary's list, in the order of the page, each leading to its field."""
        known = [{"text": self.problems[n], "href": f"#{self._target(n)}"} for n in self.fields if n in self.problems]
        return known + [{"text": words} for name, words in self.problems.items() if name not in self.fields]

    def _target(self, name: str) -> str:
        return self.fields[name].first_id

    def in_words(self, values: Mapping[str, str]) -> list[tuple[str, str]]:
        """Field by field, what stands elsewhere, for a page that shows it beside what was typed here."""
        known = ((self.problems_of.get(name, name), value) for name, value in values.items())
        return [
            (self.fields[name].label, self._in_words(name, value))
            for name, value in known
            if value and name in self.fields and self.fields[name].kind != "hidden"
        ]

    def _in_words(self, name: str, value: str) -> str:
        labels = {option.value: option.label for option in self.options[name]}
        return labels.get(value) or self.fields[name].in_words(value)


__all__ = ["KEPT", "SIGNATURE", "TOKEN", "Form", "Shown", "new_token"]
