"""`homeround deadline`: by when a person who arrives on a day has been assessed and has a plan. Needs no database."""

import json
import re
from datetime import date

import click

from homeround.ehch.residents.rules import DueDates, due_dates
from homeround.kernel.calendar.bank_holidays import ENGLAND
from homeround.kernel.calendar.times import shown_date


@click.command("deadline", epilog="Example: homeround deadline 2026-12-23 2026-12-24 --json")
@click.argument("arrived", metavar="DATE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Write a list of objects for another program.")
def command(arrived: tuple[str, ...], as_json: bool) -> None:
    """Work out when assessment and plan are due after an arrival.

    DATE is the day somebody moved in or came back from hospital, as year-month-day. That day is day 0; both are due
    by the end of the 7th working day. A date counted past the last known bank holiday says that it is provisional.
    """
    worked_out = [(on, _due(on)) for on in map(_day, arrived)]
    if as_json:
        click.echo(json.dumps([_as_json(on, due) for on, due in worked_out], indent=2))
        return
    for on, due in worked_out:
        click.echo(f"Arrived {shown_date(on)}: due by the end of {shown_date(due.due_on)}{_provisional(due)}")
        click.echo(f"    {due.reasoning}")


def _day(typed: str) -> date:
    """A day written as year-month-day, and in no other way that Python would read as one."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", typed):
        raise click.BadParameter(f"{typed!r} is not a date. Write it as year-month-day, for example 2026-12-23.")
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise click.BadParameter(f"there is no day {typed}. Look at the month and the day.") from None


def _due(arrived_on: date) -> DueDates:
    try:
        return due_dates(arrived_on, ENGLAND)
    except OverflowError:
        raise click.BadParameter(f"{arrived_on} is too far ahead to count from. Look at the year.") from None


def _provisional(due: DueDates) -> str:
    return " (provisional)" if due.provisional else ""


def _as_json(arrived_on: date, due: DueDates) -> dict[str, str | bool]:
    return {
        "arrived_on": arrived_on.isoformat(),
        "due_working_on": due.due_working_on.isoformat(),
        "due_calendar_on": due.due_calendar_on.isoformat(),
        "provisional": due.provisional,
    }
