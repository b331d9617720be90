"""How a password is checked. One backend, so that each log-in hashes once and looks once, whoever asks."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class MemberBackend(AuthenticationBackend):
    """Finds the member by address with one query and checks one password; an unknown address costs the same.

    Stock allauth beside Django's own backend hashes once or twice and looks up once or twice, depending on what it
    finds; that difference told a known address from an unknown one (threats B6).
    """

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        user = User.objects.filter(email=email.strip().lower()).first()
        return self._check_password(user, password)
