"""Configuration of matching."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """See the package's docstring."""

    name = "accountability.matching"
    label = "matching"

    def ready(self) -> None:
        """Register holdings and offers."""
        from accountability.matching import holdings, offers

        holdings.register()
        offers.register()
