"""The kept form: when a log-in or a form's token has expired, the person gets back what they typed, never an empty page.

The text travels in the answer alone: it is put in no URL, no session and no database.
"""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.http import urlencode

from core.idempotency import FIELD as ONCE_FIELD

#: Never sent back: secrets that a person types again.
SECRET_WORDS = (
    "password",
    "passphrase",
    "csrfmiddlewaretoken",
    "code",
    "otp",
    "credential",
    "secret",
)
#: Sent back unseen: values that a person did not write.
HIDDEN_NAMES = frozenset({ONCE_FIELD, "next", "action"})
LINE = 80  # letters; what is longer gets a text area


@dataclass(frozen=True)
class KeptField:
    """One posted value as the page shows it again."""

    name: str
    label: str
    value: str
    hidden: bool
    multiline: bool


def kept_fields(request: HttpRequest) -> list[KeptField]:
    """The posted values, several per name in their order, secrets left out."""
    return [
        _field(name, value)
        for name, values in request.POST.lists()
        for value in values
        if isinstance(value, str) and not any(word in name.lower() for word in SECRET_WORDS)
    ]


def kept_form(request: HttpRequest, *, reason: str) -> HttpResponse:
    """The page with the typed text, a fresh token and the way to sign in. `reason` is `signed-out` or `token`."""
    fields = kept_fields(request)
    back = urlencode({"next": request.path})
    context = {
        "fields": fields,
        "typed": [field for field in fields if not field.hidden],
        "action": request.get_full_path(),
        "reason": reason,
        "signed_in": request.user.is_authenticated,
        "signin_url": f"{resolve_url('account_login')}?{back}",
        "had_files": bool(request.FILES),
    }
    response = render(request, "core/keptform_show.html", context, status=403)
    response["Cache-Control"] = "private, no-store"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF failure view: the same kept form with a fresh token."""
    return kept_form(request, reason="token")


csrf_failure.requires_csrf_token = True  # type: ignore[attr-defined]


def _field(name: str, value: str) -> KeptField:
    return KeptField(
        name=name,
        label=name.rsplit("-", 1)[-1].replace("_", " ").capitalize(),
        value=value,
        hidden=name in HIDDEN_NAMES or value.isdigit() or _is_uuid(value) or not value.strip(),
        multiline=len(value) > LINE or "\n" in value,
    )


def _is_uuid(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True
