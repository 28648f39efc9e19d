"""Two people do something at the same moment: each in a thread and a connection of its own.

For tests marked `django_db(transaction=True)`: what one does must be there for the other.
"""

import threading
from collections.abc import Callable

from django.db import connections

Outcome = object | Exception


def at_once(*calls: Callable[[], object]) -> list[Outcome]:
    """What each call returned or raised, in the order of the calls."""
    ready = threading.Barrier(len(calls))
    outcomes: list[Outcome] = [None] * len(calls)

    def run(place: int, call: Callable[[], object]) -> None:
        ready.wait()
        try:
            outcomes[place] = call()
        except Exception as refusal:  # noqa: BLE001 - what was raised is what the test looks at
            outcomes[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=numbered) for numbered in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def raised(outcomes: list[Outcome]) -> list[Exception]:
    """What was raised."""
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]
