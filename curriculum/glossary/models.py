"""Rows of the glossary. For now a term is what the starter file says; its recorded adoption comes with the agreement."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from core.privacy import Audience, Field, seen_by
from curriculum.search.fields import Words


class Term(index.Indexed, models.Model):
    """One entry of the shared language."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    name = models.CharField(_("term"), max_length=120, unique=True)
    definition = models.TextField(_("definition"))
    not_to_be_confused_with = models.CharField(
        _("not to be confused with"), max_length=300, blank=True
    )
    example_in_practice = models.TextField(_("example in practice"), blank=True)
    broader = models.CharField(_("broader terms"), max_length=300, blank=True)
    narrower = models.CharField(_("narrower terms"), max_length=300, blank=True)
    related = models.CharField(_("related terms"), max_length=300, blank=True)
    aliases = models.CharField(_("other words for it"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=400, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    name_es = models.CharField(_("term in Spanish"), max_length=120, blank=True)
    definition_es = models.TextField(_("definition in Spanish"), blank=True)

    search_fields: ClassVar[list[Any]] = [
        Words(name)
        for name in (
            "name", "definition", "not_to_be_confused_with", "example_in_practice", "aliases", "name_es", "definition_es",
        )
    ] + [index.AutocompleteField("name")]  # fmt: skip

    class Privacy:
        """The shared language is public."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.PUBLIC, why="the shared language is public")
            for name in (
                "id", "slug", "name", "definition", "not_to_be_confused_with", "example_in_practice",
                "broader", "narrower", "related", "aliases", "source", "notes", "name_es", "definition_es",
            )
        }  # fmt: skip

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name
