"""Configuration of commitments."""

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    """See the package's docstring."""

    name = "accountability.commitments"
    label = "commitments"

    def ready(self) -> None:
        """Register holdings and offers."""
        from accountability.commitments import holdings, offers, watching

        holdings.register()
        offers.register()
        watching.watch()
