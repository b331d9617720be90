"""What letter offers at the doors of the page."""


def register() -> None:
    """Make the offers."""
