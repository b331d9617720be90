"""Configuration of concerns."""

from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    """See the package's docstring."""

    name = "caucuses.concerns"
    label = "concerns"

    def ready(self) -> None:
        """Register holdings and offers."""
        from caucuses.concerns import holdings, offers

        holdings.register()
        offers.register()
