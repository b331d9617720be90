"""allauth's forms of the second factor: bounded, no attempt given back but one's own, each code used once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.internal.flows.add import validate_can_add_authenticator
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput
from django.utils.translation import gettext_lazy as _

from accounts import totp
from accounts.forms.signing_in import Bounded, bound
from accounts.limits import second_factor_attempt

LONGEST_NAME = 60
LONGEST_CREDENTIAL = 12_000  # letters; a real one has about a thousand


@contextmanager
def refusing_nonsense() -> Iterator[None]:
    """Turn whatever the parsers raise for a malformed credential into “that code is not right”."""
    try:
        yield
    except ValidationError:
        raise
    except Exception as problem:  # CBOR, base64, keys, types: each means the same to the reader
        raise get_adapter().validation_error("incorrect_code") from problem


class CredentialField(forms.JSONField):
    """JSON from the passkey script. Deep nesting and endless numbers are refused like any other nonsense."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """An object. Raises ValidationError for anything else."""
        try:
            found = super().to_python(value)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was posted, for showing the form again."""
        try:
            return json.loads(data or "null")
        except (ValueError, RecursionError):
            return InvalidJSONInput("")


class CodeForm(Bounded, base.BaseAuthenticateForm):
    """Six digits, or a recovery code."""

    def clean_code(self) -> str:
        """The code, when one of the member's factors takes it. Raises ValidationError otherwise or after too many tries."""
        attempt = second_factor_attempt(self.user)
        code: str = self.cleaned_data["code"]
        found = next((app for app in self._factors() if _takes(app, code)), None)
        if found is None:
            raise get_adapter().validation_error("incorrect_code")
        found.user = self.user
        self.authenticator = found
        attempt.rollback()
        return code

    def _factors(self) -> list[Authenticator]:
        keys = Authenticator.objects.filter(user=self.user).exclude(
            type=Authenticator.Type.WEBAUTHN
        )
        return sorted(keys, key=lambda app: app.type != Authenticator.Type.TOTP)


def _takes(app: Authenticator, code: str) -> bool:
    if app.type == Authenticator.Type.TOTP:
        return totp.accept(app, code)
    return bool(app.wrap().validate_code(code))


class AuthenticateForm(CodeForm, base.AuthenticateForm):
    """The second step at sign-in."""


class ReauthenticateForm(CodeForm, base.ReauthenticateForm):
    """The second step, once more."""


class ActivateAppForm(Bounded, totp_forms.ActivateTOTPForm):
    """The first code of a new authenticator app."""

    def clean_code(self) -> str:
        """The code, when it belongs to the secret on the page. It does not count a second time at sign-in."""
        validate_can_add_authenticator(self.user)
        attempt = second_factor_attempt(self.user)
        code: str = self.cleaned_data["code"]
        step = totp.step_of(self.secret, code)
        if step is None:
            raise get_adapter().validation_error("incorrect_code")
        attempt.rollback()
        context.request.totp_step = step  # marked as used once the app is saved (accounts.signals)
        return code


class AddPasskeyForm(Bounded, webauthn.AddWebAuthnForm):
    """A new passkey and its name."""

    credential = CredentialField(max_length=LONGEST_CREDENTIAL)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_of_key(self.fields["name"])
        self.fields["passwordless"].label = _("Sign in with it alone")
        self.fields["passwordless"].help_text = _(
            "Without a password. Your device then asks for fingerprint, face or PIN."
        )
        self.fields["passwordless"].initial = True

    def clean(self) -> dict[str, Any]:
        """The credential, checked against what this page asked for."""
        with refusing_nonsense():
            cleaned: dict[str, Any] = super().clean() or {}
        return cleaned


class RenamePasskeyForm(Bounded, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_of_key(self.fields["name"])


class PasskeyForm(Bounded, webauthn.AuthenticateWebAuthnForm):
    """A passkey that is shown."""

    credential = CredentialField(max_length=LONGEST_CREDENTIAL)

    def clean_credential(self) -> Authenticator:
        """The passkey that was used. Raises ValidationError when it is not one of the member's."""
        credential = self.cleaned_data["credential"]
        attempt = second_factor_attempt(self.user) if self.user else None
        with refusing_nonsense():
            auth.parse_authentication_response(credential)
            member = self.user or auth.extract_user_from_response(credential)
            found: Authenticator = auth.complete_authentication(member, credential)
        if attempt:
            attempt.rollback()
        return found


class AuthenticatePasskeyForm(PasskeyForm):
    """A passkey as the second step."""


class LoginPasskeyForm(PasskeyForm, webauthn.LoginWebAuthnForm):
    """A passkey in place of address and password."""


class ReauthenticatePasskeyForm(PasskeyForm, webauthn.ReauthenticateWebAuthnForm):
    """A passkey, once more."""


def _name_of_key(field: Any) -> None:
    field.label = _("Name of this key")
    field.help_text = _("For your own list, such as “blue key” or “phone”.")
    bound(field, LONGEST_NAME)
