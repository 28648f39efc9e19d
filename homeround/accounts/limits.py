"""How often something may be tried, for whom, and within what time: one table for sign-in, search and complaints.

Pure. The tries themselves are rows (`tries.py`), so a limit holds over all processes. ASVS 2.2.1, 11.1.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from homeround.kernel.reviewed import Reviewed, register


class Tried(StrEnum):
    """What is tried."""

    PASSWORD = "password"  # noqa: S105 - a word, not a secret
    CODE = "code"
    SAME_CODE = "same_code"
    WAY_IN = "way_in"
    SEARCH = "search"
    SAY_WRONG = "say_wrong"


class Per(StrEnum):
    """Whose tries are counted together."""

    ACCOUNT = "account"
    """Tries for one account from devices it has not been used on."""
    DEVICE = "device"
    """Tries for one account from one device it has been used on: nobody else can use these up."""
    ADDRESS = "address"
    PERSON = "person"


@dataclass(frozen=True)
class Limit:
    """At most so many within a time."""

    most: int
    within: timedelta


_QUARTER: Final = timedelta(minutes=15)

LIMITS: Final[Mapping[Tried, Mapping[Per, Limit]]] = {
    Tried.PASSWORD: {
        Per.ACCOUNT: Limit(5, _QUARTER),
        Per.DEVICE: Limit(5, _QUARTER),
        Per.ADDRESS: Limit(50, _QUARTER),
    },
    Tried.CODE: {
        Per.ACCOUNT: Limit(5, _QUARTER),
        Per.DEVICE: Limit(5, _QUARTER),
        Per.ADDRESS: Limit(50, _QUARTER),
    },
    Tried.SAME_CODE: {Per.ACCOUNT: Limit(1, timedelta(minutes=2))},
    Tried.WAY_IN: {Per.ACCOUNT: Limit(5, _QUARTER), Per.ADDRESS: Limit(20, _QUARTER)},
    Tried.SEARCH: {Per.PERSON: Limit(60, timedelta(minutes=10))},
    Tried.SAY_WRONG: {Per.PERSON: Limit(20, timedelta(hours=1)), Per.ADDRESS: Limit(10, timedelta(hours=1))},
}
"""A try that names a key without a limit here is not counted by it."""

LONGEST: Final = max(limit.within for of_thing in LIMITS.values() for limit in of_thing.values())
"""Older tries count for nothing, and are cleared."""

SIGN_INS_KEPT: Final = timedelta(days=180)
"""How long it is kept who signed in from where."""

DEVICE_KNOWN: Final = timedelta(days=180)
"""How long a device counts as one that an account has been used on."""

JUDGED: Final = frozenset({Tried.PASSWORD, Tried.CODE, Tried.WAY_IN})
"""What is right or wrong: of these only the wrong ones count. Of the rest every one counts."""

JUDGED_WITHIN: Final = timedelta(seconds=30)
"""A try about which nobody has said by then whether it was right (its process stopped) counts as a wrong one."""

WAITS_FOR_OTHERS: Final = timedelta(seconds=4)
"""How long a try waits for earlier ones of the same account that are being looked at just now."""

AT_ONCE: Final = "Several sign-ins of this account are being looked at just now. Wait a moment, then try again."

WORDS: Final[Mapping[Tried, str]] = {
    Tried.PASSWORD: "There were too many wrong passwords.",
    Tried.CODE: "There were too many wrong codes.",
    Tried.SAME_CODE: "This code has been used. Wait for the next one.",
    Tried.WAY_IN: "Too many codes that do not work were tried.",
    Tried.SEARCH: "You have searched many times in a short while.",
    Tried.SAY_WRONG: "Many messages came from here in a short while.",
}

REVIEWED: Final = register(
    "how often something may be tried",
    Reviewed(
        source="OWASP ASVS 4.0.3, 2.2.1 (no more than 100 failed tries an hour for an account); the numbers are ours",
        licence="facts only; no text of the source is shipped",
        mode="shipped",
        evidence="I",
        author="Homeround",
        checker="",
        reviewed_on=date(2026, 11, 26),
        next_review_on=date(2027, 11, 26),
    ),
)


def wait_words(wait: timedelta) -> str:
    """How long somebody has to wait, rounded up: `1 minute`, `15 minutes`."""
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    return f"{minutes} minute{'' if minutes == 1 else 's'}"
