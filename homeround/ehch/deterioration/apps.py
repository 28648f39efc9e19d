"""The Django app of this slice."""

from django.apps import AppConfig


class DeteriorationConfig(AppConfig):
    name = "homeround.ehch.deterioration"
