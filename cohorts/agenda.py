"""The agenda that whoever calls a meeting begins with: five parts, each with a sentence. All of it can be changed."""

from __future__ import annotations

from django.utils.translation import gettext as _


def template() -> str:
    """The five parts as Markdown, in the language of who calls the meeting."""
    parts = (
        (_("Arrival"), _("Each says their name, and how they come here today.")),
        (_("Agreements"), _("We read what we agreed on, and ask whether something is missing.")),
        (_("Prompt"), _("The question for today:")),
        (
            _("Talk"),
            _(
                "In twos first, then all together. Everybody may pass, and nobody explains for others."
            ),
        ),
        (_("Closing"), _("One thing that I take along. We end when we said that we would.")),
    )
    return "\n\n".join(f"# {title}\n\n{sentence}" for title, sentence in parts)
