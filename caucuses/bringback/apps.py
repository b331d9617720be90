"""Configuration of bringback."""

from django.apps import AppConfig


class BringBackConfig(AppConfig):
    """See the package's docstring."""

    name = "caucuses.bringback"
    label = "bringback"

    def ready(self) -> None:
        """Register holdings and offers."""
        from caucuses.bringback import holdings, offers

        holdings.register()
        offers.register()
