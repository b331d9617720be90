"""Every field says who may see it, and every model belongs to somebody who can export, erase and explain it."""

import re

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from accounts.privacy_words import LEFT_OUT, WORDS
from core import register
from core.privacy import Audience, declared_fields, own_models, undeclared

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


def test_what_the_page_about_privacy_says_can_be_translated():
    """Names of kinds, words for fields and reasons, as `/privacy/` shows them."""
    untranslated = [
        (model._meta.label, name, str(field.why))
        for model in own_models()
        for name, field in declared_fields(model).items()
        if field.audience != (Audience.NOBODY,)
        if not isinstance(field.why, Promise)
        or not isinstance(model._meta.verbose_name, Promise)
        or not (name in LEFT_OUT or name in WORDS or _named(model, name) or _public(model))
    ]

    assert untranslated == []


def _named(model, name):
    return isinstance(model._meta.get_field(name).verbose_name, Promise)


def _public(model):
    """Whether all of it is public, so that its fields are not named one by one."""
    return all(field.audience == (Audience.PUBLIC,) for field in declared_fields(model).values())
