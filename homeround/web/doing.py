"""What the home does about people now, for every page that says it: what applies of decisions, and what answers to
concerns told the home (H3, H27). Pages do not put the two together themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from homeround.accounts.rights import Kind
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.decisions.queries import Applies, applies_in
from homeround.ehch.deterioration.queries import Told, told_about, told_in
from homeround.ehch.residents.access import PersonInSight
from homeround.web.presenters.applies import AppliesLine, applies_lines, applies_of, with_told


def done_in(home: HomeInSight) -> dict[int, tuple[AppliesLine, ...]]:
    """What the home does about everybody who lives there, by person; two statements."""
    extent = home.viewer.capacity.extent(Kind.CLINICAL)
    applies = applies_of(applies_in(home), extent)
    told: defaultdict[int, list[Told]] = defaultdict(list)
    for one in told_in(home):
        told[one.person].append(one)
    return applies | {who: with_told(applies.get(who, ()), found) for who, found in told.items()}


def done_about(person: PersonInSight, applying: Iterable[Applies]) -> tuple[AppliesLine, ...]:
    """What the home does about one person, with what applies of decisions; one statement, none for whoever reads
    nothing of concerns.
    """
    lines = applies_lines(applying, person.capacity.extent(Kind.CLINICAL))
    return with_told(lines, told_about(person)) if person.reads(Kind.LIVING) else lines
