"""What becomes of text that people write in bad faith: nothing runs and nothing is fetched."""

import re

import pytest

from core.text import clean_markdown, render_published
from core.text.walls import REL_OF_MEMBERS, sanitized
from tests.core.walls import Seen, assert_harmless, leads_to

ADDRESSES = [
    "javascript:1",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript\u200b:alert(1)",
    "\u200bjavascript:alert(1)",
    "javascript\u00ad:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript:alert(1)",
    "&#0000106avascript:alert(1)",
    "javascript&colon;alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "%6Aavascript:alert(1)",
    "data:1",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:80",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "blob:https://x.example/1",
    "view-source:https://x.example",
    "tel:80",
    "localhost:80",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/&#47;evil.example",
    "/&#x2f;evil.example",
    "/&amp;#47;evil.example",
    "/&amp;amp;#47;evil.example",
    "/&sol;evil.example",
    "/&#92;evil.example",
    "/&bsol;evil.example",
    "/&Tab;/evil.example",
    "/&#9;/evil.example",
    "/&#10;/evil.example",
    "/\u200b/evil.example&#47;",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "https:\\\\evil.example",
    "https://bank.example@evil.example",
    "https://bank.example&#64;evil.example",
    "https://bank.example\\@evil.example",
    "https://bank.example:80@evil.example",
    "mailto:a@b.example?bcc=c@d.example",
    "mailto:a@b.example&#63;bcc=c@d.example",
    "#",
    "#x onclick=alert(1)",
    '/x" onclick="alert(1)',
    "/x&quot; onclick=&quot;alert(1)",
    "lesson-2",
    "?next=//evil.example",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "form", ["[words]({})", "[words](<{}>)", "<{}>", '[words]({} "title")', "{}"]
)
def test_an_address_that_is_not_plainly_good_makes_no_link(address, form):
    shown = clean_markdown(form.format(address))

    assert_harmless(shown)
    assert "evil.example" not in "".join(host for _, host in map(leads_to, hrefs(shown)))
    assert not [href for href in hrefs(shown) if "bcc" in href or "onclick" in href]


def hrefs(shown):
    return [value for _, name, value in Seen(shown).attributes if name == "href"]


def test_the_words_of_a_dropped_link_stay():
    assert clean_markdown("see [these *words*](javascript:1) now") == "<p>see these words now</p>"


RAW_HTML = [
    "<script>alert(1)</script>",
    "<b onclick=alert(1)>x</b>",
    "<img src=x onerror=alert(1)>",
    '<form action="/account/delete/"><button formaction="javascript:alert(1)">x</button></form>',
    '<input type="image" formaction="javascript:alert(1)">',
    "<svg onload=alert(1)><style><img src=x onerror=alert(1)></style></svg>",
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "<math><annotation-xml encoding=text/html><style><img src=x onerror=alert(1)></style>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<noscript><style></noscript><img src=x onerror=alert(1)>",
    "<style>@import '//evil.example';</style>",
    '<p style="background:url(//evil.example)">x</p>',
    "<!-- comment --><!--><img src=x onerror=alert(1)>-->",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?><?xml version='1.0'?>",
    "<!DOCTYPE html><html><body onload=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<textarea></textarea><script>alert(1)</script>",
    "<title><img src=x onerror=alert(1)></title>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    '<iframe src="//evil.example"></iframe><object data="//evil.example"></object><embed src="x">',
    '<base href="//evil.example/"><link rel=stylesheet href="//evil.example"><meta http-equiv=refresh content=0>',
    '<a id="location" name="attributes" href="/x">clobber</a>',
    '<a href="/x" target="_top" ping="//evil.example" download>x</a>',
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>alert(1)//<</script>",
    "<script\x00>alert(1)</script>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "`<script>alert(1)</script>` and ```\n<script>\n```",
    "    <script>alert(1)</script>",
    "| <img src=x onerror=alert(1)> | b |\n|---|---|\n| <svg/onload=alert(1)> | 2 |",
    "# <img src=x onerror=alert(1)>",
    "[<img src=x onerror=alert(1)>](/x)",
    "[x](/a) {: onclick=alert(1) style=color:red id=x }",
    "```{.x onclick=alert(1) #id}\ncode\n```",
    '```html" onclick="alert(1)\ncode\n```',
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03 \x0260\x03script\x0262\x03",
    "&#2;wzxhzdk:0&#3; &#2;60&#3;script&#2;62&#3;",
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;script&amp;gt;",
    "![pixel](https://evil.example/pixel.png)",
    "![pixel][1]\n\n[1]: https://evil.example/pixel.png",
    "[note]: javascript:alert(1)\n\n[note] and [words][note]",
    "*[HTML]: <script>alert(1)</script>\n\nHTML",
    "[^1]\n\n[^1]: <script>alert(1)</script>",
]


@pytest.mark.parametrize("typed", RAW_HTML)
def test_html_that_was_typed_is_shown_and_does_nothing(typed):
    for shown in (clean_markdown(typed), render_published(typed)):
        assert_harmless(shown)
        assert not Seen(shown).tags & {
            "img",
            "script",
            "svg",
            "math",
            "style",
            "template",
            "noscript",
        }


@pytest.mark.parametrize("typed", RAW_HTML)
def test_the_walls_alone_hold_when_such_html_reaches_them(typed):
    for html_before in (typed, f"<p>{typed}</p>", f"<table><tr><td>{typed}", f"<li><h3>{typed}"):
        once = sanitized(html_before, rel=REL_OF_MEMBERS)
        assert_harmless(once)
        assert not re.search(r"on(?:error|load|click|toggle)\s*=[^<]*>", once.replace("&gt;", ""))


def test_script_that_was_typed_is_readable_as_text():
    assert (
        clean_markdown("<script>alert(1)</script>")
        == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    )


def test_a_picture_is_not_fetched():
    shown = clean_markdown("![pixel](https://evil.example/pixel.png)")

    assert "<img" not in shown
    assert hrefs(shown) == ["https://evil.example/pixel.png"]


def test_characters_written_as_references_go_like_typed_ones():
    shown = clean_markdown("a&#8238;b&#x202e;c&#1;d&#0;e&#x85;f &#8295;g&#8297; &#8295;h")

    assert not re.search("[\u202e\x00\x01\x85]", shown)
    assert "\u2067g\u2069 h</p>" in shown


def test_an_accent_behind_a_tag_does_not_swallow_its_end():
    assert clean_markdown("*a*\u0338b") == "<p><em>a</em>\u0338b</p>"
