"""Configuration of the curriculum."""

from django.apps import AppConfig


class CurriculumConfig(AppConfig):
    """See the package's docstring."""

    name = "curriculum"
    verbose_name = "Curriculum"

    def ready(self) -> None:
        """Register holdings and offers."""
        from curriculum import holdings, offers, signals
        from curriculum.paper import holdings as paper_holdings

        holdings.register()
        paper_holdings.register()
        offers.register()
        signals.connect()
