"""Every field says who may see it, and every model belongs to somebody who can export, erase and explain it."""

import re

from django.urls import NoReverseMatch, reverse

from core import register
from core.privacy import declared_fields, own_models, undeclared

NEVER = re.compile(
    r"race|racial|ethnic|gender|\bsex|religio|social_class|nationalit|legal_name|photo|birth",
    re.IGNORECASE,
)


def test_every_field_names_its_audience():
    assert {
        model._meta.label: undeclared(model) for model in own_models() if undeclared(model)
    } == {}


def test_every_declaration_gives_a_reason():
    silent = [
        f"{model._meta.label}.{name}"
        for model in own_models()
        for name, field in declared_fields(model).items()
        if not field.why or not field.audience
    ]
    assert silent == []


def test_every_control_exists():
    """A control is the name of an address at which the owner changes the field."""
    missing = []
    for model in own_models():
        for name, field in declared_fields(model).items():
            if field.control:
                try:
                    reverse(field.control)
                except NoReverseMatch:
                    missing.append(f"{model._meta.label}.{name}: {field.control}")
    assert missing == []


def test_every_model_belongs_to_one_holding():
    held = [label for holding in register.holdings() for label in holding.models]

    assert sorted(held) == sorted(model._meta.label for model in own_models())


def test_nobodys_race_gender_class_or_religion_is_a_field():
    assert [
        f"{model._meta.label}.{field.name}"
        for model in own_models()
        for field in model._meta.get_fields()
        if NEVER.search(field.name)
    ] == []
