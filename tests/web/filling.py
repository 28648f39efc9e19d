"""Fills in any form of ours as a person does who answers the least: first answers, and words where words go.

What a page needs beyond that is given. A form is whatever on the page carries a token (forms/form.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

WORDS = "Words of somebody"
_DAY = {"day": "16", "month": "11", "year": "2026", "time": "09:30"}


@dataclass
class Filled:
    """A form of a page: where it goes to (empty: the page itself), and what is sent."""

    action: str
    sent: dict[str, str] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)
    ticks: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def ways(self, answers: Mapping[str, str]) -> list[dict[str, str]]:
        """What a browser sends: once as it stands, once with all boxes ticked, and once for each other answer offered.

        `answers` are given in each of them; of several buttons each is pressed once.
        """
        pressed = dict(self.buttons[:1])
        whole = {**self.sent, **pressed, **answers}
        others = [{name: value} for name, values in self.offered.items() for value in values if whole[name] != value]
        others += [{name: value} for name, value in self.buttons[1:]]
        return [whole, {**whole, **self.ticks}, *({**whole, **other, **self.ticks} for other in others)]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Filled] = []
        self._open: Filled | None = None
        self._choosing = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Filled(given.get("action", "")) if given.get("method") == "post" else None
            return
        form, name = self._open, given.get("name", "")
        if form is None:
            return
        if tag == "select":
            self._choosing = name
        elif tag == "option" and self._choosing:
            if given.get("value"):
                form.offered.setdefault(self._choosing, []).append(given["value"])
            if given.get("value") and not form.sent.get(self._choosing):
                form.sent[self._choosing] = given["value"]
        elif tag == "textarea" and name:
            form.sent.setdefault(name, WORDS)
        elif tag == "button" and name:
            form.buttons.append((name, given.get("value", "")))
        elif tag == "input" and name:
            self._input(form, name, given)

    def _input(self, form: Filled, name: str, given: dict[str, str]) -> None:
        kind, value = given.get("type", "text"), given.get("value", "")
        if kind == "radio":
            form.offered.setdefault(name, []).append(value)
            if "checked" in given or name not in form.sent:
                form.sent[name] = value
        elif kind == "checkbox":
            form.ticks[name] = value
            if "checked" in given:
                form.sent[name] = value
        else:
            form.sent[name] = value or (_DAY.get(name.rpartition("-")[2], WORDS) if kind != "hidden" else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._choosing = ""
        if tag == "form" and self._open is not None:
            if "token" in self._open.sent:
                self.forms.append(self._open)
            self._open = None


def forms_on(page: str) -> list[Filled]:
    """Every form of a page that is sent once under a token, filled in."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
