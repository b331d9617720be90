"""The map by keyboard, in a real Chromium: one tab stop, arrows in reading order, search, and all of it without script."""

import io
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from PIL import Image

from tests.curriculum.maps import area, square
from tests.curriculum.test_redlining_pages import shown_map

pytestmark = pytest.mark.browser

STATIC = Path(__file__).parents[2] / "static"
ADDRESS = "http://map.example/"
#: Two rows of two and one without a label, given in the file from the last to the first.
AREAS = [
    area("C", "", rings=[square(-99.98, 39.95)]),
    area("D", "D2", name="Mill Row", rings=[square(-99.99, 39.98)]),
    area("D", "D1", name="Águas", rings=[square(-100.0, 39.98)]),
    area("B", "B1", name="Hill", rings=[square(-99.99, 40.0)]),
    area("A", "A1", rings=[square(-100.0, 40.0)]),
]


@pytest.fixture
def opened(browser):
    """Open the figure, with script or without; the page's own files come from the disk and nothing else answers."""
    contexts = []

    def open_figure(script: bool = True, width: int = 1280, drawing: bool = True):
        context = browser.new_context(
            java_script_enabled=script, viewport={"width": width, "height": 800}
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.route("**/*", answer)
        if not drawing:
            page.route("**/maps/*", lambda route: route.abort())
        page.goto(ADDRESS)
        if script and drawing:
            page.wait_for_selector("[data-redlining-map].is-live")
        return page

    yield open_figure
    for context in contexts:
        context.close()


def answer(route) -> None:
    path = route.request.url.removeprefix(ADDRESS)
    shown, _areas = shown_map(*AREAS, invented=True)
    if path.startswith("static/"):
        route.fulfill(path=STATIC / path.removeprefix("static/"))
    elif path == f"maps/{shown.svg_sha256}.svg":
        route.fulfill(body=shown.svg, content_type="image/svg+xml")
    elif not path:
        figure = render_to_string(
            "curriculum/map_figure.html", {"map": shown, "caption": "Grades."}
        )
        html = (
            f"<!doctype html><html lang=en><title>Map</title><body>{figure}<a href='#end'>After</a>"
        )
        policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
        route.fulfill(
            body=html,
            content_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": policy},
        )
    else:
        route.abort()


def label(page) -> str:
    return page.locator("[data-map-label]").inner_text()


def test_one_tab_stop_for_all_areas(opened):
    page = opened()
    stops = []
    for _step in range(5):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate(
                "document.activeElement.getAttribute('role') || document.activeElement.textContent"
            )
        )

    assert stops == [
        "",
        "listbox",
        "See this area in the table",
        "Read the map as a table",
        "After",
    ]


def test_arrow_keys_in_reading_order_home_and_end(opened):
    page = opened()
    page.locator("[data-map-picture]").focus()

    walked = [label(page)]
    for key in [
        "ArrowRight",
        "ArrowDown",
        "ArrowRight",
        "ArrowRight",
        "ArrowRight",
        "ArrowLeft",
        "Home",
        "ArrowUp",
        "End",
    ]:
        page.keyboard.press(key)
        walked.append(label(page))

    assert walked == [
        "A1", "B1, Hill", "D1, Águas", "D2, Mill Row", "No label on the map", "No label on the map",
        "D2, Mill Row", "A1", "A1", "No label on the map",
    ]  # fmt: skip


def test_the_chosen_area_is_named_to_all_alike(opened):
    page = opened()
    page.locator("[data-map-picture]").focus()
    page.keyboard.press("ArrowRight")

    option = page.get_by_role("option", name="B1, Hill, grade B, still desirable", selected=True)
    assert option.count() == 1
    assert page.locator("[data-map-picture]").get_attribute(
        "aria-activedescendant"
    ) == option.get_attribute("id")
    assert page.locator("[data-map-grade]").inner_text() == "Grade B, still desirable"
    assert page.locator("[data-map-place]").inner_text() == "Area 2 of 5"
    assert page.locator("[data-map-link]").get_attribute("href") == "map/?area=1#area-1"


def test_search_for_an_area_or_a_grade(opened):
    page = opened()
    said = {}
    for asked in ["D", "grade d", "hazard", "d2", "D-2", "d 2", "aguas", "mill-row", "[.*", "  "]:
        page.locator("#map-query").fill(asked)
        said[asked] = page.locator("[role=status]").inner_text()

    assert said == {
        "D": "2 areas found. Now at D1, Águas, grade D, hazardous.",
        "grade d": "2 areas found. Now at D1, Águas, grade D, hazardous.",
        "hazard": "2 areas found. Now at D1, Águas, grade D, hazardous.",
        "d2": "One area found: D2, Mill Row, grade D, hazardous.",
        "D-2": "One area found: D2, Mill Row, grade D, hazardous.",
        "d 2": "One area found: D2, Mill Row, grade D, hazardous.",
        "aguas": "One area found: D1, Águas, grade D, hazardous.",
        "mill-row": "One area found: D2, Mill Row, grade D, hazardous.",
        "[.*": "No area has this label, name or grade.",
        "  ": "",
    }


def test_enter_goes_to_the_next_match_and_escape_clears(opened):
    page = opened()
    field = page.locator("#map-query")
    field.fill("D")

    field.press("Enter")
    assert label(page) == "D2, Mill Row"
    field.press("Enter")
    assert label(page) == "D1, Águas"
    field.press("Escape")
    assert field.input_value() == ""
    assert page.locator(".is-found").count() == 0


def test_a_press_on_an_area_chooses_it(opened):
    page = opened()

    page.locator("[data-area='3']").click()

    assert label(page) == "D2, Mill Row"


def test_the_drawing_takes_the_pictures_place_and_the_policy_is_kept(opened):
    """No rule inside the page and no complaint of the browser about one."""
    page = opened()

    assert page.locator("[data-map-picture] img").count() == 0
    assert page.locator("[data-map-picture] style").count() == 0
    assert page.locator("[data-map-picture] [data-area]").count() == 5
    assert page.complaints == []
    assert page.evaluate(
        "getComputedStyle(document.querySelector('.map-drawing .map-ground')).fill"
    ) == "rgb(213, 232, 195)"  # fmt: skip


def shows_a_whole_figure(page) -> None:
    name = "Redlining map of Elmsworth, an invented town, 1937 – 1 area of grade A, best."
    picture = page.get_by_role("img", name=name)
    assert picture.is_visible()
    assert page.get_by_text("This town is invented.").is_visible()
    assert page.get_by_role("link", name="Read the map as a table").is_visible()
    assert not page.locator("#map-query").is_visible()
    assert page.locator(".map-legend li").count() == 4


def test_without_script_the_figure_is_whole(opened):
    page = opened(script=False)

    shows_a_whole_figure(page)
    loaded = "image => image.complete && image.naturalWidth > 0"
    assert page.locator("[data-map-picture] img").evaluate(loaded) is True


def test_when_the_drawing_cannot_be_fetched_the_figure_is_as_without_script(opened):
    shows_a_whole_figure(opened(drawing=False))


@pytest.mark.parametrize(
    ("theme", "ground"), [("light", (213, 232, 195)), ("dark", (36, 64, 28))]
)  # fmt: skip
def test_the_picture_follows_the_theme_by_its_own_rules(opened, theme, ground):
    """A picture takes no rule from its page; the color of grade A is found on the screen all the same."""
    page = opened(script=False)
    page.emulate_media(color_scheme=theme)

    shot = Image.open(io.BytesIO(page.locator("[data-map-picture] img").screenshot()))

    assert ground in {color for _count, color in shot.convert("RGB").getcolors(1_000_000)}


def test_on_a_phone_nothing_is_wider_than_the_screen(opened):
    page = opened(width=360)

    page.locator("[data-area='3']").click()

    assert label(page) == "D2, Mill Row"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
