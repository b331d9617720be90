"""The editors' forms: a map from a file, and words about it. What is typed stays typed whatever is wrong with the file."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from curriculum.models import RedliningMap
from curriculum.redlining.credit import LONGEST_CREDIT
from curriculum.redlining.geojson import MapReading, Place, read_map_bytes
from curriculum.redlining.parsing import refuse_size
from curriculum.redlining.place import YEARS
from curriculum.redlining.refusal import MapRefused
from curriculum.redlining.svg import Drawing, draw
from curriculum.redlining.words import plain_text

LONGEST_SLUG = 80


class MapForm(WagtailAdminModelForm):
    """What both forms share. After `is_valid`, `reading` and `drawing` hold the map of the file, if one was sent."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,  # so that it is refused with the same sentence as on the command line
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
    )
    credit = forms.CharField(
        label=_("Credit"),
        required=False,
        max_length=LONGEST_CREDIT,
        widget=AdminAutoHeightTextInput,
        help_text=_(
            "Who is to be named under the map. Left empty, it is what the file says, else Mapping Inequality with its "
            "license (CC BY-NC-SA 4.0)."
        ),
    )

    reading: MapReading | None = None
    drawing: Drawing | None = None

    def clean_year(self) -> int | None:
        """Four digits, or nothing where no source gives the year."""
        year: int | None = self.cleaned_data["year"]
        if year is not None and year not in YEARS:
            raise forms.ValidationError(gettext("The year must have four digits, such as 1937."))
        return year

    def clean(self) -> dict[str, Any] | None:
        """Read and draw the file. What is wrong with it is said beside its field."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        upload = cleaned.get("file")
        if upload is not None:
            try:
                self._read(upload, cleaned)
            except MapRefused as refusal:
                self.add_error("file", str(refusal))
        return cleaned

    def is_invented(self) -> bool:
        """Whether the town is marked as invented beside the file."""
        return bool(self.instance.invented)

    def place(self) -> Place:
        """City, state and year as typed."""
        typed = self.cleaned_data
        city, state = (
            plain_text(typed.get(name), most) for name, most in (("city", 120), ("state", 60))
        )
        return Place(city, state, typed.get("year"))

    def _read(self, upload: UploadedFile, cleaned: dict[str, Any]) -> None:
        name = upload.name or ""
        refuse_size(upload.size or 0, name)
        self.reading = read_map_bytes(
            upload.read(),
            name,
            self.place(),
            plain_text(cleaned.get("credit"), LONGEST_CREDIT),
            invented=self.is_invented(),
        )
        self.drawing = draw(self.reading)


class MapAddForm(MapForm):
    """A new map. What is left empty is taken from the file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "GeoJSON in the format of Mapping Inequality, one city a file, at most 20 MB."
        )
        for name in ("city", "state", "year"):
            self.fields[name].required = False
            self.fields[name].help_text = _("Left empty, it is what the file says.")
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _(
            "By which commands know the map; it stays. Left empty, it is the file’s name."
        )
        self.fields["invented"].help_text = _(
            "Tick this when the town does not exist: every page then says so. It can be set now and not later."
        )

    def clean(self) -> dict[str, Any] | None:
        """A short name for who typed none."""
        cleaned = super().clean() or self.cleaned_data
        upload = cleaned.get("file")
        if upload is not None and not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = slugify(PurePath(upload.name).stem)[:LONGEST_SLUG].strip("-")
            if not cleaned["slug"]:
                self.add_error("slug", gettext("The file’s name gives no short name. Type one."))
        return cleaned

    def is_invented(self) -> bool:
        """As ticked."""
        return bool(self.cleaned_data.get("invented"))

    class Meta(WagtailAdminModelForm.Meta):
        model = RedliningMap
        fields: ClassVar[list[str]] = ["city", "state", "year", "credit", "slug", "invented"]
        error_messages: ClassVar[dict[str, dict[str, Any]]] = {
            "slug": {"unique": _("Another map has this short name. Choose another one; nothing was changed.")}
        }  # fmt: skip


class MapEditForm(MapForm):
    """Words about a stored map, and a new file when the drawing is to be replaced."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = self.instance.imported_at.isoformat()
        self.initial["seen"] = self.version
        self.fields["file"].required = False
        self.fields["file"].help_text = _(
            "A new file replaces the drawing and its table in every lesson; the words above stay. Without one the "
            "drawing stays."
        )

    def clean(self) -> dict[str, Any] | None:
        """Two editors at once: the second is told, and may save again."""
        cleaned = super().clean()
        if "seen" in self.cleaned_data and self.cleaned_data["seen"] != self.version:
            self.data = self.data.copy()  # type: ignore[has-type]
            self.data["seen"] = self.version
            raise forms.ValidationError(
                gettext(
                    "Somebody else saved this map while you had it open. Nothing of yours was saved yet; it stands "
                    "below. Save again to put it in the place of theirs."
                )
            )
        return cleaned

    class Meta(WagtailAdminModelForm.Meta):
        model = RedliningMap
        fields: ClassVar[list[str]] = ["city", "state", "year", "credit"]
