"""What follows from allauth's acts: other sessions end, the journal's clock starts, a used code stays used."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account_signals
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils import timezone

from accounts import totp
from accounts.actions import cancel_second_factor_reset
from accounts.models import SecondFactorReset, User
from accounts.sessions import end_all_sessions, end_other_sessions


def after_reset(user: User, **_signal: Any) -> None:
    """A password reset ends every session and shuts the journal for a day."""
    _start_clock(user)
    end_all_sessions(user)


def after_first_password(request: HttpRequest, user: User, **_signal: Any) -> None:
    """A first password was proven by a mailed code at most, so it counts like a reset."""
    _start_clock(user)
    end_other_sessions(request, user)


def after_change(request: HttpRequest, user: User, **_signal: Any) -> None:
    """A changed password or second factor ends all other sessions (threats B9)."""
    end_other_sessions(request, user)


def after_other_address(
    request: HttpRequest, user: User, from_email_address: EmailAddress | None, **_signal: Any
) -> None:
    """So does another address in the place of one (threats B9).

    The first address of a new account is in nobody's place. No session was there before it was proven, and the one that
    begins with it goes on.
    """
    if from_email_address is not None:
        end_other_sessions(request, user)


def after_added(
    request: HttpRequest, user: User, authenticator: Authenticator, **_signal: Any
) -> None:
    """A new second factor ends all other sessions; a first way to prove oneself starts the clock of the journal."""
    step = getattr(request, "totp_step", None)
    if authenticator.type == Authenticator.Type.TOTP and step is not None:
        totp.mark_used(authenticator, step)
    others = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN)
    if (
        authenticator.type == Authenticator.Type.WEBAUTHN
        and not user.has_usable_password()
        and not others.exclude(pk=authenticator.pk).exists()
    ):
        _start_clock(user)
    end_other_sessions(request, user)


def after_use(user: User, **_signal: Any) -> None:
    """A second factor that is used is not lost: a request to remove it is cancelled."""
    reset = SecondFactorReset.objects.waiting().filter(member_id=user.pk).first()
    if reset is not None:
        cancel_second_factor_reset(reset=reset, by=user)


def _start_clock(user: User) -> None:
    user.password_reset_at = timezone.now()
    user.save(update_fields=["password_reset_at"])


def connect() -> None:
    """Connect the receivers, once."""
    account_signals.password_reset.connect(after_reset)
    account_signals.password_set.connect(after_first_password)
    account_signals.password_changed.connect(after_change)
    account_signals.email_changed.connect(after_other_address)
    mfa_signals.authenticator_added.connect(after_added)
    mfa_signals.authenticator_removed.connect(after_change)
    mfa_signals.authenticator_reset.connect(after_change)
    mfa_signals.authenticator_used.connect(after_use)
