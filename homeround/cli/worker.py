"""`homeround worker`: run one more worker beside the one of `homeround run`."""

import signal

import click


@click.command("worker", epilog="Example: homeround worker")
def command() -> None:
    """Run one more worker.

    A worker delivers messages, seals the audit log every minute, brings in looks that wait in files, and forgets
    drafts that have ended. 'homeround run' has one already. Stop it with Ctrl-C or SIGTERM: it ends what it is at.
    """
    from homeround.jobs.worker import Worker  # noqa: PLC0415 - Django has started

    worker = Worker()
    for stops in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stops, lambda *_: worker.stop())
    click.echo(f"Worker {worker.name} is at work. Stop it with Ctrl-C.")
    worker.run()
    click.echo("Worker stopped.")
