"""The editor's form of a lesson: drafts save whatever they hold, publishing asks for what readers rely on."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm


class LessonForm(WagtailAdminPageForm):
    """Says at the field what keeps a lesson from being published."""

    PUBLISHING = ("action-publish", "action-submit", "action-restart-workflow")

    def clean(self) -> dict[str, Any]:
        """Check the lesson as it would be published, when that is what was asked for."""
        cleaned: dict[str, Any] = super().clean()
        body = cleaned.get("body")
        if body is not None and any(name in self.data for name in self.PUBLISHING):
            from curriculum.publishing import problems_of

            self.instance.body = body
            for problem in problems_of(self.instance):
                self.add_error("body", problem)
        return cleaned
