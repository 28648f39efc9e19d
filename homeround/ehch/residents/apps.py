"""The slice's place among Django's apps."""

from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    """See the package's own words."""

    name = "homeround.ehch.residents"
    label = "residents"
