"""The directory's place among Django's apps."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Bodies of the NHS and of care."""

    name = "homeround.directory"
    label = "directory"
