"""Fifty members post at the same moment: nothing is lost, on either database."""

import threading
import time

import pytest
from django.db import connections

from caucuses.actions import sit
from caucuses.threads.actions import post_reply
from caucuses.threads.models import Post, Thread
from tests.caucuses.story import a_room
from tests.caucuses.threads.hands import begun

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]
MEMBERS = 50
PATIENCE = 60  # seconds, on a machine that does other things as well


def at_once(*acts):
    """Every act in a thread of its own, begun together; what each raised."""
    problems, start = [], threading.Barrier(len(acts))

    def run(act):
        try:
            start.wait(timeout=PATIENCE)
            act()
        except Exception as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    crowd = [threading.Thread(target=run, args=(act,)) for act in acts]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    return problems


def test_fifty_members_post_at_once_and_nothing_is_lost(cast):
    (dev,) = a_room(cast["dev"])
    others = [
        sit(caucus=dev.caucus, member=type(dev)(), name=f"Member {number}", has_accepted=True)
        for number in range(MEMBERS)
    ]
    first, began = begun(dev), time.monotonic()

    problems = at_once(
        *(
            lambda seat=seat: post_reply(seat=seat, thread=first.thread, text="All of us.")
            for seat in others
        )
    )

    assert problems == []
    posts = Post.objects.filter(thread=first.thread_id)
    assert posts.count() == MEMBERS + 1
    assert posts.values("written_at").distinct().count() == MEMBERS + 1
    assert {str(post.text) for post in posts if post.seat_id != dev.pk} == {"All of us."}
    thread = Thread.objects.get(pk=first.thread_id)
    assert thread.revision == MEMBERS + 2
    assert thread.last_at == posts.latest("written_at").written_at
    print(f"{MEMBERS} posts at once took {time.monotonic() - began:.1f} s")
