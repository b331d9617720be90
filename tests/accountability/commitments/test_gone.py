"""A commitment that is not there any more when the text for it arrives: nothing is saved, and the text stands on the page."""

import pytest
from django.db.models.signals import post_init

from accountability.commitments.actions import (
    Gone,
    add_progress,
    delete_commitment,
    edit_commitment,
)
from accountability.commitments.models import Commitment, Progress
from tests.accountability.commitments.promises import FORM, HIRING, promise, role_of

pytestmark = pytest.mark.django_db

REWORDED = {**FORM, "will": "ask the night shift\nfirst", "version": "1"}
SAID = {"sentence": "The night shift answered", "state": "changed", "reason": "we had not asked"}
SENT = [("edit", REWORDED, "ask the night shift<br>first"), ("progress", SAID, "The night shift answered")]  # fmt: skip


@pytest.mark.parametrize(("act", "form", "words"), SENT)
def test_deleted_in_another_window_the_text_comes_back(cast, as_, act, form, words):
    row = promise(cast["dev"])
    delete_commitment(by=cast["dev"], commitment=row)

    page = as_("dev").post(f"/commitments/{row.pk}/{act}/", form)

    assert page.status_code == 404
    assert words in page.text
    assert "Nothing was saved" in page.text
    assert "?next=" not in page.text


@pytest.mark.parametrize(("act", "form", "words"), SENT)
def test_another_ones_gets_the_same_page_as_one_that_never_was(cast, as_, act, form, words):
    of_hana, dev = promise(cast["hana"]), as_("dev")
    pages = [
        dev.post(f"/commitments/{key}/{act}/", form)
        for key in (of_hana.pk, "00000000-0000-4000-8000-000000000000")
    ]

    assert [page.status_code for page in pages] == [404, 404]
    assert [words in page.text for page in pages] == [True, True]
    assert not Progress.objects.exists()


def test_with_nothing_typed_it_is_the_404_of_every_address(cast, as_):
    row = promise(cast["hana"])

    for act in ("edit", "progress", "later", "audience", "delete", "witnesses"):
        assert as_("dev").get(f"/commitments/{row.pk}/{act}/").status_code == 404
    assert "Nothing was saved" not in as_("dev").post(f"/commitments/{row.pk}/edit/", {}).text


@pytest.mark.parametrize(("act", "form", "words"), SENT)
def test_deleted_in_the_moment_of_saving_it_comes_back_too(cast, as_, act, form, words):
    """The row is read for the page, and gone before it is held."""
    row, reads = promise(cast["dev"]), []

    def gone_after_the_first(instance, **_signal):
        if instance.pk == row.pk and not reads:
            reads.append(instance)
            Commitment.objects.filter(pk=row.pk).delete()

    post_init.connect(gone_after_the_first, sender=Commitment)
    try:
        page = as_("dev").post(f"/commitments/{row.pk}/{act}/", form)
    finally:
        post_init.disconnect(gone_after_the_first, sender=Commitment)

    assert reads
    assert page.status_code == 404
    assert words in page.text


def test_every_verb_says_that_it_is_gone(cast):
    row = promise(cast["dev"])
    Commitment.objects.filter(pk=row.pk).delete()

    with pytest.raises(Gone):
        edit_commitment(by=cast["dev"], commitment=row, text=HIRING, seen=1)
    with pytest.raises(Gone):
        add_progress(by=cast["dev"], commitment=row, sentence="s", state="moving")
    with pytest.raises(Gone):
        delete_commitment(by=cast["dev"], commitment=row)


def test_who_lost_the_role_while_writing_keeps_the_words(cast, as_):
    role = role_of(cast["dev"])
    row = promise(cast["dev"], role=role)
    type(role).objects.update(holder=None, accepted_at=None)

    page = as_("dev").post(f"/commitments/{row.pk}/edit/", REWORDED)

    assert page.status_code == 404
    assert "ask the night shift" in page.text


def test_a_text_that_cannot_be_opened_leaves_what_was_typed_on_the_page(cast, as_):
    row = promise(cast["dev"])
    other = Commitment._meta.get_field("will").seal("x", promise(cast["dev"]))
    Commitment.objects.filter(pk=row.pk).update(will=other)

    page = as_("dev").post(f"/commitments/{row.pk}/edit/", REWORDED).text

    assert "This text cannot be opened" in page
    assert "ask the night shift<br>first" in page
