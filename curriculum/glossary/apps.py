"""Configuration of the glossary."""

from django.apps import AppConfig
from django.core.checks import Tags
from django.core.checks import register as register_check


class GlossaryConfig(AppConfig):
    """See the package's docstring."""

    name = "curriculum.glossary"
    label = "glossary"
    verbose_name = "Glossary"

    def ready(self) -> None:
        """Register holdings, offers and the check of the setting."""
        from accounts.models import Body
        from core import content
        from curriculum.glossary import checks, holdings, offers
        from curriculum.glossary.models import InForce

        holdings.register()
        offers.register()
        register_check(checks.deciding_body_exists, Tags.database, checks.TAG)
        # A retirement says so itself, what is only proposed is not published; the public files name the body that decided.
        content.watch(InForce, Body)
