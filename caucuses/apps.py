"""Configuration of caucuses."""

from django.apps import AppConfig


class CaucusesConfig(AppConfig):
    """See the package's docstring."""

    name = "caucuses"
