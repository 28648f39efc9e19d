"""Numbers of the kernel that are policy: reviewed data with defaults, to be agreed by those who run a service
(trust.md).
"""

from datetime import date, timedelta
from typing import Final

from homeround.kernel.reviewed import Reviewed, register

THREADS_THAT_SERVE: Final = 4
"""Threads of a serving process. Forms get one fewer, so that reading never waits behind saving."""

DISK_LEAST: Final = 500 * 1024 * 1024
"""Bytes free on a disk below which it counts as nearly full: days of writing for one PCN, not minutes."""

SAVING_IS_SLOW: Final = timedelta(seconds=1)
"""How long whoever saves may wait for the database before it counts as slow: many times what saving takes."""

SEALS_LATE_AFTER: Final = timedelta(minutes=10)
"""How long an entry of the log may wait for its seal."""

LOOK_WAITS: Final = timedelta(seconds=2)
"""How long a page waits for the log before its look is written to a file instead."""

SEAL_WAITS: Final = timedelta(seconds=2)
"""How long the seal waits for writers in flight, and so the longest that it can hold a writer up."""

TRIES: Final = 8
"""Tries to hand a message over before it is given up and shown to whoever relies on it."""

GIVE_UP_AFTER: Final = timedelta(hours=4)
"""A message that is not handed over by then counts as undelivered, whatever the number of tries."""

FIRST_RETRY: Final = timedelta(minutes=1)
"""The wait after the first failed try; each later wait is twice the one before. Eight tries take about two hours."""

MAIL_CONNECTS: Final = timedelta(seconds=10)
"""How long a mail server may take to answer one step of the talk."""

MAIL_MESSAGE: Final = timedelta(seconds=45)
"""How long a mail server may take for one message as a whole, however slowly it goes on answering."""

MAIL_PASS: Final = timedelta(minutes=1)
"""How long messages are handed over before the sign of life is given again."""

SEVERAL_TRIES: Final = 3
"""Failed tries of one message, about seven minutes, after which mail counts as failing."""

LEASE: Final = timedelta(minutes=5)
"""How long a worker has for one message before another may take it over."""

SILENT_AFTER: Final = timedelta(minutes=5)
"""How long after a worker's last sign of life pages say that no reminders are sent."""

CONTENT_KEPT: Final = timedelta(hours=24)
"""How long what was first sent under a token stays readable, to be shown beside other content."""

DRAFT_KEPT: Final = timedelta(days=7)
"""How long an unsent draft is kept after it was last saved."""

REVIEWED: Final = register(
    "kernel policy",
    Reviewed(
        source="Decided with the design of trust: audit, outbox, tokens, drafts.",
        licence="own",
        mode="shipped",
        evidence="I",
        author="Homeround",
        checker="",
        reviewed_on=date(2026, 11, 21),
        next_review_on=date(2027, 11, 21),
    ),
)
