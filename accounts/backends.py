"""How a password is checked. One backend, so that each log-in hashes once and looks once, whoever asks."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import DateTimeField, F, FilteredRelation, QuerySet, UUIDField
from django.utils import timezone

from accounts.models import User
from accounts.querysets import in_force
from core.prepared import Given, Prepared


def _with_roles() -> QuerySet[User]:
    """The member once for each role held now, and once without any."""
    now = Given("now", DateTimeField())
    held = FilteredRelation("roles", condition=in_force("roles__", now=now))
    rows = User.objects.filter(pk=Given("pk", UUIDField()))
    return rows.annotate(held=held, held_kind=F("held__kind"))


_WITH_ROLES = Prepared(_with_roles)


class MemberBackend(AuthenticationBackend):
    """Finds the member by address with one query and checks one password; an unknown address costs the same.

    Stock allauth beside Django's own backend hashes once or twice and looks up once or twice, depending on what it
    finds; that difference told a known address from an unknown one (threats B6).
    """

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        user = User.objects.filter(email=email.strip().lower()).first()
        return self._check_password(user, password)

    def get_user(self, user_id: Any) -> User | None:
        """The member of a session with the kinds of their roles, in one query: nearly every page asks for both."""
        found: list[Any] = _WITH_ROLES.ask(pk=user_id, now=timezone.now())
        if not found or not self.user_can_authenticate(found[0]):
            return None
        user: User = found[0]
        user.role_names = frozenset(row.held_kind for row in found if row.held_kind)
        return user
