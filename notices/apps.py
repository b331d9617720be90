"""Configuration of notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """See the package's docstring."""

    name = "notices"

    def ready(self) -> None:
        """Register holdings and offers."""
        from notices import holdings, offers

        holdings.register()
        offers.register()
