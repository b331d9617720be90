"""What every answer carries, on each kind of page: nothing from elsewhere, nothing kept, nothing told to other sites."""

import re

import pytest

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
    for kind in ("script-src", "style-src"):
        assert policy[kind] == (["'self'", "'unsafe-inline'"] if admin else ["'self'"])


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
