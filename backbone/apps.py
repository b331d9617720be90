"""Configuration of backbone."""

from django.apps import AppConfig


class BackboneConfig(AppConfig):
    """See the package's docstring."""

    name = "backbone"

    def ready(self) -> None:
        """Register holdings and offers."""
        from backbone import holdings, offers
        from backbone.pulse import holdings as pulse_holdings
        from backbone.pulse import offers as pulse_offers

        for room in (holdings, offers, pulse_holdings, pulse_offers):
            room.register()
