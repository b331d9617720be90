"""Who may open an address. Every view of ours carries one rule; what carries none is refused (see `AccessMiddleware`)."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

View = TypeVar("View", bound=Callable[..., Any])
Row = TypeVar("Row", bound=Model)


class Rule(StrEnum):
    """The rules of the access table. Finer rules (whose cohort, whose row) are asked inside the view."""

    ANYONE = "anyone"
    MEMBER = "member"
    EDITOR = "editor"
    BACKBONE = "backbone"
    OPERATOR = "operator"
    STAFF = "staff"  # editor, backbone or operator: Wagtail's admin


ANYONE, MEMBER, EDITOR = Rule.ANYONE, Rule.MEMBER, Rule.EDITOR
BACKBONE, OPERATOR, STAFF = Rule.BACKBONE, Rule.OPERATOR, Rule.STAFF

_ROLES: dict[Rule, frozenset[str]] = {
    EDITOR: frozenset({"editor"}),
    BACKBONE: frozenset({"backbone"}),
    OPERATOR: frozenset({"operator"}),
    STAFF: frozenset({"editor", "backbone", "operator"}),
}


def open_to(rule: Rule) -> Callable[[View], View]:
    """Name who may open this view. Without it nobody may."""

    def name_rule(view: View) -> View:
        view.access_rule = rule  # type: ignore[attr-defined]
        return view

    return name_rule


def admits(rule: Rule, user: Any) -> bool:
    """Whether the rule lets this user (possibly signed out) through."""
    if rule is ANYONE:
        return True
    if not user.is_authenticated:
        return False
    return rule is MEMBER or bool(_ROLES[rule] & user.role_names)


def visible_or_404(rows: QuerySet[Row], **lookup: Any) -> Row:
    """The one row of `rows` (already narrowed to what the reader may see) that the look-up names; 404 otherwise.

    Values that cannot be looked up at all (a letter for a number, a malformed UUID) are answered in the same way.
    """
    try:
        row = rows.filter(**lookup).first()
    except (ValueError, OverflowError, TypeError):
        row = None
    except Exception as problem:
        if type(problem).__name__ not in {"ValidationError", "DataError"}:
            raise
        row = None
    if row is None:
        raise Http404
    return row


def require(allowed: bool, sentence: str = "") -> None:
    """Raise PermissionDenied (a 403 page) unless allowed. The sentence tells the person what they may do instead."""
    if not allowed:
        raise PermissionDenied(sentence or _("You can see this, but changing it is up to others."))


def acting_member(request: HttpRequest) -> Any:
    """The signed-in member of a request that a rule has let through. Raises PermissionDenied for the signed-out."""
    require(request.user.is_authenticated)
    return request.user


def rule_of(view: Callable[..., Any], route: str) -> Rule | None:
    """The rule for a view: its own, else that of the installed package by its route (settings.PACKAGE_ACCESS), else None."""
    rule = getattr(view, "access_rule", None)
    if isinstance(rule, Rule):
        return rule
    for prefix, name in settings.PACKAGE_ACCESS:
        if route.startswith(prefix):
            return Rule(name)
    return None
