"""Prepared queries ask what the queryset asks, with the values of each call, and refuse what would be lost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, CharField, DateField, QuerySet, Value
from django.db.models.functions import Upper

from homeround.kernel.calendar.times import london_date
from homeround.kernel.models import AuditEntry, Draft, Heartbeat, LookKind, Outbox
from homeround.kernel.prepared import prepared
from tests.statements import statements

AT = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)


@prepared
def _beats(*, names: list[str], since: datetime) -> QuerySet[Any, Any]:
    return Heartbeat.objects.filter(name__in=names, beat_at__gte=since).order_by("name").values_list("name", "beat_at")


@pytest.fixture
def hearts(db: None) -> None:
    for minute, name in enumerate(("worker", "seal", "mail")):
        Heartbeat.objects.create(name=name, beat_at=AT + timedelta(minutes=minute))


def test_each_call_asks_with_its_own_values(hearts: None) -> None:
    assert _beats(names=["worker", "seal"], since=AT) == [("seal", AT + timedelta(minutes=1)), ("worker", AT)]
    assert _beats(names=["worker", "mail"], since=AT + timedelta(minutes=1)) == [("mail", AT + timedelta(minutes=2))]


def test_lists_of_other_lengths_are_other_queries(hearts: None) -> None:
    assert _beats(names=[], since=AT) == []
    assert len(_beats(names=["worker"], since=AT)) == 1
    assert len(_beats(names=["worker", "seal", "mail"], since=AT)) == 3


@pytest.mark.parametrize("length", [0, 1, 2, 3, 5, 8, 9])
def test_a_list_of_rows_finds_its_own_rows_and_shares_its_query(db: None, settings: Any, length: int) -> None:
    """Lists of 5 to 8 numbers are one compiled query; what fills them up finds nothing."""
    settings.PREPARED_CHECKED_EVERY = 1
    made = [
        Draft.objects.create(membership_id=1, form=str(number), token="", content={}, saved_at=AT, ends_at=AT).pk
        for number in range(9)
    ]
    built = []

    @prepared
    def these(*, rows: list[int]) -> QuerySet[Any, Any]:
        built.append(len(rows))
        return Draft.objects.filter(pk__in=rows).order_by("pk").values_list("pk", flat=True)

    assert list(these(rows=made[:length])) == made[:length]
    assert list(these(rows=made[:length] * 2)) == made[:length], "twice in the list is once"
    assert set(built) <= {0, 1, 2, 4, 8, 16}


def test_a_call_is_one_statement(hearts: None) -> None:
    with statements() as asked:
        _beats(names=["worker"], since=AT)
    assert len(asked) == 1


def test_it_is_built_no_more_once_it_is_compiled(hearts: None, settings: Any) -> None:
    settings.PREPARED_CHECKED_EVERY = 0
    built = []

    @prepared
    def counted(*, name: str) -> QuerySet[Any, Any]:
        built.append(name)
        return Heartbeat.objects.filter(name=name).values_list("name")

    counted(name="worker")
    before = len(built)
    assert counted(name="seal") == [("seal",)]
    assert len(built) == before


def test_rows_may_have_names(hearts: None) -> None:
    @prepared
    def named(*, name: str) -> QuerySet[Any, Any]:
        return (
            Heartbeat.objects.filter(name=name).annotate(loud=Upper("name")).values_list("beat_at", "loud", named=True)
        )

    [row] = named(name="seal")
    assert (row.beat_at, row.loud) == (AT + timedelta(minutes=1), "SEAL")


def test_rows_may_be_instances_with_what_belongs_to_them(db: None) -> None:
    @prepared
    def first(*, table: str) -> QuerySet[Any, Any]:
        entries = AuditEntry.objects.filter(table_name=table).select_related("payload").order_by("id")
        return entries.annotate(loud=Upper("op"))[:1]

    with statements() as asked:
        [entry] = first(table="kernel_stamp")
        assert "demo" in entry.payload.body
    assert (entry.table_name, entry.loud, len(asked)) == ("kernel_stamp", "I", 1)


@dataclass(frozen=True)
class Beating:
    """A name and an instant, as a viewer is a number and a role."""

    name: str
    since: datetime
    kind: LookKind = LookKind.LOOK


def test_values_may_stand_in_a_dataclass(hearts: None) -> None:
    @prepared
    def beats(*, of: Beating) -> QuerySet[Any, Any]:
        return Heartbeat.objects.filter(name=of.name, beat_at__gte=of.since).values_list("name", flat=True)

    assert beats(of=Beating("worker", AT)) == ["worker"]
    assert beats(of=Beating("seal", AT)) == ["seal"]
    assert beats(of=Beating("worker", AT + timedelta(hours=1), LookKind.LIST)) == []


def test_none_and_roles_belong_to_the_query(db: None) -> None:
    @prepared
    def waiting(*, kind: LookKind, until: datetime | None) -> QuerySet[Any, Any]:
        return Outbox.objects.filter(purpose=kind, leased_until=until).values_list("pk")

    assert waiting(kind=LookKind.LOOK, until=None) == waiting(kind=LookKind.LIST, until=AT) == []


def test_a_union_is_one_query(hearts: None) -> None:
    @prepared
    def both(*, one: str, other: str) -> QuerySet[Any, Any]:
        first = Heartbeat.objects.filter(name=one).order_by().values_list("name", Value(1))
        return first.union(Heartbeat.objects.filter(name=other).order_by().values_list("name", Value(2)), all=True)

    assert sorted(both(one="worker", other="seal")) == [("seal", 2), ("worker", 1)]


CONSTANTS = (
    "", "it's", "100 %", "%s", "%%", "\\'", "a\nb", "é ’ \U0001f600", "'; --", "?", ":name", "$1",
    0, 1, -1, 2**31, -(2**40), True, False, LookKind.LIST,
)  # fmt: skip


@pytest.mark.parametrize("constant", CONSTANTS)
def test_a_constant_is_written_into_the_statement_and_stays_what_it_is(hearts: None, constant: Any) -> None:
    """Bound instead, it has SQLite plan the statement anew each time, and PostgreSQL leave a partial index alone."""
    field = {str: CharField, bool: BooleanField, int: BigIntegerField}[
        next(kind for kind in (str, bool, int) if isinstance(constant, kind))
    ]()

    @prepared
    def with_constant(*, name: str) -> QuerySet[Any, Any]:
        same = Heartbeat.objects.annotate(same=Value(constant, output_field=field))
        return same.filter(name=name, same=Value(constant, output_field=field)).values_list("same", flat=True)

    given: list[Any] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        given.append(params)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        assert with_constant(name="seal") == [constant]
    assert given == [("seal",)]


def test_a_constant_may_be_looked_for_within_a_text(hearts: None) -> None:
    @prepared
    def like(*, since: datetime) -> QuerySet[Any, Any]:
        return Heartbeat.objects.filter(name__contains="ea", beat_at__gte=since).values_list("name", flat=True)

    assert like(since=AT) == ["seal"]


def test_the_day_of_an_instant_is_known(hearts: None) -> None:
    @prepared
    def of_the_day(*, at: datetime) -> QuerySet[Any, Any]:
        return Heartbeat.objects.annotate(day=Value(london_date(at), output_field=DateField())).values_list("day")

    assert set(of_the_day(at=AT)) == {(date(2026, 11, 16),)}
    assert set(of_the_day(at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))) == {(date(2026, 7, 2),)}


def _a_day_earlier(*, at: datetime) -> QuerySet[Any, Any]:
    return Heartbeat.objects.filter(beat_at__gte=at - timedelta(days=1)).values_list("pk")


def _in_capitals(*, name: str) -> QuerySet[Any, Any]:
    return Heartbeat.objects.filter(name=name.upper()).values_list("pk")


def _part_of_a_text(*, name: str) -> QuerySet[Any, Any]:
    return Heartbeat.objects.filter(name__contains=name).values_list("pk")


def _next_number(*, number: int) -> QuerySet[Any, Any]:
    return Heartbeat.objects.filter(pk=number + 1).values_list("pk")


def _another_query(*, number: int) -> QuerySet[Any, Any]:
    rows = Heartbeat.objects.values_list("pk")
    return rows.filter(pk=number) if number % 2 else rows.filter(pk__gt=number)


def _two_statements(*, number: int) -> QuerySet[Any, Any]:
    return AuditEntry.objects.filter(pk=number).prefetch_related("payload")


@pytest.mark.parametrize(
    ("build", "value"),
    [
        (_a_day_earlier, {"at": AT}),
        (_in_capitals, {"name": "seal"}),
        (_part_of_a_text, {"name": "seal"}),
        (_next_number, {"number": 1}),
        (_another_query, {"number": 1}),
        (_two_statements, {"number": 1}),
    ],
)
def test_what_would_be_lost_is_refused(db: None, build: Callable[..., Any], value: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        prepared(build)(**value)


def test_the_tests_find_a_query_that_decides_by_a_value(db: None, settings: Any) -> None:
    """Made-up values may all be of one sort; a call with another sort is compared with a query of its own."""
    settings.PREPARED_CHECKED_EVERY = 1

    @prepared
    def by_day(*, on: date) -> QuerySet[Any, Any]:
        rows = Outbox.objects.values_list("pk")
        return rows.filter(queued_at__date=on) if on.year < 2000 else rows

    with pytest.raises(RuntimeError):
        by_day(on=date(2026, 11, 16))
