"""Pages of buddies."""
