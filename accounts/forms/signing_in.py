"""allauth's forms with limits on length, and with the same work for a known address as for an unknown one.

Each form looks an address up with one query, whatever it finds; signing up hashes once and writes one mail either way.
"""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account import forms as stock
from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import suspended_members
from core import doors

LONGEST_PASSWORD = 256  # letters; hashing more is work for whoever sends it, and no safer
LONGEST_EMAIL = 254
LONGEST_CODE = 64
LONGEST = {"password": LONGEST_PASSWORD, "email": LONGEST_EMAIL, "login": LONGEST_EMAIL, "code": LONGEST_CODE}  # fmt: skip


class Bounded(forms.Form):
    """A form whose passwords, addresses and codes have a greatest length, which is checked before anything is hashed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            kind = "password" if "password" in name else name
            if kind in LONGEST and isinstance(field, forms.CharField):
                bound(field, LONGEST[kind])
            field.widget.attrs.pop("placeholder", None)  # a label says it, and stays


def bound(field: forms.CharField, longest: int) -> None:
    """Give the field a greatest length, in the page and on the server."""
    field.max_length = longest
    field.validators = [
        rule for rule in field.validators if not isinstance(rule, MaxLengthValidator)
    ]
    field.validators.append(MaxLengthValidator(longest))
    field.widget.attrs["maxlength"] = str(longest)


def member_at(email: str) -> User | None:
    """The account with this address, if any, to which somebody may sign in: one query. Who is suspended reads why, and may leave."""
    shut = Exists(suspended_members().filter(pk=OuterRef("pk")))
    rows = User.objects.filter(email=email.strip().lower()).annotate(is_shut=shut)
    member = rows.first()
    return member if member is not None and (member.is_active or member.is_shut) else None


class LoginForm(Bounded, stock.LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "remember" in self.fields:
            self.fields["remember"].label = _("Keep me signed in on this device")


class SignupForm(Bounded, stock.SignupForm):
    """Address and password of a new member. By invitation, the address is the one that was invited."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        invited = doors.ask("invited_email", request=context.request)
        self.invited: str | None = invited[0] if invited else None
        if self.invited:
            self.fields["email"].initial = self.invited

    def clean_email(self) -> str:
        """The address in lower case. One query tells whether it has an account; nothing the person sees does."""
        email: str = get_adapter().clean_email(self.cleaned_data["email"].lower())
        if settings.SIGNUP != "open" and email != self.invited and not self._takes_any_address():
            raise ValidationError(
                _(
                    "The invitation was sent to another address. Use that one, or ask for a new invitation."
                )
            )
        self.account_already_exists = User.objects.filter(email=email).exists()
        return email

    def _takes_any_address(self) -> bool:
        """Whether this session came by a way that was made for whoever holds it, and not for one address."""
        return any(doors.ask("any_address", request=context.request))

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Make the account, or do the same work for one that exists already and undo it (threats B5, B6)."""
        if self.account_already_exists:
            self._save_and_undo(request)
            answer: tuple[User | None, HttpResponse | None] = super().try_save(request)
            return answer
        with transaction.atomic():
            return self.save(request), None

    def _save_and_undo(self, request: HttpRequest) -> None:
        typed = self.cleaned_data
        self.account_already_exists = False
        self.cleaned_data = {**typed, "email": f"{secrets.token_hex(16)}@nobody.invalid"}
        try:
            with transaction.atomic():
                self.save(request)
                transaction.set_rollback(True)
        finally:
            self.cleaned_data, self.account_already_exists = typed, True


class AddEmailForm(Bounded, stock.AddEmailForm):
    """A new address. Whether another account has it shows only to who can read its mail."""

    def clean_email(self) -> str:
        """The address in lower case; refused when it is the member's own already."""
        email: str = get_adapter().clean_email(self.cleaned_data["email"].lower())
        if email == self.user.email:
            raise get_adapter().validation_error("duplicate_email")
        return email


class ConfirmEmailForm(Bounded, stock.ConfirmEmailVerificationCodeForm):
    """The code that was mailed to an address."""


class ConfirmLoginCodeForm(Bounded, stock.ConfirmLoginCodeForm):
    """The code that was mailed for signing in."""


class RequestLoginCodeForm(Bounded, stock.RequestLoginCodeForm):
    """The address that a code is mailed to."""

    def clean_email(self) -> str:
        """The address; one query finds its account or none. Raises ValidationError after too many requests."""
        email: str = self.cleaned_data["email"].lower()
        if not ratelimit.consume(context.request, action="request_login_code", key=email):
            raise get_adapter().validation_error("too_many_login_attempts")
        self._user = member_at(email)
        return email


class ResetPasswordForm(Bounded, stock.ResetPasswordForm):
    """The address that a link is mailed to."""

    def clean_email(self) -> str:
        """The address; one query finds its account or none."""
        email: str = get_adapter().clean_email(self.cleaned_data["email"].lower())
        member = member_at(email)
        self.users = [member] if member else []
        return email


class ResetPasswordKeyForm(Bounded, stock.ResetPasswordKeyForm):
    """The new password, after the mailed link."""


class ChangePasswordForm(Bounded, stock.ChangePasswordForm):
    """The old password and a new one."""


class SetPasswordForm(Bounded, stock.SetPasswordForm):
    """A first password."""


class ReauthenticateForm(Bounded, stock.ReauthenticateForm):
    """The password, once more."""


class ProofCodeForm(Bounded):
    """The code that was mailed as a proof."""

    code = forms.CharField(
        label=_("Code"), widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
    )
