"""The slice's place among Django's apps."""

from django.apps import AppConfig


class DeteriorationConfig(AppConfig):
    """See the package's own words."""

    name = "homeround.ehch.deterioration"
    label = "deterioration"
