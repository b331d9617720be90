"""Configuration of accountability."""

from django.apps import AppConfig


class AccountabilityConfig(AppConfig):
    """See the package's docstring."""

    name = "accountability"
