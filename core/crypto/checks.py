"""System checks that keep private text private: fixed labels, nothing that leans on a sealed value, no admin for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db import models

from core.crypto.fields import EncryptedTextField
from core.privacy import class_s_fields, is_ours


@register("crypto")
def check_sealed(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:
    """Everything that a single field cannot see by itself."""
    return [
        *labels_are_unique(),
        *nothing_leans_on_it(),
        *rows_are_named_before(),
        *class_s_is_sealed(),
        *no_admin_shows_it(),
    ]


def sealed_fields() -> Iterator[EncryptedTextField]:
    """Every sealed field of the project."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedTextField):
                yield field


def labels_are_unique() -> Iterator[CheckMessage]:
    """Two fields of one label could take each other's values."""
    known: dict[str, EncryptedTextField] = {}
    for field in sealed_fields():
        if field.label in known:
            yield Error(
                f"{field} and {known[field.label]} have the label {field.label!r} both.",
                id="crypto.E003",
            )
        known[field.label] = field


def nothing_leans_on_it() -> Iterator[CheckMessage]:
    """No index, constraint or order of a model names a sealed field."""
    for field in sealed_fields():
        meta = field.model._meta
        named = {name for index in meta.indexes for name in index.fields}
        for constraint in meta.constraints:
            named |= set(getattr(constraint, "fields", ()))
        named |= {str(name).lstrip("-") for name in meta.ordering or ()}
        if field.name in named:
            yield Error(f"{field} is encrypted: no index, constraint or order.", id="crypto.E004")


def rows_are_named_before() -> Iterator[CheckMessage]:
    """A value is bound to its row's id, so that id must be there before the row is."""
    for field in sealed_fields():
        key = field.model._meta.pk
        if not isinstance(key, models.UUIDField) or not callable(key.default):
            yield Error(f"{field.model._meta.label} must make its UUID itself.", id="crypto.E005")


def class_s_is_sealed() -> Iterator[CheckMessage]:
    """What `Privacy` calls class S is sealed, on a model that no installed package writes copies of."""
    for model, name in class_s_fields():
        if not isinstance(model._meta.get_field(name), EncryptedTextField):
            yield Error(
                f"{model._meta.label}.{name} is class S and not encrypted.", id="crypto.E006"
            )


def no_admin_shows_it() -> Iterator[CheckMessage]:
    """No admin, snippet, page, revision or search index knows a model with sealed fields (threats A1, A10, A11)."""
    for model in {field.model for field in sealed_fields()}:
        if not is_ours(model):
            continue
        foreign = [base.__name__ for base in model.__mro__ if _copies(base)]
        if foreign or _in_an_admin(model):
            where = ", ".join(foreign) or "an admin"
            yield Error(
                f"{model._meta.label} holds private text and is known to {where}.", id="crypto.E007"
            )


def _copies(base: type) -> bool:
    return base.__module__.partition(".")[0] in {"wagtail", "modelsearch", "taggit"}


def _in_an_admin(model: type[models.Model]) -> bool:
    # Not before the apps are ready.
    from wagtail.admin.viewsets import viewsets

    # Not before the apps are ready.
    from wagtail.snippets.models import get_snippet_models

    shown = {getattr(viewset, "model", None) for viewset in viewsets.viewsets}
    if apps.is_installed("django.contrib.admin"):
        # It is not installed here.
        from django.contrib.admin import site

        shown |= set(site._registry)
    return model in shown or model in get_snippet_models()
