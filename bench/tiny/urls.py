"""Wagtail's addresses as a new project has them: its editors' admin, its documents, its pages. Only pages are asked for.

The admin belongs to the yardstick of memory: every site that is edited holds its code.
"""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include(wagtail_urls)),
]
