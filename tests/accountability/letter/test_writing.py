"""Ana and Lena write the letter together, publish it, and nobody changes what was published."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, connection, transaction
from django.db.models import ProtectedError

from accountability.letter import actions
from accountability.letter.actions import NotReady, StaleDraft, discard_draft, publish, save_draft
from accountability.letter.models import LetterVersion
from accountability.letter.permissions import (
    can_see_version,
    can_write_letter,
    current_version,
    versions_visible_to,
)
from core.models import AuditEvent
from notices.models import Notice
from tests.accountability.letter.desk import DESK, LETTER, begun, published, signed, written

pytestmark = pytest.mark.django_db
TEXTS = {"process": "We ask first.", "outcome": "It changes.", "what_changed": "We ask."}


def test_the_backbone_alone_writes_and_reads_a_draft(cast):
    draft = written(cast["ana"])
    people = cast.items()

    assert {name for name, member in people if can_write_letter(member)} == {"ana", "lena"}
    for version in (draft, current_version()):
        assert {name for name, member in people if can_see_version(member, version)} == {
            name
            for name, member in people
            if versions_visible_to(member).filter(pk=version.pk).exists()
        }
    assert {name for name, member in people if can_see_version(member, draft)} == {"ana", "lena"}
    for act in (
        lambda: save_draft(**TEXTS, seen=draft.mark, by=cast["dev"]),
        lambda: publish(seen=draft.mark, by=cast["gus"]),
        lambda: discard_draft(seen=draft.mark, by=cast["rui"]),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_draft_stands_on_no_public_page(cast, as_, nobody):
    written(cast["ana"], process="The quince is ours.")

    for address in (LETTER, f"{LETTER}versions/", f"{LETTER}versions/1/", "/sitemap.xml"):
        assert "quince" not in nobody.get(address).text
        assert "quince" not in as_("dev").get(address).text
    assert as_("dev").get(f"{LETTER}versions/0/").status_code == 404
    assert as_("ana").get(f"{LETTER}versions/0/").status_code == 404
    assert "quince" in as_("lena").get(f"{DESK}write/").text


def test_a_new_draft_begins_with_the_words_of_the_current_version(cast, as_):
    page = as_("ana").get(f"{DESK}write/").text

    assert "Residents decide with us" in page
    assert LetterVersion.objects.count() == 1


def test_what_is_written_is_saved_previewed_and_published(cast, as_, nobody):
    ana = as_("ana")
    typed = {**TEXTS, "process": "We ask **first**.", "seen": ""}

    preview = ana.post(f"{DESK}write/", {**typed, "act": "preview"})
    assert "<strong>first</strong>" in preview.text
    assert not LetterVersion.objects.drafts().exists()

    ana.post(f"{DESK}write/", {**typed, "act": "save"})
    draft = LetterVersion.objects.drafts().get()
    asking = ana.get(f"{DESK}publish/").text
    assert "Publish it as version 2?" in asking
    assert "12 members" not in asking

    ana.post(f"{DESK}publish/", {"seen": draft.mark})
    assert "<strong>first</strong>" in nobody.get(LETTER).text
    assert current_version().number == 2
    assert AuditEvent.objects.filter(verb="letter.published").count() == 1


def test_who_signed_is_asked_anew_and_nobody_else(cast):
    signed(cast["jo"])
    begun(cast["dev"])
    Notice.objects.all().delete()

    published(cast["ana"])

    told = {row.member.chosen_name.split()[0].lower() for row in Notice.objects.filter(kind="letter.new_version")}  # fmt: skip
    assert told == {"ana", "chioma", "ben", "marisol", "hana", "elu", "ines", "mo", "tomas", "wanda", "jo"}  # fmt: skip


def test_two_who_write_get_both_texts_and_neither_overwrites_the_other(cast, as_):
    """H9."""
    draft = written(cast["ana"], process="Ana’s words.")
    save_draft(**{**TEXTS, "process": "Lena’s words."}, seen=draft.mark, by=cast["lena"])

    answer = as_("ana").post(
        f"{DESK}write/", {**TEXTS, "process": "Ana’s other words.", "seen": draft.mark}
    )

    assert answer.status_code == 409
    assert "Ana’s other words." in answer.text
    assert "Lena" in answer.text
    assert LetterVersion.objects.drafts().get().process == "Lena’s words."

    now = LetterVersion.objects.drafts().get().mark
    as_("ana").post(f"{DESK}write/", {**TEXTS, "process": "Ana’s other words.", "seen": now})
    assert LetterVersion.objects.drafts().get().process == "Ana’s other words."


def test_a_draft_that_was_published_meanwhile_is_kept_for_a_new_one(cast, as_):
    draft = written(cast["ana"])
    publish(seen=draft.mark, by=cast["lena"])

    answer = as_("ana").post(f"{DESK}write/", {**TEXTS, "process": "My last words.", "seen": draft.mark})  # fmt: skip

    assert answer.status_code == 409
    assert "My last words." in answer.text
    assert "published or thrown away" in answer.text
    as_("ana").post(f"{DESK}write/", {**TEXTS, "process": "My last words.", "seen": ""})
    assert LetterVersion.objects.drafts().get().process == "My last words."


def test_a_draft_that_changed_is_neither_published_nor_thrown_away_unseen(cast, as_):
    draft = written(cast["ana"])
    save_draft(**TEXTS, seen=draft.mark, by=cast["lena"])

    for act in ("publish", "discard"):
        assert as_("ana").post(f"{DESK}{act}/", {"seen": draft.mark}).status_code == 409
    with pytest.raises(StaleDraft):
        publish(seen=draft.mark, by=cast["ana"])
    assert current_version().number == 1
    assert LetterVersion.objects.drafts().count() == 1


def test_two_presses_publish_once(cast, as_):
    draft = written(cast["ana"])

    first, second = (
        as_(name).post(f"{DESK}publish/", {"seen": draft.mark}) for name in ("ana", "lena")
    )

    assert first["Location"] == LETTER
    assert second["Location"] == DESK
    assert LetterVersion.objects.published().count() == 2


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ({"process": "  "}, "The part on the process is empty."),
        ({"outcome": ""}, "The part on the outcome is empty."),
        ({"what_changed": ""}, "Say what changed"),
    ],
)
def test_what_is_not_ready_is_not_published(cast, as_, texts, sentence):
    draft = written(cast["ana"], **texts)

    with pytest.raises(NotReady):
        publish(seen=draft.mark, by=cast["ana"])
    assert sentence in as_("ana").get(DESK).text
    answer = as_("ana").post(f"{DESK}publish/", {"seen": draft.mark})
    assert answer.status_code == 409
    assert sentence in answer.text
    assert current_version().number == 1


def test_the_same_words_are_no_new_version(cast):
    now = current_version()
    draft = written(cast["ana"], process=now.process, outcome=now.outcome)

    with pytest.raises(NotReady) as refused:
        publish(seen=draft.mark, by=cast["ana"])

    assert refused.value.sentences == ["Both parts are word for word as they were published."]


def test_a_draft_is_thrown_away(cast, as_):
    draft = written(cast["ana"])

    as_("lena").post(f"{DESK}discard/", {"seen": draft.mark})

    assert list(LetterVersion.objects.values_list("number", flat=True)) == [1]


@pytest.mark.parametrize(
    "change",
    [
        "process = 'Other words'", "outcome = 'Other words'", "what_changed = 'x'", "number = 7", "process_html = '<p>x</p>'",
        "published_at = '2020-01-01'",
    ],
)  # fmt: skip
def test_the_database_refuses_to_change_what_was_published(cast, change):
    before = LetterVersion.objects.values().get()

    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE letter_letterversion SET {change}")

    assert LetterVersion.objects.values().get() == before


def test_a_published_version_is_not_deleted(cast):
    with pytest.raises(ProtectedError):
        current_version().delete()
    with pytest.raises(ProtectedError):
        LetterVersion.objects.all().delete()

    assert current_version().number == 1


def test_a_newer_cleaner_makes_the_html_anew_and_nothing_else(cast):
    before = current_version()
    LetterVersion.objects.update(cleaner_version=0)

    assert actions.clean_again() == 1
    assert actions.clean_again() == 0
    after = current_version()
    assert (after.process, after.process_html) == (before.process, before.process_html)
    assert after.cleaner_version == before.cleaner_version


def test_there_is_one_draft_only(cast):
    written(cast["ana"])

    with pytest.raises(StaleDraft):
        save_draft(**TEXTS, seen="", by=cast["lena"])
    with pytest.raises(Error), transaction.atomic():
        LetterVersion.objects.create(cleaner_version=1)


def test_html_and_ten_thousand_characters(cast, as_, nobody):
    """G2."""
    long = "<script>alert(1)</script> " + "word " * 1_990
    ana = as_("ana")

    ana.post(f"{DESK}write/", {**TEXTS, "process": long, "seen": "", "act": "save"})
    assert LetterVersion.objects.drafts().get().process == long.strip()
    publish(seen=LetterVersion.objects.drafts().get().mark, by=cast["ana"])
    page = nobody.get(LETTER).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page

    too_long = ana.post(f"{DESK}write/", {**TEXTS, "process": "x" * 10_001, "seen": ""})
    assert too_long.status_code == 200
    assert "x" * 10_001 in too_long.text
    assert not LetterVersion.objects.drafts().exists()


def test_what_changed_between_two_versions(cast, nobody):
    published(cast["ana"], process="We ask first and last.", outcome=current_version().outcome)
    published(cast["lena"], process="We ask first and again.", outcome="Three streets.")

    page = nobody.get(f"{LETTER}versions/?from=2&to=3").text
    assert "again" in page
    assert "<del>" in page
    assert "<ins>" in page
    for odd in ("?from=2&to=2", "?from=9&to=1", "?from=x&to=%00", "?from=-1"):
        assert nobody.get(f"{LETTER}versions/{odd}").status_code == 200
    assert nobody.get(f"{LETTER}versions/4/").status_code == 404
    assert nobody.get(f"{LETTER}versions/99999999999999999999/").status_code == 404


def test_a_text_of_one_word_is_compared_without_end(cast, nobody):
    """G9."""
    published(cast["ana"], process="a " * 4_999)
    published(cast["ana"], process="a " * 4_990 + "b")

    assert nobody.get(f"{LETTER}versions/?from=2&to=3").status_code == 200
