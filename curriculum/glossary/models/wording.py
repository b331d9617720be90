"""What a definition says: the same fields in a proposal and in the version that comes of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.privacy import Audience, Field, seen_by
from curriculum.glossary.choices import SourceUse

LONGEST_DEFINITION = 2_000  # letters
LONGEST_TEXT = 1_000


class Wording(models.Model):
    """One wording of a term in one language, with all that belongs to it. Everything is plain text."""

    language = models.CharField(_("language"), max_length=12, default=settings.LANGUAGE_CODE)
    name = models.CharField(_("term"), max_length=120)
    definition = models.TextField(_("definition"), max_length=LONGEST_DEFINITION)
    not_to_be_confused_with = models.CharField(
        _("not to be confused with"), max_length=300, blank=True
    )
    example = models.TextField(_("example in practice"), max_length=LONGEST_TEXT, blank=True)
    we_say = models.TextField(_("we say"), max_length=LONGEST_TEXT, blank=True)
    we_avoid = models.TextField(_("we avoid"), max_length=LONGEST_TEXT, blank=True)
    we_avoid_because = models.TextField(_("because"), max_length=LONGEST_TEXT, blank=True)
    contested = models.TextField(
        _("contested: here is the disagreement"), max_length=LONGEST_TEXT, blank=True
    )
    notes = models.TextField(_("note"), max_length=LONGEST_TEXT, blank=True)
    # Words that lead to the term: their addresses redirect, and lessons link them.
    aliases = models.JSONField(_("other words for it"), default=list, blank=True)
    # Plurals and other forms, which lessons link.
    forms = models.JSONField(_("forms of the word"), default=list, blank=True)
    case_matters = models.BooleanField(
        _("only as it is written"),
        default=False,
        help_text=_("Lessons link the word only with these capital letters, such as “Power” but not “power”."),
    )  # fmt: skip
    # Addresses of other terms. Narrower ones follow from what those say.
    broader = models.JSONField(_("broader terms"), default=list, blank=True)
    related = models.JSONField(_("related terms"), default=list, blank=True)
    source = models.CharField(_("source"), max_length=400, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    source_license = models.CharField(_("license of the source"), max_length=120, blank=True)
    source_use = models.CharField(
        _("how it stands to the source"), max_length=8, choices=SourceUse.choices, default=SourceUse.OWN
    )  # fmt: skip

    class Meta:
        abstract = True


#: The names of the fields that a version takes over from its proposal.
WORDS = tuple(field.name for field in Wording._meta.local_fields)


def words_seen_by(*audience: Audience, why: str | Promise) -> dict[str, Field]:
    """The audience of all fields of a wording."""
    return {name: seen_by(*audience, why=why) for name in WORDS}
