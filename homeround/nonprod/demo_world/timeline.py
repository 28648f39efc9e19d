"""What happens in the demo, done in the order in which it happened: some things only follow from others."""

import heapq
from collections.abc import Callable
from datetime import datetime, time, timedelta
from itertools import count

from homeround.kernel.calendar.times import from_london, london_date

Event = Callable[[datetime], object]


class Timeline:
    """Events up to now; what would happen later does not happen."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._waiting: list[tuple[datetime, int, Event]] = []
        self._serial = count()

    def put(self, at: datetime, event: Event) -> None:
        """Let something happen at an instant; events may put others."""
        if at <= self.now:
            heapq.heappush(self._waiting, (at, next(self._serial), event))

    def run(self) -> None:
        """Let everything happen."""
        while self._waiting:
            at, _, event = heapq.heappop(self._waiting)
            event(at)

    def days_ago(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        """An hour of the day, in London, some days before today; an hour that has not come yet is an hour ago."""
        there = from_london(london_date(self.now) - timedelta(days=days), time(hour, minute), "first")
        return min(there, self.now - timedelta(hours=1))

    def in_week(self, weeks_ago: int, weekday: int, hour: int) -> datetime:
        """An hour on a weekday (0 is Monday) of this week (0) or an earlier one."""
        today = london_date(self.now)
        on = today - timedelta(days=today.weekday() + 7 * weeks_ago - weekday)
        return from_london(on, time(hour), "first")
