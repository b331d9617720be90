"""Row 7: what a page of a conversation costs, however long it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caucuses.threads.actions import keep_draft
from tests.caucuses.story import a_room
from tests.caucuses.threads.hands import begun, here, talk_of

pytestmark = pytest.mark.django_db
MOST = 12
LETTERS = "When the question of the clearance came up I moved us on to the budget. " * 9


@pytest.fixture
def room(cast):
    return a_room(cast["dev"], cast["elu"])


def queries(client, address):
    client.get(address)  # what is remembered is remembered
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(asked)


def test_five_posts_and_fifty_cost_the_same_questions(room, as_):
    dev, elu = room
    few, many = talk_of(dev, elu, posts=5), talk_of(dev, elu, posts=50)
    client = as_("dev")

    costs = {queries(client, here(dev, f"{thread.pk}/{page}")) for thread in (few, many) for page in ("", "?newest=1")}  # fmt: skip

    assert len(costs) == 1
    assert costs.pop() <= MOST


def test_a_later_page_costs_no_more(room, as_):
    dev, elu = room
    thread = talk_of(dev, elu, posts=50)
    middle = thread.posts.order_by("written_at", "pk")[19].pk

    assert queries(as_("dev"), here(dev, f"{thread.pk}/?after={middle}")) <= MOST
    assert queries(as_("dev"), here(dev, f"{thread.pk}/?before={middle}")) <= MOST


def test_a_draft_costs_one_more(room, as_):
    dev, elu = room
    thread, client = talk_of(dev, elu, posts=5), as_("dev")
    without = queries(client, here(dev, f"{thread.pk}/"))

    keep_draft(seat=dev, thread=thread, text="And then", quotes=thread.posts.first().pk)

    assert queries(client, here(dev, f"{thread.pk}/")) == without + 1


def test_one_conversation_and_three_cost_the_same_questions(room, as_):
    dev, elu = room
    begun(dev)
    client = as_("dev")
    one = {tail: queries(client, tail) for tail in (here(dev), f"/caucuses/{dev.caucus_id}/")}

    for seat in (elu, dev):
        begun(seat)

    assert {tail: queries(client, tail) for tail in one} == one


def test_a_page_of_twenty_weighs_less_than_sixty_kilobytes(room, as_, monkeypatch):
    dev, elu = room
    monkeypatch.setattr("tests.caucuses.threads.hands.SAID", LETTERS)
    thread = talk_of(dev, elu, posts=20)

    page = as_("dev").get(here(dev, f"{thread.pk}/"))

    assert len(page.content) < 60_000


def test_the_text_as_it_was_typed_is_not_even_fetched(room, as_):
    dev, elu = room
    thread, client = talk_of(dev, elu, posts=3), as_("dev")
    client.get(here(dev, f"{thread.pk}/"))

    with CaptureQueriesContext(connection) as asked:
        client.get(here(dev, f"{thread.pk}/"))

    sql = [row["sql"] for row in asked.captured_queries if 'FROM "threads_post"' in row["sql"]]
    assert all('"html"' not in one or '"threads_post"."text"' not in one for one in sql)
