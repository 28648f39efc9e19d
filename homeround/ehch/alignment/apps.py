"""The slice's place among Django's apps."""

from django.apps import AppConfig


class AlignmentConfig(AppConfig):
    """See the package's own words."""

    name = "homeround.ehch.alignment"
    label = "alignment"
