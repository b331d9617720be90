"""The form that looks through one's own entries. It is sent by POST: what is looked for stands in no address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accountability.journal.folding import fold
from accountability.journal.searching import MOST_LETTERS, Asked, Found, words_of
from core.text import strip_control

LONGEST_CHOICE = 70  # letters of a suggestion in the list of them


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "off"})
    return forms.DateField(label=label, required=False, widget=widget)


class SearchForm(forms.Form):
    """Words, a tag, a suggestion and two days; each is optional, and all that are given must be true of an entry."""

    words = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto", "autocomplete": "off"}),
        help_text=_(
            "All of them must be there. Parts of words count; capitals and accents do not."
        ),
    )
    tag = forms.CharField(label=_("Tag"), required=False, widget=forms.Select)
    prompt = forms.CharField(label=_("Suggestion"), required=False, widget=forms.Select)
    since = _day(_("From"))
    until = _day(_("To"))

    def clean(self) -> dict[str, Any]:
        """The days must be in their order."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day is before the first one. Turn them round."))
        return cleaned

    @property
    def asked(self) -> Asked | None:
        """What is looked for, when the form is in order and something is."""
        if not self.is_valid():
            return None
        given = self.cleaned_data
        asked = Asked(
            words=words_of(strip_control(given["words"])),
            tag=fold(given["tag"]),
            prompt=given["prompt"],
            since=given["since"],
            until=given["until"],
        )
        return asked if asked != Asked() else None

    def offer(self, found: Found) -> None:
        """Fill the two lists with what the journal holds, and with what was chosen, should it be there no longer."""
        self._fill("tag", found.tags)
        self._fill("prompt", found.prompts)

    def _fill(self, name: str, offered: list[str]) -> None:
        chosen = self.data.get(name, "").strip() if self.is_bound else ""
        others = [one for one in offered if fold(one) != fold(chosen)]
        here = sorted(filter(None, {chosen, *others}), key=fold)
        cut = [(one, Truncator(one).chars(LONGEST_CHOICE)) for one in here]
        widget: Any = self.fields[name].widget
        widget.choices = [("", _("Any")), *cut]
