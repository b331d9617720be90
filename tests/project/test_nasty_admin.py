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

pytestmark = [pytest.mark.django_db, pytest.mark.walk]


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


def forms_on(page, address):
    """The forms of a page of the admin, also of one that comes inside JSON: where each leads, its method, its fields."""
    text = page.text if "html" in page.headers.get("Content-Type", "") else ""
    if text.startswith("{"):
        text = json.loads(text).get("html") or ""
    return {
        (action.partition("?")[0] or address, method, tuple(sorted(set(names))))
        for action, method, names in Forms(text).found
        if not action or action.startswith("/admin/")
    }


# One half on the second database shows what only that one refuses.
@pytest.mark.parametrize("half", [0, pytest.param(1, marks=pytest.mark.once)])
def test_in_every_parameter_and_every_field_of_every_form(cast, half):
    """As Rui where Rui may be, else as Gus. What stumbles first must not hide what would stumble next, so each parameter
    is tried alone too, once for each kind of view: views of one kind read their parameters alike. What others may not
    send to a form is refused (see the table).
    """
    made, clients = made_for_the_admin(cast), {one: client_of(cast[one]) for one in ("rui", "gus")}
    to_rui, faults, done, read, forms = dict(pages_of("rui", made)), [], set(), set(), {}
    for turn, (address, view) in enumerate(pages_of("gus", made)):
        if turn % 2 != half:
            continue
        person = "rui" if address in to_rui else "gus"
        with heard() as names:
            page = tried(clients[person], "get", address)
        read |= names
        forms |= dict.fromkeys(forms_on(page, address), person)
        kind = getattr(view, "view_class", view)
        alone = sorted(name for name in names if (kind, name) not in done)
        done |= {(kind, name) for name in alone}
        sent = [turned(names, turn)]
        if len(names) > 1:
            sent += [{name: VALUES[(turn + place) % len(VALUES)]} for place, name in enumerate(alone)]  # fmt: skip
        faults += faults_of(clients[person], "get", address, sent)
    for turn, ((action, method, fields), person) in enumerate(sorted(forms.items())):
        with heard() as names:
            tried(clients[person], method, action, turned(fields, turn))
        sent = [turned(names | set(fields), by) for by in (turn + 4, turn + 9)]
        faults += faults_of(clients[person], method, action, sent)
    assert [len(done) > 100, len(forms) > 30, READ_SOMEWHERE - read] == [True, True, set()]
    assert faults == []


def faults_of(client, method, address, sent):
    """What came back as an error of the server, of everything that was sent."""
    codes = [(tried(client, method, address, values).status_code, values) for values in sent]
    return [(method, address, values, code) for code, values in codes if code >= 500]


@pytest.mark.once
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
