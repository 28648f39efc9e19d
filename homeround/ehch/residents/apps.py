"""The Django app of this slice."""

from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    name = "homeround.ehch.residents"
