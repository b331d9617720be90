"""What row 7 needs: conversations in Dev's caucus, and so many posts in the table. By `bench.caucus`.

Dev's short conversations are made by the actions; the crowd around them by the same models, with every field sealed as the
actions seal it. Usage: python -m bench.caucus_seed 10000 | 1000000 | asked     prints JSON
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any

from bench.asked import client_of, seen

if TYPE_CHECKING:
    from caucuses.models import Seat
    from caucuses.threads.models import Post, Thread

BATCH = 2_000
FEW, MANY = 5, 50  # posts
LONGEST_SHARE = 10  # one post in so many stands in one conversation of Dev's
ROOMS, A_THREAD = 40, 100  # other rooms, and posts in each of their conversations
SAID = (
    "The council met and wrote down who could **cross** the bridge and who could not. We sat beside the door and said "
    "nothing, and afterwards each of us said to the others that somebody should have.\n\nI am somebody. "
)
WHO = ("dev", "elu", "gus", "fay")
TITLES = {"few": "With a few posts", "many": "With many posts", "long": "With very many posts"}


def grow(posts: int) -> None:
    """Bring the table to so many posts; says how many there are."""
    from caucuses.threads.models import Post

    seats = own_room()
    _conversation(seats, "few", FEW)
    _conversation(seats, "many", MANY)
    long = _conversation(seats, "long", 1)
    missing = posts // LONGEST_SHARE - long.posts.count()
    _fill(long, seats, missing)
    rooms = list(_other_rooms())
    threads = -(-(posts - Post.objects.count()) // A_THREAD)
    for seat in islice(cycle(rooms), threads):
        _fill(_begun(seat), [seat], A_THREAD - 1)
    json.dump({"posts": Post.objects.count()}, sys.stdout)


def asked() -> None:
    """Of each page: its address, its status, its queries and its bytes; of the poll also the validator."""
    client = client_of("dev@riverton.example")
    found = {name: {"path": path, **seen(client, path)} for name, path in _paths().items()}
    json.dump(found, sys.stdout)


def _paths() -> dict[str, str]:
    from django.urls import reverse

    threads = {name: _thread(title) for name, title in TITLES.items()}
    shown = {
        name: reverse("threads:thread_show", args=[thread.caucus_id, thread.pk])
        for name, thread in threads.items()
    }
    long = threads["long"]
    poll = reverse("threads:thread_news", args=[long.caucus_id, long.pk])
    last = long.posts.order_by("written_at", "pk").last()
    return {**shown, "long": f"{shown['long']}?newest=1", "poll": f"{poll}?after={last.pk}"}


def own_room() -> list[Seat]:
    """The seats of Dev's caucus, his first."""
    from accounts.models import User
    from caucuses.actions import sit
    from caucuses.permissions import seats_of

    members = [User.objects.get(email=f"{name}@riverton.example") for name in WHO]
    known = [seat for seat in seats_of(members[0]) if seat.is_facilitator]
    first = known[0] if known else opened_room(members[0])
    others = (
        sit(caucus=first.caucus, member=member, name=name.title(), has_accepted=True)
        for name, member in zip(WHO[1:], members[1:], strict=True)
    )
    return [first, *others]


def _other_rooms() -> Iterator[Seat]:
    """Rooms in which Dev is not, each opened by a member who has opened none yet."""
    from accounts.models import User
    from caucuses.permissions import seats_of

    for number in range(ROOMS):
        email = f"room{number}@example.org"
        member, _new = User.objects.get_or_create(
            email=email, defaults={"chosen_name": f"Member {number}"}
        )
        known = seats_of(member)
        yield known[0] if known else opened_room(member)


def opened_room(member: Any) -> Seat:
    from caucuses.actions import open_caucus
    from caucuses.choices import Joining
    from caucuses.terms import Terms

    terms = Terms(name="A room", purpose="To talk.", joining=Joining.INVITATION)
    return open_caucus(by=member, name_in_room="Member", text="We speak for ourselves.", terms=terms)  # fmt: skip


def _thread(title: str) -> Any:
    """Dev's conversation of this title: titles are sealed, so each is opened."""
    from caucuses.threads.models import Thread

    return next(
        thread
        for thread in Thread.objects.filter(caucus=own_room()[0].caucus_id)
        if thread.title == title
    )


def _conversation(seats: Sequence[Seat], name: str, posts: int) -> Any:
    """A conversation of Dev's with so many posts, one in five of which quotes the one before; made once, by the actions."""
    from caucuses.threads.actions import begin_thread, post_reply

    try:
        return _thread(TITLES[name])
    except StopIteration:
        post = begin_thread(seat=seats[0], title=TITLES[name], text=SAID)
    for number in range(1, posts):
        quotes = post.pk if number % 5 == 0 else None
        post = post_reply(seat=seats[number % len(seats)], thread=post.thread, text=SAID, quotes=quotes)  # fmt: skip
    return post.thread


def _begun(seat: Seat) -> Thread:
    from caucuses.threads.actions import begin_thread

    return begin_thread(seat=seat, title="One of many", text=SAID).thread


def _fill(thread: Thread, seats: Sequence[Seat], posts: int) -> None:
    """So many posts more behind those that are there, a millisecond apart."""
    from django.db import transaction
    from django.db.models import F

    from caucuses.threads.models import Post, Thread

    if posts <= 0:
        return
    rows = _posts(thread, seats, posts)
    with transaction.atomic():
        last = None
        while batch := list(islice(rows, BATCH)):
            Post.objects.bulk_create(batch)
            last = batch[-1].written_at
        Thread.objects.filter(pk=thread.pk).update(last_at=last, revision=F("revision") + posts)


def _posts(thread: Thread, seats: Sequence[Seat], number: int) -> Iterator[Post]:
    from caucuses.threads.models import Post
    from caucuses.threads.reading import html_from
    from core.text import CLEANER_VERSION

    html = html_from(SAID)
    begun = thread.posts.latest("written_at").written_at
    for at, seat in zip(range(1, number + 1), cycle(seats)):
        row = Post(caucus_id=thread.caucus_id, thread=thread, seat=seat)
        row.text, row.html, row.quoted = SAID, html, ""
        row.cleaner_version, row.written_at = CLEANER_VERSION, begun + timedelta(milliseconds=at)
        yield row


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "asked":
        asked()
    else:
        grow(int(sys.argv[1]))
