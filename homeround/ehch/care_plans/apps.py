"""The slice's place among Django's apps."""

from django.apps import AppConfig


class CarePlansConfig(AppConfig):
    """See the package's own words."""

    name = "homeround.ehch.care_plans"
    label = "care_plans"
