"""Configuration of backbone."""

from django.apps import AppConfig


class BackboneConfig(AppConfig):
    """See the package's docstring."""

    name = "backbone"

    def ready(self) -> None:
        """Register holdings and offers."""
        from backbone import holdings, offers
        from backbone.insights import holdings as insight_holdings
        from backbone.insights import offers as insight_offers
        from backbone.pulse import holdings as pulse_holdings
        from backbone.pulse import offers as pulse_offers

        rooms = (holdings, insight_holdings, pulse_holdings, offers, insight_offers, pulse_offers)
        for room in rooms:
            room.register()
