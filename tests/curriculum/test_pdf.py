"""PDFs of print pages, session plans and records: made by the worker, read back, given to whom they are for."""

import stat
from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader
from wagtail.models import PageViewRestriction

from core import register
from core.tasks import work_off
from curriculum.glossary.linking.working import relink_all
from curriculum.models import LessonDone, LessonPage, ModulePage, Printout
from curriculum.paper import pdf
from curriculum.paper.actions import ask_again, prune_printouts
from tests.core.tasks.hands import five_workers_die, until_given_up
from tests.curriculum.editing import publish, short_lesson
from tests.curriculum.papers import PLAN, PRINT, RECORD, made, words, work

needs_pango = pytest.mark.skipif(
    not pdf.is_possible(), reason="This machine has no Pango, so no PDF can be made."
)
pytestmark = [pytest.mark.django_db, needs_pango]


def chosen(client, name="Dev Otieno"):
    """What the form of the record would send."""
    form = client.get(RECORD).context["form"]
    return {"name": name, "modules": form.initial["modules"]}


def sizes(reader):
    """The sizes of the letters, in points."""
    found = set()

    def letters(text, matrix, _text_matrix, _font, size):
        if text.strip():
            found.add(round(abs(matrix[0]) * size, 1))

    for page in reader.pages:
        page.extract_text(visitor_text=letters)
    return found


def short_module():
    """A module of one short lesson, so that a story takes a second."""
    for slug in ("underwriting-by-race", "taken-twice", "what-historians-argue-about"):
        LessonPage.objects.get(slug=slug).unpublish()
    lesson = publish(short_lesson())
    relink_all()  # the worker was there before
    return lesson


@pytest.mark.once
def test_a_modules_pdf_holds_its_lessons_tagged_with_language_and_title(nobody, cast):
    reader = made(nobody, PRINT)

    text = words(reader)
    root = reader.trailer["/Root"]
    assert "Taken twice: contracts, clearance and highways" in text
    assert "3 areas" in text  # the grades of the map in words
    assert reader.metadata.title == "How redlining worked · Riverton Healthy Starts"
    assert reader.metadata.author is None
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert "/StructTreeRoot" in root
    assert "pdfuaid" in reader.xmp_metadata.stream.get_data().decode()


def test_large_print_is_a_pdf_of_its_own(nobody, cast):
    short_module()

    usual = made(nobody, PRINT)
    large = made(nobody, PRINT, size="?size=large")

    assert 18.0 not in sizes(usual)
    assert 11.0 in sizes(usual)
    assert min(sizes(large) - {12.6}) == 18.0  # but for the raised numbers of sources
    assert Printout.objects.count() == 2


def test_a_request_only_writes_a_row_and_the_page_says_how_far_it_is(nobody, cast):
    short_module()
    before = nobody.get(f"{PRINT}pdf/")
    assert "Make the PDF" in before.text

    asked = nobody.post(f"{PRINT}pdf/")
    waits = nobody.get(asked["Location"])

    assert asked["Location"] == f"{PRINT}pdf/"
    assert "The PDF is being made" in waits.text
    assert "<progress" in waits.text
    assert f'href="{PRINT}pdf/">Look again' in waits.text
    assert waits.headers["Cache-Control"] == "private, no-store"
    assert nobody.get(f"{PRINT}file/").status_code == 404
    assert Printout.objects.get().state == "asked"
    work()
    assert f'href="{PRINT}file/">Download the PDF' in nobody.get(f"{PRINT}pdf/").text
    assert nobody.get(f"{PRINT}file/").headers["Content-Disposition"] == (
        'attachment; filename="how-redlining-worked.pdf"'
    )


def test_asking_twice_makes_one_pdf_and_a_new_publish_another(nobody, as_, cast):
    lesson = short_module()
    for _again in range(2):
        nobody.post(f"{PRINT}pdf/")
    assert work_off() == 1
    nobody.post(f"{PRINT}pdf/")
    assert work_off() == 0

    publish(lesson)

    assert nobody.get(f"{PRINT}file/").status_code == 404
    nobody.post(f"{PRINT}pdf/")
    assert work_off() == 1


def test_a_members_lesson_is_in_the_pdf_of_members_alone(nobody, as_, cast):
    short_module()
    secret = LessonPage.objects.get(slug="taken-twice")
    secret.get_latest_revision().publish()
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)

    members = made(as_("dev"), PRINT)
    public = made(nobody, PRINT)

    assert "Taken twice" in words(members)
    assert "Taken twice" not in words(public)


def test_a_cohort_modules_pdf_is_closed_like_the_module(nobody, as_, cast):
    short_module()
    module = ModulePage.objects.get(slug="how-redlining-worked")
    PageViewRestriction.objects.create(page=module, restriction_type=PageViewRestriction.LOGIN)
    made(as_("dev"), PRINT)

    for address in (f"{PRINT}pdf/", f"{PRINT}file/"):
        assert nobody.get(address).status_code == 302, address
        assert as_("hana").get(address).status_code == 200, address
    module.unpublish()
    for address in (f"{PRINT}pdf/", f"{PRINT}file/"):
        assert as_("dev").get(address).status_code == 404, address


def test_a_plans_pdf_is_for_the_facilitator_who_asked(as_, nobody):
    plan = made(as_("mo"), PLAN)

    assert "One meeting of 85 minutes" in words(plan)
    assert plan.metadata.title.startswith("Session plan: How redlining worked")
    assert as_("ana").get(f"{PLAN}file/").status_code == 404  # she has asked for none
    for name in ("dev", "rui", "gus"):
        assert as_(name).get(f"{PLAN}file/").status_code == 404, name
        assert as_(name).post(f"{PLAN}pdf/").status_code == 404, name
    assert as_("mo").get(f"{PLAN}file/").headers["Cache-Control"] == "private, no-store"


def test_a_plan_is_not_made_for_who_facilitates_no_more(as_, cast):
    as_("mo").post(f"{PLAN}pdf/")
    cast["mo"].memberships.update(left_at=timezone.now())

    work()

    assert Printout.objects.get().state == "failed"
    assert as_("mo").get(f"{PLAN}file/").status_code == 404


def test_devs_record_is_his_alone_with_the_name_he_chose(as_, nobody, cast):
    dev = as_("dev")
    record = made(dev, RECORD, chosen(dev, "Devon A. Otieno"))

    text = words(record)
    printout = Printout.objects.get()
    assert "Devon A. Otieno" in text
    assert "Four levels of racism" in text
    assert cast["dev"].email not in text
    assert set(record.metadata) == {"/Producer", "/Title"}
    assert "Devon" not in str(record.metadata)
    assert str(printout.pk) not in text
    assert stat.S_IMODE(printout.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(printout.file.parent.stat().st_mode) == 0o700
    for name in ("ana", "gus", "mo", "hana"):
        assert as_(name).get(f"{RECORD}file/").status_code == 404, name
        assert "no PDF of your record" in as_(name).get(f"{RECORD}pdf/").text
    assert nobody.get(f"{RECORD}file/").status_code == 302
    assert dev.get(f"{RECORD}file/").headers["Cache-Control"] == "private, no-store"


def test_a_record_that_is_asked_for_again_takes_the_place_of_the_one_before(as_):
    dev = as_("dev")
    made(dev, RECORD, chosen(dev, "First name"))
    first = Printout.objects.get().file

    second = made(dev, RECORD, chosen(dev, "Second name"))

    assert "Second name" in words(second)
    assert Printout.objects.count() == 1
    assert not first.exists()


def test_a_form_that_cannot_be_meant_asks_for_nothing(as_):
    page = as_("dev").post(f"{RECORD}pdf/", {"name": "", "modules": []})

    assert page.status_code == 200
    assert "Choose at least one module." in page.text
    assert Printout.objects.count() == 0


def test_a_pdf_is_gone_before_it_is_a_day_old_with_its_file(as_):
    dev = as_("dev")
    made(dev, RECORD, chosen(dev))
    printout = Printout.objects.get()
    stray = printout.file.with_name("00000000-0000-0000-0000-000000000000.part")
    stray.write_bytes(b"left by a worker that died")

    assert prune_printouts(timezone.now() + timedelta(hours=21)) == 0
    assert printout.file.exists()
    assert not stray.exists()
    assert prune_printouts(timezone.now() + timedelta(hours=23)) == 1
    assert not printout.file.exists()
    assert Printout.objects.count() == 0


def test_what_is_a_day_old_is_not_handed_out_even_where_the_worker_sleeps(as_):
    dev = as_("dev")
    made(dev, RECORD, chosen(dev))
    Printout.objects.update(asked_at=timezone.now() - timedelta(hours=25))

    assert dev.get(f"{RECORD}file/").status_code == 404


def test_it_goes_with_the_member_and_is_part_of_their_export(as_, cast):
    dev = as_("dev")
    made(dev, RECORD, chosen(dev, "Devon"))
    file = Printout.objects.get().file
    (holding,) = (one for one in register.holdings() if one.name == "papers")
    assert [row["wishes"]["name"] for row in holding.export(cast["dev"])] == ["Devon"]

    for step in holding.erase(cast["dev"]):
        step()

    assert not file.exists()
    assert Printout.objects.count() == 0
    assert dev.get(f"{RECORD}file/").status_code == 404


def test_a_pdf_that_cannot_be_made_says_so_and_stops_nobody(as_, caplog):
    dev = as_("dev")
    dev.post(f"{RECORD}pdf/", chosen(dev, "Devon"))
    Printout.objects.update(wishes={"language": "en"})  # no name: what a fault of ours would leave

    until_given_up()

    page = dev.get(f"{RECORD}pdf/")
    assert "The PDF could not be made. Your record is as it was." in page.text
    assert "A PDF could not be made." in caplog.text
    assert "builtins.KeyError" in caplog.text
    assert "Devon" not in caplog.text


def test_a_pdf_whose_task_is_lost_is_asked_for_again(as_):
    """As after a restore."""
    dev = as_("dev")
    dev.post(f"{RECORD}pdf/", chosen(dev))
    DBTaskResult.objects.all().delete()
    assert work_off() == 0

    assert (ask_again(), ask_again()) == (1, 0)

    assert work_off() == 1
    assert Printout.objects.get().state == "made"


def test_a_pdf_that_took_its_worker_down_is_not_tried_without_end(as_):
    dev = as_("dev")
    dev.post(f"{RECORD}pdf/", chosen(dev))

    five_workers_die()

    assert Printout.objects.get().state == "failed"


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:1/a.png",
        "https://elsewhere.example.org/a.png",
        "data:image/png;base64,aGVsbG8=",
        "{site}/media/images/../../lodestar.sqlite3",
        "{site}/media/images/%2e%2e/%2e%2e/a.png",
        "{site}/media/original_images/a.png",
        "{site}/media/documents/a.png",
        "{site}/static/../pyproject.png",
        "{site}/static/css/pdf.css",
        "{site}/maps/" + "0" * 64 + ".svg",
        "{site}/today/",
        "{site}@elsewhere.example.org/static/a.png",
        "ftp://elsewhere.example.org/a.png",
        "",
    ],
)
def test_nothing_is_fetched_but_our_own_pictures(address, cast):
    asked = address.format(site=settings.SITE_URL)

    with pytest.raises((pdf.NothingFromElsewhere, OSError, ValueError)):
        pdf.content_at(asked)
    with pytest.raises((pdf.NothingFromElsewhere, OSError, ValueError)):
        pdf.fetcher().fetch(asked)


def test_a_hostile_document_becomes_a_pdf_without_what_it_asked_for(tmp_path, cast):
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>heron</text></svg>')
    html = (
        f'<html lang="en"><head><title>A</title><link rel="stylesheet" href="file://{secret}">'
        f'<style>@import url("file://{secret}"); p {{ background: url(http://127.0.0.1:1/a.png) }}</style></head>'
        f'<body><p>Words</p><img src="file://{secret}" alt=""><img src="file:///etc/passwd" alt="">'
        f'<object data="file:///etc/passwd">instead</object><a rel="attachment" href="file:///etc/passwd">B</a></body></html>'
    )

    reader = PdfReader(BytesIO(pdf.render(html)))

    assert "Words" in words(reader)
    assert "heron" not in words(reader)
    assert list(reader.attachments) == []
    assert b"root:" not in b"".join(page.get_contents().get_data() for page in reader.pages)


def test_our_own_pictures_are_found(cast):
    lesson = LessonPage.objects.get(slug="grading-a-city")
    shown = next(part.value["map"] for part in lesson.body if part.block_type == "map")

    content, kind = pdf.content_at(f"{settings.SITE_URL}/maps/{shown.svg_sha256}.svg")

    assert kind == "image/svg+xml"
    assert b"var(--" not in content
    assert b'pattern[data-grade="D"]' in content
    assert pdf.content_at(f"{settings.SITE_URL}/static/img/star.svg")[1] == "image/svg+xml"


def test_a_printout_of_a_module_has_no_owner_and_others_have_one(cast):
    for kind, owner in (("module", cast["dev"]), ("plan", None), ("record", None)):
        with pytest.raises(IntegrityError, match="printout_of_a_module"), transaction.atomic():
            Printout.objects.create(key=kind, kind=kind, owner=owner)


def test_where_no_pdf_can_be_made_no_page_leads_to_one(as_, nobody, cast, monkeypatch):
    """Without the optional library, as most installations begin."""
    monkeypatch.setattr(pdf, "find_spec", lambda _name: None)
    pdf.is_possible.cache_clear()
    try:
        LessonDone.objects.get(member=cast["dev"])
        for client, page in ((nobody, PRINT), (as_("mo"), PLAN), (as_("dev"), RECORD)):
            assert "PDF" not in client.get(page).text, page
            assert "This site makes no PDFs." in client.get(f"{page}pdf/").text
            client.post(f"{page}pdf/", {"name": "Dev", "modules": ["1"]})
        assert Printout.objects.count() == 0
    finally:
        monkeypatch.undo()
        pdf.is_possible.cache_clear()
