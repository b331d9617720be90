"""Forms of the ways in: at the door, and for facilitators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from care.forms import UNREAD, WordsField
from caucuses.terms_forms import NameInRoomField

LONGEST_WORDS = 1_000


class JoinForm(forms.Form):
    """The name that one will go by: for the open way, and for an invitation."""

    use_required_attribute = False

    name = NameInRoomField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class AskForm(JoinForm):
    """Asking the facilitators."""

    words = WordsField(
        label=gettext_lazy("A few words to the facilitators"),
        help_text=gettext_lazy(
            "The facilitators read these words and the name above, and nothing else about you: not your account’s name, not your address."
        ),
        longest=LONGEST_WORDS,
        rows=4,
        required=False,
    )


class AnswerForm(forms.Form):
    """Declining with words."""

    use_required_attribute = False

    words = WordsField(
        label=gettext_lazy("A few words to them"),
        help_text=gettext_lazy("Needed when you decline; they read it beside their request, and nobody else does."),
        longest=LONGEST_WORDS,
        rows=3,
        error_messages={"required": gettext_lazy("Write a sentence to them, kindly. Nothing was sent.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class AddressForm(forms.Form):
    """An e-mail address. Nothing looks up whom it belongs to."""

    use_required_attribute = False

    address = forms.EmailField(
        label=gettext_lazy("Their e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={**UNREAD}),
        error_messages={
            "required": gettext_lazy("Type an address. Nothing was done."),
            "invalid": gettext_lazy("This is no e-mail address. Look at it again; nothing was done."),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class TakeBackForm(AddressForm):
    """Whose invitation is taken back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "back-%s", **kwargs})


class InviteForm(AddressForm):
    """An invitation."""

    words = WordsField(
        label=gettext_lazy("A few words to them"),
        help_text=gettext_lazy(
            "They read this beside the invitation, with your name in this room."
        ),
        longest=LONGEST_WORDS,
        rows=3,
        required=False,
    )
    as_facilitator = forms.BooleanField(
        label=gettext_lazy("They are to facilitate this caucus"),
        help_text=gettext_lazy("Also for somebody from outside who is in no cohort."),
        required=False,
    )
    with_mail = forms.BooleanField(
        label=gettext_lazy("Send a mail, too: they are to facilitate, and may have no account yet"),
        help_text=gettext_lazy(
            "The mail says “You are invited” with the name of the initiative and a link to make an account: nothing of a caucus, and no name. Tell them yourself that the invitation then waits under “Caucuses”. Three such mails a day is the most for one facilitator, and five within 14 days for a room."
        ),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A mail only where somebody is to facilitate. Raises ValidationError."""
        cleaned = super().clean() or {}
        if cleaned.get("with_mail") and not cleaned.get("as_facilitator"):
            self.add_error(
                "with_mail",
                _("A mail goes to those alone who are to facilitate. Choose that, too, or send no mail; nothing was sent."),
            )  # fmt: skip
        return cleaned
