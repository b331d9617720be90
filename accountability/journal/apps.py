"""Configuration of the journal."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """See the package's docstring."""

    name = "accountability.journal"
    label = "journal"

    def ready(self) -> None:
        """Register holdings and offers."""
        from accountability.journal import holdings, offers

        holdings.register()
        offers.register()
