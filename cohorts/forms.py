"""Forms of `cohorts`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import Announcement

MOST_LETTERS = 10_000


class AnnouncementForm(forms.Form):
    """The text of an announcement, and which text its writer had before them."""

    text = forms.CharField(
        label=_("Announcement"),
        help_text=_("Plain text or Markdown: **bold**, *slanted*, lists with hyphens, links."),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write something first; nothing was posted.")},
    )
    revision = forms.IntegerField(
        min_value=0, max_value=1_000_000_000, required=False, widget=forms.HiddenInput
    )

    @classmethod
    def editing(cls, announcement: Announcement, data: Any = None) -> AnnouncementForm:
        """The form with the announcement's text as it stands now."""
        initial = {"text": announcement.text, "revision": announcement.revision}
        return cls(data, initial=initial)
