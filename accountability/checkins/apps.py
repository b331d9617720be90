"""Configuration of checkins."""

from django.apps import AppConfig


class CheckInsConfig(AppConfig):
    """See the package's docstring."""

    name = "accountability.checkins"
    label = "checkins"

    def ready(self) -> None:
        """Register holdings and offers."""
        from accountability.checkins import holdings, offers

        holdings.register()
        offers.register()
