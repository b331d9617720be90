"""Configuration of backbone."""

from django.apps import AppConfig


class BackboneConfig(AppConfig):
    """See the package's docstring."""

    name = "backbone"

    def ready(self) -> None:
        """Register holdings and offers."""
        from backbone import holdings, offers

        holdings.register()
        offers.register()
