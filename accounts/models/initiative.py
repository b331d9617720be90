"""The initiative's own settings, edited in the Wagtail admin."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from core.privacy import Audience, Field, seen_by


@register_setting(icon="site")
class Initiative(BaseGenericSetting):
    """The collective-impact effort that runs this installation: its name, purpose, contact and where help is found."""

    name = models.CharField(
        _("name"),
        max_length=120,
        default="Lodestar",
        help_text=_("Shown on every page and in every mail."),
    )
    purpose = models.TextField(
        _("purpose"), blank=True, help_text=_("One or two sentences for the front page.")
    )
    contact_email = models.EmailField(
        _("contact address"),
        blank=True,
        help_text=_("For questions, barriers and security reports. Public."),
    )
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Optional. Shown beside the name, at most 40 pixels high."),
    )
    languages = models.CharField(
        _("languages"),
        max_length=60,
        default="en",
        help_text=_("Codes separated by commas, such as: en, es"),
    )
    help_lines = models.TextField(
        _("help lines"),
        blank=True,
        help_text=_(
            "One a line: name | telephone or address | when it is open. Shown on the help page."
        ),
    )

    panels: ClassVar[list[object]] = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("purpose"), FieldPanel("logo")], _("Who we are")
        ),
        FieldPanel("contact_email"),
        FieldPanel("languages"),
        FieldPanel("help_lines"),
    ]

    class Privacy:
        """All of it is public."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.PUBLIC, why=_("the initiative presents itself"))
            for name in (
                "id",
                "name",
                "purpose",
                "contact_email",
                "logo",
                "languages",
                "help_lines",
            )
        }

    class Meta:
        verbose_name = _("initiative")

    def __str__(self) -> str:
        return self.name

    @property
    def language_codes(self) -> list[str]:
        """The codes of the languages the initiative offers, the first being its own."""
        return [code.strip() for code in self.languages.split(",") if code.strip()]

    @property
    def help_contacts(self) -> list[tuple[str, str, str]]:
        """Name, how to reach, and opening times of each help line; missing parts are empty."""
        lines = [line.split("|") for line in self.help_lines.splitlines() if line.strip()]
        padded = [[part.strip() for part in (*line, "", "")] for line in lines]
        return [(parts[0], parts[1], parts[2]) for parts in padded]
