"""What `accounts` tells a member by mail, one function a message. The words are fixed; none of them names anybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import told
from accounts.choices import CopyState, RoleKind
from accounts.models import (
    Departure,
    Initiative,
    Organization,
    OwnCopy,
    ReportingLine,
    Role,
    Seat,
    SecondFactorReset,
    Suspension,
    User,
)
from accounts.permissions import backbone_team, holds
from core import doors
from core.mail import build
from core.register import Payload, Shown

CANCEL_SALT = "accounts.second_factor_reset"
LINE_DISPUTED = "accounts.line_disputed"
BELONGING = "accounts.belonging"
OWN_COPY = "accounts.own_copy"


def second_factor_reset_waiting(reset: SecondFactorReset) -> None:
    """The member: somebody asked to remove your second factor; cancel it if it was not you. Sent three times."""
    token = signing.dumps(str(reset.pk), salt=CANCEL_SALT)
    link = settings.SITE_URL + reverse("accounts:reset_cancel", args=[token])
    _send(reset.member, "accounts/mail/reset_waiting", {"cancel_link": link})


def second_factor_removed(member: User) -> None:
    """The member: your second factor was removed and all sessions ended."""
    link = settings.SITE_URL + reverse("account_login")
    _send(member, "accounts/mail/second_factor_removed", {"login_link": link})


def member_suspended(suspension: Suspension) -> None:
    """The member: your account is closed, until when, and where it says why. The reason itself is in no mail."""
    link = settings.SITE_URL + reverse("account_login")
    context = {"login_link": link, "until": suspension.until}
    _send(suspension.member, "accounts/mail/suspended", context)


def member_restored(member: User) -> None:
    """The member: your account is open again."""
    link = settings.SITE_URL + reverse("account_login")
    _send(member, "accounts/mail/restored", {"login_link": link})


def left(member: User, departure: Departure, token: str) -> None:
    """The member: you have left, and can come back until this day; with the link that does it."""
    link = settings.SITE_URL + reverse("accounts:leave_undo", args=[token])
    until = timezone.localtime(departure.erase_after)
    _send(member, "accounts/mail/left", {"undo_link": link, "until": until})


def returned(member: User) -> None:
    """The member: you are back, and nothing will be erased."""
    link = settings.SITE_URL + reverse("account_login")
    _send(member, "accounts/mail/returned", {"login_link": link})


def proof_code(member: User, code: str) -> None:
    """The member: the code that shows that it is you."""
    _send(member, "accounts/mail/proof_code", {"code": code})


def line_disputed(line: ReportingLine) -> None:
    """The backbone team: somebody says that a reporting line about them is wrong. Who writes notices stands above (door `tell`)."""
    doors.ask("tell", members=list(backbone_team()), kind=LINE_DISPUTED, payload={"line": line.pk})


def role_changed(role: Role, *, by: User | None) -> None:
    """The member whose role another gave or ended. Who acts on their own, and a command, tell nobody."""
    if by is not None and by.pk != role.member_id:
        doors.ask("tell", members=[role.member], kind=told.ROLE, payload={"role": role.pk})


def seat_changed(seat: Seat, *, by: User | None) -> None:
    """The member to whom another offered a seat, or whose seat they ended."""
    if by is not None and by.pk != seat.member_id:
        doors.ask("tell", members=[seat.member], kind=told.SEAT, payload={"seat": seat.pk})


def known_lines(member: Any) -> dict[str, Any]:
    """The lines that are still said to be wrong, for the backbone team."""
    if not holds(member, RoleKind.BACKBONE):
        return {}
    return {"line": ReportingLine.objects.filter(disputed_at__isnull=False)}


def show_disputed(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The lines that are still said to be wrong, for the backbone team: one query for all."""
    if not holds(member, RoleKind.BACKBONE):
        return [None] * len(payloads)
    ids = {str(payload["line"]) for payload in payloads}
    rows = ReportingLine.objects.filter(pk__in=ids, disputed_at__isnull=False)
    known = {str(pk) for pk in rows.values_list("pk", flat=True)}
    words, url = _("A reporting line is said to be wrong"), reverse("accounts:line_list")
    return [Shown(words, url) if str(payload["line"]) in known else None for payload in payloads]


def belonging_answered(member: User) -> None:
    """The member: somebody said whether they belong to the organization that they name. It says not who."""
    payload = {"organization": member.organization_id}
    doors.ask("tell", members=[member], kind=BELONGING, payload=payload)


def known_belonging(member: Any) -> dict[str, Any]:
    """The organization that the member names, once somebody has said whether they belong there."""
    answered = member.organization_confirmed_at or member.organization_doubted_at
    rows = Organization.objects.filter(pk=member.organization_id)
    return {"organization": rows} if answered else {}


def show_belonging(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """How it stands now, while it is about the organization that the member names: at most one query for all."""
    mine = str(member.organization_id)
    if not any(str(payload["organization"]) == mine for payload in payloads):
        return [None] * len(payloads)
    shown = _belonging_now(member)
    return [shown if str(payload["organization"]) == mine else None for payload in payloads]


def _belonging_now(member: Any) -> Shown | None:
    named = {"organization": member.organization.name}
    url = reverse("accounts:belonging_show")
    if member.organization_confirmed_at is not None:
        return Shown(_("It is confirmed that you belong to %(organization)s") % named, url)
    if member.organization_doubted_at is not None:
        return Shown(_("Somebody said that they do not know you at %(organization)s") % named, url)
    return None


def own_copy_ready(copy: OwnCopy) -> None:
    """The member: the copy that you asked for can be downloaded."""
    doors.ask("tell", members=[copy.member], kind=OWN_COPY, payload={"copy": copy.pk})


def known_copies(member: Any) -> dict[str, Any]:
    """The member’s own copy while it waits to be downloaded."""
    return {"copy": OwnCopy.objects.filter(member=member, state=CopyState.READY)}


def show_own_copy(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """While it waits to be downloaded: one query for all."""
    known = {str(pk) for pk in known_copies(member)["copy"].values_list("pk", flat=True)}
    shown = Shown(_("Your copy is ready"), reverse("accounts:export_show"))
    return [shown if str(payload["copy"]) in known else None for payload in payloads]


def reset_of_token(token: str) -> SecondFactorReset | None:
    """The request that a link in such a mail belongs to; None for a link that we did not make."""
    try:
        key = signing.loads(token, salt=CANCEL_SALT)
    except signing.BadSignature:
        return None
    return SecondFactorReset.objects.select_related("member").filter(pk=key).first()


def _send(member: User, template: str, context: dict[str, Any]) -> None:
    address = EmailAddress.objects.get_primary_email(member) or member.email
    with translation.override(member.language or settings.LANGUAGE_CODE):
        build(
            to=address, template=template, context={"initiative": Initiative.load(), **context}
        ).send()
