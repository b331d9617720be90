"""Configuration of cohorts."""

from django.apps import AppConfig


class CohortsConfig(AppConfig):
    """See the package's docstring."""

    name = "cohorts"

    def ready(self) -> None:
        """Register holdings and offers."""
        from cohorts import holdings, meeting_holdings, offers

        holdings.register()
        meeting_holdings.register()
        offers.register()
