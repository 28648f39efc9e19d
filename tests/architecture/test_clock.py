"""The domain never asks the clock: instants come in as `at=`, days as `on=`."""

import ast
import re

from tests.architecture.source import Module, called, calls, dotted, modules, nodes

TIMELESS = ("homeround.ehch", "homeround.accounts", "homeround.directory")
ASKS = re.compile(
    r"(^|\.)(timezone\.(now|localtime|localdate)|(datetime|date)\.(now|utcnow|today)|time\.(time|time_ns|gmtime|localtime)"
    r"|Now|CurrentTimestamp)$"
)
IMPORTS = {
    "django.utils.timezone": {"now", "localtime", "localdate"},
    "django.db.models.functions": {"Now"},
    "time": {"time", "time_ns", "gmtime", "localtime"},
}
IN_SQL = re.compile(
    r"\b(CURRENT_TIMESTAMP|CURRENT_DATE|CURRENT_TIME|now\(\)|clock_timestamp|strftime\(.*'now')", re.IGNORECASE
)


def asks_the_clock(module: Module) -> list[str]:
    """Where a module asks the clock, by call, by reference, by import or in SQL."""
    found = [module.at(call) for call in calls(module.tree) if ASKS.search(called(call))]
    for node in nodes(module.tree):
        if isinstance(node, ast.ImportFrom):
            found += [module.at(node) for name in node.names if name.name in IMPORTS.get(node.module or "", ())]
        elif isinstance(node, ast.Attribute):
            found += [module.at(node)] if ASKS.search(dotted(node)) else []
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and IN_SQL.search(node.value):
            found.append(module.at(node))
    return found


def test_no_clock_in_the_domain() -> None:
    found = [place for module in modules() if module.name.startswith(TIMELESS) for place in asks_the_clock(module)]
    assert not found


CLOCKS = """\
from django.utils.timezone import now
from django.db.models.functions import Now
a = timezone.now()
b = datetime.datetime.now(UTC)
c = dict(default=timezone.now)
d = date.today()
e = time.time()
f = 'SELECT CURRENT_TIMESTAMP'
g = dict(default=datetime.date.today)
"""


def test_a_clock_would_be_found() -> None:
    module = Module(modules()[0].path, "homeround.ehch.made_up", CLOCKS, ast.parse(CLOCKS))
    assert {place.rsplit(":")[-1] for place in asks_the_clock(module)} == set("123456789")
