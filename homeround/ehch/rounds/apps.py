"""The Django app of this slice."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "homeround.ehch.rounds"
