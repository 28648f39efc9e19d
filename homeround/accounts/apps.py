"""The accounts' place among Django's apps."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users and memberships."""

    name = "homeround.accounts"
    label = "accounts"
