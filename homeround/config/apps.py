"""Plugs the ports once every app has been loaded."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "homeround.config"
    label = "config"

    def ready(self) -> None:
        from homeround.config import wiring  # noqa: PLC0415 - ports are plugged when all models are there

        wiring.plug()
