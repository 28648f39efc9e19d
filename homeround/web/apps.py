"""The Django app of the pages: templates and static files, no tables."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates and static files."""

    name = "homeround.web"
    label = "web"
