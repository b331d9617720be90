"""Configuration of backbone."""

from django.apps import AppConfig


class BackboneConfig(AppConfig):
    """See the package's docstring."""

    name = "backbone"

    def ready(self) -> None:
        """Register offers."""
        from backbone import offers

        offers.register()
