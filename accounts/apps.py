"""Configuration of accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Members, organizations, bodies, roles."""

    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Register holdings, doors and signal receivers."""
        from accounts import holdings, offers, signals
        from accounts.models import Initiative
        from core import content

        holdings.register()
        offers.register()
        signals.connect()
        content.watch(Initiative)
