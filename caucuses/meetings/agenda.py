"""The agenda that a facilitator begins with: six parts, each with a sentence that helps. All of it can be changed."""

from __future__ import annotations

from django.utils.translation import gettext as _


def template() -> str:
    """The six parts as Markdown, in the language of who calls the meeting."""
    parts = (
        (
            _("Arrival"),
            _("Each says their name and one word about how they come. Nobody answers it."),
        ),
        (
            _("Agreements"),
            _("We read aloud what we agreed on, and ask whether anybody needs something added."),
        ),
        (_("Prompt"), _("The question for today:")),
        (
            _("Silence"),
            _("Three minutes without words, to write or to notice what the body says."),
        ),
        (
            _("Round"),
            _("Each speaks in turn while the others listen. Anybody may pass, and may come back."),
        ),
        (
            _("Closing"),
            _("One thing I take along, one thing I will do. We end at the time that we said."),
        ),
    )
    return "\n\n".join(f"# {title}\n\n{sentence}" for title, sentence in parts)
