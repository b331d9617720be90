"""Configuration of meetings."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """See the package's docstring."""

    name = "caucuses.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Register holdings and offers."""
        from caucuses.meetings import holdings, offers

        holdings.register()
        offers.register()
