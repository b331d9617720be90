"""Films and recordings: the player, the transcript, what keeps them from being published, and what may be uploaded at all."""

import io
import re
import subprocess
import sys
from contextlib import suppress

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from wagtail.documents import get_document_model

from core.uploads.kinds import check_document
from curriculum.blocks.media import pieces_of
from curriculum.loader.refusal import StarterRefused
from curriculum.models import Edition
from curriculum.readiness import problems_of
from tests.curriculum.editing import edit_address, publish, short_lesson, typed, with_blocks
from tests.curriculum.recordings import (
    CUES,
    STARTER,
    mp3,
    mp4,
    ogg,
    stored,
    wav,
    webm,
)
from tests.curriculum.starters import LESSON, LESSON_FILE, correct, load, make_folder, the_lesson

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

ADDRESS = "/learn/how-redlining-worked/grading-a-city/"
HTML = b"<!doctype html><title>heron</title><script>alert(1)</script>"
WHOLE = {"mp4": mp4(), "m4a": mp4(), "webm": webm(), "ogg": ogg(), "wav": wav(), "mp3": mp3(), "vtt": CUES.encode()}  # fmt: skip
ARCHIVE = b"PK\x03\x04" + b"\0" * 26 + b"heron" + b"PK\x05\x06" + b"\0" * 18


@pytest.fixture
def library(db):
    """A film, a recording, captions and a document; their files go again."""
    made = {name: stored(name, content) for name, content in (
        ("film.mp4", mp4()), ("talk.mp3", mp3()), ("film.vtt", CUES.encode()), ("list.csv", b"a,b\n"),
    )}  # fmt: skip
    yield made
    for document in made.values():
        document.file.storage.delete(document.file.name)


def media(file, **values):
    """The block as it is stored."""
    value = {"title": "A talk", "duration": "4 minutes", "transcript": "She says *hello*.", "captions": None, "poster": None}  # fmt: skip
    return {"type": "media", "value": {"file": file and file.pk, **value, **values}}


def shown(client):
    """The figure on the page of the lesson."""
    return (
        client.get(ADDRESS).text.split('<figure class="recording flow">')[1].split("</figure>")[0]
    )


def test_a_film_loads_nothing_before_somebody_presses_play(nobody, cast, library):
    film, captions = library["film.mp4"], library["film.vtt"]
    publish(with_blocks(short_lesson(), media(film, captions=captions.pk)))

    figure = shown(nobody)

    assert re.search(r'<video controls preload="none" playsinline>', figure)
    assert f'<source src="{film.url}" type="video/mp4">' in figure
    assert (
        f'<track kind="captions" src="{captions.url}" srclang="en" label="Captions" default>'
        in figure
    )
    assert "autoplay" not in figure
    assert "<strong>A talk</strong>" in figure
    assert "4 minutes" in figure
    transcript = figure.split("<summary>Transcript</summary>")[1]
    assert "<p>She says <em>hello</em>.</p>" in transcript


def test_a_recording_is_an_audio_element(nobody, cast, library):
    publish(with_blocks(short_lesson(), media(library["talk.mp3"])))

    figure = shown(nobody)

    assert '<audio controls preload="none">' in figure
    assert f'<source src="{library["talk.mp3"].url}" type="audio/mpeg">' in figure
    assert [tag in figure for tag in ("<video", "<track", "poster")] == [False] * 3


def test_only_our_own_site_may_be_listened_to(nobody, cast):
    policy = nobody.get(ADDRESS)["Content-Security-Policy"]

    assert re.findall(r"media-src ([^;]*)", policy) == ["'self'"]


def test_the_page_works_when_the_document_is_deleted(nobody, cast, library):
    publish(with_blocks(short_lesson(), media(library["film.mp4"])))
    assert "<video" in shown(nobody)

    library["film.mp4"].delete()

    figure = shown(nobody)
    assert "The recording is not here any more. The transcript holds what it said." in figure
    assert "<video" not in figure
    assert "She says <em>hello</em>." in figure


def test_the_page_works_when_only_the_file_is_gone(nobody, cast, library):
    film = library["film.mp4"]
    lesson = publish(with_blocks(short_lesson(), media(film)))
    film.file.storage.delete(film.file.name)
    film.save()  # as a restored backup without its files would be

    assert "The recording is not here any more." in shown(nobody)
    assert nobody.get(film.url).status_code == 404
    assert lesson.live


def test_a_block_as_it_is_drafted_is_shown_in_the_preview(as_, cast):
    lesson = with_blocks(short_lesson(), media(None, title="", transcript=""))
    lesson.save_revision(clean=False)

    assert as_("rui").get(f"/admin/pages/{lesson.pk}/view_draft/").status_code == 200


def test_the_transcript_is_part_of_an_edition_cites_and_is_found(nobody, cast, library):
    words = "She speaks of a heronry [@RL04].\n\n- One\n- Two"
    lesson = publish(with_blocks(short_lesson(), media(library["talk.mp3"], transcript=words)))

    newest = Edition.objects.filter(lesson_key=lesson.translation_key).latest("number")
    assert newest.texts[1][1] == "A talk\nShe speaks of a heronry.\nOne\nTwo"
    assert 'heronry<sup class="cite"><a href="#source-RL04"' in shown(nobody)
    assert ADDRESS in nobody.get("/search/", {"q": "heronry"}).text


def test_what_keeps_it_from_being_published(cast, library):
    film, sheet = library["film.mp4"], library["list.csv"]
    start = "Body, part 2 (Video or audio): "
    for block, said in (
        (media(film, transcript=""), "the recording has no transcript. Write everything that is said, and what else is to be heard or seen."),
        (media(film, transcript=" \n\u200b"), "the recording has no transcript. Write everything that is said, and what else is to be heard or seen."),
        (media(film, title=""), "the recording has no title. Say what it is."),
        (media(None), "the recording has no file. Choose one, or upload it."),
        (media(sheet), "“list.csv” is neither film nor sound. Choose an MP4, WebM, MP3, M4A, OGG or WAV file."),
        (media(library["film.vtt"]), "“film.vtt” is neither film nor sound. Choose an MP4, WebM, MP3, M4A, OGG or WAV file."),
        (media(film, captions=sheet.pk), "“list.csv” holds no captions. Choose a WebVTT file, whose name ends in .vtt."),
        (media(film, transcript="# \n\nWords."), "a heading in the text is empty. Write what comes below it, or take it out."),
        (media(film, transcript="So [@ZZ99]."), "the text cites ZZ99, which is neither a fact nor among the lesson’s own sources."),
    ):  # fmt: skip
        assert problems_of(with_blocks(short_lesson(), block)) == [start + said]

    film.file.storage.delete(film.file.name)
    gone = problems_of(with_blocks(short_lesson(), media(film)))
    assert gone == [start + "the file of “film.mp4” is gone from the library. Upload it again."]


def test_a_transcript_of_a_megabyte_is_refused_in_the_form_and_not_lost(as_, nobody, cast, library):
    lesson = publish(short_lesson())
    rui = as_("rui")
    long = "She says heron. " * 65_536
    value = {"file": str(library["talk.mp3"].pk), "title": "A talk", "duration": "", "transcript": long, "captions": "", "poster": ""}  # fmt: skip
    form = typed(rui, lesson, ("markdown", "So [@RL04]."), ("media", value))

    page = rui.post(edit_address(lesson), {**form, "action-publish": "1"})

    assert page.status_code == 200
    assert "the transcript has 1048575 letters, and at most 200000 fit. Part the recording, and give each part its own." in page.text  # fmt: skip
    assert page.text.count("She says heron.") >= 65_536
    assert "heron" not in nobody.get(ADDRESS).text


def test_two_hundred_thousand_letters_are_shown_as_markdown(nobody, cast, library):
    paragraph = "**She** says so. " * 20
    long = "\n\n".join([paragraph] * 580)
    assert 190_000 < len(long) <= 200_000

    publish(with_blocks(short_lesson(), media(library["talk.mp3"], transcript=long)))

    assert shown(nobody).count("<strong>She</strong>") == 11_600


@pytest.mark.parametrize("text", ["", "One.", "One.\n\nTwo.", "a" * 199_999, ("x" * 15_000 + "\n\n") * 12])  # fmt: skip
def test_a_transcript_in_pieces_is_the_whole_transcript(text):
    assert "\n\n".join(pieces_of(text)).strip() == text.strip()


def test_on_paper_it_is_its_transcript():
    value = {"title": "A talk", "duration": "4 minutes", "transcript": "She says *hello*."}

    page = render_to_string("curriculum/paper/media.html", {"value": value})

    assert "A recording (4 minutes), as text." in page
    assert "<em>hello</em>" in page
    assert "<audio" not in page


# What may be uploaded.


@pytest.mark.parametrize("ending", WHOLE)
def test_a_sound_film_comes_in_and_something_else_of_that_name_does_not(as_, ending):
    """Row G6: a page named as a film, a film with an archive behind it, a film that was cut."""
    rui, whole = as_("rui"), WHOLE[ending]
    hostile = [
        HTML,
        whole + ARCHIVE if ending != "vtt" else b"\0" + whole,
        HTML + whole,
        b"",
        whole[:9],
    ]

    assert upload(rui, f"good.{ending}", whole)["success"] is True
    for content in hostile:
        answer = upload(rui, f"bad.{ending}", content)
        assert answer["success"] is False, content[:40]
        assert "Nothing was stored." in answer["error_message"] or content == b""
    titles = get_document_model().objects.filter(title__contains=f"d.{ending}")
    assert list(titles.values_list("title", flat=True)) == [f"good.{ending}"]
    titles.first().file.storage.delete(titles.first().file.name)


def upload(client, name, content):
    """What the library's page for many files answers."""
    file = SimpleUploadedFile(name, content, "video/mp4")
    return client.post("/admin/documents/multiple/add/", {"title": name, "collection": "1", "files[]": file}).json()  # fmt: skip


def test_a_film_that_a_browser_recorded_does_not_say_how_long_it_is():
    unknown = b"\x01" + b"\xff" * 7
    head = webm()[:12] + b"\x18\x53\x80\x67" + unknown
    recorded = head + b"\x1f\x43\xb6\x75" + unknown + b"\xe7\x81\0" + b"\xa3\x84\x81\0\0\0"

    check_document(io.BytesIO(recorded), "film.webm")
    for hostile in (recorded + ARCHIVE, recorded + HTML, head + HTML, recorded + b"\xa3\xff"):
        with pytest.raises(ValidationError, match="no webm"):
            check_document(io.BytesIO(hostile), "film.webm")


@pytest.mark.parametrize("ending", WHOLE)
def test_no_damaged_file_makes_the_check_stumble(ending):
    """Every cut, and a strange byte at every place: let through or refused in a sentence, and nothing else."""
    whole = WHOLE[ending][:300]
    damaged = [whole[:end] for end in range(len(whole))]
    damaged += [whole[:at] + bytes([byte]) + whole[at + 1 :] for at in range(len(whole)) for byte in (0, 1, 60, 255)]  # fmt: skip

    for content in damaged:
        with suppress(ValidationError):
            check_document(io.BytesIO(content), f"a.{ending}")


def test_an_html_file_is_none_of_the_kinds(as_):
    for name in ("page.html", "page.svg", "page.js", "page.mp4.html", "page"):
        assert upload(as_("rui"), name, HTML)["success"] is False, name


def test_the_other_forms_of_the_library_ask_the_same(as_, library):
    rui = as_("rui")
    before = get_document_model().objects.count()
    for address, prefix in (
        ("/admin/documents/add/", ""),
        ("/admin/documents/chooser/create/", "document-chooser-upload-"),
        (f"/admin/documents/edit/{library['film.mp4'].pk}/", ""),
    ):
        form = {f"{prefix}title": "A", f"{prefix}file": SimpleUploadedFile("a.mp4", HTML, "video/mp4"), f"{prefix}collection": "1"}  # fmt: skip
        page = rui.post(address, form)
        assert "This file cannot be used: what is inside is no mp4" in page.text, address

    assert get_document_model().objects.count() == before
    with library["film.mp4"].file.open() as file:
        assert file.read() == mp4()


@pytest.mark.parametrize(("text", "why"), [
    ("", "its first line does not say WEBVTT"),
    ("1\n00:00:01,000 --> 00:00:02,000\nSubRip.\n", "its first line does not say WEBVTT"),
    ("WEBVTTX\n\n00:01.000 --> 00:02.000\nA\n", "its first line does not say WEBVTT"),
    ("WEBVTT\n", "it holds no cue"), ("WEBVTT\n\nNOTE only this\n", "it holds no cue"),
    ("WEBVTT\n\n00:01,000 --> 00:02,000\nA\n", "line 3 should give times"),
    ("WEBVTT\n\n00:01.000 --> 00:02.000\nA\n\nname\n00:61.000 --> 00:62.000\nB\n", "line 7 should give times"),
    ("WEBVTT\n\nwords\n", "line 4 should give times"),
    ("WEBVTT\n\n00:02.000 --> 00:01.000\nA\n", "the cue in line 3 ends before it begins"),
    ("WEBVTT\n\n00:01.000 --> 00:02.000\n" + "x" * 600_000, "it is larger than 512 KB"),
])  # fmt: skip
def test_captions_that_cannot_be_used(text, why):
    with pytest.raises(ValidationError) as refusal:
        check_document(io.BytesIO(text.encode()), "film.vtt")

    assert f"These captions cannot be used: {why}" in refusal.value.messages[0]


@pytest.mark.parametrize("text", [
    CUES, "\ufeff" + CUES, CUES.replace("\n", "\r\n"), "WEBVTT a title\nKind: captions\n\nSTYLE\n::cue{}\n\nNOTE x\n\n" + CUES[8:],
    "WEBVTT\n\nfirst\n00:00:01.000 --> 01:00:02.500 align:start line:0\n<v Ana>Hello</v>\nthere\n\n\n00:03.000 --> 00:04.000\nB",
])  # fmt: skip
def test_captions_that_can(text):
    check_document(io.BytesIO(text.encode()), "film.vtt")


def test_captions_in_another_encoding_are_refused():
    with pytest.raises(ValidationError, match="not written in UTF-8"):
        check_document(io.BytesIO(CUES.encode("utf-16")), "film.vtt")


# The starter.


def test_the_bell_is_what_its_script_makes(tmp_path):
    script = settings.ROOT / "scripts" / "make_bell.py"
    subprocess.run([sys.executable, script, tmp_path / "bell.wav"], check=True)

    assert (tmp_path / "bell.wav").read_bytes() == (STARTER / "bell.wav").read_bytes()
    assert (STARTER / "bell.wav").stat().st_size < 150_000


def test_the_bell_stands_in_a_starter_lesson_with_its_transcript(nobody, cast):
    page = nobody.get("/learn/how-redlining-worked/taken-twice/").text

    address = re.search(r'<source src="(/documents/\d+/bell[^"]*\.wav)" type="audio/wav">', page)[1]
    assert "A bell is struck once and fades within six seconds." in page
    part = nobody.get(address, headers={"range": "bytes=0-3"})
    assert b"".join(part.streaming_content) == b"RIFF"


def test_a_file_of_the_starter_brings_its_recording_and_captions(cast, tmp_path):
    folder = make_folder(tmp_path)
    (folder / "media").mkdir()
    (folder / "media/talk.wav").write_bytes(wav())
    (folder / "media/talk.vtt").write_text(CUES)
    talk = "::: media\nfile: talk.wav\ntitle: A talk\ncaptions: talk.vtt\ntranscript: She says so [@BR01].\n:::\n"
    (folder / LESSON_FILE).write_text(LESSON + talk)

    load(folder)

    value = the_lesson().body[-2].value
    assert [value["file"].title, value["captions"].title] == [
        "starter/talk.wav",
        "starter/talk.vtt",
    ]
    assert load(folder).written == []
    (folder / "media/talk.wav").write_bytes(wav(900))
    assert load(folder).written == [LESSON_FILE]
    newer = the_lesson().body[-2].value["file"]
    assert newer.pk != value["file"].pk
    newer.file.storage.delete(newer.file.name)
    correct(folder)  # a sentence; and the library lost the file meanwhile
    assert load(folder).written == [LESSON_FILE]
    assert problems_of(the_lesson()) == []


@pytest.mark.parametrize(("name", "content", "sentence"), [
    ("talk.wav", None, "line 23: there is no file talk.wav in media/ whose name ends in m4a, mp3, mp4, ogg, wav, webm."),
    ("../talk.wav", None, "line 23: there is no file ../talk.wav in media/ whose name ends in m4a, mp3, mp4, ogg, wav, webm."),
    ("talk.vtt", CUES.encode(), "line 23: there is no file talk.vtt in media/ whose name ends in m4a, mp3, mp4, ogg, wav, webm."),
    ("talk.wav", HTML, "line 23: the file talk.wav cannot be used (what is inside is no wav, as its name says, or something else is attached to it)."),
])  # fmt: skip
def test_a_recording_that_the_loader_refuses(cast, tmp_path, name, content, sentence):
    folder = make_folder(tmp_path)
    (folder / "media").mkdir()
    if content is not None:
        (folder / "media" / name).write_bytes(content)
    talk = f"::: media\nfile: {name}\ntitle: A talk\ntranscript: So.\n:::\n"
    (folder / LESSON_FILE).write_text(LESSON + talk)

    with pytest.raises(StarterRefused) as refusal:
        load(folder)

    assert str(refusal.value) == f"07-bridges/01-the-bridge.md, {sentence}"
    assert get_document_model().objects.filter(title="starter/talk.wav").count() == 0
