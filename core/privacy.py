"""Who may read a field, in one vocabulary. Every model carries a `Privacy` class that names each field's audience."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Audience(StrEnum):
    """The circles that may read a field, from everybody to nobody (used by the system alone)."""

    PUBLIC = "public"
    MEMBERS = "members"
    COHORT = "cohort"
    BODY = "body"
    ORGANIZATION = "organization"
    FACILITATOR = "facilitator"
    BACKBONE = "backbone"
    OPERATOR = "operator"
    CAUCUS = "caucus"
    PAIR = "pair"
    CHOSEN = "chosen"  # whom the author chose by name: a witness, who a report goes to
    AUTHOR = "author"
    NOBODY = "nobody"


#: What each circle is called, for people.
CIRCLES: dict[Audience, str | Promise] = {
    Audience.PUBLIC: _("everybody"),
    Audience.MEMBERS: _("members of the initiative"),
    Audience.COHORT: _("your cohort"),
    Audience.BODY: _("the body itself"),
    Audience.ORGANIZATION: _("your organization"),
    Audience.FACILITATOR: _("facilitators of the cohort"),
    Audience.BACKBONE: _("the backbone team"),
    Audience.OPERATOR: _("the site operator"),
    Audience.CAUCUS: _("the caucus itself"),
    Audience.PAIR: _("the two of you"),
    Audience.CHOSEN: _("whom you chose by name"),
    Audience.AUTHOR: _("you alone"),
    Audience.NOBODY: _("nobody; the system alone uses it"),
}


@dataclass(frozen=True)
class Field:
    """One field's audience, why it is so, and the address name of the control with which its owner changes it."""

    audience: tuple[Audience, ...]
    why: str | Promise
    control: str = ""
    class_s: bool = False


def seen_by(
    *audience: Audience, why: str | Promise, control: str = "", class_s: bool = False
) -> Field:
    """Declare a field's audience. `why` is a reason for the reader of `/privacy/` and of the code.

    `class_s` marks the most sensitive writing: it must be sealed (core.crypto.checks), and the sweep for canaries plants
    a word in it that nobody else may ever come across.
    """
    return Field(audience, why, control, class_s)


def undeclared(model: type[Model]) -> list[str]:
    """Names of the model's own concrete fields that its `Privacy` class forgets, and of declared fields that do not exist."""
    declared: dict[str, Field] = getattr(getattr(model, "Privacy", None), "fields", {})
    names = {field.name for field in model._meta.local_fields + model._meta.local_many_to_many}
    return sorted(names.symmetric_difference(declared))


def own_models() -> list[type[Model]]:
    """All models of this project (of no installed package), by label."""
    ours = [model for model in apps.get_models() if is_ours(model)]
    return sorted(ours, key=lambda model: model._meta.label)


def is_ours(model: type[Model]) -> bool:
    """Whether the model is defined in this project."""
    return not any(
        model.__module__.startswith(package)
        for package in ("django", "wagtail", "allauth", "taggit", "modelsearch")
    )


def class_s_fields() -> list[tuple[type[Model], str]]:
    """Every field that is declared class S, as model and name."""
    return [
        (model, name)
        for model in own_models()
        for name, field in declared_fields(model).items()
        if field.class_s
    ]


def declared_fields(model: type[Model]) -> dict[str, Any]:
    """The declarations of a model's `Privacy` class, by field name."""
    return dict(getattr(getattr(model, "Privacy", None), "fields", {}))


def declared_field(label: str) -> Field:
    """The declaration of the field of this label, `app.Model.field`. Raises LookupError where nothing declares it."""
    model, _dot, name = label.rpartition(".")
    declared: Field = declared_fields(apps.get_model(model))[name]
    return declared
