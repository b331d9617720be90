"""`publish_scheduled`: what the worker does each minute, by hand. Exit 0 done, 2 nothing to do."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from curriculum.schedule import publish_due


class Command(BaseCommand):
    """Stands before Wagtail's command of this name, which ends at the first page that cannot be published."""

    help = "Publish the pages that are due and take back those that have expired."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it once and say what was done; a page that stays a draft is listed with the reasons."""
        done = publish_due(now=timezone.now())
        for title in done.taken_back:
            self.stdout.write(f"taken back: {title}")
        for title in done.published:
            self.stdout.write(f"published: {title}")
        for title, sentences in done.refused:
            self.stdout.write(f"stays a draft: {title}")
            for sentence in sentences:
                self.stdout.write(f"  {sentence}")
        if not done.count:
            self.stdout.write("Nothing is due.")
            sys.exit(2)
