"""Pictures made anew from their pixels: smaller when they are too large, without place and camera, without anything attached.

What cannot be decoded is refused in a sentence; how many pixels a file announces is asked before any of them is made.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageFile, ImageOps

from core.uploads.refusal import refused

LONGEST_EDGE = 3200  # pixels; the widest place in a page shows 1320, a dense screen twice that
FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP"}
SAVED = {"JPEG": {"quality": 88}, "WEBP": {"quality": 88}}


def clean_picture(file: IO[bytes], name: str) -> InMemoryUploadedFile:
    """The picture and nothing else, no edge longer than `LONGEST_EDGE`, upright. Raises ValidationError in a sentence."""
    kind = FORMATS.get(PurePath(name).suffix.lstrip(".").lower(), "")
    file.seek(0)
    # The library that makes PDFs turns this on for its whole process, and a cut picture would pass.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        made = _made_anew(file, kind)
    except ValidationError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_many_pixels() from None
    except Exception as problem:  # a decoder may raise anything on a file that is no picture
        raise _refused(
            _("it cannot be read as a picture of the kind that its name says")
        ) from problem
    finally:
        file.seek(0)
    mime = Image.MIME[kind]
    return InMemoryUploadedFile(
        made, None, PurePath(name).name, mime, made.getbuffer().nbytes, None
    )


def _made_anew(file: IO[bytes], kind: str) -> BytesIO:
    with _opened(file, kind) as opened:
        _refuse_bomb(opened)
        if kind == "JPEG":
            opened.draft(
                None, (LONGEST_EDGE, LONGEST_EDGE)
            )  # decodes a large one at a fraction of its size
        elif getattr(opened, "is_animated", False):
            raise _refused(_("it moves, and a reader cannot stop it. Upload a film instead"))
        picture = _in_plain_colors(ImageOps.exif_transpose(opened), kind)
    picture.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
    picture.info.clear()  # notes, profiles, places: whatever a format would write again
    made = BytesIO()
    picture.save(made, format=kind, **SAVED.get(kind, {}))
    made.seek(0)
    return made


def _opened(file: IO[bytes], kind: str) -> Image.Image:
    """The file as a picture of this kind alone: another decoder is never tried. A telephone's JPEG may hold two pictures."""
    Image.preinit()
    return Image.open(file, formats=[kind, "MPO"] if kind == "JPEG" else [kind])


def _refuse_bomb(picture: Image.Image) -> None:
    if picture.width * picture.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise _too_many_pixels()


def _in_plain_colors(picture: Image.Image, kind: str) -> Image.Image:
    """The pixels in sRGB or gray, with transparency where there is some and the kind has room for it."""
    profile = picture.info.get("icc_profile")
    clear = "transparency" in picture.info or picture.mode in ("LA", "PA", "RGBA", "La", "RGBa")
    if picture.mode in ("1", "L") and not clear:
        return picture.convert("L")
    if profile and not clear:
        picture = _in_srgb(picture, profile)
    return picture.convert("RGBA" if clear and kind != "JPEG" else "RGB")


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """The same colors without the profile; one that cannot be read is left out."""
    try:
        source: Any = ImageCms.ImageCmsProfile(BytesIO(profile))
        shown = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")  # fmt: skip
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return picture
    return shown or picture


def _too_many_pixels() -> ValidationError:
    words = _("it has more than %(most)s million pixels. Make it smaller first")
    return _refused(words % {"most": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000})


def _refused(reason: str) -> ValidationError:
    return refused(_("This picture cannot be used: %(why)s. Nothing was stored."), reason)
