"""`@action`: one transaction, one actor, once for each token. H35.

The outermost action tidies every text it is given (record/words.py), opens the transaction, tells the database who acts
and claims the client's token; an action called by an action joins all four. A token belongs to a membership, an action,
a subject and the content first sent with it: the same content again gives the same result, other content raises
SaidOtherwise with what was first sent. Where the database finds that somebody else has just written what there may be
only one of, nothing is written and ChangedMeanwhile says so.
"""

import dataclasses
import enum
import functools
import hashlib
import json
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final, ParamSpec, TypeVar, cast

from django.db import IntegrityError, connection

from homeround.kernel.audit.actor import Actor, acting
from homeround.kernel.models import Done
from homeround.kernel.policy import CONTENT_KEPT
from homeround.kernel.record import sent
from homeround.kernel.record.words import tidied
from homeround.kernel.refusals import ChangedMeanwhile, SaidOtherwise

P = ParamSpec("P")
R = TypeVar("R", bound="str | int | list[Any] | dict[str, Any] | None")
"""Results are plain JSON: a repeated request is answered from the stored result."""

_by_of_outermost: ContextVar[Actor | None] = ContextVar("homeround_action", default=None)


def action(fn: Callable[P, R]) -> Callable[P, R]:
    """Mark a keyword-only function (`by=`, `at=`, `token=None`, ...) as something that can be done."""

    @functools.wraps(fn)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        by = cast("Actor", kwargs["by"])
        outer = _by_of_outermost.get()
        if outer is not None:
            if outer != by:
                raise RuntimeError(f"{fn.__qualname__} is called inside an action of somebody else")
            return fn(*args, **kwargs)
        given = tidied(kwargs)
        mark = _by_of_outermost.set(by)
        try:
            with acting(by, typed_for=_membership_of(kwargs.get("for_whom")), savepoint=sent.now_sending() is None):
                return _once(fn, *args, **given)
        except IntegrityError as error:
            if not _is_taken(error):
                raise
            raise _at_the_same_time(cast("datetime", kwargs["at"])) from None
        finally:
            _by_of_outermost.reset(mark)

    run.is_action = True  # type: ignore[attr-defined]  # the access matrix finds every action by it
    return run


def _is_taken(error: IntegrityError) -> bool:
    """Whether somebody has written what there may be only one of: the action looked, and they were faster."""
    return getattr(error.__cause__, "sqlstate", "") == UNIQUE_VIOLATION or "UNIQUE constraint failed" in str(error)


UNIQUE_VIOLATION: Final = "23505"
"""PostgreSQL's code; SQLite has only words."""


def _at_the_same_time(at: datetime) -> ChangedMeanwhile:
    then = "It was saved at the same moment, and yours is not. Open the page again to see what stands now."
    return ChangedMeanwhile("This", "somebody else", at, {}, then=then)


def in_action() -> bool:
    """Is an action running? What may only happen inside one asks this."""
    return _by_of_outermost.get() is not None


def _once(fn: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    by, token = cast("Actor", kwargs["by"]), kwargs.get("token")
    if token is None:
        return fn(*args, **kwargs)
    if by.membership_id is None:
        raise RuntimeError("a token belongs to a membership; commands and the worker send none")
    at, form = cast("datetime", kwargs["at"]), sent.now_sending()
    content = canonical({key: value for key, value in kwargs.items() if key not in ("by", "at", "token")})
    claim = Done(
        membership_id=by.membership_id,
        action=f"{fn.__module__}.{fn.__qualname__}",
        subject=str(kwargs.get("ref") or ""),
        token=str(token),
        digest=hashlib.sha256(content.encode()).hexdigest(),
        content=content,
        form=form.form if form else "",
        sent=form.digest if form else "",
        done_at=at,
        expires_at=at + CONTENT_KEPT,
    )
    if not _claim(claim):
        return cast("R", _result_of_first(claim))
    result = fn(*args, **kwargs)
    if form is None:
        sent.same_token(claim).update(result=json.dumps(result))
    else:  # written with the answer, in the same transaction
        form.results.append((claim, json.dumps(result)))
    return result


def _claim(claim: Done) -> bool:
    """Is this the first with its token? On PostgreSQL a second waits here until the first has committed or failed."""
    values: dict[str, str | int | None] = {
        "membership_id": claim.membership_id,
        "action": claim.action,
        "subject": claim.subject,
        "token": claim.token,
        "digest": claim.digest,
        "content": claim.content,
        "result": "",
        "form": claim.form,
        "sent": claim.sent,
        "answer": "",
        "done_at": connection.ops.adapt_datetimefield_value(claim.done_at),
        "expires_at": connection.ops.adapt_datetimefield_value(claim.expires_at),
    }
    columns, places = ", ".join(values), ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO kernel_done ({columns}) VALUES ({places}) ON CONFLICT DO NOTHING",  # noqa: S608 - our own names
            list(values.values()),
        )
        return bool(cursor.rowcount == 1)


def _result_of_first(claim: Done) -> object:
    first = sent.same_token(claim).get()
    if first.digest != claim.digest:
        raise SaidOtherwise(readable(first.content))
    form = sent.now_sending()
    return json.loads(first.result or (form.result_of(claim) if form else "null"))


def readable(content: str) -> Mapping[str, str]:
    """What was first sent, field by field, as text; empty once its 24 hours are over."""
    if not content:
        return {}
    return _flat(json.loads(content))


def _flat(content: Mapping[str, object]) -> dict[str, str]:
    """Field by field; what is grouped in an argument (a review with its decision) stands under its own names."""
    fields: dict[str, str] = {}
    for key, value in content.items():
        if isinstance(value, dict):
            fields |= _flat(value)
        else:
            fields[key] = "" if value is None else str(value)
    return fields


def forget_content(at: datetime) -> int:
    """Empty what was first sent where its time is over (for the worker); returns how many. Tokens stay claimed."""
    return Done.objects.filter(expires_at__lte=at).exclude(content="").update(content="")


def canonical(content: Mapping[str, object]) -> str:
    """The same content always as the same text: keys in order, dates as ISO 8601. Raises TypeError for what has no
    text.
    """
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_as_json)


def _as_json(value: object) -> object:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, set | frozenset):
        return sorted(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    raise TypeError(f"{type(value).__name__} cannot be sent with a token")


def _membership_of(for_whom: object) -> int | None:
    """The number of the membership somebody types for, given as a viewer or as the number itself."""
    if for_whom is None or isinstance(for_whom, int):
        return for_whom
    return cast("Actor", for_whom).membership_id
