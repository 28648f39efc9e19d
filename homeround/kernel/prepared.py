"""Queries that are compiled once and asked often.

To build a queryset and make SQL of it takes Django several times as long as the database takes to answer, and a page
does it anew for every request: for the worklist's one UNION ten times as long. A prepared query is a function that
returns a queryset of tuples, written like any other. Its first call compiles it; later calls only fill in the values.

Nothing that follows from a value may be lost by that. So the function is compiled with two sets of made-up values, and
what differs between the two must be a value itself, or the day in London of an instant: a function that works anything
else out from a value (a week earlier, a text in capitals) is refused, and is given that as a value of its own. Nor may
it decide by a value which query it makes; the tests compile every call anew and compare
(`settings.PREPARED_IS_CHECKED`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from itertools import count
from typing import Any, Final, ParamSpec

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import NamedValuesListIterable, ValuesListIterable
from django.db.models.utils import create_namedtuple_class

from homeround.kernel.times import london_date

P = ParamSpec("P")

VALUES: Final = frozenset({int, str, date, datetime})
"""What is filled in, alone or in a list: numbers of rows, texts, days, instants. Anything else (None, a role) belongs
to the query itself: it is compiled anew for each."""

_LONG_AGO: Final = datetime(1700, 1, 1, tzinfo=UTC)
_DAYS: Final = 80_000


@dataclass(frozen=True)
class Place:
    """Where in the statement a value stands: its number among the values of a call."""

    number: int


@dataclass(frozen=True)
class Compiled:
    """A compiled query: the statement, what it is given (a constant or a place), and Django's reading of its rows."""

    sql: str
    given: tuple[Any, ...]
    compiler: Any
    row: Callable[[tuple[Any, ...]], Any]

    def parameters(self, values: list[Any]) -> tuple[Any, ...]:
        """What the statement is given in a call with these values."""
        return tuple(values[one.number] if type(one) is Place else one for one in self.given)


def prepared(build: Callable[P, QuerySet[Any, Any]]) -> Callable[P, list[Any]]:
    """Make a prepared query of a function that takes keywords and returns a `values_list` (named or not).

    The query gives a list of rows and asks one statement. Raises TypeError for a function that cannot be prepared.
    """
    compiled: dict[Hashable, Compiled | None] = {}

    @wraps(build)
    def ask(*args: P.args, **kwargs: P.kwargs) -> list[Any]:
        if args:
            raise TypeError(f"{build.__qualname__} takes keywords only.")
        shape = (connection.vendor, _shape(kwargs))
        if shape not in compiled:
            compiled[shape] = _compile(build, kwargs)
        query = compiled[shape]
        given = query.parameters([_as_given(value) for value in _values_in(kwargs)]) if query else ()
        if getattr(settings, "PREPARED_IS_CHECKED", False):
            _check(build, kwargs, query, given)
        if query is None:
            return []
        with connection.cursor() as cursor:
            cursor.execute(query.sql, given)
            rows = cursor.fetchall()
        return [query.row(row) for row in query.compiler.results_iter([rows], tuple_expected=True)]

    return ask


def _compile(build: Callable[..., QuerySet[Any, Any]], values: Mapping[str, Any]) -> Compiled | None:
    """Compile with two sets of made-up values; None for a query that can have no rows."""
    once, again = _made_up(values, 0), _made_up(values, 1)
    first, second = _statement(build, once), _statement(build, again)
    if first is None or second is None:
        if first is not second:
            raise TypeError(f"{build.__qualname__} decides by a value whether it asks anything.")
        return None
    sql, parameters, compiler = first
    if sql != second[0] or len(parameters) != len(second[1]):
        raise TypeError(f"{build.__qualname__} decides by a value which query it makes.")
    marks = list(zip(map(_as_given, _values_in(once)), map(_as_given, _values_in(again)), strict=True))
    given = tuple(_place(pair, marks, build) for pair in zip(parameters, second[1], strict=True))
    return Compiled(sql, given, compiler, _row_of(build(**once)))


def _place(pair: tuple[Any, Any], marks: list[tuple[Any, Any]], build: Callable[..., Any]) -> Any:
    if pair in marks:
        return Place(marks.index(pair))
    if pair[0] == pair[1]:
        return pair[0]
    raise TypeError(f"{build.__qualname__} works something out from a value ({pair[0]!r}): give it as a value itself.")


def _check(
    build: Callable[..., QuerySet[Any, Any]], values: Mapping[str, Any], query: Compiled | None, given: tuple[Any, ...]
) -> None:
    anew = _statement(build, values)
    if (anew[:2] if anew else None) != ((query.sql, given) if query else None):
        raise RuntimeError(f"{build.__qualname__} asks something else when it is compiled for its values.")


def _statement(
    build: Callable[..., QuerySet[Any, Any]], values: Mapping[str, Any]
) -> tuple[str, tuple[Any, ...], Any] | None:
    queryset: Any = build(**values)
    if not issubclass(queryset._iterable_class, ValuesListIterable):  # noqa: SLF001 - how Django says what rows it gives
        raise TypeError(f"{build.__qualname__} returns no values_list.")
    compiler = queryset.query.get_compiler(connection=connection)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    return sql, tuple(parameters), compiler


def _row_of(queryset: Any) -> Callable[[tuple[Any, ...]], Any]:
    if not issubclass(queryset._iterable_class, NamedValuesListIterable):  # noqa: SLF001 - as above
        return tuple
    make: Callable[[tuple[Any, ...]], Any] = create_namedtuple_class(*queryset._fields)._make
    return make


def _shape(value: Any) -> Hashable:
    """What a query is compiled for: the kinds of its values, and whatever is no value."""
    if type(value) in VALUES:
        return type(value).__name__
    if isinstance(value, dict):
        return tuple((name, _shape(one)) for name, one in value.items())
    if isinstance(value, list | tuple):
        return tuple(_shape(one) for one in value)
    return (type(value), value)


def _values_in(value: Any) -> Iterator[Any]:
    """The values of a call in their order, each instant with its day in London."""
    if type(value) in VALUES:
        yield value
        if type(value) is datetime:
            yield london_date(value)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _values_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _values_in(one)


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
        if isinstance(value, list | tuple):
            return [instead(one) for one in value]
        return _nobodys(type(value), next(serial) ** 3 * (7919 + 105 * turn)) if type(value) in VALUES else value

    return {name: instead(value) for name, value in values.items()}


def _nobodys(kind: type, number: int) -> Any:
    at = _LONG_AGO + timedelta(days=number % _DAYS, seconds=number % 86_399, microseconds=number % 999_983)
    made: dict[type, Any] = {int: 4_000_000_000 + number, str: f" Made Up {number} é ", date: at.date(), datetime: at}
    return made[kind]
