"""Configuration of buddies."""

from django.apps import AppConfig


class BuddiesConfig(AppConfig):
    """See the package's docstring."""

    name = "accountability.buddies"
    label = "buddies"

    def ready(self) -> None:
        """Register holdings and offers."""
        from accountability.buddies import holdings, offers

        holdings.register()
        offers.register()
