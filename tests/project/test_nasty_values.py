"""NUL, lone quotation marks, halves of letters and huge numbers in every parameter: a page, never a fault."""

from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from django.db import transaction

from tests.project.test_access import rows
from tests.project.walk import PEOPLE, client_of, made_for_dev

NASTY = (
    "\x00", '"', "'\"\\;--", "9" * 400, "-1", "1e999", "٣", "\ufeff\u202e", "../../../etc/passwd",
    "<script>{{7*7}}%s%n", "a\r\nSet-Cookie: x=1", "é" * 3000,
)  # fmt: skip
PARAMETERS = ("q", "page", "next", "grade", "lang", "kind", "id", "language", "format")
RAW = ("%00", "%ff", "%ed%a0%80", "%c0%af", "a%2500", "%")


class Forms(HTMLParser):
    """The forms of a page: where each leads and the names of its fields."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.found.append((given.get("action") or "", given.get("method", "get").lower(), []))
        elif tag in {"input", "textarea", "select", "button"} and given.get("name") and self.found:
            self.found[-1][2].append(given["name"])


def tried(client, method, address, data=None):
    with transaction.atomic():
        answer = getattr(client, method)(address, data or {})
        transaction.set_rollback(True)
    return answer


def addresses(person, made):
    """Every address that the table opens to this person, once. The CMS admin has tests of its own (test_nasty_admin)."""
    column = PEOPLE.index(person)
    return sorted(
        "/" + sample.format(**made).lstrip("/")
        for _route, sample, by_get, _by_post in rows()
        if by_get.split()[column] == "200" and not sample.startswith("admin/")
    )


pytestmark = [pytest.mark.django_db, pytest.mark.walk]


@pytest.mark.parametrize(
    ("person", "before"), [("nobody", None), ("dev", "nobody"), ("gus", "dev")]
)
def test_in_the_query(cast, person, before):
    """Each person on the pages that the one before was not shown."""
    client, made, faults = client_of(cast.get(person)), made_for_dev(cast), []
    tried_before = set(addresses(before, made)) if before else set()
    for address in sorted(set(addresses(person, made)) - tried_before):
        for value in NASTY:
            answer = tried(client, "get", address, dict.fromkeys(PARAMETERS, value))
            if answer.status_code >= 500:
                faults.append((address, value[:20], answer.status_code))
        for raw in RAW:
            answer = tried(client, "get", f"{address}?q={raw}&page={raw}&{raw}={raw}")
            if answer.status_code >= 500:
                faults.append((address, raw, answer.status_code))
    assert faults == []


@pytest.mark.parametrize("person", ["nobody", "dev"])
def test_in_the_path(cast, person):
    client = client_of(cast.get(person))
    places = (
        "/cohorts/{}/", "/cohorts/spring/announcements/{}/edit/", "/cohorts/spring/talk/{}/", "/cohorts/spring/insights/weeks/{}/", "/cohorts/spring/insights/weeks/{}.csv",
        "/glossary/{}/", "/learn/{}/", "/learn/a/{}/",
        "/learn/how-redlining-worked/{}/", "/invitation/{}/", "/invitation/link/{}/", "/backbone/invitations/files/{}/", "/progress/{}/", "/account/notices/stop/{}/",
        "/account/notices/{}/read/", "/account/second-factor/cancel/{}/", "/media/images/{}", "/documents/{}/a.pdf",
        "/documents/1/{}", "/account/2fa/webauthn/keys/{}/edit/", "/account/password/reset/key/{}/", "/{}",
        "/account/password/reset/key/1-{}/", "/admin/pages/{}/edit/", "/demo/mail/{}/",
        "/learn/how-redlining-worked/grading-a-city/try/{}/", "/learn/{}/x/try/x/",
    )  # fmt: skip
    faults = []
    for place in places:
        for value in (*(quote(one, safe="") for one in NASTY), *RAW):
            for method in ("get", "post"):
                code = tried(client, method, place.format(value)).status_code
                if code >= 500:
                    faults.append((method, place, value[:20], code))
    assert faults == []


@pytest.mark.parametrize("person", ["nobody", "dev", "mo", "ana", "rui", "gus"])
def test_in_every_field_of_every_form(cast, person):
    client = client_of(cast.get(person))
    faults, forms = [], set()
    for address in addresses(person, made_for_dev(cast)):
        page = tried(client, "get", address)
        if address == "/account/logout/" or "html" not in page.headers.get("Content-Type", ""):
            continue
        for action, method, names in Forms(page.text).found:
            forms.add((action or address, method, tuple(names)))
    step = 1 if person in {"nobody", "dev"} else 3  # forms of others are mostly those of Dev
    for turn, (action, method, names) in enumerate(sorted(forms)):
        if action.startswith("/account/logout/"):
            continue
        for value in NASTY[turn % step :: step]:
            answer = tried(client, method, action, dict.fromkeys(names, value))
            if answer.status_code >= 500:
                faults.append((method, action, value[:20], answer.status_code))
    assert len(forms) > 5
    assert faults == []
