"""Queries that are compiled once and asked often.

To build a queryset and make SQL of it takes Django several times as long as the database takes to answer, and a page
does it anew for every request: for the worklist's one UNION ten times as long. A prepared query is a function that
returns a queryset, written like any other. Its first call compiles it; later calls only fill in the values.

Nothing that follows from a value may be lost by that. So the function is compiled with two sets of made-up values, and
what differs between the two must be a value itself, or the day in London of an instant: a function that works anything
else out from a value (a week earlier, a text in capitals) is refused, and is given that as a value of its own. Nor may
it decide by a value which query it makes; the tests compile every so many calls anew and compare
(`settings.PREPARED_CHECKED_EVERY`).

What is the same in every call is written into the SQL. Bound like a value, it would cost more than the query: SQLite
plans a statement anew each time a value is bound that a partial index might depend on, and PostgreSQL's kept plan can
use no partial index for a value that it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, wraps
from itertools import count
from types import SimpleNamespace
from typing import Any, Final, ParamSpec, TypeVar, cast

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from homeround.kernel.calendar.times import london_date

P = ParamSpec("P")
R = TypeVar("R")

VALUES: Final = frozenset({int, str, date, datetime})
"""What is filled in, alone, in a list or in a frozen dataclass (a viewer): numbers of rows, texts, days, instants.
Anything else (None, a role) belongs to the query itself, which is compiled for each. A list of numbers is asked for
membership only: it is filled up to a length that other lists have as well."""

_GIVEN: Final = re.compile("%[s%]")
_LONG_AGO: Final = datetime(1700, 1, 1, tzinfo=UTC)
_DAYS: Final = 80_000


@dataclass(frozen=True)
class Place:
    """Where in the statement a value stands: its number among the values of a call."""

    number: int


@dataclass(frozen=True)
class Statement:
    """What a queryset asks: SQL, what it is given, and Django's own things to read the answer with."""

    sql: str
    given: tuple[Any, ...]
    queryset: Any
    compiler: Any

    @cached_property
    def _converters(self) -> Mapping[int, Any]:
        """How Django makes values of what each column holds: to ask each field anew takes longer than to read."""
        found: Mapping[int, Any] = self.compiler.get_converters(
            [selected for selected, *_ in self.compiler.select[: self.compiler.col_count]]
        )
        return found

    def read(self, rows: list[Any]) -> list[Any]:
        """The database's rows as the queryset gives them: instances, tuples, named tuples."""
        compiler = copy(self.compiler)
        compiler.execute_sql = lambda *_, **__: [rows]
        compiler.get_converters = lambda _: self._converters
        answered = SimpleNamespace(
            db=connection.alias,
            model=self.queryset.model,
            query=SimpleNamespace(get_compiler=lambda *_, **__: compiler),
            _fields=self.queryset._fields,
            _known_related_objects={},
        )
        return list(self.queryset._iterable_class(answered))  # noqa: SLF001 - Django's own way to read a row


@dataclass(frozen=True)
class Prepared:
    """A compiled query. `given` has places for the values of a call, and what cannot be written into `sql`."""

    statement: Statement
    sql: str
    given: tuple[Any, ...]

    def filled(self, values: list[Any]) -> tuple[Any, ...]:
        """What the SQL is given in a call with these values."""
        return tuple(values[one.number] if type(one) is Place else one for one in self.given)


def prepared(build: Callable[P, QuerySet[Any, R]]) -> Callable[P, list[R]]:
    """Make a prepared query of a function that takes keywords and returns a queryset.

    The query gives a list of its rows and asks one statement. Raises TypeError for a function that cannot be prepared.
    """
    compiled: dict[Hashable, Prepared | None] = {}

    calls = count()

    @wraps(build)
    def ask(*args: P.args, **kwargs: P.kwargs) -> list[R]:
        if args:
            raise TypeError(f"{build.__qualname__} takes keywords only.")
        kwargs = cast(Any, {name: filled_up(value) for name, value in kwargs.items()})
        shape = (connection.vendor, _shape(kwargs))
        if shape not in compiled:
            compiled[shape] = _compile(build, kwargs)
        query = compiled[shape]
        values = [_as_given(value) for value in _values_in(kwargs)]
        every = getattr(settings, "PREPARED_CHECKED_EVERY", 0)
        if every and next(calls) % every == 0:
            _check(build, kwargs, query, values)
        if query is None:
            return []
        with connection.cursor() as cursor:
            cursor.execute(query.sql, query.filled(values))
            rows = cursor.fetchall()
        return query.statement.read(rows)

    return ask


def filled_up(value: Any) -> Any:
    """A list of numbers of rows, each once, with numbers that no row has up to the next power of two, so that one
    compiled query serves lists of many lengths: it is asked for membership only. Anything else as it is.
    """
    if type(value) is not list or not value or type(value[0]) is not int:
        return value
    each_once = list(dict.fromkeys(value))
    missing = (1 << (len(each_once) - 1).bit_length()) - len(each_once)
    return [*each_once, *range(-missing, 0)]


def _compile(build: Callable[..., Any], values: Mapping[str, Any]) -> Prepared | None:
    """Compile with two sets of made-up values; None for a query that can have no rows."""
    once, again = _made_up(values, 0), _made_up(values, 1)
    first, second = _statement(build, once), _statement(build, again)
    if first is None or second is None:
        if first is not second:
            raise TypeError(f"{build.__qualname__} decides by a value whether it asks anything.")
        return None
    if first.sql != second.sql or len(first.given) != len(second.given):
        raise TypeError(f"{build.__qualname__} decides by a value which query it makes.")
    marks = list(zip(map(_as_given, _values_in(once)), map(_as_given, _values_in(again)), strict=True))
    given = tuple(_place(pair, marks, build) for pair in zip(first.given, second.given, strict=True))
    return Prepared(first, *_written_in(first.sql, given))


def _written_in(sql: str, given: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
    """The SQL with its constants written in, and what is left to be given."""
    values = iter(given)
    left: list[Any] = []

    def written(hole: re.Match[str]) -> str:
        if hole[0] == "%%":
            return "%%"
        value = next(values)
        literal = _literal(value)
        if literal is None:
            left.append(value)
        return literal or "%s"

    return _GIVEN.sub(written, sql), tuple(left)


def _literal(value: Any) -> str | None:
    """A constant as SQL writes it; None for a place, and for what both databases do not write alike."""
    if type(value) is bool:
        return str(value).upper()
    if isinstance(value, int):
        return f"({int(value)})"
    if isinstance(value, str) and "\0" not in value:
        return "'" + str.__str__(value).replace("'", "''").replace("%", "%%") + "'"
    return None


def _place(pair: tuple[Any, Any], marks: list[tuple[Any, Any]], build: Callable[..., Any]) -> Any:
    if pair in marks:
        return Place(marks.index(pair))
    if pair[0] == pair[1]:
        return pair[0]
    raise TypeError(f"{build.__qualname__} works something out from a value ({pair[0]!r}): give it as a value itself.")


def _check(build: Callable[..., Any], kwargs: Mapping[str, Any], query: Prepared | None, values: list[Any]) -> None:
    anew = _statement(build, kwargs)
    asked_anew = anew and _written_in(anew.sql, anew.given)
    if asked_anew != (query and _written_in(query.sql, query.filled(values))):
        raise RuntimeError(f"{build.__qualname__} asks something else when it is compiled for its values.")


def _statement(build: Callable[..., Any], values: Mapping[str, Any]) -> Statement | None:
    """What the queryset for these values asks; None for nothing at all."""
    queryset = build(**values)
    if queryset._prefetch_related_lookups:  # noqa: SLF001 - there is no other way to ask
        raise TypeError(f"{build.__qualname__} asks more than one statement.")
    compiler = queryset.query.get_compiler(connection=connection)
    try:
        sql, given = compiler.as_sql()
    except EmptyResultSet:
        return None
    return Statement(sql, tuple(given), queryset, compiler)


def _shape(value: Any) -> Hashable:
    """What a query is compiled for: the kinds of its values, and whatever is no value."""
    if type(value) in VALUES:
        return type(value).__name__
    parts = _parts(value)
    return (type(value), value) if parts is None else (type(value), *map(_shape, parts))


def _values_in(value: Any) -> Iterator[Any]:
    """The values of a call in their order, each instant with its day in London."""
    if type(value) in VALUES:
        yield value
        if type(value) is datetime:
            yield london_date(value)
    for one in _parts(value) or ():
        yield from _values_in(one)


def _parts(value: Any) -> Collection[Any] | None:
    """What a list, a call's keywords or a dataclass consists of; None for whatever is one thing."""
    if isinstance(value, list | tuple):
        return value
    if isinstance(value, dict):
        return value.values()
    return vars(value).values() if is_dataclass(value) else None


def _as_given(value: Any) -> Any:
    """A value as Django hands it to the database."""
    if type(value) is datetime:
        return connection.ops.adapt_datetimefield_value(value)
    if type(value) is date:
        return connection.ops.adapt_datefield_value(value)
    return value


def _made_up(values: Mapping[str, Any], turn: int) -> dict[str, Any]:
    """The same keywords with values that nobody has, none of which follows from another."""
    serial = count(3)

    def instead(value: Any) -> Any:
        if type(value) in VALUES:
            return _nobodys(type(value), next(serial) ** 3 * (7919 + 105 * turn))
        if isinstance(value, list | tuple):
            return [instead(one) for one in value]
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{name: instead(one) for name, one in vars(value).items()})
        return value

    return {name: instead(value) for name, value in values.items()}


def _nobodys(kind: type, number: int) -> Any:
    at = _LONG_AGO + timedelta(days=number % _DAYS, seconds=number % 86_399, microseconds=number % 999_983)
    made: dict[type, Any] = {int: 4_000_000_000 + number, str: f" Made Up {number} é ", date: at.date(), datetime: at}
    return made[kind]
