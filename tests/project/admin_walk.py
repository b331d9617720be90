"""Walks the addresses of the CMS admin: their table, one of everything they can name, and what is known of people."""

from __future__ import annotations

import io
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    UploadedFile,
    Workflow,
)
from wagtail.users.models import UserProfile

from accountability.journal.models import Prompt
from accounts.models import Role, User
from curriculum.glossary.models import Proposal, Term
from curriculum.models import Fact, LessonPage, RedliningMap
from tests.project.source import ROOT

#: Whose columns the table has: backbone, editor, operator.
STAFF = ("ana", "rui", "gus")


def admin_rows() -> list[tuple[str, str, list[int], list[int]]]:
    """The lines of the table: route, address, statuses by GET, statuses by POST."""
    text = (ROOT / "tests" / "project" / "access_admin.txt").read_text()
    lines = [line.rsplit(" | ", 3) for line in text.splitlines() if line and line[0] != "#"]
    return [
        (route, sample, [int(one) for one in by_get.split()], [int(one) for one in by_post.split()])
        for route, sample, by_get, by_post in lines
    ]


def made_for_the_admin(cast: dict[str, Any]) -> dict[str, str]:
    """One of everything that an address of the admin can name, by the name the table uses.

    Files, a collection, a fact and a lesson under review are made; the rest is the demonstration's own.
    """
    lesson = LessonPage.objects.get(slug="grading-a-city")
    reviewed = LessonPage.objects.get(slug="underwriting-by-race")
    reviewed.save_revision(user=cast["rui"])
    workflow = Workflow.objects.get()
    state = workflow.start(reviewed, cast["rui"])
    fact = Fact.objects.first()
    fact.pk, fact.key = None, "ZZ01"  # cited by no lesson, so that it can be deleted
    fact.save()
    return {
        "lesson": str(lesson.pk),
        "module": str(lesson.get_parent().pk),
        "reviewed": str(reviewed.pk),
        "root": str(Page.get_first_root_node().pk),
        "revision": str(lesson.save_revision(user=cast["rui"]).pk),
        "workflow": str(workflow.pk),
        "state": str(state.pk),
        "task": str(GroupApprovalTask.objects.get().pk),
        "task_state": str(state.current_task_state_id),
        "fact": str(fact.pk),
        "prompt": str(Prompt.objects.first().pk),
        "map": str(RedliningMap.objects.first().pk),
        "term": str(Term.objects.first().pk),
        "proposal": str(Proposal.objects.open().first().pk),
        "site": str(Site.objects.get().pk),
        "elu": str(cast["elu"].pk),
        "group": str(cast["rui"].groups.first().pk),
        **_files(cast["gus"]),
    }


def _files(operator: Any) -> dict[str, str]:
    shelf = Collection.get_first_root_node().add_child(name="Readings")
    square = io.BytesIO()
    Picture.new("RGB", (8, 8), "white").save(square, "PNG")
    image, document = get_image_model(), get_document_model()
    picture = image.objects.create(
        title="A small square", file=ContentFile(square.getvalue(), "square.png")
    )
    report = document.objects.create(
        title="A report", file=ContentFile(b"words", "report.txt"), collection=shelf
    )
    upload, draft = (
        UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(model),
            file=ContentFile(content, name),
            uploaded_by_user=operator,
        )
        for model, content, name in (
            (image, square.getvalue(), "other.png"),
            (document, b"more words", "draft.txt"),
        )
    )
    return {
        "shelf": str(shelf.pk),
        "picture": str(picture.pk),
        "document": str(report.pk),
        "upload": str(upload.pk),
        "draft": str(draft.pk),
    }


def known_of_people() -> dict[str, list[Any]]:
    """Everything that the CMS could change about members, their roles and what groups may do."""
    tables = (
        User,
        Role,
        Group,
        User.groups.through,
        User.user_permissions.through,
        Group.permissions.through,
        GroupPagePermission,
        GroupCollectionPermission,
    )
    known: dict[str, list[Any]] = {
        table._meta.label: list(
            table.objects.order_by("pk").values_list(
                *(one.attname for one in table._meta.concrete_fields if one.name != "last_login")
            )
        )
        for table in tables
    }
    known["photos"] = list(UserProfile.objects.exclude(avatar="").values_list("avatar"))
    return known


def hostile_post(cast: dict[str, Any]) -> dict[str, Any]:
    """A post that would name Elu, make her an operator, move her to a group and turn her off, if anything listened."""
    group = cast["rui"].groups.first().pk
    posted = {
        "id": str(cast["elu"].pk),
        "user": str(cast["elu"].pk),
        "email": "elu@elsewhere.example",
        "first_name": "Elu",
        "last_name": "Aru",
        "chosen_name": "Somebody",
        "is_superuser": "on",
        "groups": group,
        "role": group,
        "mark_as_active": "",
        "password1": "a long new password",
        "password2": "a long new password",
    }
    prefixes = ("", "name_email-", "avatar-", "user-", "form-0-")
    return {prefix + name: value for prefix in prefixes for name, value in posted.items()}
