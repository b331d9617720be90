"""Configuration of the kernel."""

from django.apps import AppConfig
from django.core.signals import got_request_exception
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """The kernel; it registers its own small tables as holdings."""

    name = "core"
    verbose_name = "Kernel"

    def ready(self) -> None:
        """Register what the kernel holds about members; say who may be let in to a page or a document; say how tasks do."""
        from core import doors, faults, holdings, pages, walls
        from core.crypto import checks  # noqa: F401 (registers the checks)
        from core.tasks import signs

        holdings.register()
        doors.offer("sign", signs.signs, order=30)
        pages.offer_public_and_signed_in()
        got_request_exception.connect(faults.remember_kind, dispatch_uid="core.faults")
        post_migrate.connect(walls.build, sender=self, dispatch_uid="core.walls")
