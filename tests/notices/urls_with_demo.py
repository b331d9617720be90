"""All addresses as in the demonstration: with its mailbox."""

from django.urls import include, path

from config.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
urlpatterns = [path("demo/mail/", include("notices.demo_urls")), *urlpatterns]
