"""Notes for facilitators, worksheets and recordings in a real browser: by keyboard, without JavaScript, on 360 pixels, on paper."""

import pytest

from tests.browser.hands import tab_to
from tests.curriculum.editing import publish, short_lesson, with_blocks
from tests.curriculum.recordings import CUES, stored, webm
from tests.scripts.processes import wait_for

HEARD = "/learn/how-redlining-worked/taken-twice/"
ASKED = "/learn/shared-language/words-that-travel-badly/"
NOTE = "Agree on a sign for leaving without a word."
WORDS = "A bell is struck once and fades within six seconds."
#: What is said in the captions that are shown.
SAID = """player => [...player.textTracks].filter(track => track.mode === 'showing').flatMap(track => [...track.cues || []].map(cue => cue.text))"""
SEEN = "part => part.checkVisibility({contentVisibilityAuto: true})"
pytestmark = pytest.mark.browser

#: How tall the room below each question is; none on the screen.
ROOM = """parts => parts.map(part => { const room = getComputedStyle(part, '::after');
    return room.content === 'none' ? 0 : Math.round(parseFloat(room.height)); })"""
WIDER = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.mark.parametrize("js", [True, False])
def test_mo_opens_a_note_by_keyboard_with_and_without_javascript(browser_page, js):
    page = browser_page("mo", js=js, width=360)
    page.goto(HEARD)
    assert not page.get_by_text(NOTE).is_visible()

    if js:
        tab_to(page, "For facilitators", role="summary", most=80)
    else:
        page.locator(".facilitator > summary").focus()
    page.keyboard.press("Enter")

    page.get_by_text(NOTE).wait_for()
    if js:
        assert page.evaluate(WIDER) <= 0


def test_dev_finds_no_trace_of_a_note_in_the_source(browser_page):
    page = browser_page("dev")
    page.goto(HEARD)

    assert [words in page.content() for words in (NOTE, "For facilitators", "facilitator")] == [False] * 3  # fmt: skip


@pytest.mark.parametrize("js", [True, False])
def test_the_transcript_is_opened_by_keyboard_and_the_player_waits(browser_page, js):
    page = browser_page(js=js, width=360)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(HEARD)
    page.wait_for_load_state("networkidle")

    page.locator(".recording summary").focus()
    page.keyboard.press("Enter")

    page.get_by_text(WORDS).wait_for()
    assert page.locator("audio[controls][preload=none]").is_visible()
    assert [url for url in asked if "/documents/" in url] == []
    if js:
        assert page.evaluate(WIDER) <= 0


def test_the_bell_is_played_and_listened_to_from_its_middle(browser_page):
    page = browser_page()
    answers = []
    page.on("response", lambda answer: answers.append((answer.url, answer.status)))
    page.goto(HEARD)

    audio = page.locator("audio")
    audio.focus()
    length = audio.evaluate(
        """player => new Promise(done => { player.muted = true;
        player.addEventListener('loadedmetadata', () => done(player.duration)); player.play(); })"""
    )
    place = audio.evaluate(
        """player => new Promise(done => { player.addEventListener('seeked', () => done(player.currentTime));
        player.currentTime = 4; })"""
    )

    assert [round(length, 1), round(place, 1)] == [6.0, 4.0]
    assert {status for url, status in answers if "/documents/" in url} == {206}


def test_on_paper_the_transcript_is_whole_and_the_note_is_not_there(browser_page):
    page = browser_page("mo")
    page.goto(HEARD)
    page.emulate_media(media="print")

    words = page.locator(".transcript")
    assert wait_for(lambda: words.evaluate(SEEN), 10)
    assert page.locator("audio").is_hidden()
    assert page.locator(".facilitator").is_hidden()


@pytest.mark.parametrize("js", [True, False], ids=["script", "no script"])
def test_a_film_has_captions_a_transcript_by_keyboard_and_on_paper_its_words(browser_page, js):
    film, captions = stored("street.webm", webm()), stored("street.vtt", CUES.encode())
    value = {"file": film.pk, "captions": captions.pk, "title": "A street", "duration": "", "transcript": "She sells *two* homes.", "poster": None}  # fmt: skip
    publish(with_blocks(short_lesson(), {"type": "media", "value": value}))
    page = browser_page(js=js, width=360)
    page.goto("/learn/how-redlining-worked/grading-a-city/")
    words, player = page.get_by_text("She sells two homes."), page.locator("video[controls]")
    assert player.is_visible()
    assert not words.is_visible()
    if js:
        assert wait_for(lambda: player.evaluate(SAID) == ["A bell."], 10)

    tab_to(page, "Transcript", role="summary", most=60)
    page.keyboard.press("Enter")
    words.wait_for()
    assert page.evaluate(WIDER) <= 0
    page.keyboard.press("Enter")
    page.emulate_media(media="print")

    assert wait_for(lambda: words.evaluate(SEEN), 10)
    assert player.is_hidden()


def test_a_worksheet_is_read_on_the_screen_and_written_on_paper(browser_page):
    page = browser_page(js=False, width=360)
    page.goto(ASKED)
    questions = page.locator(".worksheet .questions > li")
    assert questions.count() == 4
    assert page.get_by_text("Nothing is sent from here.").is_visible()
    assert page.locator(".worksheet").locator("input, textarea, button").count() == 0
    seen = browser_page()
    seen.goto(ASKED)
    questions = seen.locator(".worksheet .questions > li")
    assert questions.evaluate_all(ROOM) == [0, 0, 0, 0]

    seen.emulate_media(media="print")

    assert wait_for(lambda: questions.evaluate_all(ROOM)[0] > 0, 10)
    assert all(room > 100 for room in questions.evaluate_all(ROOM))
