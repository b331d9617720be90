"""Configuration of letter."""

from django.apps import AppConfig


class LetterConfig(AppConfig):
    """See the package's docstring."""

    name = "accountability.letter"
    label = "letter"

    def ready(self) -> None:
        """Register holdings and offers, and what makes public pages anew."""
        from accountability.letter import holdings, offers, watching

        holdings.register()
        offers.register()
        watching.watch()
