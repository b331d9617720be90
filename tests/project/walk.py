"""Walks every address as every kind of person: one of everything to look for, one request each, nothing left behind."""

from __future__ import annotations

import uuid
from copy import deepcopy
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.test import Client

from accounts.actions import offer_seat, request_second_factor_reset
from accounts.models import Body
from accounts.notifications import CANCEL_SALT
from cohorts.actions import invite, post_announcement, post_reply
from cohorts.models import Cohort, Prompt
from curriculum.glossary.actions import post_comment, propose_wording
from curriculum.glossary.models import WORDS, InForce
from curriculum.models import LessonPage, RedliningMap
from notices.models import Notice
from notices.stop_links import stop_token
from tests.project.making import made_in_the_rooms

#: Signed out, participant, member of no cohort, facilitator, backbone, editor, operator.
PEOPLE = ("nobody", "dev", "fay", "mo", "ana", "rui", "gus")


def made_for_dev(cast: dict[str, Any]) -> dict[str, str]:
    """One of everything that an address can name, made for Dev and his cohort, by the name the table uses."""
    return made_outside(cast) | made_in_the_rooms(cast)


def made_outside(cast: dict[str, Any]) -> dict[str, str]:
    """The same, without the rooms of commitments, of buddies and of care."""
    spring = Cohort.objects.get(slug="spring")
    announcement = post_announcement(cohort=spring, text="Bring a question.", by=cast["mo"])
    prompt = Prompt.objects.get(cohort=spring)
    reply = post_reply(prompt=prompt, text="Ours has no pencil.", by=cast["dev"])
    reset = request_second_factor_reset(by=cast["dev"])
    seat = offer_seat(
        body=Body.objects.get(slug="steering-committee"),
        member=cast["dev"],
        title="",
        by=cast["ana"],
    )
    proposal = a_wording_by(cast["dev"])
    comment = post_comment(proposal=proposal, text="Too short?", by=cast["dev"])
    sent = invite(email="new@riverton.example", by=cast["ana"])
    return {
        "announcement": str(announcement.pk),
        "prompt": str(prompt.pk),
        "reply": str(reply.pk),
        "proposal": str(proposal.pk),
        "comment": str(comment.pk),
        "notice": str(Notice.objects.filter(member=cast["dev"]).first().pk),
        "block": block_of("grading-a-city", "check"),
        "lesson_key": str(LessonPage.objects.get(slug="grading-a-city").translation_key),
        "invitation": sent.link.removeprefix(settings.SITE_URL),
        "seat": str(seat.pk),
        "cancel": signing.dumps(str(reset.pk), salt=CANCEL_SALT),
        "stop": stop_token(cast["dev"].pk),
        "drawing": RedliningMap.objects.get(slug="riverbend").svg_sha256,
        "none": str(uuid.UUID(int=0)),
    }


def a_wording_by(member: Any, slug: str = "equity", **changes: Any) -> Any:
    """A wording of a term that a member proposes: that in force with these changes."""
    row = InForce.objects.get(term__slug=slug, language="en")
    words = {name: getattr(row.version, name) for name in WORDS}
    words |= changes or {"definition": "Everyone gets what they need to do well."}
    return propose_wording(words=words, by=member, term=row.term, reason="It is shorter.")


def block_of(lesson: str, kind: str) -> str:
    """The id of the first block of a kind in a lesson."""
    body = LessonPage.objects.get(slug=lesson).body
    return next(str(part.id) for part in body if part.block_type == kind)


def client_of(member: Any) -> Client:
    """A client signed in as this member (None: as nobody), to whom a fault is a status and no exception."""
    client = Client(raise_request_exception=False)
    if member is not None:
        client.force_login(member)
    return client


def status(client: Client, method: str, address: str) -> int:
    """What this client gets; whatever the request did is undone, in the database and among the client's cookies."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        answer = getattr(client, method.lower())(address)
        transaction.set_rollback(True)
    client.cookies = cookies
    return int(answer.status_code)
