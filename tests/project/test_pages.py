"""No page of the site escapes the browser: each line of the access table is looked at, or is no page."""

import re

from tests.browser.pages import WALKS
from tests.browser.visits import NO_PAGES as OF_THE_ROOMS
from tests.browser.ways import plain_route
from tests.project.source import shown, tracked
from tests.project.test_access import rows

NO_PAGES = {
    # answers for machines, and files
    "healthz", "readyz", "robots.txt", "sitemap.xml", ".well-known/security.txt", "media/images/<path:name>",
    "documents/(\\d+)/(.*)$", "^documents/(\\d+)/(.*)$", "account/2fa/recovery-codes/download/", "account/2fa/webauthn/login/",
    "maps/<slug:drawing>.svg", "glossary.json", "glossary.jsonld", "glossary.ttl", "glossary.csv", "glossary/changes.atom",
    "cohorts/<slug:slug>/insights.csv", "cohorts/<slug:slug>/insights.json",
    "learn/record/file/", "learn/<slug:module>/session-plan/file/", "learn/<slug:module>/print/file/",
    # acts, which lead to a page
    "i18n/setlang/", "account/notices/read/", "account/notices/<uuid:notice_id>/read/",
    "account/seats/<uuid:seat_id>/accept/", "account/seats/<uuid:seat_id>/decline/",
    "cohorts/<slug:slug>/announcements/", "cohorts/<slug:slug>/talk/",
    "cohorts/<slug:slug>/talk/<uuid:prompt_id>/replies/", "cohorts/<slug:slug>/talk/<uuid:prompt_id>/replies/<uuid:reply_id>/",
    "glossary/decide/", "glossary/<slug:slug>/read/",
    *(f"glossary/<slug:slug>/proposals/<uuid:proposal_id>/{act}/" for act in (
        "open", "withdraw", "comments", "comments/<uuid:comment_id>/settle", "adopt", "decline", "confirm", "discard",
    )),
    "journal/stay/", "journal/lock/", "journal/write/keep/", "journal/<uuid:entry_id>/keep/",
    "journal/<uuid:entry_id>/restore/",
    "progress/keep/", "progress/<uuid:lesson_key>/",
    # shut, or leading to the one log-in
    "^admin/(?:failwhale|test404)/", "^admin/(?:password_reset|users|groups)/", "_util/login/", "^_util/", "^django-admin/",
    "^documents/authenticate_with_password/", "documents/authenticate_with_password/<int:restriction_id>/",
}  # fmt: skip


def visited():
    return {visit.route for _person, visits in WALKS.values() for visit in visits} | {""}


def test_every_page_of_the_table_is_visited():
    routes = {plain_route(route) for route, *_rest in rows(admin=False)}

    assert routes - visited() - NO_PAGES - OF_THE_ROOMS == set()
    assert (NO_PAGES | OF_THE_ROOMS) - routes == set()


def test_every_visit_has_a_name_of_its_own():
    names = [visit.name for _person, visits in WALKS.values() for visit in visits]

    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_template_of_an_error_is_visited():
    """Their pages have no address: the visit is named after the status, or comes with it."""
    errors = {path.stem for path in tracked("templates/*.html") if re.fullmatch(r"[45]\d\d", path.stem)}  # fmt: skip
    statuses = {str(visit.status) for _person, visits in WALKS.values() for visit in visits}

    assert errors - statuses == set(), [shown(path) for path in tracked("templates/*.html")]
