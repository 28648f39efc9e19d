"""What a file says and an import does not do by itself: too many ends at once, and homes registered anew."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date, datetime

from django.db.models import Q

from homeround.directory import rules
from homeround.directory.actions.writing import propose, withdraw_proposals
from homeround.directory.models import CareHome, Proposal
from homeround.directory.rows import RowKind, TakenIn
from homeround.directory.statements import TABLES, Change, Known
from homeround.directory.words import ProposalKind, Proposed, in_words
from homeround.kernel.audit.actor import SystemActor

Decided = dict[Proposed, Proposal]


class Proposals:
    """The proposals of one import: made once, left alone when declined, told each time while they wait."""

    def __init__(self, by: SystemActor, at: datetime, result: TakenIn) -> None:
        self._by = by
        self._at = at
        self._result = result

    def allowed(
        self, kind: RowKind, changes: list[Change], known: Mapping[str, Known], told: Container[str]
    ) -> list[Change]:
        """The changes without the ends when those are too many at once, or were declined; they become proposals.

        `told`: the codes of which this edition tells as the newest.
        """
        made = _made(Q(what__in=(ProposalKind.CLOSES, ProposalKind.DORMANT), body__kind=TABLES[kind].body_kind))
        ends = {proposed: change for change in changes for proposed in _ends_in(change)}
        declined = {proposed for proposed in ends if proposed in made and made[proposed].accepted is False}
        asked = {proposed: change for proposed, change in ends.items() if proposed not in declined}
        open_before = sum(body.closed_on is None and not body.of_kind.get("dormant") for body in known.values())
        self._withdraw(made, asked, {body.body_id for code, body in known.items() if code in told})
        if not rules.may_close(len(asked), open_before):
            self._put(kind, asked, made, open_before)
            held_back = set(ends)
        else:
            held_back = declined
        return [kept for change in changes if (kept := _without(change, held_back))]

    def _put(self, kind: RowKind, asked: Mapping[Proposed, Change], made: Decided, open_before: int) -> None:
        propose(by=self._by, at=self._at, proposed=[proposed for proposed in asked if _is_new(proposed, made)])
        self._result.proposals.extend(
            in_words(proposed.what, f"{kind} {change.code} ({change.known.of_body['name']})", ends_on=proposed.ends_on)
            for proposed, change in asked.items()
        )
        dormant = " or dormant" if any(proposed.what == ProposalKind.DORMANT for proposed in asked) else ""
        self._result.notes.append(
            f"{len(asked)} of {open_before} open are given as closed{dormant} ({kind}). "
            f"That is more than {rules.MOST_PER_CENT_CLOSED} % at once, so none was closed: "
            "look at the proposals (homeround proposals)."
        )

    def _withdraw(self, made: Decided, asked: Mapping[Proposed, Change], told: Container[int]) -> None:
        """Proposals that wait for bodies of which this edition tells otherwise now are taken back."""
        gone = [
            proposal.pk
            for proposed, proposal in made.items()
            if proposal.decided_at is None and proposed.body_id in told and proposed not in asked
        ]
        if gone:
            withdraw_proposals(by=self._by, at=self._at, numbers=gone)

    def propose_successions(self) -> None:
        """Put before a person the homes that look like new registrations of a place that is registered already."""
        rows = CareHome.objects.filter(body__closed_on=None).values_list(
            "body_id", "body__name", "postcode", "body__opened_on", "body__code", "succeeds_id"
        )
        homes = [rules.Registered(*row[:3], row[3]) for row in rows if row[3]]
        codes = {row[0]: row[4] for row in rows}
        settled = {(row[5], row[0]) for row in rows if row[5]}
        made = _made(Q(what=ProposalKind.SUCCEEDS))
        pairs = {
            Proposed(ProposalKind.SUCCEEDS, later.body_id, None, earlier.body_id): (earlier, later)
            for earlier, later in rules.registered_twice(homes)
            if (earlier.body_id, later.body_id) not in settled
        }
        propose(by=self._by, at=self._at, proposed=[proposed for proposed in pairs if _is_new(proposed, made)])
        self._result.proposals.extend(
            in_words(
                proposed.what,
                f"home {codes[later.body_id]} ({later.name})",
                ends_on=None,
                other=f"{codes[earlier.body_id]} ({earlier.name}, {earlier.postcode})",
            )
            for proposed, (earlier, later) in pairs.items()
            if _is_new(proposed, made) or made[proposed].decided_at is None
        )


def _made(which: Q) -> Decided:
    return {
        Proposed(ProposalKind(row.what), row.body_id, row.ends_on, row.other_id): row
        for row in Proposal.objects.filter(which)
    }


def _is_new(proposed: Proposed, made: Decided) -> bool:
    """Whether it was never proposed, or was taken back since."""
    known = made.get(proposed)
    return known is None or (known.decided_at is not None and known.accepted is None)


def _ends_in(change: Change) -> list[Proposed]:
    found = []
    ends_on = change.of_body.get("closed_on")
    if change.closes and isinstance(ends_on, date):
        found.append(Proposed(ProposalKind.CLOSES, change.known.body_id, ends_on))
    if change.goes_dormant:
        found.append(Proposed(ProposalKind.DORMANT, change.known.body_id))
    return found


def _without(change: Change, held_back: set[Proposed]) -> Change | None:
    """The change without what is held back; None when nothing else is left of it."""
    of_body, of_kind = dict(change.of_body), dict(change.of_kind)
    for proposed in _ends_in(change):
        if proposed in held_back:
            columns, column = (of_body, "closed_on") if proposed.what == ProposalKind.CLOSES else (of_kind, "dormant")
            columns.pop(column, None)
    return Change(change.code, change.known, of_body, of_kind) if of_body or of_kind else None
