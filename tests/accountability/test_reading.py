"""Dev reads his journal: by month, one entry, what is damaged, on paper, and what he deleted."""

import logging
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accountability.journal.actions import delete_entry
from accountability.journal.models import Draft, Entry
from accountability.journal.texts import About, Prompt
from core.models import FormResult
from tests.accountability.notebook import DELETED, LIST, PRINT, begin, damage, fill, write

pytestmark = pytest.mark.django_db
MAY, MARCH = datetime(2026, 5, 5, 14, 5, tzinfo=UTC), datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
SILENCE = Prompt("When did you last stay silent?", "Shared language", "/learn/shared-language/")
LEVELS = About(
    "lesson", "k", "Four levels of racism", "/learn/shared-language/four-levels-of-racism/"
)
ALL = ("title", "body", "html", "tags", "prompt", "about")


@pytest.fixture
def me(cast):
    return cast["dev"]


def words(answer):
    """The words of a page's own part, in one line."""
    main = answer.text.partition('<main id="main" tabindex="-1">')[2].partition("<footer")[0]
    return " ".join(re.sub(r"<[^<>]*>", " ", main).split())


def queries(client, address, **form):
    with CaptureQueriesContext(connection) as seen:
        answer = client.post(address, form) if form else client.get(address)
    assert answer.status_code == 200
    return len(seen)


# The list.


def test_who_has_written_nothing_reads_one_kind_sentence(dev):
    page = dev.get(LIST)

    assert words(page) == (
        "Journal A place for what you would tell nobody yet: one honest sentence is enough to begin."
        " Write Deleted entries"
    )
    assert 'href="/journal/write/"' in page.text
    assert 'role="search"' not in page.text


def test_entries_stand_by_month_the_newest_first(dev, me):
    write(me, "Brass plate.\n\n**Who** had a key?", at=MARCH, tags=("family",))
    write(me, "I looked at my notes.", title="The third time", at=MAY)

    page = dev.get(LIST)

    assert words(page).partition("By tag, suggestion or day ")[2] == (
        "May 2026 Tue 5 The third time I looked at my notes."
        " March 2026 Tue 31 Brass plate. Who had a key? family Print Take it along Bring in Deleted entries"
    )


def test_a_month_is_that_of_its_authors_clock(dev, me):
    me.time_zone = "America/Los_Angeles"
    me.save(update_fields=["time_zone"])
    write(me, "Late.", at=datetime(2026, 5, 1, 3, 0, tzinfo=UTC))

    assert "April 2026 Thu 30 Late." in words(dev.get(LIST))


def test_what_one_was_writing_comes_first_and_leads_back_to_it(dev, me):
    entry = write(me, "Whole.", at=MAY)
    with time_machine.travel(datetime(2026, 5, 6, 9, 30, tzinfo=UTC), tick=False):
        begin(me, "Whole, and more", of=entry)
    begin(me, "I keep thinking of the map")

    page = dev.get(LIST)

    assert "Write You were writing… I keep thinking of the map on " in words(page)
    assert "Whole, and more on May 6, 2026 at 4:30 a.m." in words(page)
    for draft in Draft.objects.of(me):
        assert f'href="/journal/{draft.pk}/write/"' in page.text


def test_a_page_holds_fifty_and_nothing_is_counted(dev, me):
    fill(me, 120)

    first, last = dev.get(LIST), dev.get(f"{LIST}?page=3")
    odd = [dev.get(f"{LIST}?page={page}") for page in ("0", "x", "9" * 30, "%00")]

    assert [page.text.count('class="journal-day"') for page in (first, last)] == [50, 20]
    assert "Page 119" in words(last)
    assert [page.status_code for page in odd] == [200] * 4
    assert "120" not in words(first)
    assert ">Older<" in first.text
    assert ">Newer<" not in first.text


@pytest.mark.parametrize("number", [1, 3, 200])
def test_the_list_asks_as_much_for_many_as_for_one(dev, me, number):
    dev.get(LIST)
    fill(me, number)

    assert queries(dev, LIST) == 10


# One entry.


def test_an_entry_says_what_was_written_with_what_it_began_with_and_is_about(dev, me):
    entry = write(
        me, "I looked at **my notes**.", title="The third time", at=MAY,
        tags=("meetings", "silence"), prompt=SILENCE, about=LEVELS,
    )  # fmt: skip

    page = dev.get(f"/journal/{entry.pk}/")

    assert words(page) == (
        "Journal The third time Tuesday, May 5, 2026, 9:05 a.m. meetings silence"
        " When did you last stay silent? Shared language All entries with this suggestion"
        " About the lesson Four levels of racism What you wrote I looked at my notes . Edit Print Delete"
    )
    assert "<p>I looked at <strong>my notes</strong>.</p>" in page.text
    assert 'href="/learn/shared-language/four-levels-of-racism/"' in page.text
    assert re.findall("<title>(.*?) · ", page.text) == ["Journal"]


def test_without_a_title_the_date_is_the_heading(dev, me):
    entry = write(me, "Nothing.", at=MAY)

    assert "<h1><time" in dev.get(f"/journal/{entry.pk}/").text


def test_one_goes_on_to_the_entries_before_and_after(dev, me):
    first, middle, last = (write(me, "x", at=MAY + timedelta(days=day)) for day in range(3))
    gone = write(me, "x", at=MAY + timedelta(hours=30))
    delete_entry(by=me, entry=gone)

    def led_to(entry):
        page = dev.get(f"/journal/{entry.pk}/").text
        return re.findall(r'rel="(prev|next)" href="/journal/([^/]+)/"', page)

    assert led_to(first) == [("next", str(middle.pk))]
    assert led_to(middle) == [("prev", str(first.pk)), ("next", str(last.pk))]
    assert led_to(last) == [("prev", str(middle.pk))]


def test_entries_of_one_moment_are_all_reached(dev, me):
    rows = {str(write(me, "x", at=MAY).pk) for _ in range(3)}
    reached, at = [], max(rows)
    while at:
        reached.append(at)
        page = dev.get(f"/journal/{at}/").text
        at = next(iter(re.findall(r'rel="prev" href="/journal/([^/]+)/"', page)), None)

    assert reached == sorted(rows, reverse=True)


def test_an_import_cannot_bring_a_link_that_leads_away_or_runs(dev, me):
    """G2."""
    for url in (
        "javascript:alert(1)",
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
    ):
        entry = write(
            me, "x", prompt=Prompt("Why?", "There", url), about=About("lesson", "k", "It", url)
        )
        page = dev.get(f"/journal/{entry.pk}/").text

        assert "evil.example" not in page
        assert "javascript:" not in page
        assert "There" in page


def test_what_was_typed_is_never_markup(dev, me):
    """G2."""
    script = "<script>alert(1)</script>"
    entry = write(me, script, title=script, tags=(script,), prompt=Prompt(script, script))

    for address in (LIST, f"/journal/{entry.pk}/", f"{PRINT}?which=all"):
        assert script not in dev.get(address).text


# What cannot be opened.


def test_a_damaged_entry_says_so_and_the_others_open(dev, me, caplog):
    """C4."""
    cache.clear()
    write(me, "Safe and sound.", at=MARCH)
    entry = write(
        me, "Lost.", title="Lost too", tags=("lost",), prompt=SILENCE, about=LEVELS, at=MAY
    )
    damage(entry, *ALL)

    with caplog.at_level(logging.ERROR, logger="lodestar.sealed"):
        pages = [dev.get(LIST), dev.get(f"/journal/{entry.pk}/"), dev.get(f"{PRINT}?which=all")]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert [words(page).count("This entry cannot be opened") for page in pages] == [1, 1, 1]
    assert [words(page).count("Safe and sound.") for page in pages] == [1, 0, 1]
    assert "Your other entries are safe" in words(pages[1])
    assert "Lost" not in "".join(page.text for page in pages)
    said = [record.levelname for record in caplog.records if record.name == "lodestar.sealed"]
    assert said == ["ERROR"]  # the alarm that may go with it has its own logger and its own pause
    assert str(entry.pk) not in caplog.text


@pytest.mark.parametrize(
    ("names", "missing", "shown"),
    [
        (["title"], ["its title"], True),
        (["tags", "prompt"], ["its tags", "the suggestion it began with"], True),
        (["body"], ["its text as you typed it"], True),
        (["body", "html"], ["its text as you typed it"], False),
        (["html"], [], True),
    ],
)
def test_of_an_entry_that_is_damaged_in_part_the_rest_is_shown(dev, me, names, missing, shown):
    entry = write(me, "The text.", title="The title", tags=("one",), prompt=SILENCE, about=LEVELS)
    damage(entry, *names)

    page = dev.get(f"/journal/{entry.pk}/")

    assert re.findall("<li>(it?s? ?[^<]+|the [^<]+)</li>", page.text) == missing
    assert ("The text." in words(page)) is shown
    assert ("Edit" in words(page)) is not bool(missing)


def test_html_of_an_older_cleaner_is_made_anew_and_never_shown(dev, me):
    entry = write(me, "**new**")
    entry.html, entry.html_by = "<p>old</p>", 0
    entry.save()

    paper, unchanged = dev.get(f"{PRINT}?which=all"), Entry.objects.get(pk=entry.pk).html_by
    page = dev.get(f"/journal/{entry.pk}/")

    for answer in (paper, page):
        assert "<strong>new</strong>" in answer.text
        assert "<p>old</p>" not in answer.text
    assert (unchanged, Entry.objects.get(pk=entry.pk).html_by) == (0, 1)


# On paper.


def test_a_month_is_printed_oldest_first(dev, me):
    write(me, "Second.", title="Later", at=MAY + timedelta(hours=1), tags=("a", "b"))
    write(me, "First.", at=MAY)
    write(me, "Another month.", at=MARCH)

    choice, page = dev.get(PRINT), dev.get(f"{PRINT}?which=2026-05")

    assert re.findall('<option value="([^"]+)"', choice.text) == ["2026-05", "2026-03", "all"]
    assert words(page).partition("finds it. ")[2] == (
        "Journal Tuesday, May 5, 2026 First. Tuesday, May 5, 2026 Later Second. a · b"
    )


def test_one_entry_is_printed_alone(dev, me):
    entry = write(me, "This one.", at=MAY)
    write(me, "Not this one.", at=MAY)

    page = dev.get(f"{PRINT}?which={entry.pk}")

    assert page.text.count("<article") == 1
    assert "This one." in words(page)


def test_a_long_journal_is_printed_in_parts(dev, me):
    fill(me, 201)

    parts = [dev.get(f"{PRINT}?which=all&page={page}").text for page in (1, 2)]

    assert [part.count("<article") for part in parts] == [200, 1]


@pytest.mark.parametrize("which", ["", "2026-13", "0000-00", "9999-12", "x", "%00", "2026-5"])
def test_a_range_that_means_nothing_leads_to_the_choice(dev, which):
    page = dev.get(f"{PRINT}?which={which}")

    assert page.status_code == 200
    assert "Choose what goes on paper." in words(page)


@pytest.mark.parametrize("number", [1, 3])
def test_paper_asks_as_much_for_many_as_for_one(dev, me, number):
    dev.get(LIST)
    fill(me, number)

    assert queries(dev, f"{PRINT}?which=all") == 9


# Deleting.


def test_the_question_has_two_answers(dev, me):
    entry = write(me, "Hasty.", at=MAY)

    page = dev.get(f"/journal/{entry.pk}/delete/")

    assert re.findall(r'<form method="post"(?: action="/journal/[^/]+/(\w+)/")?>', page.text)[-2:] == ["", "destroy"]  # fmt: skip
    assert "With a way back" in words(page)
    assert "At once and for good" in words(page)


def test_a_deleted_entry_waits_thirty_days_and_comes_back(dev, me):
    entry = write(me, "Hasty words.", title="Hasty title", at=MAY)

    said = dev.post(f"/journal/{entry.pk}/delete/", follow=True)
    listed = dev.get(DELETED)
    back = dev.post(f"/journal/{entry.pk}/restore/", follow=True)

    assert "Deleted. For 30 days you find it under “Deleted entries”." in said.text
    assert "Hasty" not in said.text
    assert "May 5, 2026 · 30 days left Hasty title Hasty words. Take it back Delete it now" in words(listed)  # fmt: skip
    assert back.redirect_chain == [(f"/journal/{entry.pk}/", 302)]
    assert "Hasty words." in dev.get(LIST).text


def test_the_days_that_are_left_go_down(dev, me):
    entry = write(me, "x")
    delete_entry(by=me, entry=entry)
    deleted = timezone.now()
    left = []
    for age in (
        timedelta(days=1, hours=1),
        timedelta(days=29, hours=1),
        timedelta(days=30, hours=1),
    ):
        Entry.objects.update(deleted_at=deleted - age)
        left.append(re.search(r"· ([^<]+)</p>", dev.get(DELETED).text)[1])

    assert left == ["29 days left", "1 day left", "goes at any moment"]


def test_a_deleted_entry_can_be_read_before_one_decides(dev, me):
    entry = write(me, "Hasty words.")
    delete_entry(by=me, entry=entry)

    page = dev.get(f"/journal/{entry.pk}/")

    assert "You deleted this entry. It can still be taken back." in words(page)
    assert "Hasty words." in words(page)
    assert "Edit" not in words(page)


def test_for_good_is_asked_once_and_leaves_no_mark_that_it_was(dev, me):
    entry = write(me, "Hasty words.")
    asked = dev.get(f"/journal/{entry.pk}/destroy/")

    first, second = [dev.post(f"/journal/{entry.pk}/destroy/") for _ in range(2)]

    assert "It is gone at once" in words(asked)
    assert (first.headers["Location"], second.status_code) == (LIST, 404)
    assert not Entry.objects.filter(pk=entry.pk).exists()
    assert dev.get(f"/journal/{entry.pk}/").status_code == 404
    assert FormResult.objects.count() == 0


def test_a_damaged_entry_can_be_deleted_and_taken_back(dev, me):
    entry = write(me, "x", title="y")
    damage(entry, *ALL)
    question = dev.get(f"/journal/{entry.pk}/delete/")
    dev.post(f"/journal/{entry.pk}/delete/")

    assert "This entry cannot be opened" in words(question)
    assert "This entry cannot be opened" in words(dev.get(DELETED))
    assert dev.post(f"/journal/{entry.pk}/restore/").status_code == 302


@pytest.mark.parametrize("number", [1, 3])
def test_the_deleted_ones_ask_as_much_for_many_as_for_one(dev, me, number):
    dev.get(LIST)
    fill(me, number)
    Entry.objects.update(deleted_at=timezone.now())

    assert queries(dev, DELETED) == 9
