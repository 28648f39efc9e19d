"""`homeround run`: serve the pages, with one worker in the same process."""

import click

HERE = "127.0.0.1"


@click.command("run", epilog="Example: HOMEROUND_PORT=8080 homeround run")
@click.option("--address", default=HERE, show_default=True, help="The address of this machine to listen at.")
@click.option(
    "--beyond-this-machine", is_flag=True, help="Say a second time that others may reach a demonstration at --address."
)
def command(address: str, beyond_this_machine: bool) -> None:
    """Serve the pages at HOMEROUND_PORT (8000), with one worker.

    Does not start on a database that is not migrated, not stamped, or lacks a trigger of the audit. A demonstration
    is served on this machine only, unless told twice; a live database that no clinical safety officer has signed only
    with HOMEROUND_SERVE_UNSIGNED=yes. Stop it with Ctrl-C or SIGTERM.
    """
    from django.conf import settings  # noqa: PLC0415 - Django has started

    from homeround.cli import serving  # noqa: PLC0415
    from homeround.kernel import stamp  # noqa: PLC0415

    if stamp.is_demo() and address not in serving.LOOPBACK and not beyond_this_machine:
        raise click.UsageError("a demonstration is for this machine only: add --beyond-this-machine to mean it.")
    serving.refuse_unsigned_live()
    for wrong in serving.not_well_at_start():
        click.echo(f"homeround: {wrong}", err=True)
    serving.refuse_port_in_use(address, settings.PORT)
    serving.collect_static()
    serving.serve(
        address, settings.PORT, tell=lambda: click.echo(f"Homeround is at {settings.BASE_URL} (stop: Ctrl-C)")
    )
