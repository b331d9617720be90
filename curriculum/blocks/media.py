"""The block for something to hear or to see: a film or a recording of our own library, with everything in it as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from core.text import plain_text
from core.uploads.kinds import AUDIO, CAPTIONS, VIDEO, ending_of
from curriculum.blocks.base import (
    Facts,
    LessonBlock,
    Problem,
    has_words,
    html_problems,
    lines_of,
    published_html,
    said,
)

MOST_LETTERS = 200_000  # of a transcript: four hours of speech
ONE_READING = 20_000  # letters of a transcript that Markdown gets at a time
BREAK = re.compile(r"\n[ \t]*\n")


class MediaBlock(LessonBlock, blocks.StructBlock):
    """A film or a recording with its transcript. Without the file the transcript still says all of it."""

    needed = (
        ("title", _("the recording has no title. Say what it is.")),
        (
            "transcript",
            _("the recording has no transcript. Write everything that is said, and what else is to be heard or seen."),
        ),
    )  # fmt: skip

    file = DocumentChooserBlock(
        label=_("File"),
        help_text=_("MP4 or WebM for film; MP3, M4A, OGG or WAV for sound. At most 100 MB."),
    )
    title = blocks.CharBlock(
        label=_("Title"), max_length=160, help_text=_("What it is and who speaks: “A midwife on her first year”.")
    )  # fmt: skip
    duration = blocks.CharBlock(
        label=_("How long it is"),
        required=False,
        max_length=60,
        help_text=_("In words: “4 minutes”, “20 seconds”."),
    )
    transcript = blocks.TextBlock(
        label=_("Transcript"),
        help_text=_(
            "Markdown. Everything that is said and by whom, and what else matters: laughter, a door, what a picture shows. "
            "At most 200,000 letters."
        ),
    )
    captions = DocumentChooserBlock(
        label=_("Captions"),
        required=False,
        help_text=_(
            "A WebVTT file (.vtt) with the words at their times, for film. At most 512 KB."
        ),
    )
    poster = ImageChooserBlock(
        label=_("Still picture"),
        required=False,
        help_text=_("Shown before a film begins. Decoration alone: the film says it all."),
    )

    def texts(self, value: Any) -> Iterator[str]:
        """Title, duration, and the transcript in pieces that Markdown can read."""
        yield from (str(value.get(name)) for name in ("title", "duration") if value.get(name))
        yield from pieces_of(str(value.get("transcript") or ""))

    def plain(self, value: Any, facts: Facts) -> str:
        """Title and transcript; how long it takes is no part of what it says."""
        texts = map(published_html, pieces_of(str(value.get("transcript") or "")))
        words = [str(value.get("title") or ""), *map(plain_text, texts)]
        return lines_of("\n".join(said(one, facts) for one in words))

    def problems(self, value: Any) -> Iterator[Problem]:
        """A file of the right kind that is there, and a transcript that a page can hold."""
        yield from self._of_files(value)
        length = len(str(value.get("transcript") or ""))
        if length > MOST_LETTERS:
            words = gettext(
                "the transcript has %(count)s letters, and at most %(most)s fit. Part the recording, and give each part its own."
            )
            yield Problem(words % {"count": length, "most": MOST_LETTERS}, "transcript")
            return
        yield from super().problems(value)
        for piece in pieces_of(str(value.get("transcript") or "")):
            yield from html_problems(published_html(piece))

    def _of_files(self, value: Any) -> Iterator[Problem]:
        file, captions = value.get("file"), value.get("captions")
        if file is None:
            yield Problem(gettext("the recording has no file. Choose one, or upload it."), "file")
        elif not kind_of(file):
            words = gettext("“%(name)s” is neither film nor sound. Choose an MP4, WebM, MP3, M4A, OGG or WAV file.")  # fmt: skip
            yield Problem(words % {"name": file.title}, "file")
        elif not is_there(file):
            words = gettext("the file of “%(name)s” is gone from the library. Upload it again.")
            yield Problem(words % {"name": file.title}, "file")
        if captions is not None and ending_of(captions.filename) != CAPTIONS:
            words = gettext("“%(name)s” holds no captions. Choose a WebVTT file, whose name ends in .vtt.")  # fmt: skip
            yield Problem(words % {"name": captions.title}, "captions")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add what the player needs, which is nothing when the file is gone."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        file, captions = value.get("file"), value.get("captions")
        usable = file is not None and is_there(file)
        context["player"] = kind_of(file) if usable else ""
        context["captions"] = captions if captions is not None and is_there(captions) else None
        return context

    def get_preview_value(self) -> Any:
        """The newest recording of the library, if there is one."""
        newest = get_document_model().objects.order_by("-pk")
        file = next((one for one in newest[:50] if kind_of(one)), None)
        words = str(_("A bell is struck once, and fades."))
        return self.normalize({"file": file, "title": str(_("A bell")), "transcript": words})

    class Meta:
        icon = "media"
        label = _("Video or audio")
        template = "curriculum/blocks/media.html"
        preview_value: ClassVar[dict[str, Any]] = {}
        description = _("A film or a recording with its transcript, which is required.")


def kind_of(document: Any) -> str:
    """“video” or “audio” by the ending of its name, which was compared with its contents at upload; else empty."""
    ending = ending_of(document.filename)
    if ending in VIDEO:
        return "video"
    return "audio" if ending in AUDIO else ""


def is_there(document: Any) -> bool:
    """Whether the file of a document can still be read."""
    return bool(document.file) and bool(document.file.storage.exists(document.file.name))


def pieces_of(transcript: str) -> Iterator[str]:
    """A transcript in pieces of whole paragraphs. One that is too long for a page is left in one, and shown as typed."""
    if len(transcript) <= ONE_READING or len(transcript) > MOST_LETTERS:
        yield from [transcript] if has_words(transcript) else ()
        return
    piece: list[str] = []
    for paragraph in BREAK.split(transcript):
        if piece and sum(map(len, piece)) + len(paragraph) > ONE_READING:
            yield "\n\n".join(piece)
            piece = []
        piece.append(paragraph)
    yield "\n\n".join(piece)
