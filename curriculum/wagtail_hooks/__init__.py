"""What the curriculum adds to the editors' admin; Wagtail imports this package."""

from curriculum.wagtail_hooks import facts, guards, home, maps, reading, reports

__all__ = ["facts", "guards", "home", "maps", "reading", "reports"]
