"""Other eyes: colors that the system forces, paper, more contrast, less motion."""

import pytest

from tests.browser.hands import tab_to
from tests.scripts.processes import wait_for

LESSON = "/learn/how-redlining-worked/grading-a-city/"
#: Who reads what.
PAGES = {"lesson": ("dev", LESSON), "today": ("dev", "/today/"), "login": (None, "/account/login/"), "map": (None, f"{LESSON}map/")}  # fmt: skip
pytestmark = pytest.mark.browser

#: Buttons that a person could not tell from the page: no border, or one in the color of what is behind it.
EDGELESS = """() => [...document.querySelectorAll('.btn:not(.plain), .icon-btn, .segments button, input:not([type=hidden], [type=checkbox], [type=radio])')]
    .filter(part => part.checkVisibility())
    .filter(part => { const style = getComputedStyle(part), behind = getComputedStyle(document.body).backgroundColor;
        return style.borderTopStyle === 'none' || style.borderTopWidth === '0px' || style.borderTopColor === behind; })
    .map(part => part.outerHTML.slice(0, 90))"""
#: What is current does not look chosen: it is not in the color that the system gives to that.
UNMARKED = """() => { const probe = document.body.appendChild(document.createElement('i'));
    probe.style.backgroundColor = 'Highlight'; probe.style.forcedColorAdjust = 'none';
    const chosen = getComputedStyle(probe).backgroundColor; probe.remove();
    const marks = ['[aria-current]', '[aria-pressed=true]'].flatMap(mark => ['.nav', '.segments', '.places', '.outline', '.map-filter'].map(group => `${group} ${mark}`));
    return [...document.querySelectorAll(marks)].filter(part => part.checkVisibility())
        .filter(part => getComputedStyle(part).backgroundColor !== chosen).map(part => part.outerHTML.slice(0, 90)); }"""
RING = """() => { const style = getComputedStyle(document.activeElement);
    return [style.outlineStyle, parseFloat(style.outlineWidth), style.outlineColor !== style.backgroundColor]; }"""
#: Ink and ground of the map's patterns, by grade.
PATTERNS = """() => Object.fromEntries([...document.querySelectorAll('pattern[data-grade]')].map(pattern => {
    const ground = getComputedStyle(pattern.querySelector('.map-ground')).fill;
    const marks = [...pattern.querySelectorAll('.map-mark, .map-dot')].map(mark => getComputedStyle(mark))
        .map(style => style.stroke === 'none' ? style.fill : style.stroke);
    return [pattern.dataset.grade, marks.length > 0 && marks.every(ink => ink !== ground)]; }))"""
MOVING = """() => [getComputedStyle(document.documentElement).scrollBehavior, ...[...document.querySelectorAll('*')].filter(part => { const style = getComputedStyle(part);
    return [style.transitionDuration, style.animationDuration].some(time => time.split(', ').some(one => parseFloat(one) > 0)); })
    .map(part => part.outerHTML.slice(0, 90))]"""
PAPER = "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.documentElement))"
SCREEN_ONLY = (".bar", ".foot", ".outline", ".map-search", ".map-filter", ".lesson-done")
#: How many notes on how a source was checked can be read.
CHECKED = """[...document.querySelectorAll('.margin details > p')]
    .filter(part => part.checkVisibility({contentVisibilityAuto: true})).length"""
SAY_WHERE = "links => links.map(link => getComputedStyle(link, '::after').content.includes(link.getAttribute('href')))"
#: Contrast of the softest words of a page with what is behind them, as WCAG counts it.
SOFTEST = """() => { const light = color => { const [r, g, b] = color.match(/[\\d.]+/g).map(value => value / 255)
        .map(value => value <= .03928 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
    const behind = part => { for (; part; part = part.parentElement) { const color = getComputedStyle(part).backgroundColor;
        if (!/, 0\\)$/.test(color)) return color; } };
    return Math.min(...[...document.querySelectorAll('main .meta, main .hint, main p, .foot p')].filter(part => part.checkVisibility() && part.innerText.trim())
        .map(part => [light(getComputedStyle(part).color), light(behind(part))])
        .map(([one, two]) => (Math.max(one, two) + .05) / (Math.min(one, two) + .05))); }"""


@pytest.fixture
def opened(browser_page):
    """Go to each of the pages in turn, as who reads it: `for name, page in opened():`."""
    windows = {person: browser_page(person) for person in ("dev", None)}

    def visits():
        for name, (person, address) in PAGES.items():
            windows[person].goto(address)
            yield name, windows[person]

    return visits


def test_forced_colors_leave_edges_marks_and_the_ring(opened):
    for name, page in opened():
        tab_to(page, "Learn", role="a")
        for theme in ("light", "dark"):
            page.emulate_media(forced_colors="active", color_scheme=theme)
            assert page.evaluate("matchMedia('(forced-colors: active)').matches")

            assert (name, theme, page.evaluate(EDGELESS)) == (name, theme, [])
            assert (name, theme, page.evaluate(UNMARKED)) == (name, theme, [])
            assert set(page.evaluate(PATTERNS).values()) <= {True}
            assert page.evaluate(RING) == ["solid", 3, True]


def test_on_paper_the_text_stands_alone_in_black_on_white(opened):
    for name, page in opened():
        page.get_by_role("button", name="Dark", exact=True).click()
        page.emulate_media(media="print")

        assert page.evaluate(PAPER) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
        assert page.get_by_role("heading", level=1).is_visible()
        assert (name, [part for part in SCREEN_ONLY if page.locator(f"{part} >> visible=true").count()]) == (name, [])  # fmt: skip
        page.emulate_media(media="screen")


def test_a_printed_lesson_says_where_its_links_lead_and_how_its_sources_were_checked(browser_page):
    page = browser_page()
    page.goto(LESSON)
    sources = page.locator(".margin li").count()
    checked = page.locator(".margin details").count()
    links = page.locator(".prose a[href^=http], .margin a[href^=http]")
    assert [sources > 9, checked > 9, links.count() > 9] == [True, True, True]
    assert page.evaluate(CHECKED) == 0  # folded on the screen

    page.emulate_media(media="print")

    # The sheet for paper is loaded last.
    assert wait_for(lambda: page.evaluate(CHECKED) == checked, 10), page.evaluate(CHECKED)
    assert links.evaluate_all(SAY_WHERE) == [True] * links.count()
    assert page.locator(".margin li >> visible=true").count() == sources
    assert page.locator(".map-drawing").is_visible()


def test_who_asks_for_more_contrast_gets_it(opened):
    for name, page in opened():
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme, contrast="no-preference")
            before = page.evaluate(SOFTEST)
            page.emulate_media(color_scheme=theme, contrast="more")
            after = page.evaluate(SOFTEST)

            assert before >= 4.5, (name, theme, before)
            assert after >= max(7, before + 1), (name, theme, before, after)


def test_who_asks_for_less_motion_gets_none(opened):
    for name, page in opened():
        page.emulate_media(reduced_motion="no-preference")
        moving = page.evaluate(MOVING)
        page.emulate_media(reduced_motion="reduce")

        assert moving[0] == "smooth"
        assert (name, page.evaluate(MOVING)) == (name, ["auto"])
        assert len(moving) > 1
