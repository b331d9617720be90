"""The forms of Wagtail's libraries, which look into what is uploaded (named in the settings)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from core.uploads.kinds import check_document
from core.uploads.pictures import clean_picture
from core.uploads.refusal import refused


class PictureField(WagtailImageField):
    """Wagtail's field, whose value is the picture made anew."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours = gettext_lazy(
            "Large ones are made smaller. Only the picture is kept: where and with what it was taken is not."
        )
        theirs: Any = self.help_text  # type: ignore[has-type]
        self.help_text = format_lazy("{} {}", theirs, ours)

    def check_image_pixel_size(self, f: Any) -> None:
        """Left to `clean_picture`, which asks the same in our words."""

    def to_python(self, data: Any) -> Any:
        """The picture and nothing else. Raises ValidationError."""
        try:
            given = super().to_python(data)
        except ValidationError:
            raise
        except Exception as problem:  # a decoder may raise anything on a hostile file
            words = _("This picture cannot be used: %(why)s. Nothing was stored.")
            raise refused(words, _("it is damaged")) from problem
        return given and clean_picture(given, given.name)


class PictureForm(BaseImageForm):
    """A picture of the library."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.fields.get("file")
        if given is not None:
            self.fields["file"] = PictureField(
                label=given.label, required=given.required, widget=given.widget
            )


class DocumentForm(BaseDocumentForm):
    """A document, recording or captions file of the library."""

    def clean_file(self) -> Any:
        """What is inside must be what the ending of the name says."""
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            check_document(file, file.name)
        return file
