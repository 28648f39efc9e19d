"""The access table as a page, made from homeround/accounts/rights.py."""

from collections.abc import Iterator
from typing import Final

from homeround.accounts.rights import CO_OPTED, KIND_WORDS, RIGHTS, Capacity, Kind, Right, Role, needs_second_step

_HEAD: Final = """\
# Who reads and does what

Made by `make docs` from `homeround/accounts/rights.py`, which the doors ask. Do not edit: a test fails while it
differs. A change to that file is a change to who sees what about people, and is reviewed as such.

A line says which *kinds* of information a capacity reads. *Whose* information it reaches is decided by a door first:
the home somebody works in, the homes a PCN serves today, the patients registered with a practice, one person somebody
was co-opted for ([why somebody can see somebody](who-can-see-why.md)). Nobody has two lines at once: whoever works in
two places acts in one of them at a time.
"""


def page() -> str:
    """The whole of docs/ig/access-table.md."""
    return "\n".join([_HEAD, *_kinds(), "", *_reading(), "", *_rights(), "", *_second_step(), ""])


def _kinds() -> Iterator[str]:
    yield "## Kinds of information"
    yield ""
    for kind in Kind:
        yield f"- **{kind}** {KIND_WORDS[kind]}"


def _reading() -> Iterator[str]:
    yield "## What is read"
    yield ""
    yield f"| capacity | whose | {' | '.join(Kind)} |"
    yield f"|---|---|{'---|' * len(Kind)}"
    for capacity in _lines():
        yield f"| {capacity.words} | {capacity.reach} | {' | '.join(capacity.extent(kind) for kind in Kind)} |"


def _rights() -> Iterator[str]:
    yield "## What may be done"
    yield ""
    yield "| may | who |"
    yield "|---|---|"
    for right in Right:
        yield f"| {right} | {', '.join(capacity.words for capacity in _lines() if capacity.may(right))} |"


def _second_step() -> Iterator[str]:
    yield "## Who signs in with a second step"
    yield ""
    yield "On a live database, whoever acts beyond one home. A demonstration has the second step off, and says so."
    yield ""
    yield from (f"- {RIGHTS[role].words}" for role in Role if needs_second_step(role))


def _lines() -> Iterator[Capacity]:
    yield from RIGHTS.values()
    yield CO_OPTED
