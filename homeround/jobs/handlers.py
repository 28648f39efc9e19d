"""What each job does. A handler takes the worker's name, asks the clock, and may be stopped at any point."""

from homeround.accounts import sessions, sign_in_events, tries
from homeround.jobs import condition
from homeround.jobs.clock import now
from homeround.kernel.audit import looks, seal, verify
from homeround.kernel.delivery import heartbeat, outbox
from homeround.kernel.record import actions, drafts


def beat(_worker: str) -> None:
    """Say that a worker is alive."""
    heartbeat.beat(now())


def beat_of_mail(_worker: str) -> None:
    """Say that messages are handed over."""
    heartbeat.beat(now(), heartbeat.MAIL)


def deliver(worker: str) -> None:
    """Hand over the messages that are due."""
    outbox.deliver_due(clock=now, worker=worker)


def bring_in_looks(_worker: str) -> None:
    """Bring looks that could not be logged in time into the log."""
    looks.bring_in()


def seal_log(_worker: str) -> None:
    """Seal the log, write the newest seal outside the database, and say when this database is older than that knows."""
    if seal.not_believed():
        heartbeat.found(heartbeat.FORGED, now())
    seal.seal(now())
    if any(found.what is not verify.Tampering.NO_ANCHOR for found in verify.older_than_known()):
        heartbeat.found(heartbeat.OLDER, now())
    else:
        heartbeat.is_over(heartbeat.OLDER)


def look_through(_worker: str) -> None:
    """Go through the file of the database, and say when it is damaged."""
    if condition.is_damaged():
        heartbeat.found(heartbeat.DAMAGED, now())
    else:
        heartbeat.is_over(heartbeat.DAMAGED)


def forget(_worker: str) -> None:
    """Forget what was typed and has ended (drafts, what was first sent under a token), old sign-ins and tries."""
    drafts.discard_ended(now())
    actions.forget_content(now())
    tries.forget_old(now())
    sign_in_events.forget_old(now())
    sessions.forget_ended(now())
