"""The kernel as a Django app: what it does when the process starts and when tables change."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """What any NHS service needs; knows nothing of care homes."""

    name = "homeround.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"
