"""Uploads the pictures of starter lessons, each once, and takes the files back when the run is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files.images import ImageFile
from wagtail.images import get_image_model
from wagtail.utils.file import hash_filelike


class Pictures:
    """The pictures of one folder. A file that was corrected becomes a new picture; the old one stays in the library."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: list[Any] = []

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
                file=ImageFile(file, name=name),
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
            for image in self._made:
                if image.file._committed:
                    image.file.storage.delete(image.file.name)
            raise
