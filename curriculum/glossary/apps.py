"""Configuration of the glossary."""

from django.apps import AppConfig


class GlossaryConfig(AppConfig):
    """See the package's docstring."""

    name = "curriculum.glossary"
    label = "glossary"
    verbose_name = "Glossary"

    def ready(self) -> None:
        """Register holdings and offers."""
        from accounts.models import Body
        from core import content
        from curriculum.glossary import holdings, offers
        from curriculum.glossary.models import InForce, Term

        holdings.register()
        offers.register()
        content.watch(Term, InForce, Body)  # the public files name the body that decided
