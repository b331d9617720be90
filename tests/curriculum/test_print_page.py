"""The print page of a module: all its lessons, still, with room to write, for exactly those who may read them."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import PageViewRestriction

from curriculum.models import LessonPage, ModulePage
from curriculum.paper.still import still, written_out
from tests.curriculum.editing import publish, short_lesson, with_blocks
from tests.curriculum.papers import MODULE, PRINT

pytestmark = pytest.mark.django_db

#: What could be pressed, filled in or unfolded.
INTERACTIVE = re.compile(
    r"<(form|input|button|select|textarea|details|summary|script|iframe|video|audio)\b"
)
TITLES = (
    "Grading a city",
    "Underwriting by race",
    "Taken twice: contracts, clearance and highways",
    "What historians still argue about",
)


def sheet(client, address=PRINT):
    """The part of the page that is printed."""
    page = client.get(address)
    assert page.status_code == 200
    return page.text.partition('<article class="paper-sheet')[2].partition("</article>")[0]


def test_all_lessons_stand_on_one_page_with_a_list_of_contents(nobody, cast):
    paper = sheet(nobody)

    headings = re.findall(r'<h2 id="(lesson-\d)">(.*?)</h2>', paper)
    contents = re.findall(r'<li><a href="#(lesson-\d)">(.*?)</a></li>', paper)
    assert headings == [(f"lesson-{at}", title) for at, title in enumerate(TITLES, start=1)]
    assert contents == headings


def test_nothing_on_it_can_be_pressed_filled_in_or_unfolded(nobody, cast):
    paper = sheet(nobody)

    assert INTERACTIVE.findall(paper) == []
    drawn = re.sub(r"<svg\b.*?</svg>", "", paper, flags=re.DOTALL)
    assert re.findall(r"<[^>]* (?:data-\w+|on\w+|hidden|tabindex|popover)\b", drawn) == []
    assert "How we checked it" in paper


def test_each_id_is_there_once_and_every_link_inside_leads_somewhere(nobody, cast):
    paper = sheet(nobody)

    ids = re.findall(r'\bid="([^"]+)"', paper)
    inside = set(re.findall(r'href="#([^"]+)"', paper))
    assert sorted({one for one in ids if ids.count(one) > 1}) == []
    assert inside - set(ids) == set()
    assert 'href="#lesson-1-source-RL01"' in paper


def test_every_prompt_has_lines_to_write_on(nobody, cast):
    paper = sheet(nobody)

    prompts = paper.count('class="prompt"')
    assert prompts == sum(
        part.block_type in {"reflection", "discussion", "commitment"}
        for lesson in LessonPage.objects.child_of(ModulePage.objects.get(slug="how-redlining-worked"))
        for part in lesson.body
    )  # fmt: skip
    assert paper.count('class="room"') == prompts
    assert "Room for your answer" in paper


def test_a_map_is_a_picture_with_its_grades_in_words_and_its_tables_address(nobody, cast):
    paper = sheet(nobody)

    picture = re.search(r'<img class="map-drawing"[^>]*>', paper)[0]
    assert 'alt="Redlining map of Riverbend, an invented town, 1938"' in picture
    assert "“hazardous”" in paper
    assert written_out(f"{MODULE}grading-a-city/map/") in paper


def test_addresses_are_written_out_at_each_source_and_terms_at_the_end_of_the_lesson(nobody, cast):
    paper = sheet(nobody)

    sources = re.findall(r'<cite><a href="(http[^"]+)"[^>]*>[^<]*</a>(.{23})', paper)
    assert len(sources) > 40
    assert {after for _address, after in sources} == {' <span class="address">'}
    assert paper.count("/grading-a-city/map/)</span>") == 1
    assert "/glossary/home-owners-loan-corporation-holc/" in paper.partition("Words we share")[2]


def test_large_print_is_a_plain_link_and_nothing_else_is_taken_for_it(nobody, cast):
    usual, large = nobody.get(PRINT), nobody.get(f"{PRINT}?size=large")

    assert 'href="?size=large"' in usual.text
    assert 'class="paper-large"' in large.text
    assert f'href="{PRINT}"' in large.text
    assert nobody.get(f"{PRINT}?size=9'\"<x>").text.count("paper-large") == 0


def test_an_empty_module_says_so(nobody, cast):
    for lesson in LessonPage.objects.child_of(ModulePage.objects.get(slug="how-redlining-worked")):
        lesson.unpublish()

    assert "The lessons of this module are being written." in sheet(nobody)


def test_who_may_not_read_the_module_gets_what_the_module_says(nobody, as_, cast):
    """A cohort module leads the signed-out to the log-in; a draft and a name that nobody gave are not there."""
    module = ModulePage.objects.get(slug="how-redlining-worked")
    PageViewRestriction.objects.create(page=module, restriction_type=PageViewRestriction.LOGIN)

    refused = nobody.get(PRINT)
    assert refused.status_code == nobody.get(MODULE).status_code == 302
    assert refused["Location"].startswith("/account/login/")
    assert as_("dev").get(PRINT).status_code == 200
    module.unpublish()
    for client in (nobody, as_("dev")):
        assert client.get(PRINT).status_code == client.get(MODULE).status_code == 404
        assert client.get("/learn/no-such-module/print/").status_code == 404


def test_a_members_lesson_stands_on_the_paper_of_members_alone(nobody, as_, cast):
    lesson = LessonPage.objects.get(slug="taken-twice")
    PageViewRestriction.objects.create(page=lesson, restriction_type=PageViewRestriction.LOGIN)

    for _again in range(2):  # the second from memory
        assert "Taken twice" in sheet(as_("dev"))
        assert "Taken twice" not in sheet(nobody)


def test_what_is_published_anew_is_printed_anew(nobody, cast):
    sheet(nobody)
    lesson = with_blocks(short_lesson(), {"type": "markdown", "value": "A seventh heron."})

    publish(lesson)

    assert "A seventh heron." in sheet(nobody)


def test_a_second_view_costs_the_same_for_one_lesson_and_for_four(
    as_, cast, django_assert_num_queries
):
    dev = as_("dev")
    sheet(dev)
    with django_assert_num_queries(5):
        sheet(dev)
    for slug in ("underwriting-by-race", "taken-twice", "what-historians-argue-about"):
        LessonPage.objects.get(slug=slug).unpublish()
    sheet(dev)
    with django_assert_num_queries(5):
        assert sheet(dev).count('class="paper-lesson') == 2  # and what is explained


def test_a_block_may_bring_a_template_for_paper_and_an_explanation_for_the_end(
    nobody, cast, settings, tmp_path
):
    folder = tmp_path / "curriculum" / "paper"
    folder.mkdir(parents=True)
    (folder / "quotation.html").write_text(
        "{% load lessons %}<p>On paper: {% lesson_words value.text numbers facts %}</p>"
        "<button>Check</button>"
    )
    (folder / "quotation_explained.html").write_text(
        "{% load lessons %}<p>Explained: {% lesson_words value.text numbers facts %} {{ part.block_type }}</p>"
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]  # fmt: skip
    said = {"text": "We were not asked.", "attribution": "An invented voice", "source": "RL04"}
    publish(with_blocks(short_lesson(), {"type": "quotation", "value": said}))

    paper = sheet(nobody)

    before, _heading, after = paper.partition('<h2 id="explained">')
    assert "On paper: We were not asked." in before
    assert "An invented voice" not in before
    assert "Explained: We were not asked. quotation" in after
    assert "<button" not in paper
    assert ">Check<" not in paper
    assert '<li><a href="#explained">Explained</a></li>' in before


def test_the_house_has_templates_for_paper_of_kinds_that_lead_on():
    folder = Path(__file__).parents[2] / "templates" / "curriculum" / "paper"

    assert {"map.html", "reflection.html", "discussion.html", "commitment.html", "care.html"} <= {path.name for path in folder.glob("*.html")}  # fmt: skip


def test_short_names_of_pages_that_stand_there_are_refused(cast):
    module = ModulePage.objects.get(slug="how-redlining-worked")
    lesson = LessonPage.objects.get(slug="taken-twice")

    for page, slug in ((module, "record"), (lesson, "print"), (lesson, "session-plan")):
        page.slug = slug
        with pytest.raises(ValidationError, match="Choose another short name"):
            page.full_clean()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<form><p>A</p><label>B</label><input name=c></form>", "<p>A</p>B"),
        ("<select><option>A</select> or <button>B</button>", " or "),
        ("<details open><summary>A</summary>B</details>", '<div class="opened-details"><div class="opened-summary">A</div>B</div>'),
        ("<h2 id='a'>A</h2><a href=#a>B</a><a href='#z'>C</a>", '<h3 id="x-a">A</h3><a href="#x-a">B</a>C'),
        ("<p hidden>A<b>B</b></p>C", "C"),
        ("<script>if (a < b) {}</script>D<style>p{}</style>", "D"),
        ('<p onclick="a()" data-b="c" tabindex="0" class="d">E &amp; &lt;F&#8203;</p>', '<p class="d">E &amp; &lt;F&#8203;</p>'),
        ('<svg viewBox="0 0 1 1"><g id="p"/><rect fill="url(#p)"/></svg>', '<svg viewBox="0 0 1 1"><g id="x-p"/><rect fill="url(#x-p)"/></svg>'),
        ('<aside class="fact" aria-label="Fact"><p>A</p></aside><section>B</section>', '<div role="group" class="fact" aria-label="Fact"><p>A</p></div><div>B</div>'),
        ("<video controls><track src=a><p>A</p></video>B", "B"),
        ("<button>A<p>B</button>C</p>D", "C</p>D"),
        ('<img src="a.png" alt="A &quot;B&quot;" loading="lazy">', '<img src="a.png" alt="A &quot;B&quot;">'),
    ],
)  # fmt: skip
def test_html_is_made_still(before, after):
    assert still(before, prefix="x-", base="/learn/a/b/").pieces == (after,)


def test_an_address_is_written_out_where_it_is_met_first(settings):
    settings.SITE_URL = "https://equity.example.org"
    found = still(
        '<a href="map/">A</a>, <a href="map/">B</a>',
        '<a class="term" href="/glossary/equity/">equity</a> <a class="term" href="/glossary/equity/">it</a>',
        prefix="",
        base="/learn/a/b/",
    )

    assert found.pieces[0] == (
        '<a href="/learn/a/b/map/">A</a> <span class="address">(https://equity.example.org/learn/a/b/map/)</span>, '
        '<a href="/learn/a/b/map/">B</a>'
    )
    assert "address" not in found.pieces[1]
    assert found.terms == {"/glossary/equity/": "equity"}
