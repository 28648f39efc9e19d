"""A worker does what is due, survives what fails, ends when told to, and delivers once though it is killed."""

import socket
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError

from homeround.jobs import handlers
from homeround.jobs.schedule import MAIL, RECORD, SCHEDULE, Job
from homeround.jobs.worker import Worker
from homeround.kernel.models import Heartbeat
from tests.inbox import receiving
from tests.installation import END_WITHIN, Installation, kill

MINUTE = timedelta(minutes=1)


class Tried:
    """A handler that counts its turns, and fails as told."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.turns = 0
        self.problem = problem

    def __call__(self, _worker: str) -> None:
        self.turns += 1
        if self.problem:
            raise self.problem


@pytest.mark.django_db(transaction=True)
class TestTurns:
    """Which job is done when."""

    def test_each_job_is_done_when_its_time_has_come(self) -> None:
        often, seldom = Tried(), Tried()
        worker = Worker([Job("often", MINUTE, often), Job("seldom", 10 * MINUTE, seldom)])
        for seconds in (100, 130, 160, 219, 220, 700):
            worker.do_due(seconds)
        assert (often.turns, seldom.turns) == (4, 2)

    def test_what_fails_stops_no_other_job_and_is_tried_again(self, caplog: pytest.LogCaptureFixture) -> None:
        locked, broken, fine = (
            Tried(OperationalError("database is locked")),
            Tried(ValueError("Margaret Hill")),
            Tried(),
        )
        worker = Worker([Job(name, MINUTE, job) for name, job in (("a", locked), ("b", broken), ("c", fine))])
        worker.do_due(100)
        worker.do_due(160)
        assert (locked.turns, broken.turns, fine.turns) == (2, 2, 2)
        assert "failed: b (ValueError)" in caplog.text
        assert "Margaret" not in caplog.text, "logs hold no names"

    def test_a_worker_told_to_stop_begins_no_other_job(self) -> None:
        after = Tried()
        worker = Worker()
        worker._schedule = [Job("stops", MINUTE, lambda _: worker.stop()), Job("after", MINUTE, after)]
        worker._next_at = dict.fromkeys(worker._schedule, 0.0)
        worker.do_due(100)
        assert after.turns == 0

    def test_names_are_unlike(self) -> None:
        assert Worker().name != Worker().name
        assert len(Worker().name) <= 64

    def test_the_whole_schedule_runs_and_says_it_lives(self, settings: Any, tmp_path: Any) -> None:
        settings.AUDIT_ANCHOR = tmp_path / "anchor.json"
        settings.AUDIT_SPOOL = tmp_path / "spool"
        Worker(SCHEDULE).do_due(100)
        assert Heartbeat.objects.filter(name="worker").exists()
        assert settings.AUDIT_ANCHOR.exists()


@pytest.mark.django_db(transaction=True)
def test_a_job_that_waits_holds_up_no_other_lane() -> None:
    """Mail that hangs: the record is sealed and the sign of life given all the same, and it still ends when told to."""
    hangs, sealed = threading.Event(), threading.Event()

    def hang(_: str) -> None:
        hangs.wait(30)

    schedule = [
        Job("deliver", MINUTE, hang, MAIL),
        Job("seal", MINUTE, lambda _: sealed.set(), RECORD),
    ]
    worker = Worker(schedule)
    thread = threading.Thread(target=worker.run)
    thread.start()
    assert sealed.wait(10)
    hangs.set()
    worker.stop()
    thread.join(10)
    assert not thread.is_alive()


def test_only_mail_is_in_the_lane_of_mail() -> None:
    assert [job.handler for job in SCHEDULE if job.lane == MAIL] == [handlers.beat_of_mail, handlers.deliver]


DELIVER_LATER = """
from datetime import timedelta
from homeround.jobs.clock import now
from homeround.kernel.delivery import outbox
print(outbox.deliver_due(clock=lambda: now() + timedelta(minutes={minutes}), worker="another"))
"""


QUEUE_THREE = """
from homeround.accounts.models import User
from homeround.jobs.clock import now
from homeround.kernel.delivery import outbox
from homeround.kernel.audit.actor import SystemActor, acting
user = User.objects.get(username="gil").pk
with acting(SystemActor("tests", "tests")):
    for key in ("one", "two", "three"):
        outbox.queue(purpose="awaiting reply", about={"ask": 1}, dedupe_key=key, at=now(), user_id=user)
"""


@pytest.mark.slow
def test_a_worker_killed_before_hand_over_delivers_once(copy_of_demo: Installation) -> None:
    """The first worker has leased a message and talks to a server that never answers when it is killed."""
    copy_of_demo.python(DELIVER_LATER.format(minutes=0) + QUEUE_THREE)
    queued = [ref for (ref,) in copy_of_demo.rows("SELECT ref FROM kernel_outbox WHERE handed_over_at IS NULL")]
    assert len(queued) == 3
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(60)
        port = silent.getsockname()[1]
        worker = copy_of_demo.start("worker", HOMEROUND_MAIL_URL=f"smtp://127.0.0.1:{port}")
        try:
            talking, _ = silent.accept()
        finally:
            kill(worker)
        talking.close()
    assert copy_of_demo.rows("SELECT attempts FROM kernel_outbox WHERE leased_until IS NOT NULL") == [(1,)]

    with receiving() as inbox:
        url = f"smtp://127.0.0.1:{inbox.port}"
        for minutes in (0, 6, 60):  # while the lease of the dead worker lasts, after it, and once more
            copy_of_demo.python(DELIVER_LATER.format(minutes=minutes), HOMEROUND_MAIL_URL=url)
            assert len(inbox.ids) == len(queued) - (minutes == 0)
    assert sorted(inbox.ids) == sorted(f"<{ref}@127.0.0.1>" for ref in queued)


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_worker_ends_when_told_to(copy_of_demo: Installation) -> None:
    worker = copy_of_demo.start("worker")
    assert worker.stdout is not None
    assert "is at work" in worker.stdout.readline()
    worker.terminate()
    said, _ = worker.communicate(timeout=END_WITHIN)
    assert worker.returncode == 0
    assert said == "Worker stopped.\n"
