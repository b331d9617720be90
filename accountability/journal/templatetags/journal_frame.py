"""`{% journal_frame as frame %}`: what the frame of a page of the journal has to know."""

from typing import Any

from django import template

from accountability.journal.frame import Frame, frame_of

register = template.Library()


@register.simple_tag(takes_context=True)
def journal_frame(context: Any) -> Frame:
    """The frame of this page, for its reader, now. Several parts of a page ask; it is made once."""
    request = context["request"]
    if not hasattr(request, "journal_frame"):
        request.journal_frame = frame_of(request)
    frame: Frame = request.journal_frame
    return frame
