"""The `homeround` command as it is installed: the commands of cli, and those that nonprod adds. Imports no Django."""

from typing import NoReturn

from homeround.cli.main import main as command_line
from homeround.cli.main import offer

offer("demo", "homeround.nonprod.demo", "Build the demonstration world and list its homes and people.")


def main() -> NoReturn:
    """Run the command line and end the process with its exit code."""
    command_line()
