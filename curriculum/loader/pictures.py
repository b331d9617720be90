"""Uploads the pictures and recordings of starter lessons, each once, and takes the files back when the run is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.images import ImageFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.utils.file import hash_filelike

from core.uploads.pictures import clean_picture


class Pictures:
    """The pictures of one folder. A file that was corrected becomes a new picture; the old one stays in the library.

    `recordings` are the films, sounds and captions of the folder `media` beside it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: list[Any] = []
        self.recordings = Recordings(folder.parent / "media", self._made)

    def find(self, name: str) -> Any:
        """The uploaded picture of this file as it is now, None when it was not uploaded yet."""
        with (self.folder / name).open("rb") as file:
            known = {"title": f"starter/{name}", "file_hash": hash_filelike(file)}
        return get_image_model().objects.filter(**known).first()

    def take(self, name: str, alt: str) -> Any:
        """The uploaded picture of this file, uploaded now when it was not yet. `alt` becomes its description."""
        known = self.find(name)
        if known is not None:
            return known
        with (self.folder / name).open("rb") as file:
            image = get_image_model()(
                title=f"starter/{name}",
                description=alt[:255],
                file_hash=hash_filelike(file),
                file=ImageFile(clean_picture(file, name), name=name),
            )
            self._made.append(image)
            image.save()
        return image

    @contextmanager
    def kept_when_all_is_well(self) -> Iterator[None]:
        """Remove the files uploaded inside when it fails: a database takes its rows back, a folder does not."""
        try:
            yield
        except BaseException:
            for made in self._made:
                if made.file._committed:
                    made.file.storage.delete(made.file.name)
            raise


class Recordings:
    """The films, sounds and captions of one folder; what is uploaded is added to the list `made`."""

    def __init__(self, folder: Path, made: list[Any]) -> None:
        self.folder, self._made = folder, made

    def find(self, name: str) -> Any:
        """The document of this file as it is now, None when it was not uploaded yet or its own file is gone."""
        with (self.folder / name).open("rb") as file:
            known = {"title": f"starter/{name}", "file_hash": hash_filelike(file)}
        found = get_document_model().objects.filter(**known).order_by("pk")
        return next((one for one in found if one.file.storage.exists(one.file.name)), None)

    def take(self, name: str) -> Any:
        """The document of this file, uploaded now when it was not yet. It was looked into before (`checking`)."""
        known = self.find(name)
        if known is not None:
            return known
        with (self.folder / name).open("rb") as file:
            document = get_document_model()(
                title=f"starter/{name}",
                file=File(file, name=name),
                file_hash=hash_filelike(file),
                file_size=(self.folder / name).stat().st_size,
            )
            file.seek(0)
            self._made.append(document)
            document.save()
        return document
