"""Markdown to HTML that is not yet safe: no raw HTML, no pictures, headings from a given level."""

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.nl2br import Nl2BrExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor

NOT_OFFERED = (
    "html",
    "entity",  # what looks like one is left alone by the serializer; storing each takes time
    "reference",
    "short_reference",
    "image_link",
    "image_reference",
    "short_image_ref",
)
LOWEST_HEADING = 6


def markdown_to_html(source: str, *, heading_base: int, keep_line_ends: bool) -> str:
    """HTML of a text; a parser of its own for every call, because Markdown's keeps state between threads."""
    extensions: list[Extension] = [
        FencedCodeExtension(),
        SaneListExtension(),
        TableExtension(use_align_attribute=True),  # instead of style=
    ]
    if keep_line_ends:
        extensions.append(Nl2BrExtension())
    parser = Markdown(extensions=extensions, output_format="html")
    parser.preprocessors.deregister("html_block")
    parser.parser.blockprocessors.deregister("reference")
    for name in NOT_OFFERED:
        parser.inlinePatterns.deregister(name)
    parser.treeprocessors.register(LowerHeadings(heading_base), "lower_headings", 5)
    return parser.convert(source)


class LowerHeadings(Treeprocessor):
    """Moves headings down to begin at a level; Markdown's own `toc` would also give them ids, in quadratic time."""

    def __init__(self, base: int) -> None:
        super().__init__()
        self.base = base

    def run(self, root: Element) -> None:
        """Rename every heading in the tree."""
        for element in root.iter():
            if len(element.tag) == 2 and element.tag[0] == "h" and element.tag[1].isdigit():
                level = int(element.tag[1]) + self.base - 1
                element.tag = f"h{min(level, LOWEST_HEADING)}"
