"""The Django app of the kernel."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "homeround.kernel"
