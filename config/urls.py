"""All addresses. Wagtail's own log-in doors and its people pages are shut before its addresses are included.

Models that its addresses name and that are not offered there are shut in `core.admin_doors`.
"""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern
from wagtail.views import serve

from accounts.shut_doors import gone, to_sign_out, to_the_one_door
from accounts.views.cms_account import CmsAccountView
from core import health
from core import views as core_views
from core.access import ANYONE, open_to
from core.sitemaps import OfferedSitemap

handler400 = core_views.bad_request
handler403 = core_views.permission_denied
handler404 = core_views.page_not_found
handler500 = core_views.server_error

SITEMAPS = {"sitemaps": {"site": OfferedSitemap}}

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", core_views.robots_show, name="robots_show"),
    path("sitemap.xml", open_to(ANYONE)(sitemap), SITEMAPS, name="sitemap_show"),
    path("media/images/<path:name>", core_views.media_image, name="media_image"),
    path("i18n/setlang/", core_views.language_set, name="set_language"),
    # One log-in door: every other one leads to it or is gone.
    path("admin/login/", to_the_one_door),
    path("admin/logout/", to_sign_out),
    re_path(r"^admin/(?:password_reset|users|groups)/", gone),
    re_path(r"^admin/(?:failwhale|test404)/", gone),  # Wagtail's tests of its own error pages
    path("_util/login/", to_the_one_door, name="wagtailcore_login"),
    re_path(r"^_util/", gone),
    re_path(r"^django-admin/", gone),
    path("admin/account/", require_admin_access(CmsAccountView.as_view())),
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^documents/authenticate_with_password/", gone),
    re_path(
        r"^documents/(\d+)/(.*)$", core_views.document_show
    ),  # before Wagtail's, which knows no parts of files
    path("documents/", include(wagtaildocs_urls)),
    path("", include("home.urls")),
    path("", include("care.urls")),
    path("", include("accounts.urls")),
    path("", include("notices.urls")),
    path("", include("cohorts.urls")),
    path("", include("curriculum.urls")),
    path("", include("curriculum.glossary.formats.urls")),
    path("glossary/", include("curriculum.glossary.urls")),
    path("journal/", include("accountability.sharing.urls")),
    path("journal/", include("accountability.journal.urls")),
    path("buddy/check-ins/", include("accountability.checkins.urls")),
    path("buddy/matching/", include("accountability.matching.urls")),
    path("buddy/", include("accountability.buddies.urls")),
    path("commitments/letter/", include("accountability.letter.urls")),
    path("commitments/", include("accountability.commitments.urls")),
    path("", include("caucuses.bringback.cohort_urls")),
    path("", include("caucuses.meetings.feed_urls")),
    path("caucuses/<uuid:caucus_id>/threads/", include("caucuses.threads.urls")),
    path("caucuses/<uuid:caucus_id>/meetings/", include("caucuses.meetings.urls")),
    path("caucuses/<uuid:caucus_id>/notes/", include("caucuses.bringback.urls")),
    path("caucuses/<uuid:caucus_id>/reports/", include("caucuses.concerns.urls")),
    path("caucuses/", include("caucuses.urls")),
    path("", include("backbone.insights.urls")),
    path("", include("backbone.pulse.urls")),
    path("backbone/", include("backbone.urls")),
    path("operations/", include("operations.urls")),
    path("account/", include("allauth.urls")),
]
if settings.DEMO or settings.DEBUG:
    urlpatterns.append(path("demo/mail/", include("notices.demo_urls")))

urlpatterns += i18n_patterns(
    path("learn/", include("curriculum.learn_urls")),
    re_path(serve_pattern, open_to(ANYONE)(serve), name="wagtail_serve"),
    prefix_default_language=False,
)
