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

        holdings.register()
        insight_holdings.register()
        offers.register()
        insight_offers.register()
