"""The slice's place among Django's apps."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """See the package's own words."""

    name = "homeround.ehch.decisions"
    label = "decisions"
