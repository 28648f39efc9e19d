"""What a file says of a body, column by column, beside what is known; and what differs.

A column that a file does not speak of is absent: what is known there stays. A body that is known by its code alone has
the code for a name until a file names it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import models

from homeround.directory.models import Body, CareHome, Icb, Pcn, Practice, Provider, Region, SubIcb
from homeround.directory.rows import (
    HomeRow,
    IcbRow,
    Mention,
    PcnRow,
    PracticeRow,
    ProviderRow,
    RegionRow,
    Row,
    RowKind,
    SubIcbRow,
)
from homeround.directory.words import BodyKind

Columns = Mapping[str, object]
Ids = Mapping[RowKind, Mapping[str, int]]
"""The key of every known body, by its kind and code."""


@dataclass(frozen=True)
class Table:
    """Where bodies of one kind are kept: their kind, the table beside Body, and its columns that files speak of."""

    body_kind: BodyKind
    model: type[models.Model]
    columns: tuple[str, ...]


TABLES: Final[Mapping[RowKind, Table]] = {
    RowKind.REGION: Table(BodyKind.REGION, Region, ("ons_code",)),
    RowKind.ICB: Table(BodyKind.ICB, Icb, ("ons_code", "region_id")),
    RowKind.SUB_ICB: Table(BodyKind.SUB_ICB, SubIcb, ("ons_code", "icb_id")),
    RowKind.PCN: Table(BodyKind.PCN, Pcn, ("sub_icb_id", "postcode")),
    RowKind.PRACTICE: Table(BodyKind.PRACTICE, Practice, ("sub_icb_id", "postcode", "phone", "dormant")),
    RowKind.PROVIDER: Table(BodyKind.PROVIDER, Provider, ()),
    RowKind.HOME: Table(
        BodyKind.HOME,
        CareHome,
        (
            "provider_id",
            "ods_code",
            "address",
            "postcode",
            "local_authority",
            "area_ons_code",
            "phone",
            "beds",
            "with_nursing",
            "without_nursing",
            "serves",
            "dormant",
        ),
    ),
}
BODY_COLUMNS: Final = ("name", "opened_on", "closed_on")
_MAY_BE_LEFT_OUT: Final = frozenset({"opened_on", "provider_id"})


@dataclass(frozen=True, slots=True)
class Statement:
    """What a file says of one body."""

    code: str
    of_body: Columns
    of_kind: Columns
    is_mention: bool = False
    makes_none: bool = False
    """It changes a body that is known and makes none (a practice that is dormant or only proposed)."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is on record of one body."""

    body_id: int
    of_body: Columns
    of_kind: Columns

    @property
    def closed_on(self) -> date | None:
        """The day it closed."""
        return self.of_body["closed_on"]  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Change:
    """The columns of one known body that a file says otherwise."""

    code: str
    known: Known
    of_body: Columns
    of_kind: Columns

    @property
    def goes_dormant(self) -> bool:
        """Whether this change makes a practice dormant that its register gave as active."""
        return self.of_kind.get("dormant") is True and self.known.of_kind.get("dormant") is False

    @property
    def closes(self) -> bool:
        """Whether this change closes a body that its register gave as open.

        A body known by a mention alone has no first day. That its register tells of its end is news, not a closing.
        """
        known = self.known.of_body
        was_open = known["opened_on"] is not None and known["closed_on"] is None
        return was_open and self.of_body.get("closed_on") is not None


def known_bodies(kind: RowKind) -> dict[str, Known]:
    """Everything on record of the bodies of one kind, by code. One statement."""
    table = TABLES[kind]
    split = len(BODY_COLUMNS) + 2
    everything: models.QuerySet[models.Model] = models.QuerySet(table.model)
    rows = everything.values_list(
        "body__code", "body_id", *(f"body__{column}" for column in BODY_COLUMNS), *table.columns
    )
    return {
        row[0]: Known(
            row[1],
            dict(zip(BODY_COLUMNS, row[2:split], strict=True)),
            dict(zip(table.columns, row[split:], strict=True)),
        )
        for row in rows
    }


def statement_of_mention(mention: Mention) -> Statement:
    """A body a file only refers to: code and name."""
    return Statement(mention.code, {"name": mention.name or mention.code}, {}, is_mention=True)


def statement_of(row: Row, ids: Ids) -> Statement:
    """What a row says, with the keys of the bodies it refers to. Those must be known by now."""
    match row:
        case RegionRow() | IcbRow() | SubIcbRow():
            stated = Statement(row.code, {"name": row.name}, {"ons_code": row.ons_code, **_above(row, ids)})
        case PcnRow():
            stated = Statement(row.code, _body(row), {"postcode": row.postcode, **_area(row, ids)})
        case PracticeRow():
            columns = {"postcode": row.postcode, "phone": row.phone, "dormant": row.dormant, **_area(row, ids)}
            stated = Statement(row.code, _body(row), columns, makes_none=row.dormant)
        case ProviderRow():
            stated = Statement(row.code, _spoken(name=row.name, opened_on=row.opened_on), {})
        case HomeRow():
            stated = _home(row, ids)
        case _:
            raise TypeError(f"a {type(row).__name__} says nothing of a body")
    return stated


def difference(stated: Statement, known: Known) -> Change | None:
    """What a file says otherwise than is known; None when nothing."""
    return _change(stated, known, _otherwise(stated.of_body, known.of_body), _otherwise(stated.of_kind, known.of_kind))


def what_was_left_out(stated: Statement, known: Known) -> Change | None:
    """What an older edition tells that the newer ones left out: who runs a home, since when, and a name."""
    of_body = {
        column: value
        for column, value in _otherwise(stated.of_body, known.of_body).items()
        if (column in _MAY_BE_LEFT_OUT and known.of_body[column] is None)
        or (column == "name" and known.of_body["name"] == stated.code)
    }
    of_kind = {
        column: value
        for column, value in _otherwise(stated.of_kind, known.of_kind).items()
        if column in _MAY_BE_LEFT_OUT and known.of_kind[column] is None
    }
    return _change(stated, known, of_body, of_kind)


def _change(stated: Statement, known: Known, of_body: Columns, of_kind: Columns) -> Change | None:
    return Change(stated.code, known, of_body, of_kind) if of_body or of_kind else None


def new_body(kind: RowKind, stated: Statement) -> Body:
    """A body as a file first tells of it, not yet saved."""
    return Body(kind=TABLES[kind].body_kind, code=stated.code, **{"name": stated.code, **stated.of_body})


def _otherwise(stated: Columns, known: Columns) -> Columns:
    return {column: value for column, value in stated.items() if known[column] != value}


def _spoken(**columns: object) -> Columns:
    return {column: value for column, value in columns.items() if value is not None}


def _body(row: PcnRow | PracticeRow) -> Columns:
    """Registers of these kinds tell of the end as well: a blank one says that the body is open."""
    return {"name": row.name, "opened_on": row.opened_on, "closed_on": row.closed_on}


def _above(row: RegionRow | IcbRow | SubIcbRow, ids: Ids) -> Columns:
    if isinstance(row, IcbRow):
        return {"region_id": ids[RowKind.REGION][row.region_code]}
    if isinstance(row, SubIcbRow):
        return {"icb_id": ids[RowKind.ICB][row.icb_code]}
    return {}


def _area(row: PcnRow | PracticeRow, ids: Ids) -> Columns:
    """The area a register gives; a row without one (closed, in Wales) says that there is none."""
    return {"sub_icb_id": ids[RowKind.SUB_ICB][row.sub_icb_code] if row.sub_icb_code else None}


def _home(row: HomeRow, ids: Ids) -> Statement:
    return Statement(
        row.code,
        _spoken(name=row.name, opened_on=row.opened_on),
        {
            "ods_code": row.ods_code,
            "address": row.address,
            "postcode": row.postcode,
            "local_authority": row.local_authority,
            "area_ons_code": row.area_ons_code,
            "phone": row.phone,
            "beds": row.beds,
            "with_nursing": row.with_nursing,
            "without_nursing": row.without_nursing,
            "serves": list(row.serves),
            **_spoken(
                dormant=row.dormant,
                provider_id=ids[RowKind.PROVIDER][row.provider_code] if row.provider_code else None,
            ),
        },
    )
