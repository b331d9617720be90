"""Addresses of the curriculum: with the language before them unless it is the one written first, and names that are taken."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

#: Pages beside the modules, and beside the lessons of a module (`urls.py`).
BESIDE_MODULES = frozenset({"record"})
BESIDE_LESSONS = frozenset({"print", "session-plan"})


def language_of_now() -> str:
    """The language in which pages of the curriculum are asked for now."""
    now = get_language()
    return now if now in dict(settings.WAGTAIL_CONTENT_LANGUAGES) else str(settings.LANGUAGE_CODE)


def learn(rest: str = "") -> str:
    """The address of a page of the curriculum in the language of now: `/learn/…` or `/es/learn/…`."""
    language = language_of_now()
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    return f"{prefix}/learn/{rest}"


def refuse_taken(slug: str, taken: frozenset[str]) -> None:
    """Raise ValidationError at `slug` when its address is taken."""
    if slug in taken:
        sentence = _("Another page of the site stands at “%(slug)s”. Choose another short name.")
        raise ValidationError({"slug": sentence % {"slug": slug}})
