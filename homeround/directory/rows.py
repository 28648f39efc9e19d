"""What the file of a register says about bodies, one frozen row at a time, and what became of it.

Plain Python: gateways make these rows from files, `directory.actions` takes them in. Every row carries the line of the
file it stood on. `None` means that the file does not say: what is known then stays as it is. REQ-01, REQ-02.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class RowKind(StrEnum):
    """The kinds of row an import reports on, in the order they are loaded: each may point to one before it."""

    REGION = "region"
    ICB = "ICB"
    SUB_ICB = "sub-ICB"
    PCN = "PCN"
    PRACTICE = "practice"
    LINK = "link"
    PROVIDER = "provider"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class RegionRow:
    """An NHS England region."""

    line: int
    code: str
    name: str
    ons_code: str


@dataclass(frozen=True, slots=True)
class IcbRow:
    """An integrated care board and the region it lies in."""

    line: int
    code: str
    name: str
    ons_code: str
    region_code: str


@dataclass(frozen=True, slots=True)
class SubIcbRow:
    """A sub-ICB location and its ICB."""

    line: int
    code: str
    name: str
    ons_code: str
    icb_code: str


@dataclass(frozen=True, slots=True)
class PcnRow:
    """A primary care network."""

    line: int
    code: str
    name: str
    opened_on: date
    closed_on: date | None
    sub_icb_code: str | None
    postcode: str


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """A GP practice. One that is closed, or lies outside England, says nothing of a sub-ICB.

    `dormant`: dormant or only proposed; such a row changes a practice that is known and makes none.
    """

    line: int
    code: str
    name: str
    opened_on: date
    closed_on: date | None
    sub_icb_code: str | None
    postcode: str
    phone: str
    dormant: bool = False


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A practice belongs to a PCN from a day, until a day when that is known."""

    line: int
    practice_code: str
    pcn_code: str
    opened_on: date
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """Who runs care homes. CQC's file gives the name, but an extract of it may hold the number alone."""

    line: int
    code: str
    name: str | None
    opened_on: date | None


@dataclass(frozen=True, slots=True)
class HomeRow:
    """A CQC registration of a care home. `serves` are CQC's own words for the people it is registered for."""

    line: int
    code: str
    name: str
    opened_on: date | None
    provider_code: str | None
    ods_code: str
    address: str
    postcode: str
    local_authority: str
    area_ons_code: str
    phone: str
    beds: int | None
    with_nursing: bool
    without_nursing: bool
    serves: tuple[str, ...]
    dormant: bool | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A body that a file refers to without being its register: made, with code and name, when not yet known."""

    line: int
    kind: RowKind
    code: str
    name: str | None


Row = RegionRow | IcbRow | SubIcbRow | PcnRow | PracticeRow | LinkRow | ProviderRow | HomeRow


EditionAge = tuple[date, date]
"""How new an edition is, to be compared: the newest day on which something began in it, then on which something ended.

Beginnings come first, because a register gives planned ends long before they come.
"""


@dataclass(frozen=True)
class Edition:
    """Everything one file says, and the days on which it says that something began or ended.

    `what` names the kind of file and `row_count` counts the rows below its headings.
    """

    rows: Mapping[RowKind, tuple[Row, ...]]
    mentions: Mapping[RowKind, tuple[Mention, ...]]
    began: frozenset[date] = frozenset()
    ended: frozenset[date] = frozenset()
    what: str = ""
    row_count: int = 0

    @property
    def newest_on(self) -> date | None:
        """The newest day the file speaks of; None when it speaks of none."""
        return max(self.began | self.ended, default=None)

    def age(self, today: date) -> EditionAge:
        """How new the edition is. Days still to come say nothing; a file that speaks of no day is older than any."""
        began, ended = (max((on for on in days if on <= today), default=date.min) for days in (self.began, self.ended))
        return began, ended

    def kinds(self) -> Iterator[RowKind]:
        """The kinds this file speaks of, in the order they are loaded."""
        return (kind for kind in RowKind if self.rows.get(kind) or self.mentions.get(kind))


@dataclass
class Taken:
    """What became of the rows of one kind. A row is counted once; `closed` are those this run has closed."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    closed: int = 0
    set_aside: int = 0
    rejected: int = 0


@dataclass
class TakenIn:
    """What became of one file: numbers for each kind, and what a person has to decide, in words.

    `proposals` are those that wait for a person now; `homeround proposals` accepts or declines them.
    """

    kinds: dict[RowKind, Taken] = field(default_factory=dict)
    proposals: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
