"""Writing one down and wording it anew, with what people type by mistake or on purpose."""

import json
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accountability.commitments.actions import edit_commitment
from accountability.commitments.models import Commitment, PublishedCopy, Wording
from accountability.commitments.texts import Text
from curriculum.models import LessonPage
from tests.accountability.commitments.promises import FORM, HIRING, pair, promise, shared

pytestmark = pytest.mark.django_db

NEW = "/commitments/new/"


def test_a_new_one_is_seen_by_nobody_else_until_its_owner_chooses(cast, as_):
    answer = as_("dev").post(NEW, FORM)

    row = Commitment.objects.get()
    assert answer["Location"] == f"/commitments/{row.pk}/audience/"
    assert (row.owner, row.circle, row.will, json.loads(row.levels)) == (cast["dev"], "me", HIRING.will, ["structural", "relational"])  # fmt: skip
    assert "Seen by you alone" in as_("dev").get(f"/commitments/{row.pk}/").text


def test_the_same_form_sent_twice_makes_one(cast, as_):
    dev, form = as_("dev"), {**FORM, "once": str(uuid4())}

    assert dev.post(NEW, form)["Location"] == dev.post(NEW, form)["Location"]
    assert Commitment.objects.count() == 1


def test_a_lesson_prompts_it_and_stays_named(cast, as_):
    lesson = LessonPage.objects.get(slug="grading-a-city")
    key = str(lesson.translation_key)
    assert lesson.title in as_("dev").get(f"{NEW}?lesson={key}").text

    as_("dev").post(NEW, {**FORM, "lesson": key})

    assert json.loads(Commitment.objects.get().about)["words"] == lesson.title


@pytest.mark.parametrize("key", ["", "nonsense", "00000000-0000-0000-0000-000000000000", "x" * 900])
def test_a_lesson_that_is_not_there_is_silently_none(as_, key):
    assert as_("dev").get(NEW, {"lesson": key}).status_code == 200
    as_("dev").post(NEW, {**FORM, "lesson": key})

    assert Commitment.objects.get().about == ""


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"levels": ["cosmic"]}, "no level that we know"),
        ({"levels": []}, "Choose at least one level of change."),
        ({"will": "x" * 10_000}, "This has 10,000 characters; 2,000 fit."),
        ({"will": " \x00\u202e "}, "Write this first"),
        ({"by": "y" * 161}, "This has 161 characters; 160 fit."),
        ({"review_on": "the day after"}, "This is no day of the calendar."),
        ({"review_on": "0001-01-01"}, "Choose a day after 1900"),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence_and_nothing_typed_is_lost(as_, change, sentence):
    answer = as_("dev").post(NEW, {**FORM, **change})

    assert answer.status_code == 200
    assert sentence in answer.text
    assert HIRING.know in answer.text
    assert str(change.get("will", "")).strip("\x00\u202e ") in answer.text
    assert not Commitment.objects.exists()


def test_formulas_and_html_are_words(as_, nobody, cast):
    """F4, G2."""
    odd = Text('=HYPERLINK("x") <script>alert(1)</script>', levels=("personal",))
    row = shared(cast["dev"], "public", odd)

    for page in (as_("dev").get(f"/commitments/{row.pk}/"), nobody.get(f"/commitments/public/{row.copy.pk}/"), nobody.get("/commitments/public/")):  # fmt: skip
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert "<script>alert" not in nobody.get("/commitments/public/feed.atom").text


def test_a_past_review_date_is_allowed(as_):
    as_("dev").post(NEW, {**FORM, "review_on": "2020-02-29"})

    assert str(Commitment.objects.get().review_on) == "2020-02-29"


def test_owner_and_circle_cannot_be_slipped_in(cast, as_):
    """A4."""
    as_("dev").post(NEW, {**FORM, "owner": str(cast["elu"].pk), "circle": "public", "role": ""})

    row = Commitment.objects.get()
    assert (row.owner, row.circle) == (cast["dev"], "me")


def test_an_edited_wording_keeps_the_one_before(cast, as_):
    row = promise(cast["dev"])

    as_("dev").post(f"/commitments/{row.pk}/edit/", {**FORM, "will": "ask twice", "version": 1})

    row.refresh_from_db()
    assert (row.will, row.version) == ("ask twice", 2)
    assert [(old.version, old.will) for old in Wording.objects.all()] == [(1, HIRING.will)]


def test_saving_the_same_text_changes_nothing(cast, as_):
    row = promise(cast["dev"])

    as_("dev").post(f"/commitments/{row.pk}/edit/", {**FORM, "version": 1})

    row.refresh_from_db()
    assert (row.version, Wording.objects.count()) == (1, 0)


def test_two_tabs_get_both_texts(cast, as_):
    """H9."""
    row, dev = promise(cast["dev"]), as_("dev")
    dev.post(f"/commitments/{row.pk}/edit/", {**FORM, "will": "the first tab", "version": 1})

    late = dev.post(f"/commitments/{row.pk}/edit/", {**FORM, "will": "the other tab", "version": 1})

    row.refresh_from_db()
    assert late.status_code == 409
    assert row.will == "the first tab"
    assert "the first tab" in late.text
    assert "the other tab" in late.text
    assert 'name="version" value="2"' in late.text


def test_the_published_copy_follows_the_wording(cast, nobody):
    row = shared(cast["dev"], "public")
    assert HIRING.will in nobody.get("/commitments/public/").text

    edit_commitment(by=cast["dev"], commitment=row, text=Text("ask thrice", levels=("personal",)), seen=1)  # fmt: skip

    assert PublishedCopy.objects.get().pk == row.copy.pk
    assert "ask thrice" in nobody.get("/commitments/public/").text


def test_deleting_takes_it_from_everybody(cast, as_, nobody):
    row = shared(cast["dev"], "public")

    as_("dev").post(f"/commitments/{row.pk}/delete/")

    assert not Commitment.objects.exists()
    assert HIRING.will not in nobody.get("/commitments/public/").text


def test_others_change_nothing(cast, as_):
    """A3: Elu reads it as Dev's buddy, Ana runs the site."""
    pair(cast["dev"], cast["elu"])
    row = shared(cast["dev"], "buddy")
    posts = {
        "edit": {**FORM, "will": "mine now", "version": 1},
        "delete": {},
        "audience": {"circle": "me"},
        "progress": {"sentence": "x", "state": "kept"},
        "later": {"later": "7"},
        "witnesses": {"member": str(cast["jo"].pk)},
        "take-on": {},
    }
    for name in ("elu", "ana", "fay"):
        for page, data in posts.items():
            assert as_(name).post(f"/commitments/{row.pk}/{page}/", data).status_code == 404

    row.refresh_from_db()
    assert (row.will, row.circle, row.progress.count()) == (HIRING.will, "buddy", 0)


def test_one_that_does_not_open_says_so_for_itself_alone(cast, as_):
    """C4."""
    shut, well = promise(cast["dev"]), promise(cast["dev"], Text("hold the door", levels=("personal",)))  # fmt: skip
    Commitment.objects.filter(pk=shut.pk).update(will=Commitment._meta.get_field("will").seal("x", well))  # fmt: skip

    page = as_("dev").get("/commitments/").text

    assert "This text cannot be opened" in page
    assert "hold the door" in page
    for address in ("", "edit/", "audience/", "progress/", "delete/"):
        assert as_("dev").get(f"/commitments/{shut.pk}/{address}").status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "vow"},
        {"circle": "cohort"},
        {"circle": "world"},
        {"owner": None},
        {"version": 0},
    ],
)
def test_the_database_refuses_what_makes_no_sense(cast, wrong):
    row = promise(cast["dev"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=row.pk).update(**wrong)
