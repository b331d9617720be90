"""Links and files on the desk: shown once, looked at first, with progress (threats A2, B17, F4, G1, G6, H9)."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cohorts.actions import make_join_link, start_import
from cohorts.models import ImportRow, Invitation, JoinLink, MemberImport
from core import doors
from tests.cohorts.inviting import NEW, carried_out, newcomers, table, uploaded, worker
from tests.core.tasks.hands import five_workers_die

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

INVITE = "/backbone/cohorts/larch/invite/"
LINK, FILE = f"{INVITE}link/", f"{INVITE}file/"


def make(client, **fields):
    return client.post(LINK, {"most_uses": 20, "days": 7, "once": uuid4()} | fields)


def send(client, *rows, data=None, name="people.csv", **fields):
    file = SimpleUploadedFile(name, table(*rows) if data is None else data, "text/csv")
    return client.post(FILE, {"file": file, "once": uuid4()} | fields)


def show_of(one):
    return f"/backbone/invitations/files/{one.pk}/"


def test_a_link_is_shown_once(as_, nobody, house):
    client = as_("ana")

    page = make(client)

    link = re.search(r'value="(https?://[^"]+/invitation/link/[\w-]{43}/)"', page.text)[1]
    path = re.sub(r"^https?://[^/]+", "", link)
    assert nobody.get(path).status_code == 200
    assert "For 20 people, until" in page.text
    assert "no-store" in page["Cache-Control"]
    later = client.get(INVITE).text
    assert path.split("/")[3] not in later
    assert "0 of 20 joined" in later


def test_a_double_press_shows_the_same_link(as_, house):
    """H9."""
    client, key = as_("ana"), uuid4()

    links = {re.search(r"/link/([\w-]{43})/", make(client, once=key).text)[1] for _ in range(2)}

    assert len(links) == 1
    assert JoinLink.objects.count() == 1
    JoinLink.objects.update(made_at=timezone.now() - timedelta(hours=1))
    page = client.post(LINK, {"most_uses": 20, "days": 7, "once": key}, follow=True)
    assert "a link is shown only once" in page.text


@pytest.mark.parametrize("wrong", [{"most_uses": 101}, {"most_uses": 0}, {"days": 31}, {"days": "x"}, {"most_uses": ""}])  # fmt: skip
def test_a_link_for_too_many_or_too_long_is_not_made(as_, house, wrong):
    page = make(as_("ana"), **wrong)

    assert page.status_code == 200
    assert 'role="alert"' in page.text
    assert JoinLink.objects.count() == 0


def test_a_link_is_ended_by_any_of_the_backbone(as_, nobody, house):
    made = make_join_link(cohort=house.larch, days=1, most_uses=2, form=uuid4(), by=house.lena)
    client, address = as_("ana"), f"{LINK}{made.join_link.pk}/end/"

    asked = client.get(address)
    answer = client.post(address, {"once": uuid4()}, follow=True)

    assert "End this link?" in asked.text
    assert "Nobody joins by this link any more" in answer.text
    assert nobody.get(re.sub(r"^https?://[^/]+", "", made.address)).status_code == 404
    assert client.get(f"/backbone/cohorts/spring/invite/link/{made.join_link.pk}/end/").status_code == 404  # fmt: skip


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_of_a_cohort_takes_twelve_queries(as_, house, many, django_assert_num_queries):
    for _number in range(many):
        make_join_link(cohort=house.larch, days=1, most_uses=2, form=uuid4(), by=house.lena)
        uploaded(house, NEW)
    client = as_("ana")
    client.get(INVITE)

    with django_assert_num_queries(12):
        page = client.get(INVITE)

    assert page.text.count("0 of 2 joined") == many


def test_a_file_is_shown_before_anybody_is_invited(as_, house):
    client = as_("ana")

    answer = send(client, NEW, "ben@riverton.example", NEW.upper(), "=1+1,participant")
    page = client.get(answer["Location"])

    assert answer["Location"] == show_of(MemberImport.objects.get())
    for words in ("What will happen", NEW, "It begins as a formula does", "Invite or add 2 people"):
        assert words in page.text
    assert "=1+1" not in page.text
    assert Invitation.objects.count() == 0
    assert NEW not in str(dict(client.session))


def test_one_press_has_it_carried_out_with_progress_and_a_result(as_, house):
    client = as_("ana")
    shown = send(client, *newcomers(3), "nobody")["Location"]

    client.post(f"{shown}start/", {"once": uuid4()})
    running = client.get(shown)
    worker()
    done = client.get(shown)

    assert '<progress aria-labelledby="doing" value="0" max="3">' in running.text
    assert "data-waits" in running.text
    assert "What happened" in done.text
    assert "data-waits" not in done.text
    assert Invitation.objects.count() == 3
    assert newcomers(1)[0] not in done.text
    assert "This is no e-mail address." in client.get(shown, {"verdict": "refused"}).text


def test_a_second_press_starts_nothing_twice(as_, house):
    """H9."""
    client = as_("ana")
    shown = send(client, NEW)["Location"]
    client.post(f"{shown}start/", {"once": uuid4()})
    worker()

    page = client.post(f"{shown}start/", {"once": uuid4()}, follow=True)

    assert "This was started already. Nobody is invited twice." in page.text
    assert Invitation.objects.count() == 1


def test_the_same_form_sent_twice_is_one_file(as_, house):
    """H9."""
    client, key = as_("ana"), uuid4()

    addresses = {send(client, NEW, once=key)["Location"] for _ in range(2)}

    assert len(addresses) == 1
    assert MemberImport.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file holds no row."),
        (b"\0\1\2", "This is no text file."),
        (b"who,what\na,b", "The first row must name the columns"),
        (b'email\n"a', "Row 2 cannot be read"),
        (b"x" * 1_000_001, "The file is larger than 1 MB."),
        (b"email\n" + b"\n" * 999_000, "The file holds no row."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(as_, house, data, sentence):
    """G1, G6."""
    page = send(as_("ana"), data=data)

    assert page.status_code == 400
    assert sentence in page.text
    assert "The file was not taken, and nobody was invited" in page.text
    assert MemberImport.objects.count() == 0


def test_no_file_at_all_is_said(as_, house):
    assert "No file was chosen." in as_("ana").post(FILE, {"once": uuid4()}).text


@pytest.mark.parametrize("many", [1, 3])
def test_the_preview_takes_nine_queries(as_, house, many, django_assert_num_queries):
    one, client = uploaded(house, *newcomers(many)), as_("ana")
    client.get(show_of(one))

    with django_assert_num_queries(9):
        page = client.get(show_of(one))

    assert page.text.count("<bdi>person-") == many


def test_the_preview_is_paged_and_narrowed(as_, house):
    one, client = uploaded(house, *newcomers(60), "x", "y"), as_("ana")

    first, second = (client.get(show_of(one), {"page": page}).text for page in (1, 2))
    refused = client.get(show_of(one), {"verdict": "refused"}).text

    assert [page.count('scope="row"') for page in (first, second, refused)] == [50, 12, 2]
    assert client.get(show_of(one), {"page": "x", "verdict": "\x00", "became": "king"}).status_code == 200  # fmt: skip


def test_of_ten_thousand_rows_the_web_takes_the_file_alone_and_the_worker_reads_it(as_, house):
    client = as_("ana")

    shown = send(client, *newcomers(10_000))["Location"]
    waiting = client.get(shown)
    written = ImportRow.objects.count()
    worker()
    page = client.get(shown)

    assert "The file is being read. That takes some seconds. Nobody is invited yet." in waiting.text
    assert (written, ImportRow.objects.count()) == (0, 10_000)
    assert "Invite or add 10,000 people" in page.text
    assert page.text.count("<bdi>person-") == 50


@pytest.mark.parametrize("name", ["lena", "mo", "gus", "dev"])
def test_somebody_elses_file_is_as_one_that_never_was(as_, house, name):
    """A2."""
    one, client = uploaded(house, NEW), as_(name)

    pages = [client.get(address) for address in (show_of(one), f"/backbone/invitations/files/{uuid4()}/")]  # fmt: skip

    assert [page.status_code for page in pages] == [404, 404]
    assert client.post(f"{show_of(one)}start/").status_code == 404
    assert client.post(f"{show_of(one)}discard/").status_code == 404
    assert MemberImport.objects.get().state == "ready"


def test_thrown_away_it_is_gone(as_, house):
    one, client = uploaded(house, NEW), as_("ana")
    running = uploaded(house, *newcomers(2))
    start_import(member_import=running, by=house.ana)

    gone = client.post(f"{show_of(one)}discard/", {"once": uuid4()}, follow=True)
    kept = client.post(f"{show_of(running)}discard/", {"once": uuid4()}, follow=True)

    assert "Thrown away, with all addresses in it." in gone.text
    assert "It is being carried out now" in kept.text
    assert MemberImport.objects.get() == running


def test_a_file_in_which_nobody_is_new_says_so(as_, house):
    one = uploaded(house, "dev@riverton.example")

    page = as_("ana").get(show_of(one)).text

    assert "There is nothing to do" in page
    assert "Invite or add" not in page


def test_a_file_that_was_stopped_says_how_to_go_on(as_, house):
    one = uploaded(house, *newcomers(2))
    start_import(member_import=one, by=house.ana)
    five_workers_die()

    page = as_("ana").get(show_of(one)).text

    assert "It was stopped after 0 of 2 people" in page


def test_what_was_carried_out_is_told_by_numbers(as_, house):
    one = carried_out(uploaded(house, NEW, "ben@riverton.example"), house.ana)

    page = " ".join(as_("ana").get(show_of(one)).text.split())

    assert '<a href="?became=invited">Invited</a><strong>1</strong>' in page
    assert '<a href="?became=added">A member: added and told</a><strong>1</strong>' in page


def test_the_desk_and_a_cohort_lead_here(house, rf):
    cards = doors.ask("desk_card", request=rf.get("/"))
    lines = doors.ask("cohort_desk_line", request=rf.get("/"), cohort=house.larch)

    assert any('href="/backbone/invitations/"' in card for card in cards)
    assert any(f'href="{INVITE}"' in line for line in lines)
