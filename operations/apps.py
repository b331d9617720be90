"""Configuration of operations."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """See the package's docstring."""

    name = "operations"

    def ready(self) -> None:
        """Make the offers."""
        from operations import offers

        offers.register()
