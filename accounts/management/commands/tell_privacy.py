"""Write into docs/privacy.md what the code tells of each kind of content."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.telling_document import with_tellings

DOCUMENT = Path(settings.ROOT) / "docs" / "privacy.md"


class Command(BaseCommand):
    """Makes the part of the document anew that `/privacy/` says, too. Run it after a telling changed."""

    help = "Write into docs/privacy.md what /privacy/ says, with the stories that hold it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rewrite the document; 2 when it says so already."""
        old = DOCUMENT.read_text(encoding="utf-8")
        new = with_tellings(old)
        if new == old:
            raise CommandError("docs/privacy.md says so already.", returncode=2)
        DOCUMENT.write_text(new, encoding="utf-8")
        self.stdout.write("docs/privacy.md is written.")
