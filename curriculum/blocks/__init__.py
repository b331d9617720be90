"""The blocks of a lesson. Each has an icon, a help text and a preview, says its own words, citations and problems
(`base.LessonBlock`), and works without JavaScript."""

from typing import Any, ClassVar

from wagtail import blocks

from curriculum.blocks.citing import FactBlock, SourcesBlock, TermBlock
from curriculum.blocks.pictures import FigureBlock, MapBlock
from curriculum.blocks.prompts import CareBlock, CommitmentBlock, DiscussionBlock, ReflectionBlock
from curriculum.blocks.words import HeadingBlock, MarkdownBlock, QuotationBlock, TextBlock


class LessonBlocks(blocks.StreamBlock):
    """All blocks that a lesson can hold."""

    heading = HeadingBlock()
    rich_text = TextBlock()
    markdown = MarkdownBlock()
    quotation = QuotationBlock()
    figure = FigureBlock()
    fact = FactBlock()
    term = TermBlock()
    care = CareBlock()
    reflection = ReflectionBlock()
    discussion = DiscussionBlock()
    commitment = CommitmentBlock()
    map = MapBlock()
    sources = SourcesBlock()

    class Meta:
        block_counts: ClassVar[dict[str, Any]] = {"sources": {"max_num": 1}, "map": {"max_num": 1}}
