"""What others opened or changed of a member's: account page, roles, seats, places in cohorts (threats F10). By name, newest first.

The log of acts names nobody. Whose pseudonym stands there is found by making those of the few who may have acted: whoever
holds or held a role, and whom an app names (`core.acts.ActsOn.by`). Anybody else stays "somebody who has left".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import RoleKind
from accounts.models import Role, User
from core import register
from core.acts import Act, ActsOn
from core.audit import pseudonyms
from core.models import AuditEvent
from core.querysets import AUDIT_DAYS

#: Verbs about the member themselves. Who speaks of one's belonging stays unnamed, as the model declares.
WORDS: dict[str, str | Promise] = {
    "member.exported": gettext_lazy("What is kept of you was written to a file by somebody who runs the server, without your private text."),
    "member.opened": gettext_lazy("%(who)s opened your account page."),
    "member.restored": gettext_lazy("%(who)s opened your account again."),
    "member.belonging_confirmed": gettext_lazy("It was confirmed that you belong to your organization."),
    "member.belonging_doubted": gettext_lazy("Somebody said that they do not know you in your organization."),
    "member.suspended": gettext_lazy("%(who)s confirmed that your account is suspended."),
    "role.ended": gettext_lazy("%(who)s ended a role of yours."),
    "role.given": gettext_lazy("%(who)s gave you a role."),
    "seat.offered": gettext_lazy("%(who)s offered you a seat in a body."),
    "seat.ended": gettext_lazy("%(who)s ended a seat of yours in a body, or took its offer back."),
    "second_factor.reset": gettext_lazy("%(who)s removed your second factor, after your request."),
}  # fmt: skip
ASKED: dict[str, str | Promise] = {
    "suspension.proposed": gettext_lazy("%(who)s asked for your account to be suspended.")
}


#: Stands for the site itself and for who keeps the server.
SITE = UUID(int=0)


@dataclass(frozen=True)
class Told:
    """One act, when it happened, and how it is told to its member."""

    at: datetime
    words: str


class _Held(NamedTuple):
    """A role, and from when until when it was held."""

    kind: str
    given_at: datetime
    ended_at: datetime | None

    def at(self, moment: datetime) -> bool:
        """Whether it was held then."""
        return self.given_at <= moment and (self.ended_at is None or moment <= self.ended_at)


def acts_of_accounts(member: User) -> Iterable[ActsOn]:
    """What is said of the account itself, and of who asked for a suspension once it was confirmed; never of one that was not."""
    yield ActsOn({member.pk: ""}, WORDS)
    confirmed = member.suspensions.confirmed().values_list("pk", flat=True)
    yield ActsOn(dict.fromkeys(confirmed, ""), ASKED)


def acts_on(member: User) -> list[Told]:
    """Everything that others did to something of the member's, as long as the log of acts is kept, newest first."""
    said = [one for held in register.holdings() for one in held.acts(member)]
    roles = _roles_by_member()
    since = timezone.now() - timedelta(days=AUDIT_DAYS)  # as long as the log itself
    found = [one for one in said if isinstance(one, Act) and one.by != member.pk and one.at > since]
    found += _logged([one for one in said if isinstance(one, ActsOn)], member, {*roles})
    found.sort(key=lambda one: one.at, reverse=True)
    people = User.objects.filter(pk__in={one.by for one in found if one.by is not None})
    names = {row.pk: row.get_full_name() for row in people.only("chosen_name", "is_active")}
    return [Told(one.at, _sentence(one, names, roles)) for one in found]


def _roles_by_member() -> dict[UUID, list[_Held]]:
    """All roles that are or were held: few people hold one."""
    rows: dict[UUID, list[_Held]] = {}
    for role in Role.objects.only("member", "kind", "given_at", "ended_at"):
        held = _Held(role.kind, role.given_at, role.ended_at)
        rows.setdefault(role.member_id, []).append(held)
    return rows


def _logged(logged: list[ActsOn], member: User, staff: Collection[UUID]) -> list[Act]:
    """What the log of acts says of these rows: one query."""
    may_have = sorted({*staff, *(who for one in logged for who in one.by)} - {member.pk})
    known = dict(zip(_pseudonyms(may_have), may_have, strict=True))
    (me,) = _pseudonyms([member.pk])
    about: dict[str, list[tuple[ActsOn, str | Promise]]] = {}
    for one in logged:
        for subject, what in zip(_pseudonyms(one.rows), one.rows.values(), strict=True):
            about.setdefault(subject, []).append((one, what))
    verbs = {verb for one in logged for verb in one.words}
    rows = AuditEvent.objects.filter(subject__in=about, verb__in=verbs).exclude(actor=me)
    return [
        Act(at, one.words[verb], what, known.get(actor) if actor else SITE)
        for at, verb, actor, subject in rows.values_list("at", "verb", "actor", "subject")
        for one, what in about[subject]
        if verb in one.words
    ]


def _pseudonyms(ids: Iterable[UUID]) -> Iterable[str]:
    return pseudonyms(str(one) for one in ids)


def _sentence(act: Act, names: Mapping[UUID, str], roles: Mapping[UUID, list[_Held]]) -> str:
    if act.by == SITE:
        who = _("The site itself, or whoever keeps the server,")
    elif act.by is None or act.by not in names:
        who = _("Somebody who has left")
    else:
        held = [str(RoleKind(one.kind).label) for one in roles.get(act.by, ()) if one.at(act.at)]
        who = f"{names[act.by]} ({', '.join(held)})" if held else names[act.by]
    return str(act.words) % {"who": who, "what": act.what}
