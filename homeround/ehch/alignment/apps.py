"""The Django app of this slice."""

from django.apps import AppConfig


class AlignmentConfig(AppConfig):
    name = "homeround.ehch.alignment"
