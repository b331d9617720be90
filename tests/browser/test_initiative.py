"""An initiative from the command that begins it to a member who leaves and is gone, on its own pages."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile

import pytest
from django.db import connections

from accounts.models import User
from tests.browser.buddies_story import follow, is_there, say_yes
from tests.browser.initiative_story import (
    ADDRESS,
    BEGUN,
    BO,
    BUDDY,
    CHIDI,
    COHORT,
    DESK,
    IMANI,
    NAME,
    PAGE_OF_THE_JOURNAL,
    SAID,
    TABLE,
    WHY,
    ZORA,
    Neighbor,
    Story,
    command,
    invite_by_mail,
    join,
    link_to,
    link_to_join,
    make_cohort,
    propose_agreement,
    send_file,
    show_that_it_is_you,
    sign_in,
    want_a_match,
    worker,
)
from tests.browser.ways import press

pytestmark = pytest.mark.browser

INVITED = "Accept and make an account"
INSIGHTS = f"{ADDRESS}insights/"
ANNOUNCED = "Bring one question."
LESSONS = tuple(
    f"/learn/shared-language/{name}/"
    for name in ("four-levels-of-racism", "words-that-travel-badly", "agreeing-our-meanings")
)


@pytest.fixture
def story(empty_site, browser_page, time_machine):
    time_machine.move_to(BEGUN, tick=True)
    return Story(browser_page, time_machine)


def test_from_the_first_command_to_a_member_who_is_gone(story):
    the_first_of_the_backbone_team(story)
    a_cohort(story)
    neighbors = invited_by_mail_by_link_and_by_a_table(story)
    what_they_learn_and_say(story, neighbors)
    a_round_of_pairing(story)
    numbers_of_people(story)
    her_own_copy(story)
    she_leaves(story)
    seven_days_later_she_is_gone(story)
    what_stayed_goes_after_thirty_days(story)


def the_first_of_the_backbone_team(story):
    """The page of a new installation names the command; its mail leads in."""
    zora = story.page("zora")
    zora.goto("/")
    assert is_there(zora, "start_initiative")

    said = command("start_initiative", NAME, ZORA)
    worker()

    link = link_to(ZORA, "/invitation/")
    assert link in said
    join(zora, link, ZORA, "Zora Bell", button=INVITED)
    zora.goto("/backbone/")
    assert zora.get_by_role("heading", level=1).inner_text() == "The desk"
    zora.goto("/")
    assert not is_there(zora, "start_initiative")


def a_cohort(story):
    make_cohort(story.page("zora"))

    story.page("zora").goto(ADDRESS)
    assert is_there(story.page("zora"), "Nobody is in this cohort yet.")
    assert is_there(story.page("zora"), "Shared language")


def invited_by_mail_by_link_and_by_a_table(story):
    """A facilitator and a participant by mail, one by a link that was passed on, ten by a table of which four rows do nothing."""
    zora, bo, imani, chidi = (story.page(name) for name in ("zora", "bo", "imani", "chidi"))
    invite_by_mail(zora, BO, "Facilitator")
    invite_by_mail(zora, IMANI, "Participant")
    worker()
    join(bo, link_to(BO, "/invitation/"), BO, "Bo Lindgren", button=INVITED)
    join(imani, link_to(IMANI, "/invitation/"), IMANI, "Imani Okafor", button=INVITED)
    join(chidi, link_to_join(zora), CHIDI, "Chidi Vance", button="Make an account and join")

    send_file(zora, *TABLE, TABLE[0], "=1+1,", f"{ZORA},", f"{IMANI},participant")
    lines = zora.get_by_role("region", name="In the file").get_by_role("listitem")
    assert [line.replace("\n", ": ") for line in lines.all_inner_texts()] == [
        "New: will be invited: 10",
        "Already there: nothing happens: 1",
        "Twice in the file: the first one counts: 1",
        "Refused: 2",
    ]
    press(zora, "Invite or add 10 people")
    assert User.objects.count() == 4
    worker()  # which writes the mails, and sends them the next time
    zora.reload()
    assert zora.get_by_role("heading", level=1).inner_text() == "What happened"
    worker()

    neighbors = [Neighbor(address, f"Neighbor {number}") for number, address in enumerate(TABLE)]
    for one in neighbors:
        one.begin()
    worker()
    for one in neighbors:
        one.come_in()
    zora.goto(f"{DESK}people/")
    assert is_there(zora, "13 people are in this cohort.")
    return neighbors


def what_they_learn_and_say(story, neighbors):
    """Imani finishes the module as five neighbors do, says something in the cohort, and writes in her journal."""
    imani, bo = story.page("imani"), story.page("bo")
    bo.goto(ADDRESS)
    bo.get_by_role("textbox", name="Announcement").fill(ANNOUNCED)
    press(bo, "Post to the cohort")
    imani.goto(ADDRESS)
    assert is_there(imani, ANNOUNCED)

    for lesson in LESSONS:
        imani.goto(lesson)
        press(imani, "Mark as done")
    imani.goto("/learn/how-redlining-worked/grading-a-city/")
    press(imani, f"Talk about it in {COHORT}")
    imani.get_by_label("Your reply").fill(SAID)
    press(imani, "Reply")
    story.talk = imani.url.partition("#")[0]
    imani.goto("/journal/")
    show_that_it_is_you(imani)
    imani.goto("/journal/write/")
    imani.get_by_label("Your text").fill(PAGE_OF_THE_JOURNAL)
    press(imani, "Save")
    for one in neighbors[:5]:
        one.finish()

    bo.goto(story.talk)
    assert is_there(bo, SAID)
    assert is_there(bo, "Imani Okafor")


def a_round_of_pairing(story):
    """Twelve want a buddy and find one; Imani and whoever was found for her say yes, and agree on a text."""
    zora, imani = story.page("zora"), story.page("imani")
    want_a_match(imani)
    want_a_match(story.page("chidi"))
    zora.goto("/backbone/")
    follow(zora, "Pairing")
    follow(zora, COHORT)
    assert is_there(zora, "12 people wait for a partner.")
    press(zora, "Preview the round")
    worker()
    zora.reload()
    assert is_there(zora, "Nobody: everybody who is in the round has a partner.")
    press(zora, "Start the round")
    worker()
    zora.reload()
    assert is_there(zora, "Round 1 was over on")

    imani.goto(BUDDY)
    follow(imani, "Look at the match")
    found = imani.locator(".byline strong").inner_text()
    partner = story.page("partner")
    story.partner = User.objects.get(chosen_name=found).email
    sign_in(partner, story.partner)
    for page in (imani, partner):
        say_yes(page)
    propose_agreement(imani)
    partner.goto(BUDDY)
    follow(partner, "Read it")
    press(partner, "Confirm this text")
    assert is_there(partner, WHY)


def numbers_of_people(story):
    """Counted by the worker; the same for a member, a facilitator and the backbone, and nobody's name."""
    story.later(hours=2)

    seen = []
    for name in ("imani", "bo", "zora"):
        page = story.page(name)
        page.goto(ADDRESS)
        follow(page, "The numbers about this cohort")
        seen.append(page.locator("main").inner_text())
    assert seen[0] == seen[1] == seen[2]
    assert "6 of 12 people" in seen[0]
    assert "Why a number is not shown" in seen[0]
    assert not [name for name in ("Imani", "Chidi", "Neighbor", "Bo") if name in seen[0]]


def her_own_copy(story):
    """After two hours she shows who she is once more. In the copy is what she said and wrote, and nobody else's words."""
    imani = story.page("imani")
    imani.goto("/account/export/")
    show_that_it_is_you(imani)
    press(imani, "Make my copy")
    worker()
    imani.reload()

    with imani.expect_download() as download:
        imani.get_by_role("button", name="Download it").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    everything = "\n".join(files.values())
    assert list(json.loads(files["data.json"]))[:2] == ["format", "version"]
    assert [words in everything for words in (PAGE_OF_THE_JOURNAL, SAID, WHY, IMANI)] == [True] * 4
    assert [words in everything for words in (ANNOUNCED, BO, CHIDI)] == [False] * 3
    imani.reload()
    assert imani.get_by_role("button", name="Make my copy").is_visible()  # it was given out once


def she_leaves(story):
    """The page says what becomes of everything; a press later her name is on no page, and what the page said stays."""
    imani = story.page("imani")
    imani.goto("/account/leave/")
    assert is_there(imani, "the words, without your name")
    assert is_there(imani, "can be read by them for 30 days after that")

    press(imani, "Leave")

    assert is_there(imani, "You have left")
    imani.goto("/today/")
    assert "/account/login/" in imani.url
    her_name_stands_nowhere(story)
    assert is_there(at(story, "partner", BUDDY), "Former member")


def seven_days_later_she_is_gone(story):
    """The worker erases her. Her words in the talk stay without a name, and so do the numbers and what her buddy may still read."""
    worker()
    back = link_to(IMANI, "/account/leave/undo/")

    story.later(days=7, hours=1)

    assert not User.objects.filter(email=IMANI).exists()
    her_name_stands_nowhere(story)
    kept = everything_kept()
    assert [word for word in ("Imani", "Okafor", IMANI) if word in kept] == []
    assert SAID in kept
    imani = story.page("imani")
    assert imani.goto(back).status == 404
    sign_in(imani, IMANI)
    assert "/account/login/" in imani.url

    assert is_there(at(story, "bo", story.talk), "Somebody who has left")
    assert is_there(at(story, "zora", f"{DESK}people/"), "12 people are in this cohort.")
    assert is_there(at(story, "chidi", INSIGHTS), "6 of 12 people, as of Jan. 4, 2027")
    partner = at(story, "partner", BUDDY)
    with partner.expect_navigation():
        partner.get_by_role("main").get_by_role("link", name="Your pair from").click()
    story.pair = partner.url
    follow(partner, "Read it")
    assert is_there(partner, WHY)


def what_stayed_goes_after_thirty_days(story):
    """What she had shared with her buddy goes by the command of the night, as the page of what is kept says."""
    story.move(days=30, hours=1)

    said = command("run_nightly")

    assert re.search(r"prune_pairs: 1$", said, re.MULTILINE), said
    partner = story.page("partner")
    sign_in(partner, story.partner)
    assert partner.goto(story.pair).status == 404
    sign_in(story.page("bo"), BO)
    assert is_there(at(story, "bo", story.talk), SAID)


def her_name_stands_nowhere(story):
    """On every page that named her: for the backbone, her facilitator, and whoever was her buddy."""
    places = {
        "zora": ("/backbone/", "/backbone/people/", "/backbone/people/?q=okafor", "/backbone/invitations/",
                 f"{DESK}people/", "/backbone/pairing/first-light/", INSIGHTS, story.talk),
        "bo": ("/today/", ADDRESS, story.talk, INSIGHTS, "/account/notices/"),
        "partner": ("/today/", ADDRESS, BUDDY, "/account/notices/"),
    }  # fmt: skip
    found = [
        (name, address)
        for name, addresses in places.items()
        for address in addresses
        for word in ("Imani", "imani@")
        if word in at(story, name, address).locator("main").inner_text()
    ]
    assert found == []


def at(story, name, address):
    """The page of this person, at an address."""
    page = story.page(name)
    page.goto(address)
    return page


def everything_kept():
    """Both databases, as text."""
    dumps = []
    for alias in ("default", "keys"):
        raw = sqlite3.connect(connections[alias].settings_dict["NAME"])
        dumps += raw.iterdump()
        raw.close()
    return "\n".join(dumps)
