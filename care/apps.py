"""Configuration of care."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    """See the package's docstring."""

    name = "care"

    def ready(self) -> None:
        """Register offers."""
        from care import offers

        offers.register()
