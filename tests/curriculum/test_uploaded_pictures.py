"""Pictures that are too large, know too much, or are something else besides. Made on the fly, uploaded as Rui would."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, PngImagePlugin
from wagtail.images import get_image_model

from core.uploads.pictures import clean_picture
from curriculum.loader.refusal import StarterRefused
from tests.curriculum.starters import LESSON, LESSON_FILE, load, make_folder, the_lesson

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

SCRIPT = b"<script>alert('heron')</script>"
CAMERA, PLACE = "Heronflex 3", 0x8825
#: Ours, and those of the library.
REFUSED = (
    "This picture cannot be used:",
    "Upload a valid image.",
    "Not a supported image format.",
    "Not a valid .",
)


def saved(picture, kind, **options):
    """The bytes of a picture."""
    made = io.BytesIO()
    picture.save(made, kind, **options)
    return made.getvalue()


def two_colors(width, height, mode="RGB"):
    """Left half red, right half blue: one sees how it lies."""
    picture = Image.new(mode, (width, height), "red")
    picture.paste("blue", (width // 2, 0, width, height))
    return picture


def upload(client, name, content):
    """What the library's page for many files answers."""
    file = SimpleUploadedFile(name, content, "image/png")
    return client.post("/admin/images/multiple/add/", {"title": name, "collection": "1", "files[]": file}).json()  # fmt: skip


def newest():
    """The picture that was uploaded last, and its bytes as stored."""
    image = get_image_model().objects.latest("pk")
    content = Path(image.file.path).read_bytes()
    image.file.storage.delete(image.file.name)
    return image, content


def zipped():
    """A small archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("heron.html", SCRIPT)
    return made.getvalue()


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")]
)
def test_forty_megapixels_are_scaled_down(as_, kind, name):
    large = saved(two_colors(8000, 5000), kind)

    assert upload(as_("rui"), name, large)["success"] is True

    image, content = newest()
    assert (image.width, image.height) == (3200, 2000)
    shown = Image.open(io.BytesIO(content))
    assert (shown.format, shown.size) == (kind, (3200, 2000))
    assert image.file_size == len(content)


def test_place_and_camera_are_gone_and_the_picture_stands_upright(as_):
    exif = Image.Exif()
    exif[0x0110], exif[0x0112] = CAMERA, 6  # to be turned by a quarter
    exif.get_ifd(PLACE)[2] = (41.0, 52.0, 30.0)
    photo = saved(two_colors(400, 200), "JPEG", exif=exif, comment=b"taken by heron")
    assert CAMERA.encode() in photo

    upload(as_("rui"), "photo.jpg", photo)

    image, content = newest()
    shown = Image.open(io.BytesIO(content))
    assert [bool(dict(shown.getexif())), shown.info.get("comment")] == [False, None]
    assert [words in content.lower() for words in (b"heron", b"exif")] == [False, False]
    assert (image.width, image.height, shown.size) == (200, 400, (200, 400))
    red, blue = shown.getpixel((100, 20)), shown.getpixel((100, 380))
    assert [red[0] > 200, red[2] < 60, blue[0] < 60, blue[2] > 200] == [True] * 4


def test_words_and_profiles_inside_of_a_png_are_gone_too(as_):
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "heron " * 20)
    words.add_itxt("XML:com.adobe.xmp", "<x>heron</x>")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = saved(two_colors(60, 40), "PNG", pnginfo=words, icc_profile=profile)

    upload(as_("rui"), "drawing.png", picture)

    _image, content = newest()
    chunks = [content[at + 4 : at + 8] for at in chunk_places(content)]
    assert set(chunks) == {b"IHDR", b"IDAT", b"IEND"}


def chunk_places(png):
    """Where the chunks of a PNG begin."""
    place = 8
    while place < len(png):
        yield place
        place += 12 + int.from_bytes(png[place : place + 4])


@pytest.mark.parametrize(("kind", "name"), [
    ("JPEG", "a.jpg"), ("PNG", "a.png"), ("GIF", "a.gif"), ("WEBP", "a.webp"),
])  # fmt: skip
@pytest.mark.parametrize(
    "payload", [SCRIPT, b"%PDF-1.7 heron", zipped()], ids=["page", "pdf", "zip"]
)
def test_of_a_picture_with_something_attached_only_the_picture_is_left(as_, kind, name, payload):
    """Row G6: a picture that is a page, a document or an archive besides."""
    both = saved(two_colors(60, 40), kind) + payload
    assert payload in both

    assert upload(as_("rui"), name, both)["success"] is True

    _image, content = newest()
    assert payload not in content
    assert b"heron" not in content
    assert not zipfile.is_zipfile(io.BytesIO(content))
    assert Image.open(io.BytesIO(content)).size == (60, 40)


@pytest.mark.parametrize(("name", "content"), [
    ("page.png", SCRIPT), ("page.jpg", b"<!doctype html>" + SCRIPT), ("archive.png", zipped()), ("empty.png", b"\x89PNG\r\n\x1a\n"),
    ("drawing.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    ("cut.png", saved(two_colors(300, 300), "PNG")[:200]), ("cut.jpg", saved(two_colors(300, 300), "JPEG")[:700]),
    ("other.png", saved(two_colors(30, 30), "JPEG")), ("other.jpg", saved(two_colors(30, 30), "BMP")),
    ("a.svg", b"<svg/>"), ("a.tiff", saved(two_colors(30, 30), "TIFF")),
])  # fmt: skip
def test_what_is_no_picture_of_its_kind_is_refused_in_a_sentence(as_, name, content):
    before = get_image_model().objects.count()

    answer = upload(as_("rui"), name, content)

    assert answer["success"] is False
    assert any(words in answer["error_message"] for words in REFUSED), answer
    assert get_image_model().objects.count() == before


def test_a_cut_picture_is_refused_also_where_a_pdf_was_made_before(as_, monkeypatch):
    """The library of PDFs lets Pillow fill up what is missing, for the whole process."""
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)

    answer = upload(as_("rui"), "cut.png", saved(two_colors(300, 300), "PNG")[:200])

    assert answer["success"] is False


def bomb(width, height):
    """A PNG that announces so many pixels, of one color, in a few kilobytes."""

    def chunk(kind, inside):
        whole = kind + inside
        return struct.pack(">I", len(inside)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 10_000)  # the rest need not be there
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(("width", "height"), [(10_000, 10_000), (50_001, 1_000), (60_000, 60_000), (2_000_000, 1_000)])  # fmt: skip
def test_a_bomb_is_refused_before_any_of_its_pixels_is_made(as_, width, height):
    """Row G6: nothing is decoded, so it costs neither time nor memory; the pixels that it lacks prove it."""
    answer = upload(as_("rui"), "bomb.png", bomb(width, height))

    assert answer["success"] is False
    assert answer["error_message"] == (
        "This picture cannot be used: it has more than 50 million pixels. Make it smaller first. Nothing was stored."
    )


def test_a_bomb_of_words_inside_of_a_png_is_refused(as_):
    """A text of a hundred million letters in a hundred kilobytes."""
    honest = saved(two_colors(30, 30), "PNG")
    inside = b"Comment\0\0" + zlib.compress(b"a" * 100_000_000)
    whole = b"zTXt" + inside
    chunk = struct.pack(">I", len(inside)) + whole + struct.pack(">I", zlib.crc32(whole))
    answer = upload(as_("rui"), "words.png", honest[:33] + chunk + honest[33:])

    assert answer["success"] is False
    assert answer["error_message"].startswith("This picture cannot be used:")


def test_what_moves_is_refused_as_nobody_could_stop_it(as_):
    frames = [two_colors(40, 40), two_colors(40, 40).rotate(90)]
    words = "This picture cannot be used: it moves, and a reader cannot stop it. Upload a film instead. Nothing was stored."
    for kind, name in (("GIF", "a.gif"), ("WEBP", "a.webp")):
        moving = saved(frames[0], kind, save_all=True, append_images=frames[1:])
        assert upload(as_("rui"), name, moving)["error_message"] == words, kind

    moving = saved(frames[0], "PNG", save_all=True, append_images=frames[1:])
    assert upload(as_("rui"), "a.png", moving)["success"] is False
    with pytest.raises(ValidationError, match="it moves"):
        clean_picture(io.BytesIO(moving), "a.png")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_pictures_of_all_kinds_of_colors_come_through(mode):
    kind, name = ("JPEG", "a.jpg") if mode == "CMYK" else ("PNG", "a.png")
    picture = Image.new(mode, (20, 10))

    cleaned = clean_picture(io.BytesIO(saved(picture, kind)), name)

    shown = Image.open(cleaned)
    assert shown.size == (20, 10)
    assert shown.mode == {"1": "L", "L": "L", "LA": "RGBA", "RGBA": "RGBA", "I;16": "RGB"}.get(mode, "RGB")  # fmt: skip


def test_what_is_clear_stays_clear():
    picture = Image.new("RGBA", (20, 10), (255, 0, 0, 0))

    assert Image.open(clean_picture(io.BytesIO(saved(picture, "PNG")), "a.png")).getpixel((3, 3))[3] == 0  # fmt: skip


def test_the_other_form_of_the_library_and_its_chooser_ask_the_same(as_):
    photo = saved(two_colors(60, 40), "PNG") + SCRIPT
    rui = as_("rui")
    for address, prefix in (("/admin/images/add/", ""), ("/admin/images/chooser/create/", "image-chooser-upload-")):  # fmt: skip
        form = {f"{prefix}title": "A", f"{prefix}file": SimpleUploadedFile("b.png", photo, "image/png"), f"{prefix}collection": "1"}  # fmt: skip
        before = get_image_model().objects.count()

        rui.post(address, form)

        assert get_image_model().objects.count() == before + 1, address
        _image, content = newest()
        assert SCRIPT not in content


def test_another_file_for_a_picture_is_looked_at_too(as_):
    rui = as_("rui")
    upload(rui, "a.png", saved(two_colors(60, 40), "PNG"))
    image = get_image_model().objects.latest("pk")

    form = {"title": "A", "file": SimpleUploadedFile("a.png", SCRIPT, "image/png")}
    page = rui.post(f"/admin/images/{image.pk}/", form)

    assert page.context["form"].errors["file"][0].startswith("Not a valid .png image.")
    assert newest()[1].startswith(b"\x89PNG")


def test_the_loader_makes_pictures_anew_as_the_form_does(cast, tmp_path):
    folder = make_folder(tmp_path)
    (folder / "images").mkdir()
    (folder / "images/a.png").write_bytes(saved(two_colors(3300, 40), "PNG") + SCRIPT)
    figure = "::: figure\nimage: a.png\nalt: Two colors.\ncaption: Two.\n:::\n"
    (folder / LESSON_FILE).write_text(LESSON + figure)

    load(folder)

    image, content = newest()
    assert SCRIPT not in content
    assert image.width == 3200
    assert load(folder).written == []  # known by the file as the folder has it
    assert the_lesson().body[-2].value["image"].pk == image.pk


def test_the_loader_refuses_a_bomb_with_the_line(cast, tmp_path):
    folder = make_folder(tmp_path)
    (folder / "images").mkdir()
    (folder / "images/a.png").write_bytes(bomb(60_000, 60_000))
    figure = "::: figure\nimage: a.png\nalt: Two colors.\ncaption: Two.\n:::\n"
    (folder / LESSON_FILE).write_text(LESSON + figure)

    with pytest.raises(StarterRefused, match="it has more than 50 million pixels"):  # fmt: skip
        load(folder)


@pytest.mark.parametrize("name", ["a.png", "a.txt", "png", ""])
def test_nonsense_is_a_sentence(name):
    with pytest.raises(ValidationError, match="This picture cannot be used"):
        clean_picture(io.BytesIO(b"heron"), name)
