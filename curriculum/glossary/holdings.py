"""What the glossary holds: nothing about a member yet."""

from core.register import Holding, hold


def register() -> None:
    """Register the holding of the glossary."""
    hold(Holding(name="glossary", models=("glossary.Term",)))
