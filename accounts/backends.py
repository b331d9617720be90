"""How a password is checked. One backend, so that each log-in hashes once and looks once, whoever asks."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef

from accounts.choices import RoleKind
from accounts.models import Role, User


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
        held = Role.objects.in_force().filter(member=OuterRef("pk"))
        asked = {f"holds_{kind}": Exists(held.filter(kind=kind)) for kind in RoleKind.values}
        user = User.objects.filter(pk=user_id).annotate(**asked).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        user.role_names = frozenset(k for k in RoleKind.values if getattr(user, f"holds_{k}"))
        return user
