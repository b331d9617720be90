"""Every address of the CMS admin against its table (access_admin.txt): who gets what, and that none reaches people."""

import re

import pytest
from django.db import transaction
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.snippets.models import get_snippet_models

from core.routes import routes
from curriculum.models import LessonPage
from tests.project.admin_walk import (
    STAFF,
    admin_rows,
    hostile_post,
    known_of_people,
    made_for_the_admin,
)
from tests.project.walk import client_of, status

#: What Wagtail's forms about people would ask, by the last part of a field's name.
ABOUT_PEOPLE = {
    "avatar", "chosen_name", "first_name", "is_active", "is_superuser", "last_name", "password1", "pronouns", "role",
}  # fmt: skip

pytestmark = pytest.mark.django_db


def fields_of(answer):
    """The last parts of the names of all fields on a page, also of one that comes inside JSON."""
    page = answer.content.decode(errors="replace") if not answer.streaming else ""
    return {name.rpartition("-")[2] for name in re.findall(r"""name=\\?["']([\w-]+)""", page)}


def asked(client, method, address, posted=None):
    """The answer to a request of which nothing stays, and what would be known of people after it."""
    with transaction.atomic():
        answer = getattr(client, method.lower())(address, posted)
        known = known_of_people() if method == "POST" else None
        transaction.set_rollback(True)
    return answer, known


def test_every_address_of_the_admin_has_its_line():
    found = {route.route for route in routes() if route.route.startswith("admin/")}

    assert {route for route, *_rest in admin_rows()} == found


@pytest.mark.walk
@pytest.mark.once
@pytest.mark.parametrize(("person", "by_get"), [("nobody", {302, 404}), ("dev", {302, 403, 404})])
def test_who_is_no_staff_gets_nothing(cast, person, by_get):
    """302 leads to the log-in; 403 for a post of nobody is the page that keeps what was typed."""
    made, client, wrong = made_for_the_admin(cast), client_of(cast.get(person)), []
    for _route, sample, *_statuses in admin_rows():
        for method, expected in (("GET", by_get), ("POST", {302, 403, 404})):
            found = status(client, method, "/" + sample.format(**made))
            if found not in expected:
                wrong.append(f"{method} /{sample} gives {person} {found}")
    assert wrong == []


@pytest.mark.walk
@pytest.mark.once
@pytest.mark.parametrize("person", STAFF)
def test_staff_get_what_the_table_says_and_never_a_person(cast, person):
    """B16: what Elu is and may do follows from her own pages and her roles, whatever staff post about her."""
    made, posted, before = made_for_the_admin(cast), hostile_post(cast), known_of_people()
    client, column, wrong = client_of(cast[person]), STAFF.index(person), []
    for _route, sample, by_get, by_post in admin_rows():
        address = "/" + sample.format(**made)
        shown, _known = asked(client, "GET", address)
        done, after = asked(client, "POST", address, posted)
        statuses = (shown.status_code, done.status_code)
        if statuses != (by_get[column], by_post[column]):
            wrong.append(f"/{sample} gives {person} {statuses}")
        wrong += [f"/{sample} asks for {name}" for name in sorted(fields_of(shown) & ABOUT_PEOPLE)]
        if after != before:
            wrong.append(f"a post to /{sample} changes people")
    assert wrong == []


def test_bulk_actions_do_not_reach_people(cast, as_):
    """B16: Wagtail offers to deactivate, delete and regroup members in bulk, even without its pages about users."""
    gus, elu, before = as_("gus"), cast["elu"], known_of_people()
    bulk_action_registry.get_bulk_action_class("accounts", "user", "delete")
    group = cast["rui"].groups.first().pk
    acts = {"assign_role": {"role": group}, "delete": {}, "set_active_state": {"mark_as_active": ""}}  # fmt: skip

    codes = {
        act: [
            getattr(gus, method)(
                f"/admin/bulk/accounts/user/{act}/?id={elu.pk}", posted
            ).status_code
            for method in ("get", "post")
        ]
        for act, posted in acts.items()
    }

    assert set(bulk_action_registry.actions["accounts"]["user"]) == set(acts)
    assert codes == {"assign_role": [404, 404], "delete": [404, 404], "set_active_state": [404, 404]}  # fmt: skip
    assert known_of_people() == before


def test_every_other_bulk_action_is_for_content(cast, as_):
    bulk_action_registry.get_bulk_action_class("wagtailcore", "page", "delete")
    named = {f"{app}.{model}" for app, models in bulk_action_registry.actions.items() for model in models}  # fmt: skip
    snippets = {model._meta.label_lower for model in get_snippet_models()}

    content = {"wagtailcore.page", "wagtailimages.image", "wagtaildocs.document"}
    assert named - snippets == {*content, "accounts.user"}
    assert not {name for name in snippets if name.startswith(("accounts.", "auth."))}


@pytest.mark.parametrize(
    "address",
    [
        "editing-sessions/ping/accounts/user/{elu}/1/", "editing-sessions/ping/auth/group/{group}/1/",
        "tag-autocomplete/accounts/user/", "settings/accounts/user/", "settings/accounts/role/1/",
        "pages/add/accounts/user/{module}/", "pages/usage/accounts/user/", "workflows/tasks/add/accounts/user/",
        "bulk/auth/group/delete/?id={group}", "bulk/accounts/role/delete/?id=1", "bulk/Accounts/User/delete/?id={elu}",
        "bulk/wagtailusers/userprofile/delete/", "bulk/no-app/no-model/delete/",
    ],
)  # fmt: skip
def test_an_address_may_not_name_people_or_groups(cast, as_, address):
    made = made_for_the_admin(cast)

    gus, address = as_("gus"), "/admin/" + address.format(**made)
    assert [gus.get(address).status_code, gus.post(address).status_code] == [404, 404]


def test_an_editor_still_publishes_pages_in_bulk(cast, as_):
    lessons = LessonPage.objects.filter(slug__in=["grading-a-city", "underwriting-by-race"])
    for lesson in lessons:
        lesson.unpublish()
    ids = "&".join(f"id={lesson.pk}" for lesson in lessons)

    asked = as_("rui").get(f"/admin/bulk/wagtailcore/page/publish/?{ids}")
    done = as_("rui").post(f"/admin/bulk/wagtailcore/page/publish/?{ids}&next=/admin/pages/")

    assert "Grading a city" in asked.text
    assert (done.status_code, done.headers["Location"]) == (302, "/admin/pages/")
    assert [lesson.live for lesson in lessons.all()] == [True, True]
