"""Configuration of care."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    """See the package's docstring."""

    name = "care"

    def ready(self) -> None:
        """Register holdings and offers."""
        from care import holdings, offers

        holdings.register()
        offers.register()
