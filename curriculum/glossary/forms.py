"""Forms of the glossary. What a wording must hold is asked by the actions; here it is read from what was typed."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from curriculum.glossary.models import WORDS, Proposal, Term, TermWord
from curriculum.glossary.models.agreement import LONGEST_COMMENT
from curriculum.glossary.words import address_of, different, folded_word, plurals_of

ONE_A_LINE = _("One a line, or with commas between them.")
SPLIT = re.compile(r"[\n,;]+")
MOST_LETTERS = 6_000  # of a list; each word is measured by itself


class WordsField(forms.CharField):
    """Several words in one box, one a line or with commas between them."""

    def __init__(self, *, label: Any) -> None:
        super().__init__(
            label=label, help_text=ONE_A_LINE, required=False, max_length=MOST_LETTERS,
            widget=forms.Textarea(attrs={"rows": 2}),
        )  # fmt: skip

    def prepare_value(self, value: Any) -> Any:
        """A list as it is typed."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """The words without empty ones and doubles."""
        return different(SPLIT.split(super().clean(value)))


class TermsField(WordsField):
    """Other terms, by any word that leads to them; gives their addresses. Unknown ones are refused with the wording."""

    def clean(self, value: Any) -> list[str]:
        """The addresses."""
        return addresses_of(super().clean(value))


def addresses_of(words: list[str]) -> list[str]:
    """The addresses of the terms to which these words lead; of others, what their own address would be."""
    slugs = {word: address_of(word) or word[:120] for word in words}
    known = set(Term.objects.filter(slug__in=list(slugs.values())).values_list("slug", flat=True))
    rows = TermWord.objects.filter(folded__in=[folded_word(word) for word in words])
    by_word = dict(rows.values_list("folded", "term__slug"))
    found = (
        slug if slug in known else by_word.get(folded_word(word), slug)
        for word, slug in slugs.items()
    )
    return list(dict.fromkeys(found))


class WordingForm(forms.ModelForm):
    """A wording with everything that belongs to it, and why it is proposed."""

    revision = forms.IntegerField(
        min_value=0, max_value=1_000_000_000, required=False, widget=forms.HiddenInput
    )
    aliases = WordsField(label=_("Other words for it"))
    broader = TermsField(label=_("Broader terms"))
    related = TermsField(label=_("Related terms"))
    source_url = forms.URLField(
        label=_("Address of the source"), required=False, max_length=500, assume_scheme="https"
    )
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("The members of the body read this before they decide."),
        max_length=LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    forms = WordsField(label=_("Forms of the word"))  # the last, since it hides the module here

    class Meta:
        model = Proposal
        fields = WORDS
        widgets: ClassVar[dict[str, forms.Widget]] = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("definition", "example", "we_say", "we_avoid", "we_avoid_because", "contested", "notes")
        }  # fmt: skip
        error_messages: ClassVar[dict[str, dict[str, Any]]] = {
            "name": {"required": _("Write the term, in letters or figures.")},
            "definition": {"required": _("Write what the term means.")},
        }

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["language"] = _languages(self.fields["language"])
        self._hint_at_plurals()

    @classmethod
    def of(cls, wording: Any, data: Any = None, **more: Any) -> WordingForm:
        """The form with a wording as it stands (None: an empty one)."""
        words = {} if wording is None else {name: getattr(wording, name) for name in WORDS}
        return cls(data, initial=words | more)

    def words(self) -> dict[str, Any]:
        """The wording as an action takes it."""
        return {name: self.cleaned_data[name] for name in WORDS}

    def refuse(self, problem: ValidationError) -> None:
        """Show what an action refused at the field that it names."""
        for name, words in problem.message_dict.items():
            for sentence in words:
                self.add_error(name if name in self.fields else None, sentence)

    def _hint_at_plurals(self) -> None:
        """What a rule would make of the name. It is proposed to whoever writes, and never added by itself."""
        typed = self["forms"].value() or []
        there = {folded_word(word) for word in (SPLIT.split(typed) if isinstance(typed, str) else typed)}  # fmt: skip
        name, language = str(self["name"].value() or "").strip(), str(self["language"].value())
        missing = [one for one in plurals_of(name, language) if folded_word(one) not in there]
        hint = _now("Plurals and the like, which lessons link too. One a line.")
        if missing:
            said = _now("By rule the plural is “%(word)s”: write it here if people use it.")
            hint = f"{hint} {said % {'word': missing[0]}}"
        self[
            "forms"
        ].help_text = hint  # the field as it is shown, which was made by asking for its value

    def _post_clean(self) -> None:
        """Lengths were measured by the fields; the whole wording is checked by the action, together with its term."""


def _languages(field: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=field.label, choices=settings.LANGUAGES, initial=settings.LANGUAGE_CODE
    )


class RetirementForm(forms.Form):
    """Why a term should no longer be used, and what takes its place."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why the term should no longer be used.")},
    )
    replaced_by = forms.CharField(
        label=_("What takes its place"),
        help_text=_("A term of the glossary. Lessons that use the old one say so."),
        max_length=120,
        required=False,
    )

    def clean_replaced_by(self) -> Term | None:
        """The term to which the word leads."""
        typed = self.cleaned_data["replaced_by"].strip()
        if not typed:
            return None
        term = Term.objects.in_use().filter(slug__in=addresses_of([typed])).first()
        if term is None:
            raise ValidationError(_("“%(word)s” is no term of the glossary.") % {"word": typed})
        return term


class CommentForm(forms.Form):
    """What somebody says about a proposal."""

    text = forms.CharField(
        label=_("Your comment"),
        help_text=_("Members read it with your name."),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write something first; nothing was posted.")},
    )


class DecisionForm(forms.Form):
    """The text that was decided on, and what was said against it."""

    revision = forms.IntegerField(min_value=0, max_value=1_000_000_000, widget=forms.HiddenInput)
    dissent = forms.CharField(
        label=_("What was said against it"),
        help_text=_("It stands on the page of the term, for everybody. Names are not needed."),
        max_length=LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AdoptForm(DecisionForm):
    """Adopt it, and look at it again on a day."""

    next_review_on = forms.DateField(
        label=_("Look at it again on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class DeclineForm(DecisionForm):
    """Decline it, with the reason that is archived with the proposal."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It is archived with the proposal, and its author reads it."),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why it is declined; the proposal is archived with it.")},
    )
    field_order = ("revision", "reason", "dissent")


class TogetherForm(forms.Form):
    """Several proposals, each with the text that was shown, adopted together."""

    shown = forms.MultipleChoiceField(required=False)
    dissent = forms.CharField(
        label=_("What was said against them"),
        max_length=LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
