"""The blocks of a lesson. Each has an icon, a help text and a preview, says its own words, citations and problems
(`base.LessonBlock`), and works without JavaScript."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from wagtail import blocks

from curriculum.blocks.charts import ChartBlock
from curriculum.blocks.checks import CheckBlock
from curriculum.blocks.citing import FactBlock, SourcesBlock, TermBlock
from curriculum.blocks.facilitating import FacilitatorBlock
from curriculum.blocks.media import MediaBlock
from curriculum.blocks.pictures import FigureBlock, MapBlock
from curriculum.blocks.prompts import CareBlock, CommitmentBlock, DiscussionBlock, ReflectionBlock
from curriculum.blocks.sorting import SortingBlock
from curriculum.blocks.then_now import ThenNowBlock
from curriculum.blocks.timeline import TimelineBlock
from curriculum.blocks.understanding import UnderstandingBlock
from curriculum.blocks.words import HeadingBlock, MarkdownBlock, QuotationBlock, TextBlock
from curriculum.blocks.worksheets import WorksheetBlock


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
    check = CheckBlock()
    sorting = SortingBlock()
    understanding = UnderstandingBlock()
    chart = ChartBlock()
    timeline = TimelineBlock()
    then_now = ThenNowBlock()
    worksheet = WorksheetBlock()
    media = MediaBlock()
    facilitator = FacilitatorBlock()
    sources = SourcesBlock()

    def clean(self, value: Any) -> Any:
        """Check every block. A draft keeps what was typed as it was typed: what is wrong is said when it is published."""
        try:
            return super().clean(value)
        except ValidationError as problem:
            if not self.is_deferred_validation or _holds_what_no_database_takes(problem):
                raise
            return value

    def extract_references(self, value: Any) -> Iterator[tuple[Any, str, str, str]]:
        """What the blocks lead to, and the facts that they cite by key, so that Wagtail's “usage” knows them."""
        from curriculum.models.facts import Fact

        yield from super().extract_references(value)
        cited = [
            (part, key)
            for part in value
            if part.block_type != "fact"
            for key in dict.fromkeys(part.block.cited(part.value))
        ]
        keys = {key for _part, key in cited}
        ids = dict(Fact.objects.filter(key__in=keys).values_list("key", "pk")) if keys else {}
        for part, key in cited:
            if key in ids:
                yield Fact, str(ids[key]), part.block_type, str(part.id)

    class Meta:
        block_counts: ClassVar[dict[str, Any]] = {"sources": {"max_num": 1}, "map": {"max_num": 1}}


def _holds_what_no_database_takes(problem: ValidationError) -> bool:
    inner = getattr(problem, "block_errors", None)
    if inner is not None:
        return any(_holds_what_no_database_takes(error) for error in inner.values())
    return any(
        error.code == "null_characters_not_allowed" for error in getattr(problem, "error_list", ())
    )
