"""NUL, lone quotation marks, huge numbers and the like in every parameter, path and form of the CMS admin: never a fault."""

import json
import re
from urllib.parse import quote

import pytest
from django.urls import resolve

from tests.project.admin_walk import STAFF, admin_rows, made_for_the_admin
from tests.project.listening import heard
from tests.project.test_nasty_values import NASTY, RAW, Forms, tried
from tests.project.walk import client_of

VALUES = (*NASTY, "", "x", "9" * 24, "\ufffd")
#: What Wagtail's views ask for by name; that they were heard shows that the ears are open.
READ_SOMEWHERE = {
    "action", "child_of", "collection_id", "content_type", "fields", "id", "limit", "locale", "multiple", "offset",
    "order", "ordering", "p", "page_type", "parent_page_id", "q", "search", "site", "tag", "term", "timestamp_from",
    "usage_count_min",
}  # fmt: skip

pytestmark = pytest.mark.django_db


def pages_of(person, made):
    """Every address of the admin that the table opens to this person, with its view."""
    column = STAFF.index(person)
    for _route, sample, by_get, _by_post in admin_rows():
        if by_get[column] in {200, 404}:
            address = "/" + sample.format(**made)
            yield address, resolve(address.partition("?")[0]).func


def turned(names, by):
    """Each name with another value; the next turn gives each the value after it."""
    return {name: VALUES[(place + by) % len(VALUES)] for place, name in enumerate(sorted(names))}


@pytest.mark.parametrize("person", ["rui", "gus"])
def test_in_all_parameters_of_a_page_together(cast, person):
    """Gus on the pages that Rui is not shown."""
    made, client, faults, read = made_for_the_admin(cast), client_of(cast[person]), [], set()
    others = dict(pages_of("rui", made)) if person == "gus" else {}
    for turn, (address, _view) in enumerate(pages_of(person, made)):
        if address in others:
            continue
        with heard() as names:
            tried(client, "get", address)
        answer = tried(client, "get", address, turned(names, turn))
        read |= names
        if answer.status_code >= 500:
            faults.append((address, answer.status_code))
    assert faults == []
    assert person == "gus" or READ_SOMEWHERE - read == set()


@pytest.mark.parametrize("half", [0, 1])
def test_in_each_parameter_alone(cast, half):
    """What stumbles first must not hide what would stumble next. Views of one kind read their parameters alike."""
    made, client, faults, done = made_for_the_admin(cast), client_of(cast["gus"]), [], set()
    for turn, (address, view) in enumerate(pages_of("gus", made)):
        if turn % 2 != half:
            continue
        with heard() as names:
            tried(client, "get", address)
        kind = getattr(view, "view_class", view)
        for name in sorted(name for name in names if (kind, name) not in done):
            done.add((kind, name))
            value = VALUES[(turn + len(done)) % len(VALUES)]
            code = tried(client, "get", address, {name: value}).status_code
            if code >= 500:
                faults.append((address, name, value[:20], code))
    assert len(done) > 100
    assert faults == []


def test_in_the_path(cast):
    client, faults = client_of(cast["gus"]), []
    places = {re.sub(r"{\w+}", "{}", sample) for _route, sample, *_statuses in admin_rows() if "{" in sample}  # fmt: skip
    words = {place for place in places if "/chosen/" in place or "/preview/" in place or "/bulk/" in place}  # fmt: skip
    for place in sorted(places):
        values = (quote(one, safe="") for one in (VALUES if place in words else ("9" * 24, "x")))
        for value in (*values, *(RAW if place in words else ())):
            address = "/" + place.format(*[value] * place.count("{}"))
            for method in ("get", "post"):
                code = tried(client, method, address).status_code
                if code >= 500:
                    faults.append((method, place, value[:20], code))
    assert faults == []


def forms_of(client, person, made):
    """The forms of all pages of the admin, once each: where it leads, its method, its fields."""
    found = set()
    for address, _view in pages_of(person, made):
        page = tried(client, "get", address)
        text = page.text if "html" in page.headers.get("Content-Type", "") else ""
        if text.startswith("{"):
            text = json.loads(text).get("html") or ""
        for action, method, names in Forms(text).found:
            if not action or action.startswith("/admin/"):
                found.add((action.partition("?")[0] or address, method, tuple(sorted(set(names)))))
    return sorted(found)


def test_in_every_field_of_every_form(cast):
    """Gus is shown every form; what Rui and Ana may not send is refused, what they may is read in the same way."""
    made = made_for_the_admin(cast)
    staff = {person: client_of(cast[person]) for person in STAFF}
    forms, faults = forms_of(staff["gus"], "gus", made), []
    for turn, (action, method, fields) in enumerate(forms):
        with heard() as names:
            tried(staff["gus"], method, action, turned(fields, turn))
        names |= set(fields)
        codes = [
            tried(staff[person], method, action, turned(names, turn + 4)).status_code
            for person in STAFF
        ]
        codes.append(tried(staff["gus"], method, action, dict.fromkeys(names, VALUES[turn % len(VALUES)])).status_code)  # fmt: skip
        faults += [(method, action, code) for code in codes if code >= 500]
    assert len(forms) > 60
    assert faults == []
