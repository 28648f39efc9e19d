"""The Django app of this slice."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "homeround.ehch.decisions"
