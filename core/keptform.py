"""The kept form: when a log-in or a form's token has expired, the person gets back what they typed, never an empty page.

The text travels in the answer alone: it is put in no URL, no session and no database. A form that another site's page
sent is not given back: with a fresh token it would do, by one press, what that site wants done (threats B13).
"""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from core.access import ANYONE, rule_of
from core.elsewhere import from_elsewhere
from core.idempotency import FIELD as ONCE_FIELD
from core.uploads.memory import drop_files

View = TypeVar("View", bound=Callable[..., Any])

#: Never sent back: secrets that a person types again. The first anywhere in a name (`oldpassword`, `new_password2`),
#: the others as a word of it, so that a `postcode` is no code.
SECRET_PARTS = ("password", "passphrase", "csrfmiddlewaretoken")
SECRET_WORDS = frozenset({"code", "codes", "credential", "otp", "secret"})
#: Sent back unseen: what buttons, hidden inputs and the counters of Django's and Wagtail's repeated forms are called.
HIDDEN_NAMES: tuple[str, ...] = (
    ONCE_FIELD, "next", "action", "action_*", "action-*", "edition", "revision", "*-TOTAL_FORMS", "*-INITIAL_FORMS",
    "*-MIN_NUM_FORMS", "*-MAX_NUM_FORMS", "*-ORDER", "*-DELETE", "*-count", "*-deleted", "*-id", "*-order", "*-type",
)  # fmt: skip
#: Chosen or ticked, not typed.
CHOICES = (forms.CheckboxInput, forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple)
#: Words for fields of forms that no view of ours declares.
WORDS: dict[str, str | Promise] = {
    "email": _("E-mail address"),
    "login": _("E-mail address"),
    "name": _("Name"),
    "text": _("Text"),
    "title": _("Title"),
}
LINE = 80  # letters; what is longer gets a text area
_ID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?::\d+)?"
ONLY_IDS = re.compile(rf"\s*{_ID}(?:\s+{_ID})*\s*", re.IGNORECASE)  # nobody types these


@dataclass(frozen=True)
class KeptField:
    """One posted value as the page shows it again."""

    name: str
    label: str | Promise
    value: str
    hidden: bool
    multiline: bool


def keeps(
    form: type[forms.BaseForm] | None = None, *, hidden: Iterable[str] = ()
) -> Callable[[View], View]:
    """Name the form that a view takes, so that a kept form has its words and knows what a person typed.

    `hidden` names further values that nobody types, such as those of buttons (`rhythm-*` for a family of them).
    """

    def declare(view: View) -> View:
        view.kept_form, view.kept_hidden = form, tuple(hidden)  # type: ignore[attr-defined]
        return view

    return declare


def kept_fields(request: HttpRequest) -> list[KeptField]:
    """The posted values, several per name in their order, secrets left out. Files are lost, and touch no disk."""
    drop_files(request)
    known, hidden = _declared(request)
    return [
        _field(name, value, known.get(name), hidden)
        for name, values in request.POST.lists()
        for value in values
        if isinstance(value, str) and not _is_secret(name, known.get(name))
    ]


def kept_form(
    request: HttpRequest,
    *,
    for_members: bool = False,
    prove_url: str = "",
    template: str = "core/keptform_show.html",
) -> HttpResponse:
    """The page with the typed text, a fresh token and, for who is not signed in, the way to sign in.

    `for_members` says that signing in is what is missing though the address is open to all; `prove_url`, that a member
    must show there that it is they, for a part of the site that has locked. `template` is a page in that part's frame.
    A form that another site sent gets a page with a sentence and nothing of what it held.
    """
    if from_elsewhere(request):
        return _kept_by_nobody(render(request, "core/elsewhere_show.html", status=403))
    fields = kept_fields(request)
    back = urlencode({"next": request.path})
    context = {
        "fields": fields,
        "typed": [field for field in fields if not field.hidden],
        "action": request.get_full_path(),
        "must_sign_in": not request.user.is_authenticated
        and (for_members or not _is_open(request)),
        "signin_url": f"{resolve_url('account_login')}?{back}",
        "had_files": bool(request.FILES),
        "prove_url": prove_url,
    }
    return _kept_by_nobody(render(request, template, context, status=403))


def typed_fields(request: HttpRequest) -> list[KeptField]:
    """What a person typed into a form that is refused, to be shown to them once more; nothing of a form that another site sent."""
    if request.method != "POST" or from_elsewhere(request):
        return []
    with suppress(
        OSError, SuspiciousOperation, BadRequest, MultiPartParserError
    ):  # a post that cannot be read
        return [field for field in kept_fields(request) if not field.hidden]
    return []


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF failure view: the same kept form with a fresh token."""
    return kept_form(request)


csrf_failure.requires_csrf_token = True  # type: ignore[attr-defined]


def unavailable(request: HttpRequest, *, is_full: bool = False) -> HttpResponse:
    """The page for a part of the site that does not answer, or a disk that is full (503), with what was typed. Asks no database itself."""
    context: dict[str, Any] = {"action": request.get_full_path(), "is_full": is_full}
    with suppress(
        OSError, SuspiciousOperation, BadRequest, MultiPartParserError
    ):  # a post that cannot be read
        if request.method == "POST" and not from_elsewhere(request):
            context["fields"] = kept_fields(request)
            # The form's own token: a new one would need a cookie, which may not get set on this way out.
            context["token"] = request.POST.get("csrfmiddlewaretoken", "")
    response = HttpResponse(render_to_string("503.html", context), status=503)
    response["Retry-After"] = "60"
    return _kept_by_nobody(response)


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response


def _is_open(request: HttpRequest) -> bool:
    """Whether the address is for everybody, so that signing in is not what is missing (the log-in itself, say)."""
    match = request.resolver_match
    return match is not None and rule_of(match.func, match.route) is ANYONE


def _declared(request: HttpRequest) -> tuple[dict[str, forms.Field], tuple[str, ...]]:
    """The fields of the form that the view names (or, in a package's class view, has), and the names that stay unseen."""
    view = request.resolver_match.func if request.resolver_match else None
    form = getattr(view, "kept_form", None)
    form = form or getattr(getattr(view, "view_class", None), "form_class", None)
    return getattr(form, "base_fields", {}), HIDDEN_NAMES + getattr(view, "kept_hidden", ())


def _is_secret(name: str, field: forms.Field | None) -> bool:
    lower = name.lower()
    words = {word.rstrip("0123456789") for word in re.split(r"[-_]", lower)}
    return (
        any(part in lower for part in SECRET_PARTS)
        or not SECRET_WORDS.isdisjoint(words)
        or (field is not None and isinstance(field.widget, forms.PasswordInput))
    )


def _field(name: str, value: str, field: forms.Field | None, hidden: tuple[str, ...]) -> KeptField:
    unseen = any(fnmatchcase(name, pattern) for pattern in hidden) or not value.strip()
    if field is not None:
        unseen = unseen or field.widget.is_hidden or isinstance(field.widget, CHOICES)
    else:
        unseen = unseen or ONLY_IDS.fullmatch(value) is not None
    area = field is not None and isinstance(field.widget, forms.Textarea)
    return KeptField(
        name=name,
        label=_label(name, field),
        value=value,
        hidden=unseen,
        multiline=area or len(value) > LINE or "\n" in value,
    )


def _label(name: str, field: forms.Field | None) -> str | Promise:
    if field is not None and field.label:
        return field.label
    last = name.rsplit("-", 1)[-1]
    return WORDS.get(last) or last.replace("_", " ").capitalize()
