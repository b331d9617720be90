"""The editor's form of a lesson: drafts save whatever they hold, publishing asks for what readers rely on.

And what somebody else saved since the form was opened is not written over unseen.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Revision


class SharedPageForm(WagtailAdminPageForm):
    """The form of a page that several people edit.

    `told_of` is the revision of somebody else that the editor has been told of: the next press puts the typed text in
    its place, and until then nothing is saved by itself (see `wagtail_hooks.guards`).
    """

    data: Any
    told_of = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Refuse to write over what somebody else saved since the form was opened, once."""
        cleaned: dict[str, Any] = super().clean()
        theirs = self._saved_by_somebody_else()
        if theirs is not None:
            self.data = self.data.copy()
            self.data["told_of"] = str(theirs.pk)
            self.add_error(None, _meanwhile(theirs))
        return cleaned

    def _saved_by_somebody_else(self) -> Revision | None:
        """The newest revision that somebody else wrote since this form was opened."""
        opened = str(self.data.get("loaded_revision_id", ""))
        if not self.instance.pk or not opened.isdecimal():
            return None
        since = _moment(self.data.get("loaded_revision_created_at"))
        newer = Q(pk__gt=int(opened))
        if since is not None:
            newer |= Q(pk=int(opened), created_at__gt=since)
        others = self.instance.revisions.filter(newer).exclude(user=self.for_user)
        return others.select_related("user").order_by("-created_at").first()


class LessonForm(SharedPageForm):
    """Says at the field what keeps a lesson from being published."""

    PUBLISHING = "action-publish"

    def clean(self) -> dict[str, Any]:
        """Check the lesson as it would be published, when that is what was asked for."""
        cleaned = super().clean()
        body = cleaned.get("body")
        if body is not None and self.PUBLISHING in self.data:
            from curriculum.readiness import problems_of

            self.instance.body = body
            for problem in problems_of(self.instance, checked_by_form=True):
                self.add_error("body", problem)
        return cleaned


def _moment(text: Any) -> datetime | None:
    try:
        moment = parse_datetime(str(text or ""))
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def _meanwhile(theirs: Revision) -> str:
    who = theirs.user.get_full_name() if theirs.user else _("Somebody")
    return _(
        "%(who)s saved this page after you had opened it. What you typed is still here, but it is not saved yet. "
        "Their text is in the page’s history: take over what you need, then save again, and yours takes its place."
    ) % {"who": who}
