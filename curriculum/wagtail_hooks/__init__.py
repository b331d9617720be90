"""What the curriculum adds to the editors' admin; Wagtail imports this package."""

from curriculum.wagtail_hooks import facts, maps

__all__ = ["facts", "maps"]
