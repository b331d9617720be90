"""What every answer carries, on each kind of page: nothing from elsewhere, nothing kept, nothing told to other sites."""

import io
import re

import pytest
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from curriculum.models import LessonPage
from tests.project import observatory

LESSON = "/learn/how-redlining-worked/grading-a-city/"
PAGES = {
    "front": ("nobody", "/"),
    "index": ("nobody", "/learn/"),
    "lesson": ("dev", LESSON),
    "map": ("nobody", LESSON + "map/"),
    "glossary": ("nobody", "/glossary/"),
    "today": ("dev", "/today/"),
    "account": ("dev", "/account/"),
    "log-in": ("nobody", "/account/login/"),
    "second factor": ("dev", "/account/2fa/"),
    "cohort": ("dev", "/cohorts/spring/"),
    "not found": ("nobody", "/nothing-here/"),
    "forbidden": ("dev", "/admin/"),
    "admin": ("rui", "/admin/"),
}


def parsed(policy):
    return {part.split()[0]: part.split()[1:] for part in policy.split(";") if part.strip()}


@pytest.fixture
def answer(request, nobody, as_):
    person, address = PAGES[request.param]
    return (nobody if person == "nobody" else as_(person)).get(address)


pytestmark = pytest.mark.django_db
each_page = pytest.mark.parametrize("answer", PAGES, indirect=True)


@each_page
def test_a_page_may_load_and_send_only_here(answer):
    policy = parsed(answer.headers["Content-Security-Policy"])

    assert policy["default-src"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["object-src"] == ["'none'"]
    admin = answer.wsgi_request.path == "/admin/"
    assert policy["frame-ancestors"] == (["'self'"] if admin else ["'none'"])
    assert policy["script-src"] == ["'self'"]
    assert policy["style-src"] == (["'self'", "'unsafe-inline'"] if admin else ["'self'"])


@each_page
def test_a_page_tells_other_sites_nothing(answer):
    headers = answer.headers

    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "publickey-credentials-get=(self)" in headers["Permissions-Policy"]
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Content-Language"] in {"en", "es"}


@pytest.mark.parametrize("answer", [name for name in PAGES if name != "admin"], indirect=True)
def test_a_page_has_no_script_or_style_inside_it_and_nothing_from_elsewhere(answer):
    page = answer.text

    assert re.findall(r"<style|\sstyle=|\son[a-z]+=", page) == []
    assert re.findall(r"<script(?![^>]*(?:src=|application/(?:ld\+)?json))[^>]*>", page) == []
    assert re.findall(r"(?:src|href|action)=[\"'](?:https?:)?//(?!testserver)[^\"']+\.(?:js|css|png|jpg|webp|woff2?)", page) == []  # fmt: skip


@pytest.mark.parametrize(
    ("person", "address"),
    [("dev", "/"), ("dev", LESSON), ("dev", "/today/"), ("dev", "/nothing-here/"), ("rui", "/admin/")],
)  # fmt: skip
def test_what_a_member_sees_is_kept_by_nobody(as_, person, address):
    control = as_(person).get(address).headers["Cache-Control"]

    assert "private" in control
    assert "no-store" in control


def test_health_addresses_set_no_cookie_and_need_no_session(nobody):
    for address in ("/healthz", "/readyz"):
        answer = nobody.get(address)
        assert (answer.status_code, dict(answer.cookies)) == (200, {})
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_reading_sets_no_cookie(nobody):
    """A visitor who only reads leaves no trace in their own browser."""
    for address in ("/", "/learn/", LESSON, "/glossary/", "/help/", "/privacy/"):
        assert dict(nobody.get(address).cookies) == {}


#: As `config.settings.production` sets them.
BEHIND_TLS = {
    "SECURE_SSL_REDIRECT": True, "SECURE_HSTS_SECONDS": 31_536_000, "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True, "SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True, "LANGUAGE_COOKIE_SECURE": True,
}  # fmt: skip
KINDS = {
    **PAGES,
    "search": ("nobody", "/search/?q=redlining"),
    "help": ("nobody", "/help/"),
    "privacy": ("nobody", "/privacy/"),
    "journal": ("dev", "/journal/"),
    "backbone": ("ana", "/backbone/"),
    "sign-in asked for": ("nobody", "/today/"),
    "terms as JSON": ("nobody", "/glossary.json"),
    "terms as a feed": ("nobody", "/glossary/changes.atom"),
    "robots": ("nobody", "/robots.txt"),
    "sitemap": ("nobody", "/sitemap.xml"),
    "bad request": ("nobody", "/search/%00"),
}


@pytest.fixture
def behind_tls(settings, cast):
    for name, value in BEHIND_TLS.items():
        setattr(settings, name, value)

    def ask(person, address):
        client = Client()
        if person != "nobody":
            client.force_login(cast[person])
        answer = client.get(address, secure=True)
        return answer, list(answer.cookies.values())

    return ask


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_is_an_a_plus_behind_tls(behind_tls, kind):
    """G4: by the rules of Mozilla's HTTP Observatory."""
    answer, cookies = behind_tls(*KINDS[kind])

    assert observatory.score(answer, cookies) >= (110 if kind == "admin" else 115)


@pytest.mark.parametrize("name", ["report.pdf", "talk.mp3", "notes.txt", "page.html"])
def test_a_file_that_somebody_downloads_is_an_a_plus_too(behind_tls, name):
    """Whatever is in it, it runs as no page."""
    document = get_document_model().objects.create(title="A file", file=ContentFile(b"%PDF-1.7", name))  # fmt: skip

    answer, cookies = behind_tls("nobody", document.url)
    answer.close()

    assert answer.status_code == 200
    assert observatory.score(answer, cookies) >= 110


def test_a_picture_is_one_too(behind_tls):
    data = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(data, "JPEG")
    picture = get_image_model().objects.create(title="A heron", file=ContentFile(data.getvalue(), "heron.jpg"), width=60, height=40)  # fmt: skip

    answer, cookies = behind_tls("nobody", picture.get_rendition("width-30").url)
    answer.close()

    assert answer.status_code == 200
    assert observatory.score(answer, cookies) >= 110


EDITING = {
    "a lesson": "/admin/pages/{lesson}/edit/",
    "pictures": "/admin/images/",
    "documents": "/admin/documents/",
    "a module with people to choose": "/admin/pages/{module}/edit/",
    "history": "/admin/pages/{lesson}/history/",
    "reports": "/admin/reports/site-history/",
}


@pytest.mark.parametrize("name", EDITING)
def test_a_page_of_the_editors_area_has_no_script_inside_it_and_is_an_a_plus(behind_tls, name):
    """G4: its policy refuses every such script; what Wagtail's fields need is begun by one of ours (`core/admin_scripts.py`)."""
    lesson = LessonPage.objects.get(slug="grading-a-city", locale__language_code="en")
    address = EDITING[name].format(lesson=lesson.pk, module=lesson.get_parent().pk)

    answer, cookies = behind_tls("rui", address)

    assert answer.status_code == 200
    assert re.findall(r"<script(?![^>]*(?:src=|type=\"(?:application/json|text/))) *[^>]*>", answer.text) == []  # fmt: skip
    assert observatory.score(answer, cookies) >= 110


def test_the_rules_take_points_where_something_is_missing():
    """The score of a bare answer, so that the stories above could fail."""
    assert observatory.score(HttpResponse("<p>bare</p>")) == 30
