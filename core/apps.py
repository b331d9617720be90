"""Configuration of the kernel."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The kernel; it registers its own small tables as holdings."""

    name = "core"
    verbose_name = "Kernel"

    def ready(self) -> None:
        """Register what the kernel holds about members."""
        from core import holdings

        holdings.register()
