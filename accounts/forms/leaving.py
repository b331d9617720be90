"""The form on the page on which a member leaves."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class LeaveForm(forms.Form):
    """Nothing has to be typed. What was shared with others stays with them for a while, or goes along."""

    takes_along = forms.BooleanField(
        label=_("Take what I shared with me"),
        required=False,
        help_text=_(
            "What you shared with a buddy, at check-ins and in what you agreed on, then goes with you after seven days. "
            "Without this they can read it for 30 days more, under “Former member”."
        ),
    )
