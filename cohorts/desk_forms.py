"""Forms with which the backbone team sets up, changes and ends cohorts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.actions.cohorts import Facts, earliest_end, slug_stays
from cohorts.models import Cohort
from core.clock import today_here
from core.text import strip_control

MOST_PURPOSE = 2_000
FIRST_YEAR, LAST_YEAR = 2000, 2100
#: Addresses of the desk that stand where a short name would.
TAKEN = frozenset({"new"})

TAKEN_WORDS = gettext_lazy("Another cohort has this short name. Choose another one.")


class DayField(forms.DateField):
    """A day of the calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        invalid = gettext_lazy("This is no day of the calendar. Choose one.")
        kwargs.setdefault("error_messages", {})["invalid"] = invalid
        super().__init__(widget=widget, **kwargs)

    def validate(self, value: date | None) -> None:
        """Raise ValidationError for a year that nobody means."""
        super().validate(value)
        if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
            said = {"first": FIRST_YEAR, "last": LAST_YEAR}
            raise ValidationError(_("Choose a year from %(first)s to %(last)s.") % said)


class DaysForm(forms.Form):
    """Name, short name and days: what a cohort cannot be without."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        error_messages={"required": gettext_lazy("Give it a name; its people see it.")},
    )
    slug = forms.SlugField(
        label=gettext_lazy("Short name"),
        help_text=gettext_lazy(
            "Stands in the address of its page: letters, digits and hyphens. It stays as it is once people have been in the cohort."
        ),
        max_length=60,
        error_messages={
            "required": gettext_lazy("Give it a short name, such as spring-2027."),
            "invalid": gettext_lazy(
                "Use letters from a to z, digits and hyphens alone, such as spring-2027."
            ),
        },
    )
    starts_on = DayField(
        label=gettext_lazy("First day"),
        error_messages={"required": gettext_lazy("Choose the day on which it begins.")},
    )
    ends_on = DayField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy(
            "You can leave it open, and set it later. After it the cohort can be read for 30 days."
        ),
        required=False,
    )

    #: The cohort that is changed; a new one has none.
    row: Cohort | None = None

    def clean_name(self) -> str:
        """On one line, without unseen characters."""
        return " ".join(strip_control(self.cleaned_data["name"]).split())

    def clean_slug(self) -> str:
        """In lower case, and neither an address of the desk nor another cohort's."""
        if self.row is not None and self.fields["slug"].disabled:
            return self.row.slug
        slug = str(self.cleaned_data["slug"]).lower()
        others = Cohort.objects.filter(slug=slug)
        if self.row is not None:
            others = others.exclude(pk=self.row.pk)
        if slug in TAKEN or others.exists():
            raise ValidationError(TAKEN_WORDS)
        return slug

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, nor past: a cohort that goes on is not ended by the way, which asks first."""
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        goes_on = self.row is None or not self.row.is_over
        if first and last and last < first:
            words = _("A cohort cannot end before it begins. Choose %(day)s or a later day.")
            self.add_error("ends_on", words % {"day": date_format(first, "DATE_FORMAT")})
        elif last and goes_on and last < today_here():
            self.add_error("ends_on", self._past())
        return data

    def _past(self) -> str:
        if self.row is None:
            return _("That day is past. Choose a later one, or leave it open.")
        return _("That day is past, so the cohort would be over at once. To end it, use “End this cohort” on its page of the desk; it says first what stays and what goes.")  # fmt: skip

    def facts(self, *, purpose: str = "") -> Facts:
        """What was filled in."""
        data = self.cleaned_data
        return Facts(
            name=data["name"],
            slug=data["slug"],
            purpose=data.get("purpose", purpose),
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
        )


class CohortForm(DaysForm):
    """A new cohort, or one that is changed, and which one its writer had before them."""

    revision = forms.IntegerField(
        min_value=0, max_value=1_000_000_000, required=False, widget=forms.HiddenInput
    )
    purpose = forms.CharField(
        label=gettext_lazy("Purpose"),
        help_text=gettext_lazy("One or two sentences, on top of its page."),
        max_length=MOST_PURPOSE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("name", "slug", "purpose", "starts_on", "ends_on", "revision")

    @classmethod
    def editing(cls, row: Cohort, data: Any = None) -> CohortForm:
        """The form with a cohort as it stands; its short name is shown and fixed once people have been in it."""
        names = ("name", "slug", "purpose", "starts_on", "ends_on", "revision")
        form = cls(data, initial={name: getattr(row, name) for name in names})
        form.row = row
        if slug_stays(row):
            form.fields["slug"].disabled = True
            form.fields["slug"].help_text = _(
                "People have been in this cohort and know its address, so it stays as it is."
            )
        return form

    def clean_purpose(self) -> str:
        """Without unseen characters."""
        return strip_control(self.cleaned_data["purpose"]).strip()


class CloneForm(DaysForm):
    """A cohort like one of before, at another time."""

    with_facilitators = forms.BooleanField(
        label=gettext_lazy("Its facilitators facilitate this one, too"), required=False
    )

    @classmethod
    def like(cls, old: Cohort) -> CloneForm:
        """The form with what follows from the old one: as many days, beginning today."""
        first = today_here()
        last = first + (old.ends_on - old.starts_on) if old.ends_on else None
        return cls(initial={"name": old.name, "starts_on": first, "ends_on": last})


class EndForm(forms.Form):
    """The last day of a cohort, and which cohort its writer had before them."""

    revision = forms.IntegerField(
        min_value=0, max_value=1_000_000_000, required=False, widget=forms.HiddenInput
    )
    ends_on = DayField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Until the end of this day everything goes on as before."),
        error_messages={"required": gettext_lazy("Choose the last day.")},
    )

    def __init__(self, row: Cohort, data: Any = None) -> None:
        """With the day that is set, else today or the first day."""
        day = row.ends_on or max(row.starts_on, today_here())
        super().__init__(data, initial={"ends_on": day, "revision": row.revision})
        self.row = row

    def clean_ends_on(self) -> date:
        """Not before the earliest day that can still be set."""
        day: date = self.cleaned_data["ends_on"]
        earliest = earliest_end(self.row)
        if day < earliest:
            said = {"day": date_format(earliest, "DATE_FORMAT")}
            words = _("It cannot end on a day that long ago, or before it begins. Choose %(day)s or a later day.")  # fmt: skip
            raise ValidationError(words % said)
        return day


class AddForm(forms.Form):
    """The address of somebody who is a member already."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address of a member"),
        help_text=gettext_lazy("The whole address, as they have proven it to be theirs."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Type the address first; nobody was added."),
            "invalid": gettext_lazy("This is no e-mail address. Check how it is spelled."),
        },
    )
