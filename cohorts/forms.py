"""Forms of `cohorts`."""

from __future__ import annotations

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import Written

MOST_LETTERS = 10_000
MARKDOWN = _("Plain text or Markdown: **bold**, *slanted*, lists with hyphens, links.")


class WrittenForm(forms.Form):
    """A text for a cohort, and which text its writer had before them. Each kind declares its `text`."""

    revision = forms.IntegerField(
        min_value=0, max_value=1_000_000_000, required=False, widget=forms.HiddenInput
    )

    @classmethod
    def editing(cls, row: Written, data: Any = None) -> Self:
        """The form with the text as it stands now."""
        return cls(data, initial={"text": row.text, "revision": row.revision})


def _text_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=MARKDOWN,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write something first; nothing was posted.")},
    )


class AnnouncementForm(WrittenForm):
    """The text of an announcement."""

    text = _text_field(_("Announcement"))


class ReplyForm(WrittenForm):
    """What somebody says to a prompt."""

    text = _text_field(_("Your reply"))


class RemovalForm(forms.Form):
    """Why a facilitator takes a reply out of the talk."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Its author reads this, and nobody else."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why; the author is told. Nothing was removed.")},
    )
