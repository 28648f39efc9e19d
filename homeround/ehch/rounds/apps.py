"""The slice's place among Django's apps."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """See the package's own words."""

    name = "homeround.ehch.rounds"
    label = "rounds"
