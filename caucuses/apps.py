"""Configuration of caucuses."""

from django.apps import AppConfig


class CaucusesConfig(AppConfig):
    """See the package's docstring."""

    name = "caucuses"

    def ready(self) -> None:
        """Register holdings and offers."""
        from caucuses import holdings, offers

        holdings.register()
        offers.register()
