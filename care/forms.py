"""Forms of care. What is chosen is checked here; who may be chosen, once more in the actions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from care.choices import Wish
from care.models import Contact
from care.texts import (
    LONGEST_NOTE,
    LONGEST_STORY,
    LONGEST_WORDS,
    MOST_NAMED,
    About,
    Asked,
)
from core.text import strip_control

#: Programs in the browser that read along are asked not to; most obey.
UNREAD: dict[str, Any] = {
    "autocomplete": "off",
    "data-gramm": "false",
    "data-gramm_editor": "false",
    "data-enable-grammarly": "false",
    "data-lt-active": "false",
}


class WordsField(forms.CharField):
    """Typed words, without what nobody types. The limit is said in a sentence and cuts nothing off."""

    def __init__(self, *, longest: int, rows: int = 4, **kwargs: Any) -> None:
        self.longest = longest
        widget = forms.Textarea(attrs={**UNREAD, "rows": rows})
        super().__init__(**{"widget": widget, **kwargs})

    def to_python(self, value: Any) -> str:
        """The words, cleaned."""
        return strip_control(super().to_python(value) or "").strip()

    def validate(self, value: str) -> None:
        """Raise ValidationError when nothing was written, or with both numbers when it is too long."""
        super().validate(value)
        if len(value) > self.longest:
            words = _("This has %(count)s characters; %(most)s fit. All of it still stands here.")
            raise ValidationError(words % {"count": f"{len(value):,}", "most": f"{self.longest:,}"})


class OnceForm(forms.Form):
    """A form that carries a key of its own, from which the row that it becomes gets its id (`care.actions.turns`)."""

    use_required_attribute = False

    once = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["once"].initial = uuid4

    @property
    def key(self) -> UUID:
        """The key; a new one where somebody changed it to something else."""
        try:
            return UUID(self.cleaned_data["once"])
        except ValueError:
            return uuid4()


class PeopleField(forms.MultipleChoiceField):
    """Some of these members, by their ids."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.CheckboxSelectMultiple, **kwargs)

    def offer(self, people: Iterable[User]) -> None:
        """Name who can be chosen."""
        self.choices = [(str(one.pk), one.get_full_name()) for one in people]

    def clean(self, value: Any) -> tuple[UUID, ...]:
        """Their ids. Raises ValidationError for somebody else, or very many."""
        chosen = tuple(UUID(one) for one in super().clean(value))
        if len(chosen) > MOST_NAMED:
            words = _("Choose at most %(most)d people, and name the others in your own words.")
            raise ValidationError(words % {"most": MOST_NAMED})
        return chosen


class ContactField(forms.ChoiceField):
    """One of the contacts among whom this reporter chooses."""

    def __init__(self, **kwargs: Any) -> None:
        missing = gettext_lazy("Choose who shall read it. Nobody else does.")
        gone = gettext_lazy("This person cannot be chosen any more. Choose another.")
        super().__init__(
            label=gettext_lazy("Who shall read it"),
            widget=forms.RadioSelect,
            error_messages={"required": missing, "invalid_choice": gone},
            **kwargs,
        )
        self.contacts: dict[str, Contact] = {}

    def offer(self, contacts: Collection[Contact]) -> None:
        """Name who can be chosen."""
        self.contacts = {str(one.pk): one for one in contacts}
        self.choices = [(key, str(one.member)) for key, one in self.contacts.items()]

    def clean(self, value: Any) -> Contact:
        """The contact. Raises ValidationError for nobody, or somebody else."""
        return self.contacts[super().clean(value)]


class AboutForm(forms.Form):
    """Whom a report is about."""

    use_required_attribute = False

    people = PeopleField(
        label=gettext_lazy("People of your cohorts, and contacts"),
        help_text=gettext_lazy("Nobody whom you name here can get to read your report."),
    )
    about_words = WordsField(
        label=gettext_lazy("Somebody else, or more about who it is"),
        longest=LONGEST_WORDS,
        rows=2,
        required=False,
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        field: Any = self.fields["people"]
        field.offer(people)

    def about(self) -> About:
        """Whom it is about; for a valid form."""
        return About(self.cleaned_data["people"], self.cleaned_data["about_words"])


class ReportForm(AboutForm, OnceForm):
    """A report."""

    happened = WordsField(
        label=gettext_lazy("What happened"),
        help_text=gettext_lazy("As much or as little as you want. You can write more later."),
        longest=LONGEST_STORY,
        rows=9,
        error_messages={
            "required": gettext_lazy("Write a sentence or two first; nothing was sent.")
        },
    )
    wish = forms.ChoiceField(
        label=gettext_lazy("What you want"),
        choices=Wish.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what you want; you can change it later by a message.")
        },
    )
    wish_words = WordsField(
        label=gettext_lazy("More about what would help"),
        longest=LONGEST_WORDS,
        rows=2,
        required=False,
    )
    contact = ContactField()

    field_order = ("happened", "wish", "wish_words", "people", "about_words", "contact", "once")

    def __init__(self, *args: Any, contacts: Collection[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["contact"]
        field.offer(contacts)

    def asked(self) -> Asked:
        """What the writer wants; for a valid form."""
        return Asked(Wish(self.cleaned_data["wish"]), self.cleaned_data["wish_words"])


class ChoiceOfContactForm(forms.Form):
    """Another contact for a report."""

    use_required_attribute = False

    contact = ContactField()

    def __init__(self, *args: Any, contacts: Collection[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["contact"]
        field.offer(contacts)


class NoteForm(OnceForm):
    """A message in a report."""

    text = WordsField(
        label=gettext_lazy("Your message"),
        longest=LONGEST_NOTE,
        rows=5,
        error_messages={"required": gettext_lazy("Write something first; nothing was sent.")},
    )


class OwnContactForm(forms.Form):
    """What a contact says of themselves, and whether they take new reports."""

    words = WordsField(
        label=gettext_lazy("Who you are, and how you work"),
        help_text=gettext_lazy(
            "Every member reads this: how you listen, how soon you answer, what you would not do without asking."
        ),
        longest=LONGEST_WORDS,
        rows=5,
        error_messages={
            "required": gettext_lazy("Say a sentence about yourself; nothing was saved.")
        },
    )
    is_available = forms.BooleanField(label=gettext_lazy("I take new reports now"), required=False)


class AskContactForm(forms.Form):
    """Whom the backbone team asks."""

    email = forms.EmailField(
        label=gettext_lazy("Their e-mail address"),
        help_text=gettext_lazy(
            "They must be a member. They are offered to nobody before they accept."
        ),
    )
    words = WordsField(
        label=gettext_lazy("Who they are, and how they work"),
        help_text=gettext_lazy("They put it in their own words when they accept."),
        longest=LONGEST_WORDS,
        error_messages={"required": gettext_lazy("Say a sentence about them; nobody was asked.")},
    )
    is_outside = forms.BooleanField(
        label=gettext_lazy(
            "From outside: not of the team or an organization that runs the initiative"
        ),
        required=False,
    )

    def clean_email(self) -> str:
        """An address of a member. Raises ValidationError for any other, and for who was asked already."""
        address = self.cleaned_data["email"].strip().lower()
        self.member = User.objects.filter(email=address, is_active=True).first()
        if self.member is None:
            raise ValidationError(_("No member has this address. Invite them first."))
        if Contact.objects.standing().filter(member=self.member).exists():
            raise ValidationError(_("They are a contact, or were asked already."))
        return address
