"""Stories of the backbone team’s desk, and of what everybody sees of its numbers."""
