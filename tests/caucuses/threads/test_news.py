"""An open conversation asks whether there is something new: it is told what its reader sees, and nobody is seen asking."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from caucuses.models import Caucus, Fold
from caucuses.threads.actions import begin_thread, delete_post, post_reply
from caucuses.threads.models import Post
from tests.caucuses.story import a_room, join

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WORDS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


@pytest.fixture
def talk(cast):
    """A room of three with a conversation that Dev began."""
    dev, elu, gus = a_room(cast["dev"], cast["elu"], cast["gus"])
    post = begin_thread(seat=dev, title="After Thursday", text="What did we avoid?")
    return {"dev": dev, "elu": elu, "gus": gus, "thread": post.thread, "last": post}


def _say(talk, who, text="I have thought of it."):
    return post_reply(seat=talk[who], thread=talk["thread"], text=text)


def _address(talk, after=None):
    place = reverse("threads:thread_news", args=[talk["thread"].caucus_id, talk["thread"].pk])
    return f"{place}?after={after or talk['last'].pk}"


def _ask(client, talk, tag="", after=None):
    headers = {"If-None-Match": tag} if tag else {}
    return client.get(_address(talk, after), headers=headers)


def test_nothing_new_is_nothing_to_say(talk, as_):
    answer = _ask(as_("dev"), talk)
    assert answer.status_code == 200
    assert answer.json() == {}
    assert answer["Cache-Control"] == "private, no-store"


def test_new_posts_are_counted_in_words(talk, as_):
    first = None
    for number, word in enumerate(WORDS, start=1):
        post = _say(talk, "elu")
        first = first or post
        told = _ask(as_("dev"), talk).json()
        assert told["words"] == f"{word} new post{'s' if number > 1 else ''}"
        assert str(first.pk) in told["address"]
    _say(talk, "elu")
    assert _ask(as_("dev"), talk).json()["words"] == "More than ten new posts"
    place = as_("dev").get(told["address"])
    assert place["Location"].endswith(f"#post-{first.pk}")


def test_ones_own_posts_are_not_news(talk, as_):
    _say(talk, "dev")
    assert _ask(as_("dev"), talk).json() == {}
    assert _ask(as_("gus"), talk).json()["words"] == "One new post"


def test_a_former_members_post_is_news(talk, as_):
    Post.objects.filter(pk=_say(talk, "elu").pk).update(seat=None)
    assert _ask(as_("dev"), talk).json()["words"] == "One new post"


def test_what_is_folded_hidden_or_deleted_is_no_news(talk, as_):
    _say(talk, "elu")
    Fold.objects.create(seat=talk["dev"], other=talk["elu"])
    Post.objects.filter(pk=_say(talk, "gus").pk).update(hidden_at=timezone.now())
    delete_post(seat=talk["gus"], post=_say(talk, "gus"))
    assert _ask(as_("dev"), talk).json() == {}
    _say(talk, "gus")
    assert _ask(as_("dev"), talk).json()["words"] == "One new post"


def test_who_came_later_is_told_of_what_was_said_since(talk, cast, as_):
    _say(talk, "elu")
    join(talk["dev"], cast["fay"])
    assert as_("fay").get(_address(talk)).status_code == 404
    since = _say(talk, "elu")
    told = as_("fay").get(_address(talk).partition("?")[0]).json()
    assert told["words"] == "One new post"
    assert str(since.pk) in told["address"]


def test_unchanged_is_304_and_any_change_is_not(talk, as_):
    dev = as_("dev")
    tag = _ask(dev, talk)["ETag"]
    again = _ask(dev, talk, tag)
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == tag
    assert again["Cache-Control"] == "private, no-store"
    assert not tag.startswith("W/")
    _say(talk, "elu")
    answer = _ask(dev, talk, tag)
    assert answer.status_code == 200
    assert answer["ETag"] != tag


def test_the_validator_is_of_one_reader_one_place_and_one_language(talk, as_):
    dev, post = as_("dev"), _say(talk, "elu")
    tags = {
        _ask(dev, talk)["ETag"],
        _ask(dev, talk, after=post.pk)["ETag"],
        _ask(as_("elu"), talk)["ETag"],
        dev.get(_address(talk), headers={"Accept-Language": "es"})["ETag"],
    }
    assert len(tags) >= 3
    assert not any(str(talk[name].pk) in tag for tag in tags for name in ("dev", "thread", "last"))


def test_whoever_has_no_part_in_it_finds_nothing(talk, cast, as_, nobody):
    waiting = join(talk["dev"], cast["mo"], has_accepted=False)
    elsewhere = a_room(cast["ana"])[0]
    theirs = begin_thread(seat=elsewhere, title="Other", text="Of others.").thread
    gone = reverse("threads:thread_news", args=[talk["thread"].caucus_id, uuid4()])
    other = reverse("threads:thread_news", args=[talk["thread"].caucus_id, theirs.pk])
    assert waiting.must_accept
    for who in ("mo", "ana", "rui", "fay"):
        assert _ask(as_(who), talk).status_code == 404
    assert as_("dev").get(gone).status_code == 404
    assert as_("dev").get(other).status_code == 404
    assert nobody.get(_address(talk)).status_code == 302


def test_after_a_removal_and_after_a_new_agreement_there_is_nothing(talk, as_):
    elu = as_("elu")
    tag = _ask(elu, talk)["ETag"]
    Caucus.objects.filter(pk=talk["elu"].caucus_id).update(agreement=2)
    assert _ask(elu, talk, tag).status_code == 404
    Caucus.objects.filter(pk=talk["elu"].caucus_id).update(agreement=1)
    talk["elu"].delete()
    assert _ask(elu, talk, tag).status_code == 404


@pytest.mark.parametrize("after", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_a_place_that_is_none_is_no_mistake(talk, as_, after):
    place = _address(talk).partition("?")[0]
    assert as_("dev").get(f"{place}?after={after}").status_code == 200


def test_asking_writes_nothing(talk, as_):
    _say(talk, "elu")
    dev = as_("dev")
    tag = _ask(dev, talk)["ETag"]
    before = _rows()
    for sent in ("", tag):
        answer = _ask(dev, talk, sent)
        assert not answer.cookies
    assert _rows() == before


def test_the_number_of_queries_is_small_and_always_the_same(talk, as_):
    dev = as_("dev")
    tag = _ask(dev, talk)["ETag"]
    assert _queries(dev, talk, tag) == (304, 5)  # session, member, caucus, seat, revision
    for _number in range(3):
        _say(talk, "elu")
        assert _queries(dev, talk, tag) == (200, 6)


def _queries(client, talk, tag):
    with CaptureQueriesContext(connections["default"]) as asked:
        answer = _ask(client, talk, tag)
    with_words = [query for query in asked if "SAVEPOINT" not in query["sql"]]
    return answer.status_code, len(with_words)


def _rows():
    """Every row of every table, as text."""
    models = [model for model in apps.get_models() if not model._meta.proxy and model._meta.managed]
    return {
        model._meta.label: serializers.serialize("json", model._base_manager.using(_using(model)).order_by("pk"))
        for model in models
    }  # fmt: skip


def _using(model):
    from django.db import router

    return router.db_for_read(model)
