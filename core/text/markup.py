"""Markdown to HTML that is not yet safe: no raw HTML, no pictures, headings from a given level or none."""

from xml.etree.ElementTree import Element, SubElement

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


def markdown_to_html(source: str, *, heading_base: int | None, keep_line_ends: bool) -> str:
    """HTML of a text; a parser of its own for every call, because Markdown's keeps state between threads.

    Without a `heading_base` what is marked as a heading is a line in bold type, which is in no page's outline.
    """
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
    headings = NoHeadings() if heading_base is None else LowerHeadings(heading_base)
    parser.treeprocessors.register(headings, "headings", 5)
    return parser.convert(source)


class LowerHeadings(Treeprocessor):
    """Moves headings down to begin at a level; Markdown's own `toc` would also give them ids, in quadratic time."""

    def __init__(self, base: int) -> None:
        super().__init__()
        self.base = base

    def run(self, root: Element) -> None:
        """Rename every heading in the tree."""
        for element in root.iter():
            if _is_heading(element):
                level = int(element.tag[1]) + self.base - 1
                element.tag = f"h{min(level, LOWEST_HEADING)}"


class NoHeadings(Treeprocessor):
    """Makes of every heading a paragraph in bold type."""

    def run(self, root: Element) -> None:
        """Put what each heading holds into a `strong` of its own."""
        for element in list(root.iter()):
            if _is_heading(element):
                inside, text = list(element), element.text
                for child in inside:
                    element.remove(child)
                element.tag, element.text = "p", None
                bold = SubElement(element, "strong")
                bold.text = text
                bold.extend(inside)


def _is_heading(element: Element) -> bool:
    return len(element.tag) == 2 and element.tag[0] == "h" and element.tag[1].isdigit()
