"""The Django app of this slice."""

from django.apps import AppConfig


class CarePlansConfig(AppConfig):
    name = "homeround.ehch.care_plans"
