"""Configuration of threads."""

from django.apps import AppConfig


class ThreadsConfig(AppConfig):
    """See the package's docstring."""

    name = "caucuses.threads"
    label = "threads"

    def ready(self) -> None:
        """Register holdings and offers."""
        from caucuses.threads import holdings, offers

        holdings.register()
        offers.register()
