"""Forms of conversations: what is typed comes back on every error."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from caucuses.threads.choices import LONGEST_DRAFT, LONGEST_POST, LONGEST_TITLE
from caucuses.threads.models import Draft, Post
from caucuses.threads.reading import draft_of
from core.text import strip_control

#: Programs in the browser that read along are asked not to. The words are sent nowhere but here.
UNREAD: dict[str, Any] = {
    "autocomplete": "off",
    "data-gramm": "false",
    "data-gramm_editor": "false",
    "data-enable-grammarly": "false",
    "data-lt-active": "false",
    "dir": "auto",
}
MARKDOWN = _("Plain text or Markdown: **bold**, *slanted*, lists with hyphens, links.")
TOO_LONG = _(
    "This has %(count)s characters; %(most)s fit. All of it still stands below: shorten it a little, or post it in parts."
)
TITLE_TOO_LONG = _("This has %(count)s characters; %(most)s fit. Shorten it a little.")
NUMBERS_TO = 2**53 - 1


class WordsField(forms.CharField):
    """Typed words; the limit is said in a sentence and cuts nothing off."""

    def __init__(self, *, longest: int, too_long: Any = TOO_LONG, **kwargs: Any) -> None:
        self.longest, self.too_long = longest, too_long
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """The words without what no reader sees; nothing but blanks is nothing."""
        words = strip_control(super().to_python(value) or "")
        return words if words.strip() else ""

    def validate(self, value: str) -> None:
        """Raise ValidationError with both numbers when it is too long."""
        super().validate(value)
        if len(value) > self.longest:
            numbers = {"count": f"{len(value):,}", "most": f"{self.longest:,}"}
            raise ValidationError(self.too_long % numbers)


def _text_field(label: Any, *, rows: int = 5) -> WordsField:
    return WordsField(
        label=label,
        longest=LONGEST_POST,
        help_text=MARKDOWN,
        widget=forms.Textarea(attrs={**UNREAD, "rows": rows}),
        error_messages={"required": _("Write something first; nothing was posted.")},
    )


class WritingForm(forms.Form):
    """Words for a post, and what of its draft lay before its writer. `once` is the key of this one page."""

    use_required_attribute = False

    once = forms.UUIDField(required=False, widget=forms.HiddenInput)
    turn = forms.IntegerField(
        min_value=0, max_value=NUMBERS_TO, required=False, widget=forms.HiddenInput
    )
    seen = forms.IntegerField(
        min_value=0, max_value=NUMBERS_TO, required=False, widget=forms.HiddenInput
    )

    @property
    def tab(self) -> UUID | None:
        """The key of the page that sent this."""
        key: UUID | None = self.cleaned_data.get("once")
        return key

    @property
    def draft(self) -> dict[str, Any]:
        """As which draft this was written."""
        return {"tab": self.tab, "seen": self.cleaned_data.get("seen") or 0}

    @property
    def words(self) -> dict[str, Any]:
        """What was typed, too long or not."""
        data: dict[str, Any] = self.cleaned_data
        return {
            name: data.get(name, strip_control(self.data.get(name, "") or ""))
            for name in ("title", "text")
            if name in self.fields
        }

    @property
    def is_tampered(self) -> bool:
        """Whether what nobody types is not what our page sent."""
        return any(field.name in self.errors for field in self.hidden_fields())

    @property
    def is_beyond(self) -> bool:
        """Whether it is too much even for a draft."""
        return sum(map(len, self.words.values())) > LONGEST_DRAFT

    @classmethod
    def of(cls, draft: Draft | None) -> WritingForm:
        """An empty form, or what was written before."""
        written = draft_of(draft)
        words = {"title": written.title or "", "text": written.text or ""}
        seen = draft.version if draft else 0
        quotes = draft.quotes_id if draft else None
        return cls(initial={**words, "once": uuid4(), "turn": 0, "seen": seen, "quotes": quotes})

    def again(self, draft: Draft | None = None) -> WritingForm:
        """The same form once more under a new key, before which this draft lies now."""
        seen = draft.version if draft else self.cleaned_data.get("seen") or 0
        fresh = {"once": str(uuid4()), "turn": "0", "seen": str(seen)}
        again = type(self)({**dict(self.data.items()), **fresh})
        again.full_clean()
        return again


class ReplyForm(WritingForm):
    """What somebody says in a conversation, in answer to a passage or not."""

    text = _text_field(_("Your reply"))
    quotes = forms.UUIDField(required=False, widget=forms.HiddenInput)

    @property
    def quoted(self) -> UUID | None:
        """The post that is answered."""
        key: UUID | None = self.cleaned_data.get("quotes")
        return key


class BeginForm(WritingForm):
    """A new conversation: what it is about, and its first post."""

    title = WordsField(
        label=_("What it is about"),
        longest=LONGEST_TITLE,
        too_long=TITLE_TOO_LONG,
        widget=forms.TextInput(attrs=UNREAD),
        error_messages={"required": _("Say in a few words what it is about; nothing was posted.")},
    )
    text = _text_field(_("What you want to say"), rows=8)

    def clean_title(self) -> str:
        """One line."""
        return " ".join(str(self.cleaned_data["title"]).split())


class EditForm(forms.Form):
    """Another text for one's post, and which text its writer had before them."""

    use_required_attribute = False

    text = _text_field(_("Your post"), rows=8)
    revision = forms.IntegerField(
        min_value=0, max_value=NUMBERS_TO, required=False, widget=forms.HiddenInput
    )

    @classmethod
    def of(cls, post: Post) -> EditForm:
        """The form with the text as it stands now. Raises CannotOpen."""
        return cls(initial={"text": str(post.text), "revision": post.revision})

    def over(self, post: Post) -> EditForm:
        """The same words once more, with the text as it stands now seen."""
        return EditForm(initial={"text": self.cleaned_data["text"], "revision": post.revision})
