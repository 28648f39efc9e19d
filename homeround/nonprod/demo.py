"""`homeround demo`: build the demonstration, once, and list its homes and people."""

import json
from pathlib import Path

import click


@click.command("demo", epilog="Example: homeround demo --json")
@click.option(
    "--open-data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Use real homes, PCNs and practices of Devon from the official files in this folder. Residents stay invented.",
)
@click.option("--json", "as_json", is_flag=True, help="Write the homes and people for another program.")
def command(open_data: Path | None, as_json: bool) -> None:  # noqa: FBT001 - click passes it
    """Build the demonstration world and list its homes and people.

    Works on an empty database: makes the tables, stamps it a demonstration, builds a world of invented residents and
    seals its audit. On a demonstration that is built already it only lists. Refuses a live database.
    """
    from homeround.nonprod import demo_building  # noqa: PLC0415 - Django has started

    built = demo_building.build_once(open_data, tell=lambda words: click.echo(words, err=True))
    listed = demo_building.listed()
    if as_json:
        click.echo(json.dumps(listed, indent=2))
        return
    click.echo("The demonstration is built." if built else "The demonstration was built already; nothing was changed.")
    for home in listed["homes"]:
        click.echo(f"  {home['name']:40} {home['code']:14} {home['page']}")
    click.echo("")
    for person in listed["people"]:
        click.echo(f"  {person['username']:10} {person['role']:32} {person['place']}")
    click.echo(f"\nEverybody's password: {listed['people'][0]['password']}")
