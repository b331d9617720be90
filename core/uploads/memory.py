"""Files that never touch the disk: for what is private, and is read once, as it is sent.

Django would write an upload over 2.5 MB into a folder for temporary files, in the clear.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any

from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponseBase
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt, csrf_protect

TOO_BIG, TOO_MANY = "too big", "too many"
#: Files this many times larger than what is kept of them are cut off; smaller ones are read to their end, so that the
#: browser shows our answer and not a broken line.
READ_ON = 10

View = Callable[..., HttpResponseBase]


class InMemory(FileUploadHandler):
    """Keeps all files of one request together up to `most` bytes. What is over that is dropped, and `is_over` says so."""

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.left = most
        self.most = most
        self.is_over = False
        self.kept = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece, or drop it. Raises StopUpload when nobody can mean so much."""
        self.left -= len(raw_data)
        if self.left < -self.most * READ_ON:
            raise StopUpload(connection_reset=True)
        if self.left < 0:
            self.is_over = True
            self.kept = BytesIO()
        else:
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file; empty when it was dropped."""
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=self.kept.getbuffer().nbytes,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


class _Dropped(InMemory):
    """Keeps nothing, however much there is."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Drop a piece."""


def drop_files(request: HttpRequest) -> None:
    """Let what is still to be read of a request lose its files, names aside. Does nothing once it was read."""
    if not hasattr(request, "_files"):
        request.upload_handlers = [_Dropped(request, 0)]


def files_in_memory(most: int) -> Callable[[View], View]:
    """Decorate a view so that the files it is sent stay in memory, `most` bytes of them together.

    It must stand outside of whatever reads the post: the check of the form's token is made inside of it for that
    reason. `over_of(request)` says what was too much. More files than Django counts come as a visit by GET, because
    the form they came in could not be read.
    """

    def decorate(view: View) -> View:
        checked = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method != "POST":
                return checked(request, *args, **kwargs)
            handler = InMemory(request, most)
            request.upload_handlers = [handler]
            try:
                _ = request.POST
            except TooManyFilesSent:
                request.method = "GET"
                request.files_over = TOO_MANY  # type: ignore[attr-defined]
                return view(request, *args, **kwargs)
            except (
                UnreadablePostError
            ):  # the line broke; the check of the token says what is to be said
                pass
            if handler.is_over:
                request.files_over = TOO_BIG  # type: ignore[attr-defined]
            return checked(request, *args, **kwargs)

        return guarded

    return decorate


def over_of(request: HttpRequest) -> str:
    """TOO_BIG or TOO_MANY when files were sent that `files_in_memory` did not keep; else empty."""
    return str(getattr(request, "files_over", ""))
