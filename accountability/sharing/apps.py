"""Configuration of sharing."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """See the package's docstring."""

    name = "accountability.sharing"
    label = "sharing"

    def ready(self) -> None:
        """Register holdings and offers."""
        from accountability.sharing import holdings, offers

        holdings.register()
        offers.register()
