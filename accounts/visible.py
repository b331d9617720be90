"""What others can see of a member's account: profile, roles, seats, suspensions and reporting lines, with who, when and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.models import ReportingLine, Role, Suspension
from accounts.reporting_lines import lines_about
from core.crypto.envelope import CannotOpen
from core.privacy import Audience
from core.visible import Press, Topic, Visible, fields

SUSPENDED = ("member", "reason", "until", "confirmed_by", "confirmed_at", "ended_by", "ended_at")


def visible(member: Any) -> Iterable[Visible]:
    """All lines of accounts."""
    yield from _profile(member)
    if member.organization:
        yield from _organization(member)
    yield from _roles(member)
    yield from _seats(member)
    yield from _suspensions(member)
    rows = lines_about(member).select_related("member", "boss").order_by("imported_at", "pk")
    yield from (_reporting(member, row) for row in rows)


def _profile(member: Any) -> Iterable[Visible]:
    name = member.get_full_name()
    yield Visible(
        _("Your name and your pronouns"),
        fields("accounts.User", "chosen_name", "pronouns"),
        Topic.PROFILE,
        value=f"{name} ({member.pronouns})" if member.pronouns else name,
    )
    yield Visible(
        _("Your e-mail address"),
        fields("accounts.User", "email"),
        Topic.PROFILE,
        value=member.email,
    )
    yield Visible(
        _("Since when you are a member"),
        fields("accounts.User", "date_joined"),
        Topic.PROFILE,
        value=_day(member.date_joined),
        ask=_("it stays as it is"),
    )
    yield Visible(
        _("Whether your account is open"), fields("accounts.User", "is_active"), Topic.PROFILE
    )
    yield Visible(
        _("That you asked for a lost second factor to be taken away"),
        fields(
            "accounts.SecondFactorReset", "member", "state", "requested_at", "ready_at", "closed_at", "mails_sent"
        ),
        Topic.PROFILE,
        rows=member.second_factor_resets.all(),
        ask=_("by the link in the mail, while it waits"),
    )  # fmt: skip


def _organization(member: Any) -> Iterable[Visible]:
    """Where they work, and whether others know them there."""
    named = {"name": member.organization}
    yield Visible(
        _("That you belong to %(name)s") % named,
        fields("accounts.User", "organization"),
        Topic.PROFILE,
    )
    if member.organization_confirmed_at is not None:
        words = _("That it is confirmed that you belong to %(name)s") % named
    elif member.organization_doubted_at is not None:
        words = _("That somebody at %(name)s does not know you there") % named
    else:
        words = _("That nobody has confirmed yet that you belong to %(name)s") % named
    yield Visible(
        words,
        fields("accounts.User", "organization_confirmed_at", "organization_doubted_at"),
        Topic.PROFILE,
        called={Audience.ORGANIZATION: _("those who are confirmed there")},
    )
    if member.organization_confirmed_by_id is not None:
        yield Visible(
            _("Who confirmed it"),
            fields("accounts.User", "organization_confirmed_by"),
            Topic.PROFILE,
        )


def _roles(member: Any) -> Iterable[Visible]:
    """Every role that the member holds, known to members; and of all that they ever held who gave or ended it, and why."""
    rows = list(member.roles.select_related("given_by", "ended_by").order_by("given_at"))
    held = [role for role in rows if role.is_held]
    for role in held:
        yield Visible(
            _("Your role: %(role)s") % {"role": role.get_kind_display()},
            fields("accounts.Role", "member", "kind"),
            Topic.ROLES,
        )
    for role in rows:
        about = fields("accounts.Role", "reason", "given_by", "given_at")
        yield Visible(_given(role), about, Topic.ROLES)
        if not role.is_held:
            ended = fields("accounts.Role", "ended_at", "ended_by", "end_reason")
            yield Visible(_ended(role), ended, Topic.ROLES)
    if held:
        yield Visible(
            _("What follows from your roles in the editors’ area"),
            fields("accounts.User", "is_superuser", "groups"),
            Topic.ROLES,
        )
        yield Visible(
            _("What you change in the editors’ area, with your name and the day"),
            fields("accounts.User", "groups"),
            Topic.ROLES,
            called={Audience.OPERATOR: _("whoever works in the editors’ area")},
            ask=_("it stays as it is"),
        )
        yield Visible(
            _("What you did to somebody’s account, role or place in a cohort, and that you opened their page on the desk: by name"),
            fields("core.AuditEvent", "at", "verb", "actor"),
            Topic.ROLES,
            to=(Audience.AUTHOR,),
            called={Audience.AUTHOR: _("the person whom it was about")},
            ask=_("it stays as it is for 400 days"),
        )  # fmt: skip


def _seats(member: Any) -> Iterable[Visible]:
    rows = member.seats.filter(ended_at__isnull=True).select_related("body").order_by("offered_at")
    for seat in rows:
        named = {"body": seat.body}
        if seat.accepted_at is None:
            offered = fields("accounts.Seat", "offered_at")
            words = _("That a seat in %(body)s is offered to you") % named
            yield Visible(words, offered, Topic.ROLES, control="accounts:account_show")
            continue
        held = fields("accounts.Seat", "member", "body")
        yield Visible(_("Your seat in %(body)s") % named, held, Topic.ROLES)
        yield Visible(
            _("What this seat is called, and since when it is yours"),
            fields("accounts.Seat", "title", "accepted_at", "ended_at"),
            Topic.ROLES,
            value=seat.title,
            called={Audience.BODY: _("the members of %(body)s") % named},
        )


def _suspensions(member: Any) -> Iterable[Visible]:
    """Every suspension of the member that was confirmed, with its reason; and what of it they could not know."""
    yield Visible(
        _("Whether somebody of the backbone team has asked to suspend your account"),
        fields("accounts.Suspension", "asked_by", "asked_at", "withdrawn_at"),
        Topic.PROFILE,
        to=(Audience.BACKBONE,),
        ask=_("you are told when another of the team confirms it"),
    )
    rows = member.suspensions.confirmed().select_related("asked_by", "confirmed_by")
    for row in rows.order_by("confirmed_at"):
        about = fields("accounts.Suspension", *SUSPENDED)
        yield Visible(_suspended(row), about, Topic.PROFILE)


def _suspended(row: Suspension) -> str:
    try:
        reason = str(row.reason)
    except CannotOpen:  # the kernel has told the operators
        reason = _("the reason cannot be opened now")
    words = _("That your account was suspended on %(day)s, asked for by %(asked)s and confirmed by %(confirmed)s: %(reason)s")  # fmt: skip
    return words % {
        "day": _day(row.confirmed_at),
        "asked": row.asked_by or _("somebody who has left"),
        "confirmed": row.confirmed_by or _("somebody who has left"),
        "reason": reason,
    }


def _given(role: Role) -> str:
    return _("That you were given the role “%(role)s” on %(day)s, by %(name)s: %(reason)s") % {
        "role": role.get_kind_display(),
        "day": _day(role.given_at),
        "name": role.given_by
        or _("whoever keeps the server, an invitation, or somebody who has left"),
        "reason": role.reason or _("no reason was written down"),
    }


def _ended(role: Role) -> str:
    return _("That it ended on %(day)s, by %(name)s: %(reason)s") % {
        "day": _day(role.ended_at),
        "name": role.ended_by or _("whoever keeps the server, or somebody who has left"),
        "reason": role.end_reason or _("no reason was written down"),
    }


def _reporting(member: Any, row: ReportingLine) -> Visible:
    """One line of reporting, with the press that says that it is wrong, or takes that back."""
    if row.member_id == member.pk:
        other, sentence = row.boss, _("That you report to %(name)s at work")
    else:
        other, sentence = row.member, _("That %(name)s reports to you at work")
    words = sentence % {"name": other}
    press = _press("line_dispute", row, _("This is wrong"))
    if row.disputed_at is not None:
        words = _("%(line)s; said to be wrong, and the backbone team is told") % {"line": words}
        press = _press("line_confirm", row, _("It is right after all"))
    return Visible(
        words,
        fields("accounts.ReportingLine", "member", "boss", "imported_at", "disputed_at"),
        Topic.PROFILE,
        to=(Audience.AUTHOR, Audience.BACKBONE),
        called={Audience.AUTHOR: other.get_full_name()},
        press=press,
    )


def _press(name: str, row: ReportingLine, label: Any) -> Press:
    return Press(reverse(f"accounts:{name}", args=[row.pk]), label)


def _day(at: datetime | None) -> str:
    return formats.date_format(timezone.localtime(at), "DATE_FORMAT")
