"""One page with a rich text of five kilobytes."""

from wagtail.fields import RichTextField
from wagtail.models import Page


class TinyPage(Page):
    """A title and a text."""

    text = RichTextField()
    template = "tiny_page.html"
