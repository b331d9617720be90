"""The pages of inviting, and the ways there."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from cohorts.actions import make_join_link, start_import, take_in
from cohorts.actions.links import end_join_link
from cohorts.models import Cohort, MemberImport
from core.tasks import work_off
from tests.browser.ways import Scene, Visit, at, press, route_of
from tests.project.making.inviting import FILE

LIST, NEW = "/backbone/invitations/", "/backbone/invitations/new/"
INVITE = "/backbone/cohorts/spring/invite/"
MAIL, LINK, UPLOAD = f"{INVITE}mail/", f"{INVITE}link/", f"{INVITE}file/"
SHOWN = "/backbone/invitations/files/{people_file}/"
SHOWN_ROUTE = "backbone/invitations/files/<uuid:import_id>/"
WITHDRAW, END = LIST + "{open_invitation}/withdraw/", LINK + "{join_link_id}/end/"
JOIN = "/invitation/link/{join_link}/"
ENDED = "/invitation/link/none/"


def written(page: Any, _scene: Scene) -> None:
    """What became of each address that was typed."""
    page.goto(MAIL)
    page.get_by_label("E-mail addresses").fill("first@riverton.example\nopen@riverton.example\nnobody")  # fmt: skip
    press(page, "Invite")


def with_mistakes(page: Any, _scene: Scene) -> None:
    """The form, sent with nothing in it."""
    page.goto(NEW)
    press(page, "Invite")


def made(page: Any, _scene: Scene) -> None:
    """The link, shown once."""
    page.goto(LINK)
    press(page, "Make the link")


def wrong_link(page: Any, _scene: Scene) -> None:
    """The form of a link for nobody."""
    page.goto(LINK)
    page.get_by_label("How many people can join by it").fill("0")
    press(page, "Make the link")


def wrong_file(page: Any, _scene: Scene) -> None:
    """A file that is none."""
    _upload(page, b"\0\1\2")


def sent(page: Any, _scene: Scene) -> None:
    """The preview that follows a file."""
    _upload(page, FILE)


def running(page: Any, scene: Scene) -> None:
    """The page while the worker carries it out."""
    one = MemberImport.objects.get(pk=scene.made["people_file"])
    start_import(member_import=one, by=scene.cast["ana"])
    page.goto(SHOWN.format(**scene.made))


def carried_out(page: Any, scene: Scene) -> None:
    """What happened."""
    work_off()
    page.goto(SHOWN.format(**scene.made))


def being_read(page: Any, scene: Scene) -> None:
    """A long file that the worker has yet to read."""
    one = _long_file(scene)
    page.goto(f"/backbone/invitations/files/{one.pk}/")


def unreadable(page: Any, scene: Scene) -> None:
    """A long file that could not be read to its end."""
    one = _long_file(scene, '"open\n')
    work_off()
    work_off()
    page.goto(f"/backbone/invitations/files/{one.pk}/")


def stopped(page: Any, scene: Scene) -> None:
    """A file that was stopped."""
    spring = Cohort.objects.get(slug="spring")
    one = take_in(cohort=spring, data=FILE, by=scene.cast["ana"])
    MemberImport.objects.filter(pk=one.pk).update(state="stopped", finished_at=timezone.now())
    page.goto(f"/backbone/invitations/files/{one.pk}/")


def over(page: Any, scene: Scene) -> None:
    """The ways into a cohort that is over."""
    link = make_join_link(cohort=Cohort.objects.get(slug="spring"), days=1, most_uses=1, form=uuid4(), by=scene.cast["ana"])  # fmt: skip
    end_join_link(link=link.join_link, by=scene.cast["ana"])
    Cohort.objects.filter(slug="spring").update(starts_on="2026-01-01", ends_on="2026-01-02")
    page.goto(INVITE)


def _long_file(scene: Scene, end: str = "") -> MemberImport:
    rows = "".join(f"person-{number}@riverton.example\n" for number in range(600))
    data = f"email\n{rows}{end}".encode()
    return take_in(cohort=Cohort.objects.get(slug="spring"), data=data, by=scene.cast["ana"])


def _upload(page: Any, data: bytes) -> None:
    page.goto(UPLOAD)
    file = {"name": "people.csv", "mimeType": "text/csv", "buffer": data}
    page.locator("input[type=file]").set_input_files(file)
    press(page, "Read the file")


#: Name of the walk -> who walks, and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "inviting-by-mail": (
        "ana",
        (
            at(LIST),
            at(NEW),
            Visit("invite-wrong", with_mistakes, route_of(NEW)),
            at(WITHDRAW, "invitation-withdraw"),
            at(MAIL),
            Visit("invite-written", written, route_of(MAIL)),
        ),
    ),
    "inviting-by-link": (
        "ana",
        (
            at(INVITE),
            at(LINK),
            Visit("link-wrong", wrong_link, route_of(LINK)),
            Visit("link-made", made, route_of(LINK)),
            at(END, "link-end"),
        ),
    ),
    "inviting-by-file": (
        "ana",
        (
            at(UPLOAD),
            Visit("people-file-wrong", wrong_file, route_of(UPLOAD), 400),
            Visit("people-file-sent", sent, SHOWN_ROUTE),
            at(SHOWN, "people-file"),
            Visit("people-file-read", being_read, SHOWN_ROUTE),
            Visit("people-file-unreadable", unreadable, SHOWN_ROUTE),
            Visit("people-file-running", running, SHOWN_ROUTE),
            Visit("people-file-done", carried_out, SHOWN_ROUTE),
            Visit("people-file-stopped", stopped, SHOWN_ROUTE),
            Visit("invite-over", over, route_of(INVITE)),
        ),
    ),
    "joining": (None, (at(JOIN, "join"), at(ENDED, "join-gone", 404))),
    "joining-signed-in": ("fay", (at(JOIN, "join-signed-in"),)),
    "joining-twice": ("dev", (at(JOIN, "join-already-in"),)),
}
#: Addresses that are acts and no pages.
NO_PAGES: frozenset[str] = frozenset(
    {
        "backbone/invitations/<uuid:invitation_id>/again/",
        *(f"{SHOWN_ROUTE}{act}/" for act in ("start", "discard")),
    }
)
