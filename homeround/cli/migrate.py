"""`homeround migrate`: make or bring up to date the tables, with triggers and rights, and stamp the database."""

import click


@click.command("migrate", epilog="Example: homeround migrate --live")
@click.option("--live", is_flag=True, help="Stamp a new database live: for real people's data. It stays so for ever.")
def command(live: bool) -> None:
    """Make or bring up to date the tables.

    Where HOMEROUND_OWNER_DATABASE_URL names the role that owns the tables, it migrates as that role and gives the
    other one its rights. A new database is stamped a demonstration, or live with --live; a stamp is never changed.
    """
    from homeround.cli import migrating  # noqa: PLC0415 - Django has started
    from homeround.cli.readiness import counted  # noqa: PLC0415

    migrating.refuse_unfit(live=live)
    applied = migrating.bring_up_to_date()
    kind = migrating.stamp_as(live=live)
    done = f"{counted(applied, 'migration')} applied" if applied else "The tables were up to date"
    click.echo(f"{done}; triggers stand; this database is {'live' if kind == 'live' else 'a demonstration'}.")
