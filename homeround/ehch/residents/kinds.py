"""What waits about people's stays, and the lines of the timeline that their stays are: the kinds, for all slices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from homeround.accounts.rights import Kind
from homeround.ehch.residents.rules import HOW_IT_WAS, TAKEN_BACK, Entry, room_words
from homeround.ehch.residents.rules.kinds import EntryKind, Side, Strength, Turn, person
from homeround.ehch.residents.words import (
    CORRECTED_WORDS,
    NEWS_WITHIN_DAYS,
    PUT_BACK,
    PUT_BACK_WORDS,
    DepartureKind,
    RegistrationKind,
    StayBasis,
)
from homeround.kernel.calendar.times import shown_date

TURNS: Final = (
    Turn(
        "nobody_responsible",
        "Nobody is medically responsible",
        frozenset({Side.COORDINATORS, Side.HOME}),
        None,
        frozenset({Side.MANAGERS}),
        reason="nobody_responsible",
        strength=Strength.UNSETTLED,
        leads_to=person("registration"),
    ),
    Turn(
        "in_hospital",
        "In hospital: ask how they are",
        frozenset({Side.HOME}),
        timedelta(days=NEWS_WITHIN_DAYS),
        frozenset({Side.COORDINATORS}),
        leads_to=person("resident"),
    ),
    Turn("expected", "Expected, not written down as arrived", frozenset({Side.HOME}), leads_to=person("arrival_new")),
)
"""Whose turn it is when something of these kinds waits (`waits.py` gives them)."""


_SAID_OF_HOSPITAL: Final[Mapping[str, str]] = {
    "hospital": "Why they went to hospital",
    "hospital_back": "What was said when they came back",
    "hospital_news": "What was said in hospital",
}


def _arrived(entry: Entry) -> str:
    return f"Moved in to {entry.words}"


def _stayed(entry: Entry) -> str:
    if entry.state == StayBasis.EXPECTED:
        return f"Expected in {entry.words}{_on_day(entry)}"
    return f"Written down as living in {entry.words} already"


def _registered(entry: Entry) -> str:
    how = RegistrationKind(entry.state).label
    return f"GP practice: {entry.words}, {how}" if entry.words else f"GP practice: {how}"


def _roomed(entry: Entry) -> str:
    room = f"{room_words(entry.words)}{f', {entry.state}' if entry.state else ''}"
    return f"Written down: {room}" if entry.kind.endswith(TAKEN_BACK) else f"Moved to {room}"


def _left(entry: Entry) -> str:
    day = f", {shown_date(date.fromisoformat(entry.on))}" if entry.on else ""
    return f"{DepartureKind(entry.state).label.capitalize()}{day}"


def _on_day(entry: Entry) -> str:
    return f", {shown_date(date.fromisoformat(entry.on))}" if entry.on else ""


ENTRIES: Final = (
    EntryKind("arrival", Kind.IDENTITY, _arrived, is_day=True, has_words=False),
    EntryKind("departure", Kind.IDENTITY, _left, is_day=True),
    EntryKind(
        "correction",
        Kind.IDENTITY,
        lambda entry: PUT_BACK_WORDS if entry.state == PUT_BACK else CORRECTED_WORDS[entry.state],
    ),
    EntryKind("stay_change", Kind.IDENTITY, "The stay was changed"),
    EntryKind("room", Kind.IDENTITY, _roomed, has_words=False),
    EntryKind(
        "hospital",
        Kind.IDENTITY,
        lambda entry: f"Gone to hospital{_on_day(entry)}{f': {entry.state}' if entry.state else ''}",
        is_day=True,
    ),
    EntryKind(
        "hospital_back",
        Kind.IDENTITY,
        lambda entry: f"Back from hospital{_on_day(entry)}. {HOW_IT_WAS[entry.state]}",
        is_day=True,
    ),
    EntryKind("stay", Kind.IDENTITY, _stayed, has_words=False),
    EntryKind("registration", Kind.IDENTITY, _registered, has_words=False),
    EntryKind("handed_over", Kind.LIVING, "Handed over what was not answered"),
    EntryKind("hospital_news", Kind.LIVING, "Still in hospital: what was said"),
    EntryKind(
        "hospital_words", Kind.LIVING, lambda entry: f"{_SAID_OF_HOSPITAL[entry.state]}{_on_day(entry)}", is_day=True
    ),
)
"""The kinds of lines of a person's timeline that this slice writes (`entries` gives them)."""
