"""The editor's form of a fact: two who correct it at once both see what the other saved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.log_actions import registry

from curriculum.models import Fact


class FactForm(WagtailAdminModelForm):
    """`opened_at` is the moment of the last change that the editor had seen when the form was opened."""

    data: Any
    opened_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            return
        self.initial["opened_at"] = self.instance.changed_at.isoformat()
        times = self.instance.used_in().count()
        if times:
            self.fields["key"].disabled = True
            self.fields["key"].help_text = ngettext(
                "%(times)s lesson cites this key, so it stays.",
                "%(times)s lessons cite this key, so it stays.",
                times,
            ) % {"times": times}

    def clean(self) -> dict[str, Any]:
        """Refuse to write over what somebody else saved since, once: then the editor has seen both."""
        cleaned: dict[str, Any] = super().clean()
        now = Fact.objects.filter(pk=self.instance.pk).first()
        opened = _moment(cleaned.get("opened_at"))
        if now is not None and opened is not None and now.changed_at != opened:
            self._show_theirs(now, opened)
        return cleaned

    def _show_theirs(self, now: Fact, opened: datetime) -> None:
        theirs = {
            name: getattr(now, name)
            for name, value in self.cleaned_data.items()
            if name != "opened_at" and getattr(now, name) != value
        }
        if not theirs:
            return
        self.data = self.data.copy()
        self.data["opened_at"] = now.changed_at.isoformat()
        who = self._who_saved(now, opened)
        for name in theirs:
            saved = getattr(now, f"get_{name}_display", lambda name=name: getattr(now, name))()
            self.add_error(
                name, _("%(who)s saved here meanwhile: “%(saved)s”") % {"who": who, "saved": saved}
            )
        self.add_error(
            None,
            _(
                "%(who)s saved this fact after you had opened it. What you typed is still here, but it is not saved "
                "yet. Compare it with what they saved, beside each field, then save again."
            )
            % {"who": who},
        )

    def _who_saved(self, now: Fact, opened: datetime) -> str:
        entry = registry.get_logs_for_instance(now).filter(timestamp__gt=opened).first()
        if entry is None:
            return _("Somebody")  # the loader, which writes no history
        mine = self.for_user is not None and entry.user_id == self.for_user.pk
        return _("You, in another window,") if mine else str(entry.user_display_name)


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None
