"""The `homeround` command as it is installed: the commands of cli, and those that nonprod adds. Sets no Django up."""

import os
from typing import NoReturn

from homeround.cli.main import main as command_line
from homeround.cli.main import offer
from homeround.cli.start import Needs, look_before_settings
from homeround.config import environment

offer(
    "demo",
    "homeround.nonprod.demo",
    "Build the demonstration world and list its homes and people.",
    Needs.SETTINGS,
)

look_before_settings(lambda: environment.no_database(os.environ))


def main() -> NoReturn:
    """Run the command line and end the process with its exit code."""
    os.umask(0o077)  # whatever a command makes, its owner only may read it
    command_line()
