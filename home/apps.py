"""Configuration of home."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """See the package's docstring."""

    name = "home"

    def ready(self) -> None:
        """Register offers."""
        from home import offers

        offers.register()
